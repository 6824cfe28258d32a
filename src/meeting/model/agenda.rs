//! The dossiers of an agenda: what each of them needs said about it, and in which order they come.

use std::cmp::Reverse;

use super::Conclusion;
use crate::dossier::model::{Finding, Status};
use crate::platform::id::{DossierId, UnitId};
use crate::ruleset::Criterion;

/// The state of a dossier that was in front of the meeting: whatever changes in it changes one of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// The dossier's version.
    pub version: i32,
    /// The sum of the revisions of its verdicts.
    pub verdicts: i64,
}

/// One finding of the desk.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
pub struct Found {
    /// The criterion.
    pub criterion: String,
    /// What was found.
    pub finding: Finding,
    /// The unit said something new afterwards.
    pub changed: bool,
}

/// A dossier as the meeting sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// The dossier.
    pub dossier: DossierId,
    /// The group it is about.
    pub group: UnitId,
    /// "Tổ dân phố 7".
    pub name: String,
    /// "Tổ 7".
    pub short: String,
    /// The group's place in the ward.
    pub ordinal: i32,
    /// Where it stands.
    pub status: Status,
    /// What is in front of the meeting.
    pub seen: Seen,
    /// It came after its day.
    pub late: bool,
    /// How often it was sent back.
    pub returns: i64,
    /// What the desk found.
    pub found: Vec<Found>,
}

/// What has to be said about a dossier, criterion by criterion; labels as people cite them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Risk {
    /// Criteria that do not hold.
    pub not_met: Vec<String>,
    /// Criteria without enough to go by.
    pub insufficient: Vec<String>,
    /// Criteria without a verdict that still counts.
    pub unseen: Vec<String>,
    /// It came after its day.
    pub late: bool,
    /// How often it was sent back.
    pub returns: i64,
}

impl Risk {
    /// Nothing has to be said: such dossiers may be voted on together.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        *self == Self::default()
    }

    /// Criteria that do not hold, for whatever reason.
    #[must_use]
    pub fn failing(&self) -> usize {
        self.not_met.len() + self.insufficient.len()
    }
}

impl Paper {
    /// What has to be said about it, by the criteria of its ruleset.
    #[must_use]
    pub fn risk(&self, criteria: &[Criterion]) -> Risk {
        let mut risk = Risk { late: self.late, returns: self.returns, ..Risk::default() };
        for criterion in criteria {
            let found = self.found.iter().find(|found| found.criterion == criterion.code);
            let list = match found {
                None => &mut risk.unseen,
                Some(found) if found.changed => &mut risk.unseen,
                Some(found) => match found.finding {
                    Finding::Met => continue,
                    Finding::NotMet => &mut risk.not_met,
                    Finding::Insufficient => &mut risk.insufficient,
                },
            };
            list.push(criterion.label.clone());
        }
        risk
    }

    /// What the ward's committee is asked to conclude: what the appraisal found. A dossier that is not appraised is put off.
    #[must_use]
    pub fn proposal(&self, risk: &Risk) -> Conclusion {
        if self.status != Status::Appraised || !risk.unseen.is_empty() {
            Conclusion::Postpone
        } else if risk.failing() > 0 {
            Conclusion::Decline
        } else {
            Conclusion::Recommend
        }
    }
}

/// Sorts by what needs most to be said; dossiers without a word come last, in the order of the ward.
pub fn by_risk(papers: &mut [(Paper, Risk)]) {
    papers.sort_by_key(|(paper, risk)| {
        let weight = (risk.not_met.len(), risk.insufficient.len(), risk.unseen.len(), risk.late, risk.returns);
        (Reverse(weight), paper.ordinal, paper.dossier)
    });
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::ruleset::{SubjectKind, shipped};
    use proptest::prelude::*;
    use std::sync::LazyLock;
    use uuid::Uuid;

    /// The criteria of the ward's plan, read once for all the dossiers of a property.
    static CRITERIA: LazyLock<Vec<Criterion>> = LazyLock::new(|| {
        let all = shipped().expect("the shipped rules are right");
        let rules = all.iter().find(|it| it.code == "kh390-2024").and_then(|it| it.subject(SubjectKind::Group));
        rules.expect("rules of groups").criteria.clone()
    });

    pub(crate) fn sample_criteria() -> &'static [Criterion] {
        &CRITERIA
    }

    /// A dossier of the group with that number, every criterion met.
    pub(crate) fn paper(number: u8) -> Paper {
        let found =
            |criterion: &Criterion| Found { criterion: criterion.code.clone(), finding: Finding::Met, changed: false };
        Paper {
            dossier: Uuid::from_u128(100 + u128::from(number)).into(),
            group: Uuid::from_u128(200 + u128::from(number)).into(),
            name: format!("Tổ dân phố {number}"),
            short: format!("Tổ {number}"),
            ordinal: i32::from(number),
            status: Status::Appraised,
            seen: Seen { version: 4, verdicts: 13 },
            late: false,
            returns: 0,
            found: sample_criteria().iter().map(found).collect(),
        }
    }

    fn with(number: u8, place: usize, finding: Finding) -> Paper {
        let mut paper = paper(number);
        paper.found[place].finding = finding;
        paper
    }

    fn order(papers: Vec<Paper>) -> Vec<i32> {
        let criteria = sample_criteria();
        let mut sorted: Vec<(Paper, Risk)> =
            papers.into_iter().map(|paper| (paper.clone(), paper.risk(criteria))).collect();
        by_risk(&mut sorted);
        sorted.iter().map(|(paper, _)| paper.ordinal).collect()
    }

    #[test]
    fn what_needs_most_to_be_said_comes_first() {
        let late = Paper { late: true, ..paper(3) };
        let returned = Paper { returns: 2, ..paper(4) };
        let mut unseen = paper(5);
        unseen.found.pop();
        let mut two = with(9, 0, Finding::NotMet);
        two.found[1].finding = Finding::NotMet;
        let papers = vec![
            paper(1),
            paper(2),
            late,
            returned,
            unseen,
            with(6, 2, Finding::Insufficient),
            with(8, 2, Finding::NotMet),
            two,
        ];
        assert_eq!(order(papers), [9, 8, 6, 5, 3, 4, 1, 2]);
    }

    #[test]
    fn the_proposal_is_what_the_appraisal_found() {
        let criteria = sample_criteria();
        let proposal = |paper: &Paper| paper.proposal(&paper.risk(criteria));
        assert_eq!(proposal(&paper(1)), Conclusion::Recommend);
        assert_eq!(proposal(&Paper { late: true, returns: 1, ..paper(1) }), Conclusion::Recommend);
        assert_eq!(proposal(&with(1, 0, Finding::NotMet)), Conclusion::Decline);
        assert_eq!(proposal(&with(1, 0, Finding::Insufficient)), Conclusion::Decline);
        assert_eq!(proposal(&Paper { status: Status::Returned, ..paper(1) }), Conclusion::Postpone);
        let mut changed = paper(1);
        changed.found[0].changed = true;
        assert_eq!(proposal(&changed), Conclusion::Postpone);
    }

    proptest! {
        #[test]
        fn no_dossier_is_lost_and_clean_ones_are_last(kinds in proptest::collection::vec(0_u8..6, 1..24)) {
            let papers: Vec<Paper> = kinds.iter().zip(1_u8..).map(|(kind, number)| match kind {
                0 => with(number, 0, Finding::NotMet),
                1 => with(number, 1, Finding::Insufficient),
                2 => Paper { late: true, ..paper(number) },
                3 => Paper { returns: 1, ..paper(number) },
                _ => paper(number),
            }).collect();
            let first = order(papers.clone());
            // The same whichever way they came.
            let turned: Vec<Paper> = papers.iter().rev().cloned().collect();
            prop_assert_eq!(&first, &order(turned));
            let mut all = first.clone();
            all.sort_unstable();
            prop_assert_eq!(all.len(), kinds.len());
            all.dedup();
            prop_assert_eq!(all.len(), kinds.len());
            let clean = |ordinal: &i32| kinds[*ordinal as usize - 1] >= 4;
            prop_assert!(first.iter().map(clean).is_sorted(), "{:?}", first);
        }
    }
}
