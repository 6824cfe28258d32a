//! What people do with counts: enter, confirm, correct, strike out.

mod figure;
mod last_year;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use sqlx::{Connection, PgConnection};

use super::model::{Count, Facts};
use super::store::{self, Seen};
use crate::access::{Actor, Permit, Place, Refused, act, rules};
use crate::journal::{self, model::Entry};
use crate::platform::db::Scoped;
use crate::platform::id::{IncidentId, UnitId};

pub use figure::{save_figures, save_unit};
pub use last_year::{Total, bring, close, save_totals, undo};

/// What a count says, with the title of its type: the journal is read when rulesets have changed.
#[derive(Debug, Clone)]
pub struct Titled {
    /// What it says.
    pub facts: Facts,
    /// The title of its type.
    pub title: String,
}

impl Titled {
    fn detail(&self) -> Value {
        let facts = &self.facts;
        json!({ "what": self.title, "n": facts.n, "on": facts.when.day(), "of_year": facts.when.year(), "gravity": facts.gravity.as_str() })
    }
}

/// The ward of a seat.
fn ward(actor: &Actor) -> Result<UnitId, Refused> {
    actor.ward().ok_or(Refused::NotFound)
}

/// Tells the journal: counts and titles of types, never who or where.
async fn tell(
    conn: &mut PgConnection,
    entry: Entry<'_>,
    (detail, reason): (Value, Option<&str>),
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let entry = Entry { detail, reason, ..entry };
    Ok(journal::store::write(conn, &entry, now).await?)
}

/// An event about a count. It is no event of the year: a hundred counts would hide what happened to the year itself.
const fn event<'a>(actor: &'a Actor, (ward, group): (UnitId, Option<UnitId>), verb: &'static str) -> Entry<'a> {
    Entry::at(actor, Place { city: actor.city, ward, group }, verb)
}

/// Enters a count; the same form sent twice writes it once.
///
/// # Errors
/// A rule, or what the database says.
pub async fn enter(
    mut db: Scoped,
    actor: &Actor,
    (id, new): (IncidentId, &Titled),
    confirms: bool,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let group = new.facts.group;
    let permit = rules::may_enter_incident(actor, group)?;
    let confirms = confirms && rules::can_confirm_incidents(actor).is_ok();
    let place = Place { city: actor.city, ward: ward(actor)?, group };
    let mut tx = db.begin().await?;
    let by = (actor.person.name.as_str(), now);
    if store::insert(&mut tx, &permit, (id, place), (&new.facts, confirms), by).await? {
        let verb = if confirms { "incident_added" } else { "incident_drafted" };
        tell(&mut tx, event(actor, (place.ward, group), verb), (new.detail(), None), now).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Confirms counts, all of them or none. One that was confirmed meanwhile is what was wanted.
///
/// # Errors
/// A rule, a count that changed since the form was drawn, or what the database says.
pub async fn confirm(mut db: Scoped, actor: &Actor, seen: &[Seen], now: DateTime<Utc>) -> Result<(), Refused> {
    let permit = rules::may_confirm_incidents(actor, ward(actor)?)?;
    let ids: Vec<IncidentId> = seen.iter().map(|it| it.id).collect();
    let mut tx = db.begin().await?;
    let mut open = vec![];
    let mut n = 0;
    let found = store::lock_all(&mut tx, &ids).await?;
    for one in seen {
        let now = found.iter().find(|it| it.id == one.id).ok_or(Refused::NotFound)?;
        if now.is_void || (!now.is_confirmed && now.revision != one.revision) {
            return Err(Refused::Stale);
        }
        if !now.is_confirmed {
            open.push(now.id);
            n += i64::from(now.n);
        }
    }
    if open.is_empty() {
        return Ok(());
    }
    store::confirm(&mut tx, &permit, &open, (&actor.person.name, now)).await?;
    let detail = json!({ "rows": open.len(), "n": n });
    tell(&mut tx, event(actor, (*permit.of(), None), "incident_confirmed"), (detail, None), now).await?;
    tx.commit().await?;
    Ok(())
}

/// A count, locked, as it stands now.
async fn held(conn: &mut PgConnection, id: IncidentId) -> Result<Count, Refused> {
    store::lock_all(conn, &[id]).await?;
    Ok(store::story(conn, id).await?.count)
}

/// Writes other facts of a count; what stood before is kept with the reason. What the ward police correct they confirm.
///
/// # Errors
/// A rule, a stale form, or what the database says.
pub async fn correct(
    mut db: Scoped,
    actor: &Actor,
    seen: Seen,
    (to, reason): (&Titled, &str),
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    let count = held(&mut tx, seen.id).await?;
    let is_done = count.facts == to.facts;
    let is_stale = count.revision != seen.revision;
    let permit = rules::may_correct_incident(actor, count)?;
    // The same form sent twice, or one that changes nothing.
    if is_done {
        return Ok(());
    }
    if is_stale {
        return Err(Refused::Stale);
    }
    rules::can_enter_incident(actor, to.facts.group)?;
    let confirms = rules::can_confirm_incidents(actor).is_ok();
    let by = (actor.person.name.as_str(), now);
    store::correct(&mut tx, &permit, (&to.facts, reason), confirms, by).await?;
    let place = (permit.of().place.ward, to.facts.group);
    tell(&mut tx, event(actor, place, "incident_corrected"), (to.detail(), Some(reason)), now).await?;
    tx.commit().await?;
    Ok(())
}

/// Strikes a count out; it stays readable.
///
/// # Errors
/// A rule, a stale form, or what the database says.
pub async fn strike(
    mut db: Scoped,
    actor: &Actor,
    seen: Seen,
    (title, reason): (&str, &str),
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    let count = held(&mut tx, seen.id).await?;
    // The same form sent twice.
    if count.void.as_ref().is_some_and(|void| void.by == actor.person.name && void.reason == reason) {
        return Ok(());
    }
    let is_stale = count.revision != seen.revision;
    let permit: Permit<act::CorrectIncident, Count> = rules::may_correct_incident(actor, count)?;
    if is_stale {
        return Err(Refused::Stale);
    }
    store::strike(&mut tx, &permit, reason, (&actor.person.name, now)).await?;
    let (place, facts) = ((permit.of().place.ward, permit.of().place.group), permit.of().facts.clone());
    let detail = Titled { facts, title: title.to_owned() }.detail();
    tell(&mut tx, event(actor, place, "incident_voided"), (detail, Some(reason)), now).await?;
    tx.commit().await?;
    Ok(())
}
