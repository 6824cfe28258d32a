//! A look at personal data, what people ask about their own, and how many days there are to answer.

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc, Weekday};
use std::ops::RangeInclusive;

use crate::access::words;
use crate::platform::id::{HouseholdId, SubjectRequestId, UnitId};

/// The longest wish of somebody who asks, in characters.
pub const DETAIL_MAX: usize = 500;
/// The longest answer.
pub const ANSWER_MAX: usize = 1_000;
/// After how many years a household that ended may lose its name and address.
pub const YEARS: RangeInclusive<i64> = 1..=20;
/// Where a ward set nothing.
pub const YEARS_UNLESS_SET: i32 = 5;
/// Working days in which whoever asks gets an answer.
const ANSWER_DAYS: u32 = 2;
/// Days in which it is done.
const DONE_DAYS: u64 = 15;

/// In which way somebody looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A page of a list.
    List,
    /// A search. What was looked for is not kept: a search word is a name.
    Search,
    /// One household.
    Show,
    /// A file to take away.
    Export,
    /// Sheets and lists to print.
    Print,
    /// A spreadsheet on its way in.
    Import,
    /// An answer to a person about their own data.
    Request,
}

words!(What {
    List = "list",
    Search = "search",
    Show = "show",
    Export = "export",
    Print = "print",
    Import = "import",
    Request = "request",
});
words!(Wish { See = "see", Correct = "correct", Delete = "delete" });
words!(AskedBy { Head = "head", Member = "member", Representative = "representative" });
words!(Outcome { Done = "done", Refused = "refused" });

/// What somebody asks about their own data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// To see what is kept.
    See,
    /// To have it put right.
    Correct,
    /// To have it deleted.
    Delete,
}

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskedBy {
    /// The head of the household.
    Head,
    /// Another member.
    Member,
    /// Somebody whom they sent.
    Representative,
}

/// How a request ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was done.
    Done,
    /// It could not be done, and whoever asked was told why.
    Refused,
}

/// A request about to be written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRequest {
    /// The household's code.
    pub code: String,
    /// What is asked.
    pub wish: Wish,
    /// By whom.
    pub asked_by: AskedBy,
    /// In their words.
    pub detail: Option<String>,
    /// When it came.
    pub received_on: NaiveDate,
}

/// A request as the register of requests keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Its id.
    pub id: SubjectRequestId,
    /// The household.
    pub household: HouseholdId,
    /// Its code.
    pub code: String,
    /// "Tổ 7".
    pub group: String,
    /// Whether it lives here: whoever left can be anonymised.
    pub is_resident: bool,
    /// Whether its name and address were taken out.
    pub is_anonymous: bool,
    /// What is asked.
    pub wish: Wish,
    /// By whom.
    pub asked_by: AskedBy,
    /// In their words.
    pub detail: Option<String>,
    /// When it came.
    pub received_on: NaiveDate,
    /// The last day for an answer.
    pub answer_by: NaiveDate,
    /// The last day for doing it.
    pub due_on: NaiveDate,
    /// The answer, and when it was given.
    pub answered: Option<(DateTime<Utc>, String)>,
    /// How it ended, and when.
    pub closed: Option<(DateTime<Utc>, Outcome)>,
    /// Who wrote it down.
    pub written_by: String,
    /// Counts changes.
    pub revision: i32,
}

/// The last day for an answer: the second working day after the one on which the request came. Saturdays and Sundays do not count;
/// holidays are not known to the program, which says so where it shows the day.
#[must_use]
pub fn answer_by(received_on: NaiveDate) -> NaiveDate {
    let mut day = received_on;
    let mut left = ANSWER_DAYS;
    while left > 0 {
        day = day + Days::new(1);
        if !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
            left -= 1;
        }
    }
    day
}

/// The last day for doing what is asked: days of the calendar.
#[must_use]
pub fn due_on(received_on: NaiveDate) -> NaiveDate {
    received_on + Days::new(DONE_DAYS)
}

/// A look: how, at what, and how many households were in sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// How.
    pub what: What,
    /// The group looked at; none for the whole ward.
    pub group: Option<UnitId>,
    /// The one household looked at.
    pub household: Option<HouseholdId>,
    /// How many households were in sight.
    pub rows: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(day: u32) -> NaiveDate {
        // 25/3/2024 is a Monday.
        NaiveDate::from_ymd_opt(2024, 3, day).unwrap()
    }

    #[test]
    fn an_answer_has_two_working_days_and_a_weekend_is_none() {
        let wanted = [(25, 27), (26, 28), (27, 29)];
        for (received, last) in wanted {
            assert_eq!(answer_by(on(received)), on(last));
        }
        // Thursday, Friday, Saturday, Sunday.
        let april = |day| NaiveDate::from_ymd_opt(2024, 4, day).unwrap();
        assert_eq!([28, 29, 30, 31].map(|day| answer_by(on(day))), [april(1), april(2), april(2), april(2)]);
    }

    #[test]
    fn doing_it_has_fifteen_days_of_the_calendar() {
        assert_eq!(due_on(on(25)), NaiveDate::from_ymd_opt(2024, 4, 9).unwrap());
    }
}
