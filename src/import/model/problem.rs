//! Everything that can be wrong with a row, at its cell.

use serde::{Deserialize, Serialize};

use super::draft::Field;
use crate::platform::legacy::Legacy;

/// Whether a problem keeps the file from being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Look at it.
    Warns,
    /// It must be put right first.
    Stops,
}

/// Something wrong at one cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The letters of the column, where the value has one.
    pub column: Option<String>,
    /// The field it is about.
    pub field: Field,
    /// What is wrong.
    pub code: ProblemCode,
    /// Whether it stops.
    pub severity: Severity,
    /// What could stand there instead.
    pub suggestion: Option<String>,
}

/// Everything that can be wrong. Sentences are in `words::import`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// No head.
    HeadMissing,
    /// The head looks like several people.
    HeadSeveral,
    /// Digits in the head's name.
    HeadDigits,
    /// The row says no group, and nothing else does.
    GroupMissing,
    /// A group that the ward does not have.
    GroupUnknown,
    /// A row of another group than the one the file is meant for.
    GroupOther {
        /// Its code.
        found: String,
        /// The code of the one meant.
        meant: String,
    },
    /// The sheet is headed with one group, the row belongs to another.
    GroupSecond {
        /// Code of the group in the heading.
        heading: String,
    },
    /// Signs that no code has.
    CodeUnreadable,
    /// The same code in another row.
    CodeTwice {
        /// Sheet of the other row.
        sheet: String,
        /// Number of the other row.
        row: u32,
    },
    /// Longer than the register takes.
    TooLong {
        /// Letters at most.
        limit: usize,
    },
    /// No number of members.
    MembersMissing,
    /// Not a whole number.
    MembersNotANumber,
    /// Not between 1 and 50.
    MembersOutside,
    /// Not a Vietnamese phone number.
    PhoneUnreadable,
    /// Two numbers; the first was taken.
    PhoneSecond,
    /// Neither a mark nor a date.
    DateUnreadable,
    /// After today.
    DateFuture,
    /// Outside the cycle, or before anybody kept such lists.
    DateOutside,
    /// The same head at the same address in another row.
    HouseholdTwice {
        /// Sheet of the other row.
        sheet: String,
        /// Number of the other row.
        row: u32,
    },
    /// Excel took the house number for a date.
    NumberWasDate,
    /// A formula failed in this cell.
    CellFault,
    /// The register has this household in another group. Updating does not move it.
    InOtherGroup {
        /// Code of the group that the register says.
        found: String,
    },
    /// An identity number in the note: the law lets nobody keep it here.
    NoteIdentity,
    /// Converted from a legacy encoding.
    LegacyMended {
        /// Which one.
        from: Legacy,
    },
}

impl ProblemCode {
    /// Whether such a problem stops.
    #[must_use]
    pub fn severity(&self) -> Severity {
        match self {
            Self::HeadMissing
            | Self::HeadDigits
            | Self::GroupMissing
            | Self::GroupUnknown
            | Self::GroupOther { .. }
            | Self::CodeUnreadable
            | Self::CodeTwice { .. }
            | Self::TooLong { .. }
            | Self::MembersNotANumber
            | Self::MembersOutside
            | Self::PhoneUnreadable
            | Self::DateUnreadable
            | Self::DateFuture
            | Self::CellFault
            | Self::NoteIdentity => Severity::Stops,
            // Many lists have no such column: the household is written, the number comes later.
            Self::MembersMissing
            | Self::InOtherGroup { .. }
            | Self::HeadSeveral
            | Self::GroupSecond { .. }
            | Self::PhoneSecond
            | Self::DateOutside
            | Self::HouseholdTwice { .. }
            | Self::NumberWasDate
            | Self::LegacyMended { .. } => Severity::Warns,
        }
    }
}
