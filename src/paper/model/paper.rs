//! A paper: a draft that people write over, until it is issued.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::body::Capacity;
use super::facts::Facts;
use super::kind::Kind;
use super::text::Text;
use crate::access::{Permit, Place, act};
use crate::platform::id::{CycleId, DossierId, PaperId, UnitId};

/// Which paper of which unit and year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// Where it belongs: with the group for a group's paper.
    pub place: Place,
    /// The year.
    pub cycle: CycleId,
    /// The kind.
    pub kind: Kind,
}

impl Slot {
    /// The unit that the paper is about: the group, or the ward.
    #[must_use]
    pub fn subject(&self) -> UnitId {
        self.place.group.unwrap_or(self.place.ward)
    }
}

/// What the program says, by which wording, from which figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The words.
    pub text: Text,
    /// The figures and names.
    pub facts: Facts,
    /// The steward's version of the wording.
    pub wording: i32,
    /// The dossier whose part it becomes, or whose way it goes.
    pub dossier: Option<DossierId>,
}

/// A paper.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// Its id.
    pub id: PaperId,
    /// Which of which unit and year.
    pub slot: Slot,
    /// The dossier whose part it becomes, or whose way it goes.
    pub dossier: Option<DossierId>,
    /// What the program said last.
    pub drafted: Text,
    /// What people made of it.
    pub written: Text,
    /// What it rests on.
    pub facts: Facts,
    /// When those figures were read.
    pub facts_at: DateTime<Utc>,
    /// The steward's version of the wording; 0 for the program's own.
    pub wording: i32,
    /// Counts changes; a form carries the one it was drawn from.
    pub revision: i32,
    /// The last change.
    pub updated: (DateTime<Utc>, String),
    /// Once it is issued.
    pub issued: Option<Issued>,
}

/// A paper's number, day, signer and bytes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Issued {
    /// "05/TTr-BCĐ"; none for kinds that bear none.
    pub number: Option<String>,
    /// The day on it.
    pub on: NaiveDate,
    /// Who signs it.
    pub signer: String,
    /// SHA-256 of the PDF.
    pub sha256: String,
    /// Its bytes.
    pub size: i64,
    /// When it was issued.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: String,
}

/// How a paper comes to its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Number {
    /// This kind bears none.
    None,
    /// Taken from the body's own register and typed.
    Typed(String),
    /// The next one of a register that the program keeps.
    Kept {
        /// The register.
        book: &'static str,
        /// The next number as the paper was set; the transaction takes it only while it is still the next.
        count: i32,
        /// It begins the register of that year.
        first: bool,
        /// The year of the register.
        year: i32,
        /// Number and symbol, as on the paper.
        written: String,
    },
}

impl Number {
    /// As on the paper.
    #[must_use]
    pub fn written(&self) -> Option<&str> {
        match self {
            Self::None => None,
            Self::Typed(written) | Self::Kept { written, .. } => Some(written),
        }
    }
}

/// What is said when a paper is issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issuing {
    /// The number that was typed; none where the kind bears none.
    pub number: Option<String>,
    /// With which number a register begins that the program keeps; none for 1.
    pub start: Option<i32>,
    /// The day on it.
    pub on: NaiveDate,
    /// Who signs.
    pub signer: String,
    /// In which capacity.
    pub capacity: Capacity,
    /// What the signer is, where it is not the head.
    pub title: String,
    /// Becomes the part of its dossier at once.
    pub attach: bool,
}

/// The bytes of an issued paper, that lie in the file store already.
#[derive(Debug, Clone)]
pub struct Kept {
    /// SHA-256.
    pub sha256: String,
    /// How many.
    pub size: i64,
    /// All that was printed; none where it names households.
    pub printed: Option<typeset::Paper>,
}

/// An issue that a rule permitted: what the store writes.
#[derive(Debug)]
pub struct Issue {
    /// The draft, as it was found under lock.
    pub paper: Paper,
    /// Its number.
    pub number: Number,
    /// The rest that was said.
    pub issuing: Issuing,
    /// Its bytes.
    pub kept: Kept,
    /// Who issues it.
    pub by: String,
}

/// Uses the permit up.
#[must_use]
pub fn issue(permit: Permit<act::IssuePaper, Paper>, number: Number, issuing: Issuing, kept: Kept) -> Issue {
    let (paper, actor) = permit.into_parts();
    Issue { paper, number, issuing, kept, by: actor.person.name }
}

/// A signature of a signed file, in the words in which it was examined: what was checked then does not change later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The holder of the certificate, as it stands in the file.
    pub holder: String,
    /// What was checked, and what was not, a sentence each.
    pub lines: Vec<String>,
    /// Everything that was checked fits.
    pub holds: bool,
}

/// A file that is the same paper, signed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Signed {
    /// "token" or "scan".
    pub how: String,
    /// Internet media type.
    pub media_type: String,
    /// SHA-256.
    pub sha256: String,
    /// Bytes.
    pub size: i64,
    /// The signatures as they stand in the file; none for a scan.
    pub found: Option<Vec<Told>>,
    /// When it came.
    pub at: DateTime<Utc>,
    /// From whom.
    pub by: String,
}
