//! "Nếu thêm 12 hộ ký, nếu thêm 1 vụ": which criterion flips.

use chrono::NaiveDate;

use super::Case;
use super::facts::{Facts, Incident, Standing};
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
    /// Incidents of a type, confirmed, today or on the last day of the window.
    Incidents {
        /// Code of the type.
        kind: String,
        /// How grave.
        gravity: Gravity,
        /// How many.
        n: i64,
    },
    /// More units under the ward that are recognised.
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
    let mut facts = case.facts.clone();
    for change in changes {
        apply(&mut facts, change, case.today.min(case.window.to));
    }
    let then = Case { facts: &facts, ..*case };
    let pairs = case.outcomes().into_iter().zip(then.outcomes());
    pairs
        .filter_map(|(now, then)| {
            let (before, after) = (now.computed?, then.computed?);
            (before != after).then_some(Flip { code: now.code, before, after })
        })
        .collect()
}

fn apply(facts: &mut Facts, change: &Change, day: NaiveDate) {
    let households = &mut facts.households;
    match change {
        Change::Registered(more) => {
            households.registered = (households.registered + more).clamp(0, households.resident);
            households.pledged = households.pledged.min(households.registered);
        }
        Change::Pledged(more) => {
            households.pledged = (households.pledged + more).clamp(0, households.resident);
            households.registered = households.registered.max(households.pledged);
        }
        Change::Arrived(more) => households.resident = (households.resident + more).max(households.registered),
        Change::Incidents { kind, gravity, n } => facts.incidents.push(Incident {
            kind: kind.clone(),
            gravity: *gravity,
            on: Some(day),
            year: None,
            n: *n,
            confirmed: true,
        }),
        Change::Recognised(more) => {
            let waiting = facts.units.iter_mut().filter(|unit| unit.standing == Standing::Open);
            for unit in waiting.take(usize::try_from(*more).unwrap_or(0)) {
                unit.standing = Standing::Recommended;
            }
        }
        Change::Figure(metric, value) => {
            facts.figures.insert(*metric, *value);
        }
    }
}
