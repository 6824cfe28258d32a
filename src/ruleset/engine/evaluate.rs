//! One criterion, condition by condition.

use super::facts::{How, Incident, Standing};
use super::outcome::{Condition, Missing, Outcome, Rolled, TrendLine, Value};
use super::{Case, Judged, combined};
use crate::ruleset::model::{
    Criterion, CriterionKind, Finding, Gravity, Metric, Period, SubjectKind, Window, quarter_one,
};

/// The outcome of one criterion.
pub(super) fn criterion(case: &Case<'_>, criterion: &Criterion) -> Outcome {
    let conditions = conditions(case, criterion, &mut vec![(case.subject, criterion.code.clone())]);
    let known: Vec<Finding> = conditions.iter().filter_map(|it| it.finding).collect();
    Outcome {
        code: criterion.code.clone(),
        computed: (!known.is_empty()).then(|| combined(known)),
        judged: case.judged.get(&criterion.code).copied(),
        needs_person: conditions.iter().any(needs_person),
        provisional: conditions.iter().any(|it| it.provisional),
        conditions,
    }
}

fn needs_person(condition: &Condition) -> bool {
    match &condition.value {
        Value::RollUp { lines, .. } => lines.iter().any(|line| line.finding.is_none()),
        value => *value == Value::Judgement,
    }
}

/// The criteria on the way to one inside a roll-up: a ruleset with a circle is never published, and the engine does not run
/// round in one.
type Way = Vec<(SubjectKind, String)>;

fn conditions(case: &Case<'_>, criterion: &Criterion, way: &mut Way) -> Vec<Condition> {
    criterion.kind.leaves().into_iter().map(|kind| condition(case, kind, way)).collect()
}

fn condition(case: &Case<'_>, kind: &CriterionKind, way: &mut Way) -> Condition {
    match kind {
        CriterionKind::DocumentDated { part, period } => document(case, part, *period),
        CriterionKind::Ratio { numerator, denominator, at_least_percent } => {
            share(case, (*numerator, *denominator), *at_least_percent)
        }
        CriterionKind::Count { metric, at_least } => amount(case, *metric, i64::from(*at_least)),
        CriterionKind::CountZero { metric } => nought(case, *metric),
        CriterionKind::ZeroEvents { types, gravity } => events(case, types, *gravity),
        CriterionKind::Trend { categories } => trend(case, categories),
        CriterionKind::RollUp { subject, of } => roll_up(case, *subject, of, way),
        // `leaves` opens what holds others.
        CriterionKind::Judgement | CriterionKind::All { .. } => {
            Condition { finding: None, provisional: false, value: Value::Judgement }
        }
    }
}

fn found(finding: Finding, provisional: bool, value: Value) -> Condition {
    Condition { finding: Some(finding), provisional, value }
}

/// A paper without a day is not enough grounds: it may lie in a drawer. A day outside the period is not met.
fn document(case: &Case<'_>, part: &str, period: Period) -> Condition {
    let period = match period {
        Period::QuarterOne => quarter_one(case.year),
        Period::Window => case.window,
    };
    let issued_on = case.facts.documents.iter().find(|it| it.part == part).and_then(|it| it.issued_on);
    let finding = match issued_on {
        Some(day) if period.contains(day) => Finding::Met,
        Some(_) => Finding::NotMet,
        None => Finding::Insufficient,
    };
    found(finding, false, Value::Document { part: part.to_owned(), issued_on, period })
}

/// A figure, and how many units may still join it.
struct Counted {
    value: Option<i64>,
    open: i64,
    provisional: bool,
}

fn counted(case: &Case<'_>, metric: Metric) -> Counted {
    let of_register = |value| Counted { value: Some(value), open: 0, provisional: case.is_running() };
    let households = &case.facts.households;
    match metric {
        Metric::HouseholdsResident => of_register(households.resident),
        Metric::HouseholdsRegistered => of_register(households.registered),
        Metric::HouseholdsPledged => of_register(households.pledged),
        Metric::UnitsTotal => of_units(case, |_, _| true),
        Metric::UnitsRegistered => of_units(case, |registered, _| registered),
        Metric::UnitsRecognised => recognised(case),
        _ => Counted { value: case.facts.figures.get(&metric).copied(), open: 0, provisional: case.is_running() },
    }
}

/// The units that stand in the ward's ratios, by the ruleset.
fn units<'c>(case: &Case<'c>) -> impl Iterator<Item = &'c super::Unit> {
    let ruleset = case.ruleset;
    let counts = move |kind| ruleset.subject(kind).is_some_and(|rules| rules.counts_in_ward_ratio);
    case.facts.units.iter().filter(move |unit| unit.counted && counts(unit.kind))
}

fn of_units(case: &Case<'_>, holds: fn(bool, Standing) -> bool) -> Counted {
    let value = units(case).filter(|unit| holds(unit.registered, unit.standing)).count() as i64;
    Counted { value: Some(value), open: 0, provisional: false }
}

/// Before the decision what is recommended counts, provisionally (plan 390: the ward submits before any group is recognised).
fn recognised(case: &Case<'_>) -> Counted {
    let with = |standing| units(case).filter(|unit| unit.standing == standing).count() as i64;
    let (recommended, open) = (with(Standing::Recommended), with(Standing::Open));
    Counted { value: Some(with(Standing::Recognised) + recommended), open, provisional: recommended + open > 0 }
}

/// Compared as whole numbers, so that 16 of 24 stays under 70%. Nothing out of nothing is not enough grounds.
fn share(case: &Case<'_>, (numerator, denominator): (Metric, Metric), at_least_percent: u32) -> Condition {
    let (part, whole) = (counted(case, numerator), counted(case, denominator));
    let finding = match (part.value, whole.value) {
        (Some(n), Some(of)) if of > 0 => {
            let needed = Value::needed(of, at_least_percent);
            if n >= needed {
                Finding::Met
            } else if n + part.open >= needed {
                Finding::Insufficient
            } else {
                Finding::NotMet
            }
        }
        _ => Finding::Insufficient,
    };
    let (open, provisional) = (part.open, part.provisional || whole.provisional);
    let value = Value::Share { numerator, denominator, part: part.value, whole: whole.value, at_least_percent, open };
    found(finding, provisional, value)
}

fn amount(case: &Case<'_>, metric: Metric, at_least: i64) -> Condition {
    let Counted { value, provisional, .. } = counted(case, metric);
    let finding = match value {
        Some(value) if value >= at_least => Finding::Met,
        Some(_) => Finding::NotMet,
        None => Finding::Insufficient,
    };
    found(finding, provisional, Value::Amount { metric, value, at_least })
}

fn nought(case: &Case<'_>, metric: Metric) -> Condition {
    let Counted { value, provisional, .. } = counted(case, metric);
    let finding = match value {
        Some(0) => Finding::Met,
        Some(_) => Finding::NotMet,
        None => Finding::Insufficient,
    };
    found(finding, provisional, Value::Nought { metric, value })
}

/// Whether a row belongs to a window: by its day, or by the year it was kept for.
fn belongs(row: &Incident, window: Window, year: i32) -> bool {
    row.on.map_or(row.year == Some(year), |day| window.contains(day))
}

fn sum<'r>(rows: impl Iterator<Item = &'r Incident>) -> i64 {
    rows.map(|row| row.n).sum()
}

/// Zero recorded and confirmed incidents; one that nobody confirmed leaves the question open.
fn events(case: &Case<'_>, types: &[String], gravity: Option<Gravity>) -> Condition {
    let fits = |row: &&Incident| {
        types.contains(&row.kind)
            && gravity.is_none_or(|gravity| row.gravity == gravity)
            && belongs(row, case.lived(), case.year)
    };
    let rows: Vec<Incident> = case.facts.incidents.iter().filter(fits).cloned().collect();
    let confirmed = sum(rows.iter().filter(|row| row.confirmed));
    let pending = sum(rows.iter().filter(|row| !row.confirmed));
    let finding = match (confirmed, pending) {
        (0, 0) => Finding::Met,
        (0, _) => Finding::Insufficient,
        _ => Finding::NotMet,
    };
    found(finding, case.is_running(), Value::Events { types: types.to_vec(), gravity, confirmed, pending, rows })
}

/// Why the year before cannot be compared with; `None` when it can.
fn missing(case: &Case<'_>) -> Option<Missing> {
    let (before, life) = (case.window.year_before(), &case.facts.life);
    let inherits = life.born.is_some_and(|birth| birth.how != How::Split);
    if life.from > before.from && !inherits {
        return Some(Missing::Founded { on: life.from });
    }
    let year = case.year - 1;
    let is_entered = case.facts.periods.contains(&year)
        || case.facts.incidents.iter().any(|row| row.confirmed && belongs(row, before, year));
    (!is_entered).then_some(Missing::NotEntered { year })
}

/// Held down: no more than the year before, category by category. None this year is no more than anything.
fn trend(case: &Case<'_>, categories: &[String]) -> Condition {
    let missing = missing(case);
    // What was merged into this unit before its first day is its own past, in this window too.
    let inherits = case.facts.life.born.is_some_and(|birth| birth.how != How::Split);
    let now_window = if inherits { case.window } else { case.lived() };
    let rows = |category: &str, window, year| {
        let category = category.to_owned();
        case.facts.incidents.iter().filter(move |row| row.kind == category && belongs(row, window, year))
    };
    let line = |category: &String| TrendLine {
        category: category.clone(),
        now: sum(rows(category, now_window, case.year).filter(|row| row.confirmed)),
        before: missing
            .is_none()
            .then(|| sum(rows(category, case.window.year_before(), case.year - 1).filter(|row| row.confirmed))),
    };
    let lines: Vec<TrendLine> = categories.iter().map(line).collect();
    let pending =
        categories.iter().map(|it| sum(rows(it, now_window, case.year).filter(|row| !row.confirmed))).sum::<i64>();
    let one = |line: &TrendLine| match line.before {
        _ if line.now == 0 => Finding::Met,
        Some(before) if line.now <= before => Finding::Met,
        Some(_) => Finding::NotMet,
        None => Finding::Insufficient,
    };
    let waits = (pending > 0).then_some(Finding::Insufficient);
    let finding = combined(lines.iter().map(one).chain(waits));
    found(finding, case.is_running(), Value::Trend { lines, missing, pending })
}

/// Other criteria, asked of this unit's own facts and without anybody's verdict on them: the verdict on the roll-up covers
/// whatever in it is for a person.
fn roll_up(case: &Case<'_>, subject: SubjectKind, codes: &[String], way: &mut Way) -> Condition {
    let nobody = Judged::new();
    let inner = Case { judged: &nobody, ..*case };
    let (mut lines, mut provisional) = (vec![], false);
    for code in codes {
        let step = (subject, code.clone());
        let rule = case.ruleset.subject(subject).and_then(|rules| rules.criterion(code));
        let finding = match rule.filter(|_| !way.contains(&step)) {
            Some(rule) => {
                way.push(step);
                let inside = conditions(&inner, rule, way);
                way.pop();
                provisional |= inside.iter().any(|it| it.provisional);
                rolled(&inside)
            }
            None => Some(Finding::Insufficient),
        };
        lines.push(Rolled { code: code.clone(), finding });
    }
    let known: Vec<Finding> = lines.iter().filter_map(|line| line.finding).collect();
    let finding = (!known.is_empty()).then(|| combined(known));
    Condition { finding, provisional, value: Value::RollUp { subject, lines } }
}

/// What a criterion inside a roll-up comes to: not met at once, otherwise a person's where one of its halves is.
fn rolled(conditions: &[Condition]) -> Option<Finding> {
    let known = combined(conditions.iter().filter_map(|it| it.finding));
    let asks = conditions.iter().any(needs_person);
    if asks && known != Finding::NotMet { None } else { Some(known) }
}
