//! How complete the evidence of a criterion is, against the papers that the rules list with it.

use chrono::NaiveDate;

use super::{FactRow, FileRow};
use crate::cycle::model::Window;
use crate::ruleset::engine::{Outcome, Value};
use crate::ruleset::{Criterion, CriterionKind};

/// One of the papers listed with a criterion, and how much there is of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// As the rules name it.
    pub words: String,
    /// Files and facts that are this paper.
    pub held: usize,
    /// The program has it by itself: counts of the ward police, the register, a paper of the dossier.
    pub by_program: bool,
}

impl Piece {
    /// It is there, one way or the other.
    #[must_use]
    pub const fn is_there(&self) -> bool {
        self.held > 0 || self.by_program
    }
}

/// Who brings what is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bringer {
    /// The unit, as a file or a fact.
    Unit,
    /// The ward police, by confirming counts.
    Police,
    /// The unit, by writing the day into the part of its dossier.
    Dossier,
    /// The register of households, or the list of units.
    Register,
}

/// What to do next about the evidence of a criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next<'a> {
    /// Add this paper.
    Add(&'a str, Bringer),
    /// Write down the day of so many files.
    Date(usize),
    /// Say which listed paper so many files are.
    Name(usize),
    /// Nothing.
    Done,
}

/// How complete the evidence of a criterion is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meter {
    /// The papers that the rules list, in their order.
    pub pieces: Vec<Piece>,
    /// Evidence that is none of them.
    pub others: usize,
    /// Files without a day.
    pub undated: usize,
    /// Who brings the first piece.
    pub first: Bringer,
}

/// How complete the evidence of a criterion is, by its files and facts alone.
#[must_use]
pub fn meter(criterion: &Criterion, files: &[&FileRow], facts: &[&FactRow]) -> Meter {
    let uses = files.iter().map(|file| file.piece).chain(facts.iter().map(|fact| fact.piece));
    let of: Vec<Option<usize>> = uses.map(|said| place(criterion, said)).collect();
    let held = |at: usize| of.iter().filter(|it| **it == Some(at)).count();
    let piece = |(at, words): (usize, &String)| Piece { words: words.clone(), held: held(at), by_program: false };
    Meter {
        pieces: criterion.evidence.iter().enumerate().map(piece).collect(),
        others: of.iter().filter(|it| it.is_none()).count(),
        undated: files.iter().filter(|file| file.evidence_on.is_none()).count(),
        first: bringer(criterion),
    }
}

/// Which listed paper something is: what its sender said; where only one is listed, that one.
fn place(criterion: &Criterion, said: Option<i16>) -> Option<usize> {
    let listed = criterion.evidence.len();
    match said.and_then(|at| usize::try_from(at).ok()) {
        Some(at) => Some(at).filter(|at| *at < listed),
        None => (listed == 1).then_some(0),
    }
}

/// Who brings the paper that the rules list first: for what the program counts it stands first.
fn bringer(criterion: &Criterion) -> Bringer {
    criterion.kind.leaves().into_iter().fold(Bringer::Unit, |found, leaf| match (found, leaf) {
        (_, CriterionKind::ZeroEvents { .. } | CriterionKind::Trend { .. }) => Bringer::Police,
        (_, CriterionKind::DocumentDated { .. }) => Bringer::Dossier,
        (_, CriterionKind::Ratio { .. }) => Bringer::Register,
        (found, _) => found,
    })
}

impl Meter {
    /// The same, knowing what the program found by itself: then it has the paper that is listed first.
    #[must_use]
    pub fn knowing(mut self, outcome: Option<&Outcome>) -> Self {
        let rests_on = |holds: fn(&Value) -> bool| {
            outcome.is_some_and(|it| it.conditions.iter().any(|condition| holds(&condition.value)))
        };
        let knows = match self.first {
            Bringer::Unit => false,
            Bringer::Police => outcome.is_some_and(|it| it.computed.is_some()),
            Bringer::Dossier => rests_on(|value| matches!(value, Value::Document { issued_on: Some(_), .. })),
            Bringer::Register => {
                rests_on(|value| matches!(value, Value::Share { part: Some(_), whole: Some(1..), .. }))
            }
        };
        if let Some(first) = self.pieces.first_mut() {
            first.by_program = knows;
        }
        self
    }

    /// Listed papers that are there.
    #[must_use]
    pub fn held(&self) -> usize {
        self.pieces.iter().filter(|piece| piece.is_there()).count()
    }

    /// Listed papers.
    #[must_use]
    pub const fn wanted(&self) -> usize {
        self.pieces.len()
    }

    /// Every listed paper is there.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.held() == self.wanted()
    }

    /// Listed papers that are not there, with their places.
    pub fn missing(&self) -> impl Iterator<Item = (usize, &str)> {
        self.pieces.iter().enumerate().filter(|(_, it)| !it.is_there()).map(|(at, it)| (at, it.words.as_str()))
    }

    /// The one thing to do next: what lies here already is named and dated before more is brought.
    #[must_use]
    pub fn next(&self) -> Next<'_> {
        match self.missing().next() {
            Some(_) if self.others > 0 && self.wanted() > 1 => Next::Name(self.others),
            Some((0, words)) => Next::Add(words, self.first),
            Some((_, words)) => Next::Add(words, Bringer::Unit),
            None if self.undated > 0 => Next::Date(self.undated),
            None => Next::Done,
        }
    }
}

/// Whether evidence lies in the days that count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// Nobody said when it happened.
    Unknown,
    /// In the window.
    Inside(NaiveDate),
    /// Before or after it.
    Outside(NaiveDate),
}

impl Day {
    /// Where a day lies.
    #[must_use]
    pub fn of(day: Option<NaiveDate>, window: Window) -> Self {
        match day {
            None => Self::Unknown,
            Some(day) if window.contains(day) => Self::Inside(day),
            Some(day) => Self::Outside(day),
        }
    }
}

/// What a person says of a piece of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct EvidenceInput {
    /// When what it shows happened.
    pub day: Option<NaiveDate>,
    /// Which listed paper it is.
    pub piece: Option<i16>,
}

/// Something that happened, said in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactInput {
    /// What.
    pub said: String,
    /// When.
    pub day: NaiveDate,
    /// Which listed paper it stands for.
    pub piece: Option<i16>,
}

#[cfg(test)]
mod tests;
