//! What would flip a criterion: the smallest change, in the direction that matters.

use super::{NAMES, incidents, label, names, of_gravity, period_name, sentence, things, verdict};
use crate::ruleset::engine::{Condition, Figure, Missing, Outcome, Rolled, TrendLine, Turn, Value};
use crate::ruleset::{Finding, Metric, Ruleset, SubjectKind};
use crate::web::filters::numbers::number;
use crate::words::ruleset::{lower, part_title};

/// What would flip what the program found: what is missing while it is not met, what breaks it once it is. None where only a person
/// can say, or where the law leaves nothing to do.
#[must_use]
pub fn flip(ruleset: &Ruleset, subject: SubjectKind, outcome: &Outcome) -> Option<String> {
    let mut open: Vec<&Condition> =
        outcome.conditions.iter().filter(|it| it.finding.is_some_and(|found| found != Finding::Met)).collect();
    open.sort_by_key(|it| it.finding != Some(Finding::NotMet));
    let clauses: Vec<String> = if open.is_empty() {
        outcome.conditions.iter().filter_map(|it| breaks(ruleset, it)).collect()
    } else {
        let then =
            if open.len() > 1 || outcome.needs_person { "thì đạt điều kiện này" } else { "thì đạt" };
        open.iter().filter_map(|it| mends(ruleset, subject, it, then)).collect()
    };
    (!clauses.is_empty()).then(|| sentence(&clauses))
}

/// What turns a condition that is met.
fn breaks(ruleset: &Ruleset, condition: &Condition) -> Option<String> {
    match &condition.value {
        Value::Share { numerator, .. } => {
            let Turn { figure: Figure::Of(metric), by, after } = condition.turn()? else { return None };
            let what = if metric == Metric::HouseholdsResident {
                let registers = things(*numerator).trim_start_matches("hộ ");
                format!("hộ mới đến chưa {registers}")
            } else {
                comers(metric)
            };
            Some(format!("{} {what} là {}", more_or_fewer(by), verdict(after)))
        }
        Value::Amount { metric, .. } | Value::Nought { metric, .. } => {
            let turn = condition.turn()?;
            Some(format!("{} {} là {}", more_or_fewer(turn.by), comers(*metric), verdict(turn.after)))
        }
        Value::Events { gravity, .. } => {
            let turn = condition.turn()?;
            let one = if gravity.is_none() { "vụ đã xác nhận" } else { of_gravity(*gravity) };
            Some(format!("Thêm {} {one} là {}", number(turn.by), verdict(turn.after)))
        }
        Value::Trend { lines, .. } => trend_breaks(ruleset, lines, &condition.turn()?),
        Value::RollUp { subject, lines } => {
            let met: Vec<&Rolled> = lines.iter().filter(|it| it.finding == Some(Finding::Met)).collect();
            match met.as_slice() {
                [] => None,
                [one] => Some(format!("{} chưa đạt là chưa đạt", label(ruleset, *subject, &one.code))),
                many => Some(format!("Một trong {} tiêu chí này chưa đạt là chưa đạt", many.len())),
            }
        }
        Value::Document { .. } | Value::Judgement => None,
    }
}

fn more_or_fewer(by: i64) -> String {
    let word = if by < 0 { "Bớt" } else { "Thêm" };
    format!("{word} {}", number(by.unsigned_abs()))
}

/// "đơn vị đăng ký": those that come are not there "already".
fn comers(metric: Metric) -> String {
    things(metric).replacen("đã ", "", 1)
}

fn trend_breaks(ruleset: &Ruleset, lines: &[TrendLine], turn: &Turn) -> Option<String> {
    let category = |line: &TrendLine| incidents(ruleset, std::slice::from_ref(&line.category));
    let Figure::Incidents { kinds, .. } = &turn.figure else { return None };
    let is_tight = |line: &&TrendLine| line.spare() == 0 && kinds.contains(&line.category);
    let tight: Vec<String> = lines.iter().filter(is_tight).map(category).collect();
    let mut roomy: Vec<&TrendLine> = lines.iter().filter(|line| line.spare() > 0).collect();
    roomy.sort_by_key(|line| line.spare());
    let told = |line: &&TrendLine| {
        let before = line.before.unwrap_or(0);
        format!("{} {}/{}", category(line), number(line.now.saturating_add(line.pending)), number(before))
    };
    let nearest = roomy.iter().take(NAMES).map(told).collect::<Vec<_>>().join(", ");
    let spare = match roomy.as_slice() {
        [] => None,
        [one] => Some(format!("Còn dư {} vụ so với kỳ trước: {nearest}", number(one.spare()))),
        _ => Some(format!("Còn dư so với kỳ trước: {nearest}")),
    };
    let which = match tight.as_slice() {
        [] => None,
        [one] => Some(one.clone()),
        [one, two] => Some(format!("{one} hoặc {two}")),
        _ if roomy.is_empty() => Some("thuộc bất kỳ loại nào".to_owned()),
        _ => Some("loại khác".to_owned()),
    };
    let more = which.map(|which| format!("Thêm 1 vụ {which} là {}", verdict(turn.after)));
    match (spare, more) {
        (Some(spare), Some(more)) => Some(format!("{spare}; {}", lower(&more))),
        (spare, more) => spare.or(more),
    }
}

/// What helps a condition that is not met or lacks grounds; `then` says what comes of it.
fn mends(ruleset: &Ruleset, subject: SubjectKind, condition: &Condition, then: &str) -> Option<String> {
    match &condition.value {
        Value::Document { founded: Some(_), .. } | Value::Judgement => None,
        Value::Document { part, period, founded: None, .. } => {
            let title = lower(part_title(ruleset, subject, part));
            Some(format!("Có {title} ghi ngày trong {} {then}", period_name(*period)))
        }
        Value::Share { numerator, part: None, .. } => Some(to_enter(*numerator)),
        Value::Share { denominator, whole: None, .. } => Some(to_enter(*denominator)),
        Value::Share { denominator, whole: Some(..=0), .. } => {
            Some(format!("Có {} thì tính được", things(*denominator)))
        }
        Value::Share { .. } => match condition.turn() {
            Some(turn) => figure(&turn, then),
            None => Some("Sửa số liệu cho khớp thì tính được".to_owned()),
        },
        Value::Amount { metric, value: None, .. } | Value::Nought { metric, value: None } => Some(to_enter(*metric)),
        Value::Amount { .. } => figure(&condition.turn()?, then),
        Value::Nought { .. } => Some("Chỉ đổi khi số liệu được sửa lại".to_owned()),
        Value::Events { confirmed: 0, pending, .. } => (*pending > 0).then(|| {
            let least = if *pending > 1 { "một trong các vụ" } else { "vụ" };
            format!("Xác nhận {least} đang chờ là chưa đạt, hủy {then}")
        }),
        Value::Events { .. } => Some("Chỉ đổi khi số vụ được sửa lại".to_owned()),
        Value::Trend { missing, pending, .. } => trend_mends(condition, *missing, *pending),
        Value::RollUp { subject, lines } => {
            let open = |it: &&Rolled| it.finding.is_some_and(|found| found != Finding::Met);
            let codes: Vec<&str> = lines.iter().filter(open).map(|it| it.code.as_str()).collect();
            Some(format!("Cần đạt thêm: {}", names(codes.into_iter().map(|code| label(ruleset, *subject, code)))))
        }
    }
}

fn to_enter(metric: Metric) -> String {
    format!("Ghi {} thì tính được", metric.name_vi())
}

fn figure(turn: &Turn, then: &str) -> Option<String> {
    let Figure::Of(metric) = turn.figure else { return None };
    Some(format!("{} {} {then}", more_or_fewer(turn.by), comers(metric)))
}

fn trend_mends(condition: &Condition, missing: Option<Missing>, pending: i64) -> Option<String> {
    if condition.finding == Some(Finding::NotMet) {
        return Some("Chỉ đổi khi số vụ được sửa lại".to_owned());
    }
    match missing {
        Some(Missing::Founded { .. }) => None,
        Some(Missing::NotEntered { year }) => Some(format!("Nhập và chốt số liệu năm {year} thì so được")),
        Some(Missing::NotComplete { year }) => Some(format!("Chốt số liệu năm {year} thì so được")),
        None if pending > 0 => Some("Xác nhận hoặc hủy các vụ đang chờ thì so được".to_owned()),
        None => Some("Xác nhận hoặc hủy các vụ chờ của kỳ trước thì so được".to_owned()),
    }
}
