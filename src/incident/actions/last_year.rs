//! The year before: a list brought in or struck out, totals by type, and saying that it is complete.

use chrono::{DateTime, Utc};
use serde_json::json;
use sqlx::{Connection, PgConnection};

use super::{event, tell, ward};
use crate::access::{Actor, Place, Refused, rules};
use crate::incident::model::{Facts, When};
use crate::incident::store::{self, Held};
use crate::journal::model::Entry;
use crate::platform::db::Scoped;
use crate::platform::id::{CountBatchId, IncidentId, UnitId};
use crate::ruleset::Gravity;
use crate::words::incident as words;

/// An event of the year before, told at the year that is looked at.
fn of_year<'a>(actor: &'a Actor, ward: UnitId, verb: &'static str) -> Entry<'a> {
    Entry { cycle: actor.cycle, ..event(actor, (ward, None), verb) }
}

/// Writes a list, all of it or nothing; the same list sent twice is written once.
///
/// # Errors
/// A rule, a total that somebody else wrote meanwhile, or what the database says.
pub async fn bring(
    mut db: Scoped,
    actor: &Actor,
    (batch, year): (CountBatchId, i32),
    counts: &[Facts],
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let permit = rules::may_keep_last_year(actor, ward(actor)?)?;
    let mut tx = db.begin().await?;
    let rows = store::insert_all(&mut tx, &permit, (actor.city, batch), counts, (&actor.person.name, now)).await?;
    if rows > 0 {
        let n: i64 = counts.iter().map(|facts| i64::from(facts.n)).sum();
        let detail = json!({ "year": year, "rows": rows, "n": n });
        tell(&mut tx, of_year(actor, *permit.of(), "incidents_imported"), (detail, None), now).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Strikes out all that is left of a list, with one reason.
///
/// # Errors
/// A rule, a list that is not there, or what the database says.
pub async fn undo(
    mut db: Scoped,
    actor: &Actor,
    (batch, reason): (CountBatchId, &str),
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let permit = rules::may_keep_last_year(actor, ward(actor)?)?;
    let mut tx = db.begin().await?;
    let n = store::batch(&mut tx, *permit.of(), batch).await?.n;
    let rows = store::strike_batch(&mut tx, &permit, (batch, reason), (&actor.person.name, now)).await?;
    if rows > 0 {
        let detail = json!({ "rows": rows, "n": n });
        tell(&mut tx, of_year(actor, *permit.of(), "incidents_undone"), (detail, Some(reason)), now).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Says that the counts of a year are complete.
///
/// # Errors
/// A rule, or what the database says.
pub async fn close(mut db: Scoped, actor: &Actor, year: i32, now: DateTime<Utc>) -> Result<(), Refused> {
    let permit = rules::may_keep_last_year(actor, ward(actor)?)?;
    let mut tx = db.begin().await?;
    if store::close_period(&mut tx, &permit, (actor.city, year), (&actor.person.name, now)).await? {
        let detail = json!({ "year": year });
        tell(&mut tx, of_year(actor, *permit.of(), "incident_period_closed"), (detail, None), now).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// A total of one type as it was typed, and as the form saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Total {
    /// The code of the type.
    pub kind: String,
    /// How many; none takes the total out.
    pub n: Option<i32>,
    /// The revision that the form saw; 0 where there was none.
    pub revision: i32,
}

/// Writes the totals of a group, or of what lies in none: new ones, corrected ones, and those taken out. What did not change is left.
///
/// # Errors
/// A rule, a total that somebody else changed meanwhile, or what the database says.
pub async fn save_totals(
    mut db: Scoped,
    actor: &Actor,
    (year, group): (i32, Option<UnitId>),
    totals: &[Total],
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let permit = rules::may_keep_last_year(actor, ward(actor)?)?;
    let mut tx = db.begin().await?;
    let held = store::held(&mut tx, *permit.of(), (year, group)).await?;
    let mut changed = 0;
    for total in totals {
        let before = held.iter().find(|held| held.kind == total.kind);
        changed += u64::from(save_total(&mut tx, actor, ((year, group), total, before), now).await?);
    }
    if changed > 0 {
        let detail = json!({ "year": year, "rows": changed });
        tell(&mut tx, of_year(actor, *permit.of(), "incident_totals_saved"), (detail, None), now).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Writes one total; false when it stands already.
async fn save_total(
    conn: &mut PgConnection,
    actor: &Actor,
    ((year, group), total, before): ((i32, Option<UnitId>), &Total, Option<&Held>),
    now: DateTime<Utc>,
) -> Result<bool, Refused> {
    if total.n == before.map(|before| before.n) {
        return Ok(false);
    }
    if total.revision != before.map_or(0, |before| before.revision) {
        return Err(Refused::Stale);
    }
    let by = (actor.person.name.as_str(), now);
    let facts =
        |n: i32| Facts { kind: total.kind.clone(), gravity: Gravity::Ordinary, when: When::Year(year), group, n };
    match (total.n, before) {
        (Some(n), None) => {
            let permit = rules::may_enter_incident(actor, group)?;
            let place = Place { city: actor.city, ward: ward(actor)?, group };
            store::insert(conn, &permit, (IncidentId::new(now), place), (&facts(n), true), by).await
        }
        (n, Some(before)) => {
            let count = super::held(conn, before.id).await?;
            let permit = rules::may_correct_incident(actor, count)?;
            match n {
                Some(n) => {
                    store::correct(conn, &permit, (&facts(n), words::TOTAL_CORRECTED), true, by).await?;
                }
                None => store::strike(conn, &permit, words::TOTAL_TAKEN_OUT, by).await?,
            }
            Ok(true)
        }
        (None, None) => Ok(false),
    }
}
