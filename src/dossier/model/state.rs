//! The exact state that a decision judged, as versioned canonical JSON: the same state gives the same bytes for ever.

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{Finding, Whole};
use crate::platform::id::UnitId;
use crate::ruleset::engine::{Outcome, Value};
use crate::ruleset::{DossierKind, Metric, Ruleset, SubjectRules};

/// Version of the layout below. A new layout gets a new number; old decisions keep theirs. Since 2 a state holds what each
/// computed criterion rests on, and facts without a file.
pub const STATE_FORMAT: u32 = 2;

// Field order is the order of the JSON: never reorder within a format version.
#[derive(Serialize)]
struct State<'a> {
    format: u32,
    subject: UnitId,
    subject_name: &'a str,
    kind: DossierKind,
    year: i32,
    attempt: i32,
    ruleset: Rules<'a>,
    parts: Vec<Part<'a>>,
    criteria: Vec<Judged<'a>>,
}

#[derive(Serialize)]
struct Rules<'a> {
    code: &'a str,
    version: u32,
    sha256: String,
}

#[derive(Serialize)]
struct Part<'a> {
    code: &'a str,
    number: Option<&'a str>,
    issued_on: Option<chrono::NaiveDate>,
    signer: Option<&'a str>,
    content_sha256: Option<String>,
    files: Vec<&'a str>,
}

#[derive(Serialize)]
struct Judged<'a> {
    code: &'a str,
    claimed: Option<Finding>,
    claimed_note: Option<&'a str>,
    figures: Option<(i32, i32)>,
    evidence: Vec<&'a str>,
    verdict: Option<Finding>,
    verdict_note: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    said: Option<Vec<(chrono::NaiveDate, &'a str)>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    computed: Option<Vec<&'a Value>>,
}

fn sha256(text: &str) -> String {
    hex::encode(Sha256::digest(text.as_bytes()))
}

fn hashes<'a>(files: impl IntoIterator<Item = &'a super::FileRow>) -> Vec<&'a str> {
    let mut hashes: Vec<&str> = files.into_iter().map(|file| file.sha256.as_str()).collect();
    hashes.sort_unstable();
    hashes
}

/// What a decision binds of a computed criterion. What becomes of other units after it is not: a ward is recommended before its
/// groups are decided.
pub(super) fn is_material(value: &Value) -> bool {
    let of_units =
        |metric: &Metric| matches!(metric, Metric::UnitsTotal | Metric::UnitsRegistered | Metric::UnitsRecognised);
    !matches!(value, Value::Judgement) && !matches!(value, Value::Share { numerator, .. } if of_units(numerator))
}

fn computed<'a>(outcomes: &'a [Outcome], code: &str) -> Vec<&'a Value> {
    let conditions = outcomes.iter().find(|it| it.code == code).map_or(&[][..], |it| &it.conditions);
    conditions.iter().map(|condition| &condition.value).filter(|value| is_material(value)).collect()
}

fn judged<'a>(whole: &'a Whole, outcomes: &'a [Outcome], code: &'a str, format: u32) -> Judged<'a> {
    let (claim, verdict) = (whole.assessment(code), whole.verdict(code));
    Judged {
        code,
        claimed: claim.map(|row| row.finding),
        claimed_note: claim.and_then(|row| row.note.as_deref()),
        figures: claim.and_then(|row| row.numerator.zip(row.denominator)),
        evidence: hashes(whole.evidence_for(code)),
        verdict: verdict.map(|row| row.finding),
        verdict_note: verdict.and_then(|row| row.note.as_deref()),
        said: (format >= 2).then(|| whole.facts_for(code)),
        computed: (format >= 2).then(|| computed(outcomes, code)),
    }
}

/// The state of parts, claims, figures, verdicts, computed facts and rules at this moment, as canonical JSON in one of the layouts.
#[must_use]
pub fn canonical_state(
    whole: &Whole,
    ruleset: &Ruleset,
    (rules, outcomes): (&SubjectRules, &[Outcome]),
    format: u32,
) -> String {
    let parts = rules.parts(whole.dossier.kind).iter().filter_map(|rule| whole.part(&rule.code)).map(|part| Part {
        code: &part.code,
        number: part.number.as_deref(),
        issued_on: part.issued_on,
        signer: part.signer.as_deref(),
        content_sha256: part.content.as_deref().map(sha256),
        files: hashes(&part.files),
    });
    let criteria = rules.criteria.iter().map(|criterion| judged(whole, outcomes, &criterion.code, format));
    let state = State {
        format,
        subject: whole.dossier.subject,
        subject_name: &whole.subject_name,
        kind: whole.dossier.kind,
        year: whole.year,
        attempt: whole.dossier.attempt,
        ruleset: Rules { code: &ruleset.code, version: ruleset.version, sha256: ruleset.sha256() },
        parts: parts.collect(),
        criteria: criteria.collect(),
    };
    // Plain structs of text and numbers: writing them cannot fail.
    serde_json::to_string(&state).unwrap_or_default()
}

/// SHA-256 of a canonical state, in hexadecimal.
#[must_use]
pub fn state_sha256(state: &str) -> String {
    sha256(state)
}
