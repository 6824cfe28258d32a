//! The steps of a dossier's way. Each uses a permit up and gives a [`Transition`], which only `store::apply` can write.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Dossier, Status};
use crate::access::{Actor, Permit, act};

/// Which parts a step opens for its keeper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opens {
    /// Leaves the parts as they are.
    Unchanged,
    /// All of them closed.
    None,
    /// All of them open.
    All,
    /// These, by code; the others closed.
    Only(Vec<String>),
}

/// One step on the way, permitted and ready to be written. Only this file makes one.
#[derive(Debug)]
pub struct Transition {
    before: (Status, i32),
    after: Dossier,
    opens: Opens,
    actor: Actor,
    verb: &'static str,
    reason: Option<String>,
    detail: Value,
}

impl Transition {
    fn step<A>(permit: Permit<A, Dossier>, verb: &'static str, to: Status) -> Self {
        let (dossier, actor) = permit.into_parts();
        let before = (dossier.status, dossier.version);
        let after = Dossier { status: to, version: dossier.version + 1, ..dossier };
        Self { before, after, opens: Opens::Unchanged, actor, verb, reason: None, detail: json!({}) }
    }

    /// The status and version the row must still have.
    #[must_use]
    pub const fn before(&self) -> (Status, i32) {
        self.before
    }

    /// The row as it will be.
    #[must_use]
    pub const fn after(&self) -> &Dossier {
        &self.after
    }

    /// Which parts open or close.
    #[must_use]
    pub const fn opens(&self) -> &Opens {
        &self.opens
    }

    /// Who does it.
    #[must_use]
    pub const fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The journal's word for it.
    #[must_use]
    pub const fn verb(&self) -> &'static str {
        self.verb
    }

    /// The reason given.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }

    /// What else the journal keeps.
    #[must_use]
    pub const fn detail(&self) -> &Value {
        &self.detail
    }
}

/// Hands the dossier in. The ward's own goes to the city, which sees it from now on.
#[must_use]
pub fn submit(
    permit: Permit<act::Submit, Dossier>,
    receipt: String,
    late_reason: Option<String>,
    now: DateTime<Utc>,
) -> Transition {
    let again = permit.of().attempt > 0;
    let mut step = Transition::step(permit, if again { "resubmitted" } else { "submitted" }, Status::Submitted);
    step.after.attempt += 1;
    step.after.receipt = Some(receipt);
    step.reason.clone_from(&late_reason);
    step.detail = json!({ "attempt": step.after.attempt, "late": late_reason.is_some() });
    step.after.late_reason = late_reason;
    step.after.submitted_at = Some(now);
    step.after.answer_by = None;
    if step.after.is_of_ward() {
        step.after.sent_at = Some(now);
    }
    step.opens = Opens::None;
    step
}

/// Takes it back before it was received. After a return it goes back to that return: the same parts open, the same day to
/// answer by; otherwise it is a draft again, all of it open.
#[must_use]
pub fn withdraw(permit: Permit<act::Withdraw, Dossier>, last_return: Option<&LastReturn>) -> Transition {
    let to = if last_return.is_some() { Status::Returned } else { Status::Draft };
    let mut step = Transition::step(permit, "withdrawn", to);
    if step.after.is_of_ward() && last_return.is_none() {
        step.after.sent_at = None;
    }
    step.after.answer_by = last_return.map(|r| r.answer_by);
    step.opens = last_return.map_or(Opens::All, |r| Opens::Only(part_codes(&r.items)));
    step
}

/// A return that the dossier went through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastReturn {
    /// The last day to answer.
    pub answer_by: NaiveDate,
    /// When it was sent back.
    pub made_at: DateTime<Utc>,
    /// By whom.
    pub made_by: String,
    /// Which submission it answers.
    pub attempt: i32,
    /// What to mend.
    pub items: Vec<ReturnItem>,
}

fn part_codes(items: &[ReturnItem]) -> Vec<String> {
    items.iter().filter_map(|item| item.part.clone()).collect()
}

/// The level above takes it in.
#[must_use]
pub fn receive(permit: Permit<act::Receive, Dossier>, now: DateTime<Utc>) -> Transition {
    let mut step = Transition::step(permit, "received", Status::Received);
    step.after.received_at = Some(now);
    step
}

/// One thing that is sent back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnItem {
    /// The part, by code; or
    pub part: Option<String>,
    /// the criterion, by code.
    pub criterion: Option<String>,
    /// What the keeper should do.
    pub reason: String,
}

impl ReturnItem {
    /// It is about this part.
    #[must_use]
    pub fn is_part(&self, code: &str) -> bool {
        self.part.as_deref() == Some(code)
    }

    /// It is about this criterion.
    #[must_use]
    pub fn is_criterion(&self, code: &str) -> bool {
        self.criterion.as_deref() == Some(code)
    }
}

/// Sends it back: opens what is named and nothing else.
#[must_use]
pub fn send_back(permit: Permit<act::Return, Dossier>, items: &[ReturnItem], answer_by: NaiveDate) -> Transition {
    let mut step = named(Transition::step(permit, "returned", Status::Returned), items, answer_by);
    step.after.answer_by = Some(answer_by);
    step.opens = Opens::Only(part_codes(items));
    step
}

/// What the journal keeps of things that go back.
fn named(mut step: Transition, items: &[ReturnItem], answer_by: NaiveDate) -> Transition {
    step.reason = items.first().map(|item| item.reason.clone());
    step.detail = json!({ "items": items, "answer_by": answer_by, "attempt": step.after.attempt });
    step
}

/// Declares every criterion judged.
#[must_use]
pub fn appraise(permit: Permit<act::Appraise, Dossier>) -> Transition {
    Transition::step(permit, "appraised", Status::Appraised)
}

/// Recommends, or not.
#[must_use]
pub fn conclude(
    permit: Permit<act::Conclude, Dossier>,
    outcome: bool,
    reason: Option<String>,
    state_sha256: &str,
) -> Transition {
    let (verb, to) =
        if outcome { ("recommended", Status::Recommended) } else { ("not_recommended", Status::NotRecommended) };
    let mut step = Transition::step(permit, verb, to);
    step.reason = reason;
    step.detail = json!({ "state": state_sha256 });
    step
}

/// Recommends, or not, as a meeting concluded; the journal then names the meeting, who led it, and the votes.
#[must_use]
pub fn conclude_by_meeting(
    permit: Permit<act::Conclude, Dossier>,
    outcome: bool,
    reason: Option<String>,
    state_sha256: &str,
    meeting: &Value,
) -> Transition {
    let mut step = conclude(permit, outcome, reason, state_sha256);
    step.detail = json!({ "state": state_sha256, "meeting": meeting });
    step
}

/// Sends it to the city with the ward's package.
#[must_use]
pub fn forward(permit: Permit<act::Forward, Dossier>, now: DateTime<Utc>) -> Transition {
    let mut step = Transition::step(permit, "forwarded", Status::Forwarded);
    step.after.sent_at = Some(now);
    step
}

/// Recognises, or not, by a decision with number and date.
#[must_use]
pub fn recognise(
    permit: Permit<act::Recognise, Dossier>,
    outcome: bool,
    number: &str,
    reason: Option<String>,
    state_sha256: &str,
) -> Transition {
    let (verb, to) =
        if outcome { ("recognised", Status::Recognised) } else { ("not_recognised", Status::NotRecognised) };
    let mut step = Transition::step(permit, verb, to);
    step.reason = reason;
    step.detail = json!({ "number": number, "state": state_sha256 });
    step
}

/// Takes a conclusion back, and what was submitted stays as it is. The desk looks again; a refusal by decision goes back to those
/// who decide.
#[must_use]
pub fn reopen(permit: Permit<act::Reopen, Dossier>, reason: &str) -> Transition {
    let dossier = permit.of();
    let to = match dossier.status {
        Status::NotRecognised if !dossier.is_of_ward() && dossier.sent_at.is_some() => Status::Forwarded,
        Status::NotRecognised => Status::Appraised,
        _ => Status::Received,
    };
    let mut step = Transition::step(permit, "reopened", to);
    step.reason = Some(reason.to_owned());
    step.detail = json!({ "from": step.before.0 });
    step
}

/// Hands a group's request back to its ward's desk; the city goes on seeing what it was sent. The group's own parts stay closed until the
/// ward sends them back.
#[must_use]
pub fn hand_back(permit: Permit<act::HandBack, Dossier>, items: &[ReturnItem], answer_by: NaiveDate) -> Transition {
    named(Transition::step(permit, "handed_back", Status::Received), items, answer_by)
}

/// Takes a recognition back by a later decision.
#[must_use]
pub fn revoke(permit: Permit<act::Revoke, Dossier>, number: &str, reason: &str) -> Transition {
    let mut step = Transition::step(permit, "revoked", Status::Revoked);
    step.reason = Some(reason.to_owned());
    step.detail = json!({ "number": number });
    step
}
