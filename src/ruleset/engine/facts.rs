//! What the rows say of one unit in one year, as `standing_facts` of the database puts it together.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::ruleset::model::{Gravity, Metric, SubjectKind, Window};

/// Everything the engine may look at of one unit in one year. No names, no stories.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Since when the unit is there, and until when.
    pub life: Life,
    /// The papers of its dossiers.
    pub documents: Vec<Document>,
    /// Its households, from the register.
    pub households: Households,
    /// Typed figures.
    pub figures: BTreeMap<Metric, i64>,
    /// Counts of incidents of this window and of the one before.
    pub incidents: Vec<Incident>,
    /// Years whose counts the ward police called complete.
    pub periods: Vec<i32>,
    /// Units under a ward; none for a group.
    pub units: Vec<Unit>,
}

/// A unit's days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Life {
    /// First day.
    pub from: NaiveDate,
    /// Last day; none while it goes on.
    pub to: Option<NaiveDate>,
    /// How it came from others, if it did.
    pub born: Option<Birth>,
}

impl Life {
    /// The past of older units is its own.
    #[must_use]
    pub fn inherits(&self) -> bool {
        self.born.is_some_and(|birth| match birth.how {
            How::Merge | How::Replace => true,
            How::Split => false,
        })
    }
}

/// How a unit came from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Birth {
    /// In which way.
    pub how: How,
    /// Since when.
    pub on: NaiveDate,
}

/// Split off, merged of several, or put in the place of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// Tách: its past stays with the older unit.
    Split,
    /// Nhập: the past of all of them is its own.
    Merge,
    /// Thay: the past of the older one is its own.
    Replace,
}

/// A paper of a dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Code of the part.
    pub part: String,
    /// The day on it.
    pub issued_on: Option<NaiveDate>,
}

/// The households of a unit on the counting day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Households {
    /// Living there.
    pub resident: i64,
    /// Of them, registered to take part.
    pub registered: i64,
    /// Of them, pledge signed.
    pub pledged: i64,
}

/// Incidents of one type and gravity on one day, or of a whole year that was kept without days.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Incident {
    /// The civil day.
    pub on: Option<NaiveDate>,
    /// The year whose window it belongs to, when there is no day.
    pub year: Option<i32>,
    /// Code of the type.
    pub kind: String,
    /// How grave.
    pub gravity: Gravity,
    /// How many.
    pub n: i64,
    /// The ward police confirmed it.
    pub confirmed: bool,
}

impl Incident {
    /// Whether it belongs to a window: by its day, or by the year it was kept for.
    #[must_use]
    pub fn belongs(&self, window: Window, year: i32) -> bool {
        self.on.map_or(self.year == Some(year), |day| window.contains(day))
    }
}

/// A unit under a ward.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: SubjectKind,
    /// False: too small to be judged.
    pub counted: bool,
    /// Registered this year.
    pub registered: bool,
    /// What became of it.
    pub standing: Standing,
}

/// What became of a unit's request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Nothing yet.
    Open,
    /// Proposed: counts as recognised, provisionally ("dự kiến").
    Recommended,
    /// Recognised by decision.
    Recognised,
    /// Not proposed, or not recognised.
    Refused,
}
