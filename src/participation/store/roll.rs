//! Which households a year has: kept in step with the register.

use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::access::{Place, Refused};
use crate::household::model::Household;
use crate::platform::id::{CycleId, HouseholdId, UnitId};

/// The year that a ward lives in: the newest one. Unique key `cycle_year_once`.
///
/// # Errors
/// What the database says.
pub async fn newest_cycle(conn: &mut PgConnection, ward: UnitId) -> Result<Option<CycleId>, Refused> {
    Ok(sqlx::query_scalar!(
        r#"select id as "id: CycleId" from cycle where ward_id = $1 order by year desc limit 1"#,
        ward.uuid()
    )
    .fetch_optional(conn)
    .await?)
}

/// Puts every household that lives in the ward on a day into a new year, without marks; gives how many.
///
/// # Errors
/// What the database says.
pub async fn start_year(
    conn: &mut PgConnection,
    of_ward: Place,
    cycle: CycleId,
    day: NaiveDate,
) -> Result<u64, Refused> {
    let done = sqlx::query!(
        "insert into participation (household_id, city_id, ward_id, group_id, cycle_id)
         select h.id, $1, $2, h.group_id, $3 from household h
          where h.ward_id = $2 and h.since <= $4 and (h.ended_on is null or h.ended_on >= $4)
         on conflict do nothing",
        of_ward.city.uuid(),
        of_ward.ward.uuid(),
        cycle.uuid(),
        day
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// Puts new households into a running year.
///
/// # Errors
/// What the database says.
pub async fn join(
    conn: &mut PgConnection,
    cycle: CycleId,
    place: Place,
    households: &[(HouseholdId, UnitId)],
) -> Result<(), Refused> {
    let (ids, groups): (Vec<Uuid>, Vec<Uuid>) =
        households.iter().map(|(household, group)| (household.uuid(), group.uuid())).unzip();
    sqlx::query!(
        "insert into participation (household_id, city_id, ward_id, group_id, cycle_id)
         select t.id, $1, $2, t.grp, $3 from unnest($4::uuid[], $5::uuid[]) t (id, grp)",
        place.city.uuid(),
        place.ward.uuid(),
        cycle.uuid(),
        &ids,
        &groups
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A household that left is no longer part of the running year's whole; its marks stay to be read.
///
/// # Errors
/// What the database says.
pub async fn leave(conn: &mut PgConnection, household: &Household, cycle: CycleId) -> Result<(), Refused> {
    set_counted(conn, household, cycle, false).await
}

/// A household whose end was a mistake is part of the whole again.
///
/// # Errors
/// What the database says.
pub async fn return_to(conn: &mut PgConnection, household: &Household, cycle: CycleId) -> Result<(), Refused> {
    set_counted(conn, household, cycle, true).await
}

async fn set_counted(
    conn: &mut PgConnection,
    household: &Household,
    cycle: CycleId,
    counted: bool,
) -> Result<(), Refused> {
    sqlx::query!(
        "update participation set counted = $4, revision = revision + 1 where ward_id = $1 and cycle_id = $2 and household_id = $3 and counted <> $4",
        household.ward.uuid(),
        cycle.uuid(),
        household.id.uuid(),
        counted
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A household that moved takes its marks of the running year along to its new group.
///
/// # Errors
/// What the database says.
pub async fn regroup(
    conn: &mut PgConnection,
    household: &Household,
    cycle: CycleId,
    group: UnitId,
) -> Result<(), Refused> {
    sqlx::query!(
        "update participation set group_id = $4, revision = revision + 1 where ward_id = $1 and cycle_id = $2 and household_id = $3",
        household.ward.uuid(),
        cycle.uuid(),
        household.id.uuid(),
        group.uuid()
    )
    .execute(conn)
    .await?;
    Ok(())
}
