//! Typed figures, and the year of an agency, enterprise or school.

use chrono::{DateTime, Utc};
use serde_json::json;
use sqlx::Connection;

use super::{event, tell, ward};
use crate::access::{Actor, Refused, rules};
use crate::incident::model::bound_to;
use crate::incident::model::figure::{Row, Typed};
use crate::incident::model::unit::Participation;
use crate::incident::store;
use crate::journal::model::Entry;
use crate::platform::db::Scoped;
use crate::platform::id::{CycleId, UnitId};

/// What stands already is not written again: the same form sent twice finds it.
fn still_to_write(typed: Vec<Typed>, rows: &[Row]) -> Vec<Typed> {
    let stands = |one: &Typed| rows.iter().any(|row| row.id == one.unit && row.figure(one.metric).value == one.value);
    typed.into_iter().filter(|one| !stands(one)).collect()
}

/// Writes all changed figures, or none.
///
/// # Errors
/// A rule, a figure that somebody else changed meanwhile, or what the database says.
pub async fn save_figures(
    mut db: Scoped,
    actor: &Actor,
    cycle: CycleId,
    typed: Vec<Typed>,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let ward = ward(actor)?;
    let mut tx = db.begin().await?;
    let rows = store::figures(&mut tx, (ward, cycle), bound_to(actor)).await?;
    let permit = rules::may_save_figures(actor, ward, still_to_write(typed, &rows))?;
    let (_, typed) = permit.of();
    let Some(first) = typed.first().copied() else { return Ok(()) };
    let count = typed.len();
    // Told at the page of the unit, when it is about one.
    let subject = typed.iter().all(|one| one.unit == first.unit).then_some(first.unit);
    store::save_figures(&mut tx, &permit, (actor.city, cycle), (&actor.person.name, now)).await?;
    let entry = Entry { subject, ..event(actor, (ward, None), "figures_saved") };
    tell(&mut tx, entry, (json!({ "rows": count }), None), now).await?;
    tx.commit().await?;
    Ok(())
}

/// Writes what the year of a unit comes to.
///
/// # Errors
/// A rule, a stale form, or what the database says.
pub async fn save_unit(
    mut db: Scoped,
    actor: &Actor,
    (cycle, id, revision): (CycleId, UnitId, i32),
    to: &Participation,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let ward = ward(actor)?;
    let mut tx = db.begin().await?;
    let unit = store::load_unit(&mut tx, (ward, cycle), id).await?;
    // The same form sent twice, or one that changes nothing.
    let is_done = unit.participation == *to && unit.revision > 0;
    let is_stale = unit.revision != revision;
    let permit = rules::may_keep_unit_year(actor, unit)?;
    if is_done {
        return Ok(());
    }
    if is_stale {
        return Err(Refused::Stale);
    }
    store::save_unit(&mut tx, &permit, ((actor.city, ward), cycle), to, (&actor.person.name, now)).await?;
    let entry = Entry { subject: Some(id), ..event(actor, (ward, None), "unit_participation_saved") };
    let detail = json!({ "year": actor.year, "counted": to.counted, "standing": to.standing.as_str(), "registered_on": to.registered_on });
    tell(&mut tx, entry, (detail, None), now).await?;
    tx.commit().await?;
    Ok(())
}
