//! Days and moments as they are written in Vietnamese, always those of Asia/Ho_Chi_Minh.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Timelike, Utc, Weekday};

use crate::platform::clock::{civil, civil_time};

/// A day, or a moment that falls on one in Việt Nam. It keeps anyone from asking a moment for its day in Greenwich, which is
/// yesterday until 7 o'clock.
pub trait CivilDay {
    /// The day in Việt Nam.
    fn civil_day(&self) -> NaiveDate;
}

impl CivilDay for NaiveDate {
    fn civil_day(&self) -> NaiveDate {
        *self
    }
}

impl CivilDay for DateTime<Utc> {
    fn civil_day(&self) -> NaiveDate {
        civil(*self)
    }
}

impl<T: CivilDay + ?Sized> CivilDay for &T {
    fn civil_day(&self) -> NaiveDate {
        (**self).civil_day()
    }
}

/// "25/3/2024".
#[must_use]
pub fn day(at: impl CivilDay) -> String {
    let at = at.civil_day();
    format!("{}/{}/{}", at.day(), at.month(), at.year())
}

/// "thứ Bảy 30/3/2024": with its year, as legal pages want it.
#[must_use]
pub fn day_long(at: impl CivilDay) -> String {
    let at = at.civil_day();
    format!("{} {}", weekday(at), day(at))
}

/// "thứ Bảy 30/3", or "thứ Bảy 30/3/2024" when that is not this year.
#[must_use]
pub fn day_short(at: impl CivilDay, today: impl CivilDay) -> String {
    let at = at.civil_day();
    if at.year() == today.civil_day().year() {
        format!("{} {}/{}", weekday(at), at.day(), at.month())
    } else {
        day_long(at)
    }
}

/// "9:14, thứ Ba 26/3/2024".
#[must_use]
pub fn moment(at: DateTime<Utc>) -> String {
    format!("{}, {}", clock_time(at), day_long(at))
}

/// "2024-11-13T16:05": the moment in +07:00 as HTML's `time` wants it.
#[must_use]
pub fn machine(at: DateTime<Utc>) -> String {
    crate::platform::clock::civil_time(at).format("%Y-%m-%dT%H:%M").to_string()
}

/// "9:14".
#[must_use]
pub fn clock_time(at: DateTime<Utc>) -> String {
    let at = civil_time(at);
    format!("{}:{:02}", at.hour(), at.minute())
}

/// "thứ Hai" to "Chủ nhật".
#[must_use]
pub fn weekday(at: impl CivilDay) -> &'static str {
    match at.civil_day().weekday() {
        Weekday::Mon => "thứ Hai",
        Weekday::Tue => "thứ Ba",
        Weekday::Wed => "thứ Tư",
        Weekday::Thu => "thứ Năm",
        Weekday::Fri => "thứ Sáu",
        Weekday::Sat => "thứ Bảy",
        Weekday::Sun => "Chủ nhật",
    }
}

/// How long ago something happened: "vừa xong", "5 phút trước", "3 giờ trước", "hôm qua lúc 16:30", "4 ngày trước", and
/// the day itself from a week on. What lies ahead (a clock that was set back) is told as a moment.
#[must_use]
pub fn ago(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let passed = now - at;
    let days = (civil(now) - civil(at)).num_days();
    if passed < -TimeDelta::minutes(1) {
        moment(at)
    } else if passed < TimeDelta::minutes(1) {
        "vừa xong".to_owned()
    } else if passed < TimeDelta::hours(1) {
        format!("{} phút trước", passed.num_minutes())
    } else {
        match days {
            ..=0 => format!("{} giờ trước", passed.num_hours()),
            1 => format!("hôm qua lúc {}", clock_time(at)),
            2..=6 => format!("{days} ngày trước"),
            _ => day(at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn at(text: &str) -> DateTime<Utc> {
        DateTime::parse_from_rfc3339(&format!("{text}+07:00")).unwrap().to_utc()
    }

    #[test]
    fn days_have_no_leading_zero() {
        assert_eq!(day(on("2024-03-25")), "25/3/2024");
        assert_eq!(day(on("2024-11-05")), "5/11/2024");
        assert_eq!(day_long(on("2024-03-30")), "thứ Bảy 30/3/2024");
    }

    #[test]
    fn the_year_is_said_only_when_it_is_another() {
        assert_eq!(day_short(on("2024-03-30"), on("2024-12-31")), "thứ Bảy 30/3");
        assert_eq!(day_short(on("2024-03-30"), on("2025-01-01")), "thứ Bảy 30/3/2024");
        let new_year = at("2025-01-01T00:00:00");
        assert_eq!(day_short(on("2025-03-30"), new_year), "Chủ nhật 30/3");
    }

    #[test]
    fn moments_are_told_in_viet_nam() {
        assert_eq!(moment("2024-03-26T02:14:59Z".parse().unwrap()), "9:14, thứ Ba 26/3/2024");
        assert_eq!(moment(at("2024-11-15T23:59:59")), "23:59, thứ Sáu 15/11/2024");
        assert_eq!(moment(at("2024-11-16T00:00:00")), "0:00, thứ Bảy 16/11/2024");
        assert_eq!(day(at("2024-11-16T06:59:59")), "16/11/2024");
        assert_eq!(clock_time(at("2024-11-16T10:05:00")), "10:05");
    }

    #[test]
    fn a_week_has_seven_names() {
        let monday = on("2024-11-11");
        let names: Vec<_> = monday.iter_days().take(7).map(weekday).collect();
        let expected = ["thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"];
        assert_eq!(names, expected);
    }

    #[test]
    fn the_past_is_told_by_how_near_it_is() {
        let now = at("2024-11-14T09:00:00");
        let told = [
            ("2024-11-14T09:00:30", "vừa xong"),
            ("2024-11-14T08:59:01", "vừa xong"),
            ("2024-11-14T08:59:00", "1 phút trước"),
            ("2024-11-14T08:00:01", "59 phút trước"),
            ("2024-11-14T08:00:00", "1 giờ trước"),
            ("2024-11-14T00:00:00", "9 giờ trước"),
            ("2024-11-13T23:59:59", "hôm qua lúc 23:59"),
            ("2024-11-12T23:00:00", "2 ngày trước"),
            ("2024-11-08T00:00:00", "6 ngày trước"),
            ("2024-11-07T23:59:59", "7/11/2024"),
            ("2024-11-14T10:00:00", "10:00, thứ Năm 14/11/2024"),
        ];
        for (then, words) in told {
            assert_eq!(ago(at(then), now), words, "{then}");
        }
    }

    #[test]
    fn minutes_stay_minutes_across_midnight() {
        let now = at("2024-11-14T00:10:00");
        assert_eq!(ago(at("2024-11-13T23:50:00"), now), "20 phút trước");
    }
}
