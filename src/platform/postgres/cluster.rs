//! Roles and ownership, on any server that we may administer.

use std::str::FromStr;

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};

use super::{OLDEST_VERSION, PostgresError};

/// The same text as the initdb script of docker runs.
const CLUSTER_SQL: &str = include_str!("../cluster.sql");
/// Number of the advisory lock under which roles are made ("bìnhyên" on a telephone's keys).
const LOCK: i64 = 2_464_936;

/// Makes the four roles and `database`, owned by `binhyen_owner` and closed to everybody but the three roles that log in. Run again it changes
/// nothing. `admin_url` is a superuser's address; use the same one for every database of a server, since the lock that keeps parallel
/// calls apart belongs to the database it names.
///
/// # Errors
/// [`PostgresError::Cluster`] when the server cannot be reached or refuses, [`PostgresError::ServerTooOld`] before version 15.
pub async fn set_up_cluster(admin_url: &str, database: &str) -> Result<(), PostgresError> {
    let failed = |source| PostgresError::Cluster { database: database.to_owned(), source };
    let options = PgConnectOptions::from_str(admin_url).map_err(failed)?;
    let mut admin = options.connect().await.map_err(failed)?;
    check_version(&mut admin, database).await?;
    let outcome = set_up(&mut admin, &options, database).await;
    // Closing also gives the lock back.
    let closed = admin.close().await;
    outcome.and(closed).map_err(failed)
}

async fn check_version(admin: &mut PgConnection, database: &str) -> Result<(), PostgresError> {
    let (number, found): (i32, String) =
        sqlx::query_as("select current_setting('server_version_num')::int, current_setting('server_version')")
            .fetch_one(admin)
            .await
            .map_err(|source| PostgresError::Cluster { database: database.to_owned(), source })?;
    if number / 10_000 < OLDEST_VERSION.cast_signed() {
        return Err(PostgresError::ServerTooOld { found });
    }
    Ok(())
}

async fn set_up(admin: &mut PgConnection, options: &PgConnectOptions, database: &str) -> Result<(), sqlx::Error> {
    // Two sessions that alter the same role fail with "tuple concurrently updated"; tests set up many databases at once.
    sqlx::query("select pg_advisory_lock($1)").bind(LOCK).execute(&mut *admin).await?;
    // Of template0, to which nobody connects: template1 cannot be copied while somebody looks at it.
    let missing: Option<String> = sqlx::query_scalar(
        "select format('create database %I template template0 encoding ''UTF8''', $1::text)
         where not exists (select from pg_database where datname = $1::text)",
    )
    .bind(database)
    .fetch_optional(&mut *admin)
    .await?;
    if let Some(statement) = missing {
        // The server itself quoted the name, with %I.
        sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut *admin).await?;
    }
    let mut inside = options.clone().database(database).connect().await?;
    sqlx::raw_sql(CLUSTER_SQL).execute(&mut inside).await?;
    inside.close().await
}
