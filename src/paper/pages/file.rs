//! A paper as PDF and Word, and the signed files.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use super::show::reading;
use crate::access::rules;
use crate::app::App;
use crate::paper::print::{Printing, Stage, set};
use crate::paper::store::{self, Whole};
use crate::paper::{actions, urls};
use crate::platform::files::FileKind;
use crate::platform::id::PaperId;
use crate::web::error::AppError;
use crate::web::session::Visit;

/// Reads what is to be printed now; of a list of households with its rows, which is a look.
async fn printed(visit: Visit, whole: &Whole) -> Result<typeset::Paper, AppError> {
    let Visit { actor, mut db, now } = visit;
    let paper = &whole.paper;
    if !paper.slot.kind.names_households() {
        return Ok(reading(whole, now));
    }
    let households = actions::households(&mut db, &actor, &paper.slot, now).await?;
    let head = whole.settings.letterhead(paper.slot.kind, &whole.names);
    let printing = Printing {
        kind: paper.slot.kind,
        text: &paper.written,
        facts: &paper.facts,
        facts_at: paper.facts_at,
        households: &households,
        head: &head,
        now,
    };
    Ok(set(&printing, Stage::Draft))
}

/// As PDF: the bytes that were issued, or the draft.
pub(super) async fn pdf(
    State(app): State<App>,
    Path(id): Path<PaperId>,
    mut visit: Visit,
) -> Result<Response, AppError> {
    rules::can_see_papers(&visit.actor)?;
    let whole = store::load(&mut visit.db, id).await?;
    let name = urls::file_name(whole.paper.slot.kind, whole.year, "pdf");
    if let Some(issued) = &whole.paper.issued {
        if whole.paper.slot.kind.names_households() {
            rules::can_see_register(&visit.actor)?;
            let rows = usize::try_from(whole.paper.facts.households.all).unwrap_or(0);
            actions::looked(&mut visit.db, &visit.actor, (&whole.paper.slot, rows), visit.now).await?;
        }
        drop(visit);
        return kept(&app, &issued.sha256, (FileKind::Pdf.media_type(), &name)).await;
    }
    let paper = printed(visit, &whole).await?;
    let set = app.press.run(move || typeset::papers(std::slice::from_ref(&paper))).await?;
    let bytes = set.map_err(anyhow::Error::from)?;
    Ok(sent(Body::from(bytes), (FileKind::Pdf.media_type(), &name)))
}

/// As Word, to be edited outside.
pub(super) async fn word(
    State(app): State<App>,
    Path(id): Path<PaperId>,
    mut visit: Visit,
) -> Result<Response, AppError> {
    rules::can_see_papers(&visit.actor)?;
    let whole = store::load(&mut visit.db, id).await?;
    let name = urls::file_name(whole.paper.slot.kind, whole.year, "docx");
    let paper = printed(visit, &whole).await?;
    let set = app.press.run(move || typeset::word(&paper)).await?;
    let bytes = set.map_err(anyhow::Error::from)?;
    Ok(sent(Body::from(bytes), (FileKind::Docx.media_type(), &name)))
}

/// A signed file of a paper.
pub(super) async fn signed(
    State(app): State<App>,
    Path((id, sha256)): Path<(PaperId, String)>,
    mut visit: Visit,
) -> Result<Response, AppError> {
    rules::can_see_papers(&visit.actor)?;
    let whole = store::load(&mut visit.db, id).await?;
    let found = whole.signed.iter().find(|it| it.sha256 == sha256).ok_or(AppError::NotFound)?;
    drop(visit);
    let kind = FileKind::from_media_type(&found.media_type).ok_or(AppError::NotFound)?;
    let name = format!("ban-ky-{}", urls::file_name(whole.paper.slot.kind, whole.year, kind.extension()));
    kept(&app, &found.sha256, (kind.media_type(), &name)).await
}

/// Bytes of the file store, piece by piece.
async fn kept(app: &App, sha256: &str, named: (&str, &str)) -> Result<Response, AppError> {
    let hash = sha256.parse().map_err(|_| AppError::NotFound)?;
    let reading = app.files.get_stream(hash).await.map_err(|error| AppError::Internal(error.into()))?;
    let mut response = sent(Body::from_stream(reading.pieces), named);
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(reading.size));
    Ok(response)
}

fn sent(body: Body, (media_type, name): (&str, &str)) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    ([(header::CONTENT_TYPE, media_type.to_owned()), (header::CONTENT_DISPOSITION, disposition)], body).into_response()
}
