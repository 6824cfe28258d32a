//! A dossier with everything around it, as one statement brings it, and what follows from it.

use chrono::{DateTime, Utc};

use super::{
    AssessmentRow, DecisionRow, Dossier, FactRow, Facts, FigureRow, FileRow, Finding, LastReturn, Meter, PartRow,
    PartState, ReturnItem, Sheet, VerdictRow, meter,
};
use crate::cycle::model::{Deadline, Window};
use crate::journal::model::Line;
use crate::platform::id::RulesetId;
use crate::ruleset::engine::{self, Outcome};
use crate::ruleset::{Criterion, DeadlineCode, DossierKind, Level, PartRule, SubjectKind, SubjectRules};

/// A dossier with all that its page and its rules need: one statement.
#[derive(Debug, Clone)]
pub struct Whole {
    /// Its own row.
    pub dossier: Dossier,
    /// "Tổ dân phố 7".
    pub subject_name: String,
    /// "Tổ 7".
    pub subject_short: String,
    /// "07".
    pub subject_code: String,
    /// "phường Phước Long".
    pub ward_name: String,
    /// "PL".
    pub ward_code: String,
    /// "thành phố Nha Trang".
    pub city_name: String,
    /// The year.
    pub year: i32,
    /// The pinned ruleset.
    pub ruleset: RulesetId,
    /// The year locks what is late.
    pub locks_late: bool,
    /// The evaluation window of this kind of unit.
    pub window: Window,
    /// The ward's own request was received by the city.
    pub package_received: bool,
    /// Groups forwarded and not decided.
    pub groups_pending: i64,
    /// The deadline of this kind of dossier.
    pub deadlines: Vec<Deadline>,
    /// The parts.
    pub parts: Vec<PartRow>,
    /// The return it answers, if any.
    pub last_return: Option<LastReturn>,
    /// What the city last handed back to the ward's desk, if anything.
    pub handed_back: Option<LastReturn>,
    /// Criteria that the city asks about and nobody has judged again since.
    pub recalled: Vec<ReturnItem>,
    /// Self-assessments.
    pub assessments: Vec<AssessmentRow>,
    /// Files that support criteria.
    pub evidence: Vec<FileRow>,
    /// Facts that support criteria without a file.
    pub facts_said: Vec<FactRow>,
    /// Typed figures.
    pub figures: Vec<FigureRow>,
    /// What the engine may look at; none for a registration.
    pub standing: Option<engine::Facts>,
    /// Verdicts.
    pub verdicts: Vec<VerdictRow>,
    /// Decisions, newest first.
    pub decisions: Vec<DecisionRow>,
    /// The newest events, newest first.
    pub timeline: Vec<Line>,
}

impl Whole {
    /// The unit's kind, as rulesets speak of it.
    #[must_use]
    pub const fn subject_kind(&self) -> SubjectKind {
        if self.dossier.is_of_ward() { SubjectKind::Ward } else { SubjectKind::Group }
    }

    /// The part of that code.
    #[must_use]
    pub fn part(&self, code: &str) -> Option<&PartRow> {
        self.parts.iter().find(|part| part.code == code)
    }

    /// The self-assessment of a criterion.
    #[must_use]
    pub fn assessment(&self, criterion: &str) -> Option<&AssessmentRow> {
        self.assessments.iter().find(|row| row.criterion == criterion)
    }

    /// The verdict on a criterion.
    #[must_use]
    pub fn verdict(&self, criterion: &str) -> Option<&VerdictRow> {
        self.verdicts.iter().find(|row| row.criterion == criterion)
    }

    /// What is said and found about its criteria.
    #[must_use]
    pub fn sheet(&self) -> Sheet<'_> {
        Sheet {
            assessments: &self.assessments,
            evidence: &self.evidence,
            facts: &self.facts_said,
            verdicts: &self.verdicts,
            recalled: &self.recalled,
        }
    }

    /// The evidence for a criterion.
    #[must_use]
    pub fn evidence_for(&self, criterion: &str) -> Vec<&FileRow> {
        self.evidence.iter().filter(|file| file.criterion.as_deref() == Some(criterion)).collect()
    }

    /// How complete the evidence of a criterion is, knowing what the program found of it.
    #[must_use]
    pub fn meter(&self, criterion: &Criterion, outcome: Option<&Outcome>) -> Meter {
        let of = |fact: &&FactRow| fact.criterion.as_ref() == Some(&criterion.code);
        let facts: Vec<&FactRow> = self.facts_said.iter().filter(of).collect();
        meter(criterion, &self.evidence_for(&criterion.code), &facts).knowing(outcome)
    }

    /// The facts for a criterion: day and words, in the order in which they happened.
    #[must_use]
    pub fn facts_for(&self, criterion: &str) -> Vec<(chrono::NaiveDate, &str)> {
        let of = |fact: &&FactRow| fact.criterion.as_deref() == Some(criterion);
        let mut said: Vec<_> =
            self.facts_said.iter().filter(of).map(|fact| (fact.happened_on, fact.said.as_str())).collect();
        said.sort_unstable();
        said
    }

    /// The decision that the dossier now rests on: the newest one, unless somebody took it back.
    #[must_use]
    pub fn decision(&self) -> Option<&DecisionRow> {
        self.decisions.first().filter(|decision| decision.void.is_none() && decision.kind != "revocation")
    }

    /// Why a part was sent back, while it is.
    #[must_use]
    pub fn part_reason(&self, code: &str) -> Option<&str> {
        reason(self.open_return()?, |item| item.is_part(code))
    }

    /// Why a criterion was sent back, while it is.
    #[must_use]
    pub fn criterion_reason(&self, code: &str) -> Option<&str> {
        reason(self.open_return()?, |item| item.is_criterion(code))
    }

    /// What the city handed back to the ward's desk, until the ward sends the dossier again.
    #[must_use]
    pub fn open_hand_back(&self) -> Option<&LastReturn> {
        self.handed_back.as_ref().filter(|_| self.dossier.status.is_before_city())
    }

    /// What the city asks of a part.
    #[must_use]
    pub fn part_asked(&self, code: &str) -> Option<&str> {
        reason(self.open_hand_back()?, |item| item.is_part(code))
    }

    /// What the city asks of a criterion.
    #[must_use]
    pub fn criterion_asked(&self, code: &str) -> Option<&str> {
        reason(self.open_hand_back()?, |item| item.is_criterion(code))
    }

    /// The return that waits for an answer.
    #[must_use]
    pub fn open_return(&self) -> Option<&LastReturn> {
        self.last_return
            .as_ref()
            .filter(|back| self.dossier.status == super::Status::Returned && back.attempt == self.dossier.attempt)
    }

    /// Whether the self-assessment of a criterion may be changed: all of a draft; of a return what it named.
    #[must_use]
    pub fn criterion_is_open(&self, code: &str) -> bool {
        match self.dossier.status {
            super::Status::Draft => true,
            super::Status::Returned => self.criterion_reason(code).is_some(),
            _ => false,
        }
    }

    /// Which deadline this dossier has.
    #[must_use]
    pub const fn deadline_code(&self) -> DeadlineCode {
        match (self.dossier.kind, self.dossier.is_of_ward()) {
            (DossierKind::Registration, false) => DeadlineCode::GroupRegistration,
            (DossierKind::Registration, true) => DeadlineCode::WardRegistration,
            (DossierKind::Request, false) => DeadlineCode::GroupRequest,
            (DossierKind::Request, true) => DeadlineCode::WardRequest,
        }
    }

    /// The deadline of this dossier.
    #[must_use]
    pub fn deadline(&self) -> Option<&Deadline> {
        self.deadlines.iter().find(|deadline| deadline.code == self.deadline_code())
    }

    /// How far a part is.
    #[must_use]
    pub fn part_state(&self, rule: &PartRule) -> PartState {
        let Some(row) = self.part(&rule.code) else {
            return PartState::Empty;
        };
        let sent_back = self.open_return().filter(|_| self.part_reason(&rule.code).is_some());
        if sent_back.is_some_and(|back| row.updated_at <= back.made_at) {
            PartState::Returned
        } else if row.is_untouched() {
            if rule.required { PartState::Empty } else { PartState::Optional }
        } else if row.lacks(rule).is_empty() {
            PartState::Done
        } else {
            PartState::Begun
        }
    }

    /// What the rules need to know.
    #[must_use]
    pub fn facts(&self, rules: &SubjectRules, outcomes: &[Outcome], is_overtaken: bool, now: DateTime<Utc>) -> Facts {
        let judged = |code: &str| self.verdict(code).map(|verdict| verdict.finding);
        let is_request = self.dossier.kind == DossierKind::Request;
        Facts {
            recognised_by: rules.recognised_by,
            locks_late: self.locks_late,
            is_late: self.deadline().is_some_and(|deadline| deadline.is_late(now)),
            parts_missing: rules
                .parts(self.dossier.kind)
                .iter()
                .filter(|rule| match self.part_state(rule) {
                    PartState::Done | PartState::Optional => false,
                    // A return is answered by touching what it named.
                    PartState::Returned => true,
                    PartState::Empty | PartState::Begun => rule.required,
                })
                .count(),
            assessments_missing: if is_request {
                rules.criteria.iter().filter(|criterion| self.assessment_is_due(&criterion.code)).count()
            } else {
                0
            },
            verdicts_missing: if is_request {
                outcomes.iter().filter(|outcome| self.sheet().is_due(outcome)).count()
            } else {
                rules.criteria.len()
            },
            not_met: rules
                .criteria
                .iter()
                .filter(|criterion| judged(&criterion.code).is_some_and(|found| found != Finding::Met))
                .count(),
            package_received: self.package_received,
            groups_pending: self.groups_pending,
            is_overtaken,
        }
    }

    /// The unit still has to say something about this criterion: nothing said, or sent back and not answered.
    #[must_use]
    pub fn assessment_is_due(&self, criterion: &str) -> bool {
        match (self.assessment(criterion), self.open_return()) {
            (None, _) => true,
            (Some(row), Some(back)) if self.criterion_reason(criterion).is_some() => row.updated_at <= back.made_at,
            (Some(_), _) => false,
        }
    }

    /// The receipt number of this dossier: "PL-2024-DK-07", for the ward's own "PL-2024-DK-P".
    #[must_use]
    pub fn receipt_number(&self) -> String {
        let kind = match self.dossier.kind {
            DossierKind::Registration => "DK",
            DossierKind::Request => "DN",
        };
        let unit = if self.dossier.is_of_ward() { "P" } else { &self.subject_code };
        format!("{}-{}-{kind}-{unit}", self.ward_code, self.year)
    }

    /// Whether somebody at this level recognises the subject by the ruleset.
    #[must_use]
    pub fn decided_by_ward(&self, rules: &SubjectRules) -> bool {
        !self.dossier.is_of_ward() && rules.recognised_by == Level::Ward
    }
}

fn reason(back: &LastReturn, is_it: impl Fn(&ReturnItem) -> bool) -> Option<&str> {
    back.items.iter().find(|item| is_it(item)).map(|item| item.reason.as_str())
}
