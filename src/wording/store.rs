//! Published wordings. Row-level security shows a seat those of its own ward and of its city.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use super::model::{InForce, Proposal, Stored, Version, Which};
use crate::access::{Permit, act};
use crate::paper::model::{Kind, Text, Wording};
use crate::platform::id::{UnitId, WordingVersionId};

/// More versions than anybody looks back.
const LIST_LIMIT: i64 = 200;

struct Row {
    kind: String,
    is_own: bool,
    version: i32,
    subject: String,
    body: String,
    recipients: String,
    note: String,
    published_at: DateTime<Utc>,
    published_by: String,
}

const fn which(is_own: bool, version: i32) -> Which {
    if is_own { Which::Own(version) } else { Which::OfCity(version) }
}

impl Row {
    /// None for a kind that the program does not know any more.
    fn stored(self) -> Option<Stored> {
        let text = Text { subject: self.subject, body: self.body, recipients: self.recipients };
        let version = Version {
            which: which(self.is_own, self.version),
            note: self.note,
            published_at: self.published_at,
            published_by: self.published_by,
        };
        let wording = Wording { kind: self.kind.parse().ok()?, version: self.version, text };
        Some(Stored { version, wording })
    }
}

/// The wording from which papers of that kind are drafted here: the ward's, or the city's, or the one of the program, which also
/// stands in for one that works no longer. Index `wording_version_once`.
///
/// # Errors
/// What the database says.
pub async fn current(conn: &mut PgConnection, kind: Kind) -> Result<Wording, sqlx::Error> {
    Ok(in_force(conn, kind).await?.wording)
}

/// The same, with where it comes from. Index `wording_version_once`.
///
/// # Errors
/// What the database says.
pub async fn in_force(conn: &mut PgConnection, kind: Kind) -> Result<InForce, sqlx::Error> {
    let newest = sqlx::query_as!(
        Row,
        r#"select kind, ward_id is not distinct from (select scope_ward()) as "is_own!", version, subject, body, recipients, note,
                  published_at, published_by
             from wording_version where kind = $1 order by ward_id is null, version desc limit 1"#,
        kind.as_str()
    )
    .fetch_optional(conn)
    .await?;
    Ok(InForce::of(kind, newest.and_then(Row::stored)))
}

/// What holds for every kind of paper, in their order. Index `wording_version_once`.
///
/// # Errors
/// What the database says.
pub async fn all_in_force(conn: &mut PgConnection) -> Result<Vec<(Kind, InForce)>, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"select distinct on (kind) kind, ward_id is not distinct from (select scope_ward()) as "is_own!", version, subject, body,
                  recipients, note, published_at, published_by
             from wording_version order by kind, ward_id is null, version desc"#
    )
    .fetch_all(conn)
    .await?;
    let mut newest: Vec<Stored> = rows.into_iter().filter_map(Row::stored).collect();
    let mut of = |kind: Kind| {
        let at = newest.iter().position(|it| it.wording.kind == kind);
        (kind, InForce::of(kind, at.map(|at| newest.swap_remove(at))))
    };
    Ok(Kind::ALL.iter().map(|kind| of(*kind)).collect())
}

/// Every version of a kind that this seat sees, newest first, those of the own ward before those of the city.
/// Index `wording_version_once`.
///
/// # Errors
/// What the database says.
pub async fn versions(conn: &mut PgConnection, kind: Kind) -> Result<Vec<Version>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select ward_id is not distinct from (select scope_ward()) as "is_own!", version, note, published_at, published_by
             from wording_version where kind = $1 order by ward_id is null, version desc limit $2"#,
        kind.as_str(),
        LIST_LIMIT
    )
    .fetch_all(conn)
    .await?;
    let version = |row| {
        let (is_own, number, note, published_at, published_by) = row;
        Version { which: which(is_own, number), note, published_at, published_by }
    };
    Ok(rows
        .into_iter()
        .map(|row| version((row.is_own, row.version, row.note, row.published_at, row.published_by)))
        .collect())
}

/// One published version. Index `wording_version_once`.
///
/// # Errors
/// What the database says.
pub async fn find(conn: &mut PgConnection, kind: Kind, which: Which) -> Result<Option<Stored>, sqlx::Error> {
    let (is_own, version) = match which {
        Which::BuiltIn => return Ok(None),
        Which::OfCity(version) => (false, version),
        Which::Own(version) => (true, version),
    };
    let row = sqlx::query_as!(
        Row,
        r#"select kind, ward_id is not distinct from (select scope_ward()) as "is_own!", version, subject, body, recipients, note,
                  published_at, published_by
             from wording_version
            where kind = $1 and version = $2 and (ward_id is not distinct from (select scope_ward())) = $3"#,
        kind.as_str(),
        version,
        is_own
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.and_then(Row::stored))
}

/// Publishes the next version of a kind at the seat's own place; gives its number.
///
/// # Errors
/// The constraint `wording_version_once` when somebody was faster, or what the database says.
pub async fn insert(
    conn: &mut PgConnection,
    permit: &Permit<act::PublishWording, Kind>,
    proposal: &Proposal,
    now: DateTime<Utc>,
) -> Result<i32, sqlx::Error> {
    let (actor, text) = (permit.actor(), &proposal.text);
    sqlx::query_scalar!(
        "insert into wording_version (id, city_id, ward_id, kind, version, subject, body, recipients, note, published_at, published_by)
         select $1, $2, $3, $4, 1 + coalesce(max(version), 0), $5, $6, $7, $8, $9, $10
           from wording_version where kind = $4 and city_id = $2 and ward_id is not distinct from $3
         returning version",
        WordingVersionId::new(now).uuid(),
        actor.city.uuid(),
        actor.ward().map(UnitId::uuid),
        permit.of().as_str(),
        text.subject,
        text.body,
        text.recipients,
        proposal.note,
        now,
        actor.person.name
    )
    .fetch_one(conn)
    .await
}
