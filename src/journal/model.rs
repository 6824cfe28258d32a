//! An event, as it is written and as it is read.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::Value;

use crate::access::{Actor, Place};
use crate::platform::id::{CycleId, DossierId, HouseholdId, UnitId};

/// A line of a timeline.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Line {
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub actor: String,
    /// In which seat, as it was called that day.
    pub seat: String,
    /// For whom, when the seat was another person's.
    pub on_behalf_of: Option<String>,
    /// What, as the journal's word.
    pub verb: String,
    /// Why.
    pub reason: Option<String>,
    /// What else is known.
    pub detail: Value,
}

/// An event to be written.
#[derive(Debug)]
pub struct Entry<'a> {
    /// Who acts.
    pub actor: &'a Actor,
    /// Where it belongs; a city's own events have no ward.
    pub city: UnitId,
    /// The ward.
    pub ward: Option<UnitId>,
    /// The group.
    pub group: Option<UnitId>,
    /// The year.
    pub cycle: Option<CycleId>,
    /// The unit it is about.
    pub subject: Option<UnitId>,
    /// The dossier it is about.
    pub dossier: Option<DossierId>,
    /// The household it is about. The detail then never holds a name or an address: the journal cannot forget.
    pub household: Option<HouseholdId>,
    /// What happened: a word with a sentence in `words::journal`.
    pub verb: &'static str,
    /// The version before.
    pub from_version: Option<i32>,
    /// Why.
    pub reason: Option<&'a str>,
    /// What else.
    pub detail: Value,
}

impl<'a> Entry<'a> {
    /// An event at a place, about nothing more special yet.
    #[must_use]
    pub const fn at(actor: &'a Actor, place: Place, verb: &'static str) -> Self {
        Self {
            actor,
            city: place.city,
            ward: Some(place.ward),
            group: place.group,
            cycle: None,
            subject: None,
            dossier: None,
            household: None,
            verb,
            from_version: None,
            reason: None,
            detail: Value::Null,
        }
    }
}
