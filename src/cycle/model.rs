//! Windows and deadlines of one year. Pure: the moment to compare with is always a parameter.

use std::ops::RangeInclusive;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveTime, Utc, Weekday};
use serde::{Deserialize, Serialize};

use crate::ruleset::{DayRule, DeadlineCode, DeadlineRule, Ruleset, SubjectKind, SubjectRules, WindowYear};

pub use crate::ruleset::Window;

/// Asia/Ho_Chi_Minh: UTC+7 all year round.
pub const VIETNAM: FixedOffset = match FixedOffset::east_opt(7 * 3600) {
    Some(offset) => offset,
    // Decided while compiling: seven hours are fewer than a day.
    None => unreachable!(),
};

/// Years that a cycle can have: the circular has been in force since 2022, and a year beyond 2100 is
/// a slip of the finger.
pub const YEARS: RangeInclusive<i32> = 2022..=2100;

/// The day in Viet Nam at a moment.
#[must_use]
pub fn civil_date(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&VIETNAM).date_naive()
}

/// A deadline of one cycle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// Which one.
    pub code: DeadlineCode,
    /// What is due.
    pub title: String,
    /// Who owes it to whom.
    pub who: String,
    /// The day as the rule says it; with `exclusive`, itself already late.
    pub stated: NaiveDate,
    /// "Trước ngày".
    pub exclusive: bool,
    /// Where it says so.
    pub citation: String,
    /// "Quy ước nội bộ", never shown as law.
    pub internal: bool,
    /// What the ruleset, or the change before, said; none while nobody changed it.
    pub overridden: Option<Override>,
}

/// A change of a deadline in one cycle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Override {
    /// The day before the change.
    pub previous_stated: NaiveDate,
    /// Whether that day was exclusive.
    pub previous_exclusive: bool,
    /// Why, in the words of the person.
    pub reason: String,
    /// Who, as the journal names them.
    pub by: String,
}

impl Deadline {
    /// The last day that is still in time: "trước 31/3" gives 30/3.
    #[must_use]
    pub fn last_day(&self) -> NaiveDate {
        if self.exclusive { self.stated.pred_opt().unwrap_or(self.stated) } else { self.stated }
    }

    /// The first moment that is late: midnight in Viet Nam after [`Deadline::last_day`].
    #[must_use]
    pub fn closes_at(&self) -> DateTime<FixedOffset> {
        let last = self.last_day();
        let midnight = last.succ_opt().unwrap_or(last).and_time(NaiveTime::MIN);
        DateTime::from_naive_utc_and_offset(midnight - VIETNAM, VIETNAM)
    }

    /// Whether something done at this moment is late. Late is marked, not refused.
    #[must_use]
    pub fn is_late(&self, at: DateTime<Utc>) -> bool {
        at >= self.closes_at()
    }

    /// A sentence when the last day falls on a weekend; it states the fact and moves nothing.
    #[must_use]
    pub fn weekend_note(&self) -> Option<String> {
        let last = self.last_day();
        matches!(last.weekday(), Weekday::Sat | Weekday::Sun)
            .then(|| format!("Ngày cuối rơi vào {} {}.", weekday_vi(last.weekday()), day_vi(last)))
    }

    /// The same deadline on another day of the same year, with the reason kept beside it.
    ///
    /// # Errors
    /// [`CalendarError::ReasonMissing`] or [`CalendarError::OutsideYear`].
    pub fn overridden(
        &self,
        stated: NaiveDate,
        exclusive: bool,
        reason: &str,
        by: &str,
    ) -> Result<Self, CalendarError> {
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(CalendarError::ReasonMissing);
        }
        let year = self.stated.year();
        if stated.year() != year {
            return Err(CalendarError::OutsideYear { day: stated, year });
        }
        Ok(Self {
            stated,
            exclusive,
            overridden: Some(Override {
                previous_stated: self.stated,
                previous_exclusive: self.exclusive,
                reason: reason.to_owned(),
                by: by.to_owned(),
            }),
            ..self.clone()
        })
    }
}

/// Why a year cannot be planned, or a date not be changed, as a sentence to show.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// The year lies outside [`YEARS`].
    #[error("Năm {0} không lập được. Chọn từ {first} đến {last}.", first = YEARS.start(), last = YEARS.end())]
    Year(i32),
    /// The ruleset does not judge groups, or not the ward.
    #[error("Bộ quy định này không có kỳ đánh giá cho {}.", .0.name_vi())]
    SubjectMissing(SubjectKind),
    /// A rule names a day that the year does not have.
    #[error("Năm {year} không có ngày {day}/{month}.")]
    NoSuchDay {
        /// The year asked for.
        year: i32,
        /// Month of the rule.
        month: u32,
        /// Day of the rule.
        day: u32,
    },
    /// Not one day of the year lies within the span of the ruleset.
    #[error("Năm {year} đánh giá từ {} đến hết {}, còn bộ này {}. Chọn bộ khác.", day_vi(window.from), day_vi(window.to), span_vi(*from, *to))]
    OutsideRuleset {
        /// The year asked for.
        year: i32,
        /// Its days.
        window: Window,
        /// First day of the ruleset.
        from: NaiveDate,
        /// Last day of the ruleset.
        to: Option<NaiveDate>,
    },
    /// A deadline was changed without saying why.
    #[error("Ghi lý do đổi hạn. Lý do ở lại trong nhật ký.")]
    ReasonMissing,
    /// A deadline was moved out of its year.
    #[error("Ngày {} nằm ngoài năm {year}. Chọn một ngày trong năm {year}.", day_vi(*.day))]
    OutsideYear {
        /// The day given.
        day: NaiveDate,
        /// The year of the deadline.
        year: i32,
    },
}

/// The dates of one cycle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// The year in which the windows end.
    pub year: i32,
    /// The days that count for groups.
    pub group_window: Window,
    /// The days that count for the ward.
    pub ward_window: Window,
    /// In the order of the ruleset.
    pub deadlines: Vec<Deadline>,
}

impl Calendar {
    /// The dates of `year` by a ruleset.
    ///
    /// # Errors
    /// A year outside [`YEARS`], a ruleset without groups or ward, or a day that the year lacks; a
    /// ruleset that was loaded from a file has been checked for the last two.
    pub fn plan(ruleset: &Ruleset, year: i32) -> Result<Self, CalendarError> {
        if !YEARS.contains(&year) {
            return Err(CalendarError::Year(year));
        }
        let window = |kind| {
            let rules = ruleset.subject(kind);
            subject_window(rules.ok_or(CalendarError::SubjectMissing(kind))?, year)
        };
        Ok(Self {
            year,
            group_window: window(SubjectKind::Group)?,
            ward_window: window(SubjectKind::Ward)?,
            deadlines: ruleset.deadlines.iter().map(|rule| deadline_in(rule, year)).collect::<Result<_, _>>()?,
        })
    }

    /// The days that count for the ward or for its groups.
    #[must_use]
    pub fn window(&self) -> Window {
        let (groups, ward) = (self.group_window, self.ward_window);
        Window { from: groups.from.min(ward.from), to: groups.to.max(ward.to) }
    }

    /// Whether the year begins on a day outside the span of its ruleset. It is a reason to look twice and no refusal: the
    /// plan of 25/3/2024 itself judges a year that had begun on 16/11/2023.
    #[must_use]
    pub fn begins_outside(&self, ruleset: &Ruleset) -> bool {
        let first = self.window().from;
        first < ruleset.valid_from || ruleset.valid_to.is_some_and(|last| last < first)
    }

    /// Refuses a ruleset that holds on no day of the year.
    ///
    /// # Errors
    /// [`CalendarError::OutsideRuleset`].
    pub fn check_span(&self, ruleset: &Ruleset) -> Result<(), CalendarError> {
        let (window, from, to) = (self.window(), ruleset.valid_from, ruleset.valid_to);
        if window.to < from || to.is_some_and(|last| last < window.from) {
            return Err(CalendarError::OutsideRuleset { year: self.year, window, from, to });
        }
        Ok(())
    }

    /// One deadline; `None` when the ruleset has no such date.
    #[must_use]
    pub fn deadline(&self, code: DeadlineCode) -> Option<&Deadline> {
        self.deadlines.iter().find(|it| it.code == code)
    }
}

/// The window of one kind of unit in a year (Thông tư 124/2021/TT-BCA, Điều 8 khoản 2, or the plan).
///
/// # Errors
/// [`CalendarError::NoSuchDay`] when the rule names a day that the year does not have.
pub fn subject_window(rules: &SubjectRules, year: i32) -> Result<Window, CalendarError> {
    let day = |rule: DayRule| match rule.year {
        WindowYear::Previous => date(year - 1, rule.month, rule.day),
        WindowYear::Cycle => date(year, rule.month, rule.day),
    };
    Ok(Window { from: day(rules.window.from)?, to: day(rules.window.to)? })
}

fn deadline_in(rule: &DeadlineRule, year: i32) -> Result<Deadline, CalendarError> {
    Ok(Deadline {
        code: rule.code,
        title: rule.title.clone(),
        who: rule.who.clone(),
        stated: date(year, rule.month, rule.day)?,
        exclusive: rule.exclusive,
        citation: rule.citation.clone(),
        internal: rule.internal,
        overridden: None,
    })
}

fn date(year: i32, month: u32, day: u32) -> Result<NaiveDate, CalendarError> {
    NaiveDate::from_ymd_opt(year, month, day).ok_or(CalendarError::NoSuchDay { year, month, day })
}

fn day_vi(day: NaiveDate) -> String {
    format!("{}/{}/{}", day.day(), day.month(), day.year())
}

fn span_vi(from: NaiveDate, to: Option<NaiveDate>) -> String {
    match to {
        Some(to) => format!("dành cho thời gian từ {} đến hết {}", day_vi(from), day_vi(to)),
        None => format!("dành cho thời gian từ {}", day_vi(from)),
    }
}

fn weekday_vi(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "thứ Hai",
        Weekday::Tue => "thứ Ba",
        Weekday::Wed => "thứ Tư",
        Weekday::Thu => "thứ Năm",
        Weekday::Fri => "thứ Sáu",
        Weekday::Sat => "thứ Bảy",
        Weekday::Sun => "Chủ nhật",
    }
}

#[cfg(test)]
mod tests;
