//! Headers and columns, sheet by sheet, for a person to put right.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::frame;
use crate::access::{Actor, rules};
use crate::app::App;
use crate::household;
use crate::import::form::{self, MEANINGS, word_of};
use crate::import::model::{Batch, Found, Meaning, State as Stage};
use crate::import::{actions, store, urls};
use crate::platform::clock::civil;
use crate::platform::id::BatchId;
use crate::platform::sheet;
use crate::web::error::AppError;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::page::again;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::words::import as words;

#[derive(Template, WebTemplate)]
#[template(path = "import/columns.html")]
struct ColumnsPage {
    shell: Shell,
    form: Filled,
    batch: Batch,
    found: Found,
    groups: Vec<(String, String)>,
    meanings: Vec<(&'static str, &'static str)>,
}

fn letters(column: &usize) -> String {
    sheet::letters(*column)
}

/// The name of a control about a sheet: sheets are numbered, because their own names may hold anything.
fn named(what: &str, place: impl std::fmt::Display) -> String {
    format!("{what}-{place}")
}

fn column_name(place: impl std::fmt::Display, column: impl std::fmt::Display) -> String {
    format!("cot-{place}-{column}")
}

/// The form as the program understood the file.
fn understood(batch: &Batch, found: &Found) -> Filled {
    let mut form = Filled::default().with("_phien_ban", batch.revision.to_string());
    for (place, sheet) in found.sheets.iter().enumerate() {
        if sheet.taken {
            form = form.with(&named("lay", place), "co");
        }
        form = form.with(&named("dong", place), sheet.header_row.map_or_else(String::new, |row| row.to_string()));
        for column in &sheet.columns {
            form = form.with(&column_name(place, column.index), word_of(column.meaning));
        }
    }
    form
}

/// The page, for a file that is being mended.
async fn columns_page(
    app: &App,
    (actor, conn, now): (&Actor, &mut sqlx::PgConnection, chrono::DateTime<chrono::Utc>),
    batch: Batch,
    form: Option<Filled>,
) -> Result<Response, AppError> {
    let found = batch.found.clone().filter(|_| batch.state == Stage::Ready).ok_or(AppError::Stale)?;
    let groups = household::store::groups(conn, batch.place.ward, civil(now)).await?;
    let form = form.unwrap_or_else(|| understood(&batch, &found));
    let page = ColumnsPage {
        shell: frame(app, actor, &batch, "Cột của bảng").failing(form.is_bad()),
        form,
        found,
        groups: groups.into_iter().map(|group| (group.code, group.name)).collect(),
        meanings: MEANINGS.into_iter().map(|(meaning, word)| (word, words::meaning(meaning))).collect(),
        batch,
    };
    Ok(again(page.form.is_bad(), page))
}

/// The form.
pub(super) async fn edit(State(app): State<App>, visit: Visit, Path(id): Path<BatchId>) -> Result<Response, AppError> {
    let Visit { actor, mut db, now } = visit;
    let batch = store::load(&mut db, id).await?;
    rules::can_import(&actor, batch.place.group)?;
    columns_page(&app, (&actor, &mut db, now), batch, None).await
}

/// Has the file read again.
pub(super) async fn save(
    State(app): State<App>,
    Path(id): Path<BatchId>,
    posted: Posted,
) -> Result<Response, AppError> {
    let revision = posted.version()?;
    let Posted { visit: Visit { actor, mut db, now }, form, redraw } = posted;
    let batch = store::load(&mut db, id).await?;
    rules::can_import(&actor, batch.place.group)?;
    let found = batch.found.clone().ok_or(AppError::Stale)?;
    let read = if redraw { Err(form) } else { form::mapping(form, &found) };
    let mapping = match read {
        Ok(mapping) => mapping,
        Err(form) => return columns_page(&app, (&actor, &mut db, now), batch, Some(form)).await,
    };
    let bell = app.bell.clone();
    unstoppable(async move { actions::correct(db, &bell, &actor, ((id, revision), &mapping), now).await }).await??;
    Ok(Redirect::to(&urls::show(id)).into_response())
}
