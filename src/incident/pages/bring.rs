//! A list of last year's counts: read and shown first, then written all or nothing, and struck out as one.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::{Opened, inner, last_year, open};
use crate::access::{Actor, rules};
use crate::app::App;
use crate::incident::model::list::{self, Known, Line, List};
use crate::incident::store::{self, Batch};
use crate::incident::{actions, form, urls};
use crate::platform::db::Scoped;
use crate::platform::id::CountBatchId;
use crate::platform::sheet::{self, Limits, Unreadable};
use crate::web::error::AppError;
use crate::web::filters;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::page::again;
use crate::web::posted_files::PostedFiles;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::web::upload::UploadedFile;
use crate::words::incident as words;

/// A year of a ward has a few hundred lines.
const LIMITS: Limits = Limits { bytes: 4 << 20, unpacked: 64 << 20, rows: 3_000, cells: 60_000 };
/// The longest pasted list, in characters.
const PASTED_MAX: usize = 300_000;

/// What is wrong with a row.
struct Wrong {
    number: u32,
    text: String,
    /// "B5 Loại", and the sentence.
    cells: Vec<(String, String)>,
}

#[derive(Template, WebTemplate)]
#[template(path = "incident/read.html")]
struct ReadPage {
    shell: Shell,
    form: Filled,
    year: i32,
    wrong: Vec<Wrong>,
    rows: usize,
    sum: i64,
    groups: usize,
    noughts: usize,
    /// Titles of types, and how many the list says.
    kinds: Vec<(String, i64)>,
    titles: Vec<String>,
}

fn wrong(line: &Line, year: i32) -> Wrong {
    let said = |cell: &list::Shown| {
        let fault = cell.fault.as_ref()?;
        Some((format!("{} {}", cell.at, words::column(&cell.column)), words::fault(cell, fault, year)))
    };
    Wrong {
        number: line.number,
        text: line
            .cells
            .iter()
            .map(|cell| cell.text.as_str())
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join(", "),
        cells: line.cells.iter().filter_map(said).collect(),
    }
}

fn draw(app: &App, actor: &Actor, opened: &Opened, (list, mut form): (&List, Filled)) -> Response {
    let year = opened.year.year - 1;
    let wrong: Vec<Wrong> = list.bad().map(|line| wrong(line, year)).collect();
    let counts = list.counts();
    if !wrong.is_empty() {
        form.fail("bang", words::cells_to_mend(wrong.len()));
    } else if counts.is_empty() {
        form.fail("bang", words::LIST_EMPTY);
    }
    let of_kind = |code: &str| counts.iter().filter(|it| it.kind == code).map(|it| i64::from(it.n)).sum::<i64>();
    let groups: std::collections::HashSet<_> = counts.iter().filter_map(|it| it.group).collect();
    let title = format!("Xem lại số vụ việc năm {year}");
    let page = ReadPage {
        shell: inner(app, actor, &title).failing(form.is_bad()),
        year,
        rows: counts.len(),
        sum: counts.iter().map(|it| i64::from(it.n)).sum(),
        groups: groups.len(),
        noughts: list.noughts,
        kinds: opened
            .kinds()
            .iter()
            .map(|kind| (kind.title.clone(), of_kind(&kind.code)))
            .filter(|(_, n)| *n > 0)
            .collect(),
        titles: opened.kinds().iter().map(|kind| kind.title.clone()).collect(),
        wrong,
        form,
    };
    again(page.form.is_bad(), page)
}

/// Reads text as a list of last year's counts.
async fn understood(db: &mut Scoped, actor: &Actor, opened: &Opened, text: &str) -> Result<List, AppError> {
    let ward = actor.ward().ok_or(AppError::NotFound)?;
    let written = store::written(db, ward, &opened.year).await?;
    let groups: Vec<_> = opened.year.groups_before().cloned().collect();
    let known = Known {
        year: opened.year.year - 1,
        of_groups: opened.year.of_groups.year_before(),
        of_ward: opened.year.of_ward.year_before(),
        groups: &groups,
        kinds: opened.kinds(),
        written: &written,
    };
    // Text that was typed or shown is no file: whatever is wrong with it is that it says nothing.
    let workbook = sheet::read(text.as_bytes(), "bang.txt", &LIMITS).ok();
    Ok(workbook.and_then(|it| it.sheets.into_iter().next()).map(|it| list::read(&it, &known)).unwrap_or_default())
}

/// The file as text, or the text that was pasted.
async fn text_of(files: Vec<UploadedFile>, form: &mut Filled) -> Result<Option<String>, AppError> {
    let Some(file) = files.into_iter().next() else {
        return Ok(form.long_text("bang", PASTED_MAX, words::LIST_MISSING).map(|_| form.value("bang").to_owned()));
    };
    let read = move || -> anyhow::Result<Result<String, Unreadable>> {
        let bytes = file.content.into_bytes()?;
        Ok(sheet::read(&bytes, &file.raw_name, &LIMITS).map(|workbook| list::as_text(&workbook)))
    };
    match tokio::task::spawn_blocking(read).await.map_err(anyhow::Error::from)?? {
        Ok(text) => Ok(Some(text)),
        Err(error) => {
            form.fail("tep", words::unreadable(&error));
            Ok(None)
        }
    }
}

/// Reads a list and shows what would be written. Nothing is.
pub(super) async fn read(State(app): State<App>, posted: PostedFiles) -> Result<Response, AppError> {
    let PostedFiles { visit: Visit { actor, mut db, .. }, mut form, files, redraw } = posted;
    rules::can_keep_last_year(&actor)?;
    let opened = open(&app, &mut db, &actor).await?;
    let text = if redraw || form.is_bad() { None } else { text_of(files, &mut form).await? };
    let Some(text) = text else {
        let ward = actor.ward().ok_or(AppError::NotFound)?;
        let known = store::overview(&mut db, ward, &opened.year).await?;
        return Ok(last_year::draw(&app, &actor, &opened, (known, form)));
    };
    let list = understood(&mut db, &actor, &opened, &text).await?;
    Ok(draw(&app, &actor, &opened, (&list, form.replaced("bang", text))))
}

/// Writes a list that was shown, all of it or nothing.
pub(super) async fn write(State(app): State<App>, mut posted: Posted) -> Result<Response, AppError> {
    rules::can_keep_last_year(&posted.visit.actor)?;
    let opened = open(&app, &mut posted.visit.db, &posted.visit.actor).await?;
    let text = posted.form.value("bang").to_owned();
    let batch = posted.parse(form::batch);
    let ward = posted.visit.actor.ward().ok_or(AppError::NotFound)?;
    // The same list sent twice is there already, and would find itself written.
    if let Ok(batch) = batch
        && store::batch(&mut posted.visit.db, ward, batch).await.is_ok()
    {
        return Ok(Redirect::to(urls::LAST_YEAR).into_response());
    }
    let list = understood(&mut posted.visit.db, &posted.visit.actor, &opened, &text).await?;
    let counts = list.counts();
    let batch = match batch {
        Ok(batch) if !counts.is_empty() && list.bad().next().is_none() => batch,
        Ok(_) => return Ok(draw(&app, &posted.visit.actor, &opened, (&list, posted.form))),
        Err(form) => return Ok(draw(&app, &posted.visit.actor, &opened, (&list, form))),
    };
    let Visit { actor, db, now } = posted.visit;
    let year = opened.year.year - 1;
    unstoppable(async move { actions::bring(db, &actor, (batch, year), &counts, now).await }).await??;
    Ok(Redirect::to(urls::LAST_YEAR).into_response())
}

#[derive(Template, WebTemplate)]
#[template(path = "incident/batch.html")]
struct BatchPage {
    shell: Shell,
    form: Filled,
    batch: Batch,
}

/// The list, and whether the seat keeps last year.
async fn held(visit: &mut Visit, id: CountBatchId) -> Result<Batch, AppError> {
    rules::can_keep_last_year(&visit.actor)?;
    let ward = visit.actor.ward().ok_or(AppError::NotFound)?;
    Ok(store::batch(&mut visit.db, ward, id).await?)
}

fn batch_page(app: &App, actor: &Actor, (batch, form): (Batch, Filled)) -> Response {
    let page = BatchPage { shell: inner(app, actor, "Danh sách đã nhập").failing(form.is_bad()), batch, form };
    again(page.form.is_bad(), page)
}

/// A list that was brought in.
pub(super) async fn batch(
    State(app): State<App>,
    mut visit: Visit,
    Path(id): Path<CountBatchId>,
) -> Result<Response, AppError> {
    let batch = held(&mut visit, id).await?;
    Ok(batch_page(&app, &visit.actor, (batch, Filled::default())))
}

/// Strikes it out as one.
pub(super) async fn undo(
    State(app): State<App>,
    Path(id): Path<CountBatchId>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let batch = held(&mut posted.visit, id).await?;
    let reason = match posted.parse(form::struck) {
        Ok(reason) => reason,
        Err(form) => return Ok(batch_page(&app, &posted.visit.actor, (batch, form))),
    };
    let Visit { actor, db, now } = posted.visit;
    unstoppable(async move { actions::undo(db, &actor, (id, &reason), now).await }).await??;
    Ok(Redirect::to(urls::LAST_YEAR).into_response())
}
