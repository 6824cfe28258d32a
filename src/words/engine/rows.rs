//! The rows behind a result, one line each.

use super::why::{grave, incident};
use super::{incidents, label, verdict};
use crate::ruleset::engine::{Case, Condition, Incident, Outcome, Standing, TrendLine, Unit, Value};
use crate::ruleset::{Metric, Ruleset};
use crate::web::filters::dates::day;
use crate::web::filters::numbers::number;
use crate::words::ruleset::{capital, part_title};

/// The rows that an outcome of this case rests on: papers, figures, units that are not there yet, incidents.
#[must_use]
pub fn rows(case: &Case<'_>, outcome: &Outcome) -> Vec<String> {
    outcome.conditions.iter().flat_map(|condition| of_condition(case, condition)).collect()
}

fn of_condition(case: &Case<'_>, condition: &Condition) -> Vec<String> {
    match &condition.value {
        Value::Document { part, .. } => {
            let papers = case.facts.documents.iter().filter(|it| it.part == *part);
            let title = part_title(case.ruleset, case.subject, part);
            papers.map(|it| format!("{title}: {}", it.issued_on.map_or("chưa ghi ngày".to_owned(), day))).collect()
        }
        Value::Share { numerator, denominator, part, whole, .. } => {
            let figures = [(*numerator, *part), (*denominator, *whole)];
            let mut lines: Vec<String> = figures.into_iter().map(|(metric, value)| figure(metric, value)).collect();
            lines.extend(units(case, *numerator));
            lines
        }
        Value::Amount { metric, value, .. } | Value::Nought { metric, value } => vec![figure(*metric, *value)],
        Value::Events { rows, .. } => rows.iter().map(|row| counted(case.ruleset, row)).collect(),
        Value::Trend { lines, .. } => {
            let mut said: Vec<String> = lines.iter().map(|line| against_before(case.ruleset, line)).collect();
            said.extend(of_window(case, lines));
            said
        }
        Value::RollUp { subject, lines } => {
            let found = |finding: Option<_>| finding.map_or("người thẩm định xét", verdict);
            lines
                .iter()
                .map(|it| format!("{}: {}", label(case.ruleset, *subject, &it.code), found(it.finding)))
                .collect()
        }
        Value::Judgement => vec![],
    }
}

fn figure(metric: Metric, value: Option<i64>) -> String {
    format!("{}: {}", capital(metric.name_vi()), value.map_or("chưa ghi".to_owned(), number))
}

/// Units that a share of units still lacks, and those that are not judged.
fn units(case: &Case<'_>, numerator: Metric) -> Vec<String> {
    let lacks = |unit: &Unit| match numerator {
        Metric::UnitsRegistered => (!unit.registered).then_some("chưa đăng ký"),
        Metric::UnitsRecognised => match unit.standing {
            Standing::Open => Some("chưa có kết luận"),
            Standing::Recommended => Some("được đề nghị, chờ quyết định"),
            Standing::Refused => Some("không được đề nghị hoặc không được công nhận"),
            Standing::Recognised => None,
        },
        _ => None,
    };
    let is_of_units = matches!(numerator, Metric::UnitsRegistered | Metric::UnitsRecognised);
    let left_out = case.facts.units.iter().filter(|unit| is_of_units && !unit.counted);
    case.units()
        .filter_map(|unit| lacks(unit).map(|why| format!("{}: {why}", unit.name)))
        .chain(left_out.map(|unit| format!("{}: không thuộc diện xét", unit.name)))
        .collect()
}

/// "12/5/2024, Cháy, nổ: 1 vụ, chờ xác nhận".
fn counted(ruleset: &Ruleset, row: &Incident) -> String {
    let waits = if row.confirmed { "" } else { ", chờ xác nhận" };
    format!("{}: {} vụ{}{waits}", capital(&incident(ruleset, row)), number(row.n), grave(row.gravity))
}

fn against_before(ruleset: &Ruleset, line: &TrendLine) -> String {
    let title = capital(&incidents(ruleset, std::slice::from_ref(&line.category)));
    let before = line.before.map_or("chưa có số liệu".to_owned(), number);
    format!("{title}: kỳ này {}, kỳ trước {before}", number(line.now))
}

fn of_window(case: &Case<'_>, lines: &[TrendLine]) -> Vec<String> {
    let lived = case.lived();
    let fits = |row: &&Incident| lines.iter().any(|line| line.category == row.kind) && row.belongs(lived, case.year);
    let mut rows: Vec<&Incident> = case.facts.incidents.iter().filter(fits).collect();
    rows.sort();
    rows.into_iter().map(|row| counted(case.ruleset, row)).collect()
}
