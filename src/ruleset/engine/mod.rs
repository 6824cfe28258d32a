//! What the program can find by itself about a unit and its criteria.
//!
//! Pure: a [`Case`] (rules, year, window, day, [`Facts`], and what people found) goes in, an [`Outcome`] for each criterion comes out.
//! The same case gives the same outcomes for ever, so a decision keeps its facts and can be computed again years later. Nothing out
//! of nothing, an unknown figure, a count that nobody confirmed where it matters: not enough grounds ([`Finding::Insufficient`]),
//! never met.
//! Sentences about outcomes are in `words::engine`.

mod evaluate;
mod facts;
mod outcome;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
mod turn;
mod what_if;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::model::{Finding, Ruleset, SubjectKind, SubjectRules, Window};

pub use facts::{Birth, Document, Facts, Households, How, Incident, Life, Standing, Unit};
pub use outcome::{Condition, Missing, Outcome, Overall, Rolled, TrendLine, Value};
pub use turn::{Figure, Turn};
pub use what_if::{Change, Flip};

/// What people found, by the code of the criterion.
pub type Judged = BTreeMap<String, Finding>;

/// A unit in a year, with everything the engine may look at.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// The pinned ruleset.
    pub ruleset: &'a Ruleset,
    /// Whose criteria are asked.
    pub subject: SubjectKind,
    /// The year of the cycle.
    pub year: i32,
    /// The days that count for this kind of unit, as the cycle has them.
    pub window: Window,
    /// The day on which is asked; while the window runs, a result is provisional.
    pub today: NaiveDate,
    /// The facts.
    pub facts: &'a Facts,
    /// What people found.
    pub judged: &'a Judged,
}

impl<'a> Case<'a> {
    /// The rules of this kind of unit.
    #[must_use]
    pub fn rules(&self) -> Option<&'a SubjectRules> {
        self.ruleset.subject(self.subject)
    }

    /// One outcome for each criterion, in the order of the rules; none for a kind of unit that the ruleset does not judge.
    #[must_use]
    pub fn outcomes(&self) -> Vec<Outcome> {
        let criteria = self.rules().map_or(&[][..], |rules| &rules.criteria);
        criteria.iter().map(|criterion| evaluate::criterion(self, criterion)).collect()
    }

    /// The outcome of one criterion.
    #[must_use]
    pub fn outcome(&self, code: &str) -> Option<Outcome> {
        Some(evaluate::criterion(self, self.rules()?.criterion(code)?))
    }

    /// The days that count for this unit: the window, as far as the unit was there. A unit that was merged of others, or put in the
    /// place of one, has their days too. No day at all for a unit that came or went outside the window.
    #[must_use]
    pub fn lived(&self) -> Window {
        let life = &self.facts.life;
        let has_older_days = life.inherits() && life.from <= self.window.to;
        let from = if has_older_days { self.window.from } else { self.window.from.max(life.from) };
        let to = life.to.map_or(self.window.to, |last| last.min(self.window.to));
        Window { from, to }
    }

    /// The days that count are not over on the day that is asked about.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.today <= self.lived().to
    }

    /// The units under the ward that stand in its ratios, by the ruleset.
    pub fn units(&self) -> impl Iterator<Item = &'a Unit> {
        let case = *self;
        self.facts.units.iter().filter(move |unit| case.counts(unit))
    }

    fn counts(&self, unit: &Unit) -> bool {
        unit.counted && self.ruleset.subject(unit.kind).is_some_and(|rules| rules.counts_in_ward_ratio)
    }

    /// The facts with these things added.
    #[must_use]
    pub fn with(&self, changes: &[Change]) -> Facts {
        what_if::changed(self, changes)
    }

    /// The facts with these things added in thought.
    #[must_use]
    pub fn supposing(&self, changes: &[Change]) -> Facts {
        what_if::changed(self, changes)
    }

    /// What changes when these things are added to the facts; nothing is written.
    #[must_use]
    pub fn what_if(&self, changes: &[Change]) -> Vec<Flip> {
        what_if::flips(self, changes)
    }
}

/// All must hold: one that does not decides, then one without enough grounds. Nothing to combine is not enough grounds.
#[must_use]
pub fn combined(findings: impl IntoIterator<Item = Finding>) -> Finding {
    let mut all = None;
    for finding in findings {
        all = Some(match (all, finding) {
            (Some(Finding::NotMet), _) | (_, Finding::NotMet) => Finding::NotMet,
            (Some(Finding::Insufficient), _) | (_, Finding::Insufficient) => Finding::Insufficient,
            (_, Finding::Met) => Finding::Met,
        });
    }
    all.unwrap_or(Finding::Insufficient)
}
