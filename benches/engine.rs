//! `make bench-engine`: the criteria engine alone, without a database: a ward of 24 groups, and 1,000 wards of 25 units one after
//! the other on one thread.
//!
//! Prints one line, `engine24_ms=… engine1000wards_s=…`, and fails above five milliseconds and above ten seconds. The time is that of
//! the wall for one thread, which is never less than its time on the CPU.

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, ensure};
use binhyen::ruleset::engine::{Case, Document, Facts, Households, Incident, Judged, Life, Overall, Standing, Unit};
use binhyen::ruleset::{Gravity, Metric, Ruleset, SubjectKind, Window, shipped};
use chrono::{Days, NaiveDate};

/// The reference ward (docs: phường Phước Long).
const GROUPS: usize = 24;
const WARDS: usize = 1_000;
/// Each group has a row about every second week of the two windows that count.
const INCIDENTS: u64 = 48;
const MOST_MILLISECONDS: f64 = 5.0;
const MOST_SECONDS: f64 = 10.0;
const ROUNDS: usize = 50;

fn main() -> anyhow::Result<ExitCode> {
    let ruleset = shipped()?.into_iter().find(|it| it.code == "kh390-2024").context("plan 390")?;
    let groups: Vec<Facts> = (0..GROUPS).map(group).collect::<Option<_>>().context("a day")?;
    let ward = ward(&groups);
    let criteria = |kind| ruleset.subject(kind).map_or(0, |rules| rules.criteria.len());
    let expected = GROUPS * criteria(SubjectKind::Group) + criteria(SubjectKind::Ward);
    let mut rounds = vec![];
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let found = appraise(&ruleset, &groups, &ward)?;
        rounds.push(start.elapsed().as_secs_f64() * 1_000.0);
        ensure!(found == expected, "{found} outcomes instead of {expected}");
    }
    rounds.sort_by(f64::total_cmp);
    let milliseconds = rounds[ROUNDS / 2];
    let start = Instant::now();
    for _ in 0..WARDS {
        appraise(&ruleset, &groups, &ward)?;
    }
    let seconds = start.elapsed().as_secs_f64();
    println!("engine24_ms={milliseconds:.2} engine1000wards_s={seconds:.2}");
    let fits = milliseconds < MOST_MILLISECONDS && seconds < MOST_SECONDS;
    Ok(if fits { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// All criteria of all units and their sums; how many outcomes that were.
fn appraise(ruleset: &Ruleset, groups: &[Facts], ward: &Facts) -> anyhow::Result<usize> {
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).context("a day");
    let window = Window { from: day(2023, 11, 16)?, to: day(2024, 11, 15)? };
    let (today, judged) = (day(2024, 11, 14)?, Judged::new());
    let of = |subject, facts| {
        let outcomes = Case { ruleset, subject, year: 2024, window, today, facts, judged: &judged }.outcomes();
        let overall = Overall::of(&outcomes);
        overall.met + overall.not_met.len() + overall.insufficient.len()
    };
    let of_groups: usize = groups.iter().map(|facts| of(SubjectKind::Group, facts)).sum();
    Ok(of_groups + of(SubjectKind::Ward, ward))
}

/// A group with everything there is to look at; no two have the same counts.
fn group(at: usize) -> Option<Facts> {
    const TYPES: [&str; 5] = ["toi-pham", "te-nan-xa-hoi", "tai-nan", "chay-no", "vi-pham-khac"];
    let day = NaiveDate::from_ymd_opt;
    let first = day(2022, 11, 16)?;
    let n = at as u64;
    let incident = |row: u64| Incident {
        on: first.checked_add_days(Days::new(row * 15 + n % 15)),
        year: None,
        kind: TYPES[(row + n) as usize % TYPES.len()].to_owned(),
        gravity: if row.is_multiple_of(40) { Gravity::High } else { Gravity::Ordinary },
        n: 1,
        confirmed: !row.is_multiple_of(10),
    };
    let paper = |part: &str, issued_on| Document { part: part.to_owned(), issued_on };
    let resident = 250 + n as i64 * 12;
    Some(Facts {
        life: Life { from: day(2010, 1, 1)?, to: None, born: None },
        documents: vec![
            paper("nghi-quyet", day(2024, 3, 15)),
            paper("ke-hoach", day(2024, 3, 20)),
            paper("dang-ky", day(2024, 3, 12)),
        ],
        households: Households { resident, registered: resident - n as i64 % 3, pledged: resident - 9 },
        figures: BTreeMap::from([(Metric::CoreForceDisciplined, 0)]),
        incidents: (0..INCIDENTS).map(incident).collect(),
        periods: vec![2023],
        units: vec![],
    })
}

/// The ward sees the counts of all its groups.
fn ward(groups: &[Facts]) -> Facts {
    let unit = |at| Unit {
        name: format!("Tổ dân phố {at}"),
        kind: SubjectKind::Group,
        counted: true,
        registered: true,
        standing: Standing::Recommended,
    };
    let sum = |of: fn(&Households) -> i64| groups.iter().map(|it| of(&it.households)).sum();
    Facts {
        households: Households {
            resident: sum(|it| it.resident),
            registered: sum(|it| it.registered),
            pledged: sum(|it| it.pledged),
        },
        figures: BTreeMap::from([(Metric::EffectiveInitiatives, 3), (Metric::WardPoliceDisciplined, 0)]),
        incidents: groups.iter().flat_map(|it| it.incidents.clone()).collect(),
        units: (1..=groups.len()).map(unit).collect(),
        ..groups[0].clone()
    }
}
