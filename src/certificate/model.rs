//! Units to be certified, certificates, and the code on each.

mod code;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;

use crate::access::{Permit, Place, act};
use crate::dossier::model::Status;
use crate::platform::id::{CertificateId, DecisionId, DossierId, RulesetId, UnitId};
use crate::ruleset::Level;

pub use code::Code;

/// The highest number of a book.
pub const HIGHEST: i32 = 99_999;

/// A unit that was recognised by a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its request.
    pub dossier: DossierId,
    /// Counts every change of the request; the form carries it.
    pub version: i32,
    /// Where the request stands now.
    pub status: Status,
    /// Where it belongs.
    pub place: Place,
    /// The group, or the ward itself.
    pub subject: UnitId,
    /// Its name.
    pub name: String,
    /// Who recognises such units by the ruleset of the year.
    pub recognised_by: Level,
    /// The decision that recognised it.
    pub decision: DecisionId,
    /// Number and symbol of that decision.
    pub decision_number: String,
    /// The day on it.
    pub decided_on: NaiveDate,
    /// Who signed it.
    pub decision_signer: String,
    /// A later decision took it back.
    pub is_void: bool,
    /// The certificate of this decision.
    pub certificate: Option<Issued>,
}

impl Unit {
    /// Whether this person gave the unit this very number already: the same form sent twice.
    #[must_use]
    pub fn has_from(&self, person: &str, number: i32) -> bool {
        self.certificate.as_ref().is_some_and(|it| it.number == number && it.issued_by == person)
    }

    /// What a box of the form says: the request, and the version it was drawn from.
    #[must_use]
    pub fn order(&self) -> String {
        format!("{}:{}", self.dossier, self.version)
    }

    /// Recognised, and without a certificate.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.certificate.is_none() && !self.is_void && self.status == Status::Recognised
    }
}

/// A certificate as lists name it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Issued {
    /// Its id.
    pub id: CertificateId,
    /// Its number in the book.
    pub number: i32,
    /// The symbol after the number.
    pub symbol: String,
    /// The day on it.
    pub issued_on: NaiveDate,
    /// When it was issued.
    pub issued_at: DateTime<Utc>,
    /// By whom.
    pub issued_by: String,
    /// What leads to its public page.
    pub code: String,
}

/// "07/GCN-UBND": two digits at least (Nghị định 30/2020/NĐ-CP).
#[must_use]
pub fn numbered(number: i32, symbol: &str) -> String {
    format!("{number:02}/{symbol}")
}

impl Issued {
    /// Number and symbol, as on the paper.
    #[must_use]
    pub fn number(&self) -> String {
        numbered(self.number, &self.symbol)
    }
}

/// The body that issues, as papers name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// The ward, or the city.
    pub id: UnitId,
    /// "thành phố Nha Trang".
    pub name: String,
    /// "Nha Trang".
    pub short: String,
}

/// The recognised units of a ward and year, and where the book stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Book {
    /// Whose book is read: that of the seat.
    pub body: Body,
    /// The ward.
    pub ward: UnitId,
    /// "phường Phước Long".
    pub ward_name: String,
    /// "thành phố Nha Trang".
    pub city_name: String,
    /// "tỉnh Khánh Hòa", where the city lies in one.
    pub province: Option<String>,
    /// The year of the programme.
    pub year: i32,
    /// The rules of that year.
    pub ruleset: RulesetId,
    /// The next number of this calendar year that nobody took.
    pub next: i32,
    /// The symbol used last.
    pub symbol: Option<String>,
    /// Units whose recognition holds, and those that have a certificate; the ward itself first.
    pub units: Vec<Unit>,
}

impl Book {
    /// The unit of that request.
    #[must_use]
    pub fn unit(&self, dossier: DossierId) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.dossier == dossier)
    }

    /// Certificates that count, for one print.
    #[must_use]
    pub fn printed(&self) -> usize {
        self.units.iter().filter(|unit| unit.certificate.is_some() && !unit.is_void).count()
    }

    /// Units whose recognition holds.
    #[must_use]
    pub fn recognised(&self) -> usize {
        self.units.iter().filter(|unit| !unit.is_void).count()
    }
}

/// Who signs, as papers write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Capacity {
    /// CHỦ TỊCH.
    Chair,
    /// KT. CHỦ TỊCH, PHÓ CHỦ TỊCH.
    Deputy,
}

/// What is typed for a press.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// The number of the first one; the others count up from it.
    pub first: i32,
    /// What stands after each number.
    pub symbol: String,
    /// The day on them.
    pub issued_on: NaiveDate,
    /// Who signs them.
    pub signer: String,
    /// In which capacity.
    pub capacity: Capacity,
}

/// A certificate that is about to be issued.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The unit, as the form knew it.
    pub unit: Unit,
    /// Its number.
    pub number: i32,
    /// What stands after it.
    pub symbol: String,
    /// Its code.
    pub code: Code,
    /// What is printed.
    pub paper: typeset::Certificate,
}

/// The bytes of a certificate that lie in the file store already.
#[derive(Debug, Clone)]
pub struct Kept {
    /// Their SHA-256.
    pub sha256: String,
    /// How many.
    pub size: i32,
}

/// A certificate that a rule permitted: what the store writes.
#[derive(Debug)]
pub struct Certified {
    /// Its id.
    pub id: CertificateId,
    /// The unit, as it was found under lock.
    pub unit: Unit,
    /// Number, code and paper.
    pub draft: Draft,
    /// The bytes.
    pub kept: Kept,
}

/// Uses the permit up: the unit gets this certificate.
#[must_use]
pub fn certify(permit: Permit<act::Certify, Unit>, draft: Draft, kept: Kept, now: DateTime<Utc>) -> Certified {
    let (unit, _) = permit.into_parts();
    Certified { id: CertificateId::new(now), unit, draft, kept }
}

/// What anybody may know of a certificate whose code they hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Its number and symbol.
    pub number: String,
    /// The day on it.
    pub issued_on: NaiveDate,
    /// The year that it speaks of.
    pub year: i32,
    /// The unit, as it was called.
    pub unit_name: String,
    /// Its ward.
    pub ward_name: String,
    /// The body that issued it: the ward or the city.
    pub body_name: String,
    /// What it says of the unit.
    pub achievement: String,
    /// The decision: number and day.
    pub decision: (String, NaiveDate),
    /// SHA-256 of the bytes that were issued.
    pub sha256: String,
    /// How many bytes.
    pub size: i32,
    /// Whether the recognition still holds.
    pub standing: Standing,
}

/// Whether a certificate counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It does.
    Valid,
    /// A later decision took the recognition back: its number and day, where there is one.
    Revoked(Option<(String, NaiveDate)>),
}

/// What a check finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// This address asked too often; it rests until then.
    Resting(DateTime<Utc>),
    /// No certificate has this code.
    Unknown,
    /// This one.
    Known(Box<Checked>),
}

/// How many checks one address may make within [`CHECK_MINUTES`]: a hall of people with papers in their hands, and no more.
pub const CHECKS: i32 = 30;
/// The span of the count.
pub const CHECK_MINUTES: i64 = 10;
