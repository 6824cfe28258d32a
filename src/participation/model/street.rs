//! A group's doors in walking order, as a page of them is asked for and shown.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;

use super::{Mark, Tally, Why};
use crate::cycle::model::Deadline;
use crate::household::model::Address;
use crate::platform::id::{HouseholdId, UnitId};

/// How many doors a page has: an evening's walk, and the first page still comes over a slow network.
pub const PAGE: i64 = 50;

/// More than any group has: a list to print or to tick is whole.
pub const WHOLE: i64 = 2_000;

/// Which doors.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Only {
    /// Every door.
    #[default]
    All,
    /// Without the mark.
    Open,
    /// With it.
    Done,
}

/// What a person looks at: the whole state of the page, which its address and its forms carry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// The code of the group; the seat's first one when none is named.
    pub group: Option<String>,
    /// Which mark is being taken.
    pub mark: Mark,
    /// Which doors.
    pub only: Only,
    /// What is looked for, as typed.
    pub words: String,
    /// The page begins at the door of this code.
    pub from: Option<String>,
    /// The door just tapped: it stays in sight although the tab would leave it out, so that a slip can be taken back.
    pub kept: Option<String>,
    /// The day that taps are written for; today when none is named.
    pub day: Option<NaiveDate>,
}

impl Default for View {
    fn default() -> Self {
        Self {
            group: None,
            mark: Mark::Pledged,
            only: Only::All,
            words: String::new(),
            from: None,
            kept: None,
            day: None,
        }
    }
}

/// A household at its door.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Door {
    /// The household.
    pub id: HouseholdId,
    /// "07-0123".
    pub code: String,
    /// Its head.
    pub head: String,
    /// Where it lives.
    pub address: Address,
    /// How many people.
    pub members: Option<i32>,
    /// The stretch of the walk that it belongs to.
    pub stretch: String,
    /// Counts changes of its marks.
    pub revision: i32,
    /// When it registered, and when that was written.
    pub registered_on: Option<NaiveDate>,
    /// When that was written.
    pub registered_at: Option<DateTime<Utc>>,
    /// When it signed.
    pub pledged_on: Option<NaiveDate>,
    /// When that was written.
    pub pledged_at: Option<DateTime<Utc>>,
    /// Why not yet.
    pub why: Option<Why>,
}

/// A side of a street, or an alley: how many of its doors are still open.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Stretch {
    /// What its doors have in common.
    pub key: String,
    /// Doors without the mark.
    pub open: i64,
    /// All of its doors.
    pub all: i64,
}

/// A group to choose.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Choice {
    /// "07".
    pub code: String,
    /// "Tổ 7".
    pub short: String,
}

/// A group's doors.
#[derive(Debug, Clone)]
pub struct Street {
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
    /// Marks are written in the newest year alone.
    pub is_newest: bool,
    /// No mark is older than this.
    pub first_day: NaiveDate,
    /// When registrations are due.
    pub due: Option<Deadline>,
    /// The group's counts.
    pub tally: Tally,
    /// The page of doors.
    pub doors: Vec<Door>,
    /// The stretches that the page touches.
    pub stretches: Vec<Stretch>,
    /// The groups that this seat may look at.
    pub groups: Vec<Choice>,
    /// The code of the door with which the next page begins.
    pub next: Option<String>,
}

impl View {
    /// The usual view, from one door on.
    #[must_use]
    pub fn beginning_at(code: &str) -> Self {
        Self { from: Some(code.to_owned()), ..Self::default() }
    }
}

impl Door {
    /// The mark's day, and when it was written.
    #[must_use]
    pub fn given(&self, mark: Mark) -> Option<(NaiveDate, DateTime<Utc>)> {
        match mark {
            Mark::Registered => self.registered_on.zip(self.registered_at),
            Mark::Pledged => self.pledged_on.zip(self.pledged_at),
        }
    }
}

impl Tally {
    /// How many have a mark.
    #[must_use]
    pub const fn done(&self, mark: Mark) -> i64 {
        match mark {
            Mark::Registered => self.registered,
            Mark::Pledged => self.pledged,
        }
    }

    /// How many are still without it.
    #[must_use]
    pub const fn open(&self, mark: Mark) -> i64 {
        self.households - self.done(mark)
    }
}
