//! "Nếu thêm 12 hộ ký, nếu thêm 1 vụ": which criterion flips.

use super::facts::{Facts, Households, Incident, Standing, Unit};
use super::{Case, Outcome};
use crate::ruleset::model::{Finding, Gravity, Metric};

/// Something added to the facts in thought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// More households that register; negative: fewer.
    Registered(i64),
    /// More households that sign; whoever signs has registered.
    Pledged(i64),
    /// More households that live there and have not registered.
    Arrived(i64),
    /// Incidents of a type, confirmed, today or on the nearest day that counts.
    Incidents {
        /// Code of the type.
        kind: String,
        /// How grave.
        gravity: Gravity,
        /// How many.
        n: i64,
    },
    /// More units under the ward that register; negative: fewer.
    UnitsRegistered(i64),
    /// More units under the ward that are recognised, those that wait first; negative: fewer, those not decided yet first.
    Recognised(i64),
    /// A typed figure, as it would be.
    Figure(Metric, i64),
}

/// A criterion that comes out otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flip {
    /// Its code.
    pub code: String,
    /// What is found now.
    pub before: Finding,
    /// What would be found.
    pub after: Finding,
}

/// The criteria whose computed finding changes. Verdicts of people stand aside: they do not follow by themselves.
pub(super) fn flips(case: &Case<'_>, changes: &[Change]) -> Vec<Flip> {
    let facts = changed(case, changes);
    let then = Case { facts: &facts, ..*case };
    // What was a person's alone counts as without grounds until the program can say something.
    let computed = |outcome: &Outcome| outcome.computed.unwrap_or(Finding::Insufficient);
    let pairs = case.outcomes().into_iter().zip(then.outcomes());
    pairs
        .filter_map(|(now, then)| {
            let (before, after) = (computed(&now), computed(&then));
            (before != after).then_some(Flip { code: now.code, before, after })
        })
        .collect()
}

pub(super) fn changed(case: &Case<'_>, changes: &[Change]) -> Facts {
    let mut facts = case.facts.clone();
    for change in changes {
        match change {
            Change::Registered(more) => facts.households.register(*more),
            Change::Pledged(more) => facts.households.pledge(*more),
            Change::Arrived(more) => facts.households.arrive(*more),
            Change::Incidents { kind, gravity, n } => {
                let lived = case.lived();
                facts.incidents.push(Incident {
                    on: Some(case.today.max(lived.from).min(lived.to)),
                    year: None,
                    kind: kind.clone(),
                    gravity: *gravity,
                    n: *n,
                    confirmed: true,
                });
            }
            Change::UnitsRegistered(more) => {
                let joins = *more > 0;
                let others = facts.units.iter_mut().filter(|unit| case.counts(unit) && unit.registered != joins);
                others.take(most(*more)).for_each(|unit| unit.registered = joins);
            }
            Change::Recognised(more) => recognised(case, &mut facts.units, *more),
            Change::Figure(metric, value) => {
                facts.figures.insert(*metric, *value);
            }
        }
    }
    facts
}

fn most(more: i64) -> usize {
    usize::try_from(more.unsigned_abs()).unwrap_or(usize::MAX)
}

/// No more register than live there, and whoever signs has registered.
impl Households {
    fn register(&mut self, more: i64) {
        self.registered = self.registered.saturating_add(more).clamp(0, self.resident.max(0));
        self.pledged = self.pledged.min(self.registered);
    }

    fn pledge(&mut self, more: i64) {
        self.pledged = self.pledged.saturating_add(more).clamp(0, self.resident.max(0));
        self.registered = self.registered.max(self.pledged);
    }

    fn arrive(&mut self, more: i64) {
        self.resident = self.resident.saturating_add(more).max(self.registered);
    }
}

fn recognised(case: &Case<'_>, units: &mut [Unit], more: i64) {
    let (in_turn, then) = if more > 0 {
        ([Standing::Open, Standing::Refused], Standing::Recognised)
    } else {
        ([Standing::Recommended, Standing::Recognised], Standing::Refused)
    };
    let mut left = most(more);
    for standing in in_turn {
        for unit in units.iter_mut().filter(|unit| case.counts(unit) && unit.standing == standing) {
            if left == 0 {
                return;
            }
            unit.standing = then;
            left -= 1;
        }
    }
}
