//! What the criteria engine found, as sentences: why, what would flip it, the rows behind it.
//!
//! All of it is made of the outcome and the pinned ruleset, so that a decision of years ago is explained in the same words.

mod flip;
mod rows;
#[cfg(test)]
mod tests;
mod why;

pub use flip::flip;
pub use rows::rows;
pub use why::why;

use super::ruleset::{incidents, label, lower};
use crate::ruleset::engine::{Change, Condition, Flip, Outcome, Overall, Value};
use crate::ruleset::{Finding, Gravity, Metric, Period, Ruleset, SubjectKind, Window, quarter_one};
use crate::web::filters::dates::day;
use crate::web::filters::numbers::number;
use chrono::Datelike;

/// Beside a result that may still change by itself.
pub const PROVISIONAL: &str = "dự kiến";

/// Beside a result that will not change by itself any more.
pub const OFFICIAL: &str = "chính thức";

/// Said when a what-if changes nothing.
pub const NOTHING_FLIPS: &str = "Không tiêu chí nào đổi kết quả.";

/// The most names in a sentence; the rows have them all.
const NAMES: usize = 3;

/// A finding inside a sentence.
#[must_use]
pub const fn verdict(finding: Finding) -> &'static str {
    match finding {
        Finding::Met => "đạt",
        Finding::NotMet => "chưa đạt",
        Finding::Insufficient => "chưa đủ căn cứ",
    }
}

/// [`PROVISIONAL`] or [`OFFICIAL`].
#[must_use]
pub const fn state(outcome: &Outcome) -> &'static str {
    if outcome.provisional { PROVISIONAL } else { OFFICIAL }
}

/// Why a result is provisional; none when it is not.
#[must_use]
pub fn provisional(outcome: &Outcome) -> Option<String> {
    let waits = |it: &Condition| matches!(it.value, Value::Share { numerator: Metric::UnitsRecognised, .. });
    let units = outcome.conditions.iter().any(|it| it.provisional && waits(it));
    outcome.provisional.then(|| {
        if units {
            "Dự kiến: còn đơn vị chưa có quyết định công nhận.".to_owned()
        } else {
            "Dự kiến: kỳ đánh giá chưa hết.".to_owned()
        }
    })
}

/// What each condition of the criterion asks, with its numbers.
#[must_use]
pub fn threshold(ruleset: &Ruleset, subject: SubjectKind, outcome: &Outcome) -> String {
    let asked: Vec<String> = outcome.conditions.iter().map(|it| asked(ruleset, subject, &it.value)).collect();
    if asked.is_empty() { "Chưa có điều kiện nào.".to_owned() } else { sentence(&asked) }
}

fn asked(ruleset: &Ruleset, subject: SubjectKind, value: &Value) -> String {
    match value {
        Value::Document { part, period, .. } => {
            format!("{} có ngày trong {}", super::ruleset::part_title(ruleset, subject, part), period_long(*period))
        }
        Value::Share { denominator, whole, at_least_percent, .. } => match whole {
            Some(whole) if *whole > 0 => {
                let needed = number(Value::needed(*whole, *at_least_percent));
                format!("Cần {at_least_percent}% của {} {}, tức {needed}", number(*whole), things(*denominator))
            }
            _ => format!("Cần {at_least_percent}% {}", denominator.name_vi()),
        },
        Value::Amount { metric, at_least, .. } => format!("Cần ít nhất {} {}", number(*at_least), things(*metric)),
        Value::Nought { metric, .. } => format!("Cần 0 {}", things(*metric)),
        Value::Events { gravity, .. } => format!("Cần 0 {} đã xác nhận", of_gravity(*gravity)),
        Value::Trend { .. } => "Không loại vụ việc nào tăng so với kỳ trước".to_owned(),
        Value::RollUp { subject: of, lines } => format!("Cần đủ {} tiêu chí của {} đạt", lines.len(), of.name_vi()),
        Value::Judgement => "Người thẩm định kết luận theo minh chứng".to_owned(),
    }
}

/// The sum of all criteria, and which ones decide it.
#[must_use]
pub fn overall(ruleset: &Ruleset, subject: SubjectKind, overall: &Overall) -> String {
    let all = overall.met + overall.not_met.len() + overall.insufficient.len();
    let named = |codes: &[String]| names(codes.iter().map(|code| label(ruleset, subject, code)));
    let mut said = vec![match overall.finding {
        Finding::Met => format!("Cả {all} tiêu chí đạt"),
        Finding::NotMet | Finding::Insufficient => format!("Đạt {}/{all} tiêu chí", overall.met),
    }];
    if !overall.not_met.is_empty() {
        said.push(format!("{} chưa đạt: {}", overall.not_met.len(), named(&overall.not_met)));
    }
    if !overall.insufficient.is_empty() {
        said.push(format!("{} chưa đủ căn cứ: {}", overall.insufficient.len(), named(&overall.insufficient)));
    }
    if !overall.overridden.is_empty() {
        said.push(format!("người thẩm định kết luận khác số liệu: {}", named(&overall.overridden)));
    }
    if all == 0 {
        said = vec!["Chưa có tiêu chí nào để xét".to_owned()];
    }
    if overall.provisional && overall.finding == Finding::Met {
        said.push(format!("kết quả {PROVISIONAL}"));
    }
    sentence(&said)
}

/// What a what-if turns over.
#[must_use]
pub fn flipped(ruleset: &Ruleset, subject: SubjectKind, flip: &Flip) -> String {
    let Flip { code, before, after } = flip;
    format!("{}: từ {} thành {}.", label(ruleset, subject, code), verdict(*before), verdict(*after))
}

/// What is added in thought: "Thêm 12 hộ đăng ký".
#[must_use]
pub fn change(ruleset: &Ruleset, change: &Change) -> String {
    match change {
        Change::Registered(more) => more_or_fewer(*more, things(Metric::HouseholdsRegistered)),
        Change::Pledged(more) => more_or_fewer(*more, things(Metric::HouseholdsPledged)),
        Change::Arrived(more) => more_or_fewer(*more, "hộ mới đến, chưa đăng ký"),
        Change::UnitsRegistered(more) => more_or_fewer(*more, things(Metric::UnitsRegistered)),
        Change::Recognised(more) => more_or_fewer(*more, things(Metric::UnitsRecognised)),
        Change::Incidents { kind, gravity, n } => {
            let kind = incidents(ruleset, std::slice::from_ref(kind));
            format!("{} ({kind})", more_or_fewer(*n, of_gravity(Some(*gravity).filter(|it| *it == Gravity::High))))
        }
        Change::Figure(metric, value) => format!("{} là {}", super::ruleset::capital(metric.name_vi()), number(*value)),
    }
}

fn more_or_fewer(n: i64, what: &str) -> String {
    let word = if n < 0 { "Bớt" } else { "Thêm" };
    format!("{word} {} {what}", number(n.unsigned_abs()))
}

/// What a figure counts: "hộ" in "349/350 hộ".
#[must_use]
pub const fn unit(metric: Metric) -> &'static str {
    match metric {
        Metric::HouseholdsResident | Metric::HouseholdsRegistered | Metric::HouseholdsPledged => "hộ",
        Metric::UnitsTotal | Metric::UnitsRegistered | Metric::UnitsRecognised => "đơn vị",
        Metric::EffectiveInitiatives => "mô hình",
        Metric::CoreForceDisciplined
        | Metric::WardPoliceDisciplined
        | Metric::StaffTotal
        | Metric::StaffInformed
        | Metric::Population => "người",
    }
}

/// "hộ đăng ký" of "số hộ đăng ký".
fn things(metric: Metric) -> &'static str {
    let name = metric.name_vi();
    name.strip_prefix("số ").unwrap_or(name)
}

/// "vụ", or what to call one of this gravity.
const fn of_gravity(gravity: Option<Gravity>) -> &'static str {
    match gravity {
        None => "vụ",
        Some(Gravity::Ordinary) => "vụ ở mức độ thường",
        Some(Gravity::High) => "vụ ở mức độ cao",
    }
}

fn period_name(period: Window) -> &'static str {
    period_of(period).0
}

fn period_long(period: Window) -> String {
    let (name, kind) = period_of(period);
    match kind {
        Period::QuarterOne => format!("{name} (1/1 đến hết 31/3/{})", period.to.year()),
        Period::Window => format!("{name} ({} đến hết {})", day(period.from), day(period.to)),
    }
}

fn period_of(period: Window) -> (&'static str, Period) {
    if period == quarter_one(period.to.year()) {
        ("quý I", Period::QuarterOne)
    } else {
        ("kỳ đánh giá", Period::Window)
    }
}

/// "Khoản 1.3, Khoản 4", the first few of a long list.
fn names<'a>(all: impl ExactSizeIterator<Item = &'a str>) -> String {
    let rest = all.len().saturating_sub(NAMES);
    let first = all.take(NAMES).collect::<Vec<_>>().join(", ");
    if rest > 0 { format!("{first} và {rest} tiêu chí nữa") } else { first }
}

/// One sentence of clauses; each may begin with a capital of its own.
fn sentence(clauses: &[String]) -> String {
    let mut said = String::new();
    for (at, clause) in clauses.iter().enumerate() {
        if at > 0 {
            said.push_str("; ");
            said.push_str(&lower(clause));
        } else {
            said.push_str(clause);
        }
    }
    said.push('.');
    said
}
