//! Groups against criteria: the whole year at a glance, one cell beside it with everything that is said about it.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Query, State as Here};
use serde::Deserialize;

use super::cell::{Panel, panel};
use crate::access::rules;
use crate::app::App;
use crate::appraisal::model::{self, Line, Spot, State, Walk, lines, next_due};
use crate::appraisal::{store, urls};
use crate::dossier;
use crate::platform::clock::civil;
use crate::ruleset::{Criterion, SubjectKind};
use crate::web::error::AppError;
use crate::web::filters::{self, numbers};
use crate::web::page;
use crate::web::session::Visit;
use crate::web::shell::Shell;
use crate::words::matrix as words;

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Asked {
    /// The group's code: "07".
    pub(super) to: Option<String>,
    /// The criterion's code.
    pub(super) tc: Option<String>,
    /// Not this cell, but the next due one after it.
    pub(super) tiep: Option<String>,
    /// "doi": only what changed; "con": only groups with something due.
    pub(super) xem: Option<String>,
    /// "cot": criterion by criterion.
    pub(super) theo: Option<String>,
}

impl Asked {
    /// In which order cells follow each other.
    pub(super) fn walk(&self) -> Walk {
        if self.theo.as_deref() == Some("cot") { Walk::Columns } else { Walk::Rows }
    }

    fn only_due(&self) -> bool {
        self.xem.as_deref() == Some("con")
    }
}

/// A clause that heads several columns.
struct Clause {
    name: String,
    width: usize,
}

/// A criterion as a column.
struct Column {
    short: String,
    title: String,
    first: bool,
}

/// A cell as the table draws it.
struct Drawn {
    href: String,
    word: &'static str,
    class: &'static str,
    first: bool,
    current: bool,
}

/// A group as the table draws it.
struct DrawnRow {
    href: String,
    short: String,
    cells: Vec<Drawn>,
    judged: usize,
    of: usize,
}

/// A cell that changed since its verdict.
struct Change {
    href: String,
    group: String,
    criterion: String,
    said: String,
}

#[derive(Template, WebTemplate)]
#[template(path = "appraisal/matrix.html")]
pub(super) struct MatrixPage {
    shell: Shell,
    groups: usize,
    judged: String,
    rest: String,
    due: usize,
    changed: usize,
    clean: usize,
    only_due: bool,
    only_changed: bool,
    by_column: bool,
    clauses: Vec<Clause>,
    columns: Vec<Column>,
    rows: Vec<DrawnRow>,
    changes: Vec<Change>,
    panel: Option<Panel>,
    may_judge: bool,
    ward: Option<String>,
}

/// The matrix, or only what changed.
pub(super) async fn open(
    Here(app): Here<App>,
    Query(asked): Query<Asked>,
    mut visit: Visit,
) -> Result<MatrixPage, AppError> {
    rules::can_see_matrix(&visit.actor)?;
    let cycle = visit.actor.cycle.ok_or(AppError::NotFound)?;
    let matrix = store::matrix(&mut visit.db, cycle).await?;
    let ruleset = app.rulesets.get(&mut visit.db, matrix.ruleset).await?;
    let rules_of_kind = ruleset.subject(SubjectKind::Group).ok_or(AppError::NotFound)?;
    let lines = lines(&matrix, &ruleset, civil(visit.now));
    let spot = chosen(&lines, &asked);
    let shell = page::shell(&app, &visit.actor, "Bảng thẩm định", urls::MATRIX);
    let may_judge = rules::can_judge_groups(&visit.actor).is_ok();
    let mut page = draw(shell, &lines, &rules_of_kind.criteria, &asked, spot);
    page.may_judge = may_judge;
    page.ward = rules::can_see_ward_standing(&visit.actor).is_ok().then(|| urls::WARD.to_owned());
    page.panel = match spot {
        Some(spot) => Some(panel(&visit, (&matrix, &ruleset), &lines, spot, &asked, may_judge)?),
        None => None,
    };
    Ok(page)
}

/// The cell beside the table: the one asked for, or the next due one after it, or the first due one.
fn chosen(lines: &[Line<'_>], asked: &Asked) -> Option<Spot> {
    let line = asked.to.as_deref().and_then(|code| lines.iter().position(|line| line.row.code == code));
    let cell = asked
        .tc
        .as_deref()
        .and_then(|code| lines.first().and_then(|line| line.cells.iter().position(|cell| cell.outcome.code == code)));
    match (line.zip(cell), asked.tiep.is_some()) {
        (Some(spot), false) => Some(spot),
        (after, _) => next_due(lines, after, asked.walk()),
    }
}

/// The address of a cell, with the way of looking kept.
pub(super) fn href(asked: &Asked, line: &Line<'_>, criterion: &str) -> String {
    let theo = asked.theo.as_deref().map(|it| format!("&theo={it}")).unwrap_or_default();
    let xem = if asked.only_due() { "&xem=con" } else { "" };
    format!("{}?to={}&tc={criterion}{theo}{xem}#o", urls::MATRIX, line.row.code)
}

fn draw(shell: Shell, lines: &[Line<'_>], criteria: &[Criterion], asked: &Asked, spot: Option<Spot>) -> MatrixPage {
    let all: usize = lines.iter().map(|line| line.cells.len()).sum();
    let judged: usize = lines.iter().map(Line::judged).sum();
    let count = |state: State| lines.iter().flat_map(|line| &line.cells).filter(|cell| cell.state == state).count();
    let due = lines.iter().filter(|line| !line.row.status.is_concluded());
    let only_changed = asked.xem.as_deref() == Some("doi");
    MatrixPage {
        shell,
        groups: lines.len(),
        judged: format!("{judged}/{all} ô"),
        rest: numbers::rest(judged as i64, all as i64),
        due: due.flat_map(|line| &line.cells).filter(|cell| cell.state.is_due()).count(),
        changed: count(State::Changed),
        clean: lines.iter().filter(|line| line.is_clean()).count(),
        only_due: asked.only_due(),
        only_changed,
        by_column: asked.walk() == Walk::Columns,
        clauses: clauses(criteria),
        columns: columns(criteria),
        rows: lines
            .iter()
            .enumerate()
            .filter(|(_, line)| shows(line, asked))
            .map(|it| row(it, criteria, asked, spot))
            .collect(),
        changes: if only_changed { changes(lines, criteria, asked) } else { vec![] },
        panel: None,
        may_judge: false,
        ward: None,
    }
}

fn shows(line: &Line<'_>, asked: &Asked) -> bool {
    !asked.only_due() || (!line.row.status.is_concluded() && line.cells.iter().any(|cell| cell.state.is_due()))
}

/// "3" of "3.dd".
fn clause(criterion: &Criterion) -> &str {
    criterion.code.split('.').next().unwrap_or(&criterion.code)
}

fn clauses(criteria: &[Criterion]) -> Vec<Clause> {
    let runs = criteria.chunk_by(|one, next| clause(one) == clause(next));
    runs.map(|run| Clause { name: format!("Khoản {}", clause(&run[0])), width: run.len() }).collect()
}

fn is_first(criteria: &[Criterion], at: usize) -> bool {
    at > 0 && clause(&criteria[at - 1]) != clause(&criteria[at])
}

fn columns(criteria: &[Criterion]) -> Vec<Column> {
    let column = |(at, it): (usize, &Criterion)| Column {
        // "Khoản 3 điểm đ" is "đ" under its clause; a clause without points is itself.
        short: it.label.rsplit(' ').next().unwrap_or(&it.label).to_owned(),
        title: format!("{}: {}", it.label, it.title),
        first: is_first(criteria, at),
    };
    criteria.iter().enumerate().map(column).collect()
}

fn row((at, line): (usize, &Line<'_>), criteria: &[Criterion], asked: &Asked, spot: Option<Spot>) -> DrawnRow {
    let cell = |(column, cell): (usize, &model::Cell)| {
        let (word, class) = words::state(cell.state);
        Drawn {
            href: href(asked, line, &cell.outcome.code),
            word,
            class,
            first: is_first(criteria, column),
            current: spot == Some((at, column)),
        }
    };
    DrawnRow {
        href: dossier::urls::show(line.row.dossier),
        short: line.row.short.clone(),
        cells: line.cells.iter().enumerate().map(cell).collect(),
        judged: line.judged(),
        of: line.cells.len(),
    }
}

/// Only what changed since the last look.
fn changes(lines: &[Line<'_>], criteria: &[Criterion], asked: &Asked) -> Vec<Change> {
    let asked = Asked { xem: None, ..asked.clone() };
    let of_line = |line: &Line<'_>| {
        let changed = line.cells.iter().zip(criteria).filter(|(cell, _)| cell.state == State::Changed);
        let one = |(cell, criterion): (&model::Cell, &Criterion)| Change {
            href: href(&asked, line, &criterion.code),
            group: line.row.short.clone(),
            criterion: format!("{}: {}", criterion.label, criterion.title),
            said: words::changes(&cell.changes),
        };
        changed.map(one).collect::<Vec<_>>()
    };
    lines.iter().flat_map(of_line).collect()
}
