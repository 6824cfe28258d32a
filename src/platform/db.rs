//! The one door to PostgreSQL. The pool is private here; every connection handed out has its scope set by its first
//! statement, in autocommit, so that row-level security never sees the scope of somebody else.

use std::ops::{Deref, DerefMut};
use std::str::FromStr;
use std::time::Duration;

use chrono::{DateTime, Utc};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions, types::PgInterval};
use sqlx::{ConnectOptions, Connection, PgConnection, PgPool, Postgres, pool::PoolConnection};
use uuid::Uuid;

use super::id::JobId;

/// The schema, as `migrate` lays it.
pub static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!();

/// The program's way into its database.
#[derive(Clone, Debug)]
pub struct Database {
    pool: PgPool,
}

/// A connection whose scope is set. Only this file makes one.
#[derive(Debug)]
pub struct Scoped {
    conn: PoolConnection<Postgres>,
}

impl Deref for Scoped {
    type Target = PgConnection;
    fn deref(&self) -> &PgConnection {
        &self.conn
    }
}

impl DerefMut for Scoped {
    fn deref_mut(&mut self) -> &mut PgConnection {
        &mut self.conn
    }
}

/// What the session statement tells of the person, the seat and the year. Every field is null when nobody entered.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs, reason = "the names are those of the database type `entrance`, described in migration 0009")]
pub struct Entrance {
    pub session_id: Option<Uuid>,
    pub account_id: Option<Uuid>,
    pub full_name: Option<String>,
    pub honorific: Option<String>,
    pub must_change: Option<bool>,
    pub seat_id: Option<Uuid>,
    pub role: Option<String>,
    pub city_id: Option<Uuid>,
    pub ward_id: Option<Uuid>,
    pub group_ids: Option<Vec<Uuid>>,
    pub city_name: Option<String>,
    pub ward_name: Option<String>,
    pub ward_short: Option<String>,
    pub group_name: Option<String>,
    pub delegation_id: Option<Uuid>,
    pub delegation_form: Option<String>,
    pub delegation_scope: Option<Vec<String>>,
    pub on_behalf_of: Option<String>,
    pub can_switch: Option<bool>,
    pub cycle_id: Option<Uuid>,
    pub year: Option<i32>,
    pub ruleset_code: Option<String>,
}

/// Why the program will not work with a database.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    /// The role could look behind row-level security.
    #[error(
        "the database role {role} may not be used to serve: it {why}. Use a role like binhyen_app, which owns nothing"
    )]
    RoleTooStrong {
        /// The role that connected.
        role: String,
        /// What it could do.
        why: &'static str,
    },
    /// The schema is not the one this program was built for.
    #[error("the database schema is not current: run `binhyen migrate` first")]
    SchemaNotCurrent,
    /// Anything PostgreSQL says.
    #[error(transparent)]
    Sql(#[from] sqlx::Error),
}

impl Database {
    /// Connects as the program's role and makes sure that this role can neither bypass the policies nor own a table.
    ///
    /// # Errors
    /// When the server cannot be reached, the role is too strong, or migrations are missing.
    pub async fn connect(url: &str, connections: u32) -> Result<Self, DatabaseError> {
        let options = PgConnectOptions::from_str(url)?
            .log_statements(tracing::log::LevelFilter::Debug)
            .log_slow_statements(tracing::log::LevelFilter::Warn, Duration::from_millis(500));
        let pool = PgPoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(Duration::from_secs(5))
            .test_before_acquire(false)
            .connect_with(options)
            .await?;
        let database = Self { pool };
        database.refuse_strong_role().await?;
        database.refuse_old_schema().await?;
        Ok(database)
    }

    async fn refuse_strong_role(&self) -> Result<(), DatabaseError> {
        let role = sqlx::query!(
            r#"select current_user::text as "name!", rolsuper as "superuser!", rolbypassrls as "bypass!",
                      exists (select 1 from pg_class where relowner = r.oid and relkind in ('r', 'p', 'v', 'm')) as "owns!"
                 from pg_roles r where rolname = current_user"#
        )
        .fetch_one(&self.pool)
        .await?;
        let why = if role.superuser {
            "is a superuser"
        } else if role.bypass {
            "bypasses row-level security"
        } else if role.owns {
            "owns tables, so that their policies do not bind it"
        } else {
            return Ok(());
        };
        Err(DatabaseError::RoleTooStrong { role: role.name, why })
    }

    async fn refuse_old_schema(&self) -> Result<(), DatabaseError> {
        let applied = sqlx::query_scalar!(r#"select schema_version() as "version!""#)
            .fetch_one(&self.pool)
            .await
            .map_err(|_| DatabaseError::SchemaNotCurrent)?;
        let newest = MIGRATIONS.iter().map(|m| m.version).max().unwrap_or(0);
        if applied < newest {
            return Err(DatabaseError::SchemaNotCurrent);
        }
        Ok(())
    }

    /// Enters with the SHA-256 of a session key: one statement finds the session and sets the scope from its seat.
    ///
    /// # Errors
    /// When the database does not answer, although every connection that had died in the pool was replaced.
    pub async fn enter_session(
        &self,
        key_hash: &[u8],
        now: DateTime<Utc>,
        idle: chrono::Duration,
    ) -> Result<(Scoped, Entrance), sqlx::Error> {
        let idle = PgInterval::try_from(idle.to_std().unwrap_or_default())
            .map_err(|_| sqlx::Error::Protocol("idle time out of range".to_owned()))?;
        let mut lost = 0;
        loop {
            let mut conn = self.pool.acquire().await?;
            let entered = sqlx::query_as!(Entrance, "select * from enter_session($1, $2, $3)", key_hash, now, idle)
                .fetch_one(&mut *conn)
                .await;
            match entered {
                Ok(entrance) => return Ok((Scoped { conn }, entrance)),
                Err(error) if lost < self.pool.options().get_max_connections() && is_connection_lost(&error) => {
                    lost += 1;
                    drop(conn.detach());
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Enters as the person who asked for a job, in the seat that was theirs then. Every field of the entrance is null when the seat is
    /// not theirs any more; then the job may do nothing.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn enter_job(&self, job: JobId, now: DateTime<Utc>) -> Result<(Scoped, Entrance), sqlx::Error> {
        let mut conn = self.pool.acquire().await?;
        let entrance =
            sqlx::query_as!(Entrance, "select * from enter_job($1, $2)", job.uuid(), now).fetch_one(&mut *conn).await?;
        Ok((Scoped { conn }, entrance))
    }

    /// Enters for a page that anyone may read: only published results are visible.
    ///
    /// # Errors
    /// When the database does not answer, although every connection that had died in the pool was replaced.
    pub async fn enter_public(&self) -> Result<Scoped, sqlx::Error> {
        let mut lost = 0;
        loop {
            let mut conn = self.pool.acquire().await?;
            match sqlx::query_scalar!("select enter_public()").fetch_one(&mut *conn).await {
                Ok(_) => return Ok(Scoped { conn }),
                Err(error) if lost < self.pool.options().get_max_connections() && is_connection_lost(&error) => {
                    lost += 1;
                    drop(conn.detach());
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Closes every connection, waiting for those in use.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

/// A connection that the server closed while it lay in the pool; not a server that is away.
fn is_connection_lost(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) => true,
        // 57P01: the administrator ended the backend.
        sqlx::Error::Database(db) => db.code().is_some_and(|code| code == "57P01"),
        _ => false,
    }
}

/// Lays the schema with the migration role.
///
/// # Errors
/// When the server cannot be reached or a migration fails; a failed migration leaves nothing half-done.
pub async fn migrate(url: &str) -> anyhow::Result<()> {
    let options = PgConnectOptions::from_str(url)?.log_statements(tracing::log::LevelFilter::Trace);
    let mut conn = PgConnection::connect_with(&options).await?;
    MIGRATIONS.run(&mut conn).await?;
    conn.close().await?;
    Ok(())
}
