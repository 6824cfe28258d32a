//! Which households a year has: kept in step with the register up to the counting day, the last day of the groups' window. What happens
//! later changes the register alone.

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

/// Puts every household that lives in the ward on a day into a new year, without marks, in the group where it lives on it; gives how
/// many. A year that is opened after its counting day has those of the counting day.
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
         select s.household_id, $1, $2, s.group_id, $3
           from (select least($4, c.group_window_to) as counting from cycle c where c.ward_id = $2 and c.id = $3) d
           join household_stay s on s.ward_id = $2 and s.since <= d.counting and (s.until is null or s.until >= d.counting)
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

/// Puts new households into a running year: those that live there by its counting day.
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
         select t.id, $1, $2, t.grp, $3 from unnest($4::uuid[], $5::uuid[]) t (id, grp)
           join household h on h.ward_id = $2 and h.id = t.id
           join cycle c on c.ward_id = $2 and c.id = $3 and h.since <= c.group_window_to",
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

/// A household that left before the counting day is no longer part of the running year's whole; its marks stay to be read. Whoever still
/// lived there on that day is counted.
///
/// # Errors
/// What the database says.
pub async fn leave(
    conn: &mut PgConnection,
    household: &Household,
    cycle: CycleId,
    last: NaiveDate,
) -> Result<(), Refused> {
    sqlx::query!(
        "update participation p set counted = false, revision = p.revision + 1
           from cycle c
          where p.ward_id = $1 and p.cycle_id = $2 and p.household_id = $3 and p.counted
            and c.ward_id = p.ward_id and c.id = p.cycle_id and $4 < c.group_window_to",
        household.ward.uuid(),
        cycle.uuid(),
        household.id.uuid(),
        last
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A household whose end was a mistake is part of the whole again, if it lived there by the counting day.
///
/// # Errors
/// What the database says.
pub async fn return_to(conn: &mut PgConnection, household: &Household, cycle: CycleId) -> Result<(), Refused> {
    sqlx::query!(
        "update participation p set counted = true, revision = p.revision + 1
           from cycle c
          where p.ward_id = $1 and p.cycle_id = $2 and p.household_id = $3 and not p.counted
            and c.ward_id = p.ward_id and c.id = p.cycle_id and $4 <= c.group_window_to",
        household.ward.uuid(),
        cycle.uuid(),
        household.id.uuid(),
        household.since
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A household that moved by the counting day takes its marks of the running year along to its new group.
///
/// # Errors
/// What the database says.
pub async fn regroup(
    conn: &mut PgConnection,
    household: &Household,
    cycle: CycleId,
    (group, from): (UnitId, NaiveDate),
) -> Result<(), Refused> {
    sqlx::query!(
        "update participation p set group_id = $4, revision = p.revision + 1
           from cycle c
          where p.ward_id = $1 and p.cycle_id = $2 and p.household_id = $3
            and c.ward_id = p.ward_id and c.id = p.cycle_id and $5 <= c.group_window_to",
        household.ward.uuid(),
        cycle.uuid(),
        household.id.uuid(),
        group.uuid(),
        from
    )
    .execute(conn)
    .await?;
    Ok(())
}
