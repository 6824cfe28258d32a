//! A form with files. The session is checked and the connection released before a byte of a file is read; it is entered
//! again when everything has come in.

use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header;

use super::error::AppError;
use super::form::Filled;
use super::session::{PostedRejection, Typed, Visit, enter, read_form, seated};
use super::upload::{self, Limits, Stopped, UploadedFile};
use crate::app::App;
use crate::platform::files::{CheckError, StoredFile, check_off_thread};
use crate::words;

/// A form with files, sent by somebody in a seat.
#[derive(Debug)]
pub struct PostedFiles {
    /// Who sent it.
    pub visit: Visit,
    /// What was typed; with a sentence at the field of a file that did not come in whole.
    pub form: Filled,
    /// The files, unchecked.
    pub files: Vec<UploadedFile>,
    /// Draw the form again with what was typed, and do nothing.
    pub redraw: bool,
}

/// What the body held, whatever became of its files.
struct Body {
    fields: Vec<(String, String)>,
    files: Vec<UploadedFile>,
    stopped: Option<Stopped>,
}

async fn read_body(request: Request, app: &App) -> Result<Body, PostedRejection> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    // After signing in again the form comes back without its files, as plain fields.
    if !kind.starts_with("multipart/form-data") {
        let (parts, body) = request.into_parts();
        let fields = read_form(&parts.headers, body).await?;
        return Ok(Body { fields, files: vec![], stopped: None });
    }
    let multipart =
        Multipart::from_request(request, app).await.map_err(|_| AppError::Bad(super::error::Bad::NotAForm))?;
    let limits = Limits { folder: app.settings.scratch.clone(), ..Limits::default() };
    Ok(match upload::read(multipart, &limits).await {
        Ok(read) => Body { fields: read.fields, files: read.files, stopped: None },
        Err(error) => Body { fields: error.fields, files: vec![], stopped: Some(error.stopped) },
    })
}

impl FromRequest<App> for PostedFiles {
    type Rejection = PostedRejection;

    async fn from_request(request: Request, app: &App) -> Result<Self, PostedRejection> {
        let headers = request.headers().clone();
        let path = request.uri().path().to_owned();
        let signed_in = match enter(&headers, app, path.clone()).await {
            Ok(visit) => seated(visit).map(drop),
            Err(error) => Err(error),
        };
        let body = match signed_in {
            Ok(()) => read_body(request, app).await?,
            Err(error @ AppError::SignInRequired { .. }) => {
                let body = read_body(request, app).await?;
                let typed = Some(Typed::of(path, body.fields));
                return Err(PostedRejection { error, typed });
            }
            Err(error) => return Err(error.into()),
        };
        let visit = seated(enter(&headers, app, path).await?)?;
        let mut form = Filled::from_pairs(body.fields);
        if let Some(stopped) = &body.stopped {
            form.fail(stopped.field().unwrap_or("tep"), words::files::stopped(stopped));
        }
        let redraw = form.has("_ve_lai", "1");
        if !redraw && form.value("_vai") != visit.actor.seat_key() {
            return Err(AppError::Stale.into());
        }
        Ok(Self { visit, form, files: body.files, redraw })
    }
}

/// Looks into the files and stores them. A file that is refused gets its sentence at the field `tep`; then none is kept.
///
/// # Errors
/// When the file store is away, or the disk fails.
pub async fn keep(app: &App, files: Vec<UploadedFile>, form: &mut Filled) -> Result<Vec<StoredFile>, AppError> {
    let mut checked = vec![];
    for file in files {
        let field = file.field.clone();
        match check_off_thread(file.raw_name, file.content).await {
            Ok(good) => checked.push(good.or_taken_at(file.taken_at)),
            Err(CheckError::Rejected(rejected)) => form.fail(&field, words::files::rejected(&rejected)),
            Err(CheckError::Io(error)) => return Err(AppError::Internal(error.into())),
        }
    }
    if form.is_bad() {
        return Ok(vec![]);
    }
    let mut kept = vec![];
    for file in checked {
        match app.files.put(file).await {
            Ok(stored) => kept.push(stored),
            Err(error) => {
                tracing::error!(%error, "file store");
                form.fail("tep", words::files::store_failed(&error));
                return Ok(vec![]);
            }
        }
    }
    Ok(kept)
}
