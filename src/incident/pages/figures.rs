//! Typed figures: one form for all groups and the ward, which saves what changed.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::{Door, doors, inner, place};
use crate::access::{Actor, Refused, rules};
use crate::app::App;
use crate::incident::form::{self, seen};
use crate::incident::model::bound_to;
use crate::incident::model::figure::{self, Row, Typed};
use crate::incident::{actions, store, urls};
use crate::platform::db::Scoped;
use crate::platform::id::CycleId;
use crate::ruleset::{Metric, SubjectKind};
use crate::web::error::AppError;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::page::{again, capital};
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::web::{filters, icons};
use crate::words::incident as words;

/// One figure of one unit.
struct Cell {
    /// The field; also its id.
    name: String,
    /// "Số nhân khẩu".
    metric: &'static str,
    unit: &'static str,
    /// For readers who hear the field without its row.
    label: String,
    value: Option<i32>,
    may_type: bool,
}

/// A unit with its figures.
struct Line {
    name: String,
    cells: Vec<Cell>,
}

#[derive(Template, WebTemplate)]
#[template(path = "incident/figures.html")]
struct FiguresPage {
    shell: Shell,
    doors: Vec<Door>,
    form: Filled,
    year: i32,
    /// The ward's own figures, where the seat sees them.
    of_ward: Option<Line>,
    groups: Vec<Line>,
    /// The heads of the table.
    metrics: Vec<&'static str>,
    /// Groups with every figure typed.
    done: usize,
    may_type: bool,
    /// What is typed, and what somebody else saved meanwhile.
    versus: Option<(String, String)>,
}

fn line(actor: &Actor, row: &Row) -> Line {
    let cell = |metric: &Metric| Cell {
        name: form::field(row, *metric),
        metric: words::metric(*metric),
        unit: words::metric_unit(*metric),
        label: format!("{}, {}", words::metric(*metric), row.name),
        value: row.figure(*metric).value,
        may_type: rules::can_save_figure(actor, row.id, *metric).is_ok(),
    };
    Line { name: capital(&row.name), cells: figure::of(row.kind).iter().map(cell).collect() }
}

fn figures_page(app: &App, actor: &Actor, rows: &[Row], form: Filled) -> FiguresPage {
    let lines = |kind: SubjectKind| rows.iter().filter(move |row| row.kind == kind).map(|row| line(actor, row));
    let groups: Vec<Line> = lines(SubjectKind::Group).collect();
    let of_ward = lines(SubjectKind::Ward).next();
    let is_whole = |line: &&Line| line.cells.iter().all(|cell| cell.value.is_some());
    let all = groups.iter().chain(&of_ward).flat_map(|line| &line.cells);
    FiguresPage {
        shell: inner(app, actor, "Nhân khẩu, kỷ luật, mô hình").failing(form.is_bad()),
        doors: doors(actor, urls::FIGURES),
        year: actor.year.unwrap_or_default(),
        metrics: figure::OF_GROUP.iter().map(|metric| words::metric(*metric)).collect(),
        done: groups.iter().filter(is_whole).count(),
        may_type: all.into_iter().any(|cell| cell.may_type),
        of_ward,
        groups,
        form,
        versus: None,
    }
}

async fn rows(db: &mut Scoped, actor: &Actor) -> Result<(CycleId, Vec<Row>), AppError> {
    let (ward, cycle) = place(actor)?;
    Ok((cycle, store::figures(db, (ward, cycle), bound_to(actor)).await?))
}

/// The form.
pub(super) async fn page(State(app): State<App>, visit: Visit) -> Result<Response, AppError> {
    let Visit { actor, mut db, .. } = visit;
    let (_, rows) = rows(&mut db, &actor).await?;
    Ok(figures_page(&app, &actor, &rows, form::of_figures(&rows)).into_response())
}

/// Saves what changed, all of it or nothing.
pub(super) async fn save(State(app): State<App>, mut posted: Posted) -> Result<Response, AppError> {
    let (cycle, rows) = rows(&mut posted.visit.db, &posted.visit.actor).await?;
    let typed = match posted.parse(|form| form::figures(form, &rows)) {
        Ok(typed) => typed,
        Err(form) => {
            let page = figures_page(&app, &posted.visit.actor, &rows, form);
            return Ok(again(page.form.is_bad(), page));
        }
    };
    let Posted { visit: Visit { actor, db, now }, form, .. } = posted;
    let (by, mine) = (actor.clone(), typed.clone());
    match unstoppable(async move { actions::save_figures(db, &by, cycle, mine, now).await }).await? {
        Ok(()) => Ok(Redirect::to(urls::FIGURES).into_response()),
        Err(Refused::Stale) => Ok(side_by_side(&app, &actor, &rows, (&typed, form))),
        Err(refused) => Err(refused.into()),
    }
}

/// Both versions of what two people changed; sending again puts the typed one in the place of the other.
fn side_by_side(app: &App, actor: &Actor, rows: &[Row], (typed, mut form): (&[Typed], Filled)) -> Response {
    let (mut mine, mut theirs) = (vec![], vec![]);
    for one in typed {
        let Some(row) = rows.iter().find(|row| row.id == one.unit) else { continue };
        let stands = row.figure(one.metric);
        if stands.revision == one.revision {
            continue;
        }
        mine.push(words::figure(&row.name, one.metric, one.value));
        theirs.push(words::figure(&row.name, one.metric, stands.value));
        let name = seen(&form::field(row, one.metric));
        form = form.replaced(&name, form::carried(stands.revision, stands.value));
    }
    let page = figures_page(app, actor, rows, form);
    let versus = Some((mine.join("\n"), theirs.join("\n")));
    (StatusCode::CONFLICT, FiguresPage { versus, ..page }).into_response()
}
