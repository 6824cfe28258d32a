//! Files and facts, and what they are used for.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::access::{Actor, Refused};
use crate::dossier::model::{Dossier, FactInput};
use crate::platform::files::StoredFile;
use crate::platform::id::{AttachmentId, FactId, PartId, UnitId};
use crate::ruleset::{Criterion, CriterionKind};

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

/// One version of a file, the newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The file.
    pub id: AttachmentId,
    /// Its name.
    pub name: String,
    /// Bytes.
    pub size: i64,
    /// Internet media type.
    pub media_type: String,
    /// When what it shows happened.
    pub evidence_on: Option<NaiveDate>,
    /// When the camera says that it was taken.
    pub taken_at: Option<NaiveDateTime>,
    /// When it was sent in.
    pub uploaded_at: DateTime<Utc>,
    /// By whom.
    pub uploaded_by: String,
}

/// A file and every version before it.
///
/// # Errors
/// What the database says.
pub async fn versions(conn: &mut PgConnection, id: AttachmentId) -> Result<Vec<Version>, Refused> {
    Ok(sqlx::query_as!(
        Version,
        r#"with recursive story as (
             select a.*, 1 as step from attachment a where a.id = $1
             union all
             select o.*, s.step + 1 from story s join attachment o on o.ward_id = s.ward_id and o.id = s.replaces_id where s.step < 50)
           select id as "id!: AttachmentId", name as "name!", size as "size!", media_type as "media_type!", evidence_on, taken_at,
                  uploaded_at as "uploaded_at!", uploaded_by as "uploaded_by!" from story order by step"#,
        id.uuid()
    )
    .fetch_all(conn)
    .await?)
}

/// A file that this unit has elsewhere and may want to use here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The file.
    pub id: AttachmentId,
    /// Its name.
    pub name: String,
    /// When what it shows happened.
    pub evidence_on: Option<NaiveDate>,
    /// From a part of this year's dossiers; else from last year's criterion.
    pub is_of_this_year: bool,
}

/// The part of the unit's dossiers that a criterion asks for, if it asks for one.
fn parts_of(criterion: &Criterion) -> Vec<String> {
    let part = |leaf: &CriterionKind| match leaf {
        CriterionKind::DocumentDated { part, .. } => Some(part.clone()),
        _ => None,
    };
    criterion.kind.leaves().into_iter().filter_map(part).collect()
}

/// Files to use again for a criterion: of the part that it asks for, and of the same criterion last year, or of those that it was made
/// of when last year's rules were others. What lies here already is left out. Reads `attachment_use_by_part` and
/// `attachment_use_by_criterion`.
///
/// # Errors
/// What the database says.
pub async fn offers(
    conn: &mut PgConnection,
    dossier: &Dossier,
    criterion: &Criterion,
    year: i32,
) -> Result<Vec<Offer>, Refused> {
    let mapped = if criterion.was.is_empty() { std::slice::from_ref(&criterion.code) } else { &criterion.was[..] };
    Ok(sqlx::query_as!(
        Offer,
        r#"with here as (select a.sha256 from attachment_use x join attachment a on a.ward_id = x.ward_id and a.id = x.attachment_id
                          where x.ward_id = $1 and x.cycle_id = $2 and x.subject_id = $3 and x.criterion = $4 and x.removed_at is null),
           elsewhere as (
             select a.*, true as of_this_year from dossier d join dossier_part p on p.ward_id = d.ward_id and p.dossier_id = d.id and p.code = any ($5)
               join attachment_use x on x.ward_id = p.ward_id and x.part_id = p.id and x.removed_at is null
               join attachment a on a.ward_id = x.ward_id and a.id = x.attachment_id
              where d.ward_id = $1 and d.cycle_id = $2 and d.subject_id = $3
             union all
             select a.*, false from cycle c join cycle b on b.ward_id = c.ward_id and b.year = $6 - 1
               join attachment_use x on x.ward_id = b.ward_id and x.cycle_id = b.id and x.subject_id = $3 and x.removed_at is null
                    and x.criterion = any (case when b.ruleset_id = c.ruleset_id then array[$4] else $7::text[] end)
               join attachment a on a.ward_id = x.ward_id and a.id = x.attachment_id
              where c.ward_id = $1 and c.id = $2)
           select distinct on (e.of_this_year, e.sha256) e.id as "id!: AttachmentId", e.name as "name!", e.evidence_on, e.of_this_year as "is_of_this_year!"
             from elsewhere e where e.sha256 not in (select sha256 from here)
            order by e.of_this_year desc, e.sha256, e.uploaded_at desc limit 40"#,
        dossier.place.ward.uuid(),
        dossier.cycle.uuid(),
        dossier.subject.uuid(),
        criterion.code,
        &parts_of(criterion),
        year,
        mapped
    )
    .fetch_all(conn)
    .await?)
}
