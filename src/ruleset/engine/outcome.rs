//! What the engine says: the finding, and what it rests on.

use chrono::NaiveDate;
use serde::Serialize;

use super::facts::Incident;
use crate::ruleset::model::{Finding, Gravity, Metric, SubjectKind, Window};

/// What is found about one criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// The criterion.
    pub code: String,
    /// What the program finds by itself; none when only a person can say.
    pub computed: Option<Finding>,
    /// What a person found.
    pub judged: Option<Finding>,
    /// A part of it, or all, is for a person to judge.
    pub needs_person: bool,
    /// It may still change by itself: the window runs, or units are recommended but not decided.
    pub provisional: bool,
    /// What it rests on: one for each condition of the criterion.
    pub conditions: Vec<Condition>,
}

impl Outcome {
    /// What counts: the person's finding; without one the program's, which never says "met" for a person who has not spoken.
    #[must_use]
    pub fn finding(&self) -> Finding {
        match (self.judged, self.computed) {
            (Some(judged), _) => judged,
            (None, Some(Finding::NotMet)) => Finding::NotMet,
            (None, Some(computed)) if !self.needs_person => computed,
            (None, _) => Finding::Insufficient,
        }
    }

    /// What a person's finding is measured against: whoever finds otherwise says why. Where a part is a person's to judge, only a
    /// better finding is otherwise: the person's part can always make it worse.
    #[must_use]
    pub fn benchmark(&self, judged: Finding) -> Option<Finding> {
        self.computed.filter(|computed| !self.needs_person || super::combined([judged, *computed]) != judged)
    }

    /// A person found otherwise than the program.
    #[must_use]
    pub fn is_overridden(&self) -> bool {
        self.judged.is_some_and(|judged| self.benchmark(judged).is_some_and(|benchmark| benchmark != judged))
    }

    /// What the program would answer if it were asked to judge: its own finding, where no person is needed.
    #[must_use]
    pub fn proposal(&self) -> Option<Finding> {
        self.computed.filter(|_| !self.needs_person)
    }
}

/// One condition of a criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Condition {
    /// What the program finds; none when a person has to say.
    pub finding: Option<Finding>,
    /// It may still change by itself.
    pub provisional: bool,
    /// What it rests on.
    pub value: Value,
}

impl Condition {
    /// A person has to say, of all of it or of a part.
    #[must_use]
    pub fn needs_person(&self) -> bool {
        match &self.value {
            Value::Judgement => true,
            Value::RollUp { lines, .. } => lines.iter().any(|line| line.needs_person),
            Value::Document { .. }
            | Value::Share { .. }
            | Value::Amount { .. }
            | Value::Nought { .. }
            | Value::Events { .. }
            | Value::Trend { .. } => false,
        }
    }
}

/// What a condition rests on: value, threshold, rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Value {
    /// A paper with a day.
    Document {
        /// Code of the part.
        part: String,
        /// The day on it.
        issued_on: Option<NaiveDate>,
        /// The days that count.
        period: Window,
        /// The unit's first day, where that is after the period.
        founded: Option<NaiveDate>,
    },
    /// A share of a whole.
    Share {
        /// What is counted.
        numerator: Metric,
        /// Out of what.
        denominator: Metric,
        /// The count; none while unknown.
        part: Option<i64>,
        /// The whole; none while unknown.
        whole: Option<i64>,
        /// 0 to 100.
        at_least_percent: u32,
        /// Units of the part that are not decided yet and may still join it.
        open: i64,
    },
    /// A figure that has to reach a number.
    Amount {
        /// What is counted.
        metric: Metric,
        /// The count; none while unknown.
        value: Option<i64>,
        /// The number.
        at_least: i64,
    },
    /// A figure that has to be nought.
    Nought {
        /// What is counted.
        metric: Metric,
        /// The count; none while unknown.
        value: Option<i64>,
    },
    /// Incidents that must not have happened.
    Events {
        /// Codes of types.
        types: Vec<String>,
        /// Only this gravity; none means any.
        gravity: Option<Gravity>,
        /// Confirmed ones inside the window.
        confirmed: i64,
        /// Written down and not confirmed.
        pending: i64,
        /// The days looked at, up to the day that is asked about.
        days: Window,
        /// The rows, confirmed or not, by day.
        rows: Vec<Incident>,
    },
    /// Categories held down against the year before.
    Trend {
        /// One for each category.
        lines: Vec<TrendLine>,
        /// Why there is nothing to compare with, or not everything.
        missing: Option<Missing>,
        /// Written down in this window and not confirmed.
        pending: i64,
        /// The days looked at, up to the day that is asked about.
        days: Window,
    },
    /// Other criteria, asked of this unit's own facts.
    RollUp {
        /// Whose list they stand in.
        subject: SubjectKind,
        /// One for each.
        lines: Vec<Rolled>,
    },
    /// A person decides.
    Judgement,
}

impl Value {
    /// Smallest part that meets a share: 17 of 24 for 70%.
    #[must_use]
    pub fn needed(whole: i64, at_least_percent: u32) -> i64 {
        let hundredths = i128::from(whole) * i128::from(at_least_percent);
        i64::try_from(-(-hundredths).div_euclid(100)).unwrap_or(i64::MAX)
    }
}

/// A category of incidents, this year against the year before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TrendLine {
    /// Code of the type.
    pub category: String,
    /// Confirmed ones inside the window.
    pub now: i64,
    /// Written down inside the window and not confirmed.
    pub pending: i64,
    /// Confirmed ones of the window before; none when unknown.
    pub before: Option<i64>,
    /// Written down in the window before and not confirmed.
    pub pending_before: i64,
}

impl TrendLine {
    /// How many more there may be before it is more than the year before.
    #[must_use]
    pub fn spare(&self) -> i64 {
        self.before.unwrap_or(0).saturating_sub(self.now).saturating_sub(self.pending)
    }

    /// Held down for sure, grown for sure, or neither while counts wait to be confirmed or entered.
    #[must_use]
    pub fn finding(&self, missing: Option<Missing>) -> Finding {
        let before = self.before.unwrap_or(0);
        if self.now.saturating_add(self.pending) <= before {
            Finding::Met
        } else if missing.is_none() && self.now > before.saturating_add(self.pending_before) {
            Finding::NotMet
        } else {
            Finding::Insufficient
        }
    }
}

/// Why there is nothing to compare with, or not everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Missing {
    /// Nobody entered the counts of the year before, nor said that there were none.
    NotEntered {
        /// That year.
        year: i32,
    },
    /// Some counts of the year before are there, and nobody said that these are all.
    NotComplete {
        /// That year.
        year: i32,
    },
    /// The unit was not there during the whole year before.
    Founded {
        /// Its first day.
        on: NaiveDate,
    },
}

/// A criterion inside a roll-up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rolled {
    /// Its code.
    pub code: String,
    /// What the program finds; none when it is for a person alone.
    pub finding: Option<Finding>,
    /// A person has to say, of all of it or of a part.
    pub needs_person: bool,
    /// It may still change by itself.
    pub provisional: bool,
}

/// All criteria together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Overall {
    /// All must hold.
    pub finding: Finding,
    /// Codes of criteria that are not met.
    pub not_met: Vec<String>,
    /// Codes of criteria without enough grounds.
    pub insufficient: Vec<String>,
    /// Codes of criteria where a person found otherwise than the program.
    pub overridden: Vec<String>,
    /// How many are met.
    pub met: usize,
    /// One of them may still change by itself.
    pub provisional: bool,
}

impl Overall {
    /// Sums outcomes up.
    #[must_use]
    pub fn of(outcomes: &[Outcome]) -> Self {
        let with = |finding: Finding| {
            outcomes.iter().filter(|it| it.finding() == finding).map(|it| it.code.clone()).collect::<Vec<_>>()
        };
        Self {
            finding: super::combined(outcomes.iter().map(Outcome::finding)),
            met: with(Finding::Met).len(),
            not_met: with(Finding::NotMet),
            insufficient: with(Finding::Insufficient),
            overridden: outcomes.iter().filter(|it| it.is_overridden()).map(|it| it.code.clone()).collect(),
            provisional: outcomes.iter().any(|it| it.provisional),
        }
    }
}
