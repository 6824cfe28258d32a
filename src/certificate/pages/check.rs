//! What anybody may know who holds a certificate: whether it counts, and whether a file is the one that was issued. No session, no
//! name of a person, nothing for a search engine.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};
use futures_util::StreamExt;
use serde::Deserialize;

use crate::account::Caller;
use crate::app::App;
use crate::certificate::model::{Answer, Checked, Code, Standing};
use crate::certificate::{store, urls};
use crate::web::error::AppError;
use crate::web::filters;
use crate::web::form::Filled;
use crate::web::page;
use crate::web::posted_digest::PostedDigest;
use crate::web::shell::Shell;
use crate::words::certificate as words;

/// What a file is, beside the one that was issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Compared {
    Same,
    Other,
}

#[derive(Template, WebTemplate)]
#[template(path = "certificate/ask.html")]
pub(super) struct AskPage {
    shell: Shell,
    form: Filled,
}

#[derive(Template, WebTemplate)]
#[template(path = "certificate/checked.html")]
pub(super) struct CheckedPage {
    pub(super) shell: Shell,
    pub(super) form: Filled,
    /// In groups of four; as it was typed when it is no code.
    pub(super) code: String,
    pub(super) action: String,
    pub(super) answer: Answer,
    /// Until when this address rests.
    pub(super) rest: String,
    /// Whether the bytes that are kept still are those that were issued.
    pub(super) is_whole: bool,
    pub(super) compared: Option<Compared>,
}

/// The code typed.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    ma: Option<String>,
}

/// Where a code is typed; one that reads like a code leads to its page.
pub(super) async fn ask(State(app): State<App>, Query(asked): Query<Asked>) -> Response {
    let shell = Shell::public("Kiểm tra giấy công nhận").on_demo_day(page::demo_day(&app));
    let Some(typed) = asked.ma else {
        return hidden(AskPage { shell, form: Filled::default() });
    };
    if let Ok(code) = typed.parse() {
        return hidden(Redirect::to(&urls::checked(code)));
    }
    let mut form = Filled::default().with("ma", typed.clone());
    form.fail("ma", if typed.trim().is_empty() { words::CODE_MISSING } else { words::CODE_WRONG });
    hidden((StatusCode::UNPROCESSABLE_ENTITY, AskPage { shell: shell.failing(true), form }))
}

/// What is known of a code.
pub(super) async fn show(
    State(app): State<App>,
    Path(typed): Path<String>,
    caller: Caller,
) -> Result<Response, AppError> {
    let answer = look_up(&app, &typed, &caller).await?;
    Ok(draw(&app, &typed, answer, Filled::default(), None).await)
}

/// Compares a file with the one that was issued.
pub(super) async fn compare(
    State(app): State<App>,
    Path(typed): Path<String>,
    caller: Caller,
    file: PostedDigest,
) -> Result<Response, AppError> {
    let answer = look_up(&app, &typed, &caller).await?;
    let mut form = Filled::default();
    let compared = match (&answer, file) {
        (Answer::Known(known), PostedDigest::Whole(sha256)) if known.sha256 == sha256 => Some(Compared::Same),
        (Answer::Known(_), PostedDigest::Whole(_)) => Some(Compared::Other),
        (_, PostedDigest::Nothing) => {
            form.fail("tep", words::FILE_MISSING);
            None
        }
        (_, PostedDigest::TooLarge) => {
            form.fail("tep", words::FILE_TOO_LARGE);
            None
        }
        _ => None,
    };
    Ok(draw(&app, &typed, answer, form, compared).await)
}

async fn look_up(app: &App, typed: &str, caller: &Caller) -> Result<Answer, AppError> {
    let mut db = app.db.enter_public().await?;
    Ok(store::check(&mut db, typed.parse().ok(), &caller.address, app.clock.now()).await?)
}

/// Reads the kept bytes once more: the store hashes them as they pass, and fails when they are not what they were.
async fn is_whole(app: &App, known: &Checked) -> bool {
    let Ok(hash) = known.sha256.parse() else { return false };
    let Ok(mut reading) = app.files.get_stream(hash).await else { return false };
    while let Some(piece) = reading.pieces.next().await {
        if piece.is_err() {
            return false;
        }
    }
    true
}

async fn draw(app: &App, typed: &str, answer: Answer, form: Filled, compared: Option<Compared>) -> Response {
    let now = app.clock.now();
    let code: Option<Code> = typed.parse().ok();
    let shell = Shell::public(words::answer(&answer)).on_demo_day(page::demo_day(app));
    let page = CheckedPage {
        shell: shell.failing(form.is_bad()),
        code: code.map_or_else(|| typed.to_owned(), |code| code.grouped()),
        action: code.map_or_else(|| urls::CHECK.to_owned(), urls::checked),
        rest: if let Answer::Resting(until) = &answer { words::rest(*until, now) } else { String::new() },
        is_whole: if let Answer::Known(known) = &answer { is_whole(app, known).await } else { false },
        compared,
        form,
        answer,
    };
    let (status, headers) = manners(&page, now);
    hidden((status, headers, page))
}

fn manners(page: &CheckedPage, now: DateTime<Utc>) -> (StatusCode, HeaderMap) {
    let mut headers = HeaderMap::new();
    let status = match &page.answer {
        Answer::Resting(until) => {
            headers.insert(header::RETRY_AFTER, HeaderValue::from((*until - now).num_seconds().max(1)));
            StatusCode::TOO_MANY_REQUESTS
        }
        Answer::Unknown => StatusCode::NOT_FOUND,
        Answer::Known(_) if page.form.is_bad() => StatusCode::UNPROCESSABLE_ENTITY,
        Answer::Known(_) => StatusCode::OK,
    };
    (status, headers)
}

/// An answer that no search engine lists.
fn hidden(answer: impl IntoResponse) -> Response {
    let mut response = answer.into_response();
    let name = HeaderName::from_static("x-robots-tag");
    response.headers_mut().insert(name, HeaderValue::from_static("noindex, nofollow, noarchive"));
    response
}
