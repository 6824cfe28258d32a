//! One function per verb of those who keep a dossier, and the way in and out that every verb shares.

mod evidence;
mod fill;
mod own_paper;

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{Connection, PgConnection};

use super::model::{self, Dossier, Transition, Whole};
use super::store;
use crate::access::{Actor, Refused, rules};
use crate::journal::{self, model::Entry};
use crate::platform::db::Scoped;
use crate::platform::id::DossierId;
use crate::ruleset::cache::Rulesets;
use crate::ruleset::engine::{Case, Judged, Outcome};
use crate::ruleset::{Ruleset, SubjectRules};

pub use evidence::{Spot, add_evidence, note, remove_file, renew, say, share, use_again};
pub use fill::{Brought, Target, assess, may_add_file, save_part};
pub use own_paper::{Bearing, OwnPaper, put_paper};

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
        let judged = self.whole.sheet().judged();
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
        self.found().into_iter().filter(|it| self.whole.sheet().is_due(it)).map(|it| it.code).collect()
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
