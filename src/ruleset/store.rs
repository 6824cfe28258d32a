//! Published rulesets in the database.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::PgConnection;

use super::Ruleset;
use crate::platform::id::{CycleId, RulesetId};

/// A published version, as a list shows it.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its id.
    pub id: RulesetId,
    /// The code, such as `kh390-2024`.
    pub code: String,
    /// The version.
    pub version: i32,
    /// The title.
    pub title: String,
    /// When it was published.
    pub published_at: DateTime<Utc>,
}

/// The body of one version.
///
/// # Errors
/// When there is none, or the database fails.
pub async fn body(conn: &mut PgConnection, id: RulesetId) -> Result<Value, sqlx::Error> {
    sqlx::query_scalar!("select body from ruleset where id = $1", id.uuid()).fetch_one(conn).await
}

/// Every published version, newest of each code first.
///
/// # Errors
/// What the database says.
pub async fn list(conn: &mut PgConnection) -> Result<Vec<Listed>, sqlx::Error> {
    sqlx::query_as!(
        Listed,
        r#"select id as "id: RulesetId", code, version, title, published_at from ruleset order by code, version desc"#
    )
    .fetch_all(conn)
    .await
}

/// One version of a code.
///
/// # Errors
/// What the database says.
pub async fn find(conn: &mut PgConnection, code: &str, version: i32) -> Result<Option<RulesetId>, sqlx::Error> {
    sqlx::query_scalar!(r#"select id as "id: RulesetId" from ruleset where code = $1 and version = $2"#, code, version)
        .fetch_optional(conn)
        .await
}

/// Code and version that a year is pinned to.
///
/// # Errors
/// What the database says.
pub async fn pinned(conn: &mut PgConnection, cycle: CycleId) -> Result<Option<(String, i32)>, sqlx::Error> {
    let row = sqlx::query!(
        "select r.code, r.version from cycle c join ruleset r on r.id = c.ruleset_id where c.id = $1",
        cycle.uuid()
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| (row.code, row.version)))
}

/// The newest version of a code.
///
/// # Errors
/// What the database says.
pub async fn newest(conn: &mut PgConnection, code: &str) -> Result<Option<RulesetId>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select id as "id: RulesetId" from ruleset where code = $1 order by version desc limit 1"#,
        code
    )
    .fetch_optional(conn)
    .await
}

/// Publishes a version once. The same version with the same content is left alone.
///
/// # Errors
/// When that version was published with another content, or the database fails.
pub async fn publish(conn: &mut PgConnection, ruleset: &Ruleset, now: DateTime<Utc>) -> anyhow::Result<bool> {
    let version = i32::try_from(ruleset.version)?;
    let known =
        sqlx::query_scalar!("select sha256 from ruleset where code = $1 and version = $2", ruleset.code, version)
            .fetch_optional(&mut *conn)
            .await?;
    match known {
        Some(sha256) if sha256 == ruleset.sha256() => return Ok(false),
        Some(_) => anyhow::bail!(
            "ruleset {} version {version} is already published with another content: give it a new version number",
            ruleset.code
        ),
        None => {}
    }
    sqlx::query!(
        "insert into ruleset (id, code, version, title, body, sha256, published_at) values ($1, $2, $3, $4, $5, $6, $7)",
        RulesetId::new(now).uuid(),
        ruleset.code,
        version,
        ruleset.title,
        serde_json::to_value(ruleset)?,
        ruleset.sha256(),
        now
    )
    .execute(conn)
    .await?;
    Ok(true)
}
