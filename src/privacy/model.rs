//! A look at personal data.

use crate::platform::id::{HouseholdId, UnitId};

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

impl What {
    /// Every way.
    pub const ALL: [Self; 7] =
        [Self::List, Self::Search, Self::Show, Self::Export, Self::Print, Self::Import, Self::Request];

    /// As the database names it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Search => "search",
            Self::Show => "show",
            Self::Export => "export",
            Self::Print => "print",
            Self::Import => "import",
            Self::Request => "request",
        }
    }
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
