//! What lay on the table when somebody judged a criterion, so that a later look tells what changed since.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::state::is_material;
use super::{AssessmentRow, FactRow, FileRow, Finding, ReturnItem, VerdictRow};
use crate::ruleset::engine::{Judged, Outcome};

/// Claim, evidence and computed result, without a word of anybody's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// What the unit said of itself.
    pub claim: Option<Claim>,
    /// Files by SHA-256 and facts by id, each with its day; sorted.
    pub evidence: Vec<(String, Option<NaiveDate>)>,
    /// What the program found.
    pub computed: Option<Finding>,
    /// What that rests on, as JSON.
    pub values: serde_json::Value,
}

/// A self-assessment in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// What the unit finds.
    pub finding: Finding,
    /// SHA-256 of its note.
    pub note_sha256: Option<String>,
    /// Figures of a ratio.
    pub figures: Option<(i32, i32)>,
}

/// One thing that changed since a look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changed {
    /// The unit finds otherwise.
    Claim {
        /// What it said; none: nothing.
        before: Option<Finding>,
        /// What it says.
        after: Option<Finding>,
    },
    /// The unit's note or figures.
    ClaimWords,
    /// Files or facts came in.
    EvidenceAdded(usize),
    /// Files or facts were taken out, or bear another day.
    EvidenceGone(usize),
    /// The program finds otherwise.
    Computed {
        /// What it found.
        before: Option<Finding>,
        /// What it finds.
        after: Option<Finding>,
    },
    /// The figures behind the computed result, which stays the same.
    Values,
    /// The city handed the dossier back and names this criterion.
    Recalled,
}

/// What is said and found about a unit's criteria: of one dossier, or of a row of many.
#[derive(Debug, Clone, Copy)]
pub struct Sheet<'a> {
    /// Self-assessments.
    pub assessments: &'a [AssessmentRow],
    /// Files that support criteria.
    pub evidence: &'a [FileRow],
    /// Facts that support criteria.
    pub facts: &'a [FactRow],
    /// Verdicts.
    pub verdicts: &'a [VerdictRow],
    /// Criteria that the city asks about and nobody has judged again since.
    pub recalled: &'a [ReturnItem],
}

impl<'a> Sheet<'a> {
    /// The self-assessment of a criterion.
    #[must_use]
    pub fn assessment(&self, criterion: &str) -> Option<&'a AssessmentRow> {
        self.assessments.iter().find(|row| row.criterion == criterion)
    }

    /// The verdict on a criterion.
    #[must_use]
    pub fn verdict(&self, criterion: &str) -> Option<&'a VerdictRow> {
        self.verdicts.iter().find(|row| row.criterion == criterion)
    }

    /// The files for a criterion.
    #[must_use]
    pub fn files(&self, criterion: &str) -> Vec<&'a FileRow> {
        self.evidence.iter().filter(|file| file.criterion.as_deref() == Some(criterion)).collect()
    }

    /// The facts for a criterion.
    #[must_use]
    pub fn facts(&self, criterion: &str) -> Vec<&'a FactRow> {
        self.facts.iter().filter(|fact| fact.criterion.as_deref() == Some(criterion)).collect()
    }

    /// What people found, for the engine.
    #[must_use]
    pub fn judged(&self) -> Judged {
        self.verdicts.iter().map(|row| (row.criterion.clone(), row.finding)).collect()
    }

    /// What lies on the table about a criterion now.
    #[must_use]
    pub fn basis(&self, outcome: &Outcome) -> Basis {
        let code = &outcome.code;
        Basis::of(self.assessment(code), &self.files(code), &self.facts(code), outcome)
    }

    /// What changed about a criterion since its verdict; nothing without a verdict.
    #[must_use]
    pub fn changes(&self, outcome: &Outcome) -> Vec<Changed> {
        let code = &outcome.code;
        let Some(verdict) = self.verdict(code) else { return vec![] };
        let claim = self.assessment(code).map_or(0, |claim| claim.revision);
        let mut changed = verdict.changes(&self.basis(outcome), claim);
        changed.extend(self.recalled(code).map(|_| Changed::Recalled));
        changed
    }

    /// What the city asks of a criterion, as long as nobody has judged it again.
    #[must_use]
    pub fn recalled(&self, criterion: &str) -> Option<&'a str> {
        self.recalled.iter().find(|item| item.is_criterion(criterion)).map(|item| item.reason.as_str())
    }

    /// The desk still has to look at this criterion: no verdict, or something changed after it.
    #[must_use]
    pub fn is_due(&self, outcome: &Outcome) -> bool {
        self.verdict(&outcome.code).is_none() || !self.changes(outcome).is_empty()
    }
}

impl Basis {
    /// What lies on the table now.
    #[must_use]
    pub fn of(claim: Option<&AssessmentRow>, files: &[&FileRow], facts: &[&FactRow], outcome: &Outcome) -> Self {
        let mut evidence: Vec<(String, Option<NaiveDate>)> =
            files.iter().map(|file| (file.sha256.clone(), file.evidence_on)).collect();
        evidence.extend(facts.iter().map(|fact| (fact.id.to_string(), Some(fact.happened_on))));
        evidence.sort_unstable();
        let values = outcome.conditions.iter().map(|condition| &condition.value);
        let values: Vec<_> = values.filter(|value| is_material(value)).collect();
        Self {
            claim: claim.map(Claim::of),
            evidence,
            computed: outcome.computed,
            // Plain enums of text and numbers: they always have a JSON form.
            values: serde_json::to_value(values).unwrap_or_default(),
        }
    }

    /// What is otherwise now than it was in `self`.
    #[must_use]
    pub fn changes(&self, now: &Self) -> Vec<Changed> {
        let mut changed = vec![];
        let finding = |basis: &Self| basis.claim.as_ref().map(|claim| claim.finding);
        if finding(self) != finding(now) {
            changed.push(Changed::Claim { before: finding(self), after: finding(now) });
        } else if self.claim != now.claim {
            changed.push(Changed::ClaimWords);
        }
        let missing = |of: &Self, from: &Self| of.evidence.iter().filter(|it| !from.evidence.contains(it)).count();
        let (added, gone) = (missing(now, self), missing(self, now));
        if added > 0 {
            changed.push(Changed::EvidenceAdded(added));
        }
        if gone > 0 {
            changed.push(Changed::EvidenceGone(gone));
        }
        if self.computed != now.computed {
            changed.push(Changed::Computed { before: self.computed, after: now.computed });
        } else if self.values != now.values {
            changed.push(Changed::Values);
        }
        changed
    }
}

impl Claim {
    fn of(row: &AssessmentRow) -> Self {
        Self {
            finding: row.finding,
            note_sha256: row.note.as_deref().map(|note| hex::encode(Sha256::digest(note.as_bytes()))),
            figures: row.numerator.zip(row.denominator),
        }
    }
}

impl VerdictRow {
    /// What changed since this verdict; one made before bases were kept goes by the revision of the claim alone.
    #[must_use]
    pub fn changes(&self, now: &Basis, claim_revision: i32) -> Vec<Changed> {
        match &self.basis {
            // A claim that comes after the verdict and says the same is nothing to look at again.
            Some(basis) => basis
                .changes(now)
                .into_iter()
                .filter(|it| *it != Changed::Claim { before: None, after: Some(self.finding) })
                .collect(),
            None if self.looked_at_revision < claim_revision => vec![Changed::ClaimWords],
            None => vec![],
        }
    }

    /// The person found otherwise than the program, and said why.
    #[must_use]
    pub fn is_override(&self) -> bool {
        self.computed.is_some_and(|computed| computed != self.finding)
    }
}
