//! What a bundle is, and what goes into one as it was read. Pure.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use serde::Deserialize;
use serde_json::Value;

use crate::access::{Place, words};
use crate::dossier::model::Status;
use crate::paper::model::{Kind as PaperKind, Names};
use crate::platform::id::{BundleId, CycleId, RulesetId, UnitId};
use crate::ruleset::{DossierKind, Finding};

/// For how long a bundle can be fetched.
pub const KEPT: Duration = Duration::days(7);

/// What is put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The ward's request with its groups', as it goes to the level above: a ZIP.
    Package,
    /// Everything of a year, readable without the program: a ZIP.
    Archive,
    /// The groups' registration papers: one PDF.
    Registrations,
    /// Sheets on which households sign: one PDF for a group, a ZIP of them for the ward.
    Sheets,
    /// The lists of households: one PDF for a group, a ZIP of them for the ward.
    Households,
}

words!(Kind {
    Package = "package",
    Archive = "archive",
    Registrations = "registrations",
    Sheets = "sheets",
    Households = "households",
});

impl Kind {
    /// Prints rows about people, so that having it made is a look at personal data.
    #[must_use]
    pub const fn prints_households(self) -> bool {
        matches!(self, Self::Sheets | Self::Households)
    }

    /// May be of one group.
    #[must_use]
    pub const fn of_a_group(self) -> bool {
        !matches!(self, Self::Package | Self::Archive)
    }
}

/// How far one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Asked for.
    Waiting,
    /// To be fetched.
    Done,
    /// Not made; it can be tried again.
    Failed,
}

words!(State { Waiting = "waiting", Done = "done", Failed = "failed" });

/// What was chosen on the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wish {
    /// One group; none for the whole ward.
    pub group: Option<UnitId>,
    /// Pledge sheets: one for each household.
    pub each: bool,
    /// Pledge sheets: only who has not signed.
    pub open_only: bool,
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// The kind.
    pub kind: Kind,
    /// Ward, and group where it is of one.
    pub place: Place,
    /// The year.
    pub cycle: CycleId,
    /// Pledge sheets: one for each household.
    pub each: bool,
    /// Pledge sheets: only who has not signed.
    pub open_only: bool,
}

/// The file that came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// "goi-ho-so-phuoc-long-2024.zip".
    pub name: String,
    /// SHA-256.
    pub sha256: String,
    /// Bytes.
    pub size: i64,
    /// Files in it.
    pub files: i32,
    /// Files that were not found any more.
    pub missing: i32,
    /// Households that it names.
    pub households: i32,
}

impl Product {
    /// Internet media type.
    #[must_use]
    pub fn media_type(&self) -> &'static str {
        if self.name.ends_with(".pdf") { "application/pdf" } else { "application/zip" }
    }
}

/// One that was asked for.
#[derive(Debug, Clone)]
pub struct Bundle {
    /// Its id.
    pub id: BundleId,
    /// What was asked for.
    pub order: Order,
    /// How far it is.
    pub state: State,
    /// When it was asked for.
    pub asked_at: DateTime<Utc>,
    /// By whom.
    pub asked_by: String,
    /// Why it was not made.
    pub fault: Option<String>,
    /// Its file.
    pub product: Option<Product>,
    /// Until when it can be fetched.
    pub expires_at: DateTime<Utc>,
    /// Where symbols on paper lead.
    pub leads_to: String,
    /// The group's name.
    pub group_name: Option<String>,
    /// "phường Phước Long".
    pub ward_name: String,
    /// The year.
    pub year: i32,
}

/// A unit of the year.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Unit {
    /// Its id.
    pub id: UnitId,
    /// "07".
    pub code: String,
    /// "Tổ dân phố 7".
    pub name: String,
    /// Its households in the year.
    pub households: i32,
}

/// A ward's year with its groups, as far as the seat sees them.
#[derive(Debug, Clone)]
pub struct Year {
    /// Where it belongs.
    pub place: Place,
    /// The year.
    pub cycle: CycleId,
    /// Its number.
    pub year: i32,
    /// The ruleset it follows.
    pub ruleset: RulesetId,
    /// The ruleset's code.
    pub code: String,
    /// City and ward by name.
    pub names: Names,
    /// Something of it was sent to the city.
    pub sent: bool,
    /// The groups, in their order.
    pub groups: Vec<Unit>,
}

/// A file in the store.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Kept {
    /// SHA-256.
    pub sha256: String,
    /// As its sender calls it.
    pub name: String,
    /// Internet media type.
    pub media_type: String,
    /// The day that it shows.
    pub on: Option<NaiveDate>,
    /// The criterion that it supports.
    pub criterion: Option<String>,
}

/// A part of a dossier.
#[derive(Debug, Clone, Deserialize)]
pub struct Part {
    /// "to-trinh".
    pub code: String,
    /// Number and symbol.
    pub number: Option<String>,
    /// Its day.
    pub on: Option<NaiveDate>,
    /// Who signed.
    pub signer: Option<String>,
    /// What was typed.
    pub content: Option<String>,
    /// Its files.
    pub files: Vec<Kept>,
}

/// A criterion as the unit and the level above saw it.
#[derive(Debug, Clone, Deserialize)]
pub struct Judged {
    /// "3.a".
    pub criterion: String,
    /// What the unit says.
    pub claim: Option<Finding>,
    /// Its note.
    pub claim_note: Option<String>,
    /// What the level above says.
    pub verdict: Option<Finding>,
    /// Its note.
    pub verdict_note: Option<String>,
}

/// A recommendation, recognition or revocation.
#[derive(Debug, Clone, Deserialize)]
pub struct Decided {
    /// "recommendation", "recognition", "revocation".
    pub kind: String,
    /// Yes or no.
    pub outcome: bool,
    /// Why not.
    pub reason: Option<String>,
    /// The decision's number.
    pub number: Option<String>,
    /// Its day.
    pub on: Option<NaiveDate>,
    /// Who signed.
    pub signer: Option<String>,
    /// The exact state that it judged.
    pub state: String,
    /// SHA-256 of that.
    pub state_sha256: String,
    /// When it was made.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: String,
    /// It does not hold any more, and why.
    pub void: Option<String>,
}

/// A dossier with all that lies in it.
#[derive(Debug, Clone)]
pub struct Dossier {
    /// The unit.
    pub subject: UnitId,
    /// The unit's name.
    pub name: String,
    /// The unit's code; none for the ward.
    pub code: Option<String>,
    /// Registration or request.
    pub kind: DossierKind,
    /// Its status.
    pub status: Status,
    /// The receipt of the last submission.
    pub receipt: Option<String>,
    /// When it was handed in.
    pub submitted_at: Option<DateTime<Utc>>,
    /// Why late.
    pub late_reason: Option<String>,
    /// Its parts.
    pub parts: Vec<Part>,
    /// Files that support criteria.
    pub evidence: Vec<Kept>,
    /// Facts without a file: day, what is said, criterion.
    pub facts: Vec<(NaiveDate, String, String)>,
    /// Criterion by criterion.
    pub criteria: Vec<Judged>,
    /// Decisions, oldest first.
    pub decisions: Vec<Decided>,
}

/// A file that is a paper signed.
#[derive(Debug, Clone, Deserialize)]
pub struct SignedFile {
    /// SHA-256.
    pub sha256: String,
    /// Internet media type.
    pub media_type: String,
}

/// An issued paper.
#[derive(Debug, Clone)]
pub struct Issued {
    /// The unit that it is about.
    pub subject: UnitId,
    /// Its kind.
    pub kind: PaperKind,
    /// Its number.
    pub number: Option<String>,
    /// Its day.
    pub on: NaiveDate,
    /// SHA-256 of the PDF.
    pub sha256: String,
    /// The same signed.
    pub signed: Vec<SignedFile>,
}

/// The books of a year, beside its dossiers.
#[derive(Debug, Clone, Default)]
pub struct Books {
    /// The journal, oldest first.
    pub events: Vec<Event>,
    /// Counts of incidents; none for a city.
    pub counts: Vec<Count>,
    /// The turns of closed meetings; none for a city.
    pub turns: Vec<Turn>,
}

/// A count of incidents that was not struck out.
#[derive(Debug, Clone)]
pub struct Count {
    /// Code of the type.
    pub kind: String,
    /// The group; none for the ward as a whole.
    pub unit: Option<String>,
    /// The civil day.
    pub on: Option<NaiveDate>,
    /// The year whose window it belongs to, when there is no day.
    pub of_year: Option<i32>,
    /// How many.
    pub n: i32,
    /// The ward police confirmed it.
    pub confirmed: bool,
}

/// What a closed meeting voted and concluded on one dossier.
#[derive(Debug, Clone)]
pub struct Turn {
    /// The meeting's title.
    pub meeting: String,
    /// When it ended.
    pub closed_at: DateTime<Utc>,
    /// Who led it.
    pub chair: Option<String>,
    /// The unit spoken about.
    pub unit: String,
    /// Votes: for, against, other.
    pub votes: [Option<i32>; 3],
    /// What was concluded.
    pub conclusion: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

/// A line of the journal.
#[derive(Debug, Clone)]
pub struct Event {
    /// When.
    pub at: DateTime<Utc>,
    /// The unit it is about.
    pub unit: Option<String>,
    /// Who.
    pub actor: String,
    /// In which seat.
    pub seat: String,
    /// For whom.
    pub on_behalf_of: Option<String>,
    /// What.
    pub verb: String,
    /// Why.
    pub reason: Option<String>,
    /// What else.
    pub detail: Value,
}
