//! What a dossier is and the way it goes.
//!
//! The way: draft, submitted, received, perhaps returned and submitted again; a request goes on to appraised, recommended
//! or not, and then to whoever recognises (by ruleset the ward, or the city after the ward forwarded it).
//! Every step asks for a [`Permit`] and gives a [`Transition`]; nothing else can write a status.

use std::str::FromStr;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::access::{Actor, Permit, Place, UnknownWord, act};
use crate::platform::id::{CycleId, DossierId, UnitId};
use crate::ruleset::{DossierKind, Level};

/// Where a dossier stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// In the keeper's hands.
    Draft,
    /// Handed in.
    Submitted,
    /// Received by the level above. The end of the way for a registration.
    Received,
    /// Sent back with reasons.
    Returned,
    /// Every criterion judged.
    Appraised,
    /// The ward (for itself: the city's standing office) proposes recognition.
    Recommended,
    /// It does not.
    NotRecommended,
    /// Sent to the city with the ward's package.
    Forwarded,
    /// Đạt: recognised by decision.
    Recognised,
    /// Chưa đạt: not recognised by decision.
    NotRecognised,
    /// A later decision took the recognition back.
    Revoked,
}

impl Status {
    /// Every status, in the order of the way.
    pub const ALL: [Self; 11] = [
        Self::Draft,
        Self::Submitted,
        Self::Received,
        Self::Returned,
        Self::Appraised,
        Self::Recommended,
        Self::NotRecommended,
        Self::Forwarded,
        Self::Recognised,
        Self::NotRecognised,
        Self::Revoked,
    ];

    /// As the database writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Received => "received",
            Self::Returned => "returned",
            Self::Appraised => "appraised",
            Self::Recommended => "recommended",
            Self::NotRecommended => "not_recommended",
            Self::Forwarded => "forwarded",
            Self::Recognised => "recognised",
            Self::NotRecognised => "not_recognised",
            Self::Revoked => "revoked",
        }
    }

    /// The result is final at this level: verdicts and parts stand still.
    #[must_use]
    pub const fn is_concluded(self) -> bool {
        matches!(
            self,
            Self::Recommended | Self::NotRecommended | Self::Forwarded | Self::Recognised | Self::NotRecognised | Self::Revoked
        )
    }

    /// In the hands of those who keep it: they may change it.
    #[must_use]
    pub const fn is_with_keeper(self) -> bool {
        matches!(self, Self::Draft | Self::Returned)
    }
}

impl FromStr for Status {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        Self::ALL.into_iter().find(|status| status.as_str() == text).ok_or(UnknownWord)
    }
}

/// What somebody finds about one criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// Đạt.
    Met,
    /// Chưa đạt.
    NotMet,
    /// Chưa đủ căn cứ.
    Insufficient,
}

impl Finding {
    /// Every finding, in the order of the buttons.
    pub const ALL: [Self; 3] = [Self::Met, Self::NotMet, Self::Insufficient];

    /// As the database and the form write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not_met",
            Self::Insufficient => "insufficient",
        }
    }
}

impl FromStr for Finding {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        Self::ALL.into_iter().find(|finding| finding.as_str() == text).ok_or(UnknownWord)
    }
}

/// A dossier's own row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dossier {
    /// Its id.
    pub id: DossierId,
    /// Where it belongs.
    pub place: Place,
    /// The year.
    pub cycle: CycleId,
    /// The unit it is about: the group, or the ward itself.
    pub subject: UnitId,
    /// Registration or request.
    pub kind: DossierKind,
    /// Where it stands.
    pub status: Status,
    /// Counts changes of state; a form carries the one it was drawn from.
    pub version: i32,
    /// Which submission this is; 0 before the first.
    pub attempt: i32,
    /// The receipt number, once submitted.
    pub receipt: Option<String>,
    /// Why it came late, if it did.
    pub late_reason: Option<String>,
    /// From when the city sees it.
    pub sent_at: Option<DateTime<Utc>>,
    /// When it was last handed in.
    pub submitted_at: Option<DateTime<Utc>>,
    /// When it was received.
    pub received_at: Option<DateTime<Utc>>,
    /// While returned: the last day to answer.
    pub answer_by: Option<NaiveDate>,
}

impl Dossier {
    /// The ward's own dossier: kept by the ward, judged by the city.
    #[must_use]
    pub const fn is_of_ward(&self) -> bool {
        self.place.group.is_none()
    }

    /// Submitted again after a return.
    #[must_use]
    pub const fn is_resubmitted(&self) -> bool {
        matches!(self.status, Status::Submitted) && self.attempt > 1
    }
}

/// What the rules need to know beside the dossier's own row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Who recognises this kind of subject, by the pinned ruleset.
    pub recognised_by: Level,
    /// The year locks what is late.
    pub locks_late: bool,
    /// The deadline has passed.
    pub is_late: bool,
    /// Required parts that are not complete.
    pub parts_missing: usize,
    /// Criteria the unit has not assessed (requests only).
    pub assessments_missing: usize,
    /// Criteria without a verdict.
    pub verdicts_missing: usize,
    /// Criteria with a verdict other than "đạt".
    pub not_met: usize,
    /// The ward's own request dossier stands with the city and was received there.
    pub package_received: bool,
    /// Group dossiers at the city that are not decided yet.
    pub groups_pending: i64,
}

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
pub fn submit(permit: Permit<act::Submit, Dossier>, receipt: String, late_reason: Option<String>, now: DateTime<Utc>) -> Transition {
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

/// Sends it back: opens what is named and nothing else.
#[must_use]
pub fn send_back(permit: Permit<act::Return, Dossier>, items: &[ReturnItem], answer_by: NaiveDate) -> Transition {
    let mut step = Transition::step(permit, "returned", Status::Returned);
    step.after.answer_by = Some(answer_by);
    step.opens = Opens::Only(part_codes(items));
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
pub fn conclude(permit: Permit<act::Conclude, Dossier>, outcome: bool, reason: Option<String>, state_sha256: &str) -> Transition {
    let (verb, to) =
        if outcome { ("recommended", Status::Recommended) } else { ("not_recommended", Status::NotRecommended) };
    let mut step = Transition::step(permit, verb, to);
    step.reason = reason;
    step.detail = json!({ "state": state_sha256 });
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
    let (verb, to) = if outcome { ("recognised", Status::Recognised) } else { ("not_recognised", Status::NotRecognised) };
    let mut step = Transition::step(permit, verb, to);
    step.reason = reason;
    step.detail = json!({ "number": number, "state": state_sha256 });
    step
}
