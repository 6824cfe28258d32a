//! One criterion, condition by condition.

use std::collections::BTreeMap;

use super::facts::{Incident, Standing};
use super::outcome::{Condition, Missing, Outcome, Rolled, TrendLine, Value};
use super::{Case, combined};
use crate::ruleset::model::{
    Criterion, CriterionKind, Finding, Gravity, Metric, Period, SubjectKind, Window, quarter_one,
};

/// The outcome of one criterion.
pub(super) fn criterion<'a>(case: &Case<'a>, criterion: &'a Criterion) -> Outcome {
    let mut seen = Seen::from([((case.subject, criterion.code.as_str()), unsaid(&criterion.code))]);
    let conditions = conditions(case, &criterion.kind, &mut seen);
    Outcome {
        code: criterion.code.clone(),
        computed: known(&conditions),
        judged: case.judged.get(&criterion.code).copied(),
        needs_person: conditions.iter().any(Condition::needs_person),
        provisional: conditions.iter().any(|it| it.provisional),
        conditions,
    }
}

/// Criteria inside roll-ups, each looked at once. One that is being looked at stands here as [`unsaid`], so that a circle, which
/// no published ruleset has, ends without a "met".
type Seen<'a> = BTreeMap<(SubjectKind, &'a str), Rolled>;

fn unsaid(code: &str) -> Rolled {
    Rolled { code: code.to_owned(), finding: Some(Finding::Insufficient), needs_person: false, provisional: false }
}

fn conditions<'a>(case: &Case<'a>, kind: &'a CriterionKind, seen: &mut Seen<'a>) -> Vec<Condition> {
    kind.leaves().into_iter().map(|kind| condition(case, kind, seen)).collect()
}

/// What the program finds where it can say something.
fn known(conditions: &[Condition]) -> Option<Finding> {
    let findings: Vec<Finding> = conditions.iter().filter_map(|it| it.finding).collect();
    (!findings.is_empty()).then(|| combined(findings))
}

fn condition<'a>(case: &Case<'a>, kind: &'a CriterionKind, seen: &mut Seen<'a>) -> Condition {
    match kind {
        CriterionKind::DocumentDated { part, period } => document(case, part, *period),
        CriterionKind::Ratio { numerator, denominator, at_least_percent } => {
            share(case, (*numerator, *denominator), *at_least_percent)
        }
        CriterionKind::Count { metric, at_least } => amount(case, *metric, i64::from(*at_least)),
        CriterionKind::CountZero { metric } => nought(case, *metric),
        CriterionKind::ZeroEvents { types, gravity } => events(case, types, *gravity),
        CriterionKind::Trend { categories } => trend(case, categories),
        CriterionKind::RollUp { subject, of } => roll_up(case, *subject, of, seen),
        // `leaves` opens what holds others.
        CriterionKind::Judgement | CriterionKind::All { .. } => {
            Condition { finding: None, provisional: false, value: Value::Judgement }
        }
    }
}

fn found(finding: Finding, provisional: bool, value: Value) -> Condition {
    Condition { finding: Some(finding), provisional, value }
}

/// A paper without a day is not enough grounds: it may lie in a drawer. A day outside the period is not met, except for a unit
/// that was not there in the period: nobody could have signed for it.
fn document(case: &Case<'_>, part: &str, period: Period) -> Condition {
    let period = match period {
        Period::QuarterOne => quarter_one(case.year),
        Period::Window => case.window,
    };
    let days = case.facts.documents.iter().filter(|it| it.part == part).filter_map(|it| it.issued_on);
    let issued_on = days.min_by_key(|day| (!period.contains(*day), *day));
    let founded = Some(case.facts.life.from).filter(|first| *first > period.to);
    let finding = match issued_on {
        Some(day) if period.contains(day) => Finding::Met,
        Some(_) if founded.is_none() => Finding::NotMet,
        _ => Finding::Insufficient,
    };
    found(finding, false, Value::Document { part: part.to_owned(), issued_on, period, founded })
}

/// A figure, and how many units may still join it.
struct Counted {
    value: Option<i64>,
    open: i64,
    provisional: bool,
}

fn counted(case: &Case<'_>, metric: Metric) -> Counted {
    let plain = |value| Counted { value, open: 0, provisional: case.is_running() };
    let households = &case.facts.households;
    let of_units = |holds: fn(bool) -> bool| case.units().filter(|unit| holds(unit.registered)).count() as i64;
    match metric {
        Metric::HouseholdsResident => plain(Some(households.resident)),
        Metric::HouseholdsRegistered => plain(Some(households.registered)),
        Metric::HouseholdsPledged => plain(Some(households.pledged)),
        Metric::UnitsTotal => plain(Some(of_units(|_| true))),
        Metric::UnitsRegistered => plain(Some(of_units(|registered| registered))),
        Metric::UnitsRecognised => recognised(case),
        Metric::EffectiveInitiatives
        | Metric::CoreForceDisciplined
        | Metric::WardPoliceDisciplined
        | Metric::StaffTotal
        | Metric::StaffInformed
        | Metric::Population => plain(case.facts.figures.get(&metric).copied()),
    }
}

/// Before the decision what is recommended counts, provisionally (plan 390: the ward submits before any group is recognised).
fn recognised(case: &Case<'_>) -> Counted {
    let with = |standing| case.units().filter(|unit| unit.standing == standing).count() as i64;
    let (recommended, open) = (with(Standing::Recommended), with(Standing::Open));
    Counted {
        value: Some(with(Standing::Recognised) + recommended),
        open,
        provisional: case.is_running() || recommended + open > 0,
    }
}

/// Compared as whole numbers, so that 16 of 24 stays under 70%. Nothing out of nothing is not enough grounds, and neither is more
/// than there is: a person has to look which figure is wrong.
fn share(case: &Case<'_>, (numerator, denominator): (Metric, Metric), at_least_percent: u32) -> Condition {
    let (part, whole) = (counted(case, numerator), counted(case, denominator));
    let finding = match (part.value, whole.value) {
        (Some(n), Some(of)) if of > 0 && n <= of => {
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

/// The days that have been looked at: what counts for the unit, as far as it has come.
fn days(case: &Case<'_>) -> Window {
    let lived = case.lived();
    Window { from: lived.from, to: lived.to.min(case.today.max(lived.from)) }
}

/// Incidents add up and never go away, so what is not met stays so.
fn may_change(case: &Case<'_>, finding: Finding) -> bool {
    case.is_running() && finding != Finding::NotMet
}

fn sum<'r>(rows: impl Iterator<Item = &'r Incident>) -> i64 {
    rows.fold(0, |sum, row| sum.saturating_add(row.n))
}

/// Zero recorded and confirmed incidents; one that nobody confirmed leaves the question open. So does a unit that was not there.
fn events(case: &Case<'_>, types: &[String], gravity: Option<Gravity>) -> Condition {
    let lived = case.lived();
    let fits = |row: &&Incident| {
        types.contains(&row.kind)
            && gravity.is_none_or(|gravity| row.gravity == gravity)
            && row.belongs(lived, case.year)
    };
    let mut rows: Vec<Incident> = case.facts.incidents.iter().filter(fits).cloned().collect();
    rows.sort();
    let confirmed = sum(rows.iter().filter(|row| row.confirmed));
    let pending = sum(rows.iter().filter(|row| !row.confirmed));
    let finding = match (confirmed, pending) {
        (0, 0) if !lived.is_empty() => Finding::Met,
        (0, _) => Finding::Insufficient,
        _ => Finding::NotMet,
    };
    let value = Value::Events { types: types.to_vec(), gravity, confirmed, pending, days: days(case), rows };
    found(finding, may_change(case, finding), value)
}

/// Why the year before cannot be compared with, or not wholly; `None` when it can.
fn missing(case: &Case<'_>, categories: &[String]) -> Option<Missing> {
    let (before, life) = (case.window.year_before(), &case.facts.life);
    if life.from > before.from && !life.inherits() {
        return Some(Missing::Founded { on: life.from });
    }
    let year = case.year.saturating_sub(1);
    if case.facts.periods.contains(&year) {
        return None;
    }
    let counts = |row: &Incident| row.confirmed && categories.contains(&row.kind) && row.belongs(before, year);
    let has_some = case.facts.incidents.iter().any(counts);
    Some(if has_some { Missing::NotComplete { year } } else { Missing::NotEntered { year } })
}

/// Held down: no more than the year before, category by category. None this year is no more than anything. Counts of a year that
/// nobody called complete are a floor: enough to say that a category is held down, never that it is not.
fn trend(case: &Case<'_>, categories: &[String]) -> Condition {
    let missing = missing(case, categories);
    let (lived, before, year) = (case.lived(), case.window.year_before(), case.year.saturating_sub(1));
    let line = |category: &String| {
        let of = |window, year, confirmed| {
            let rows = case.facts.incidents.iter();
            sum(rows.filter(|row| row.kind == *category && row.confirmed == confirmed && row.belongs(window, year)))
        };
        let floor = of(before, year, true);
        TrendLine {
            category: category.clone(),
            now: of(lived, case.year, true),
            pending: of(lived, case.year, false),
            before: match missing {
                None => Some(floor),
                Some(Missing::NotComplete { .. }) => Some(floor).filter(|floor| *floor > 0),
                Some(Missing::NotEntered { .. } | Missing::Founded { .. }) => None,
            },
            pending_before: of(before, year, false),
        }
    };
    let lines: Vec<TrendLine> = categories.iter().map(line).collect();
    let pending = lines.iter().fold(0_i64, |sum, line| sum.saturating_add(line.pending));
    let absent = lived.is_empty().then_some(Finding::Insufficient);
    let finding = combined(lines.iter().map(|line| line.finding(missing)).chain(absent));
    found(finding, may_change(case, finding), Value::Trend { lines, missing, pending, days: days(case) })
}

/// Other criteria, asked of this unit's own facts and without anybody's verdict on them: the verdict on the roll-up covers
/// whatever in it is for a person.
fn roll_up<'a>(case: &Case<'a>, subject: SubjectKind, codes: &'a [String], seen: &mut Seen<'a>) -> Condition {
    let rules = case.ruleset.subject(subject);
    let mut line = |code: &'a String| {
        if let Some(known) = seen.get(&(subject, code.as_str())) {
            return known.clone();
        }
        seen.insert((subject, code), unsaid(code));
        if let Some(rule) = rules.and_then(|rules| rules.criterion(code)) {
            let inside = rolled(code, &conditions(case, &rule.kind, seen));
            seen.insert((subject, code), inside);
        }
        seen[&(subject, code.as_str())].clone()
    };
    let lines: Vec<Rolled> = codes.iter().map(&mut line).collect();
    let known: Vec<Finding> = lines.iter().filter_map(|line| line.finding).collect();
    let finding = (!known.is_empty()).then(|| combined(known));
    Condition { finding, provisional: lines.iter().any(|it| it.provisional), value: Value::RollUp { subject, lines } }
}

/// What a criterion inside a roll-up comes to: what its computed half fails, it fails; otherwise a person says where a half is a
/// person's.
fn rolled(code: &str, conditions: &[Condition]) -> Rolled {
    let needs_person = conditions.iter().any(Condition::needs_person);
    let known = known(conditions).filter(|known| !needs_person || *known != Finding::Met);
    Rolled {
        code: code.to_owned(),
        finding: known.or((!needs_person).then_some(Finding::Insufficient)),
        needs_person,
        provisional: conditions.iter().any(|it| it.provisional),
    }
}
