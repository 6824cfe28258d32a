//! Drafts, and what becomes of them. Row-level security shows a steward those of the own place and nobody else any.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::Value;
use sqlx::PgConnection;

use crate::access::{Actor, Permit, Refused, act};
use crate::platform::id::{RulesetDraftId, RulesetId, UnitId};
use crate::ruleset::Ruleset;
use crate::ruleset::model::Draft;

/// A draft, as a list shows it.
#[derive(Debug, Clone, Deserialize)]
pub struct ListedDraft {
    /// Its id.
    pub id: RulesetDraftId,
    /// The title.
    pub title: String,
    /// The code under which it is to be published.
    pub code: String,
    /// The code of the ruleset it was copied from.
    pub based_on: String,
    /// Its version.
    pub based_on_version: i32,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
    /// By whom.
    pub updated_by: String,
}

struct Row {
    id: RulesetDraftId,
    city: UnitId,
    ward: Option<UnitId>,
    based_on: RulesetId,
    body: Value,
    updated_at: DateTime<Utc>,
    updated_by: String,
    published_code: Option<String>,
    published_version: Option<i32>,
}

impl TryFrom<Row> for Draft {
    type Error = Refused;

    fn try_from(row: Row) -> Result<Self, Refused> {
        Ok(Self {
            id: row.id,
            city: row.city,
            ward: row.ward,
            based_on: row.based_on,
            body: Ruleset::from_json(&row.body).map_err(anyhow::Error::from)?,
            updated_at: row.updated_at,
            updated_by: row.updated_by,
            published: row.published_code.zip(row.published_version),
        })
    }
}

/// One draft that was not thrown away.
///
/// # Errors
/// [`Refused::NotFound`], or what the database says.
pub async fn load(conn: &mut PgConnection, id: RulesetDraftId) -> Result<Draft, Refused> {
    sqlx::query_as!(
        Row,
        r#"select d.id as "id: RulesetDraftId", d.city_id as "city: UnitId", d.ward_id as "ward: UnitId", d.based_on as "based_on: RulesetId",
                  d.body, d.updated_at, d.updated_by, r.code as "published_code?", r.version as "published_version?"
             from ruleset_draft d left join ruleset r on r.id = d.published_as where d.id = $1 and d.thrown_away_at is null"#,
        id.uuid()
    )
    .fetch_optional(conn)
    .await?
    .ok_or(Refused::NotFound)?
    .try_into()
}

/// Locks a draft until the transaction ends, so that two stewards write one after the other.
///
/// # Errors
/// [`Refused::NotFound`], or what the database says.
pub async fn lock(conn: &mut PgConnection, id: RulesetDraftId) -> Result<(), Refused> {
    let found = sqlx::query_scalar!("select revision from ruleset_draft where id = $1 for update", id.uuid())
        .fetch_optional(conn)
        .await?;
    found.map(|_| ()).ok_or(Refused::NotFound)
}

/// The open draft of this place under a code, with whether this person began it and nobody has changed it since.
///
/// # Errors
/// What the database says.
pub async fn open_under(
    conn: &mut PgConnection,
    (actor, code): (&Actor, &str),
) -> Result<Option<(RulesetDraftId, Value, bool)>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select id as "id: RulesetDraftId", body, (revision = 1 and created_by = $2) as "is_fresh!"
             from ruleset_draft where body->>'code' = $1 and published_as is null and thrown_away_at is null
            order by updated_at desc limit 1"#,
        code,
        actor.person.name
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| (row.id, row.body, row.is_fresh)))
}

/// Writes a new draft.
///
/// # Errors
/// What the database says.
pub async fn insert(
    conn: &mut PgConnection,
    (id, actor): (RulesetDraftId, &Actor),
    (based_on, body): (RulesetId, &Ruleset),
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    sqlx::query!(
        "insert into ruleset_draft (id, city_id, ward_id, based_on, body, created_at, created_by, updated_at, updated_by)
         values ($1, $2, $3, $4, $5, $6, $7, $6, $7)",
        id.uuid(),
        actor.city.uuid(),
        actor.ward().map(UnitId::uuid),
        based_on.uuid(),
        serde_json::to_value(body).map_err(anyhow::Error::from)?,
        now,
        actor.person.name
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes what a draft says now.
///
/// # Errors
/// [`Refused::Stale`] when it was published or thrown away meanwhile, or what the database says.
pub async fn save(
    conn: &mut PgConnection,
    permit: &Permit<act::WriteRuleset, Draft>,
    body: &Ruleset,
    (by, now): (&str, DateTime<Utc>),
) -> Result<(), Refused> {
    let done = sqlx::query!(
        "update ruleset_draft set body = $2, revision = revision + 1, updated_at = $3, updated_by = $4
          where id = $1 and published_as is null and thrown_away_at is null",
        permit.of().id.uuid(),
        serde_json::to_value(body).map_err(anyhow::Error::from)?,
        now,
        by
    )
    .execute(conn)
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(Refused::Stale) }
}

/// Throws a draft away; the row stays.
///
/// # Errors
/// What the database says.
pub async fn throw_away(
    conn: &mut PgConnection,
    permit: &Permit<act::WriteRuleset, Draft>,
    (by, now): (&str, DateTime<Utc>),
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update ruleset_draft set thrown_away_at = $2, updated_at = $2, updated_by = $3 where id = $1 and published_as is null",
        permit.of().id.uuid(),
        now,
        by
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Publishes a draft as the ruleset it has become, for its own place.
///
/// # Errors
/// The constraint `ruleset_version_once`, or what the database says.
pub async fn publish(
    conn: &mut PgConnection,
    permit: &Permit<act::WriteRuleset, Draft>,
    ruleset: &Ruleset,
    (by, now): (&str, DateTime<Utc>),
) -> Result<(), Refused> {
    let (draft, id) = (permit.of(), RulesetId::new(now));
    let body = serde_json::to_value(ruleset).map_err(anyhow::Error::from)?;
    sqlx::query!(
        "insert into ruleset (id, code, version, title, body, sha256, published_at, city_id, ward_id, published_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        id.uuid(),
        ruleset.code,
        i32::try_from(ruleset.version).map_err(anyhow::Error::from)?,
        ruleset.title,
        body,
        ruleset.sha256(),
        now,
        draft.city.uuid(),
        draft.ward.map(UnitId::uuid),
        by
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "update ruleset_draft set published_as = $2, body = $3, revision = revision + 1, updated_at = $4, updated_by = $5 where id = $1",
        draft.id.uuid(),
        id.uuid(),
        body,
        now,
        by
    )
    .execute(conn)
    .await?;
    Ok(())
}
