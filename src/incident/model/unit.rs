//! Agencies, enterprises and schools in a year of the ward (Thông tư 124/2021/TT-BCA, Điều 5 khoản 4).

use chrono::NaiveDate;
use serde::Deserialize;

use crate::access::words;
use crate::platform::id::UnitId;
use crate::ruleset::SubjectKind;

words!(Standing { Open = "open", Recommended = "recommended", Recognised = "recognised", Refused = "refused" });

/// What became of a unit's request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Nothing yet.
    Open,
    /// Proposed by the ward.
    Recommended,
    /// Recognised by decision.
    Recognised,
    /// Not recognised, by decision.
    Refused,
}

impl Standing {
    /// Whether a paper with number and day stands behind it.
    #[must_use]
    pub const fn is_decided(self) -> bool {
        matches!(self, Self::Recognised | Self::Refused)
    }
}

/// What is written of a unit in a year.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Participation {
    /// Stands in the ward's ratios.
    pub counted: bool,
    /// Why not.
    pub left_out_reason: Option<String>,
    /// When it registered.
    pub registered_on: Option<NaiveDate>,
    /// What became of it.
    pub standing: Standing,
    /// The number of the decision.
    pub number: Option<String>,
    /// Its day.
    pub decided_on: Option<NaiveDate>,
}

impl Default for Participation {
    fn default() -> Self {
        Self {
            counted: true,
            left_out_reason: None,
            registered_on: None,
            standing: Standing::Open,
            number: None,
            decided_on: None,
        }
    }
}

/// A unit of the year's list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Listed {
    /// Its id.
    pub id: UnitId,
    /// What it is.
    pub kind: SubjectKind,
    /// Its name.
    pub name: String,
    /// What is written of it.
    #[serde(flatten)]
    pub participation: Participation,
    /// Counts changes; 0 before the first.
    pub revision: i32,
    /// Who changed it last.
    pub updated_by: Option<String>,
}
