//! Filling a dossier in: its parts, and what the unit says of each criterion.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{Connection, PgConnection};

use super::{Opened, open};
use crate::access::{Actor, Denial, DenialCode, Refused, rules};
use crate::dossier::model::{AssessmentInput, FileRow, PartInput, PartRow, Whole};
use crate::dossier::store::{self, NewFile, Purpose};
use crate::journal::{self, model::Entry};
use crate::platform::db::Scoped;
use crate::platform::files::StoredFile;
use crate::platform::id::{DossierId, UploadId};
use crate::ruleset::cache::Rulesets;
use crate::upload;

/// The files of one form, kept in the store.
#[derive(Debug, Clone, Default)]
pub struct Brought {
    /// The files.
    pub files: Vec<StoredFile>,
    /// Those of them that came in before the form, piece by piece.
    pub uploads: Vec<UploadId>,
}

impl Brought {
    /// Those that are not there yet, by their content.
    pub(super) fn fresh<'a>(&'a self, held: impl IntoIterator<Item = &'a FileRow>) -> Vec<&'a StoredFile> {
        let held: Vec<&str> = held.into_iter().map(|file| file.sha256.as_str()).collect();
        self.files.iter().filter(|file| !held.contains(&file.hash.to_string().as_str())).collect()
    }
}

/// When what a file shows happened: as its sender says, or on the day on which the picture was taken.
pub(super) fn day_of(file: &StoredFile, said: Option<NaiveDate>) -> Option<NaiveDate> {
    said.or(file.taken_at.map(|at| at.date()))
}

pub(super) fn names<'a>(files: &[&'a StoredFile]) -> Vec<&'a str> {
    files.iter().map(|file| file.name.as_str()).collect()
}

/// The part named, if this seat may change it now.
pub(super) fn editable<'a>(
    actor: &Actor,
    opened: &'a Opened,
    code: &str,
    now: DateTime<Utc>,
) -> Result<&'a PartRow, Refused> {
    rules::can_edit(actor, &opened.whole.dossier, &opened.facts(now)?)?;
    let part = opened.whole.part(code).ok_or(Refused::NotFound)?;
    if part.open { Ok(part) } else { Err(Denial::always(DenialCode::PartClosed).into()) }
}

pub(super) fn entry<'a>(actor: &'a Actor, whole: &Whole, verb: &'static str, detail: serde_json::Value) -> Entry<'a> {
    Entry {
        cycle: Some(whole.dossier.cycle),
        subject: Some(whole.dossier.subject),
        dossier: Some(whole.dossier.id),
        detail,
        ..Entry::at(actor, whole.dossier.place, verb)
    }
}

/// Writes the typed fields of a part, with the files that came in the same form: all of it or nothing.
///
/// # Errors
/// A rule, a closed part, or [`Refused::Stale`] when somebody else changed the part since the form was drawn.
#[allow(clippy::too_many_arguments, reason = "one function per verb: who, what, from which revision, when")]
pub async fn save_part(
    mut db: Scoped,
    rulesets: &Rulesets,
    actor: &Actor,
    id: DossierId,
    code: &str,
    revision: i32,
    input: &PartInput,
    brought: &Brought,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    store::lock(&mut tx, id).await?;
    let opened = open(&mut tx, rulesets, id).await?;
    let part = editable(actor, &opened, code, now)?;
    let fresh = brought.fresh(&part.files);
    let written = PartInput {
        number: part.number.clone(),
        issued_on: part.issued_on,
        signer: part.signer.clone(),
        content: part.content.clone(),
    };
    // The same form sent twice finds its own words there.
    let same_hand = part.updated_by.as_deref() == Some(&actor.person.name);
    if part.revision == revision + 1 && written == *input && fresh.is_empty() && same_hand {
        return Ok(());
    }
    store::save_part(&mut tx, part.id, revision, input, &actor.person.name, now).await?;
    for file in &fresh {
        let new = NewFile { file, day: day_of(file, None), piece: None, replaces: None };
        store::add_file(&mut tx, &opened.whole.dossier, Purpose::Part(part.id), &new, actor, now).await?;
    }
    upload::store::used(&mut tx, &brought.uploads, now).await?;
    let detail = serde_json::json!({ "part": code, "files": names(&fresh) });
    journal::store::write(&mut tx, &entry(actor, &opened.whole, "part_changed", detail), now).await?;
    tx.commit().await?;
    Ok(())
}

/// What a file is added to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A part, by code.
    Part(String),
    /// A criterion, by code.
    Criterion(String),
}

impl Target {
    pub(super) fn code(&self) -> &str {
        match self {
            Self::Part(code) | Self::Criterion(code) => code,
        }
    }
}

pub(super) fn check_target(actor: &Actor, opened: &Opened, target: &Target, now: DateTime<Utc>) -> Result<(), Refused> {
    match target {
        Target::Part(code) => editable(actor, opened, code, now).map(|_| ()),
        Target::Criterion(code) => {
            rules::can_assess(actor, &opened.whole.dossier, &opened.facts(now)?)?;
            opened.rules()?.criterion(code).ok_or(Refused::NotFound)?;
            if opened.whole.criterion_is_open(code) {
                Ok(())
            } else {
                Err(Denial::always(DenialCode::PartClosed).into())
            }
        }
    }
}

/// Asks, before anything is kept, whether this seat may add a file there.
///
/// # Errors
/// A rule or a closed part.
pub async fn may_add_file(
    conn: &mut PgConnection,
    rulesets: &Rulesets,
    actor: &Actor,
    id: DossierId,
    target: &Target,
    now: DateTime<Utc>,
) -> Result<Opened, Refused> {
    let opened = open(conn, rulesets, id).await?;
    check_target(actor, &opened, target, now)?;
    Ok(opened)
}

/// Writes what the unit says of one criterion, with the evidence that came in the same form.
///
/// # Errors
/// A rule, a criterion that was not returned, or [`Refused::Stale`].
#[allow(clippy::too_many_arguments, reason = "one function per verb: who, what, from which revision, when")]
pub async fn assess(
    mut db: Scoped,
    rulesets: &Rulesets,
    actor: &Actor,
    id: DossierId,
    criterion: &str,
    revision: i32,
    input: &AssessmentInput,
    brought: &Brought,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    store::lock(&mut tx, id).await?;
    let opened = open(&mut tx, rulesets, id).await?;
    check_target(actor, &opened, &Target::Criterion(criterion.to_owned()), now)?;
    let fresh = brought.fresh(opened.whole.evidence_for(criterion));
    if let Some(row) = opened.whole.assessment(criterion)
        && fresh.is_empty()
        && row.revision == revision + 1
        && row.finding == input.finding
        && row.note == input.note
        && row.numerator.zip(row.denominator) == input.figures
    {
        return Ok(());
    }
    store::save_assessment(&mut tx, &opened.whole.dossier, criterion, revision, input, &actor.person.name, now).await?;
    for file in &fresh {
        let new = NewFile { file, day: day_of(file, input.evidence_on), piece: input.piece, replaces: None };
        store::add_file(&mut tx, &opened.whole.dossier, Purpose::Criterion(criterion), &new, actor, now).await?;
    }
    upload::store::used(&mut tx, &brought.uploads, now).await?;
    let detail = serde_json::json!({ "criterion": criterion, "finding": input.finding, "files": names(&fresh) });
    journal::store::write(&mut tx, &entry(actor, &opened.whole, "assessed", detail), now).await?;
    tx.commit().await?;
    Ok(())
}
