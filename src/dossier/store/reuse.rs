//! What there is of a file beside its use: the versions before it, and files that the unit has elsewhere.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use sqlx::PgConnection;

use crate::access::Refused;
use crate::dossier::model::Dossier;
use crate::platform::id::AttachmentId;
use crate::ruleset::{Criterion, CriterionKind};

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
