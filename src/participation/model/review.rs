//! The short checklist at the beginning of a year: what changed in a group's list since last year.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;

use super::Tally;
use super::street::Choice;
use crate::household::model::Address;
use crate::platform::id::{HouseholdId, UnitId};

/// A household that came or left.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Moved {
    /// The household.
    pub id: HouseholdId,
    /// Its code and head; none when it lives in another group now, whose list this seat does not see.
    pub known: Option<Named>,
    /// The day: its first one here, or its last.
    pub on: NaiveDate,
    /// A word of `household_stay.began` or `household_stay.ended`.
    pub how: String,
}

/// What a household is called.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Named {
    /// "07-0123".
    pub code: String,
    /// Its head.
    pub head: String,
    /// Where it lives.
    pub address: Address,
}

/// A household whose head is another one now.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct NewHead {
    /// The household.
    pub id: HouseholdId,
    /// Its code.
    pub code: String,
    /// The head before.
    pub old: String,
    /// The head now.
    pub new: String,
    /// When it was written.
    pub at: DateTime<Utc>,
}

/// What a group goes through before the doors.
#[derive(Debug, Clone)]
pub struct Checklist {
    /// The group.
    pub group: UnitId,
    /// "07".
    pub code: String,
    /// "Tổ dân phố 7".
    pub name: String,
    /// "Tổ 7".
    pub short: String,
    /// The year.
    pub year: i32,
    /// A review belongs to the newest year.
    pub is_newest: bool,
    /// The year before; none in the first one.
    pub last_year: Option<i32>,
    /// Its counts.
    pub last: Tally,
    /// The counts now.
    pub now: Tally,
    /// From when on changes are told: since the last year was opened.
    pub since: NaiveDate,
    /// Who came.
    pub came: Vec<Moved>,
    /// Who left.
    pub left: Vec<Moved>,
    /// Whose head changed.
    pub heads: Vec<NewHead>,
    /// When it was gone through, and by whom.
    pub reviewed: Option<(DateTime<Utc>, String)>,
    /// The groups that this seat may look at.
    pub groups: Vec<Choice>,
}
