//! A file on its way into the register, and what becomes of each of its rows.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::draft::Draft;
use super::likely::Match;
use super::problem::Severity;
use super::recognised::{Notice, SheetFound};
use crate::access::{Place, words};
use crate::household::model::{Address, Facts};
use crate::platform::id::{BatchId, CycleId, HouseholdId};

/// From this likeness on a row is taken for the household of the register; below it a person looks.
const SURELY_THE_SAME: u8 = 95;

/// Where a file stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It is being read.
    Reading,
    /// Read: people look, mend and decide.
    Ready,
    /// It is being written into the register.
    Writing,
    /// Written.
    Done,
    /// Taken out again.
    Undone,
    /// Thrown away before it was written.
    Dropped,
    /// It could not be read.
    Failed,
}

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// A new household.
    Add,
    /// A household of the register: what the file says is written over what stands there.
    Update,
    /// Left out.
    Skip,
}

words!(State {
    Reading = "reading",
    Ready = "ready",
    Writing = "writing",
    Done = "done",
    Undone = "undone",
    Dropped = "dropped",
    Failed = "failed",
});
words!(Decision { Add = "add", Update = "update", Skip = "skip" });

impl State {
    /// Whether a job works on it.
    #[must_use]
    pub const fn is_at_work(self) -> bool {
        matches!(self, Self::Reading | Self::Writing)
    }
}

impl Decision {
    /// What a likeness suggests before anybody looked.
    #[must_use]
    pub fn suggested(best: Option<&Match>) -> Self {
        if best.is_some_and(|best| best.score >= SURELY_THE_SAME) { Self::Update } else { Self::Add }
    }
}

/// What was found in the file as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Its sheets, with the meaning of their columns.
    pub sheets: Vec<SheetFound>,
    /// What a person should know.
    pub notices: Vec<Notice>,
}

/// A file on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Its id.
    pub id: BatchId,
    /// Its ward, and the group it is meant for.
    pub place: Place,
    /// "Tổ dân phố 7"; none for a list of the whole ward.
    pub group_name: Option<String>,
    /// The year whose marks it brings along.
    pub cycle: Option<CycleId>,
    /// Since when its households live here.
    pub since: NaiveDate,
    /// Where it stands.
    pub state: State,
    /// As it was sent.
    pub file_name: String,
    /// Its content, as a hash.
    pub sha256: String,
    /// What was found in it; none before it was read.
    pub found: Option<Found>,
    /// How many rows.
    pub rows: i32,
    /// Rows that hold it up.
    pub stops: i32,
    /// Rows with something to know.
    pub warns: i32,
    /// Households that it made.
    pub made: i32,
    /// Why it could not be read, in words.
    pub fault: Option<String>,
    /// Counts changes.
    pub revision: i32,
    /// When it came.
    pub created_at: DateTime<Utc>,
    /// Who brought it.
    pub created_by: String,
    /// When it was written.
    pub written_at: Option<DateTime<Utc>>,
    /// When it was taken out again.
    pub undone_at: Option<DateTime<Utc>>,
    /// Who took it out.
    pub undone_by: Option<String>,
    /// Rows that seem to be in the register.
    pub same: i64,
    /// When the very same file was written before.
    pub same_file: Option<DateTime<Utc>>,
}

/// A household of the register beside a row.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Same {
    /// The household.
    pub id: HouseholdId,
    /// Its code.
    pub code: String,
    /// Its head.
    pub head: String,
    /// Its house number.
    pub house: String,
    /// Its alley.
    pub alley: String,
    /// Its street.
    pub street: String,
    /// Its members.
    pub members: Option<i32>,
    /// Its phone.
    pub phone: Option<String>,
    /// Its note.
    pub note: Option<String>,
}

/// A row of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its place in the file.
    pub seq: i32,
    /// What it says.
    pub draft: Draft,
    /// The household that it seems to be.
    pub same: Option<Same>,
    /// How likely, to 100.
    pub likeness: Option<i16>,
    /// What becomes of it.
    pub decision: Decision,
    /// Counts changes.
    pub revision: i32,
}

impl Line {
    /// Whether the file cannot be written because of it.
    #[must_use]
    pub fn stops(&self) -> bool {
        stops(&self.draft, self.decision)
    }
}

/// Whether a row holds its file up: a row that is left out holds up nothing.
#[must_use]
pub fn stops(draft: &Draft, decision: Decision) -> bool {
    decision != Decision::Skip && draft.severity() == Some(Severity::Stops)
}

/// Whether there is something to know about a row.
#[must_use]
pub fn warns(draft: &Draft, decision: Decision) -> bool {
    decision != Decision::Skip && draft.severity() == Some(Severity::Warns)
}

impl Same {
    /// What the register says of it.
    #[must_use]
    pub fn facts(&self) -> Facts {
        Facts {
            head: self.head.clone(),
            address: Address { house: self.house.clone(), alley: self.alley.clone(), street: self.street.clone() },
            members: self.members,
            phone: self.phone.clone(),
            note: self.note.clone(),
        }
    }
}

impl Draft {
    /// A row as the facts of a new household.
    #[must_use]
    pub fn facts(&self) -> Facts {
        Facts {
            head: self.head.clone(),
            address: Address::written(&self.number, &self.alley, &self.street),
            members: self.members.map(i32::from),
            phone: self.phone.clone(),
            note: Some(self.note.clone()).filter(|note| !note.is_empty()),
        }
    }

    /// What the file says, written over what the register says; where the file is silent, the register stays. An address is one thing:
    /// a file with a house number and no alley means that there is none.
    #[must_use]
    pub fn over(&self, known: &Facts) -> Facts {
        let said = self.facts();
        Facts {
            head: said.head,
            address: if said.address == Address::default() { known.address.clone() } else { said.address },
            members: said.members.or(known.members),
            phone: said.phone.or_else(|| known.phone.clone()),
            note: said.note.or_else(|| known.note.clone()),
        }
    }
}
