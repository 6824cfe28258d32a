//! Published rulesets in the database; [`draft`] holds what stewards write.

pub mod draft;

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::PgConnection;

use super::Ruleset;
use crate::platform::id::{CycleId, RulesetId, UnitId};

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
    /// The ward or city whose own rules these are; none for the law that comes with the program.
    pub place: Option<String>,
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
        r#"select r.id as "id: RulesetId", r.code, r.version, r.title, r.published_at, u.name as "place?"
             from ruleset r left join unit u on u.id = coalesce(r.ward_id, r.city_id) order by r.code, r.version desc"#
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

/// Whose a code is, as far as this seat can see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Owner {
    /// The city; none for the law that comes with the program.
    pub city: Option<UnitId>,
    /// The ward.
    pub ward: Option<UnitId>,
    /// Its newest version.
    pub newest: i32,
}

/// Who publishes under a code; none when nobody does whose rulesets this seat can see.
///
/// # Errors
/// What the database says.
pub async fn owner(conn: &mut PgConnection, code: &str) -> Result<Option<Owner>, sqlx::Error> {
    sqlx::query_as!(
        Owner,
        r#"select city_id as "city: UnitId", ward_id as "ward: UnitId", version as newest
             from ruleset where code = $1 order by version desc limit 1"#,
        code
    )
    .fetch_optional(conn)
    .await
}

/// Publishes a version that comes with the program once. The same version with the same content is left alone.
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
