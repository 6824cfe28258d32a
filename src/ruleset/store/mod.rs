//! Published rulesets in the database; [`draft`] holds what stewards write.

pub mod draft;

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::Value;
use sqlx::PgConnection;
use sqlx::types::Json;

use self::draft::ListedDraft;
use super::Ruleset;
use crate::platform::id::{CycleId, RulesetId, UnitId};

/// A published version, as a list shows it.
#[derive(Debug, Clone, Deserialize)]
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

/// More drafts than a place ever has open; a list never grows beyond it.
const MOST_DRAFTS: i64 = 100;

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

/// What the list of rulesets shows, in one statement: every published version, newest of each code first, and the drafts of the seat's
/// place that are still being written, latest first. Row-level security shows drafts to stewards alone. Index `ruleset_draft_by_place`.
///
/// # Errors
/// What the database says.
pub async fn shelf(conn: &mut PgConnection) -> Result<(Vec<Listed>, Vec<ListedDraft>), sqlx::Error> {
    let r = sqlx::query!(
        r#"select (select coalesce(json_agg(json_build_object('id', r.id, 'code', r.code, 'version', r.version, 'title', r.title,
                          'published_at', r.published_at, 'place', u.name) order by r.code, r.version desc), '[]')
                     from ruleset r left join unit u on u.id = coalesce(r.ward_id, r.city_id)) as "published!: Json<Vec<Listed>>",
                  (select coalesce(json_agg(json_build_object('id', d.id, 'title', d.title, 'code', d.code, 'based_on', r.code,
                          'based_on_version', r.version, 'updated_at', d.updated_at, 'updated_by', d.updated_by) order by d.updated_at desc), '[]')
                     from (select id, body->>'title' as title, body->>'code' as code, based_on, updated_at, updated_by from ruleset_draft
                            where published_as is null and thrown_away_at is null order by updated_at desc limit $1) d
                     join ruleset r on r.id = d.based_on) as "drafts!: Json<Vec<ListedDraft>>""#,
        MOST_DRAFTS
    )
    .fetch_one(conn)
    .await?;
    Ok((r.published.0, r.drafts.0))
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
