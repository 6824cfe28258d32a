//! How a body issues: letterhead, symbol, place, register, recipients.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::frame;
use crate::access::{Actor, rules};
use crate::app::App;
use crate::paper::model::{Body, Keeper, Kind, Register};
use crate::paper::{actions, form, store, urls};
use crate::web::error::AppError;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::page::again;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::words::paper as words;

#[derive(Template, WebTemplate)]
#[template(path = "paper/body.html")]
struct BodyPage {
    shell: Shell,
    form: Filled,
    body: &'static str,
    word: &'static str,
    registers: Vec<(&'static str, &'static str)>,
    /// Field and name of each kind's recipients.
    recipients: Vec<(String, &'static str)>,
}

/// `?ai=`: which body.
#[derive(Debug, Deserialize)]
pub(super) struct Which {
    ai: String,
}

fn draw(app: &App, actor: &Actor, (keeper, body): (Keeper, Body), form: Filled) -> Response {
    let title = "Nơi phát hành, sổ số";
    let page = BodyPage {
        shell: frame(app, actor, title).here(title).failing(form.is_bad()),
        body: words::body(keeper, body),
        word: body.as_str(),
        registers: Register::ALL.iter().map(|it| (it.as_str(), words::register(*it))).collect(),
        recipients: kinds(keeper, body).into_iter().map(|it| (form::recipients_field(it), words::name(it))).collect(),
        form,
    };
    again(page.form.is_bad(), page)
}

fn kinds(keeper: Keeper, body: Body) -> Vec<Kind> {
    Kind::of(keeper).filter(|kind| kind.body() == body).collect()
}

/// The form.
pub(super) async fn ask(
    State(app): State<App>,
    Query(which): Query<Which>,
    mut visit: Visit,
) -> Result<Response, AppError> {
    let body: Body = which.ai.parse().map_err(|_| AppError::NotFound)?;
    let keeper = rules::can_keep_paper_body(&visit.actor)?;
    let (_, unit) = actions::own_unit(&visit.actor, body)?;
    let settings = store::body(&mut visit.db, unit, body).await?;
    Ok(draw(&app, &visit.actor, (keeper, body), form::settings_filled(&settings)))
}

/// Writes it.
pub(super) async fn save(State(app): State<App>, posted: Posted) -> Result<Response, AppError> {
    let body: Body = posted.form.value("ai").parse().map_err(|_| AppError::NotFound)?;
    let keeper = rules::can_keep_paper_body(&posted.visit.actor)?;
    let revision = posted.version()?;
    let settings = match posted.parse(|typed| form::settings(typed, &kinds(keeper, body), revision)) {
        Ok(settings) => settings,
        Err(typed) => return Ok(draw(&app, &posted.visit.actor, (keeper, body), typed)),
    };
    let Visit { actor, db, now } = posted.visit;
    unstoppable(async move { actions::set_body(db, &actor, body, &settings, now).await }).await??;
    Ok(Redirect::to(urls::LIST).into_response())
}
