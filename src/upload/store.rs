//! Every statement on uploads. A person sees only the own ones.

use chrono::{DateTime, NaiveDateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::model::{Announced, MOST_OPEN, Upload};
use crate::access::Actor;
use crate::platform::id::{UnitId, UploadId};

struct Row {
    id: UploadId,
    name: String,
    size: i64,
    received: i64,
    taken_at: Option<NaiveDateTime>,
    is_used: bool,
}

impl From<Row> for Upload {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            name: row.name,
            size: row.size.unsigned_abs(),
            received: row.received.unsigned_abs(),
            taken_at: row.taken_at,
            is_used: row.is_used,
        }
    }
}

/// Begins one; `false` when this person has too much on the way. Reads `upload_open`.
///
/// # Errors
/// What the database says.
pub async fn begin(
    conn: &mut PgConnection,
    actor: &Actor,
    id: UploadId,
    announced: &Announced,
    now: DateTime<Utc>,
) -> Result<bool, sqlx::Error> {
    let size = i64::try_from(announced.size).unwrap_or(i64::MAX);
    let done = sqlx::query!(
        "insert into upload (id, city_id, ward_id, account_id, purpose, name, size, taken_at, created_at)
         select $1, $2, $3, $4, $5, $6, $7::bigint, $8, $9
          where (select coalesce(sum(size), 0) from upload where account_id = $4 and used_at is null) + $7::bigint <= $10::bigint",
        id.uuid(),
        actor.city.uuid(),
        actor.ward().map(UnitId::uuid),
        actor.person.account.uuid(),
        announced.purpose,
        announced.name,
        size,
        announced.taken_at,
        now,
        MOST_OPEN
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// One of this person's uploads.
///
/// # Errors
/// What the database says.
pub async fn find(conn: &mut PgConnection, id: UploadId) -> Result<Option<Upload>, sqlx::Error> {
    let row = sqlx::query_as!(
        Row,
        r#"select id as "id: UploadId", name, size, received, taken_at, used_at is not null as "is_used!" from upload where id = $1"#,
        id.uuid()
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(Upload::from))
}

/// The same, locked until the transaction ends.
///
/// # Errors
/// What the database says.
pub async fn lock(conn: &mut PgConnection, id: UploadId) -> Result<Option<Upload>, sqlx::Error> {
    let row = sqlx::query_as!(
        Row,
        r#"select id as "id: UploadId", name, size, received, taken_at, used_at is not null as "is_used!" from upload where id = $1 for update"#,
        id.uuid()
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(Upload::from))
}

/// Writes down how much is here.
///
/// # Errors
/// What the database says.
pub async fn grow(conn: &mut PgConnection, id: UploadId, received: u64) -> Result<(), sqlx::Error> {
    let received = i64::try_from(received).unwrap_or(i64::MAX);
    sqlx::query!("update upload set received = $2 where id = $1", id.uuid(), received).execute(conn).await.map(drop)
}

/// Those of this person's uploads that were begun for that form.
///
/// # Errors
/// What the database says.
pub async fn of_form(conn: &mut PgConnection, ids: &[Uuid], purpose: &str) -> Result<Vec<Upload>, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"select id as "id: UploadId", name, size, received, taken_at, used_at is not null as "is_used!"
             from upload where id = any ($1) and purpose = $2 order by id"#,
        ids,
        purpose
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(Upload::from).collect())
}

/// Notes that a form took them.
///
/// # Errors
/// What the database says.
pub async fn used(conn: &mut PgConnection, ids: &[UploadId], now: DateTime<Utc>) -> Result<(), sqlx::Error> {
    if ids.is_empty() {
        return Ok(());
    }
    let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    sqlx::query!("update upload set used_at = $2 where id = any ($1) and used_at is null", &ids, now)
        .execute(conn)
        .await
        .map(drop)
}

/// Takes away what was begun before that moment.
///
/// # Errors
/// What the database says.
pub async fn sweep(conn: &mut PgConnection, before: DateTime<Utc>) -> Result<i32, sqlx::Error> {
    sqlx::query_scalar!(r#"select upload_sweep($1) as "rows!""#, before).fetch_one(conn).await
}
