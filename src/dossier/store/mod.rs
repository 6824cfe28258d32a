//! Every statement on dossiers, their parts, files and self-assessments. Nothing here begins or commits.

mod evidence;
mod list;
mod load;
mod reuse;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::model::{AssessmentInput, Dossier, Opens, PartInput, Transition};
use crate::access::{Place, Refused};
use crate::platform::id::{CycleId, DossierId, PartId, UnitId};
use crate::ruleset::DossierKind;

pub use evidence::{
    Download, NewFile, Purpose, Thing, add_fact, add_file, add_use, copy_file, date_file, find_file, name_use,
    remove_file, touch_assessment,
};
pub use list::{Kept, kept};
pub use load::load;
pub use reuse::{Offer, Version, offers, versions};

/// Locks a dossier's row until the transaction ends, so that two people decide one after the other.
///
/// # Errors
/// [`Refused::NotFound`], or what the database says.
pub async fn lock(conn: &mut PgConnection, id: DossierId) -> Result<(), Refused> {
    sqlx::query_scalar!("select version from dossier where id = $1 for update", id.uuid())
        .fetch_optional(conn)
        .await?
        .map(|_| ())
        .ok_or(Refused::NotFound)
}

/// Writes a transition, if the row still stands where the transition began; and opens or closes parts.
///
/// # Errors
/// [`Refused::Stale`] when somebody else was first.
pub async fn apply(conn: &mut PgConnection, step: &Transition, now: DateTime<Utc>) -> Result<(), Refused> {
    let (from, version) = step.before();
    let to = step.after();
    let done = sqlx::query!(
        "update dossier set status = $4, version = $5, attempt = $6, receipt = $7, late = $8::text is not null, late_reason = $8, sent_at = $9,
                submitted_at = $10, received_at = $11, answer_by = $12, updated_at = $13
          where id = $1 and status = $2 and version = $3",
        to.id.uuid(),
        from.as_str(),
        version,
        to.status.as_str(),
        to.version,
        to.attempt,
        to.receipt,
        to.late_reason,
        to.sent_at,
        to.submitted_at,
        to.received_at,
        to.answer_by,
        now
    )
    .execute(&mut *conn)
    .await?;
    if done.rows_affected() != 1 {
        return Err(Refused::Stale);
    }
    open_parts(conn, to, step.opens()).await
}

/// Opens or closes parts, as a step says.
async fn open_parts(conn: &mut PgConnection, dossier: &Dossier, opens: &Opens) -> Result<(), Refused> {
    let (all, only): (bool, &[String]) = match opens {
        Opens::Unchanged => return Ok(()),
        Opens::None => (false, &[]),
        Opens::All => (true, &[]),
        Opens::Only(codes) => (false, codes),
    };
    sqlx::query!(
        "update dossier_part set open = ($3 or code = any ($4)) where ward_id = $1 and dossier_id = $2",
        dossier.place.ward.uuid(),
        dossier.id.uuid(),
        all,
        only
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Makes the dossiers of one kind for many subjects at once, each with its parts, all drafts.
///
/// # Errors
/// What the database says; a dossier that exists already is an error.
pub async fn create(
    conn: &mut PgConnection,
    cycle: CycleId,
    kind: DossierKind,
    places: &[Place],
    parts: &[&str],
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let ids: Vec<Uuid> = places.iter().map(|_| DossierId::new(now).uuid()).collect();
    let cities: Vec<Uuid> = places.iter().map(|p| p.city.uuid()).collect();
    let wards: Vec<Uuid> = places.iter().map(|p| p.ward.uuid()).collect();
    let groups: Vec<Option<Uuid>> = places.iter().map(|p| p.group.map(UnitId::uuid)).collect();
    sqlx::query!(
        "insert into dossier (id, city_id, ward_id, group_id, cycle_id, subject_id, kind, status, updated_at)
         select t.id, t.city, t.ward, t.grp, $5, coalesce(t.grp, t.ward), $6, 'draft', $7
           from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[]) t (id, city, ward, grp)",
        &ids,
        &cities,
        &wards,
        &groups as _,
        cycle.uuid(),
        kind.as_str(),
        now
    )
    .execute(&mut *conn)
    .await?;
    create_parts(conn, &ids, parts, now).await
}

/// The parts of new dossiers, in the ruleset's order: ids grow in the order in which they are made.
async fn create_parts(
    conn: &mut PgConnection,
    dossiers: &[Uuid],
    parts: &[&str],
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let mut rows: (Vec<Uuid>, Vec<Uuid>, Vec<String>) = (vec![], vec![], vec![]);
    for dossier in dossiers {
        for part in parts {
            rows.0.push(PartId::new(now).uuid());
            rows.1.push(*dossier);
            rows.2.push((*part).to_owned());
        }
    }
    sqlx::query!(
        "insert into dossier_part (id, dossier_id, city_id, ward_id, group_id, code, updated_at)
         select t.id, d.id, d.city_id, d.ward_id, d.group_id, t.code, $4
           from unnest($1::uuid[], $2::uuid[], $3::text[]) t (id, dossier, code) join dossier d on d.id = t.dossier",
        &rows.0,
        &rows.1,
        &rows.2,
        now
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes a part, if it is open and nobody changed it since the form was drawn.
///
/// # Errors
/// [`Refused::Stale`].
pub async fn save_part(
    conn: &mut PgConnection,
    part: PartId,
    revision: i32,
    input: &PartInput,
    by: &str,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let done = sqlx::query!(
        "update dossier_part set number = $3, issued_on = $4, signer = $5, content = $6, revision = revision + 1, updated_at = $7, updated_by = $8
          where id = $1 and revision = $2 and open",
        part.uuid(),
        revision,
        input.number,
        input.issued_on,
        input.signer,
        input.content,
        now,
        by
    )
    .execute(conn)
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(Refused::Stale) }
}

/// Writes a self-assessment; `revision` is the one the form was drawn from, 0 when there was none.
///
/// # Errors
/// [`Refused::Stale`] when somebody else changed it.
pub async fn save_assessment(
    conn: &mut PgConnection,
    dossier: &Dossier,
    criterion: &str,
    revision: i32,
    input: &AssessmentInput,
    by: &str,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let done = sqlx::query!(
        "insert into self_assessment as s (city_id, ward_id, group_id, cycle_id, subject_id, criterion, finding, note, numerator, denominator, updated_at, updated_by)
         select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12
          where $13 = 0 or exists (select 1 from self_assessment o where o.ward_id = $2 and o.cycle_id = $4 and o.subject_id = $5 and o.criterion = $6)
         on conflict (ward_id, cycle_id, subject_id, criterion) do update set finding = excluded.finding, note = excluded.note, numerator = excluded.numerator,
           denominator = excluded.denominator, updated_at = excluded.updated_at, updated_by = excluded.updated_by, revision = s.revision + 1
         where s.revision = $13",
        dossier.place.city.uuid(),
        dossier.place.ward.uuid(),
        dossier.place.group.map(UnitId::uuid),
        dossier.cycle.uuid(),
        dossier.subject.uuid(),
        criterion,
        input.finding.as_str(),
        input.note,
        input.figures.map(|(part, _)| part),
        input.figures.map(|(_, whole)| whole),
        now,
        by,
        revision
    )
    .execute(conn)
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(Refused::Stale) }
}

/// Notes that a part changed through its files.
///
/// # Errors
/// What the database says.
pub async fn touch_part(
    conn: &mut PgConnection,
    dossier: &Dossier,
    code: &str,
    by: &str,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    sqlx::query!(
        "update dossier_part set updated_at = $4, updated_by = $5 where ward_id = $1 and dossier_id = $2 and code = $3",
        dossier.place.ward.uuid(),
        dossier.id.uuid(),
        code,
        now,
        by
    )
    .execute(conn)
    .await?;
    Ok(())
}
