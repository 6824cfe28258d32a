//! A draft as a file, and a file into a draft.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};

use super::edit::{Drawn, Opened, frame, open};
use crate::access::Refused;
use crate::app::App;
use crate::platform::files::clean_name;
use crate::platform::id::RulesetDraftId;
use crate::ruleset::load::{Problem, write};
use crate::ruleset::model::{Edit, Piece};
use crate::ruleset::{actions, form as forms, urls};
use crate::web::error::AppError;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::posted_files::PostedFiles;
use crate::web::session::Visit;
use crate::web::shell::Shell;
use crate::web::upload::UploadedFile;
use crate::words::ruleset::edit as words;

#[derive(Template, WebTemplate)]
#[template(path = "ruleset/upload.html")]
struct UploadPage {
    shell: Shell,
    form: Filled,
    opened: Opened,
    problems: Vec<Problem>,
}

fn page(app: &App, opened: Opened, (form, problems): (Filled, Vec<Problem>)) -> Response {
    let bad = form.is_bad();
    let shell = frame(app, &opened, "Thay bằng tệp").failing(bad);
    Drawn::answer(false, bad, UploadPage { shell, form, opened, problems })
}

/// The draft as a file that a text editor opens.
pub(super) async fn download(
    State(app): State<App>,
    mut visit: Visit,
    Path(id): Path<RulesetDraftId>,
) -> Result<Response, AppError> {
    let body = open(&app, &mut visit, id).await?.draft.body;
    let disposition = format!("attachment; filename=\"{}-{}.toml\"", body.code, body.version);
    let headers = [
        (header::CONTENT_TYPE, "application/toml; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, write(&body)?).into_response())
}

fn fresh(opened: &Opened) -> Result<Filled, AppError> {
    Ok(Filled::default().with("_phien_ban", opened.mark(&Piece::Whole)?))
}

pub(super) async fn form(
    State(app): State<App>,
    mut visit: Visit,
    Path(id): Path<RulesetDraftId>,
) -> Result<Response, AppError> {
    let opened = open(&app, &mut visit, id).await?.writable()?;
    let form = fresh(&opened)?;
    Ok(page(&app, opened, (form, vec![])))
}

/// Reads the chosen file.
async fn read(mut form: Filled, files: Vec<UploadedFile>) -> Result<Result<Edit, (Filled, Vec<Problem>)>, AppError> {
    let Some(file) = files.into_iter().next() else {
        form.fail("tep", words::FILE_MISSING);
        return Ok(Err((form, vec![])));
    };
    let name = clean_name(&file.raw_name);
    let content = file.content;
    let bytes = tokio::task::spawn_blocking(move || content.into_bytes()).await.map_err(anyhow::Error::from)?;
    Ok(forms::file(form, (&name, &bytes.map_err(anyhow::Error::from)?)))
}

pub(super) async fn upload(
    State(app): State<App>,
    Path(id): Path<RulesetDraftId>,
    posted: PostedFiles,
) -> Result<Response, AppError> {
    let PostedFiles { mut visit, form, files, redraw } = posted;
    let opened = open(&app, &mut visit, id).await?.writable()?;
    if redraw || form.is_bad() {
        return Ok(page(&app, opened, (form, vec![])));
    }
    let mark = form.value("_phien_ban").to_owned();
    let edit = match read(form.clone(), files).await? {
        Ok(edit) => edit,
        Err(faulty) => return Ok(page(&app, opened, faulty)),
    };
    let Visit { actor, db, now } = visit;
    match unstoppable(async move { actions::edit(db, &actor, (id, &mark), &edit, now).await }).await? {
        Ok(()) => Ok(Redirect::to(&urls::draft(id)).into_response()),
        Err(Refused::Invalid(faults)) => Ok(page(&app, opened, (form.with_faults(faults), vec![]))),
        Err(refused) => Err(refused.into()),
    }
}
