//! Groups against criteria: what each cell says, what is due, what may be approved together. Pure.

use chrono::NaiveDate;
use serde::Deserialize;

use crate::cycle::model::Window;
use crate::dossier::model::{AssessmentRow, Changed, FactRow, FileRow, Finding, ReturnItem, Sheet, Status, VerdictRow};
use crate::platform::id::{CycleId, DossierId, RulesetId, UnitId};
use crate::ruleset::engine::{Case, Facts, Judged, Outcome, combined};
use crate::ruleset::{Ruleset, SubjectKind};

/// The groups of a year, as one statement brings them.
#[derive(Debug, Clone)]
pub struct Matrix {
    /// The year.
    pub year: i32,
    /// The pinned ruleset.
    pub ruleset: RulesetId,
    /// The days that count for groups.
    pub window: Window,
    /// The groups, in their order.
    pub rows: Vec<Row>,
}

/// A group's request with what is said and found about it.
#[derive(Debug, Clone, Deserialize)]
pub struct Row {
    /// The request dossier.
    pub dossier: DossierId,
    /// "07".
    pub code: String,
    /// "Tổ dân phố 7".
    pub name: String,
    /// "Tổ 7".
    pub short: String,
    /// Where it stands.
    pub status: Status,
    /// For forms.
    pub version: i32,
    /// Which submission.
    pub attempt: i32,
    /// Came late.
    pub late: bool,
    /// What the engine may look at.
    pub standing: Facts,
    /// Self-assessments.
    pub assessments: Vec<AssessmentRow>,
    /// Files that support criteria.
    pub evidence: Vec<FileRow>,
    /// Facts that support criteria.
    pub facts_said: Vec<FactRow>,
    /// Verdicts.
    pub verdicts: Vec<VerdictRow>,
    /// Criteria that were sent back and wait for an answer.
    pub returned: Vec<String>,
    /// Criteria that the city asks about and nobody has judged again since.
    pub recalled: Vec<ReturnItem>,
}

impl Matrix {
    /// A group of it, as the engine asks.
    #[must_use]
    pub const fn case<'a>(&self, ruleset: &'a Ruleset, row: &'a Row, judged: &'a Judged, today: NaiveDate) -> Case<'a> {
        let (year, window) = (self.year, self.window);
        Case { ruleset, subject: SubjectKind::Group, year, window, today, facts: &row.standing, judged }
    }
}

impl Row {
    /// What is said and found about its criteria.
    #[must_use]
    pub fn sheet(&self) -> Sheet<'_> {
        Sheet {
            assessments: &self.assessments,
            evidence: &self.evidence,
            facts: &self.facts_said,
            verdicts: &self.verdicts,
            recalled: &self.recalled,
        }
    }
}

/// What a cell says at a glance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Nobody said anything and nothing can be computed.
    Empty,
    /// Something lies on the table, nobody looked at it.
    ToSee,
    /// The program finds it met and the unit says the same: one press approves it.
    Ready,
    /// Met, and nothing changed since.
    Met,
    /// Not met, and nothing changed since.
    NotMet,
    /// Without enough grounds, and nothing changed since.
    Insufficient,
    /// Judged, and something changed since.
    Changed,
    /// Sent back, waits for an answer.
    Returned,
}

impl State {
    /// A person still has to look at it; what is ready is approved together with others.
    #[must_use]
    pub const fn is_due(self) -> bool {
        matches!(self, Self::Empty | Self::ToSee | Self::Changed)
    }

    /// Somebody judged it, and that holds.
    #[must_use]
    pub const fn is_judged(self) -> bool {
        matches!(self, Self::Met | Self::NotMet | Self::Insufficient)
    }
}

/// A group against one criterion.
#[derive(Debug, Clone)]
pub struct Cell {
    /// What it says.
    pub state: State,
    /// What the program finds.
    pub outcome: Outcome,
    /// What changed since the verdict.
    pub changes: Vec<Changed>,
}

/// A group against all criteria, in the order of the rules.
#[derive(Debug, Clone)]
pub struct Line<'a> {
    /// The group.
    pub row: &'a Row,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// The lines of a matrix by its ruleset.
#[must_use]
pub fn lines<'a>(matrix: &'a Matrix, ruleset: &Ruleset, today: NaiveDate) -> Vec<Line<'a>> {
    let line = |row: &'a Row| {
        let judged = row.sheet().judged();
        let case = matrix.case(ruleset, row, &judged, today);
        // What is compared with a verdict of another day must not depend on the day.
        let settled = Case { today: matrix.window.to, ..case };
        let pairs = case.outcomes().into_iter().zip(settled.outcomes());
        Line { row, cells: pairs.map(|(outcome, settled)| cell(row, outcome, &settled)).collect() }
    };
    matrix.rows.iter().map(line).collect()
}

fn cell(row: &Row, outcome: Outcome, settled: &Outcome) -> Cell {
    let sheet = row.sheet();
    let (verdict, claim) = (sheet.verdict(&outcome.code), sheet.assessment(&outcome.code));
    let changes = sheet.changes(settled);
    let state = match verdict {
        _ if row.returned.contains(&outcome.code) => State::Returned,
        Some(_) if !changes.is_empty() => State::Changed,
        Some(verdict) => match verdict.finding {
            Finding::Met => State::Met,
            Finding::NotMet => State::NotMet,
            Finding::Insufficient => State::Insufficient,
        },
        None if is_ready(&outcome, claim) => State::Ready,
        None if claim.is_none() && matches!(outcome.computed, None | Some(Finding::Insufficient)) => State::Empty,
        None => State::ToSee,
    };
    Cell { state, outcome, changes }
}

/// Program and unit say "met", and nothing in it is for a person to judge.
#[must_use]
pub fn is_ready(outcome: &Outcome, claim: Option<&AssessmentRow>) -> bool {
    outcome.proposal() == Some(Finding::Met) && claim.is_some_and(|claim| claim.finding == Finding::Met)
}

impl Line<'_> {
    /// Cells with a verdict that holds.
    #[must_use]
    pub fn judged(&self) -> usize {
        self.cells.iter().filter(|cell| cell.state.is_judged()).count()
    }

    /// The dossier lies at the desk, and each cell is judged or one press from it.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        matches!(self.row.status, Status::Submitted | Status::Received)
            && self.cells.iter().all(|cell| cell.state.is_judged() || cell.state == State::Ready)
    }

    /// Complete, and every criterion is met.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.is_complete() && self.cells.iter().all(|cell| matches!(cell.state, State::Met | State::Ready))
    }

    /// Why it cannot be approved with the others, worst first; nothing for a clean one.
    #[must_use]
    pub fn exceptions(&self) -> Vec<Exception> {
        let with = |state: State| {
            let of = self.cells.iter().filter(move |cell| cell.state == state);
            of.map(|cell| cell.outcome.code.clone()).collect::<Vec<_>>()
        };
        let mut found = vec![];
        match self.row.status {
            Status::Submitted | Status::Received => {}
            Status::Draft | Status::Returned => found.push(Exception::NotHandedIn(self.row.status)),
            status => return vec![Exception::Done(status)],
        }
        let mut name = |state: State, exception: fn(Vec<String>) -> Exception| {
            let codes = with(state);
            if !codes.is_empty() {
                found.push(exception(codes));
            }
        };
        name(State::NotMet, Exception::NotMet);
        name(State::Changed, Exception::Changed);
        name(State::Returned, Exception::Returned);
        name(State::Insufficient, Exception::Insufficient);
        name(State::ToSee, Exception::ToSee);
        name(State::Empty, Exception::Empty);
        found
    }
}

/// Why a dossier is not approved together with the clean ones; with the codes of criteria.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exception {
    /// Still with its keeper.
    NotHandedIn(Status),
    /// Appraised or further: nothing to do.
    Done(Status),
    /// Judged "chưa đạt".
    NotMet(Vec<String>),
    /// Changed since the verdict.
    Changed(Vec<String>),
    /// Sent back, no answer yet.
    Returned(Vec<String>),
    /// Judged "chưa đủ căn cứ".
    Insufficient(Vec<String>),
    /// Nobody looked.
    ToSee(Vec<String>),
    /// Nothing there.
    Empty(Vec<String>),
}

/// In which order a person goes through the cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Walk {
    /// Group by group.
    #[default]
    Rows,
    /// Criterion by criterion, the same question for every group.
    Columns,
}

/// A cell by its place: number of the line, number of the criterion.
pub type Spot = (usize, usize);

/// The next due cell after a spot, round the end; `None` when nothing is due or the dossiers left are concluded.
#[must_use]
pub fn next_due(lines: &[Line<'_>], after: Option<Spot>, walk: Walk) -> Option<Spot> {
    let width = lines.first().map_or(0, |line| line.cells.len());
    let all = lines.len() * width;
    let spot = |at: usize| match walk {
        Walk::Rows => (at / width, at % width),
        Walk::Columns => (at % lines.len(), at / lines.len()),
    };
    let start = after.map_or(0, |(line, cell)| match walk {
        Walk::Rows => line * width + cell + 1,
        Walk::Columns => cell * lines.len() + line + 1,
    });
    let is_open = |(line, cell): Spot| !lines[line].row.status.is_concluded() && lines[line].cells[cell].state.is_due();
    (0..all).map(|step| spot((start + step) % all)).find(|it| is_open(*it) && Some(*it) != after)
}

/// A year of a ward with its units, for a whole city.
#[derive(Debug, Clone)]
pub struct WardYear {
    /// The year.
    pub cycle: CycleId,
    /// The ward.
    pub ward: UnitId,
    /// The number of the year.
    pub year: i32,
    /// The pinned ruleset.
    pub ruleset: RulesetId,
    /// The days that count for groups.
    pub group_window: Window,
    /// The days that count for the ward.
    pub ward_window: Window,
    /// The ward and its groups.
    pub units: Vec<UnitFacts>,
}

/// A unit with what the engine may look at.
#[derive(Debug, Clone, Deserialize)]
pub struct UnitFacts {
    /// The unit.
    pub unit: UnitId,
    /// The group; none for the ward itself.
    pub group: Option<UnitId>,
    /// What the engine may look at; none outside the seat's scope.
    pub facts: Option<Facts>,
}

/// Where a unit stands by what can be computed alone: whatever is for a person is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The year.
    pub cycle: CycleId,
    /// The ward.
    pub ward: UnitId,
    /// The unit.
    pub subject: UnitId,
    /// The group; none for the ward itself.
    pub group: Option<UnitId>,
    /// All computed criteria together.
    pub finding: Finding,
    /// Met, not met, without enough grounds.
    pub counts: [i32; 3],
}

/// Computes a unit; `None` when nothing may be looked at.
#[must_use]
pub fn standing(year: &WardYear, unit: &UnitFacts, ruleset: &Ruleset, today: NaiveDate) -> Option<Standing> {
    let nobody = Judged::new();
    let (subject, window) = match unit.group {
        Some(_) => (SubjectKind::Group, year.group_window),
        None => (SubjectKind::Ward, year.ward_window),
    };
    let facts = unit.facts.as_ref()?;
    let case = Case { ruleset, subject, year: year.year, window, today, facts, judged: &nobody };
    let found: Vec<Finding> = case.outcomes().iter().filter_map(|outcome| outcome.computed).collect();
    let count = |finding| i32::try_from(found.iter().filter(|it| **it == finding).count()).unwrap_or(i32::MAX);
    Some(Standing {
        cycle: year.cycle,
        ward: year.ward,
        subject: unit.unit,
        group: unit.group,
        counts: [count(Finding::Met), count(Finding::NotMet), count(Finding::Insufficient)],
        finding: combined(found),
    })
}
