//! Which households a list shows, from where on, and in which order.

use super::{Order, Query, Status};
use crate::access::words;
use crate::platform::id::{CycleId, HouseholdId, UnitId};

/// Which households of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    /// Those that live here.
    #[default]
    Resident,
    /// Part of the year, not registered.
    Unregistered,
    /// Part of the year, registered.
    Registered,
    /// Part of the year, not signed.
    Unpledged,
    /// Part of the year, signed.
    Pledged,
    /// Those that left.
    Gone,
    /// All that were ever written down.
    All,
}
words!(View {
    Resident = "dang-o",
    Unregistered = "chua-dang-ky",
    Registered = "da-dang-ky",
    Unpledged = "chua-ky",
    Pledged = "da-ky",
    Gone = "da-di",
    All = "tat-ca",
});

/// What a view lets through: of each property the values that fit. So one statement serves every view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sieve {
    /// Where it stands.
    pub statuses: &'static [Status],
    /// Whether it is part of the year's whole.
    pub counted: &'static [bool],
    /// Whether it registered for the year.
    pub registered: &'static [bool],
    /// Whether it signed in the year.
    pub pledged: &'static [bool],
}

impl View {
    /// Marks are asked of the households that the counts count, so that a number and the rows behind it agree.
    #[must_use]
    pub const fn sieve(self) -> Sieve {
        const ANY: &[bool] = &[true, false];
        let all = Sieve { statuses: Status::ALL, counted: ANY, registered: ANY, pledged: ANY };
        let of_year = Sieve { counted: &[true], ..all };
        match self {
            Self::Resident => Sieve { statuses: &[Status::Resident], ..all },
            Self::Unregistered => Sieve { registered: &[false], ..of_year },
            Self::Registered => Sieve { registered: &[true], ..of_year },
            Self::Unpledged => Sieve { pledged: &[false], ..of_year },
            Self::Pledged => Sieve { pledged: &[true], ..of_year },
            Self::Gone => Sieve { statuses: &[Status::Moved, Status::Dissolved], ..all },
            Self::All => all,
        }
    }
}

/// The place that a list is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Within {
    /// Everything that the seat sees of its ward.
    Ward,
    /// A group.
    Group(UnitId),
    /// The group with that code.
    Code(String),
    /// The group with that number, from "tổ 7".
    Ordinal(i32),
}

/// A piece of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// Where.
    pub within: Within,
    /// Which ones.
    pub view: View,
    /// In which order; over a ward group by group.
    pub order: Order,
    /// What is looked for.
    pub query: Query,
    /// The year whose marks are shown.
    pub cycle: Option<CycleId>,
    /// The last household of the piece before.
    pub after: Option<HouseholdId>,
    /// How many at most.
    pub most: usize,
}
