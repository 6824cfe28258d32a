//! Results that anybody may read: by name who was recognised, everything else as a number.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The results of one year, ward by ward, and the sums of all years.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Results {
    /// The year on show; none while nothing was decided yet.
    pub year: Option<i32>,
    /// Every year with results, newest first.
    pub years: Vec<YearSum>,
    /// The wards of the year on show, by name.
    pub wards: Vec<WardResults>,
}

impl Results {
    /// The sums of the year on show.
    #[must_use]
    pub fn sum(&self) -> Option<&YearSum> {
        self.years.iter().find(|sum| Some(sum.year) == self.year)
    }
}

/// A year in numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearSum {
    /// The year of the programme.
    pub year: i32,
    /// Wards with results.
    pub wards: i64,
    /// Wards that were recognised themselves.
    pub wards_recognised: i64,
    /// Groups of those wards in the programme.
    pub groups: i64,
    /// Groups recognised.
    pub groups_recognised: i64,
}

/// A ward in a year.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct WardResults {
    /// "phường Phước Long".
    pub name: String,
    /// "thành phố Nha Trang".
    pub city: String,
    /// Groups in the programme.
    pub groups: i64,
    /// Groups recognised.
    pub groups_recognised: i64,
    /// Whether the ward itself was.
    pub ward_recognised: bool,
    /// Who was recognised, the ward itself first. The others are told as a number and never by name.
    pub units: Vec<UnitResult>,
}

/// A unit that was recognised.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct UnitResult {
    /// As it was called.
    pub name: String,
    /// The ward itself.
    pub of_ward: bool,
    /// The decision.
    pub number: String,
    /// Its day.
    pub decided_on: NaiveDate,
    /// The later decision that took it back, if one did. What was public once stays so.
    pub revoked_number: Option<String>,
    /// Its day.
    pub revoked_on: Option<NaiveDate>,
}

impl UnitResult {
    /// Number and day of the later decision that took the recognition back.
    #[must_use]
    pub fn revocation(&self) -> Option<(&str, NaiveDate)> {
        self.revoked_number.as_deref().zip(self.revoked_on)
    }

    /// Number and day of the decision that holds.
    #[must_use]
    pub fn paper(&self) -> (&str, NaiveDate) {
        self.revocation().unwrap_or((&self.number, self.decided_on))
    }
}
