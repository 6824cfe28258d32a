//! Counts of incidents by type, day and group: never a name, never a story (domain, section 7).

pub mod compare;
pub mod figure;
pub mod list;
pub mod unit;

use chrono::{DateTime, Months, NaiveDate, Utc};

use crate::access::{Actor, Place, Seat, words};
use crate::platform::id::{CountBatchId, CycleId, IncidentId, RulesetId, UnitId};
use crate::ruleset::{Gravity, Window};

/// The most that one count says.
pub const MOST: i64 = 9_999;
/// The longest reason, in characters.
pub const REASON_MAX: usize = 300;

words!(View { All = "all", Pending = "pending", Void = "void" });

/// Which counts a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    /// All that hold.
    #[default]
    All,
    /// Those that nobody confirmed.
    Pending,
    /// Those that were struck out.
    Void,
}

/// When it happened: a civil day, or, for figures kept without days, the year whose window they belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum When {
    /// The civil day.
    Day(NaiveDate),
    /// The year.
    Year(i32),
}

impl When {
    /// The day, where there is one.
    #[must_use]
    pub const fn day(self) -> Option<NaiveDate> {
        match self {
            Self::Day(day) => Some(day),
            Self::Year(_) => None,
        }
    }

    /// The year of a figure without a day.
    #[must_use]
    pub const fn year(self) -> Option<i32> {
        match self {
            Self::Day(_) => None,
            Self::Year(year) => Some(year),
        }
    }

    /// Put together from two columns of which one is set.
    #[must_use]
    pub fn of(day: Option<NaiveDate>, year: Option<i32>) -> Option<Self> {
        day.map(Self::Day).or(year.map(Self::Year))
    }
}

/// What a count says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The code of its type in the ruleset.
    pub kind: String,
    /// How grave.
    pub gravity: Gravity,
    /// When.
    pub when: When,
    /// The group; none for what lies in the ward and in no group.
    pub group: Option<UnitId>,
    /// How many.
    pub n: i32,
}

/// Why and when a count was struck out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Void {
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// A count as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// Its id.
    pub id: IncidentId,
    /// Where it belongs.
    pub place: Place,
    /// What it says.
    pub facts: Facts,
    /// The list it came with; none when it was typed.
    pub batch: Option<CountBatchId>,
    /// When the ward police confirmed it, and who.
    pub confirmed: Option<(DateTime<Utc>, String)>,
    /// When it was struck out.
    pub void: Option<Void>,
    /// Counts changes.
    pub revision: i32,
    /// When it was entered, and by whom.
    pub created: (DateTime<Utc>, String),
    /// When it was changed last, and by whom.
    pub updated: (DateTime<Utc>, String),
}

/// A group of the ward that was there on some of the days looked at.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
pub struct Group {
    /// Its id.
    pub id: UnitId,
    /// "07".
    pub code: String,
    /// 7.
    pub ordinal: i32,
    /// "Tổ dân phố 7".
    pub name: String,
    /// "Tổ 7".
    pub short: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day; none while it goes on.
    pub to: Option<NaiveDate>,
}

impl Group {
    /// Whether it was there on that day.
    #[must_use]
    pub fn lives_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|last| day <= last)
    }

    /// Whether it was there on some day of a window.
    #[must_use]
    pub fn lives_in(&self, window: Window) -> bool {
        self.from <= window.to && self.to.is_none_or(|last| window.from <= last)
    }
}

/// The year that is looked at: its windows, its rules, its groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Year {
    /// The cycle.
    pub cycle: CycleId,
    /// The year.
    pub year: i32,
    /// The pinned ruleset.
    pub ruleset: RulesetId,
    /// The days that count for groups.
    pub of_groups: Window,
    /// The days that count for the ward.
    pub of_ward: Window,
    /// The ward's groups of this window and of the one before, in their order.
    pub groups: Vec<Group>,
    /// Whether the counts of the year before were called complete.
    pub is_closed: bool,
}

/// To which year a day belongs, seen from the year that is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Belongs {
    /// To this one.
    Here,
    /// To another one.
    To(i32),
    /// To one before the last: it compares with nothing any more.
    TooOld,
}

impl Year {
    /// The days that count for a group, or for the ward itself.
    #[must_use]
    pub const fn window(&self, of_group: bool) -> Window {
        if of_group { self.of_groups } else { self.of_ward }
    }

    /// To which year a day belongs: 15/11 to this one, 16/11 to the next (plan 390).
    #[must_use]
    pub fn belongs(&self, day: NaiveDate, of_group: bool) -> Belongs {
        let window = self.window(of_group);
        if window.contains(day) {
            Belongs::Here
        } else if window.year_before().contains(day) {
            Belongs::To(self.year - 1)
        } else if day < window.from {
            Belongs::TooOld
        } else {
            Belongs::To(self.year + years_after(window.to, day))
        }
    }

    /// A group by its code.
    #[must_use]
    pub fn by_code(&self, code: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.code == code)
    }

    /// A group by its id.
    #[must_use]
    pub fn group(&self, id: UnitId) -> Option<&Group> {
        self.groups.iter().find(|group| group.id == id)
    }

    /// The groups of this window.
    pub fn groups_now(&self) -> impl Iterator<Item = &Group> {
        self.groups.iter().filter(|group| group.lives_in(self.of_groups))
    }

    /// The groups of the window before.
    pub fn groups_before(&self) -> impl Iterator<Item = &Group> {
        self.groups.iter().filter(|group| group.lives_in(self.of_groups.year_before()))
    }
}

/// How many windows of a year lie between the last day of one and a later day: 1 for the very next one.
fn years_after(last: NaiveDate, day: NaiveDate) -> i32 {
    let is_within = |years: &u32| last.checked_add_months(Months::new(12 * years)).is_none_or(|end| day <= end);
    (1..200).find(is_within).and_then(|years| i32::try_from(years).ok()).unwrap_or(1)
}

/// The groups a seat is bound to; none for a seat that looks at the whole ward.
#[must_use]
pub fn bound_to(actor: &Actor) -> Option<&[UnitId]> {
    match &actor.seat {
        Seat::GroupLeader { group, .. } => Some(std::slice::from_ref(group)),
        Seat::AreaOfficer { groups, .. } => Some(groups),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn year() -> Year {
        let groups = Window { from: day("2023-11-01"), to: day("2024-10-31") };
        let ward = Window { from: day("2023-11-16"), to: day("2024-11-15") };
        Year {
            cycle: Uuid::nil().into(),
            year: 2024,
            ruleset: Uuid::nil().into(),
            of_groups: groups,
            of_ward: ward,
            groups: vec![],
            is_closed: false,
        }
    }

    #[test]
    fn the_last_day_is_this_years_and_the_next_one_the_next_years() {
        let year = year();
        assert_eq!(year.belongs(day("2024-11-15"), false), Belongs::Here);
        assert_eq!(year.belongs(day("2024-11-16"), false), Belongs::To(2025));
        assert_eq!(year.belongs(day("2025-11-15"), false), Belongs::To(2025));
        assert_eq!(year.belongs(day("2025-11-16"), false), Belongs::To(2026));
        assert_eq!(year.belongs(day("2023-11-16"), false), Belongs::Here);
        assert_eq!(year.belongs(day("2023-11-15"), false), Belongs::To(2023));
        assert_eq!(year.belongs(day("2022-11-16"), false), Belongs::To(2023));
        assert_eq!(year.belongs(day("2022-11-15"), false), Belongs::TooOld);
    }

    #[test]
    fn a_group_has_its_own_window() {
        let year = year();
        assert_eq!(year.belongs(day("2024-11-01"), true), Belongs::To(2025));
        assert_eq!(year.belongs(day("2024-11-01"), false), Belongs::Here);
        assert_eq!(year.belongs(day("2023-11-01"), true), Belongs::Here);
        assert_eq!(year.belongs(day("2023-11-01"), false), Belongs::To(2023));
    }
}
