//! From rows to tasks: pure, with the moment as a parameter.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use uuid::Uuid;

use crate::cycle::model::Deadline;
use crate::dossier::model::Status;
use crate::household::model::Address;
use crate::participation::model::Tally;
use crate::platform::clock::first_moment;
use crate::platform::id::{DossierId, HouseholdId, RulesetId, UnitId};
use crate::ruleset::{DeadlineCode, DossierKind};

/// A dossier as the start pages see it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Row {
    /// The dossier.
    pub id: DossierId,
    /// Its group; none for the ward's own.
    pub group: Option<UnitId>,
    /// Registration or request.
    pub kind: DossierKind,
    /// Where it stands.
    pub status: Status,
    /// For forms.
    pub version: i32,
    /// Which submission.
    pub attempt: i32,
    /// The last day to answer a return.
    pub answer_by: Option<NaiveDate>,
    /// Came late.
    pub late: bool,
    /// When it was handed in.
    pub submitted_at: Option<DateTime<Utc>>,
    /// The last change of state.
    pub updated_at: DateTime<Utc>,
    /// "Tổ dân phố 7".
    pub name: String,
    /// "Tổ 7".
    pub short: String,
    /// 7.
    pub ordinal: i32,
    /// The receipt.
    pub receipt: Option<String>,
    /// Things sent back.
    pub returned: i64,
    /// Criteria assessed by the unit.
    pub claimed: i64,
    /// Criteria with a verdict.
    pub judged: i64,
    /// Parts with something in them.
    pub parts_filled: i64,
}

/// A year as a seat sees it.
#[derive(Debug, Clone)]
pub struct Year {
    /// The year.
    pub year: i32,
    /// The pinned ruleset.
    pub ruleset: RulesetId,
    /// Its deadlines.
    pub deadlines: Vec<Deadline>,
    /// Its dossiers.
    pub rows: Vec<Row>,
    /// The counts of the households that the seat answers for.
    pub tally: Tally,
    /// Marks are written in the newest year alone.
    pub is_newest: bool,
    /// A leader's register was gone through at the beginning of the year.
    pub is_reviewed: bool,
    /// A leader's next unsigned door in walking order.
    pub next_door: Option<NextDoor>,
}

/// The household to sign next.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct NextDoor {
    /// The household.
    pub id: HouseholdId,
    /// "07-0123".
    pub code: String,
    /// Its head.
    pub head: String,
    /// Where it lives.
    pub address: Address,
    /// For its form.
    pub revision: i32,
}

/// A ward as the city sees it.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "counts and states, named by the statement that reads them")]
pub struct WardRow {
    pub id: UnitId,
    pub name: String,
    pub year: Option<i32>,
    pub groups: i64,
    pub registered: i64,
    pub submitted: i64,
    pub recommended: i64,
    pub recognised: i64,
    pub waiting: i64,
    pub registration: Option<Uuid>,
    pub registration_status: Option<String>,
    pub request: Option<Uuid>,
    pub request_status: Option<String>,
    pub sent_at: Option<DateTime<Utc>>,
    pub due_stated: Option<NaiveDate>,
    pub due_exclusive: Option<bool>,
}

impl Row {
    /// The deadline that this dossier has in the calendar.
    #[must_use]
    pub const fn deadline_code(&self) -> DeadlineCode {
        match (self.kind, self.group.is_some()) {
            (DossierKind::Registration, true) => DeadlineCode::GroupRegistration,
            (DossierKind::Registration, false) => DeadlineCode::WardRegistration,
            (DossierKind::Request, true) => DeadlineCode::GroupRequest,
            (DossierKind::Request, false) => DeadlineCode::WardRequest,
        }
    }

    /// When the keeper's time ends: a return has its own day, a draft the calendar's.
    #[must_use]
    pub fn closes_at(&self, year: &Year) -> Option<DateTime<Utc>> {
        match self.status {
            Status::Returned => Some(first_moment(self.answer_by?.succ_opt()?)),
            Status::Draft => Some(year.deadline(self.deadline_code())?.closes_at().to_utc()),
            _ => None,
        }
    }
}

impl Year {
    /// A deadline of this year.
    #[must_use]
    pub fn deadline(&self, code: DeadlineCode) -> Option<&Deadline> {
        self.deadlines.iter().find(|deadline| deadline.code == code)
    }

    /// Which kind of dossier the year is about now: registrations until two months after their deadline, then requests.
    #[must_use]
    pub fn season(&self, today: NaiveDate) -> DossierKind {
        let over =
            self.deadline(DeadlineCode::GroupRegistration).map(|deadline| deadline.last_day() + chrono::Days::new(60));
        if over.is_some_and(|day| today <= day) { DossierKind::Registration } else { DossierKind::Request }
    }

    /// The groups' dossiers of one kind, in the order of the groups.
    pub fn groups(&self, kind: DossierKind) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.kind == kind && row.group.is_some())
    }

    /// The ward's own dossier of one kind.
    #[must_use]
    pub fn own(&self, kind: DossierKind) -> Option<&Row> {
        self.rows.iter().find(|row| row.kind == kind && row.group.is_none())
    }

    /// What waits for its keeper, soonest first.
    #[must_use]
    pub fn with_keeper(&self) -> Vec<(&Row, DateTime<Utc>)> {
        let mut waiting: Vec<_> = self
            .rows
            .iter()
            .filter(|row| row.status.is_with_keeper())
            .filter_map(|row| Some((row, row.closes_at(self)?)))
            .collect();
        waiting.sort_by_key(|(row, closes_at)| (*closes_at, row.ordinal));
        waiting
    }
}

/// Why a group stands in the ward's queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// Returned, and the day to answer has passed.
    AnswerOverdue,
    /// Not handed in, and the deadline has passed.
    Overdue,
    /// Handed in again after a return.
    Resubmitted,
    /// Handed in, waits to be received.
    ToReceive,
    /// Judged, waits for the chair.
    ToConclude,
    /// Every criterion judged, not yet declared so.
    ToClose,
    /// Received, criteria still to judge.
    ToJudge,
    /// Not handed in, still in time.
    Missing,
    /// Returned, still in time.
    Answering,
}

/// One line of the queue: groups that need the same thing.
#[derive(Debug, Clone)]
pub struct Line<'a> {
    /// Why.
    pub why: Why,
    /// Which dossiers.
    pub rows: Vec<&'a Row>,
}

/// The ward's queue of one kind of dossier, most urgent first; groups that need the same thing share a line.
#[must_use]
pub fn queue(year: &Year, kind: DossierKind, criteria: i64, now: DateTime<Utc>) -> Vec<Line<'_>> {
    let why = |row: &Row| {
        let is_past = row.closes_at(year).is_some_and(|closes_at| now >= closes_at);
        Some(match row.status {
            Status::Returned if is_past => Why::AnswerOverdue,
            Status::Returned => Why::Answering,
            Status::Draft if is_past => Why::Overdue,
            Status::Draft => Why::Missing,
            Status::Submitted if row.attempt > 1 => Why::Resubmitted,
            Status::Submitted => Why::ToReceive,
            Status::Received if kind == DossierKind::Request && row.judged >= criteria => Why::ToClose,
            Status::Received if kind == DossierKind::Request => Why::ToJudge,
            Status::Appraised => Why::ToConclude,
            _ => return None,
        })
    };
    let mut lines: Vec<Line<'_>> = vec![];
    for row in year.groups(kind) {
        let Some(why) = why(row) else { continue };
        match lines.iter_mut().find(|line| line.why == why) {
            Some(line) => line.rows.push(row),
            None => lines.push(Line { why, rows: vec![row] }),
        }
    }
    lines.sort_by_key(|line| line.why);
    lines
}
