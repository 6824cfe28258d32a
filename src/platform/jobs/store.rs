//! Statements on the queue. The table has no grant: functions of migration 0011 do what is to be done.

use chrono::{DateTime, Duration, Utc};
use sqlx::PgConnection;
use sqlx::postgres::types::PgInterval;
use uuid::Uuid;

use super::{Job, Progress};
use crate::platform::id::{JobId, SessionId};

/// Puts a job in, in the seat of that session of one's own. Ring the bell after the commit.
///
/// # Errors
/// What the database says.
pub async fn add(
    conn: &mut PgConnection,
    kind: &str,
    about: Uuid,
    session: SessionId,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    sqlx::query!("select job_add($1, $2, $3, $4, $5)", JobId::new(now).uuid(), kind, about, session.uuid(), now)
        .execute(conn)
        .await?;
    Ok(())
}

/// Takes the oldest job that waits, or that a dead worker left.
///
/// # Errors
/// What the database says.
pub async fn claim(conn: &mut PgConnection, now: DateTime<Utc>, lease: Duration) -> Result<Option<Job>, sqlx::Error> {
    let lease = PgInterval::try_from(lease.to_std().unwrap_or_default()).map_err(|_| sqlx::Error::RowNotFound)?;
    sqlx::query_as!(
        Job,
        r#"select id as "id!: JobId", kind as "kind!", about_id as "about!", attempts as "attempts!" from job_claim($1, $2)"#,
        now,
        lease
    )
    .fetch_optional(conn)
    .await
}

/// Says how far a job has come, and keeps the lease until that moment.
///
/// # Errors
/// What the database says.
pub async fn advance(
    conn: &mut PgConnection,
    job: JobId,
    (done, total): (i32, i32),
    until: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    sqlx::query!("select job_advance($1, $2, $3, $4)", job.uuid(), done, total, until).execute(conn).await?;
    Ok(())
}

/// Ends a job.
///
/// # Errors
/// What the database says.
pub async fn finish(conn: &mut PgConnection, job: JobId, is_good: bool, now: DateTime<Utc>) -> Result<(), sqlx::Error> {
    sqlx::query!("select job_finish($1, $2, $3)", job.uuid(), is_good, now).execute(conn).await?;
    Ok(())
}

/// How far the newest job about a thing of one's own ward has come.
///
/// # Errors
/// What the database says.
pub async fn progress(conn: &mut PgConnection, about: Uuid) -> Result<Option<Progress>, sqlx::Error> {
    sqlx::query_as!(
        Progress,
        r#"select state as "state!", done as "done!", total as "total!" from job_state($1)"#,
        about
    )
    .fetch_optional(conn)
    .await
}
