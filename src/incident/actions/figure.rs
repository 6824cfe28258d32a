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

/// One event for the ward's seats; for a seat bound to groups one in each of them, since it writes nowhere else.
fn events<'a>(actor: &'a Actor, ward: UnitId, typed: &[Typed]) -> Vec<(Entry<'a>, usize)> {
    let of_unit = |unit: UnitId| typed.iter().filter(|one| one.unit == unit).count();
    let mut units: Vec<UnitId> = typed.iter().map(|one| one.unit).collect();
    units.sort();
    units.dedup();
    let entry = |group, subject| Entry { subject, ..event(actor, (ward, group), "figures_saved") };
    match (bound_to(actor), units.as_slice()) {
        (Some(_), units) => units.iter().map(|unit| (entry(Some(*unit), Some(*unit)), of_unit(*unit))).collect(),
        (None, [one]) => vec![(entry(None, Some(*one)), typed.len())],
        (None, _) => vec![(entry(None, None), typed.len())],
    }
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
    if permit.of().1.is_empty() {
        return Ok(());
    }
    store::save_figures(&mut tx, &permit, (actor.city, cycle), (&actor.person.name, now)).await?;
    for (entry, rows) in events(actor, ward, &permit.of().1) {
        tell(&mut tx, entry, (json!({ "rows": rows }), None), now).await?;
    }
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
