//! "Thêm 38 hộ đăng ký thì đạt": the smallest change of one figure that turns a condition over.

use serde::Serialize;

use super::combined;
use super::outcome::{Condition, Missing, TrendLine, Value};
use crate::ruleset::model::{Finding, Gravity, Metric};

/// A change of one figure, after which a condition comes out otherwise; one less of it changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Turn {
    /// What changes.
    pub figure: Figure,
    /// How many more; negative: fewer.
    pub by: i64,
    /// What the condition comes to then.
    pub after: Finding,
}

/// What may change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Figure {
    /// A count. More households are households that have not registered.
    Of(Metric),
    /// Confirmed incidents of any one of these types.
    Incidents {
        /// Codes of types.
        kinds: Vec<String>,
        /// Only this gravity; none means any.
        gravity: Option<Gravity>,
    },
}

impl Condition {
    /// What would turn this condition over; none when no figure does: a paper, a person's judgement, an incident that happened.
    #[must_use]
    pub fn turn(&self) -> Option<Turn> {
        match &self.value {
            Value::Share { numerator, denominator, part, whole, at_least_percent, open } => {
                share((*numerator, *denominator), ((*part)?, (*whole)?), *at_least_percent, *open)
            }
            Value::Amount { metric, value, at_least } => amount(*metric, (*value)?, *at_least),
            Value::Nought { metric, value } => match (*value)? {
                0 => Some(of(*metric, 1, Finding::NotMet)),
                n => Some(of(*metric, n.checked_neg()?, Finding::Met)),
            },
            Value::Events { types, gravity, confirmed: 0, days, .. } if !days.is_empty() => {
                let figure = Figure::Incidents { kinds: types.clone(), gravity: *gravity };
                Some(Turn { figure, by: 1, after: Finding::NotMet })
            }
            Value::Trend { lines, missing, .. } if self.finding == Some(Finding::Met) => trend(lines, *missing),
            Value::Events { .. }
            | Value::Trend { .. }
            | Value::Document { .. }
            | Value::RollUp { .. }
            | Value::Judgement => None,
        }
    }
}

fn of(metric: Metric, by: i64, after: Finding) -> Turn {
    Turn { figure: Figure::Of(metric), by, after }
}

fn share(metrics: (Metric, Metric), (part, whole): (i64, i64), at_least_percent: u32, open: i64) -> Option<Turn> {
    if part < 0 || whole <= 0 || part > whole {
        return None;
    }
    let needed = Value::needed(whole, at_least_percent);
    let short = |needed: i64, part: i64| {
        if part.saturating_add(open) >= needed { Finding::Insufficient } else { Finding::NotMet }
    };
    if part < needed {
        (needed <= whole).then(|| of(metrics.0, needed - part, Finding::Met))
    } else if needed == 0 {
        None
    } else if metrics.1 == Metric::HouseholdsResident {
        // Whoever moves in has not registered yet.
        let most = i64::try_from(i128::from(part) * 100 / i128::from(at_least_percent)).ok()?;
        let by = most.checked_add(1)? - whole;
        Some(of(metrics.1, by, short(part.saturating_add(1), part)))
    } else {
        Some(of(metrics.0, needed - 1 - part, short(needed, needed - 1)))
    }
}

fn amount(metric: Metric, value: i64, at_least: i64) -> Option<Turn> {
    if value < at_least {
        Some(of(metric, at_least.checked_sub(value)?, Finding::Met))
    } else {
        (at_least > 0).then(|| of(metric, at_least - 1 - value, Finding::NotMet))
    }
}

/// The categories that are nearest to growing; of these the ones where it counts most, should some still wait for counts of the year
/// before.
fn trend(lines: &[TrendLine], missing: Option<Missing>) -> Option<Turn> {
    let by = lines.iter().map(TrendLine::spare).min()?.checked_add(1)?;
    let grown = |line: &TrendLine| TrendLine { now: line.now.saturating_add(by), ..line.clone() }.finding(missing);
    let nearest = || lines.iter().filter(|line| line.spare() < by);
    let after = combined(nearest().map(grown));
    let kinds = nearest().filter(|line| grown(line) == after).map(|line| line.category.clone()).collect();
    Some(Turn { figure: Figure::Incidents { kinds, gravity: None }, by, after })
}
