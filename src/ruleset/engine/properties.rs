//! What holds for all facts and all rules, not for the cases somebody thought of.
#![allow(clippy::unwrap_used, reason = "in a test the place that fails is the message")]

use chrono::Days;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::tests::{SHIPPED, on, rules, window};
use super::*;
use crate::ruleset::model::{Criterion, CriterionKind, Gravity, Metric, Period};
use crate::words::engine as words;

/// A case with all that it borrows.
#[derive(Clone)]
struct Owned {
    ruleset: Ruleset,
    subject: SubjectKind,
    year: i32,
    today: NaiveDate,
    facts: Facts,
    judged: Judged,
}

/// Without the shipped rules, which are long and known.
impl std::fmt::Debug for Owned {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let rules = self.ruleset.subject(self.subject).map(|rules| &rules.criteria);
        let kinds: Vec<_> = rules.into_iter().flatten().map(|it| (&it.code, &it.kind)).collect();
        let Self { ruleset, subject, today, facts, judged, .. } = self;
        write!(f, "{} {subject} on {today}: {facts:?}, judged {judged:?}, by {kinds:?}", ruleset.code)
    }
}

impl Owned {
    fn case(&self) -> Case<'_> {
        Case {
            ruleset: &self.ruleset,
            subject: self.subject,
            year: self.year,
            window: window(&self.ruleset, self.subject, self.year),
            today: self.today,
            facts: &self.facts,
            judged: &self.judged,
        }
    }

    fn outcomes(&self) -> Vec<Outcome> {
        self.case().outcomes()
    }
}

/// From before the window of the year before until after this one.
fn some_day() -> impl Strategy<Value = NaiveDate> {
    (0..800_u64).prop_map(|days| on("2022-10-20") + Days::new(days))
}

fn some_life() -> impl Strategy<Value = Life> {
    let birth =
        (select(vec![How::Split, How::Merge, How::Replace]), some_day()).prop_map(|(how, on)| Birth { how, on });
    let old = prop_oneof![3 => Just(on("2010-01-01")), 1 => some_day()];
    (old, option::weighted(0.2, some_day()), option::weighted(0.3, birth)).prop_map(|(from, to, born)| Life {
        from,
        to,
        born,
    })
}

fn some_kind() -> impl Strategy<Value = String> {
    select(vec!["toi-pham", "tai-nan", "chay-no", "ly-khai", "chong-pha", "bao-luc-hoc-duong", "la"])
        .prop_map(str::to_owned)
}

fn some_gravity() -> impl Strategy<Value = Gravity> {
    prop_oneof![4 => Just(Gravity::Ordinary), 1 => Just(Gravity::High)]
}

fn some_incident(n: impl Strategy<Value = i64>) -> impl Strategy<Value = Incident> {
    let when = prop_oneof![4 => some_day().prop_map(Ok), 1 => (2022..=2025).prop_map(Err)];
    (when, some_kind(), some_gravity(), n, prop::bool::weighted(0.8)).prop_map(|(when, kind, gravity, n, confirmed)| {
        Incident { on: when.ok(), year: when.err(), kind, gravity, n, confirmed }
    })
}

fn some_unit() -> impl Strategy<Value = Unit> {
    let kind = prop_oneof![6 => Just(SubjectKind::Group), 1 => select(SubjectKind::ALL)];
    let standing = select(vec![Standing::Open, Standing::Recommended, Standing::Recognised, Standing::Refused]);
    (kind, prop::bool::weighted(0.9), prop::bool::weighted(0.9), standing, 1..99_u8).prop_map(
        |(kind, counted, registered, standing, n)| Unit {
            name: format!("{kind} {n}"),
            kind,
            counted,
            registered,
            standing,
        },
    )
}

fn some_document() -> impl Strategy<Value = Document> {
    let part = select(vec!["nghi-quyet", "ke-hoach", "dang-ky", "to-trinh"]).prop_map(str::to_owned);
    (part, option::weighted(0.8, some_day())).prop_map(|(part, issued_on)| Document { part, issued_on })
}

/// As the register has them: whoever signed has registered, whoever registered lives there.
fn some_households() -> impl Strategy<Value = Households> {
    let steps = |most: i64| prop_oneof![2 => Just(most), 1 => 0..=most];
    (0..60_i64)
        .prop_flat_map(move |resident| (Just(resident), steps(resident)))
        .prop_flat_map(move |(resident, registered)| (Just(resident), Just(registered), steps(registered)))
        .prop_map(|(resident, registered, pledged)| Households { resident, registered, pledged })
}

fn some_facts() -> impl Strategy<Value = Facts> {
    let typed: Vec<Metric> = Metric::ALL.iter().copied().filter(|it| it.is_typed()).collect();
    let figures = prop::collection::btree_map(select(typed), 0..4_i64, 0..6);
    (
        some_life(),
        vec(some_document(), 0..4),
        some_households(),
        figures,
        vec(some_incident(1..4_i64), 0..8),
        subsequence(vec![2022, 2023, 2024], 0..=3),
        vec(some_unit(), 0..26),
    )
        .prop_map(|(life, documents, households, figures, incidents, periods, units)| Facts {
            life,
            documents,
            households,
            figures,
            incidents,
            periods,
            units,
        })
}

/// Facts as no register would give them.
fn wild_facts() -> impl Strategy<Value = Facts> {
    let figures = prop::collection::btree_map(select(Metric::ALL), any::<i64>(), 0..12);
    let households = any::<(i64, i64, i64)>().prop_map(|(resident, registered, pledged)| Households {
        resident,
        registered,
        pledged,
    });
    (some_facts(), households, figures, vec(some_incident(any::<i64>()), 0..8), vec(any::<i32>(), 0..4)).prop_map(
        |(facts, households, figures, incidents, periods)| Facts { households, figures, incidents, periods, ..facts },
    )
}

fn some_finding() -> impl Strategy<Value = Finding> {
    select(Finding::ALL)
}

fn with_rules(ruleset: Ruleset, facts: impl Strategy<Value = Facts>) -> impl Strategy<Value = Owned> {
    let subjects: Vec<SubjectKind> = ruleset.subjects.iter().map(|it| it.subject).collect();
    let codes: Vec<String> = ruleset.subjects.iter().flat_map(|it| &it.criteria).map(|it| it.code.clone()).collect();
    let judged = prop::collection::btree_map(select(codes), some_finding(), 0..6);
    let day = prop_oneof![1 => some_day(), 1 => Just(on("2024-11-17"))];
    (Just(ruleset), select(subjects), day, facts, judged).prop_map(|(ruleset, subject, today, facts, judged)| Owned {
        ruleset,
        subject,
        year: 2024,
        today,
        facts,
        judged,
    })
}

/// A shipped ruleset, and facts that may well be.
fn some_case() -> impl Strategy<Value = Owned> {
    select(SHIPPED.clone()).prop_flat_map(|ruleset| with_rules(ruleset, some_facts()))
}

/// Any tree of conditions, roll-ups that run in circles and codes of nothing among them.
fn some_kind_of_criterion() -> impl Strategy<Value = CriterionKind> {
    let metric = || select(Metric::ALL);
    let codes = || vec((0..9_u8).prop_map(|n| format!("c{n}")), 0..5);
    let kinds = || vec(some_kind(), 0..3);
    let leaf = prop_oneof![
        (some_document(), select(Period::ALL))
            .prop_map(|(paper, period)| CriterionKind::DocumentDated { part: paper.part, period }),
        (metric(), metric(), 0..=130_u32).prop_map(|(numerator, denominator, at_least_percent)| CriterionKind::Ratio {
            numerator,
            denominator,
            at_least_percent
        }),
        (metric(), any::<u32>()).prop_map(|(metric, at_least)| CriterionKind::Count { metric, at_least }),
        metric().prop_map(|metric| CriterionKind::CountZero { metric }),
        (kinds(), option::of(some_gravity())).prop_map(|(types, gravity)| CriterionKind::ZeroEvents { types, gravity }),
        kinds().prop_map(|categories| CriterionKind::Trend { categories }),
        (select(SubjectKind::ALL), codes()).prop_map(|(subject, of)| CriterionKind::RollUp { subject, of }),
        Just(CriterionKind::Judgement),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| vec(inner, 0..4).prop_map(|of| CriterionKind::All { of }))
}

fn wild_case() -> impl Strategy<Value = Owned> {
    let kinds = vec(some_kind_of_criterion(), 1..8);
    (select(SHIPPED.clone()), kinds).prop_flat_map(|(mut ruleset, kinds)| {
        for rules in &mut ruleset.subjects {
            let pattern = rules.criteria[0].clone();
            let criterion = |(n, kind): (usize, &CriterionKind)| Criterion {
                code: format!("c{n}"),
                kind: kind.clone(),
                ..pattern.clone()
            };
            rules.criteria = kinds.iter().enumerate().map(criterion).collect();
        }
        with_rules(ruleset, wild_facts())
    })
}

fn some_change() -> impl Strategy<Value = Change> {
    let n = || prop_oneof![-60..60_i64, any::<i64>()];
    prop_oneof![
        n().prop_map(Change::Registered),
        n().prop_map(Change::Pledged),
        n().prop_map(Change::Arrived),
        (some_kind(), some_gravity(), n()).prop_map(|(kind, gravity, n)| Change::Incidents { kind, gravity, n }),
        n().prop_map(Change::UnitsRegistered),
        n().prop_map(Change::Recognised),
        (select(Metric::ALL), n()).prop_map(|(metric, value)| Change::Figure(metric, value)),
    ]
}

/// The changes of facts that a turn speaks of, `by` as given; each of them alone turns the condition.
fn changes(turn: &Turn, by: i64, value: &Value) -> Vec<Change> {
    match &turn.figure {
        Figure::Incidents { kinds, gravity } => {
            let gravity = gravity.unwrap_or(Gravity::Ordinary);
            kinds.iter().map(|kind| Change::Incidents { kind: kind.clone(), gravity, n: by }).collect()
        }
        Figure::Of(Metric::HouseholdsRegistered) => vec![Change::Registered(by)],
        Figure::Of(Metric::HouseholdsPledged) => vec![Change::Pledged(by)],
        Figure::Of(Metric::HouseholdsResident) => vec![Change::Arrived(by)],
        Figure::Of(Metric::UnitsRegistered) => vec![Change::UnitsRegistered(by)],
        Figure::Of(Metric::UnitsRecognised) => vec![Change::Recognised(by)],
        Figure::Of(metric) => {
            let now = match value {
                Value::Share { part: value, .. } | Value::Amount { value, .. } | Value::Nought { value, .. } => {
                    value.unwrap()
                }
                other => panic!("{other:?} has no figure"),
            };
            vec![Change::Figure(*metric, now + by)]
        }
    }
}

/// Turns every condition of a case by exactly what it says, and by one less; the number of turns tried.
fn assert_turns_are_exact(owned: &Owned) -> Result<usize, TestCaseError> {
    let case = owned.case();
    let found = |criterion: usize, condition: usize, change: Change| {
        let facts = case.with(&[change]);
        let outcomes = Case { facts: &facts, ..case }.outcomes();
        outcomes[criterion].conditions[condition].finding
    };
    let mut tried = 0;
    for (criterion, outcome) in owned.outcomes().iter().enumerate() {
        for (at, condition) in outcome.conditions.iter().enumerate() {
            let Some(turn) = condition.turn() else { continue };
            prop_assert!(turn.by != 0 && Some(turn.after) != condition.finding, "{turn:?} of {condition:?}");
            for change in changes(&turn, turn.by, &condition.value) {
                prop_assert_eq!(found(criterion, at, change), Some(turn.after), "{:?} of {:?}", &turn, condition);
                tried += 1;
            }
            for change in changes(&turn, turn.by - turn.by.signum(), &condition.value) {
                prop_assert_eq!(
                    found(criterion, at, change),
                    condition.finding,
                    "less than {:?} of {:?}",
                    &turn,
                    condition
                );
            }
        }
    }
    Ok(tried)
}

#[test]
fn turns_are_found_where_there_are_some() {
    let facts = super::tests::good_group();
    let owned = Owned {
        ruleset: rules("kh390-2024").clone(),
        subject: SubjectKind::Group,
        year: 2024,
        today: on("2024-11-17"),
        facts,
        judged: Judged::new(),
    };
    // 1.3; seven points of clause 3; five categories and five grave types of clause 4; clause 5.
    assert_eq!(assert_turns_are_exact(&owned).unwrap(), 1 + 7 + 5 + 5 + 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn the_same_case_has_the_same_outcomes_for_ever(owned in some_case()) {
        let outcomes = owned.outcomes();
        prop_assert_eq!(&outcomes, &owned.outcomes());
        let kept = serde_json::to_string(&owned.facts).unwrap();
        let ruleset = serde_json::from_str(&owned.ruleset.canonical_json()).unwrap();
        let read = Owned {
            facts: serde_json::from_str(&kept).unwrap(),
            ruleset: Ruleset::from_json(&ruleset).unwrap(),
            ..owned
        };
        prop_assert_eq!(&outcomes, &read.outcomes());
    }

    #[test]
    fn the_order_of_rows_does_not_matter(
        (owned, other) in some_case().prop_flat_map(|owned| {
            let facts = owned.facts.clone();
            let shuffled = (
                Just(facts.incidents.clone()).prop_shuffle(),
                Just(facts.units.clone()).prop_shuffle(),
                Just(facts.documents.clone()).prop_shuffle(),
                Just(facts.periods.clone()).prop_shuffle(),
            )
                .prop_map(move |(incidents, units, documents, periods)| Facts { incidents, units, documents, periods, ..facts.clone() });
            (Just(owned), shuffled)
        })
    ) {
        let outcomes = owned.outcomes();
        prop_assert_eq!(outcomes, Owned { facts: other, ..owned }.outcomes());
    }

    #[test]
    fn another_household_that_registers_never_does_harm(owned in some_case(), more in 1..5_i64) {
        for flip in owned.case().what_if(&[Change::Registered(more)]) {
            prop_assert_eq!(flip.after, Finding::Met, "{:?}", flip);
        }
    }

    #[test]
    fn another_incident_never_does_good(owned in some_case(), kind in some_kind(), gravity in some_gravity(), n in 1..4_i64) {
        for flip in owned.case().what_if(&[Change::Incidents { kind, gravity, n }]) {
            prop_assert!(flip.before != Finding::NotMet && flip.after != Finding::Met, "{:?}", flip);
        }
    }

    #[test]
    fn confirming_what_was_written_down_never_does_good(owned in some_case()) {
        let mut facts = owned.facts.clone();
        let lived = owned.case().lived();
        for row in facts.incidents.iter_mut().filter(|row| row.belongs(lived, owned.year)) {
            row.confirmed = true;
        }
        let confirmed = Owned { facts, ..owned.clone() };
        for (before, after) in owned.outcomes().iter().zip(confirmed.outcomes()) {
            prop_assert!(before.computed != Some(Finding::NotMet) || after.computed == before.computed);
            prop_assert!(before.computed != Some(Finding::Met) || after.computed == before.computed, "met only where it holds anyway");
        }
    }

    #[test]
    fn nothing_of_nothing_is_never_met(owned in some_case()) {
        let facts = Facts { households: Households { resident: 0, registered: 0, pledged: 0 }, units: vec![], ..owned.facts.clone() };
        for outcome in (Owned { facts, ..owned }).outcomes() {
            for condition in outcome.conditions {
                if let Value::Share { whole: Some(0) | None, .. } = condition.value {
                    prop_assert_eq!(condition.finding, Some(Finding::Insufficient));
                }
            }
        }
    }

    #[test]
    fn what_would_turn_it_is_exact(owned in some_case()) {
        assert_turns_are_exact(&owned)?;
    }

    #[test]
    fn combining_knows_no_order(findings in vec(some_finding(), 1..7), at in 0..7_usize) {
        let (left, right) = findings.split_at(at.min(findings.len()));
        let whole = combined(findings.iter().copied());
        prop_assert_eq!(combined(findings.iter().rev().copied()), whole);
        if !left.is_empty() && !right.is_empty() {
            prop_assert_eq!(combined([combined(left.iter().copied()), combined(right.iter().copied())]), whole);
            prop_assert_eq!(combined(right.iter().chain(left).copied()), whole);
        }
    }

    #[test]
    fn without_a_change_nothing_flips(owned in some_case()) {
        prop_assert_eq!(owned.case().what_if(&[]), vec![]);
        prop_assert_eq!(&owned.case().with(&[]), &owned.facts);
    }

    #[test]
    fn the_sum_is_met_only_when_all_are(owned in some_case()) {
        let outcomes = owned.outcomes();
        let overall = Overall::of(&outcomes);
        prop_assert_eq!(overall.met + overall.not_met.len() + overall.insufficient.len(), outcomes.len());
        prop_assert_eq!(overall.finding == Finding::Met, overall.met == outcomes.len());
        prop_assert_eq!(overall.finding == Finding::NotMet, !overall.not_met.is_empty());
    }

    /// Whatever stands in the rows or in a ruleset that nobody checked: an answer, in words.
    #[test]
    fn nothing_panics(owned in wild_case(), changes in vec(some_change(), 0..5)) {
        let case = owned.case();
        let outcomes = case.outcomes();
        let overall = Overall::of(&outcomes);
        let (ruleset, subject) = (&owned.ruleset, owned.subject);
        prop_assert!(words::overall(ruleset, subject, &overall).ends_with('.'));
        for outcome in &outcomes {
            prop_assert!(words::why(ruleset, subject, outcome).ends_with('.'));
            prop_assert!(words::threshold(ruleset, subject, outcome).ends_with('.'));
            let _ = (words::flip(ruleset, subject, outcome), words::rows(&case, outcome), words::provisional(outcome));
            for condition in &outcome.conditions {
                let _ = condition.turn();
            }
        }
        for flip in case.what_if(&changes) {
            prop_assert!(words::flipped(ruleset, subject, &flip).ends_with('.'));
        }
        for change in &changes {
            prop_assert!(!words::change(ruleset, change).is_empty());
        }
    }
}
