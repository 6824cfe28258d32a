//! The year before: what is known of it, the lists that were brought in, its totals.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use serde::Deserialize;
use sqlx::PgConnection;
use sqlx::types::Json;

use crate::access::{Permit, Refused, act};
use crate::incident::model::list::Key;
use crate::incident::model::{When, Year};
use crate::platform::id::{CountBatchId, IncidentId, UnitId};

/// A list that was brought in.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Batch {
    /// Its id.
    pub id: CountBatchId,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: String,
    /// How many counts of it stand.
    pub rows: i64,
    /// How many incidents they say.
    pub n: i64,
    /// How many counts of it were struck out.
    pub void: i64,
}

/// What is known of the year before.
#[derive(Debug, Clone)]
pub struct Overview {
    /// When its counts were called complete, and by whom.
    pub closed: Option<(DateTime<Utc>, String)>,
    /// Type by its code, and how many; in the order of the codes.
    pub kinds: Vec<(String, i64)>,
    /// Groups with a count of their own.
    pub groups: i64,
    /// Lists that were brought in, newest first.
    pub batches: Vec<Batch>,
}

/// What is known of the year before. Indexes `incident_by_day`, `incident_by_year`, `incident_by_batch`.
///
/// # Errors
/// What the database says.
pub async fn overview(conn: &mut PgConnection, ward: UnitId, year: &Year) -> Result<Overview, Refused> {
    let before = year.of_ward.year_before();
    let r = sqlx::query!(
        r#"with held as materialized (
             select i.kind, i.group_id, i.n from incident i
              where i.ward_id = $1 and i.voided_at is null and i.confirmed_at is not null and (i.happened_on between $3 and $4 or i.of_year = $2))
           select (select p.closed_at from incident_period p where p.ward_id = $1 and p.year = $2) as closed_at,
             (select p.closed_by from incident_period p where p.ward_id = $1 and p.year = $2) as closed_by,
             (select count(distinct group_id) from held) as "groups!",
             (select coalesce(json_agg(json_build_array(k.kind, k.n) order by k.kind), '[]')
                from (select kind, sum(n) as n from held group by 1) k) as "kinds!: Json<Vec<(String, i64)>>",
             (select coalesce(json_agg(b order by b.at desc), '[]') from (
                select i.batch_id as id, min(i.created_at) as at, min(i.created_by) as by, count(*) filter (where i.voided_at is null) as rows,
                       coalesce(sum(i.n) filter (where i.voided_at is null), 0) as n, count(*) filter (where i.voided_at is not null) as void
                  from incident i where i.ward_id = $1 and i.batch_id is not null group by 1) b) as "batches!: Json<Vec<Batch>>""#,
        ward.uuid(),
        year.year - 1,
        before.from,
        before.to
    )
    .fetch_one(conn)
    .await?;
    Ok(Overview { closed: r.closed_at.zip(r.closed_by), kinds: r.kinds.0, groups: r.groups, batches: r.batches.0 })
}

/// One list that was brought in. Index `incident_by_batch`.
///
/// # Errors
/// [`Refused::NotFound`], or what the database says.
pub async fn batch(conn: &mut PgConnection, ward: UnitId, id: CountBatchId) -> Result<Batch, Refused> {
    let found = sqlx::query_as!(
        Batch,
        r#"select i.batch_id as "id!: CountBatchId", min(i.created_at) as "at!", min(i.created_by) as "by!", count(*) filter (where i.voided_at is null) as "rows!",
             coalesce(sum(i.n) filter (where i.voided_at is null), 0) as "n!", count(*) filter (where i.voided_at is not null) as "void!"
           from incident i where i.ward_id = $1 and i.batch_id = $2 group by i.batch_id"#,
        ward.uuid(),
        id.uuid()
    )
    .fetch_optional(conn)
    .await?;
    found.ok_or(Refused::NotFound)
}

/// What is written of the year before, as a list can repeat it.
///
/// # Errors
/// What the database says.
pub async fn written(conn: &mut PgConnection, ward: UnitId, year: &Year) -> Result<HashSet<Key>, Refused> {
    let (groups, of_ward) = (year.of_groups.year_before(), year.of_ward.year_before());
    let rows = sqlx::query!(
        r#"select distinct group_id as "group: UnitId", kind, gravity, happened_on, of_year from incident
            where ward_id = $1 and voided_at is null and (happened_on between $3 and $4 or of_year = $2)"#,
        ward.uuid(),
        year.year - 1,
        groups.from.min(of_ward.from),
        groups.to.max(of_ward.to)
    )
    .fetch_all(conn)
    .await?;
    let key = |row: (Option<UnitId>, String, String, Option<When>)| Some((row.0, row.1, row.2.parse().ok()?, row.3?));
    Ok(rows
        .into_iter()
        .filter_map(|row| key((row.group, row.kind, row.gravity, When::of(row.happened_on, row.of_year))))
        .collect())
}

/// A total of the year before that was kept without days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The count.
    pub id: IncidentId,
    /// The code of its type.
    pub kind: String,
    /// How many.
    pub n: i32,
    /// Counts changes.
    pub revision: i32,
}

/// The totals of a group, or of what lies in none, of ordinary gravity: what the grid shows. Index `incident_total_once`.
///
/// # Errors
/// What the database says.
pub async fn held(
    conn: &mut PgConnection,
    ward: UnitId,
    (year, group): (i32, Option<UnitId>),
) -> Result<Vec<Held>, Refused> {
    Ok(sqlx::query_as!(
        Held,
        r#"select id as "id: IncidentId", kind, n, revision from incident
            where ward_id = $1 and of_year = $2 and group_id is not distinct from $3 and gravity = 'ordinary' and voided_at is null"#,
        ward.uuid(),
        year,
        group.map(UnitId::uuid)
    )
    .fetch_all(conn)
    .await?)
}

/// Writes that the counts of a year are complete; false when somebody did so before.
///
/// # Errors
/// What the database says.
pub async fn close_period(
    conn: &mut PgConnection,
    permit: &Permit<act::KeepLastYear, UnitId>,
    (city, year): (UnitId, i32),
    (by, now): (&str, DateTime<Utc>),
) -> Result<bool, Refused> {
    let done = sqlx::query!(
        "insert into incident_period (city_id, ward_id, year, closed_at, closed_by) values ($1, $2, $3, $4, $5) on conflict (ward_id, year) do nothing",
        city.uuid(),
        permit.of().uuid(),
        year,
        now,
        by
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}
