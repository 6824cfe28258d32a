//! How near a deadline is, and how work stood to it.
//!
//! A deadline is given as `closes_at`: the first moment that is **no longer** in time. "Trước ngày 16/11" and "hết ngày 15/11"
//! both close at midnight in Việt Nam between the two, and their last day is 15/11.

use std::fmt;

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};

use super::dates::{CivilDay, weekday};
use crate::platform::clock::civil;

/// With so many days left, or fewer, a deadline is near: a week is what a leader needs to go from door to door once more.
pub const SOON_DAYS: i64 = 7;

/// Under so many hours days are too coarse, and hours are told.
const HOURS_BELOW: i64 = 48;

/// The last day on which it is still in time.
#[must_use]
pub fn last_day(closes_at: DateTime<Utc>) -> NaiveDate {
    civil(closes_at - TimeDelta::microseconds(1))
}

/// How much a deadline presses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// More than [`SOON_DAYS`] days are left.
    Info,
    /// The words would say [`SOON_DAYS`] days or fewer.
    Soon,
    /// It has passed.
    Late,
}

impl Tone {
    /// The class that `.due` takes.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Info => "is-info",
            Self::Soon => "is-soon",
            Self::Late => "is-late",
        }
    }

    /// The tone as the template macros take it: info, soon, late.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Soon => "soon",
            Self::Late => "late",
        }
    }

    /// The tone of a leaf as the template macros take it: nothing, soon, bad.
    #[must_use]
    pub const fn leaf_word(self) -> &'static str {
        match self {
            Self::Info => "",
            Self::Soon => "soon",
            Self::Late => "bad",
        }
    }

    /// The class that `.leaf` takes: far ahead it has none, and past it is `is-bad`.
    #[must_use]
    pub const fn leaf_class(self) -> &'static str {
        match self {
            Self::Info => "",
            Self::Soon => "is-soon",
            Self::Late => "is-bad",
        }
    }
}

/// The time left until a deadline, as `.due` shows it. Displays as its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeLeft {
    /// "Còn 3 ngày", "Còn 32 giờ", "Còn 40 phút", "Quá hạn 1 ngày".
    pub text: String,
    /// How much it presses.
    pub tone: Tone,
    /// The icon of the kit that stands beside the words.
    pub icon: &'static str,
}

impl fmt::Display for TimeLeft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The time left, rounded down so that it never promises more than there is: whole days of 24 hours; hours under 48;
/// minutes under one hour. Once past, days of the calendar since the last day, hours or minutes on that day itself.
#[must_use]
pub fn time_left(closes_at: DateTime<Utc>, now: DateTime<Utc>) -> TimeLeft {
    let left = closes_at - now;
    if left <= TimeDelta::zero() {
        return TimeLeft {
            text: match overrun(closes_at, now) {
                Some(much) => format!("Quá hạn {much}"),
                None => "Vừa quá hạn".to_owned(),
            },
            tone: Tone::Late,
            icon: "clock-alert",
        };
    }
    let (days, hours, minutes) = (left.num_days(), left.num_hours(), left.num_minutes());
    let (text, icon) = match (hours, minutes) {
        (0, 0) => ("Còn chưa tới 1 phút".to_owned(), "clock-alert"),
        (0, _) => (format!("Còn {minutes} phút"), "clock-alert"),
        (..HOURS_BELOW, _) => (format!("Còn {hours} giờ"), "clock-alert"),
        _ if days <= SOON_DAYS => (format!("Còn {days} ngày"), "clock"),
        _ => (format!("Còn {days} ngày"), "calendar"),
    };
    let tone = if days <= SOON_DAYS { Tone::Soon } else { Tone::Info };
    TimeLeft { text, tone, icon }
}

/// "Sớm 4 ngày so với hạn", or "Trong ngày cuối của hạn" on the last day; `None` when it was late.
#[must_use]
pub fn early_by(closes_at: DateTime<Utc>, at: DateTime<Utc>) -> Option<String> {
    if at >= closes_at {
        return None;
    }
    Some(match (last_day(closes_at) - civil(at)).num_days() {
        0 => "Trong ngày cuối của hạn".to_owned(),
        days => format!("Sớm {days} ngày so với hạn"),
    })
}

/// "Trễ 1 ngày", or "Trễ 2 giờ" on the last day itself; `None` when it was in time.
#[must_use]
pub fn late_by(closes_at: DateTime<Utc>, at: DateTime<Utc>) -> Option<String> {
    if at < closes_at {
        return None;
    }
    Some(match overrun(closes_at, at) {
        Some(much) => format!("Trễ {much}"),
        None => "Trễ chưa tới 1 phút".to_owned(),
    })
}

/// How far past: days of the calendar since the last day, or hours or minutes on it; `None` under one minute.
fn overrun(closes_at: DateTime<Utc>, at: DateTime<Utc>) -> Option<String> {
    let days = (civil(at) - last_day(closes_at)).num_days();
    let past = at - closes_at;
    match (days, past.num_hours(), past.num_minutes()) {
        (1.., _, _) => Some(format!("{days} ngày")),
        (_, 0, 0) => None,
        (_, 0, minutes) => Some(format!("{minutes} phút")),
        (_, hours, _) => Some(format!("{hours} giờ")),
    }
}

/// A sheet of the tear-off calendar, showing the last day on which it is still in time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// "Tháng 11".
    pub month: String,
    /// "15".
    pub day: String,
    /// "thứ Sáu".
    pub weekday: &'static str,
}

/// The sheet for this day; give it [`last_day`] of a deadline.
#[must_use]
pub fn leaf(last_day: impl CivilDay) -> Leaf {
    let date = last_day.civil_day();
    Leaf { month: format!("Tháng {}", date.month()), day: date.day().to_string(), weekday: weekday(date) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> DateTime<Utc> {
        DateTime::parse_from_rfc3339(&format!("{text}+07:00")).unwrap().to_utc()
    }

    /// "Trước ngày 16/11".
    fn closes() -> DateTime<Utc> {
        at("2024-11-16T00:00:00")
    }

    #[track_caller]
    fn expect(now: DateTime<Utc>, text: &str, tone: Tone, icon: &str) {
        let left = time_left(closes(), now);
        assert_eq!((left.text.as_str(), left.tone, left.icon), (text, tone, icon));
    }

    #[test]
    fn days_are_told_from_48_hours_up_and_a_week_is_soon() {
        let before = |days, hours| closes() - TimeDelta::days(days) - TimeDelta::hours(hours);
        expect(before(12, 5), "Còn 12 ngày", Tone::Info, "calendar");
        expect(before(8, 0), "Còn 8 ngày", Tone::Info, "calendar");
        expect(before(7, 23), "Còn 7 ngày", Tone::Soon, "clock");
        expect(before(7, 0), "Còn 7 ngày", Tone::Soon, "clock");
        expect(before(3, 8), "Còn 3 ngày", Tone::Soon, "clock");
        expect(before(2, 0), "Còn 2 ngày", Tone::Soon, "clock");
    }

    #[test]
    fn hours_and_minutes_are_told_near_the_end_rounded_down() {
        let before = |minutes| closes() - TimeDelta::minutes(minutes);
        let soon = |minutes, text| expect(before(minutes), text, Tone::Soon, "clock-alert");
        soon(47 * 60 + 59, "Còn 47 giờ");
        soon(32 * 60 + 59, "Còn 32 giờ");
        soon(60, "Còn 1 giờ");
        soon(59, "Còn 59 phút");
        soon(40, "Còn 40 phút");
        soon(1, "Còn 1 phút");
        let last_moment = closes() - TimeDelta::microseconds(1);
        expect(last_moment, "Còn chưa tới 1 phút", Tone::Soon, "clock-alert");
    }

    #[test]
    fn midnight_in_viet_nam_is_late_by_a_day() {
        let late = |now, text| expect(at(now), text, Tone::Late, "clock-alert");
        late("2024-11-16T00:00:00", "Quá hạn 1 ngày");
        late("2024-11-16T23:59:59", "Quá hạn 1 ngày");
        late("2024-11-17T00:00:00", "Quá hạn 2 ngày");
    }

    #[test]
    fn a_deadline_within_a_day_is_late_by_minutes_then_hours_then_days() {
        let at_five = at("2024-11-13T17:00:00");
        let text = |now| time_left(at_five, at(now)).text;
        assert_eq!(text("2024-11-13T17:00:00"), "Vừa quá hạn");
        assert_eq!(text("2024-11-13T17:40:00"), "Quá hạn 40 phút");
        assert_eq!(text("2024-11-13T19:30:00"), "Quá hạn 2 giờ");
        assert_eq!(text("2024-11-14T00:00:00"), "Quá hạn 1 ngày");
    }

    #[test]
    fn the_leaf_shows_the_last_day_in_time() {
        assert_eq!(last_day(closes()).to_string(), "2024-11-15");
        assert_eq!(last_day(at("2024-11-13T17:00:00")).to_string(), "2024-11-13");
        let expected = Leaf { month: "Tháng 11".to_owned(), day: "15".to_owned(), weekday: "thứ Sáu" };
        assert_eq!(leaf(last_day(closes())), expected);
    }

    #[test]
    fn work_is_early_by_days_of_the_calendar() {
        let closes = at("2024-03-31T00:00:00");
        let early = |when| early_by(closes, at(when));
        assert_eq!(early("2024-03-26T09:14:00").unwrap(), "Sớm 4 ngày so với hạn");
        assert_eq!(early("2024-03-29T23:59:59").unwrap(), "Sớm 1 ngày so với hạn");
        assert_eq!(early("2024-03-30T00:00:00").unwrap(), "Trong ngày cuối của hạn");
        assert_eq!(early("2024-03-30T23:59:59").unwrap(), "Trong ngày cuối của hạn");
        assert_eq!(early("2024-03-31T00:00:00"), None);
    }

    #[test]
    fn work_is_late_by_what_passed_since_the_last_day() {
        let late = |when| late_by(closes(), at(when));
        assert_eq!(late("2024-11-15T23:59:59"), None);
        assert_eq!(late("2024-11-16T00:00:00").unwrap(), "Trễ 1 ngày");
        assert_eq!(late("2024-11-18T09:00:00").unwrap(), "Trễ 3 ngày");
        let late = |when| late_by(at("2024-11-13T17:00:00"), at(when)).unwrap();
        assert_eq!(late("2024-11-13T17:00:59"), "Trễ chưa tới 1 phút");
        assert_eq!(late("2024-11-13T19:00:00"), "Trễ 2 giờ");
    }

    #[test]
    fn the_classes_are_those_of_the_kit() {
        assert_eq!(Tone::Late.class(), "is-late");
        assert_eq!(Tone::Late.leaf_class(), "is-bad");
        assert_eq!(Tone::Info.leaf_class(), "");
    }

    proptest! {
        #[test]
        fn work_is_either_early_or_late_and_the_words_agree(seconds in -10_000_000_i64..10_000_000) {
            let when = closes() + TimeDelta::seconds(seconds);
            prop_assert!(early_by(closes(), when).is_some() != late_by(closes(), when).is_some());
            let late = time_left(closes(), when).tone == Tone::Late;
            prop_assert_eq!(late, late_by(closes(), when).is_some());
        }
    }
}
