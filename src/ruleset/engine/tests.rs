//! Cases computed by hand: by plan 390, by the circular's letter, for a year of two-tier government.
#![allow(clippy::unwrap_used, reason = "in a test the place that fails is the message")]

use std::sync::LazyLock;

use super::*;
use crate::platform::clock::civil;
use crate::ruleset::model::{Criterion, CriterionKind, DayRule, Gravity, Metric, WindowYear};
use crate::ruleset::shipped;

/// Read once: properties ask for it thousands of times.
pub(super) static SHIPPED: LazyLock<Vec<Ruleset>> = LazyLock::new(|| shipped().unwrap());

pub(super) const MET: Option<Finding> = Some(Finding::Met);
pub(super) const NOT_MET: Option<Finding> = Some(Finding::NotMet);
pub(super) const INSUFFICIENT: Option<Finding> = Some(Finding::Insufficient);
/// Only a person can say.
pub(super) const PERSON: Option<Finding> = None;

pub(super) fn rules(code: &str) -> &'static Ruleset {
    SHIPPED.iter().find(|it| it.code == code).unwrap()
}

pub(super) fn on(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(super) fn window(ruleset: &Ruleset, subject: SubjectKind, year: i32) -> Window {
    let rule = &ruleset.subject(subject).unwrap().window;
    let day = |day: DayRule| {
        let year = if day.year == WindowYear::Previous { year - 1 } else { year };
        NaiveDate::from_ymd_opt(year, day.month, day.day).unwrap()
    };
    Window { from: day(rule.from), to: day(rule.to) }
}

/// A group of 350 households that has done everything, in 2024.
pub(super) fn good_group() -> Facts {
    Facts {
        life: Life { from: on("2010-01-01"), to: None, born: None },
        documents: vec![],
        households: Households { resident: 350, registered: 350, pledged: 340 },
        figures: BTreeMap::from([(Metric::CoreForceDisciplined, 0)]),
        incidents: vec![],
        periods: vec![2023, 2024],
        units: vec![],
    }
    .paper("nghi-quyet", "2024-03-15")
    .paper("ke-hoach", "2024-03-20")
    .paper("dang-ky", "2024-03-12")
}

/// A ward of 24 groups that has done everything; its groups are recommended and not decided.
pub(super) fn good_ward() -> Facts {
    let figures = [(Metric::EffectiveInitiatives, 2), (Metric::WardPoliceDisciplined, 0)];
    Facts { figures: BTreeMap::from(figures), ..good_group() }.units(SubjectKind::Group, 24, Standing::Recommended)
}

impl Facts {
    fn paper(mut self, part: &str, day: &str) -> Self {
        self.documents.retain(|it| it.part != part);
        self.documents.push(Document { part: part.to_owned(), issued_on: (!day.is_empty()).then(|| on(day)) });
        self
    }

    fn households(mut self, registered: i64, resident: i64) -> Self {
        self.households = Households { resident, registered, pledged: 0 };
        self
    }

    fn figure(mut self, metric: Metric, value: Option<i64>) -> Self {
        self.figures.remove(&metric);
        self.figures.extend(value.map(|value| (metric, value)));
        self
    }

    fn happened(mut self, kind: &str, day: &str, n: i64) -> Self {
        self.incidents.push(incident(kind, Some(on(day)), None, n));
        self
    }

    /// As figures of a year that is over are kept.
    fn in_year(mut self, kind: &str, year: i32, n: i64) -> Self {
        self.incidents.push(incident(kind, None, Some(year), n));
        self
    }

    fn grave(mut self) -> Self {
        self.incidents.last_mut().unwrap().gravity = Gravity::High;
        self
    }

    fn unconfirmed(mut self) -> Self {
        self.incidents.last_mut().unwrap().confirmed = false;
        self
    }

    fn closed(mut self, years: &[i32]) -> Self {
        self.periods = years.to_vec();
        self
    }

    fn lives(mut self, from: &str, to: Option<&str>, how: Option<How>) -> Self {
        self.life = Life { from: on(from), to: to.map(on), born: how.map(|how| Birth { how, on: on(from) }) };
        self
    }

    fn units(mut self, kind: SubjectKind, n: usize, standing: Standing) -> Self {
        let unit = |at| Unit { name: format!("{kind} {at}"), kind, counted: true, registered: true, standing };
        self.units.extend((1..=n).map(unit));
        self
    }

    fn no_units(mut self) -> Self {
        self.units.clear();
        self
    }

    fn small(mut self) -> Self {
        self.units.last_mut().unwrap().counted = false;
        self
    }

    fn unregistered(mut self) -> Self {
        self.units.last_mut().unwrap().registered = false;
        self
    }
}

fn incident(kind: &str, on: Option<NaiveDate>, year: Option<i32>, n: i64) -> Incident {
    Incident { on, year, kind: kind.to_owned(), gravity: Gravity::Ordinary, n, confirmed: true }
}

/// What is asked, of which criterion, of which facts, and what a person with the law on the table answers.
struct Row(&'static str, &'static str, Facts, Option<Finding>);

/// The year's rules, whose, which year, the day that is asked about.
type Of = (&'static str, SubjectKind, i32, &'static str);

fn check((code, subject, year, today): Of, table: Vec<Row>) {
    let ruleset = rules(code);
    for Row(what, criterion, facts, expected) in table {
        let case = Case {
            ruleset,
            subject,
            year,
            window: window(ruleset, subject, year),
            today: on(today),
            facts: &facts,
            judged: &Judged::new(),
        };
        let outcome = case.outcome(criterion).unwrap();
        assert_eq!(outcome.computed, expected, "{code} {subject} {criterion}: {what}\n{outcome:#?}");
    }
}

const PLAN_GROUP: Of = ("kh390-2024", SubjectKind::Group, 2024, "2024-11-17");
const PLAN_WARD: Of = ("kh390-2024", SubjectKind::Ward, 2024, "2024-11-17");
const LETTER_GROUP: Of = ("tt124-2021", SubjectKind::Group, 2024, "2024-11-17");
const LETTER_WARD: Of = ("tt124-2021", SubjectKind::Ward, 2024, "2024-11-17");

#[test]
fn papers_and_households_by_the_plan() {
    let good = good_group;
    check(
        PLAN_GROUP,
        vec![
            Row("a resolution of 15/3", "1.1", good(), MET),
            Row("first day of the quarter", "1.1", good().paper("nghi-quyet", "2024-01-01"), MET),
            Row("31/3 is still quarter one", "1.1", good().paper("nghi-quyet", "2024-03-31"), MET),
            Row("1/4 is too late", "1.1", good().paper("nghi-quyet", "2024-04-01"), NOT_MET),
            Row("31/12 of the year before is too early", "1.1", good().paper("nghi-quyet", "2023-12-31"), NOT_MET),
            Row("quarter one of another year", "1.1", good().paper("nghi-quyet", "2023-03-15"), NOT_MET),
            Row("no day on it", "1.1", good().paper("nghi-quyet", ""), INSUFFICIENT),
            Row("another paper does not help", "1.2", good().paper("dang-ky", ""), INSUFFICIENT),
            Row("350 of 350", "1.3", good(), MET),
            Row("349 of 350, 99,7%", "1.3", good().households(349, 350), NOT_MET),
            Row("312 of 350", "1.3", good().households(312, 350), NOT_MET),
            Row("0 of 350", "1.3", good().households(0, 350), NOT_MET),
            Row("0 of 0", "1.3", good().households(0, 0), INSUFFICIENT),
            Row("352 of 350: a figure is wrong", "1.3", good().households(352, 350), INSUFFICIENT),
            Row("judged by a person", "2", good(), PERSON),
            Row("nobody disciplined", "5", good(), MET),
            Row("one disciplined", "5", good().figure(Metric::CoreForceDisciplined, Some(1)), NOT_MET),
            Row("nobody typed a figure", "5", good().figure(Metric::CoreForceDisciplined, None), INSUFFICIENT),
        ],
    );
}

#[test]
fn incidents_by_the_plan() {
    let good = good_group;
    let last_minute = civil("2024-11-15T23:59:59+07:00".parse().unwrap()).to_string();
    let midnight = civil("2024-11-16T00:00:00+07:00".parse().unwrap()).to_string();
    check(
        PLAN_GROUP,
        vec![
            Row("none", "3.dd", good(), MET),
            Row("one inside", "3.dd", good().happened("ly-khai", "2024-05-12", 1), NOT_MET),
            Row("first day of the window", "3.dd", good().happened("ly-khai", "2023-11-16", 1), NOT_MET),
            Row("the day before the window", "3.dd", good().happened("ly-khai", "2023-11-15", 1), MET),
            Row("15/11 23:59", "3.dd", good().happened("ly-khai", &last_minute, 1), NOT_MET),
            Row("16/11 00:00", "3.dd", good().happened("ly-khai", &midnight, 1), MET),
            Row("another type", "3.dd", good().happened("pha-hoai", "2024-05-12", 1), MET),
            Row("unconfirmed", "3.dd", good().happened("ly-khai", "2024-05-12", 1).unconfirmed(), INSUFFICIENT),
            Row(
                "one confirmed, one not",
                "3.dd",
                good().happened("ly-khai", "2024-05-12", 1).happened("ly-khai", "2024-06-01", 1).unconfirmed(),
                NOT_MET,
            ),
            Row("kept for the year", "3.dd", good().in_year("ly-khai", 2024, 1), NOT_MET),
            Row("kept for the year before", "3.dd", good().in_year("ly-khai", 2023, 1), MET),
        ],
    );
}

#[test]
fn trends_by_the_plan() {
    let good = good_group;
    let (now, before) = ("2024-05-12", "2023-05-12");
    let three_of_five = || good().happened("toi-pham", now, 3).happened("toi-pham", before, 5);
    check(
        PLAN_GROUP,
        vec![
            Row("none in either year", "4", good(), MET),
            Row("3 after 5", "4", three_of_five(), MET),
            Row("5 after 5", "4", three_of_five().happened("toi-pham", "2024-06-01", 2), MET),
            Row("6 after 5", "4", three_of_five().happened("toi-pham", "2024-06-01", 3), NOT_MET),
            Row("no category pays for another", "4", three_of_five().happened("tai-nan", now, 1), NOT_MET),
            Row("one of high gravity", "4", three_of_five().happened("toi-pham", now, 1).grave(), NOT_MET),
            Row("high, in the year before", "4", good().happened("toi-pham", before, 1).grave(), MET),
            Row("1 after a year called complete", "4", good().happened("chay-no", now, 1), NOT_MET),
            Row("1 after nobody knows", "4", good().closed(&[]).happened("chay-no", now, 1), INSUFFICIENT),
            Row("none after nobody knows", "4", good().closed(&[]), MET),
            Row("3 after at least 5", "4", three_of_five().closed(&[]), MET),
            Row("6 after at least 5", "4", three_of_five().happened("toi-pham", now, 3).closed(&[]), INSUFFICIENT),
            Row("figures of a year", "4", good().in_year("tai-nan", 2023, 2).happened("tai-nan", now, 2), MET),
            Row("more than these", "4", good().in_year("tai-nan", 2023, 2).happened("tai-nan", now, 3), NOT_MET),
            Row("unconfirmed, within 5", "4", three_of_five().happened("toi-pham", now, 2).unconfirmed(), MET),
            Row("unconfirmed, above 5", "4", three_of_five().happened("toi-pham", now, 3).unconfirmed(), INSUFFICIENT),
            Row(
                "the year before waits for a second one",
                "4",
                good()
                    .happened("toi-pham", now, 2)
                    .in_year("toi-pham", 2023, 1)
                    .in_year("toi-pham", 2023, 1)
                    .unconfirmed(),
                INSUFFICIENT,
            ),
            Row(
                "15/11 of the year before",
                "4",
                good().happened("toi-pham", "2023-11-15", 1).happened("toi-pham", now, 1),
                MET,
            ),
            Row(
                "15/11 two years ago",
                "4",
                good().happened("toi-pham", "2022-11-15", 1).happened("toi-pham", now, 1),
                NOT_MET,
            ),
            Row(
                "16/11 two years ago",
                "4",
                good().happened("toi-pham", "2022-11-16", 1).happened("toi-pham", now, 1),
                MET,
            ),
        ],
    );
}

#[test]
fn what_a_year_before_lacks() {
    let missing = |facts: &Facts| {
        let outcome = case(PLAN_GROUP, facts, &Judged::new()).outcome("4").unwrap();
        let Value::Trend { missing, lines, .. } = &outcome.conditions[0].value else { panic!("{outcome:?}") };
        (*missing, lines[0].before)
    };
    let open = || good_group().closed(&[2024]);
    assert_eq!(missing(&good_group()), (None, Some(0)));
    assert_eq!(missing(&open()), (Some(Missing::NotEntered { year: 2023 }), None));
    let some = open().in_year("toi-pham", 2023, 3);
    assert_eq!(missing(&some), (Some(Missing::NotComplete { year: 2023 }), Some(3)));
    assert_eq!(missing(&some.unconfirmed()), (Some(Missing::NotEntered { year: 2023 }), None));
    let other = open().in_year("tai-nan", 2023, 3);
    assert_eq!(
        missing(&other),
        (Some(Missing::NotComplete { year: 2023 }), None),
        "nobody said that there was no crime"
    );
    let founded = open().lives("2024-07-01", None, None);
    assert_eq!(missing(&founded), (Some(Missing::Founded { on: on("2024-07-01") }), None));
}

#[test]
fn units_that_come_and_go() {
    let founded = |how| good_group().lives("2024-07-01", None, how);
    let (early, late, before) = ("2024-05-12", "2024-08-01", "2023-05-12");
    let with = |facts: Facts| facts.happened("toi-pham", before, 2);
    check(
        PLAN_GROUP,
        vec![
            Row(
                "founded mid-year, nothing to compare with",
                "4",
                founded(None).happened("toi-pham", late, 1),
                INSUFFICIENT,
            ),
            Row("founded mid-year, and nothing happened", "4", founded(None), MET),
            Row("before its first day", "3.e", founded(None).happened("mau-thuan-keo-dai", early, 1), MET),
            Row("on its first day", "3.e", founded(None).happened("mau-thuan-keo-dai", "2024-07-01", 1), NOT_MET),
            Row(
                "split off: the past stays with the older",
                "4",
                with(founded(Some(How::Split))).happened("toi-pham", late, 1),
                INSUFFICIENT,
            ),
            Row(
                "split off: so do the days",
                "3.e",
                founded(Some(How::Split)).happened("mau-thuan-keo-dai", early, 1),
                MET,
            ),
            Row("merged: the past of all", "4", with(founded(Some(How::Merge))).happened("toi-pham", late, 2), MET),
            Row("merged: more than all", "4", with(founded(Some(How::Merge))).happened("toi-pham", early, 3), NOT_MET),
            Row(
                "merged: a grave matter does not go away",
                "3.e",
                founded(Some(How::Merge)).happened("mau-thuan-keo-dai", early, 1),
                NOT_MET,
            ),
            Row(
                "replaced: the past of the older",
                "4",
                with(founded(Some(How::Replace))).happened("toi-pham", late, 1),
                MET,
            ),
            Row(
                "a paper nobody could sign in quarter one",
                "1.1",
                founded(None).paper("nghi-quyet", "2024-07-05"),
                INSUFFICIENT,
            ),
            Row(
                "founded within quarter one",
                "1.1",
                good_group().lives("2024-02-01", None, None).paper("nghi-quyet", "2024-04-05"),
                NOT_MET,
            ),
            Row(
                "ended mid-year, before",
                "3.e",
                good_group().lives("2010-01-01", Some("2024-06-30"), None).happened("mau-thuan-keo-dai", early, 1),
                NOT_MET,
            ),
            Row(
                "ended mid-year, after",
                "3.e",
                good_group().lives("2010-01-01", Some("2024-06-30"), None).happened("mau-thuan-keo-dai", late, 1),
                MET,
            ),
            Row("founded after the window", "3.e", good_group().lives("2024-11-16", None, None), INSUFFICIENT),
            Row(
                "merged after the window",
                "3.e",
                good_group().lives("2024-11-16", None, Some(How::Merge)),
                INSUFFICIENT,
            ),
            Row(
                "founded on the first day of the year before",
                "4",
                good_group().lives("2022-11-16", None, None).happened("tai-nan", late, 1),
                NOT_MET,
            ),
            Row(
                "founded a day later",
                "4",
                good_group().lives("2022-11-17", None, None).happened("tai-nan", late, 1),
                INSUFFICIENT,
            ),
        ],
    );
}

#[test]
fn the_ward_by_the_plan() {
    let good = good_ward;
    let of_24 = |recognised, standing| {
        good().no_units().units(SubjectKind::Group, recognised, Standing::Recognised).units(
            SubjectKind::Group,
            24 - recognised,
            standing,
        )
    };
    check(
        PLAN_WARD,
        vec![
            Row("the committee's plan", "1.2", good(), MET),
            Row("two initiatives", "1.4", good(), MET),
            Row("one is enough", "1.4", good().figure(Metric::EffectiveInitiatives, Some(1)), MET),
            Row("none", "1.4", good().figure(Metric::EffectiveInitiatives, Some(0)), NOT_MET),
            Row("not typed", "1.4", good().figure(Metric::EffectiveInitiatives, None), INSUFFICIENT),
            Row("clauses 2, 3, 4 of the groups", "2", good(), MET),
            Row("one of them fails", "2", good().happened("ly-khai", "2024-05-12", 1), NOT_MET),
            Row("one of them waits", "2", good().happened("ly-khai", "2024-05-12", 1).unconfirmed(), INSUFFICIENT),
            Row("crime grew in the whole ward", "2", good().happened("toi-pham", "2024-05-12", 1), NOT_MET),
            Row("a policeman disciplined", "3", good().figure(Metric::WardPoliceDisciplined, Some(1)), NOT_MET),
            Row("24 of 24 registered", "4.1", good(), MET),
            Row("23 of 24 registered", "4.1", good().unregistered(), NOT_MET),
            Row("no units", "4.1", good().no_units(), INSUFFICIENT),
            Row("24 recommended", "4.2", good(), MET),
            Row("17 of 24, 70,8%", "4.2", of_24(17, Standing::Refused), MET),
            Row("16 of 24, 66,7%", "4.2", of_24(16, Standing::Refused), NOT_MET),
            Row("16 of 24, the rest still open", "4.2", of_24(16, Standing::Open), INSUFFICIENT),
            Row("17 of 24, the rest still open", "4.2", of_24(17, Standing::Open), MET),
            Row("nothing of nothing", "4.2", good().no_units(), INSUFFICIENT),
            Row(
                "7 of 10 is 70%",
                "4.2",
                good().no_units().units(SubjectKind::Group, 7, Standing::Recognised).units(
                    SubjectKind::Group,
                    3,
                    Standing::Refused,
                ),
                MET,
            ),
            Row(
                "the plan leaves agencies out",
                "4.2",
                of_24(17, Standing::Refused).units(SubjectKind::Agency, 5, Standing::Refused),
                MET,
            ),
        ],
    );
}

#[test]
fn by_the_letter_of_the_circular() {
    let good = good_group;
    check(
        LETTER_GROUP,
        vec![
            Row("31/10 is the last day", "3.a", good().happened("chong-pha", "2024-10-31", 1), NOT_MET),
            Row("1/11 belongs to the next year", "3.a", good().happened("chong-pha", "2024-11-01", 1), MET),
            Row("1/11 of the year before", "3.a", good().happened("chong-pha", "2023-11-01", 1), NOT_MET),
            Row("31/10 of the year before", "3.a", good().happened("chong-pha", "2023-10-31", 1), MET),
            Row("15/11 is nobody's", "3.a", good().happened("chong-pha", "2024-11-15", 1), MET),
            Row(
                "1/11 two years ago is compared with",
                "4",
                good().happened("tai-nan", "2022-11-01", 1).happened("tai-nan", "2024-10-31", 1),
                MET,
            ),
        ],
    );
    let ward = || good_ward().no_units().units(SubjectKind::Group, 24, Standing::Recognised);
    let others = |standing| {
        ward().units(SubjectKind::Agency, 3, standing).units(SubjectKind::Enterprise, 2, standing).units(
            SubjectKind::School,
            6,
            standing,
        )
    };
    check(
        LETTER_WARD,
        vec![
            Row("the ward's window ends on 15/11", "2", good_ward().happened("ly-khai", "2024-11-15", 1), NOT_MET),
            Row("and not on 16/11", "2", good_ward().happened("ly-khai", "2024-11-16", 1), MET),
            Row("all of 35 registered", "4.1", others(Standing::Open), MET),
            Row("a school is missing", "4.1", others(Standing::Open).unregistered(), NOT_MET),
            Row("a small one does not count", "4.1", others(Standing::Open).unregistered().small(), MET),
            Row(
                "the ward is no unit of its own",
                "4.1",
                ward().units(SubjectKind::Ward, 1, Standing::Open).unregistered(),
                MET,
            ),
            // 24 of 35 is 68,6%; 25 are needed.
            Row("24 of 35, schools and agencies refused", "4.2", others(Standing::Refused), NOT_MET),
            Row("24 of 34, 70,6%: one is too small", "4.2", others(Standing::Refused).small(), MET),
            Row(
                "25 of 36 is 69,4%",
                "4.2",
                others(Standing::Refused).units(SubjectKind::Agency, 1, Standing::Recognised),
                NOT_MET,
            ),
            Row(
                "26 of 37 is 70,3%",
                "4.2",
                others(Standing::Refused).units(SubjectKind::Agency, 2, Standing::Recognised),
                MET,
            ),
        ],
    );
    let school = Facts { figures: BTreeMap::from([(Metric::EffectiveInitiatives, 1)]), ..good_group() };
    check(
        ("tt124-2021", SubjectKind::School, 2024, "2024-11-17"),
        vec![
            Row("an initiative", "1", school.clone(), MET),
            Row("a parents' body", "2", school.clone(), PERSON),
            Row("a fight on 15/11", "4", school.clone().happened("bao-luc-hoc-duong", "2024-11-15", 1), NOT_MET),
        ],
    );
    let staff =
        |informed, total| good_group().figure(Metric::StaffInformed, informed).figure(Metric::StaffTotal, total);
    check(
        ("tt124-2021", SubjectKind::Agency, 2024, "2024-11-17"),
        vec![
            Row("a plan inside the window", "1.2", good_group().paper("ke-hoach", "2023-11-16"), MET),
            Row("a plan before the window", "1.2", good_group().paper("ke-hoach", "2023-11-15"), NOT_MET),
            Row("40 of 40", "1.5", staff(Some(40), Some(40)), MET),
            Row("39 of 40", "1.5", staff(Some(39), Some(40)), NOT_MET),
            Row("39 of nobody knows", "1.5", staff(Some(39), None), INSUFFICIENT),
            Row("nobody of nobody", "1.5", staff(Some(0), Some(0)), INSUFFICIENT),
        ],
    );
}

#[test]
fn in_a_year_of_two_tiers() {
    let group = |day| good_group().paper("nghi-quyet", day).closed(&[2025, 2026]);
    check(
        ("tt124-2021-2025", SubjectKind::Group, 2026, "2026-11-02"),
        vec![
            Row("quarter one of 2026", "1.1", group("2026-03-31"), MET),
            Row("quarter one of 2025", "1.1", group("2025-03-31"), NOT_MET),
            Row("31/10/2026", "3.b", group("2026-03-31").happened("pha-hoai", "2026-10-31", 1), NOT_MET),
            Row("1/11/2026", "3.b", group("2026-03-31").happened("pha-hoai", "2026-11-01", 1), MET),
            Row(
                "replaced on 1/7/2025, when units changed their names",
                "4",
                group("2026-03-31").lives("2025-07-01", None, Some(How::Replace)).in_year("tai-nan", 2025, 2).happened(
                    "tai-nan",
                    "2026-01-05",
                    2,
                ),
                MET,
            ),
            Row(
                "founded on 1/7/2025, of nobody",
                "4",
                group("2026-03-31").lives("2025-07-01", None, None).in_year("tai-nan", 2025, 2).happened(
                    "tai-nan",
                    "2026-01-05",
                    2,
                ),
                INSUFFICIENT,
            ),
        ],
    );
    check(
        ("tt124-2021-2025", SubjectKind::Ward, 2026, "2026-11-17"),
        vec![
            Row(
                "17 of 24",
                "4.2",
                good_ward().no_units().units(SubjectKind::Group, 17, Standing::Recognised).units(
                    SubjectKind::Group,
                    7,
                    Standing::Refused,
                ),
                MET,
            ),
            Row(
                "16 of 24",
                "4.2",
                good_ward().no_units().units(SubjectKind::Group, 16, Standing::Recognised).units(
                    SubjectKind::Group,
                    8,
                    Standing::Refused,
                ),
                NOT_MET,
            ),
        ],
    );
}

fn case<'a>((code, subject, year, today): Of, facts: &'a Facts, judged: &'a Judged) -> Case<'a> {
    let ruleset = rules(code);
    Case { ruleset, subject, year, window: window(ruleset, subject, year), today: on(today), facts, judged }
}

#[test]
fn a_good_group_waits_for_its_people_alone() {
    let (facts, mut judged) = (good_group(), Judged::new());
    let open = Overall::of(&case(PLAN_GROUP, &facts, &judged).outcomes());
    assert_eq!((open.finding, open.met), (Finding::Insufficient, 11));
    assert_eq!(open.insufficient, ["2", "5"]);
    judged.extend(["2", "5"].map(|code| (code.to_owned(), Finding::Met)));
    let whole = Overall::of(&case(PLAN_GROUP, &facts, &judged).outcomes());
    assert_eq!((whole.finding, whole.met, whole.provisional), (Finding::Met, 13, false));
    assert!(whole.overridden.is_empty());
}

#[test]
fn a_result_is_provisional_until_the_window_is_over() {
    let (facts, judged) = (good_group(), Judged::new());
    let outcome = |today| case((PLAN_GROUP.0, PLAN_GROUP.1, 2024, today), &facts, &judged).outcome("3.a").unwrap();
    assert!(outcome("2024-11-15").provisional);
    assert!(!outcome("2024-11-16").provisional);
    // What happened stays happened.
    let facts = good_group().happened("chong-pha", "2024-05-12", 1);
    let outcome = case((PLAN_GROUP.0, PLAN_GROUP.1, 2024, "2024-06-01"), &facts, &judged).outcome("3.a").unwrap();
    assert!(!outcome.provisional);
    // A group that ended has no days left.
    let facts = good_group().lives("2010-01-01", Some("2024-06-30"), None);
    let outcome = case((PLAN_GROUP.0, PLAN_GROUP.1, 2024, "2024-07-01"), &facts, &judged).outcome("3.a").unwrap();
    assert!(!outcome.provisional);
}

#[test]
fn recognised_units_are_expected_first_and_official_once_decided() {
    let judged = Judged::new();
    let recognised = |standing| {
        let facts = good_ward().no_units().units(SubjectKind::Group, 24, standing);
        let outcome = case(PLAN_WARD, &facts, &judged).outcome("4.2").unwrap();
        (outcome.finding(), outcome.provisional)
    };
    assert_eq!(recognised(Standing::Open), (Finding::Insufficient, true));
    assert_eq!(recognised(Standing::Recommended), (Finding::Met, true));
    assert_eq!(recognised(Standing::Recognised), (Finding::Met, false));
    assert_eq!(recognised(Standing::Refused), (Finding::NotMet, false));
}

#[test]
fn a_person_may_find_otherwise_and_it_shows() {
    let facts = good_group().households(349, 350).figure(Metric::CoreForceDisciplined, Some(1));
    let found = |code: &str, judged| {
        let judged = Judged::from([(code.to_owned(), judged)]);
        let outcome = case(PLAN_GROUP, &facts, &judged).outcome(code).unwrap();
        (outcome.finding(), outcome.is_overridden())
    };
    for (code, judged, is_overridden) in [
        ("1.3", Finding::Met, true),
        ("1.3", Finding::Insufficient, true),
        ("1.3", Finding::NotMet, false),
        ("3.a", Finding::Met, false),
        ("3.a", Finding::NotMet, true),
        // All of it is the person's.
        ("2", Finding::NotMet, false),
        // Half of it is: one was disciplined, so nothing but "not met" follows from the figures.
        ("5", Finding::NotMet, false),
        ("5", Finding::Insufficient, true),
        ("5", Finding::Met, true),
    ] {
        assert_eq!(found(code, judged), (judged, is_overridden), "{code} {judged}");
    }
    let good = good_group();
    let judged = Judged::from([("5".to_owned(), Finding::NotMet)]);
    assert!(!case(PLAN_GROUP, &good, &judged).outcome("5").unwrap().is_overridden(), "the person's half decides");
}

#[test]
fn nobody_is_met_by_a_program_where_a_person_has_to_say() {
    let (facts, judged) = (good_group(), Judged::new());
    let outcome = case(PLAN_GROUP, &facts, &judged).outcome("5").unwrap();
    assert_eq!((outcome.computed, outcome.finding(), outcome.proposal()), (MET, Finding::Insufficient, None));
    let facts = good_group().figure(Metric::CoreForceDisciplined, Some(2));
    let outcome = case(PLAN_GROUP, &facts, &judged).outcome("5").unwrap();
    assert_eq!(outcome.finding(), Finding::NotMet, "but not met is not met");
}

#[test]
fn a_roll_up_tells_what_is_for_a_person() {
    let (facts, judged) = (good_ward(), Judged::new());
    let outcome = case(PLAN_WARD, &facts, &judged).outcome("2").unwrap();
    assert!(outcome.needs_person && outcome.finding() == Finding::Insufficient);
    let Value::RollUp { lines, .. } = &outcome.conditions[0].value else { panic!("{outcome:?}") };
    let open: Vec<&str> = lines.iter().filter(|it| it.finding.is_none()).map(|it| it.code.as_str()).collect();
    assert_eq!((lines.len(), open), (9, vec!["2"]));
    // The group's clause 5 is half a person's: inside a roll-up its figures still speak.
    let mut ruleset = rules("kh390-2024").clone();
    let ward = ruleset.subjects.iter_mut().find(|it| it.subject == SubjectKind::Ward).unwrap();
    ward.criteria[4].kind = CriterionKind::RollUp { subject: SubjectKind::Group, of: vec!["5".to_owned()] };
    let found = |value| {
        let facts = good_ward().figure(Metric::CoreForceDisciplined, value);
        let case = Case { ruleset: &ruleset, ..case(PLAN_WARD, &facts, &judged) };
        let outcome = case.outcome("2").unwrap();
        (outcome.computed, outcome.needs_person)
    };
    assert_eq!(found(Some(0)), (PERSON, true));
    assert_eq!(found(Some(1)), (NOT_MET, true));
    assert_eq!(found(None), (INSUFFICIENT, true));
    // A criterion of nothing is checked away before a ruleset is published; it is no person's, and not met.
    let nothing = CriterionKind::All { of: vec![] };
    ruleset.subjects[0].criteria.iter_mut().find(|it| it.code == "5").unwrap().kind = nothing;
    let case = Case { ruleset: &ruleset, ..case(PLAN_WARD, &facts, &judged) };
    assert_eq!(case.outcome("2").unwrap().computed, INSUFFICIENT);
}

/// A ruleset with a circle is never published; should one be there, it ends, and nothing in it is met by itself.
#[test]
fn a_circle_ends_without_a_met() {
    let mut ruleset = rules("kh390-2024").clone();
    let group = &mut ruleset.subjects[0];
    let codes: Vec<String> = group.criteria.iter().map(|it| it.code.clone()).collect();
    for criterion in &mut group.criteria {
        criterion.kind = CriterionKind::RollUp { subject: SubjectKind::Group, of: codes.clone() };
    }
    let (facts, judged) = (good_group(), Judged::new());
    let case = Case { ruleset: &ruleset, ..case(PLAN_GROUP, &facts, &judged) };
    for outcome in case.outcomes() {
        assert_eq!(outcome.computed, INSUFFICIENT);
    }
}

/// Each criterion rests on all that follow: 2^39 ways through them, and each is looked at once.
#[test]
fn a_deep_roll_up_is_no_burden() {
    let mut ruleset = rules("kh390-2024").clone();
    let group = &mut ruleset.subjects[0];
    let leaf = group.criteria[4].clone();
    let codes: Vec<String> = (0..40).map(|n| format!("c{n}")).collect();
    let kind = |n: usize| match codes.get(n + 1..) {
        Some(after) if !after.is_empty() => CriterionKind::RollUp { subject: SubjectKind::Group, of: after.to_vec() },
        _ => leaf.kind.clone(),
    };
    let all = codes.iter().enumerate().map(|(n, code)| Criterion { code: code.clone(), kind: kind(n), ..leaf.clone() });
    group.criteria = all.collect();
    let (facts, judged) = (good_group(), Judged::new());
    let case = Case { ruleset: &ruleset, ..case(PLAN_GROUP, &facts, &judged) };
    assert!(case.outcomes().iter().all(|it| it.computed == MET));
}

#[test]
fn what_if_tells_which_criterion_flips() {
    let (judged, facts) = (Judged::new(), good_group().households(338, 350).happened("toi-pham", "2023-05-12", 1));
    let case = case(PLAN_GROUP, &facts, &judged);
    let flips = |changes: &[Change]| -> Vec<(String, Finding, Finding)> {
        case.what_if(changes).into_iter().map(|it| (it.code, it.before, it.after)).collect()
    };
    let crime = |n, gravity| Change::Incidents { kind: "toi-pham".to_owned(), gravity, n };
    assert_eq!(flips(&[Change::Registered(11)]), []);
    assert_eq!(flips(&[Change::Registered(12)]), [("1.3".to_owned(), Finding::NotMet, Finding::Met)]);
    assert_eq!(flips(&[Change::Registered(12), Change::Arrived(1)]), []);
    assert_eq!(flips(&[crime(1, Gravity::Ordinary)]), []);
    assert_eq!(flips(&[crime(2, Gravity::Ordinary)]), [("4".to_owned(), Finding::Met, Finding::NotMet)]);
    assert_eq!(flips(&[crime(1, Gravity::High)]), [("4".to_owned(), Finding::Met, Finding::NotMet)]);
    let figure = Change::Figure(Metric::CoreForceDisciplined, 1);
    assert_eq!(flips(&[figure]), [("5".to_owned(), Finding::Met, Finding::NotMet)]);
    let signed = case.with(&[Change::Pledged(345)]).households;
    assert_eq!((signed.registered, signed.pledged), (345, 345), "whoever signs has registered");
    let left = case.with(&[Change::Pledged(345), Change::Registered(-5)]).households;
    assert_eq!((left.registered, left.pledged), (340, 340));
    assert_eq!(case.with(&[Change::Registered(99)]).households.registered, 350, "no more than live there");
    assert_eq!(facts.households.registered, 338, "nothing is written");
}

#[test]
fn what_if_moves_units_of_a_ward_that_count() {
    let judged = Judged::new();
    let standing = |recognised, open| {
        good_ward()
            .no_units()
            .units(SubjectKind::Group, recognised, Standing::Recommended)
            .units(SubjectKind::Group, open, Standing::Open)
            .units(SubjectKind::Group, 24 - recognised - open, Standing::Refused)
            .units(SubjectKind::Agency, 9, Standing::Open)
    };
    let after = |facts: &Facts, more| {
        let case = case(PLAN_WARD, facts, &judged);
        let facts = case.with(&[Change::Recognised(more)]);
        Case { facts: &facts, ..case }.outcome("4.2").unwrap().finding()
    };
    assert_eq!(after(&standing(16, 0), 0), Finding::NotMet);
    assert_eq!(after(&standing(16, 0), 1), Finding::Met);
    assert_eq!(after(&standing(15, 1), 1), Finding::NotMet);
    assert_eq!(after(&standing(15, 1), 2), Finding::Met);
    assert_eq!(after(&standing(17, 0), -1), Finding::NotMet);
    assert_eq!(after(&standing(17, 7), -1), Finding::Insufficient);
    let facts = good_ward().unregistered();
    let flips = case(PLAN_WARD, &facts, &judged).what_if(&[Change::UnitsRegistered(1)]);
    assert_eq!(flips, [Flip { code: "4.1".to_owned(), before: Finding::NotMet, after: Finding::Met }]);
}

#[test]
fn nothing_to_combine_is_not_enough_grounds() {
    assert_eq!(combined([]), Finding::Insufficient);
    assert_eq!(combined([Finding::Met, Finding::Insufficient, Finding::NotMet]), Finding::NotMet);
    assert_eq!(combined([Finding::Met, Finding::Insufficient]), Finding::Insufficient);
    assert_eq!(combined([Finding::Met]), Finding::Met);
}

#[test]
fn the_smallest_part_that_meets_a_share() {
    for (whole, percent, needed) in
        [(24, 70, 17), (10, 70, 7), (20, 70, 14), (1, 70, 1), (350, 100, 350), (3, 0, 0), (0, 70, 0), (100, 1, 1)]
    {
        assert_eq!(Value::needed(whole, percent), needed, "{percent}% of {whole}");
    }
}
