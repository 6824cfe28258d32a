//! Statements on looks at personal data.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use super::model::Look;
use crate::access::Actor;
use crate::platform::id::{HouseholdId, UnitId};

/// Writes a look down. It does not wait for the disk: a list is read all day long, and the last half second of a log may be lost with the
/// machine, never with the program.
///
/// # Errors
/// What the database says.
pub async fn log(conn: &mut PgConnection, actor: &Actor, look: Look, now: DateTime<Utc>) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "with hasty as materialized (select set_config('synchronous_commit', 'off', true) as set)
         insert into data_access (at, city_id, ward_id, group_id, household_id, account_id, seat_id, actor, seat, what, rows)
         select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11 from hasty where set is not null",
        now,
        actor.city.uuid(),
        actor.ward().map(UnitId::uuid),
        look.group.map(UnitId::uuid),
        look.household.map(HouseholdId::uuid),
        actor.person.account.uuid(),
        actor.seat_id.uuid(),
        actor.person.name,
        actor.seat_words(),
        look.what.as_str(),
        i32::try_from(look.rows).unwrap_or(i32::MAX)
    )
    .execute(conn)
    .await?;
    Ok(())
}
