//! Files and facts, and what they are used for.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::access::{Actor, Refused};
use crate::dossier::model::{Dossier, FactInput};
use crate::platform::files::StoredFile;
use crate::platform::id::{AttachmentId, FactId, PartId, UnitId};

/// What a file is added to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose<'a> {
    /// A part.
    Part(PartId),
    /// A criterion.
    Criterion(&'a str),
}

impl<'a> Purpose<'a> {
    fn columns(self) -> (Option<Uuid>, Option<&'a str>) {
        match self {
            Self::Part(part) => (Some(part.uuid()), None),
            Self::Criterion(code) => (None, Some(code)),
        }
    }
}

/// What is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thing {
    /// A file.
    File(AttachmentId),
    /// A fact.
    Fact(FactId),
}

/// A stored file on its way into the dossier.
#[derive(Debug, Clone, Copy)]
pub struct NewFile<'a> {
    /// The file.
    pub file: &'a StoredFile,
    /// When what it shows happened.
    pub day: Option<NaiveDate>,
    /// Which listed paper it is.
    pub piece: Option<i16>,
    /// The version before it.
    pub replaces: Option<AttachmentId>,
}

/// Records a stored file and what it is for.
///
/// # Errors
/// What the database says.
pub async fn add_file(
    conn: &mut PgConnection,
    dossier: &Dossier,
    purpose: Purpose<'_>,
    new: &NewFile<'_>,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<AttachmentId, Refused> {
    let id = AttachmentId::new(now);
    let (part, criterion) = purpose.columns();
    let NewFile { file, day, piece, replaces } = *new;
    sqlx::query!(
        "with file as (
           insert into attachment (id, city_id, ward_id, group_id, cycle_id, subject_id, sha256, name, media_type, size, evidence_on, taken_at, replaces_id,
                                   uploaded_at, uploaded_by)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) returning id)
         insert into attachment_use (id, attachment_id, city_id, ward_id, group_id, cycle_id, subject_id, part_id, criterion, piece, added_at)
         select $16, file.id, $2, $3, $4, $5, $6, $17, $18, $19, $14 from file",
        id.uuid(),
        dossier.place.city.uuid(),
        dossier.place.ward.uuid(),
        dossier.place.group.map(UnitId::uuid),
        dossier.cycle.uuid(),
        dossier.subject.uuid(),
        file.hash.to_string(),
        file.name,
        file.kind.media_type(),
        i64::try_from(file.size).unwrap_or(i64::MAX),
        day,
        file.taken_at,
        replaces.map(AttachmentId::uuid),
        now,
        actor.person.name,
        AttachmentId::new(now).uuid(),
        part,
        criterion,
        piece.filter(|_| criterion.is_some())
    )
    .execute(conn)
    .await?;
    Ok(id)
}

/// Records something that happened, for a criterion.
///
/// # Errors
/// What the database says.
pub async fn add_fact(
    conn: &mut PgConnection,
    dossier: &Dossier,
    criterion: &str,
    input: &FactInput,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    sqlx::query!(
        "with said as (
           insert into fact (id, city_id, ward_id, group_id, cycle_id, subject_id, said, happened_on, recorded_at, recorded_by)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id)
         insert into attachment_use (id, fact_id, city_id, ward_id, group_id, cycle_id, subject_id, criterion, piece, added_at)
         select $11, said.id, $2, $3, $4, $5, $6, $12, $13, $9 from said",
        FactId::new(now).uuid(),
        dossier.place.city.uuid(),
        dossier.place.ward.uuid(),
        dossier.place.group.map(UnitId::uuid),
        dossier.cycle.uuid(),
        dossier.subject.uuid(),
        input.said,
        input.day,
        now,
        actor.person.name,
        AttachmentId::new(now).uuid(),
        criterion,
        input.piece
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Uses something that is there already.
///
/// # Errors
/// What the database says.
pub async fn add_use(
    conn: &mut PgConnection,
    dossier: &Dossier,
    thing: Thing,
    purpose: Purpose<'_>,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let (file, fact) = match thing {
        Thing::File(id) => (Some(id.uuid()), None),
        Thing::Fact(id) => (None, Some(id.uuid())),
    };
    let (part, criterion) = purpose.columns();
    sqlx::query!(
        "insert into attachment_use (id, attachment_id, fact_id, city_id, ward_id, group_id, cycle_id, subject_id, part_id, criterion, added_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        AttachmentId::new(now).uuid(),
        file,
        fact,
        dossier.place.city.uuid(),
        dossier.place.ward.uuid(),
        dossier.place.group.map(UnitId::uuid),
        dossier.cycle.uuid(),
        dossier.subject.uuid(),
        part,
        criterion,
        now
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Uses a file of another year for a criterion: the same bytes and the same day, as a file of this year.
///
/// # Errors
/// What the database says.
pub async fn copy_file(
    conn: &mut PgConnection,
    dossier: &Dossier,
    criterion: &str,
    of: AttachmentId,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    sqlx::query!(
        "with file as (
           insert into attachment (id, city_id, ward_id, group_id, cycle_id, subject_id, sha256, name, media_type, size, evidence_on, taken_at,
                                   uploaded_at, uploaded_by)
           select $1, city_id, ward_id, group_id, $3, subject_id, sha256, name, media_type, size, evidence_on, taken_at, $4, $5
             from attachment where id = $2 and ward_id = $6 and subject_id = $7 returning *)
         insert into attachment_use (id, attachment_id, city_id, ward_id, group_id, cycle_id, subject_id, criterion, added_at)
         select $8, id, city_id, ward_id, group_id, cycle_id, subject_id, $9, $4 from file",
        AttachmentId::new(now).uuid(),
        of.uuid(),
        dossier.cycle.uuid(),
        now,
        actor.person.name,
        dossier.place.ward.uuid(),
        dossier.subject.uuid(),
        AttachmentId::new(now).uuid(),
        criterion
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Says which listed paper a use is.
///
/// # Errors
/// [`Refused::Stale`] when it was taken out before.
pub async fn name_use(
    conn: &mut PgConnection,
    dossier: &Dossier,
    use_id: Uuid,
    piece: Option<i16>,
) -> Result<(), Refused> {
    let done = sqlx::query!(
        "update attachment_use set piece = $4 where id = $1 and ward_id = $2 and subject_id = $3 and criterion is not null and removed_at is null",
        use_id,
        dossier.place.ward.uuid(),
        dossier.subject.uuid(),
        piece
    )
    .execute(conn)
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(Refused::Stale) }
}

/// Says when what a file shows happened; only where nobody said it yet, which the policy of the table holds too.
///
/// # Errors
/// What the database says.
pub async fn date_file(conn: &mut PgConnection, id: AttachmentId, day: NaiveDate) -> Result<(), Refused> {
    sqlx::query!("update attachment set evidence_on = $2 where id = $1 and evidence_on is null", id.uuid(), day)
        .execute(conn)
        .await?;
    Ok(())
}

/// Takes a file or a fact out of its use; the row stays for earlier submissions.
///
/// # Errors
/// [`Refused::Stale`] when it was taken out before.
pub async fn remove_file(
    conn: &mut PgConnection,
    dossier: &Dossier,
    use_id: Uuid,
    by: &str,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let done = sqlx::query!(
        "update attachment_use set removed_at = $4, removed_by = $5 where id = $1 and ward_id = $2 and subject_id = $3 and removed_at is null",
        use_id,
        dossier.place.ward.uuid(),
        dossier.subject.uuid(),
        now,
        by
    )
    .execute(conn)
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(Refused::Stale) }
}

/// A file to be sent to a browser, through the seat's scope.
#[derive(Debug, Clone)]
pub struct Download {
    /// SHA-256, the key in the file store.
    pub sha256: String,
    /// Name to save it under.
    pub name: String,
    /// Media type, as checked on upload.
    pub media_type: String,
}

/// Finds a file that the seat may read.
///
/// # Errors
/// [`Refused::NotFound`].
pub async fn find_file(conn: &mut PgConnection, id: AttachmentId) -> Result<Download, Refused> {
    sqlx::query_as!(Download, "select sha256, name, media_type from attachment where id = $1", id.uuid())
        .fetch_optional(conn)
        .await?
        .ok_or(Refused::NotFound)
}

/// Notes that the evidence of a criterion changed. What the unit finds stays, so nobody's open form becomes stale.
///
/// # Errors
/// What the database says.
pub async fn touch_assessment(
    conn: &mut PgConnection,
    dossier: &Dossier,
    code: &str,
    by: &str,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    sqlx::query!(
        "update self_assessment set updated_at = $5, updated_by = $6
          where ward_id = $1 and cycle_id = $2 and subject_id = $3 and criterion = $4",
        dossier.place.ward.uuid(),
        dossier.cycle.uuid(),
        dossier.subject.uuid(),
        code,
        now,
        by
    )
    .execute(conn)
    .await?;
    Ok(())
}
