//! One file: how far it is, what was found in it, its rows with every problem at its cell.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::frame;
use crate::access::{Actor, rules};
use crate::app::App;
use crate::import::actions;
use crate::import::form::name_of;
use crate::import::model::{Batch, Decision, Field, Line, Problem, Severity, State as Stage};
use crate::import::store::{self, Filter};
use crate::import::urls;
use crate::platform::id::BatchId;
use crate::platform::jobs::{self, Progress};
use crate::privacy::{self, model::Look, model::What};
use crate::web::error::AppError;
use crate::web::filters::{self, dates, numbers};
use crate::web::flights::unstoppable;
use crate::web::icons;
use crate::web::page::again;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::words::import as words;

/// Rows on a page.
const ROWS: usize = 50;

/// `?xem=sua&sau=50`: which rows, after which one.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    xem: Option<String>,
    sau: Option<i32>,
}

#[derive(Template, WebTemplate)]
#[template(path = "import/show.html")]
struct ShowPage {
    shell: Shell,
    batch: Batch,
    progress: Option<Progress>,
    notices: Vec<String>,
    columns: Vec<String>,
    filter: Filter,
    lines: Vec<Line>,
    next: Option<i32>,
    /// Why an undo did not happen.
    held: Option<i32>,
}

impl ShowPage {
    fn said(problem: &Problem) -> String {
        words::problem(problem)
    }

    /// Where a value stands: "ô C12".
    fn cell(line: &Line, problem: &Problem) -> String {
        match &problem.column {
            Some(column) => format!("ô {column}{}", line.draft.row),
            None => format!("dòng {}", line.draft.row),
        }
    }

    /// Whether a problem holds its row up: what only wants a look is not shown as an error.
    fn is_stop(line: &Line, problem: &Problem) -> bool {
        line.stops() && problem.severity == Severity::Stops
    }

    /// What stands in a field: a day as a day, also where the file had the number that Excel keeps for it.
    fn stands(line: &Line, field: Field) -> String {
        let mark = match field {
            Field::Registered => line.draft.registered,
            Field::Pledged => line.draft.pledged,
            _ => None,
        };
        mark.and_then(|mark| mark.on).map_or_else(|| line.draft.text(field).to_owned(), dates::day)
    }

    /// The fields that a row asks a person to look at, with what stands there now or what could.
    fn to_mend(line: &Line) -> Vec<(Field, &'static str, String)> {
        let mut fields: Vec<(Field, &'static str, String)> = vec![];
        for problem in line.draft.problems.iter().filter(|problem| problem.severity == Severity::Stops) {
            if !fields.iter().any(|(field, ..)| *field == problem.field) {
                let typed = problem.suggestion.clone().unwrap_or_else(|| Self::stands(line, problem.field));
                fields.push((problem.field, name_of(problem.field), typed));
            }
        }
        fields
    }

    /// Households of the file that need nobody's eye.
    fn sure(&self) -> i32 {
        (self.batch.rows - self.batch.stops - self.batch.warns).max(0)
    }

    fn steps(&self, progress: &Progress) -> String {
        format!("{}/{}", numbers::number(progress.done), numbers::number(progress.total))
    }

    fn made_words(&self) -> String {
        format!("{} hộ mới", numbers::number(self.batch.made))
    }

    fn written_words(&self) -> String {
        self.batch.written_at.map(dates::moment).unwrap_or_default()
    }

    fn after(&self, seq: i32) -> String {
        format!("{}&sau={seq}", self.here(self.xem()))
    }

    fn here(&self, xem: &str) -> String {
        format!("{}?xem={xem}", urls::show(self.batch.id))
    }

    const fn xem(&self) -> &'static str {
        match self.filter {
            Filter::Stops => "sua",
            Filter::Warns => "biet",
            Filter::Same => "trung",
            Filter::All => "het",
        }
    }
}

const fn filter_of(asked: Option<&str>, batch: &Batch) -> Filter {
    match asked {
        Some(word) => match word.as_bytes() {
            b"sua" => Filter::Stops,
            b"biet" => Filter::Warns,
            b"trung" => Filter::Same,
            _ => Filter::All,
        },
        // Exceptions first.
        None if batch.stops > 0 => Filter::Stops,
        None => Filter::All,
    }
}

/// The page of a file.
pub(super) async fn show(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<BatchId>,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    let Visit { actor, mut db, now } = visit;
    let batch = store::load(&mut db, id).await?;
    rules::can_import(&actor, batch.place.group)?;
    show_page(&app, (&actor, &mut db, now), batch, (&asked, None)).await
}

async fn show_page(
    app: &App,
    (actor, conn, now): (&Actor, &mut sqlx::PgConnection, DateTime<Utc>),
    batch: Batch,
    (asked, held): (&Asked, Option<i32>),
) -> Result<Response, AppError> {
    let mut page = ShowPage {
        shell: frame(app, actor, &batch, &batch.file_name),
        progress: None,
        notices: batch.found.iter().flat_map(|found| &found.notices).map(words::notice).collect(),
        columns: batch.found.iter().flat_map(|found| &found.sheets).map(words::sheet).collect(),
        filter: filter_of(asked.xem.as_deref(), &batch),
        lines: vec![],
        next: None,
        held,
        batch,
    };
    if page.batch.state.is_at_work() {
        page.progress = jobs::store::progress(conn, page.batch.id.uuid()).await?;
    }
    if page.batch.state == Stage::Ready {
        let look = |rows| Look { what: What::Import, group: page.batch.place.group, household: None, rows };
        let mut lines = store::lines(conn, &page.batch, page.filter, asked.sau.unwrap_or(0), ROWS as i64 + 1).await?;
        page.next = (lines.len() > ROWS).then(|| lines[ROWS - 1].seq);
        lines.truncate(ROWS);
        privacy::store::log(conn, actor, look(lines.len()), now).await?;
        page.lines = lines;
    }
    // A page that waits looks again by itself, without script.
    let waits = page.batch.state.is_at_work() && page.progress.as_ref().is_none_or(|it| it.state != "failed");
    let mut response = again(held.is_some(), page);
    if waits {
        response.headers_mut().insert(HeaderName::from_static("refresh"), HeaderValue::from_static("2"));
    }
    Ok(response)
}

/// The same decision for every row that seems to be in the register.
pub(super) async fn decide(
    State(_app): State<App>,
    Path(id): Path<BatchId>,
    posted: Posted,
) -> Result<Response, AppError> {
    let decision: Decision = posted.form.value("lam-gi").parse().map_err(|_| AppError::Stale)?;
    let Visit { actor, db, .. } = posted.visit;
    unstoppable(async move { actions::decide_same(db, &actor, id, decision).await }).await??;
    Ok(Redirect::to(&format!("{}?xem=trung", urls::show(id))).into_response())
}

/// Has the file written; also once more after a job that failed.
pub(super) async fn write(
    State(app): State<App>,
    Path(id): Path<BatchId>,
    posted: Posted,
) -> Result<Response, AppError> {
    let revision = posted.version()?;
    let Visit { actor, db, now } = posted.visit;
    let bell = app.bell.clone();
    unstoppable(async move { actions::start_writing(db, &bell, &actor, (id, revision), now).await }).await??;
    Ok(Redirect::to(&urls::show(id)).into_response())
}

/// Throws the file away.
pub(super) async fn throw_away(
    State(_app): State<App>,
    Path(id): Path<BatchId>,
    posted: Posted,
) -> Result<Response, AppError> {
    let revision = posted.version()?;
    let Visit { actor, db, .. } = posted.visit;
    unstoppable(async move { actions::drop_batch(db, &actor, (id, revision)).await }).await??;
    Ok(Redirect::to(urls::LIST).into_response())
}

/// Takes the file out of the register again.
pub(super) async fn undo(
    State(app): State<App>,
    Path(id): Path<BatchId>,
    posted: Posted,
) -> Result<Response, AppError> {
    let Posted { visit: Visit { actor, db, now }, .. } = posted;
    let by = actor.clone();
    let (db, held) = unstoppable(async move { actions::undo(db, &by, id, now).await }).await??;
    if held == 0 {
        return Ok(Redirect::to(&urls::show(id)).into_response());
    }
    let mut db = db;
    let batch = store::load(&mut db, id).await?;
    show_page(&app, (&actor, &mut db, now), batch, (&Asked::default(), Some(held))).await
}
