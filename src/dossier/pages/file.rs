//! Files: sending one to a browser, taking one out.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::app::App;
use crate::dossier::actions::{self, Brought, Target};
use crate::dossier::{store, urls};
use crate::platform::db::Scoped;
use crate::platform::id::{AttachmentId, DossierId};
use crate::upload;
use crate::web::error::AppError;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::posted_files::keep;
use crate::web::session::{Posted, Visit};
use crate::web::upload::UploadedFile;

/// The files of a form, checked and kept: those that came with it, and those that were sent before it for the form at `purpose`. A
/// file that is refused has its sentence at `tep`.
///
/// # Errors
/// When the database, the disk or the file store does not answer.
pub(super) async fn brought(
    app: &App,
    db: &mut Scoped,
    form: &mut Filled,
    files: Vec<UploadedFile>,
    purpose: &str,
) -> Result<Brought, AppError> {
    let incoming = upload::incoming(app, db, form, files, (purpose, "tep")).await?;
    let files = keep(app, incoming.files, form).await?;
    Ok(Brought { files, uploads: incoming.uploads })
}

/// Sends a file through the seat's scope. The connection is released before the bytes flow; the browser shows it in a
/// sandbox of its own, or saves it.
pub(super) async fn download(
    State(app): State<App>,
    mut visit: Visit,
    Path(id): Path<AttachmentId>,
) -> Result<Response, AppError> {
    let found = store::find_file(&mut visit.db, id).await?;
    drop(visit);
    let hash = found.sha256.parse().map_err(|_| AppError::NotFound)?;
    let reading = app.files.get_stream(hash).await.map_err(|error| AppError::Internal(error.into()))?;
    let mut response = Body::from_stream(reading.pieces).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(reading.size));
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_str(&found.media_type).map_err(|_| AppError::NotFound)?);
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("sandbox; default-src 'none'; style-src 'unsafe-inline'"),
    );
    let shown = if found.media_type.contains("openxml") { "attachment" } else { "inline" };
    let name = utf8_percent_encode(&found.name, NON_ALPHANUMERIC);
    let disposition = format!("{shown}; filename*=UTF-8''{name}");
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&disposition).map_err(|_| AppError::NotFound)?);
    Ok(response)
}

/// Takes a file out of a part or a criterion and goes back to where it was.
pub(super) async fn remove(
    State(app): State<App>,
    Path(id): Path<DossierId>,
    posted: Posted,
) -> Result<Response, AppError> {
    let use_id = posted.form.value("tep").parse().map_err(|_| AppError::NotFound)?;
    let (target, back) = match (posted.form.value("phan"), posted.form.value("tieu-chi")) {
        ("", "") => return Err(AppError::NotFound),
        ("", criterion) => (Target::Criterion(criterion.to_owned()), urls::evidence_of(id, criterion)),
        (part, _) => (Target::Part(part.to_owned()), urls::part(id, part)),
    };
    let visit = posted.visit;
    let work = async move {
        actions::remove_file(visit.db, &app.rulesets, &visit.actor, id, &target, use_id, visit.now).await
    };
    unstoppable(work).await??;
    Ok(Redirect::to(&back).into_response())
}
