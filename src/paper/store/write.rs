//! Writing papers.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use sqlx::types::Json;

use crate::access::{Permit, Place, Refused, act};
use crate::paper::model::{Draft, Issue, Paper, Signed, Slot, Text};
use crate::platform::id::{DossierId, PaperId, UnitId};

/// Writes a new draft; `None` when there is one of this kind already.
///
/// # Errors
/// What the database says.
pub async fn insert(
    conn: &mut PgConnection,
    permit: &Permit<act::DraftPaper, Slot>,
    draft: &Draft,
    now: DateTime<Utc>,
) -> Result<Option<PaperId>, Refused> {
    let (slot, by) = (permit.of(), &permit.actor().person.name);
    let Place { city, ward, group } = slot.place;
    let id = PaperId::new(now);
    let done = sqlx::query!(
        "insert into paper (id, city_id, ward_id, group_id, cycle_id, subject_id, keeper, body, kind, dossier_id, drafted, written, facts, facts_at, wording,
                            created_at, created_by, updated_at, updated_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $12, $13, $14, $13, $15, $13, $15)
         on conflict (ward_id, cycle_id, subject_id, kind) where issued_at is null do nothing",
        id.uuid(),
        city.uuid(),
        ward.uuid(),
        group.map(UnitId::uuid),
        slot.cycle.uuid(),
        slot.subject().uuid(),
        slot.kind.keeper().as_str(),
        slot.kind.body().as_str(),
        slot.kind.as_str(),
        draft.dossier.map(DossierId::uuid),
        Json(&draft.text) as _,
        Json(&draft.facts) as _,
        now,
        draft.wording,
        by
    )
    .execute(conn)
    .await?;
    Ok((done.rows_affected() == 1).then_some(id))
}

/// Writes what people made of a draft.
///
/// # Errors
/// [`Refused::Stale`] when somebody else was first.
pub async fn rewrite(
    conn: &mut PgConnection,
    permit: &Permit<act::DraftPaper, Paper>,
    text: &Text,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let paper = permit.of();
    let done = sqlx::query!(
        "update paper set written = $3, revision = revision + 1, updated_at = $4, updated_by = $5 where id = $1 and revision = $2 and issued_at is null",
        paper.id.uuid(),
        paper.revision,
        Json(text) as _,
        now,
        permit.actor().person.name
    )
    .execute(conn)
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(Refused::Stale) }
}

/// Writes a new draft under what people wrote.
///
/// # Errors
/// [`Refused::Stale`] when somebody else was first.
pub async fn redraft(
    conn: &mut PgConnection,
    permit: &Permit<act::DraftPaper, Paper>,
    (draft, written): (&Draft, &Text),
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let paper = permit.of();
    let done = sqlx::query!(
        "update paper set drafted = $3, written = $4, facts = $5, facts_at = $6, wording = $7, revision = revision + 1, updated_at = $6, updated_by = $8
          where id = $1 and revision = $2 and issued_at is null",
        paper.id.uuid(),
        paper.revision,
        Json(&draft.text) as _,
        Json(written) as _,
        Json(&draft.facts) as _,
        now,
        draft.wording,
        permit.actor().person.name
    )
    .execute(conn)
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(Refused::Stale) }
}

/// Writes that a paper is issued; `false` when another paper of its body, kind and year bears the number.
///
/// # Errors
/// [`Refused::Stale`] when somebody else was first, or what the database says.
pub async fn issue(conn: &mut PgConnection, issue: &Issue, now: DateTime<Utc>) -> Result<bool, Refused> {
    let Issue { paper, number, issuing, kept, by } = issue;
    let done = sqlx::query!(
        "update paper set number = $3, issued_on = $4, signer = $5, printed = $6, sha256 = $7, size = $8, issued_at = $9, issued_by = $10,
                revision = revision + 1, updated_at = $9, updated_by = $10
          where id = $1 and revision = $2 and issued_at is null",
        paper.id.uuid(),
        paper.revision,
        number.written(),
        issuing.on,
        issuing.signer,
        kept.printed.as_ref().map(Json) as _,
        kept.sha256,
        kept.size,
        now,
        by
    )
    .execute(conn)
    .await;
    match done {
        Ok(done) if done.rows_affected() == 1 => Ok(true),
        Ok(_) => Err(Refused::Stale),
        Err(sqlx::Error::Database(error))
            if matches!(error.constraint(), Some("paper_number_once" | "paper_city_number_once")) =>
        {
            Ok(false)
        }
        Err(error) => Err(error.into()),
    }
}

/// Keeps a file that is the same paper, signed; `false` when it is there already.
///
/// # Errors
/// What the database says.
pub async fn add_signed(
    conn: &mut PgConnection,
    permit: &Permit<act::SignPaper, Paper>,
    signed: &Signed,
) -> Result<bool, Refused> {
    let Place { city, ward, group } = permit.of().slot.place;
    let done = sqlx::query!(
        "insert into paper_signed (id, paper_id, city_id, ward_id, group_id, how, sha256, size, media_type, found, added_at, added_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict do nothing",
        PaperId::new(signed.at).uuid(),
        permit.of().id.uuid(),
        city.uuid(),
        ward.uuid(),
        group.map(UnitId::uuid),
        signed.how,
        signed.sha256,
        signed.size,
        signed.media_type,
        signed.found.as_ref().map(Json) as _,
        signed.at,
        signed.by
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}
