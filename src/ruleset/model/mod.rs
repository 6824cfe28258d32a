//! What a ruleset holds. Pure data: reading files is `load`, finding mistakes is `check`.

mod code;
mod compare;
mod criterion;
mod draft;
mod window;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use sha2::{Digest, Sha256};

pub use code::{
    Confidence, DeadlineCode, DossierKind, Finding, Gravity, Level, Metric, Period, SubjectKind, UnknownCode,
    UpperLevel, WindowYear,
};
pub use compare::{Comparison, Counts, Delta, SubjectComparison};
pub use criterion::{Criterion, CriterionKind};
pub use draft::{Draft, Edit, Head, Piece, Unfit};
pub use window::{Window, quarter_one};

/// One version of the rules that a cycle can be run by. Immutable once published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ruleset {
    /// Name in addresses and in the database, url safe, such as `kh390-2024`.
    pub code: String,
    /// Counts the published versions of this code, from 1.
    pub version: u32,
    /// What a person calls it.
    pub title: String,
    /// For whom it is meant and what to know before choosing it.
    pub note: String,
    /// First day on which it may be chosen for a new cycle; a year that is over by then cannot have it.
    #[serde(deserialize_with = "civil_date")]
    pub valid_from: NaiveDate,
    /// Last day on which it may be chosen; none while nothing has replaced it. A year that begins later cannot have it.
    #[serde(default, deserialize_with = "optional_civil_date")]
    pub valid_to: Option<NaiveDate>,
    /// The ruleset this one was copied from, for the mapping in [`Criterion::was`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub based_on: Option<Origin>,
    /// What stands above the ward.
    pub upper_level: UpperLevel,
    /// The circulars, plans and directives it rests on, in the order papers cite them.
    pub instruments: Vec<Instrument>,
    /// Kinds of incidents that are counted, without names or stories.
    #[serde(default)]
    pub incident_types: Vec<IncidentType>,
    /// Who is judged, and how.
    pub subjects: Vec<SubjectRules>,
    /// The dates of the year.
    pub deadlines: Vec<DeadlineRule>,
    /// Where plan and circular disagree, and which one this ruleset follows.
    pub differences: Vec<Difference>,
}

impl Ruleset {
    /// The rules for one kind of unit; `None` when this ruleset does not judge that kind.
    #[must_use]
    pub fn subject(&self, kind: SubjectKind) -> Option<&SubjectRules> {
        self.subjects.iter().find(|rules| rules.subject == kind)
    }

    /// One deadline of the year.
    #[must_use]
    pub fn deadline(&self, code: DeadlineCode) -> Option<&DeadlineRule> {
        self.deadlines.iter().find(|rule| rule.code == code)
    }

    /// The codes that a criterion bore in the ruleset this one was copied from: evidence given for them is offered again.
    #[must_use]
    pub fn predecessors(&self, criterion: &Criterion) -> Vec<String> {
        if criterion.was.is_empty() { vec![criterion.code.clone()] } else { criterion.was.clone() }
    }

    /// The ruleset as JSON with sorted keys and no spaces: equal rulesets give equal bytes, whatever
    /// order a file or `jsonb` kept them in.
    #[must_use]
    pub fn canonical_json(&self) -> String {
        // A struct of strings, numbers and lists always has a JSON form, so the fallback never
        // shows; it stands here because this function promises a string.
        let mut value = serde_json::to_value(self).unwrap_or_default();
        value.sort_all_objects();
        value.to_string()
    }

    /// Lower-case hex of SHA-256 over [`Ruleset::canonical_json`].
    #[must_use]
    pub fn sha256(&self) -> String {
        hex::encode(Sha256::digest(self.canonical_json().as_bytes()))
    }

    /// Reads back what [`Ruleset::canonical_json`] wrote, for instance from `jsonb`.
    ///
    /// # Errors
    /// When a field is missing, unknown or of the wrong type.
    pub fn from_json(value: &serde_json::Value) -> Result<Self, serde_json::Error> {
        Self::deserialize(value)
    }
}

/// A published ruleset that another one was copied from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// Its code.
    pub code: String,
    /// Its version.
    pub version: u32,
}

/// A legal instrument that the ruleset rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    /// Number and symbol, such as `124/2021/TT-BCA`.
    pub number: String,
    /// What it is, in our words.
    pub title: String,
    /// Date of signing, where known.
    #[serde(default, deserialize_with = "optional_civil_date")]
    pub dated: Option<NaiveDate>,
    /// First day in force, where known.
    #[serde(default, deserialize_with = "optional_civil_date")]
    pub in_force: Option<NaiveDate>,
    /// How sure we are of number and dates.
    pub confidence: Confidence,
}

/// A kind of incident that the ward police count. Never names, never a story.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IncidentType {
    /// Ascii slug that criteria and counts refer to.
    pub code: String,
    /// What the officer reads when entering a count.
    pub title: String,
}

/// The rules for one kind of unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubjectRules {
    /// Whom these rules judge.
    pub subject: SubjectKind,
    /// The days that count.
    pub window: WindowRule,
    /// Who decides; `City` is whatever [`Ruleset::upper_level`] names.
    pub recognised_by: Level,
    /// Where it says so.
    pub recognition_citation: String,
    /// Parts of the registration dossier, in order.
    pub registration: Vec<PartRule>,
    /// Parts of the request dossier, in order.
    pub request: Vec<PartRule>,
    /// All must hold.
    pub criteria: Vec<Criterion>,
    /// Whether such units stand in the ward's ratios of registered and recognised units.
    pub counts_in_ward_ratio: bool,
}

impl SubjectRules {
    /// The parts of one dossier, in the order of the list.
    #[must_use]
    pub fn parts(&self, kind: DossierKind) -> &[PartRule] {
        match kind {
            DossierKind::Registration => &self.registration,
            DossierKind::Request => &self.request,
        }
    }

    /// One part of one dossier.
    #[must_use]
    pub fn part(&self, kind: DossierKind, code: &str) -> Option<&PartRule> {
        self.parts(kind).iter().find(|part| part.code == code)
    }

    /// One criterion.
    #[must_use]
    pub fn criterion(&self, code: &str) -> Option<&Criterion> {
        self.criteria.iter().find(|it| it.code == code)
    }
}

/// First and last day of the evaluation window, both inside it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WindowRule {
    /// First day.
    pub from: DayRule,
    /// Last day.
    pub to: DayRule,
    /// The article.
    pub citation: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// A day of the cycle's year or of the year before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayRule {
    /// 1 to 31.
    pub day: u32,
    /// 1 to 12.
    pub month: u32,
    /// Which year.
    pub year: WindowYear,
}

/// One paper of a dossier.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartRule {
    /// Ascii slug, such as `nghi-quyet`.
    pub code: String,
    /// Full name.
    pub title: String,
    /// Name for narrow screens.
    pub short_title: String,
    /// Whether the dossier can be submitted without it.
    pub required: bool,
    /// Never drafted by the program, as with papers of the Party, which follow its own rules.
    pub upload_only: bool,
    /// Whether number or symbol must be given.
    pub needs_number: bool,
    /// Whether a signer must be given.
    pub needs_signer: bool,
    /// One sentence: what to put in.
    pub hint: String,
    /// The article or plan that asks for it.
    pub citation: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// One date of the year.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeadlineRule {
    /// Which deadline.
    pub code: DeadlineCode,
    /// What is due.
    pub title: String,
    /// Who owes it to whom.
    pub who: String,
    /// Day as the law states it, 1 to 31, in the cycle's year.
    pub day: u32,
    /// Month, 1 to 12.
    pub month: u32,
    /// "Trước ngày": the stated day itself is already late.
    pub exclusive: bool,
    /// Where it says so.
    pub citation: String,
    /// How sure we are.
    pub confidence: Confidence,
    /// An agreement among ourselves ("quy ước nội bộ"), never shown as law.
    pub internal: bool,
}

/// A point where the ward's plan and the circular do not say the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Difference {
    /// What they differ about.
    pub point: String,
    /// What plan 390 says.
    pub plan: String,
    /// What the circular says.
    pub circular: String,
    /// Which one this ruleset follows, and what that means.
    pub effect: String,
}

/// A date as year-month-day text. Chrono's own complaint is English and does not show the form.
fn civil_date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse().map_err(|_| {
        D::Error::custom(format!("Ngày “{text}” không có trong lịch. Viết năm-tháng-ngày, ví dụ 2024-03-25."))
    })
}

fn optional_civil_date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveDate>, D::Error> {
    #[derive(Deserialize)]
    struct Day(#[serde(deserialize_with = "civil_date")] NaiveDate);
    Ok(Option::<Day>::deserialize(deserializer)?.map(|day| day.0))
}

#[cfg(test)]
mod tests;
