//! The files: one as it was issued, the same for Word, and all of a ward and year in one.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use super::{attachment, pdf};
use crate::access::rules;
use crate::app::App;
use crate::certificate::store;
use crate::platform::files::ContentHash;
use crate::platform::id::{CertificateId, UnitId};
use crate::web::error::AppError;
use crate::web::session::Visit;

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// The very bytes that were issued, through the seat's scope.
pub(super) async fn one(
    State(app): State<App>,
    Path(id): Path<CertificateId>,
    mut visit: Visit,
) -> Result<Response, AppError> {
    let found = store::file(&mut visit.db, id).await?;
    drop(visit);
    let hash: ContentHash = found.sha256.parse().map_err(anyhow::Error::from)?;
    let reading = app.files.get_stream(hash).await.map_err(|error| AppError::Internal(error.into()))?;
    let mut response = Body::from_stream(reading.pieces).into_response();
    let disposition = format!("attachment; filename=\"{}\"", name(&found, "pdf"));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(reading.size));
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&disposition).map_err(anyhow::Error::from)?);
    Ok(response)
}

/// The same paper as a Word document, for a body that prints on its own sheets.
pub(super) async fn word(
    State(app): State<App>,
    Path(id): Path<CertificateId>,
    mut visit: Visit,
) -> Result<Response, AppError> {
    rules::can_see_certificates(&visit.actor)?;
    let found = store::file(&mut visit.db, id).await?;
    drop(visit);
    let name = name(&found, "docx");
    let set = app.press.run(move || typeset::word_certificate(&found.paper)).await?;
    Ok(attachment(&name, WORD, set.map_err(anyhow::Error::from)?))
}

/// All that count, one page each, for one print.
pub(super) async fn all(
    State(app): State<App>,
    Path((ward, year)): Path<(UnitId, i32)>,
    mut visit: Visit,
) -> Result<Response, AppError> {
    rules::can_see_certificates(&visit.actor)?;
    let papers = store::papers(&mut visit.db, ward, year).await?;
    drop(visit);
    if papers.is_empty() {
        return Err(AppError::NotFound);
    }
    let set = app.press.run(move || typeset::certificates(&papers)).await?;
    Ok(pdf(&format!("giay-cong-nhan-{year}.pdf"), set.map_err(anyhow::Error::from)?))
}

/// "giay-cong-nhan-2024-so-07.pdf".
fn name(of: &store::CertificateFile, extension: &str) -> String {
    format!("giay-cong-nhan-{}-so-{:02}.{extension}", of.year, of.number)
}
