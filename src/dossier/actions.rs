//! One function per verb of those who keep a dossier, and the way in and out that every verb shares.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{Connection, PgConnection};
use uuid::Uuid;

use super::model::{self, AssessmentInput, Dossier, PartInput, PartRow, Transition, Whole};
use super::store::{self, Purpose};
use crate::access::{Actor, Denial, DenialCode, Refused, rules};
use crate::journal::{self, model::Entry};
use crate::platform::db::Scoped;
use crate::platform::files::StoredFile;
use crate::platform::id::DossierId;
use crate::ruleset::cache::Rulesets;
use crate::ruleset::engine::{Case, Judged, Outcome};
use crate::ruleset::{Ruleset, SubjectRules};

/// Which dossier a form is about, and from which state of it the form was drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// The dossier.
    pub id: DossierId,
    /// The version on the form.
    pub version: i32,
}

/// A dossier, its ruleset and the moment, as actions and pages work with them.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The dossier with everything around it.
    pub whole: Whole,
    /// The pinned ruleset.
    pub ruleset: Arc<Ruleset>,
}

impl Opened {
    /// The rules for this kind of unit.
    ///
    /// # Errors
    /// When the pinned ruleset has none: a defect of the data.
    pub fn rules(&self) -> anyhow::Result<&SubjectRules> {
        self.ruleset
            .subject(self.whole.subject_kind())
            .ok_or_else(|| anyhow::anyhow!("ruleset {} has no rules for this kind of unit", self.ruleset.code))
    }

    /// What the engine finds of each criterion, with the verdicts that there are; nothing for a registration. The day alone tells
    /// what is provisional.
    #[must_use]
    pub fn outcomes(&self, today: NaiveDate) -> Vec<Outcome> {
        let judged = self.whole.judged();
        self.with_case(&judged, today, |case| case.outcomes()).unwrap_or_default()
    }

    /// The same where nothing depends on what is provisional: rules, verdicts, the state of a decision.
    #[must_use]
    pub fn found(&self) -> Vec<Outcome> {
        self.outcomes(self.whole.window.to)
    }

    /// Criteria that the desk still has to look at, in the order of the rules.
    #[must_use]
    pub fn due(&self) -> Vec<String> {
        self.found().into_iter().filter(|it| self.whole.verdict_is_due(it)).map(|it| it.code).collect()
    }

    /// Asks the engine something about this unit; `None` for a registration.
    pub fn with_case<T>(&self, judged: &Judged, today: NaiveDate, ask: impl FnOnce(&Case<'_>) -> T) -> Option<T> {
        let case = Case {
            ruleset: &self.ruleset,
            subject: self.whole.subject_kind(),
            year: self.whole.year,
            window: self.whole.window,
            today,
            facts: self.whole.standing.as_ref()?,
            judged,
        };
        Some(ask(&case))
    }

    /// The state that a decision made now would bind.
    ///
    /// # Errors
    /// As [`Opened::rules`].
    pub fn state(&self) -> anyhow::Result<String> {
        Ok(model::canonical_state(&self.whole, &self.ruleset, (self.rules()?, &self.found()), model::STATE_FORMAT))
    }

    /// Whether something material changed after the decision that the dossier now rests on.
    fn is_overtaken(&self, rules: &SubjectRules, outcomes: &[Outcome]) -> bool {
        self.whole.decision().is_some_and(|decision| {
            let now = model::canonical_state(&self.whole, &self.ruleset, (rules, outcomes), decision.state_format);
            model::state_sha256(&now) != decision.state_sha256
        })
    }

    /// What the rules of permission need to know.
    ///
    /// # Errors
    /// As [`Opened::rules`].
    pub fn facts(&self, now: DateTime<Utc>) -> anyhow::Result<model::Facts> {
        let (rules, outcomes) = (self.rules()?, self.found());
        Ok(self.whole.facts(rules, &outcomes, self.is_overtaken(rules, &outcomes), now))
    }
}

/// Loads a dossier with its ruleset.
///
/// # Errors
/// [`Refused::NotFound`] outside the seat's scope.
pub async fn open(conn: &mut PgConnection, rulesets: &Rulesets, id: DossierId) -> Result<Opened, Refused> {
    let whole = store::load(conn, id).await?;
    let ruleset = rulesets.get(conn, whole.ruleset).await?;
    Ok(Opened { whole, ruleset })
}

/// What an action finds when it has locked the row.
#[derive(Debug)]
pub enum Found {
    /// The dossier as the form knew it.
    Fresh(Box<Opened>),
    /// This very person did this to this very version already: the form was sent twice.
    Repeated,
}

/// Locks, loads, and tells a fresh form from a repeated or a stale one.
///
/// # Errors
/// [`Refused::Stale`] when somebody else was first.
pub async fn lock(
    conn: &mut PgConnection,
    rulesets: &Rulesets,
    actor: &Actor,
    order: Order,
    verbs: &[&str],
) -> Result<Found, Refused> {
    store::lock(conn, order.id).await?;
    let opened = open(conn, rulesets, order.id).await?;
    if opened.whole.dossier.version == order.version {
        return Ok(Found::Fresh(Box::new(opened)));
    }
    if journal::store::did_already(conn, actor, order.id, verbs, order.version).await? {
        return Ok(Found::Repeated);
    }
    Err(Refused::Stale)
}

/// Writes a step and its event.
///
/// # Errors
/// [`Refused::Stale`], or what the database says.
pub async fn settle(conn: &mut PgConnection, step: &Transition, now: DateTime<Utc>) -> Result<(), Refused> {
    store::apply(conn, step, now).await?;
    let dossier = step.after();
    let entry = Entry {
        cycle: Some(dossier.cycle),
        subject: Some(dossier.subject),
        dossier: Some(dossier.id),
        from_version: Some(step.before().1),
        reason: step.reason(),
        detail: step.detail().clone(),
        ..Entry::at(step.actor(), dossier.place, step.verb())
    };
    journal::store::write(conn, &entry, now).await?;
    Ok(())
}

/// Hands the dossier in; late with a reason.
///
/// # Errors
/// A rule, a stale form, or the missing reason of a late dossier.
pub async fn submit(
    mut db: Scoped,
    rulesets: &Rulesets,
    actor: &Actor,
    order: Order,
    late_reason: Option<String>,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    submit_within(&mut tx, rulesets, actor, order, late_reason, now).await?;
    tx.commit().await?;
    Ok(())
}

/// The same within the caller's transaction; gives the dossier as it was, or `None` for a form sent twice.
///
/// # Errors
/// As [`submit`].
pub async fn submit_within(
    conn: &mut PgConnection,
    rulesets: &Rulesets,
    actor: &Actor,
    order: Order,
    late_reason: Option<String>,
    now: DateTime<Utc>,
) -> Result<Option<Dossier>, Refused> {
    let Found::Fresh(opened) = lock(conn, rulesets, actor, order, &["submitted", "resubmitted"]).await? else {
        return Ok(None);
    };
    let facts = opened.facts(now)?;
    let whole = opened.whole;
    let dossier = whole.dossier.clone();
    let receipt = whole.receipt_number();
    let permit = rules::may_submit(actor, whole.dossier, &facts)?;
    // Only the first submission can be late; an answer to a return has its own day and keeps the first reason.
    let late_reason = match (dossier.attempt, facts.is_late, late_reason) {
        (0, true, None) => {
            return Err(Refused::Invalid(vec![("ly-do-tre", crate::words::LATE_NEEDS_REASON.to_owned())]));
        }
        (0, is_late, reason) => reason.filter(|_| is_late),
        _ => dossier.late_reason.clone(),
    };
    settle(conn, &model::submit(permit, receipt, late_reason, now), now).await?;
    Ok(Some(dossier))
}

/// Takes the dossier back before it was received.
///
/// # Errors
/// A rule or a stale form.
pub async fn withdraw(
    mut db: Scoped,
    rulesets: &Rulesets,
    actor: &Actor,
    order: Order,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    let Found::Fresh(opened) = lock(&mut tx, rulesets, actor, order, &["withdrawn"]).await? else {
        return Ok(());
    };
    let facts = opened.facts(now)?;
    let whole = opened.whole;
    // The return that this submission answered carries the attempt before it.
    let answered = whole.last_return.clone().filter(|back| back.attempt + 1 == whole.dossier.attempt);
    let permit = rules::may_withdraw(actor, whole.dossier, &facts)?;
    settle(&mut tx, &model::withdraw(permit, answered.as_ref()), now).await?;
    tx.commit().await?;
    Ok(())
}

/// The part named, if this seat may change it now.
fn editable<'a>(actor: &Actor, opened: &'a Opened, code: &str, now: DateTime<Utc>) -> Result<&'a PartRow, Refused> {
    rules::can_edit(actor, &opened.whole.dossier, &opened.facts(now)?)?;
    let part = opened.whole.part(code).ok_or(Refused::NotFound)?;
    if part.open { Ok(part) } else { Err(Denial::always(DenialCode::PartClosed).into()) }
}

fn entry<'a>(actor: &'a Actor, whole: &Whole, verb: &'static str, detail: serde_json::Value) -> Entry<'a> {
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
    files: &[StoredFile],
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    store::lock(&mut tx, id).await?;
    let opened = open(&mut tx, rulesets, id).await?;
    let part = editable(actor, &opened, code, now)?;
    let fresh: Vec<&StoredFile> =
        files.iter().filter(|file| !part.files.iter().any(|known| known.sha256 == file.hash.to_string())).collect();
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
        store::add_file(&mut tx, &opened.whole.dossier, Purpose::Part(part.id), file, None, actor, now).await?;
    }
    let names: Vec<&str> = fresh.iter().map(|file| file.name.as_str()).collect();
    let detail = serde_json::json!({ "part": code, "files": names });
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

fn check_target(actor: &Actor, opened: &Opened, target: &Target, now: DateTime<Utc>) -> Result<(), Refused> {
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

/// Asks, before any byte is read, whether this seat may add a file there.
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

/// A file taken out is a change of the part it belongs to.
async fn touch(
    conn: &mut PgConnection,
    opened: &Opened,
    target: &Target,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    match target {
        Target::Part(code) => store::touch_part(conn, &opened.whole.dossier, code, &actor.person.name, now).await,
        Target::Criterion(code) => {
            store::touch_assessment(conn, &opened.whole.dossier, code, &actor.person.name, now).await
        }
    }
}

fn target_code(target: &Target) -> &str {
    match target {
        Target::Part(code) | Target::Criterion(code) => code,
    }
}

/// Takes a file out of a part or a criterion; earlier submissions keep it.
///
/// # Errors
/// A rule or a closed part.
#[allow(clippy::too_many_arguments, reason = "one function per verb: who, what, from what, when")]
pub async fn remove_file(
    mut db: Scoped,
    rulesets: &Rulesets,
    actor: &Actor,
    id: DossierId,
    target: &Target,
    use_id: Uuid,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    store::lock(&mut tx, id).await?;
    let opened = open(&mut tx, rulesets, id).await?;
    check_target(actor, &opened, target, now)?;
    let held = match target {
        Target::Part(code) => {
            opened.whole.part(code).is_some_and(|part| part.files.iter().any(|file| file.use_id == use_id))
        }
        Target::Criterion(code) => opened.whole.evidence_for(code).iter().any(|file| file.use_id == use_id),
    };
    // Taken out already: the same button pressed twice.
    if !held {
        return Ok(());
    }
    store::remove_file(&mut tx, &opened.whole.dossier, use_id, &actor.person.name, now).await?;
    touch(&mut tx, &opened, target, actor, now).await?;
    let detail = serde_json::json!({ "target": target_code(target) });
    journal::store::write(&mut tx, &entry(actor, &opened.whole, "file_removed", detail), now).await?;
    tx.commit().await?;
    Ok(())
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
    files: &[StoredFile],
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    store::lock(&mut tx, id).await?;
    let opened = open(&mut tx, rulesets, id).await?;
    check_target(actor, &opened, &Target::Criterion(criterion.to_owned()), now)?;
    let held = opened.whole.evidence_for(criterion);
    let fresh: Vec<&StoredFile> =
        files.iter().filter(|file| !held.iter().any(|known| known.sha256 == file.hash.to_string())).collect();
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
        let purpose = Purpose::Criterion(criterion);
        store::add_file(&mut tx, &opened.whole.dossier, purpose, file, input.evidence_on, actor, now).await?;
    }
    let names: Vec<&str> = fresh.iter().map(|file| file.name.as_str()).collect();
    let detail = serde_json::json!({ "criterion": criterion, "finding": input.finding, "files": names });
    journal::store::write(&mut tx, &entry(actor, &opened.whole, "assessed", detail), now).await?;
    tx.commit().await?;
    Ok(())
}
