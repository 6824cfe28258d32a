//! One cell of the matrix with everything that is said about it, and the form of its verdict.

use chrono::NaiveDate;

use super::matrix::{Asked, href};
use crate::appraisal::model::{Line, Matrix, Spot};
use crate::appraisal::urls;
use crate::dossier;
use crate::dossier::model::{FactRow, FileRow, VerdictRow};
use crate::platform::clock::civil;
use crate::ruleset::engine::{Case, Outcome};
use crate::ruleset::{Criterion, Finding, Ruleset, SubjectKind};
use crate::web::error::AppError;
use crate::web::filters::numbers;
use crate::web::session::Visit;
use crate::words::dossier::{self as tags, Tag};
use crate::words::{appraisal as words, engine, matrix};

/// A file or a fact that supports a criterion.
pub(super) struct Evidence {
    /// Where the file is; a fact has none.
    pub(super) href: Option<String>,
    pub(super) name: String,
    pub(super) day: Option<NaiveDate>,
    pub(super) inside: bool,
}

/// What the program finds, in words.
pub(super) struct Computed {
    pub(super) tag: Tag,
    pub(super) why: String,
    pub(super) flip: Option<String>,
    pub(super) provisional: Option<String>,
    pub(super) rows: Vec<String>,
}

/// What was found before, by whom and why.
pub(super) struct Verdict {
    pub(super) tag: Tag,
    pub(super) by: String,
    pub(super) note: Option<String>,
    pub(super) is_override: bool,
    pub(super) revision: i32,
}

impl Panel {
    /// The revision that a form is drawn from.
    pub(super) fn revision(&self) -> i32 {
        self.verdict.as_ref().map_or(0, |verdict| verdict.revision)
    }

    /// The note that stands.
    pub(super) fn note(&self) -> &str {
        self.verdict.as_ref().and_then(|verdict| verdict.note.as_deref()).unwrap_or_default()
    }
}

impl Verdict {
    fn of(row: &VerdictRow) -> Self {
        Self {
            tag: tags::finding(row.finding),
            by: row.made_by.clone(),
            note: row.note.clone(),
            is_override: row.is_override(),
            revision: row.revision,
        }
    }
}

/// A finding to press.
pub(super) struct Choice {
    pub(super) value: &'static str,
    pub(super) word: &'static str,
    /// It needs a reason: not met, or otherwise than the program finds.
    pub(super) asks: bool,
}

/// The three findings, with whether each needs a reason.
pub(super) fn choices(outcome: Option<&Outcome>) -> Vec<Choice> {
    let otherwise = |finding| outcome.and_then(|it| it.benchmark(finding)).is_some_and(|found| found != finding);
    let choice = |finding: &Finding| Choice {
        value: finding.as_str(),
        word: tags::finding(*finding).word,
        asks: *finding != Finding::Met || otherwise(*finding),
    };
    Finding::ALL.iter().map(choice).collect()
}

/// A cell beside the table.
pub(super) struct Panel {
    pub(super) group: String,
    pub(super) criterion: Criterion,
    pub(super) claim: Tag,
    pub(super) claim_note: Option<String>,
    pub(super) figures: Option<String>,
    pub(super) computed: Computed,
    pub(super) evidence: Vec<Evidence>,
    pub(super) verdict: Option<Verdict>,
    /// What changed since the verdict, as a sentence.
    pub(super) changed: Option<String>,
    /// What the city asks of it.
    pub(super) asked: Option<String>,
    /// The form, for whoever may judge.
    pub(super) action: Option<String>,
    pub(super) choices: Vec<Choice>,
    pub(super) send_back: Option<String>,
    pub(super) looked_at: i32,
    /// The way back to this place of the table.
    pub(super) table: String,
    /// Links of the arrow keys: key, address, words.
    pub(super) ways: Vec<(&'static str, String, String)>,
}

/// What the program finds about a criterion.
pub(super) fn computed(case: &Case<'_>, outcome: &Outcome) -> Computed {
    let tag = match outcome.computed {
        Some(Finding::Met) if outcome.needs_person => {
            Tag { word: "Phần tính được: đạt", icon: "circle-check", tone: "info" }
        }
        Some(finding) => tags::finding(finding),
        None => Tag { word: "Người thẩm định kết luận", icon: "users", tone: "none" },
    };
    Computed {
        tag,
        why: engine::why(case.ruleset, case.subject, outcome),
        flip: engine::flip(case.ruleset, case.subject, outcome),
        provisional: engine::provisional(outcome),
        rows: engine::rows(case, outcome),
    }
}

/// Files and facts of a criterion, with whether their day counts.
pub(super) fn evidence(files: &[&FileRow], facts: &[&FactRow], window: crate::cycle::model::Window) -> Vec<Evidence> {
    let file = |file: &&FileRow| Evidence {
        href: Some(dossier::urls::file(file.id)),
        name: file.name.clone(),
        day: file.evidence_on,
        inside: file.evidence_on.is_some_and(|day| window.contains(day)),
    };
    let fact = |fact: &&FactRow| Evidence {
        href: None,
        name: fact.said.clone(),
        day: Some(fact.happened_on),
        inside: window.contains(fact.happened_on),
    };
    files.iter().map(file).chain(facts.iter().map(fact)).collect()
}

/// The cell at a spot.
pub(super) fn panel(
    visit: &Visit,
    (matrix, ruleset): (&Matrix, &Ruleset),
    lines: &[Line<'_>],
    (at, column): Spot,
    asked: &Asked,
    may_judge: bool,
) -> Result<Panel, AppError> {
    let line = lines.get(at).ok_or(AppError::NotFound)?;
    let cell = line.cells.get(column).ok_or(AppError::NotFound)?;
    let (row, code) = (line.row, &cell.outcome.code);
    let criterion = ruleset.subject(SubjectKind::Group).and_then(|it| it.criterion(code)).ok_or(AppError::NotFound)?;
    let sheet = row.sheet();
    let judged = sheet.judged();
    let case = matrix.case(ruleset, row, &judged, civil(visit.now));
    let (claim, verdict) = (sheet.assessment(code), sheet.verdict(code));
    let may_judge = may_judge && !row.status.is_concluded();
    let may_return = may_judge && row.status.is_at_desk();
    let figures = claim.and_then(|row| row.numerator.zip(row.denominator));
    Ok(Panel {
        group: row.name.clone(),
        claim: claim.map_or(tags::NOT_JUDGED, |row| tags::finding(row.finding)),
        claim_note: claim.and_then(|row| row.note.clone()),
        figures: figures.map(|(part, all)| numbers::share(part, all, words::unit(&criterion.kind))),
        computed: computed(&case, &cell.outcome),
        evidence: evidence(&sheet.files(code), &sheet.facts(code), matrix.window),
        changed: (!cell.changes.is_empty()).then(|| matrix::changes(&cell.changes)),
        asked: sheet.recalled(code).map(str::to_owned),
        action: may_judge.then(|| urls::judge(row.dossier, code)),
        choices: choices(Some(&cell.outcome)),
        send_back: may_return.then(|| urls::send_back_one(row.dossier, code)),
        verdict: verdict.map(Verdict::of),
        looked_at: claim.map_or(0, |row| row.revision),
        table: href(asked, line, code),
        ways: ways(lines, (at, column), asked),
        criterion: criterion.clone(),
    })
}

/// Where the arrow keys lead: the cells around.
fn ways(lines: &[Line<'_>], (at, column): Spot, asked: &Asked) -> Vec<(&'static str, String, String)> {
    let to = |key, line: Option<usize>, cell: Option<usize>, words: &str| {
        let line = lines.get(line?)?;
        let cell = line.cells.get(cell?)?;
        Some((key, href(asked, line, &cell.outcome.code), words.to_owned()))
    };
    [
        to("ArrowLeft", Some(at), column.checked_sub(1), "Tiêu chí trước"),
        to("ArrowRight", Some(at), Some(column + 1), "Tiêu chí sau"),
        to("ArrowUp", at.checked_sub(1), Some(column), "Tổ trên"),
        to("ArrowDown", Some(at + 1), Some(column), "Tổ dưới"),
    ]
    .into_iter()
    .flatten()
    .collect()
}
