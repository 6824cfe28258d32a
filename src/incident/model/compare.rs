//! This window against the one before, type by type and month by month. A number alone says nothing.

use chrono::{Months, NaiveDate};
use serde::Deserialize;

use crate::ruleset::Window;

/// The counts of one type on one day, or of a year without days.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Sum {
    /// The code of the type.
    pub kind: String,
    /// The day.
    pub on: Option<NaiveDate>,
    /// The year, where there is no day.
    pub of_year: Option<i32>,
    /// The ward police confirmed it.
    pub confirmed: bool,
    /// How many.
    pub n: i64,
}

/// What the window before says about the same days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Before {
    /// So many.
    Known(i64),
    /// It was kept without days, so only the whole window can be compared with.
    NoDays,
    /// Nobody entered it.
    NotEntered,
}

/// One type, or all of them together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The code of the type; empty for the sum of all.
    pub kind: String,
    /// Confirmed, from the first day of the window until today.
    pub now: i64,
    /// Entered and not confirmed: in no sum.
    pub pending: i64,
    /// The window before, up to the same day.
    pub same: Before,
    /// The whole window before; none when nobody entered it.
    pub whole: Option<i64>,
}

/// One month of both windows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Month {
    /// Its days in this window.
    pub days: Window,
    /// Confirmed; none for a month that has not begun.
    pub now: Option<i64>,
    /// Confirmed in the same month of the window before; none when that cannot be said.
    pub before: Option<i64>,
}

/// Both windows, seen from a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The year that is looked at.
    pub year: i32,
    /// Its window.
    pub window: Window,
    /// Until when it is counted.
    pub today: NaiveDate,
    /// Somebody said that the counts of the year before are complete.
    pub is_closed: bool,
}

impl Span {
    /// The last day that is counted: today, or the end of the window.
    #[must_use]
    pub fn until(&self) -> NaiveDate {
        self.today.clamp(self.window.from, self.window.to)
    }

    /// The same day of the window before.
    #[must_use]
    pub fn until_before(&self) -> NaiveDate {
        let before = self.window.year_before();
        if self.today >= self.window.to { before.to } else { a_year_earlier(self.until()).min(before.to) }
    }

    fn is_now(&self, sum: &Sum) -> bool {
        sum.on.map_or(sum.of_year == Some(self.year), |day| self.window.contains(day))
    }

    fn is_before(&self, sum: &Sum) -> bool {
        sum.on.map_or(sum.of_year == Some(self.year - 1), |day| self.window.year_before().contains(day))
    }

    /// Whether anything is known of the window before; as the engine sees it.
    #[must_use]
    pub fn is_known(&self, sums: &[Sum]) -> bool {
        self.is_closed || sums.iter().any(|sum| sum.confirmed && self.is_before(sum))
    }

    /// Whether some counts of the window before have no day.
    #[must_use]
    pub fn lacks_days(&self, sums: &[Sum]) -> bool {
        sums.iter().any(|sum| sum.on.is_none() && sum.confirmed && self.is_before(sum))
    }
}

fn a_year_earlier(day: NaiveDate) -> NaiveDate {
    day.checked_sub_months(Months::new(12)).unwrap_or(day)
}

fn total<'s>(sums: impl Iterator<Item = &'s Sum>) -> i64 {
    sums.map(|sum| sum.n).sum()
}

/// One line for each type in the order given, and one for all of them.
#[must_use]
pub fn lines(sums: &[Sum], kinds: &[&str], span: &Span) -> Vec<Line> {
    let is_known = span.is_known(sums);
    let one = |kind: &str, sums: &[&Sum]| {
        let held = |confirmed: bool| sums.iter().copied().filter(move |sum| sum.confirmed == confirmed);
        let before = || held(true).filter(|sum| span.is_before(sum));
        let is_over = span.until_before() == span.window.year_before().to;
        let same = if !is_known {
            Before::NotEntered
        } else if is_over {
            Before::Known(total(before()))
        } else if before().any(|sum| sum.on.is_none()) {
            Before::NoDays
        } else {
            Before::Known(total(before().filter(|sum| sum.on.is_some_and(|day| day <= span.until_before()))))
        };
        Line {
            kind: kind.to_owned(),
            now: total(held(true).filter(|sum| span.is_now(sum))),
            pending: total(held(false).filter(|sum| span.is_now(sum))),
            same,
            whole: is_known.then(|| total(before())),
        }
    };
    let mut lines: Vec<Line> =
        kinds.iter().map(|kind| one(kind, &sums.iter().filter(|sum| sum.kind == *kind).collect::<Vec<_>>())).collect();
    lines.push(one("", &sums.iter().collect::<Vec<_>>()));
    lines
}

/// The months of a window, each beginning on the day of the month on which the window begins.
#[must_use]
pub fn months(sums: &[Sum], span: &Span) -> Vec<Month> {
    let compares = span.is_known(sums) && !span.lacks_days(sums);
    let counted =
        |days: Window| total(sums.iter().filter(|sum| sum.confirmed && sum.on.is_some_and(|day| days.contains(day))));
    let start = |months: u32| span.window.from.checked_add_months(Months::new(months));
    // A window that a ward moved has a few days more or less; nobody moves it by a year.
    let spans = (0..24).map_while(|at| {
        let from = start(at).filter(|from| *from <= span.window.to)?;
        Some(Window { from, to: start(at + 1)?.pred_opt()?.min(span.window.to) })
    });
    spans
        .map(|days| {
            let before = Window { from: a_year_earlier(days.from), to: a_year_earlier(days.to) };
            Month {
                days,
                now: (days.from <= span.today).then(|| counted(days)),
                before: compares.then(|| counted(before)),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn span(today: &str) -> Span {
        let window = Window { from: day("2023-11-16"), to: day("2024-11-15") };
        Span { year: 2024, window, today: day(today), is_closed: false }
    }

    fn on(kind: &str, text: &str, n: i64) -> Sum {
        Sum { kind: kind.to_owned(), on: Some(day(text)), of_year: None, confirmed: true, n }
    }

    fn of_year(kind: &str, year: i32, n: i64) -> Sum {
        Sum { kind: kind.to_owned(), on: None, of_year: Some(year), confirmed: true, n }
    }

    fn one(sums: &[Sum], today: &str) -> Line {
        lines(sums, &["toi-pham"], &span(today)).remove(0)
    }

    #[test]
    fn the_same_period_ends_on_the_same_day() {
        let sums = [
            on("toi-pham", "2024-03-24", 3),
            on("toi-pham", "2023-03-25", 4),
            on("toi-pham", "2023-03-26", 5),
            on("toi-pham", "2022-11-16", 1),
            on("toi-pham", "2022-11-15", 100),
        ];
        let line = one(&sums, "2024-03-25");
        assert_eq!((line.now, line.same, line.whole), (3, Before::Known(5), Some(10)));
    }

    #[test]
    fn the_edges_belong_to_one_window_each() {
        let sums = [
            on("toi-pham", "2024-11-15", 1),
            on("toi-pham", "2024-11-16", 2),
            on("toi-pham", "2023-11-16", 4),
            on("toi-pham", "2023-11-15", 8),
        ];
        let line = one(&sums, "2024-11-20");
        assert_eq!((line.now, line.same, line.whole), (5, Before::Known(8), Some(8)));
    }

    #[test]
    fn a_leap_day_is_compared_with_the_last_of_february() {
        assert_eq!(span("2024-02-29").until_before(), day("2023-02-28"));
        assert_eq!(span("2024-03-01").until_before(), day("2023-03-01"));
    }

    #[test]
    fn a_year_kept_without_days_compares_as_a_whole_only() {
        let sums = [on("toi-pham", "2024-03-24", 3), of_year("toi-pham", 2023, 12)];
        let line = one(&sums, "2024-03-25");
        assert_eq!((line.same, line.whole), (Before::NoDays, Some(12)));
        let line = one(&sums, "2024-11-15");
        assert_eq!((line.same, line.whole), (Before::Known(12), Some(12)));
        assert!(months(&sums, &span("2024-03-25")).iter().all(|month| month.before.is_none()));
    }

    #[test]
    fn a_year_that_nobody_entered_is_not_nought() {
        let sums = [on("toi-pham", "2024-03-24", 3)];
        let line = one(&sums, "2024-03-25");
        assert_eq!((line.same, line.whole), (Before::NotEntered, None));
        let closed = Span { is_closed: true, ..span("2024-03-25") };
        let line = lines(&sums, &["toi-pham"], &closed).remove(0);
        assert_eq!((line.same, line.whole), (Before::Known(0), Some(0)));
        // One row of another type says that somebody entered the year.
        let line = one(&[of_year("tai-nan", 2023, 1)], "2024-03-25");
        assert_eq!((line.same, line.whole), (Before::Known(0), Some(0)));
    }

    #[test]
    fn what_nobody_confirmed_is_in_no_sum() {
        let mut draft = on("toi-pham", "2024-03-24", 3);
        draft.confirmed = false;
        let line = one(&[draft], "2024-03-25");
        assert_eq!((line.now, line.pending), (0, 3));
    }

    #[test]
    fn a_window_has_twelve_months_that_touch() {
        let months = months(&[on("toi-pham", "2023-12-15", 1), on("toi-pham", "2023-12-16", 2)], &span("2024-03-25"));
        assert_eq!(months.len(), 12);
        assert_eq!(months[0].days, Window { from: day("2023-11-16"), to: day("2023-12-15") });
        assert_eq!(months[11].days.to, day("2024-11-15"));
        assert_eq!((months[0].now, months[1].now), (Some(1), Some(2)));
        assert!(months.windows(2).all(|pair| pair[0].days.to.succ_opt() == Some(pair[1].days.from)));
        assert_eq!(months.iter().filter(|month| month.now.is_some()).count(), 5);
    }

    proptest! {
        #[test]
        fn the_sum_of_all_is_the_sum_of_the_types(
            rows in proptest::collection::vec((0_usize..3, -400_i64..400, 1_i64..5, any::<bool>()), 0..40), at in 0_i64..366
        ) {
            let kinds = ["a", "b", "c"];
            let first = day("2023-11-16");
            let sums: Vec<Sum> = rows
                .into_iter()
                .map(|(kind, days, n, confirmed)| Sum {
                    kind: kinds[kind].to_owned(), on: Some(first + chrono::Duration::days(days)), of_year: None, confirmed, n,
                })
                .collect();
            let today = first + chrono::Duration::days(at);
            let lines = lines(&sums, &kinds, &Span { today, ..span("2024-03-25") });
            let (all, each) = lines.split_last().unwrap();
            prop_assert_eq!(all.now, each.iter().map(|line| line.now).sum::<i64>());
            prop_assert_eq!(all.pending, each.iter().map(|line| line.pending).sum::<i64>());
            prop_assert_eq!(all.whole, each.iter().map(|line| line.whole).sum::<Option<i64>>());
            if let (Before::Known(same), Some(whole)) = (all.same, all.whole) {
                prop_assert!(same <= whole);
            }
        }
    }
}
