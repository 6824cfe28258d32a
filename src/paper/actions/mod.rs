//! One function per verb of a paper: draft it, write over it, draft it anew, issue it, make it a part, take the signed one in, and say how a
//! body issues.

mod gather;
mod issue;
mod minutes;
mod signed;
mod sketch;

use chrono::{DateTime, Utc};
use serde_json::json;
use sqlx::{Connection, PgConnection};

use super::model::{Body, Draft, Paper, Settings, Slot, Text, Wording};
use super::store;
use crate::access::{Actor, Refused, rules};
use crate::journal::{self, model::Entry};
use crate::platform::db::Scoped;
use crate::platform::id::PaperId;
use crate::ruleset::cache::Rulesets;
use crate::wording;

pub use gather::{gather, signing_unit};
pub use issue::{Prepared, Printed, attach, households, issue, looked, prepare, print};
pub use signed::{Brought, add_signed};
pub use sketch::sketch;

/// Tells the journal of a paper.
async fn tell(
    conn: &mut PgConnection,
    (actor, paper): (&Actor, (&Slot, Option<crate::platform::id::DossierId>)),
    (verb, number): (&'static str, Option<&str>),
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let (slot, dossier) = paper;
    let entry = Entry {
        cycle: Some(slot.cycle),
        subject: Some(slot.subject()),
        dossier,
        detail: json!({ "paper": slot.kind.as_str(), "number": number }),
        ..Entry::at(actor, slot.place, verb)
    };
    Ok(journal::store::write(conn, &entry, now).await?)
}

/// What the program would write now: by the wording in force, from the figures of this moment, to the body's own recipients.
///
/// # Errors
/// [`Refused::NotFound`] out of sight, or what the database says.
async fn drafted(
    conn: &mut PgConnection,
    rulesets: &Rulesets,
    slot: &Slot,
    now: DateTime<Utc>,
) -> Result<Draft, Refused> {
    let (facts, dossier) = gather(conn, rulesets, slot, now).await?;
    let settings = store::body(conn, signing_unit(slot), slot.kind.body()).await?;
    let wording = wording::store::current(conn, slot.kind).await?;
    let (mut text, version) = match wording.draft(&facts) {
        Ok(text) => (text, wording.version),
        // A steward's wording that broke over these figures stops nobody: the program's own takes its place.
        Err(_) => (Wording::built_in(slot.kind).draft(&facts).unwrap_or_default(), 0),
    };
    if let Some(recipients) = settings.recipients.get(slot.kind.as_str()) {
        text.recipients.clone_from(recipients);
    }
    Ok(Draft { text, facts, wording: version, dossier })
}

/// Drafts a paper; one that is drafted already is opened.
///
/// # Errors
/// A rule, or what the database says.
pub async fn draft(
    mut db: Scoped,
    rulesets: &Rulesets,
    actor: &Actor,
    slot: Slot,
    now: DateTime<Utc>,
) -> Result<PaperId, Refused> {
    let permit = rules::may_draft_paper(actor, slot)?;
    let mut tx = db.begin().await?;
    if let Some(id) = store::find(&mut tx, &slot).await? {
        return Ok(id);
    }
    let draft = drafted(&mut tx, rulesets, &slot, now).await?;
    let Some(id) = store::insert(&mut tx, &permit, &draft, now).await? else {
        // Somebody drafted it in the same moment.
        return store::find(&mut tx, &slot).await?.ok_or(Refused::Stale);
    };
    tell(&mut tx, (actor, (&slot, draft.dossier)), ("paper_drafted", None), now).await?;
    tx.commit().await?;
    Ok(id)
}

/// The draft as the form knew it, under lock.
async fn held(conn: &mut PgConnection, (id, revision): (PaperId, i32)) -> Result<Paper, Refused> {
    store::lock(conn, id).await?;
    let paper = store::load(conn, id).await?.paper;
    if paper.revision == revision { Ok(paper) } else { Err(Refused::Stale) }
}

/// Writes what people made of a draft.
///
/// # Errors
/// A rule, a stale form, or what the database says.
pub async fn write(
    mut db: Scoped,
    actor: &Actor,
    (id, revision): (PaperId, i32),
    text: &Text,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    store::lock(&mut tx, id).await?;
    let paper = store::load(&mut tx, id).await?.paper;
    // The same form sent twice finds its own words there.
    if paper.written == *text {
        return Ok(());
    }
    let is_fresh = paper.revision == revision;
    let permit = rules::may_write_paper(actor, paper)?;
    if !is_fresh {
        return Err(Refused::Stale);
    }
    store::rewrite(&mut tx, &permit, text, now).await?;
    let paper = permit.of();
    tell(&mut tx, (actor, (&paper.slot, paper.dossier)), ("paper_written", None), now).await?;
    tx.commit().await?;
    Ok(())
}

/// Drafts anew from the figures of this moment; what people wrote stays.
///
/// # Errors
/// A rule, a stale form, or what the database says.
pub async fn redraft(
    mut db: Scoped,
    rulesets: &Rulesets,
    actor: &Actor,
    (id, revision): (PaperId, i32),
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    let permit = rules::may_write_paper(actor, held(&mut tx, (id, revision)).await?)?;
    let paper = permit.of();
    let draft = drafted(&mut tx, rulesets, &paper.slot, now).await?;
    let written = paper.written.redrafted(&paper.drafted, &draft.text);
    store::redraft(&mut tx, &permit, (&draft, &written), now).await?;
    tell(&mut tx, (actor, (&paper.slot, paper.dossier)), ("paper_redrafted", None), now).await?;
    tx.commit().await?;
    Ok(())
}

/// Says how a body of the seat's own unit issues.
///
/// # Errors
/// A rule, a stale form, or what the database says.
pub async fn set_body(
    mut db: Scoped,
    actor: &Actor,
    body: Body,
    settings: &Settings,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let (place, unit) = own_unit(actor, body)?;
    let mut tx = db.begin().await?;
    let before = store::body(&mut tx, unit, body).await?;
    let same = Settings { revision: before.revision, ..settings.clone() };
    if before == same {
        return Ok(());
    }
    store::save_body(&mut tx, (place, unit, body), settings, (&actor.person.name, now)).await?;
    let entry = Entry { detail: json!({ "body": body.as_str() }), ..Entry::at(actor, place, "paper_body_set") };
    journal::store::write(&mut tx, &entry, now).await?;
    tx.commit().await?;
    Ok(())
}

/// The place and unit of a body that this seat keeps.
///
/// # Errors
/// A seat that issues nothing, or a body of another unit.
pub fn own_unit(actor: &Actor, body: Body) -> Result<(crate::access::Place, crate::platform::id::UnitId), Refused> {
    use crate::access::{Place, Seat};
    let keeper = rules::can_keep_paper_body(actor)?;
    if !Body::of(keeper).contains(&body) {
        return Err(Refused::NotFound);
    }
    let (ward, group) = match actor.seat {
        Seat::GroupLeader { ward, group } => (ward, Some(group)),
        // A city's body has no ward: the city stands for it and is left out of the row.
        _ => (actor.ward().unwrap_or(actor.city), None),
    };
    Ok((Place { city: actor.city, ward, group }, group.unwrap_or(ward)))
}
