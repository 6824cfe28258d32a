//! What a dossier is and the way it goes.
//!
//! The way: draft, submitted, received, perhaps returned and submitted again; a request goes on to appraised, recommended
//! or not, and then to whoever recognises (by ruleset the ward, or the city after the ward forwarded it).
//! Every step asks for a [`Permit`](crate::access::Permit) and gives a [`Transition`]; nothing else can write a status.

mod basis;
mod evidence;
mod rows;
mod state;
mod transition;
mod whole;

use std::str::FromStr;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::access::{Place, UnknownWord};
use crate::platform::id::{CycleId, DossierId, UnitId};
use crate::ruleset::{DossierKind, Level};

pub use crate::ruleset::Finding;
pub use basis::{Basis, Changed, Claim, Sheet};
pub use evidence::{Bringer, Day, EvidenceInput, FactInput, Meter, Next, Piece, meter};
pub use rows::*;
pub use state::{STATE_FORMAT, canonical_state, state_sha256};
pub use transition::*;
pub use whole::*;

/// Where a dossier stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// In the keeper's hands.
    Draft,
    /// Handed in.
    Submitted,
    /// Received by the level above. The end of the way for a registration.
    Received,
    /// Sent back with reasons.
    Returned,
    /// Every criterion judged.
    Appraised,
    /// The ward (for itself: the city's standing office) proposes recognition.
    Recommended,
    /// It does not.
    NotRecommended,
    /// Sent to the city with the ward's package.
    Forwarded,
    /// Đạt: recognised by decision.
    Recognised,
    /// Chưa đạt: not recognised by decision.
    NotRecognised,
    /// A later decision took the recognition back.
    Revoked,
}

impl Status {
    /// Every status, in the order of the way.
    pub const ALL: [Self; 11] = [
        Self::Draft,
        Self::Submitted,
        Self::Received,
        Self::Returned,
        Self::Appraised,
        Self::Recommended,
        Self::NotRecommended,
        Self::Forwarded,
        Self::Recognised,
        Self::NotRecognised,
        Self::Revoked,
    ];

    /// As the database writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Received => "received",
            Self::Returned => "returned",
            Self::Appraised => "appraised",
            Self::Recommended => "recommended",
            Self::NotRecommended => "not_recommended",
            Self::Forwarded => "forwarded",
            Self::Recognised => "recognised",
            Self::NotRecognised => "not_recognised",
            Self::Revoked => "revoked",
        }
    }

    /// The result is final at this level: verdicts and parts stand still.
    #[must_use]
    pub const fn is_concluded(self) -> bool {
        matches!(
            self,
            Self::Recommended
                | Self::NotRecommended
                | Self::Forwarded
                | Self::Recognised
                | Self::NotRecognised
                | Self::Revoked
        )
    }

    /// At the desk above, before its conclusion: it can be sent back.
    #[must_use]
    pub const fn is_at_desk(self) -> bool {
        matches!(self, Self::Submitted | Self::Received | Self::Appraised)
    }

    /// Not at the city: with its keepers or at the ward's desk.
    #[must_use]
    pub const fn is_before_city(self) -> bool {
        self.is_with_keeper() || self.is_at_desk() || matches!(self, Self::Recommended | Self::NotRecommended)
    }

    /// In the hands of those who keep it: they may change it.
    #[must_use]
    pub const fn is_with_keeper(self) -> bool {
        matches!(self, Self::Draft | Self::Returned)
    }
}

impl FromStr for Status {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        Self::ALL.into_iter().find(|status| status.as_str() == text).ok_or(UnknownWord)
    }
}

/// A dossier's own row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dossier {
    /// Its id.
    pub id: DossierId,
    /// Where it belongs.
    pub place: Place,
    /// The year.
    pub cycle: CycleId,
    /// The unit it is about: the group, or the ward itself.
    pub subject: UnitId,
    /// Registration or request.
    pub kind: DossierKind,
    /// Where it stands.
    pub status: Status,
    /// Counts changes of state; a form carries the one it was drawn from.
    pub version: i32,
    /// Which submission this is; 0 before the first.
    pub attempt: i32,
    /// The receipt number, once submitted.
    pub receipt: Option<String>,
    /// Why it came late, if it did.
    pub late_reason: Option<String>,
    /// From when the city sees it.
    pub sent_at: Option<DateTime<Utc>>,
    /// When it was last handed in.
    pub submitted_at: Option<DateTime<Utc>>,
    /// When it was received.
    pub received_at: Option<DateTime<Utc>>,
    /// While returned: the last day to answer.
    pub answer_by: Option<NaiveDate>,
}

impl Dossier {
    /// The ward's own dossier: kept by the ward, judged by the city.
    #[must_use]
    pub const fn is_of_ward(&self) -> bool {
        self.place.group.is_none()
    }

    /// Submitted again after a return.
    #[must_use]
    pub const fn is_resubmitted(&self) -> bool {
        matches!(self.status, Status::Submitted) && self.attempt > 1
    }
}

/// What the rules need to know beside the dossier's own row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Who recognises this kind of subject, by the pinned ruleset.
    pub recognised_by: Level,
    /// The year locks what is late.
    pub locks_late: bool,
    /// The deadline has passed.
    pub is_late: bool,
    /// Required parts that are not complete.
    pub parts_missing: usize,
    /// Criteria the unit has not assessed (requests only).
    pub assessments_missing: usize,
    /// Criteria without a verdict.
    pub verdicts_missing: usize,
    /// Criteria with a verdict other than "đạt".
    pub not_met: usize,
    /// The ward's own request dossier stands with the city and was received there.
    pub package_received: bool,
    /// Group dossiers at the city that are not decided yet.
    pub groups_pending: i64,
    /// Something material changed after the decision that the dossier now rests on.
    pub is_overtaken: bool,
}
