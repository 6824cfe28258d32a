//! The rows around a dossier: parts, files, self-assessments, verdicts, decisions; and what forms write into them.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde::Deserialize;
use uuid::Uuid;

use super::{Basis, Finding};
use crate::platform::id::{AttachmentId, CertificateId, DecisionId, FactId, PartId};
use crate::ruleset::{Metric, PartRule};

/// A file as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct FileRow {
    /// The use of the file: what "take out" names.
    pub use_id: Uuid,
    /// The file.
    pub id: AttachmentId,
    /// Its name.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// Of the content.
    pub sha256: String,
    /// Internet media type.
    pub media_type: String,
    /// When what it shows happened, as its sender says.
    pub evidence_on: Option<NaiveDate>,
    /// When it was sent in.
    pub uploaded_at: DateTime<Utc>,
    /// The criterion it supports, when it is evidence.
    pub criterion: Option<String>,
    /// Which of the papers listed with that criterion it is, from 0; none when it is another one.
    #[serde(default)]
    pub piece: Option<i16>,
    /// When the camera says that it was taken: civil time of the place.
    #[serde(default)]
    pub taken_at: Option<NaiveDateTime>,
}

/// Something that happened and supports a criterion without a file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct FactRow {
    /// The use of the fact: what "take out" names.
    pub use_id: Uuid,
    /// The fact.
    pub id: FactId,
    /// What happened, in a line.
    pub said: String,
    /// When.
    pub happened_on: NaiveDate,
    /// When it was written down.
    pub recorded_at: DateTime<Utc>,
    /// By whom.
    pub recorded_by: String,
    /// The criterion it supports, when it is evidence.
    pub criterion: Option<String>,
    /// Which of the papers listed with that criterion it stands for, from 0.
    pub piece: Option<i16>,
}

/// A figure that somebody typed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct FigureRow {
    /// What it counts.
    pub metric: Metric,
    /// The count.
    pub value: i32,
    /// Counts changes.
    pub revision: i32,
    /// Last change.
    pub updated_at: DateTime<Utc>,
    /// By whom.
    pub updated_by: String,
}

/// A part with its files.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PartRow {
    /// Its id.
    pub id: PartId,
    /// The ruleset's code.
    pub code: String,
    /// Number and symbol.
    pub number: Option<String>,
    /// The day on the paper.
    pub issued_on: Option<NaiveDate>,
    /// Who signed.
    pub signer: Option<String>,
    /// Typed text.
    pub content: Option<String>,
    /// May be changed now.
    pub open: bool,
    /// Counts changes.
    pub revision: i32,
    /// Last change.
    pub updated_at: DateTime<Utc>,
    /// By whom.
    pub updated_by: Option<String>,
    /// Its files.
    pub files: Vec<FileRow>,
}

/// What the unit says of one criterion.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct AssessmentRow {
    /// The criterion.
    pub criterion: String,
    /// What it finds.
    pub finding: Finding,
    /// Why.
    pub note: Option<String>,
    /// Typed figures of a ratio.
    pub numerator: Option<i32>,
    /// Typed figures of a ratio.
    pub denominator: Option<i32>,
    /// Counts changes.
    pub revision: i32,
    /// Last change.
    pub updated_at: DateTime<Utc>,
    /// By whom.
    pub updated_by: String,
}

/// What the desk above finds about one criterion.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct VerdictRow {
    /// The criterion.
    pub criterion: String,
    /// What it finds.
    pub finding: Finding,
    /// Why.
    pub note: Option<String>,
    /// Which revision of the self-assessment it looked at.
    pub looked_at_revision: i32,
    /// What lay on the table; none for verdicts older than this column.
    #[serde(default)]
    pub basis: Option<Basis>,
    /// What the program had found by itself.
    #[serde(default)]
    pub computed: Option<Finding>,
    /// Counts changes.
    pub revision: i32,
    /// When.
    pub made_at: DateTime<Utc>,
    /// By whom.
    pub made_by: String,
}

/// A decision as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct DecisionRow {
    /// Its id.
    pub id: DecisionId,
    /// recommendation, recognition or revocation.
    pub kind: String,
    /// Yes or no.
    pub outcome: bool,
    /// Why not.
    pub reason: Option<String>,
    /// The paper's number.
    pub number: Option<String>,
    /// The paper's day.
    pub decided_on: Option<NaiveDate>,
    /// Who signed the paper.
    pub signer: Option<String>,
    /// SHA-256 of the state it judged.
    pub state_sha256: String,
    /// The layout of that state.
    pub state_format: u32,
    /// Why it does not hold any more, once somebody reopened or revoked it.
    pub void: Option<VoidRow>,
    /// The certificate that rests on it.
    pub certificate: Option<CertificateId>,
    /// When it was recorded.
    pub made_at: DateTime<Utc>,
    /// By whom.
    pub made_by: String,
}

/// A decision that was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct VoidRow {
    /// reopened or revoked.
    pub how: String,
    /// Why.
    pub reason: String,
    /// When.
    pub made_at: DateTime<Utc>,
    /// By whom.
    pub made_by: String,
}

/// What a part's form writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartInput {
    /// Number and symbol.
    pub number: Option<String>,
    /// The day on the paper.
    pub issued_on: Option<NaiveDate>,
    /// Who signed.
    pub signer: Option<String>,
    /// Typed text.
    pub content: Option<String>,
}

/// What a self-assessment form writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssessmentInput {
    /// What the unit finds.
    pub finding: Finding,
    /// Why.
    pub note: Option<String>,
    /// Figures of a ratio: part and whole.
    pub figures: Option<(i32, i32)>,
    /// When what the files of this form show happened.
    pub evidence_on: Option<NaiveDate>,
    /// Which listed paper they are.
    pub piece: Option<i16>,
}

/// How far a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartState {
    /// Nothing yet.
    Empty,
    /// Begun, something required is missing.
    Begun,
    /// Everything required is there.
    Done,
    /// Sent back and not touched since.
    Returned,
    /// Nothing there, and nothing required.
    Optional,
}

/// What a part still lacks, for the sentence beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lack {
    /// A file.
    File,
    /// A file or typed text.
    Content,
    /// Number and symbol.
    Number,
    /// The day.
    Day,
    /// The signer.
    Signer,
}

impl PartRow {
    /// What is missing for the rule; empty when the part is complete.
    #[must_use]
    pub fn lacks(&self, rule: &PartRule) -> Vec<Lack> {
        let mut lacks = vec![];
        if self.files.is_empty() && rule.upload_only {
            lacks.push(Lack::File);
        } else if self.files.is_empty() && self.content.is_none() {
            lacks.push(Lack::Content);
        }
        if rule.needs_number && self.number.is_none() {
            lacks.push(Lack::Number);
        }
        if rule.needs_number && self.issued_on.is_none() {
            lacks.push(Lack::Day);
        }
        if rule.needs_signer && self.signer.is_none() {
            lacks.push(Lack::Signer);
        }
        lacks
    }

    /// Nobody has put anything in.
    #[must_use]
    pub fn is_untouched(&self) -> bool {
        self.files.is_empty()
            && self.content.is_none()
            && self.number.is_none()
            && self.issued_on.is_none()
            && self.signer.is_none()
    }
}
