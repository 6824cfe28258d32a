//! Files.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use sqlx::types::Json;

use crate::access::{Place, Refused};
use crate::import::model::{Batch, Found, Mapping};
use crate::platform::id::{BatchId, CycleId, UnitId};

/// A file that has come in.
#[derive(Debug)]
pub struct Fresh<'a> {
    /// Its id.
    pub id: BatchId,
    /// Its ward, and the group it is meant for.
    pub place: Place,
    /// The year whose marks it brings along.
    pub cycle: Option<CycleId>,
    /// Since when its households live here.
    pub since: NaiveDate,
    /// As it was sent, cleaned.
    pub file_name: &'a str,
    /// Its content as a hash.
    pub sha256: &'a str,
    /// Its bytes.
    pub content: &'a [u8],
}

/// Writes a file that is to be read.
///
/// # Errors
/// What the database says.
pub async fn insert(conn: &mut PgConnection, fresh: &Fresh<'_>, by: &str, now: DateTime<Utc>) -> Result<(), Refused> {
    sqlx::query!(
        "insert into import_batch (id, city_id, ward_id, group_id, cycle_id, since, state, file_name, sha256, content, created_at, created_by)
         values ($1, $2, $3, $4, $5, $6, 'reading', $7, $8, $9, $10, $11)",
        fresh.id.uuid(),
        fresh.place.city.uuid(),
        fresh.place.ward.uuid(),
        fresh.place.group.map(UnitId::uuid),
        fresh.cycle.map(CycleId::uuid),
        fresh.since,
        fresh.file_name,
        fresh.sha256,
        fresh.content,
        now,
        by
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A file through the seat's scope.
///
/// # Errors
/// [`Refused::NotFound`], or what the database says.
pub async fn load(conn: &mut PgConnection, id: BatchId) -> Result<Batch, Refused> {
    let r = sqlx::query!(
        r#"select b.city_id as "city: UnitId", b.ward_id as "ward: UnitId", b.group_id as "group: UnitId", g.name as "group_name?",
             b.cycle_id as "cycle: CycleId", b.since, b.state, b.file_name, b.sha256, b.found as "found: Json<Found>", b.rows, b.stops, b.warns, b.made,
             b.fault, b.revision, b.created_at, b.created_by, b.written_at, b.undone_at, b.undone_by,
             (select count(*) from import_row r where r.ward_id = b.ward_id and r.batch_id = b.id and r.same_as is not null) as "same!",
             (select max(x.written_at) from import_batch x
               where x.ward_id = b.ward_id and x.sha256 = b.sha256 and x.id <> b.id and x.state = 'done') as same_file
           from import_batch b left join unit g on g.id = b.group_id where b.id = $1"#,
        id.uuid()
    )
    .fetch_optional(conn)
    .await?
    .ok_or(Refused::NotFound)?;
    Ok(Batch {
        id,
        place: Place { city: r.city, ward: r.ward, group: r.group },
        group_name: r.group_name,
        cycle: r.cycle,
        since: r.since,
        state: r.state.parse().map_err(|_| anyhow::anyhow!("import batch in state {:?}", r.state))?,
        file_name: r.file_name,
        sha256: r.sha256,
        found: r.found.map(|found| found.0),
        rows: r.rows,
        stops: r.stops,
        warns: r.warns,
        made: r.made,
        fault: r.fault,
        revision: r.revision,
        created_at: r.created_at,
        created_by: r.created_by,
        written_at: r.written_at,
        undone_at: r.undone_at,
        undone_by: r.undone_by,
        same: r.same,
        same_file: r.same_file,
    })
}

/// Locks a file until the transaction ends.
///
/// # Errors
/// [`Refused::NotFound`], or what the database says.
pub async fn hold(conn: &mut PgConnection, id: BatchId) -> Result<Batch, Refused> {
    sqlx::query_scalar!("select revision from import_batch where id = $1 for update", id.uuid())
        .fetch_optional(&mut *conn)
        .await?
        .ok_or(Refused::NotFound)?;
    load(conn, id).await
}

/// The bytes of a file and a person's corrections.
#[derive(Debug)]
pub struct Source {
    /// The bytes; none when it was written or dropped.
    pub content: Option<Vec<u8>>,
    /// What a person corrected.
    pub mapping: Option<Mapping>,
}

/// What a file is read from.
///
/// # Errors
/// What the database says.
pub async fn content(conn: &mut PgConnection, id: BatchId) -> Result<Source, Refused> {
    let r = sqlx::query!(
        r#"select content, mapping as "mapping: Json<Mapping>" from import_batch where id = $1"#,
        id.uuid()
    )
    .fetch_one(conn)
    .await?;
    Ok(Source { content: r.content, mapping: r.mapping.map(|mapping| mapping.0) })
}

/// A file in the list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its id.
    pub id: BatchId,
    /// As it was sent.
    pub file_name: String,
    /// "Tổ 7"; none for the whole ward.
    pub group: Option<String>,
    /// Where it stands, as a word.
    pub state: String,
    /// How many rows.
    pub rows: i32,
    /// Households that it made.
    pub made: i32,
    /// When it came.
    pub created_at: DateTime<Utc>,
    /// Who brought it.
    pub created_by: String,
}

/// The newest files. Index `import_batch_newest`.
///
/// # Errors
/// What the database says.
pub async fn list(conn: &mut PgConnection, ward: UnitId) -> Result<Vec<Listed>, Refused> {
    Ok(sqlx::query_as!(
        Listed,
        r#"select b.id as "id: BatchId", b.file_name, g.short_name as "group?", b.state, b.rows, b.made, b.created_at, b.created_by
             from import_batch b left join unit g on g.id = b.group_id where b.ward_id = $1 order by b.created_at desc, b.id limit 30"#,
        ward.uuid()
    )
    .fetch_all(conn)
    .await?)
}

/// A file was read.
///
/// # Errors
/// What the database says.
pub async fn ready(conn: &mut PgConnection, id: BatchId, found: &Found) -> Result<(), Refused> {
    sqlx::query!(
        "update import_batch set state = 'ready', found = $2, fault = null, revision = revision + 1 where id = $1",
        id.uuid(),
        Json(found) as _
    )
    .execute(&mut *conn)
    .await?;
    count(conn, id).await
}

/// Counts its rows anew.
///
/// # Errors
/// What the database says.
pub async fn count(conn: &mut PgConnection, id: BatchId) -> Result<(), Refused> {
    sqlx::query!(
        "update import_batch b set rows = c.rows, stops = c.stops, warns = c.warns
           from (select count(*)::int as rows, (count(*) filter (where stops))::int as stops, (count(*) filter (where warns))::int as warns
                   from import_row where batch_id = $1 and ward_id = (select ward_id from import_batch where id = $1)) c
          where b.id = $1",
        id.uuid()
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A file that cannot be read, and why. Its bytes go: they are of no use.
///
/// # Errors
/// What the database says.
pub async fn fail(conn: &mut PgConnection, id: BatchId, fault: &str) -> Result<(), Refused> {
    sqlx::query!(
        "update import_batch set state = 'failed', fault = $2, content = null, revision = revision + 1 where id = $1",
        id.uuid(),
        fault
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A file is to be read once more, with these corrections.
///
/// # Errors
/// [`Refused::Stale`] when somebody else was first.
pub async fn read_again(conn: &mut PgConnection, batch: &Batch, mapping: &Mapping) -> Result<(), Refused> {
    let done = sqlx::query!(
        "update import_batch set state = 'reading', mapping = $3, revision = revision + 1 where id = $1 and revision = $2 and state = 'ready'",
        batch.id.uuid(),
        batch.revision,
        Json(mapping) as _
    )
    .execute(conn)
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(Refused::Stale) }
}

/// A file is about to be written.
///
/// # Errors
/// [`Refused::Stale`] when somebody else was first.
pub async fn writing(conn: &mut PgConnection, batch: &Batch) -> Result<(), Refused> {
    let done = sqlx::query!(
        "update import_batch set state = 'writing', revision = revision + 1 where id = $1 and revision = $2 and state = 'ready' and stops = 0",
        batch.id.uuid(),
        batch.revision
    )
    .execute(conn)
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(Refused::Stale) }
}

/// A file was written: its bytes and its drafts go, a list of people does not stay lying about.
///
/// # Errors
/// What the database says.
pub async fn finish(conn: &mut PgConnection, id: BatchId, made: usize, now: DateTime<Utc>) -> Result<(), Refused> {
    sqlx::query!(
        "update import_batch set state = 'done', content = null, made = $2, written_at = $3, revision = revision + 1 where id = $1",
        id.uuid(),
        i32::try_from(made).unwrap_or(i32::MAX),
        now
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "update import_row set draft = null where batch_id = $1 and ward_id = (select ward_id from import_batch where id = $1)",
        id.uuid()
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Throws a file away before it was written.
///
/// # Errors
/// [`Refused::Stale`] when somebody else was first.
pub async fn drop_batch(conn: &mut PgConnection, batch: &Batch) -> Result<(), Refused> {
    let done = sqlx::query!(
        "update import_batch set state = 'dropped', content = null, found = null, rows = 0, stops = 0, warns = 0, revision = revision + 1
          where id = $1 and revision = $2 and state in ('ready', 'failed', 'reading')",
        batch.id.uuid(),
        batch.revision
    )
    .execute(conn)
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(Refused::Stale) }
}

/// Takes a written file out again: gives how many households hold it back, 0 when it is out.
///
/// # Errors
/// [`Refused::Stale`] when it is not written, or what the database says.
pub async fn undo(conn: &mut PgConnection, id: BatchId, by: &str, now: DateTime<Utc>) -> Result<i32, Refused> {
    let held =
        sqlx::query_scalar!(r#"select import_undo($1, $2, $3) as "held!""#, id.uuid(), now, by).fetch_one(conn).await?;
    if held < 0 { Err(Refused::Stale) } else { Ok(held) }
}

/// Throws away what was brought in and forgotten.
///
/// # Errors
/// What the database says.
pub async fn sweep(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<i32, sqlx::Error> {
    sqlx::query_scalar!(r#"select import_sweep($1) as "files!""#, now).fetch_one(conn).await
}
