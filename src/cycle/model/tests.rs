#![allow(clippy::unwrap_used)]

use std::sync::LazyLock;

use chrono::TimeDelta;
use proptest::prelude::*;

use super::*;
use crate::ruleset::{quarter_one, shipped};

/// Read once: the properties below ask for it hundreds of times.
static SHIPPED: LazyLock<Vec<Ruleset>> = LazyLock::new(|| shipped().unwrap());

fn ruleset(code: &str) -> Ruleset {
    SHIPPED.iter().find(|it| it.code == code).unwrap().clone()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A moment written with its offset.
fn at(text: &str) -> DateTime<Utc> {
    text.parse::<DateTime<FixedOffset>>().unwrap().to_utc()
}

fn plan_390() -> Calendar {
    Calendar::plan(&ruleset("kh390-2024"), 2024).unwrap()
}

#[test]
fn plan_390_has_one_window_for_groups_and_ward() {
    let calendar = plan_390();
    let window = Window { from: day("2023-11-16"), to: day("2024-11-15") };
    assert_eq!(calendar.group_window, window);
    assert_eq!(calendar.ward_window, window);
}

#[test]
fn the_circular_gives_groups_a_window_of_their_own() {
    let calendar = Calendar::plan(&ruleset("tt124-2021"), 2024).unwrap();
    assert_eq!(calendar.group_window.from, day("2023-11-01"));
    assert_eq!(calendar.group_window.to, day("2024-10-31"));
    assert_eq!(calendar.ward_window.from, day("2023-11-16"));
    assert_eq!(calendar.ward_window.to, day("2024-11-15"));
}

#[test]
fn the_last_second_of_the_window_counts_and_midnight_belongs_to_the_next() {
    let this = plan_390().group_window;
    let next = Calendar::plan(&ruleset("kh390-2024"), 2025).unwrap().group_window;
    let last_second = at("2024-11-15T23:59:59+07:00");
    let midnight = at("2024-11-16T00:00:00+07:00");
    assert!(this.contains_moment(last_second) && !next.contains_moment(last_second));
    assert!(!this.contains_moment(midnight) && next.contains_moment(midnight));
}

#[test]
fn last_days_of_plan_390_in_2024() {
    let calendar = plan_390();
    let last = |code| calendar.deadline(code).unwrap().last_day();
    assert_eq!(last(DeadlineCode::GroupRegistration), day("2024-03-30"));
    assert_eq!(last(DeadlineCode::WardRegistration), day("2024-03-31"));
    assert_eq!(last(DeadlineCode::GroupRequest), day("2024-11-15"));
    assert_eq!(last(DeadlineCode::WardAppraisal), day("2024-11-17"));
    assert_eq!(last(DeadlineCode::WardRequest), day("2024-11-17"));
}

#[test]
fn by_the_circular_31_march_is_still_in_time() {
    let calendar = Calendar::plan(&ruleset("tt124-2021"), 2024).unwrap();
    let registration = calendar.deadline(DeadlineCode::GroupRegistration).unwrap();
    assert_eq!(registration.last_day(), day("2024-03-31"));
    assert!(!registration.internal);
    assert!(calendar.deadline(DeadlineCode::WardRequest).unwrap().internal);
}

#[test]
fn before_31_march_ends_with_the_last_second_of_30_march() {
    let calendar = plan_390();
    let deadline = calendar.deadline(DeadlineCode::GroupRegistration).unwrap();
    assert_eq!(deadline.closes_at().to_rfc3339(), "2024-03-31T00:00:00+07:00");
    assert!(!deadline.is_late(at("2024-03-30T23:59:59+07:00")));
    assert!(deadline.is_late(at("2024-03-31T00:00:00+07:00")));
    assert!(!deadline.is_late(at("2024-03-30T16:59:59Z")));
    assert!(deadline.is_late(at("2024-03-30T17:00:00Z")));
}

#[test]
fn weekends_of_2024_are_pointed_out() {
    let calendar = plan_390();
    let note = |code| calendar.deadline(code).unwrap().weekend_note();
    assert_eq!(note(DeadlineCode::GroupRegistration).as_deref(), Some("Ngày cuối rơi vào thứ Bảy 30/3/2024."));
    assert_eq!(note(DeadlineCode::WardRequest).as_deref(), Some("Ngày cuối rơi vào Chủ nhật 17/11/2024."));
    assert_eq!(note(DeadlineCode::GroupRequest), None);
}

#[test]
fn years_outside_are_refused_in_a_sentence() {
    let rules = ruleset("kh390-2024");
    for year in [2021, 2101, i32::MIN, i32::MAX] {
        let error = Calendar::plan(&rules, year).unwrap_err();
        assert_eq!(error.to_string(), format!("Năm {year} không lập được. Chọn từ 2022 đến 2100."));
    }
    assert!(Calendar::plan(&rules, 2022).is_ok());
    assert!(Calendar::plan(&rules, 2100).is_ok());
}

#[test]
fn a_ruleset_serves_years_that_share_a_day_with_it() {
    let serves = |code: &str, year| {
        let rules = ruleset(code);
        Calendar::plan(&rules, year).unwrap().check_span(&rules).is_ok()
    };
    for (code, first, last) in [("kh390-2024", 2024, 2100), ("tt124-2021", 2022, 2025), ("tt124-2021-2025", 2025, 2100)]
    {
        let served: Vec<i32> = YEARS.filter(|year| serves(code, *year)).collect();
        assert_eq!((served.first(), served.last()), (Some(&first), Some(&last)), "{code}");
    }
    let rules = ruleset("kh390-2024");
    let error = Calendar::plan(&rules, 2023).unwrap().check_span(&rules).unwrap_err();
    let words =
        "Năm 2023 đánh giá từ 16/11/2022 đến hết 15/11/2023, còn bộ này dành cho thời gian từ 25/3/2024. Chọn bộ khác.";
    assert_eq!(error.to_string(), words);
}

#[test]
fn a_year_that_begins_before_its_ruleset_is_pointed_out() {
    let outside = |code: &str, year| {
        let rules = ruleset(code);
        Calendar::plan(&rules, year).unwrap().begins_outside(&rules)
    };
    assert!(outside("kh390-2024", 2024) && !outside("kh390-2024", 2025));
    assert!(!outside("tt124-2021", 2024) && !outside("tt124-2021", 2025));
}

#[test]
fn an_override_keeps_what_was_and_why() {
    let calendar = plan_390();
    let before = calendar.deadline(DeadlineCode::GroupRegistration).unwrap();
    let after = before.overridden(day("2024-04-05"), false, " Mưa lũ. ", "Đặng Thu Hồng").unwrap();
    assert_eq!(after.last_day(), day("2024-04-05"));
    assert_eq!(after.title, before.title);
    assert_eq!(
        after.overridden,
        Some(Override {
            previous_stated: day("2024-03-31"),
            previous_exclusive: true,
            reason: "Mưa lũ.".to_owned(),
            by: "Đặng Thu Hồng".to_owned(),
        })
    );
}

#[test]
fn an_override_needs_a_reason_and_a_day_of_the_year() {
    let calendar = plan_390();
    let deadline = calendar.deadline(DeadlineCode::WardRequest).unwrap();
    assert_eq!(deadline.overridden(day("2024-11-20"), false, "  ", "x"), Err(CalendarError::ReasonMissing));
    let error = deadline.overridden(day("2025-01-02"), false, "Lùi hạn", "x").unwrap_err();
    assert_eq!(error.to_string(), "Ngày 2/1/2025 nằm ngoài năm 2024. Chọn một ngày trong năm 2024.");
}

#[test]
fn a_ruleset_without_ward_cannot_be_planned() {
    let mut rules = ruleset("kh390-2024");
    rules.subjects.retain(|it| it.subject == SubjectKind::Group);
    assert_eq!(Calendar::plan(&rules, 2024), Err(CalendarError::SubjectMissing(SubjectKind::Ward)));
}

#[test]
fn quarter_one_holds_31_march() {
    let quarter = quarter_one(2024);
    assert!(quarter.contains(day("2024-01-01")) && quarter.contains(day("2024-03-31")));
    assert!(!quarter.contains(day("2023-12-31")) && !quarter.contains(day("2024-04-01")));
    assert!(!quarter_one(i32::MAX).contains(day("2024-02-01")));
}

proptest! {
    /// Every day belongs to exactly one cycle, for every subject of every shipped ruleset.
    #[test]
    fn windows_tile_the_years(year in 2023..=2099_i32, offset in 0..366_i64, which in 0..3_usize) {
        let rules = &SHIPPED[which];
        for subject in &rules.subjects {
            let windows = [year - 1, year, year + 1].map(|y| subject_window(subject, y).unwrap());
            prop_assert_eq!(windows[0].to.succ_opt(), Some(windows[1].from));
            prop_assert_eq!(windows[1].to.succ_opt(), Some(windows[2].from));
            let day = NaiveDate::from_ymd_opt(year, 1, 1).unwrap() + TimeDelta::days(offset);
            prop_assert_eq!(windows.iter().filter(|it| it.contains(day)).count(), 1);
        }
    }

    /// Late means: the day in Viet Nam is after the last day.
    #[test]
    fn late_turns_at_midnight_in_viet_nam(
        year in 2022..=2100_i32, index in 0..5_usize, seconds in -200_000..200_000_i64,
    ) {
        let calendar = Calendar::plan(&ruleset("kh390-2024"), year).unwrap();
        let deadline = &calendar.deadlines[index];
        let moment = deadline.closes_at().to_utc() + TimeDelta::seconds(seconds);
        prop_assert_eq!(deadline.is_late(moment), seconds >= 0);
        prop_assert_eq!(deadline.is_late(moment), civil_date(moment) > deadline.last_day());
        prop_assert_eq!(deadline.exclusive, deadline.last_day() < deadline.stated);
    }
}
