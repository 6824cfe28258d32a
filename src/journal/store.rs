//! Writing and reading events.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use super::model::{Entry, Line};
use crate::access::Actor;
use crate::platform::id::{CycleId, DossierId, EventId, HouseholdId, UnitId};

/// How many events a page tells.
const STORY: i64 = 40;

/// Writes an event in the transaction of the change it tells of.
///
/// # Errors
/// What the database says.
pub async fn write(conn: &mut PgConnection, entry: &Entry<'_>, now: DateTime<Utc>) -> Result<(), sqlx::Error> {
    let detail = if entry.detail.is_null() { serde_json::json!({}) } else { entry.detail.clone() };
    sqlx::query!(
        "insert into event (id, at, city_id, ward_id, group_id, cycle_id, subject_id, dossier_id, account_id, seat_id, actor, seat, on_behalf_of,
                            verb, from_version, reason, detail, household_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
        EventId::new(now).uuid(),
        now,
        entry.city.uuid(),
        entry.ward.map(UnitId::uuid),
        entry.group.map(UnitId::uuid),
        entry.cycle.map(|id| id.uuid()),
        entry.subject.map(UnitId::uuid),
        entry.dossier.map(DossierId::uuid),
        entry.actor.person.account.uuid(),
        entry.actor.seat_id.uuid(),
        entry.actor.person.name,
        entry.actor.seat_words(),
        entry.actor.delegation.as_ref().map(|d| d.on_behalf_of.clone()),
        entry.verb,
        entry.from_version,
        entry.reason,
        detail,
        entry.household.map(|id| id.uuid())
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The latest events of a ward's year itself, without those of its dossiers; newest first. Index `event_by_cycle`.
///
/// # Errors
/// What the database says.
pub async fn of_cycle(conn: &mut PgConnection, ward: UnitId, cycle: CycleId) -> Result<Vec<Line>, sqlx::Error> {
    sqlx::query_as!(
        Line,
        "select at, actor, seat, on_behalf_of, verb, reason, detail from event
          where ward_id = $1 and cycle_id = $2 and dossier_id is null and household_id is null order by seq desc limit $3",
        ward.uuid(),
        cycle.uuid(),
        STORY
    )
    .fetch_all(conn)
    .await
}

/// The latest events of a unit itself, without those of its dossiers; newest first. Index `event_by_unit`.
///
/// # Errors
/// What the database says.
pub async fn of_unit(conn: &mut PgConnection, unit: UnitId) -> Result<Vec<Line>, sqlx::Error> {
    sqlx::query_as!(
        Line,
        "select at, actor, seat, on_behalf_of, verb, reason, detail from event
          where subject_id = $1 and dossier_id is null order by seq desc limit $2",
        unit.uuid(),
        STORY
    )
    .fetch_all(conn)
    .await
}

/// The latest events of a household, newest first. Index `event_by_household`.
///
/// # Errors
/// What the database says.
pub async fn of_household(
    conn: &mut PgConnection,
    ward: UnitId,
    household: HouseholdId,
) -> Result<Vec<Line>, sqlx::Error> {
    sqlx::query_as!(
        Line,
        "select at, actor, seat, on_behalf_of, verb, reason, detail from event
          where ward_id = $1 and household_id = $2 order by seq desc limit $3",
        ward.uuid(),
        household.uuid(),
        STORY
    )
    .fetch_all(conn)
    .await
}

/// Whether this very person, in this seat, already did this to that version of the dossier: a form sent twice.
///
/// # Errors
/// What the database says.
pub async fn did_already(
    conn: &mut PgConnection,
    actor: &Actor,
    dossier: DossierId,
    verbs: &[&str],
    from_version: i32,
) -> Result<bool, sqlx::Error> {
    let verbs: Vec<String> = verbs.iter().map(|verb| (*verb).to_owned()).collect();
    sqlx::query_scalar!(
        r#"select exists (select 1 from event where dossier_id = $1 and from_version = $2 and verb = any ($3) and seat_id = $4 and account_id = $5) as "did!""#,
        dossier.uuid(),
        from_version,
        &verbs,
        actor.seat_id.uuid(),
        actor.person.account.uuid()
    )
    .fetch_one(conn)
    .await
}
