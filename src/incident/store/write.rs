//! Writing counts, and keeping what they said before.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::access::{Permit, Place, Refused, act};
use crate::incident::model::{Count, Facts};
use crate::platform::id::{CountBatchId, IncidentId, UnitId};

/// A count as the form that is being sent saw it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// The count.
    pub id: IncidentId,
    /// Its revision then.
    pub revision: i32,
}

/// What decides whether a count can be confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sealed {
    /// The count.
    pub id: IncidentId,
    /// Its revision now.
    pub revision: i32,
    /// Somebody confirmed it.
    pub is_confirmed: bool,
    /// It was struck out.
    pub is_void: bool,
    /// How many.
    pub n: i32,
}

/// Writes a count; gives false when the same form was sent before.
///
/// # Errors
/// What the database says.
pub async fn insert(
    conn: &mut PgConnection,
    permit: &Permit<act::EnterIncident, Option<UnitId>>,
    (id, place): (IncidentId, Place),
    (facts, confirms): (&Facts, bool),
    (by, now): (&str, DateTime<Utc>),
) -> Result<bool, Refused> {
    let done = sqlx::query!(
        "insert into incident (id, city_id, ward_id, group_id, kind, gravity, happened_on, of_year, n, source, confirmed_at, confirmed_by,
                               created_at, created_by, updated_at, updated_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'typed', case when $10 then $11::timestamptz end, case when $10 then $12 end, $11, $12, $11, $12)
         on conflict (id) do nothing",
        id.uuid(),
        place.city.uuid(),
        place.ward.uuid(),
        permit.of().map(UnitId::uuid),
        facts.kind,
        facts.gravity.as_str(),
        facts.when.day(),
        facts.when.year(),
        facts.n,
        confirms,
        now,
        by
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes the confirmed counts of a list in one statement; nothing when the same list was sent before.
///
/// # Errors
/// [`Refused::Stale`] when somebody wrote one of its totals meanwhile; what the database says.
pub async fn insert_all(
    conn: &mut PgConnection,
    permit: &Permit<act::KeepLastYear, UnitId>,
    (city, batch): (UnitId, CountBatchId),
    counts: &[Facts],
    (by, now): (&str, DateTime<Utc>),
) -> Result<u64, Refused> {
    let ids: Vec<Uuid> = counts.iter().map(|_| IncidentId::new(now).uuid()).collect();
    let groups: Vec<Option<Uuid>> = counts.iter().map(|it| it.group.map(UnitId::uuid)).collect();
    let kinds: Vec<String> = counts.iter().map(|it| it.kind.clone()).collect();
    let gravities: Vec<String> = counts.iter().map(|it| it.gravity.to_string()).collect();
    let days: Vec<Option<NaiveDate>> = counts.iter().map(|it| it.when.day()).collect();
    let years: Vec<Option<i32>> = counts.iter().map(|it| it.when.year()).collect();
    let numbers: Vec<i32> = counts.iter().map(|it| it.n).collect();
    let written = sqlx::query!(
        "insert into incident (id, city_id, ward_id, group_id, kind, gravity, happened_on, of_year, n, source, batch_id, confirmed_at, confirmed_by,
                               created_at, created_by, updated_at, updated_by)
         select t.id, $1, $2, t.grp, t.kind, t.gravity, t.day, t.year, t.n, 'import', $3, $4, $5, $4, $5, $4, $5
           from unnest($6::uuid[], $7::uuid[], $8::text[], $9::text[], $10::date[], $11::int[], $12::int[]) t (id, grp, kind, gravity, day, year, n)
          where not exists (select 1 from incident b where b.ward_id = $2 and b.batch_id = $3)",
        city.uuid(),
        permit.of().uuid(),
        batch.uuid(),
        now,
        by,
        &ids,
        &groups as _,
        &kinds,
        &gravities,
        &days as _,
        &years as _,
        &numbers
    )
    .execute(conn)
    .await;
    match written {
        Ok(done) => Ok(done.rows_affected()),
        Err(sqlx::Error::Database(told)) if told.constraint() == Some("incident_total_once") => Err(Refused::Stale),
        Err(error) => Err(error.into()),
    }
}

/// Locks counts and tells how they stand.
///
/// # Errors
/// What the database says.
pub async fn lock_all(conn: &mut PgConnection, ids: &[IncidentId]) -> Result<Vec<Sealed>, Refused> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    Ok(sqlx::query_as!(
        Sealed,
        r#"select id as "id: IncidentId", revision, confirmed_at is not null as "is_confirmed!", voided_at is not null as "is_void!", n
             from incident where id = any ($1) order by id for update"#,
        &ids
    )
    .fetch_all(conn)
    .await?)
}

/// Confirms counts.
///
/// # Errors
/// What the database says.
pub async fn confirm(
    conn: &mut PgConnection,
    _permit: &Permit<act::ConfirmIncident, UnitId>,
    ids: &[IncidentId],
    (by, now): (&str, DateTime<Utc>),
) -> Result<(), Refused> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    sqlx::query!(
        "update incident set confirmed_at = $2, confirmed_by = $3, updated_at = $2, updated_by = $3, revision = revision + 1
          where id = any ($1) and confirmed_at is null and voided_at is null",
        &ids,
        now,
        by
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes what a count says now, and keeps what it said.
///
/// # Errors
/// [`Refused::Stale`] when somebody else was first; what the database says.
pub async fn correct(
    conn: &mut PgConnection,
    permit: &Permit<act::CorrectIncident, Count>,
    (to, reason): (&Facts, &str),
    confirms: bool,
    (by, now): (&str, DateTime<Utc>),
) -> Result<(), Refused> {
    let before = permit.of();
    sqlx::query!(
        "insert into incident_version (incident_id, city_id, ward_id, group_id, revision, kind, gravity, happened_on, of_year, n, replaced_at, replaced_by, reason)
         select id, city_id, ward_id, group_id, revision, kind, gravity, happened_on, of_year, n, $3, $4, $5 from incident where id = $1 and revision = $2",
        before.id.uuid(),
        before.revision,
        now,
        by,
        reason
    )
    .execute(&mut *conn)
    .await?;
    let done = sqlx::query!(
        "update incident set group_id = $3, kind = $4, gravity = $5, happened_on = $6, of_year = $7, n = $8, revision = revision + 1,
                confirmed_at = case when $9 then $10 else confirmed_at end, confirmed_by = case when $9 then $11 else confirmed_by end,
                updated_at = $10, updated_by = $11
          where id = $1 and revision = $2 and voided_at is null",
        before.id.uuid(),
        before.revision,
        to.group.map(UnitId::uuid),
        to.kind,
        to.gravity.as_str(),
        to.when.day(),
        to.when.year(),
        to.n,
        confirms,
        now,
        by
    )
    .execute(conn)
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(Refused::Stale) }
}

/// Strikes a count out.
///
/// # Errors
/// [`Refused::Stale`] when somebody else was first; what the database says.
pub async fn strike(
    conn: &mut PgConnection,
    permit: &Permit<act::CorrectIncident, Count>,
    reason: &str,
    (by, now): (&str, DateTime<Utc>),
) -> Result<(), Refused> {
    let done = sqlx::query!(
        "update incident set voided_at = $3, voided_by = $4, void_reason = $5, revision = revision + 1, updated_at = $3, updated_by = $4
          where id = $1 and revision = $2 and voided_at is null",
        permit.of().id.uuid(),
        permit.of().revision,
        now,
        by,
        reason
    )
    .execute(conn)
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(Refused::Stale) }
}

/// Strikes out all that is left of a list. Index `incident_by_batch`.
///
/// # Errors
/// What the database says.
pub async fn strike_batch(
    conn: &mut PgConnection,
    permit: &Permit<act::KeepLastYear, UnitId>,
    (batch, reason): (CountBatchId, &str),
    (by, now): (&str, DateTime<Utc>),
) -> Result<u64, Refused> {
    let done = sqlx::query!(
        "update incident set voided_at = $3, voided_by = $4, void_reason = $5, revision = revision + 1, updated_at = $3, updated_by = $4
          where ward_id = $1 and batch_id = $2 and voided_at is null",
        permit.of().uuid(),
        batch.uuid(),
        now,
        by,
        reason
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}
