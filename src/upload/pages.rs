//! What the script of a page talks to, in a few words of JSON; and what pages with a form take from it.

use axum::Json;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{actions, form, store, urls};
use crate::access::Refused;
use crate::app::App;
use crate::platform::db::Scoped;
use crate::platform::files::{Pieces, clean_name};
use crate::platform::id::UploadId;
use crate::web::error::AppError;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::posted_bytes::PostedBytes;
use crate::web::session::{Posted, Visit};
use crate::web::upload::UploadedFile;
use crate::words::upload as words;

/// The routes of uploads.
pub fn routes() -> Router<App> {
    Router::new().route(urls::START, post(begin)).route(urls::ONE, get(how_far).post(append))
}

/// How far one is.
#[derive(Debug, Serialize)]
struct Said {
    id: UploadId,
    received: u64,
}

/// From which byte.
#[derive(Debug, Deserialize)]
struct From {
    tu: Option<u64>,
}

async fn begin(posted: Posted) -> Result<Response, AppError> {
    let announced = match posted.parse(form::announced) {
        Ok(announced) => announced,
        Err(wrong) => return Ok(refused(wrong.errors().first().map(|error| error.sentence.clone()))),
    };
    let Visit { actor, db, now } = posted.visit;
    match unstoppable(async move { actions::begin(db, &actor, &announced, now).await }).await? {
        Ok(id) => Ok((StatusCode::CREATED, Json(Said { id, received: 0 })).into_response()),
        Err(Refused::Invalid(faults)) => Ok(refused(faults.into_iter().next().map(|(_, sentence)| sentence))),
        Err(other) => Err(other.into()),
    }
}

fn refused(sentence: Option<String>) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, Json(sentence)).into_response()
}

async fn how_far(mut visit: Visit, Path(id): Path<UploadId>) -> Result<Json<Said>, AppError> {
    let upload = store::find(&mut visit.db, id).await?.ok_or(AppError::NotFound)?;
    Ok(Json(Said { id, received: upload.received }))
}

/// The next piece; one that does not fit is told where to go on.
async fn append(
    State(app): State<App>,
    (Path(id), Query(From { tu })): (Path<UploadId>, Query<From>),
    PostedBytes { visit, bytes }: PostedBytes,
) -> Result<Response, AppError> {
    let tu = tu.ok_or(AppError::NotFound)?;
    let pieces = Pieces::within(&app.settings.scratch);
    let work = async move { actions::append(visit.db, &pieces, id, (tu, bytes)).await };
    Ok(match unstoppable(work).await?? {
        Ok(received) => Json(Said { id, received }).into_response(),
        Err(misfit) => (StatusCode::CONFLICT, Json(Said { id, received: misfit.received })).into_response(),
    })
}

/// The field of a form that names what was sent before it.
const FIELD: &str = "da-tai";

fn named(form: &Filled) -> Vec<Uuid> {
    form.values_of(FIELD).into_iter().filter_map(|id| id.parse().ok()).collect()
}

/// All files of one form.
#[derive(Debug, Default)]
pub struct Incoming {
    /// Unchecked.
    pub files: Vec<UploadedFile>,
    /// The uploads among them: whoever writes them marks them as used.
    pub uploads: Vec<UploadId>,
}

/// The files that came with a form, and those that were sent before it. What is gone is said at `field`.
///
/// # Errors
/// When the database or the disk does not answer.
pub async fn incoming(
    app: &App,
    db: &mut Scoped,
    form: &mut Filled,
    files: Vec<UploadedFile>,
    (purpose, field): (&str, &str),
) -> Result<Incoming, AppError> {
    let ids = named(form);
    let mut incoming = Incoming { files, uploads: vec![] };
    let taken = actions::take(db, &Pieces::within(&app.settings.scratch), &ids, purpose).await?;
    if taken.lost > 0 {
        form.fail(field, words::lost(taken.lost));
    }
    for (upload, content) in taken.files {
        incoming.uploads.push(upload.id);
        let (field, raw_name) = (field.to_owned(), upload.name);
        incoming.files.push(UploadedFile { field, raw_name, content, taken_at: upload.taken_at });
    }
    Ok(incoming)
}

/// A file that was sent before its form, as the form names it when it is drawn again.
#[derive(Debug, Clone)]
pub struct Sent {
    /// What the form carries.
    pub id: UploadId,
    /// Its name.
    pub name: String,
}

/// What a form that is drawn again still carries.
///
/// # Errors
/// When the database does not answer.
pub async fn sent(db: &mut Scoped, form: &Filled, purpose: &str) -> Result<Vec<Sent>, AppError> {
    let ids = named(form);
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let known = store::of_form(db, &ids, purpose).await?;
    let whole = known.into_iter().filter(|upload| upload.is_whole() && !upload.is_used);
    Ok(whole.map(|upload| Sent { id: upload.id, name: clean_name(&upload.name) }).collect())
}
