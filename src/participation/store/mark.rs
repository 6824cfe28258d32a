//! Marks: one household under a lock, a whole list at once, and the counts.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::access::{Permit, Refused, act};
use crate::participation::model::{Given, Mark, Participation, Tally, Why};
use crate::platform::id::{CycleId, HouseholdId, UnitId};

/// A household of a year, locked, with what the year says of marks.
#[derive(Debug, Clone)]
pub struct Held {
    /// The household.
    pub row: Participation,
    /// Marks are written in the newest year alone.
    pub is_newest: bool,
    /// No mark is older than this.
    pub first_day: NaiveDate,
}

fn given(
    on: Option<NaiveDate>,
    at: Option<DateTime<Utc>>,
    by: Option<String>,
    how: Option<String>,
) -> anyhow::Result<Option<Given>> {
    let (Some(on), Some(at), Some(by), Some(how)) = (on, at, by, how) else { return Ok(None) };
    let how = how.parse().map_err(|_| anyhow::anyhow!("a mark taken by {how:?}"))?;
    Ok(Some(Given { on, at, by, how }))
}

/// Locks a household's row of a year until the transaction ends, and reads it. Primary key.
///
/// # Errors
/// [`Refused::NotFound`] when it is out of sight or not part of that year, or what the database says.
pub async fn lock(conn: &mut PgConnection, ward: UnitId, household: HouseholdId, year: i32) -> Result<Held, Refused> {
    let r = sqlx::query!(
        r#"select p.household_id as "household: HouseholdId", p.group_id as "group: UnitId", p.cycle_id as "cycle: CycleId", p.counted,
             p.registered_on, p.registered_at, p.registered_by, p.registered_how, p.pledged_on, p.pledged_at, p.pledged_by, p.pledged_how,
             p.reason, p.revision, c.group_window_from as first_day,
             not exists (select from cycle n where n.ward_id = c.ward_id and n.year > c.year) as "is_newest!"
           from cycle c join participation p on p.ward_id = c.ward_id and p.cycle_id = c.id
          where c.ward_id = $1 and c.year = $2 and p.household_id = $3 for update of p"#,
        ward.uuid(),
        year,
        household.uuid()
    )
    .fetch_optional(conn)
    .await?
    .ok_or(Refused::NotFound)?;
    let why = r.reason.map(|why| why.parse().map_err(|_| anyhow::anyhow!("a reason {why:?}"))).transpose()?;
    let row = Participation {
        household: r.household,
        group: r.group,
        cycle: r.cycle,
        counted: r.counted,
        registered: given(r.registered_on, r.registered_at, r.registered_by, r.registered_how)?,
        pledged: given(r.pledged_on, r.pledged_at, r.pledged_by, r.pledged_how)?,
        why,
        revision: r.revision,
    };
    Ok(Held { row, is_newest: r.is_newest, first_day: r.first_day })
}

/// Writes what became of a household that is locked; the row counts one revision more.
///
/// # Errors
/// [`Refused::Stale`] when somebody else was first.
pub async fn save(
    conn: &mut PgConnection,
    permit: &Permit<act::Record, UnitId>,
    ward: UnitId,
    after: &Participation,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let (registered, pledged) = (after.registered.as_ref(), after.pledged.as_ref());
    let done = sqlx::query!(
        "update participation set registered_on = $6, registered_at = $7, registered_by = $8, registered_how = $9,
                pledged_on = $10, pledged_at = $11, pledged_by = $12, pledged_how = $13,
                reason = $14::text, reason_at = case when $14::text is null then null when reason is distinct from $14::text then $15::timestamptz else reason_at end, revision = revision + 1
          where ward_id = $1 and cycle_id = $2 and household_id = $3 and group_id = $4 and revision = $5",
        ward.uuid(),
        after.cycle.uuid(),
        after.household.uuid(),
        permit.of().uuid(),
        after.revision,
        registered.map(|it| it.on),
        registered.map(|it| it.at),
        registered.map(|it| it.by.as_str()),
        registered.map(|it| it.how.as_str()),
        pledged.map(|it| it.on),
        pledged.map(|it| it.at),
        pledged.map(|it| it.by.as_str()),
        pledged.map(|it| it.how.as_str()),
        after.why.map(Why::as_str),
        now
    )
    .execute(conn)
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(Refused::Stale) }
}

/// The year that marks are written in.
#[derive(Debug, Clone, Copy)]
pub struct Newest {
    /// The year.
    pub cycle: CycleId,
    /// Its number.
    pub year: i32,
    /// No mark is older than this.
    pub first_day: NaiveDate,
}

/// The newest year of a ward. Unique key `cycle_year_once`.
///
/// # Errors
/// [`Refused::NotFound`] before a ward has opened its first year, or what the database says.
pub async fn newest(conn: &mut PgConnection, ward: UnitId) -> Result<Newest, Refused> {
    sqlx::query_as!(
        Newest,
        r#"select id as "cycle: CycleId", year, group_window_from as first_day from cycle where ward_id = $1 order by year desc limit 1"#,
        ward.uuid()
    )
    .fetch_optional(conn)
    .await?
    .ok_or(Refused::NotFound)
}

/// Gives one mark to many households of a group, whichever of them lack it; gives how many those were. Rows are locked in the order of
/// their ids, so that two lists never wait for each other in a circle.
///
/// # Errors
/// What the database says.
pub async fn save_many(
    conn: &mut PgConnection,
    permit: &Permit<act::Record, UnitId>,
    (ward, cycle): (UnitId, CycleId),
    (mark, given): (Mark, &Given),
    households: &[HouseholdId],
) -> Result<u64, Refused> {
    let ids: Vec<Uuid> = households.iter().map(|it| it.uuid()).collect();
    let done = sqlx::query!(
        "with due as materialized (
           select household_id from participation
            where ward_id = $1 and cycle_id = $2 and group_id = $3 and counted and household_id = any ($4)
              and case when $5 then pledged_on else registered_on end is null
            order by household_id for update)
         update participation p
            set registered_on = coalesce(p.registered_on, $6), registered_at = coalesce(p.registered_at, $7),
                registered_by = coalesce(p.registered_by, $8), registered_how = coalesce(p.registered_how, $9),
                pledged_on = case when $5 then $6 else p.pledged_on end, pledged_at = case when $5 then $7 else p.pledged_at end,
                pledged_by = case when $5 then $8 else p.pledged_by end, pledged_how = case when $5 then $9 else p.pledged_how end,
                reason = case when $5 then null else p.reason end, reason_at = case when $5 then null else p.reason_at end,
                revision = p.revision + 1
           from due d where p.ward_id = $1 and p.cycle_id = $2 and p.household_id = d.household_id",
        ward.uuid(),
        cycle.uuid(),
        permit.of().uuid(),
        &ids,
        mark == Mark::Pledged,
        given.on,
        given.at,
        given.by,
        given.how.as_str()
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// The counts of a group in a year. Primary key.
///
/// # Errors
/// What the database says.
pub async fn tally(conn: &mut PgConnection, ward: UnitId, cycle: CycleId, group: UnitId) -> Result<Tally, Refused> {
    let found = sqlx::query_as!(
        Tally,
        r#"select households::bigint as "households!", registered::bigint as "registered!", pledged::bigint as "pledged!",
             absent::bigint as "absent!", refused::bigint as "refused!", away::bigint as "away!"
           from participation_tally where ward_id = $1 and cycle_id = $2 and group_id = $3"#,
        ward.uuid(),
        cycle.uuid(),
        group.uuid()
    )
    .fetch_optional(conn)
    .await?;
    Ok(found.unwrap_or_default())
}
