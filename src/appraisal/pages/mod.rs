//! Pages of the desk above. Buttons without a page of their own live here; each form has its own file.

mod approve;
mod cell;
mod conclude;
mod judge;
mod matrix;
mod reopen;
mod send_back;
mod standing;
pub(crate) mod step;
#[cfg(test)]
mod tests;
mod ward;
mod what_if;

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Redirect;
use axum::routing::{get, post};

use super::{actions, form, urls};
use crate::access::Actor;
use crate::app::App;
use crate::dossier::actions::{Opened, Order};
use crate::platform::id::DossierId;
use crate::web::error::AppError;
use crate::web::flights::unstoppable;
use crate::web::page;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::{dossier, home};

pub(crate) use conclude::{Verdicts, sum_up};

/// The routes of the desk.
pub fn routes() -> Router<App> {
    Router::new()
        .route(urls::RECEIVE, post(receive))
        .route(urls::RECEIVE_ALL, post(receive_all))
        .route(urls::APPRAISE, post(appraise))
        .route(urls::JUDGE, get(judge::ask).post(judge::save))
        .route(urls::RETURN, get(send_back::ask).post(send_back::save))
        .route(urls::CONCLUDE, get(conclude::ask).post(conclude::save))
        .route(urls::MATRIX, get(matrix::open))
        .route(urls::APPROVE, get(approve::ask).post(approve::save))
        .route(urls::STANDING, get(standing::show).post(standing::ask))
        .route(urls::WHAT_IF, get(what_if::ask))
        .route(urls::WARD, get(ward::open))
        .route(urls::REOPEN, get(reopen::ask).post(reopen::save))
}

/// The frame of a page about one dossier: home, the dossier, the page itself.
pub(crate) fn frame(app: &App, actor: &Actor, opened: &Opened, title: &str) -> Shell {
    let whole = &opened.whole;
    let home = if actor.ward().is_none() { "Phường, xã" } else { "Việc hôm nay" };
    let mut shell = page::shell(app, actor, format!("{title}: {}", whole.subject_short), "");
    shell.year = Some(whole.year);
    shell
        .crumb(home, home::urls::HOME)
        .crumb(whole.subject_short.clone(), dossier::urls::show(whole.dossier.id))
        .here(title)
}

/// Receives one dossier.
async fn receive(State(app): State<App>, Path(id): Path<DossierId>, posted: Posted) -> Result<Redirect, AppError> {
    // A button has nothing to draw again: whoever had to sign in first sees the dossier and presses once more.
    if !posted.redraw {
        let order = Order { id, version: posted.version()? };
        let Visit { actor, db, now } = posted.visit;
        unstoppable(async move { actions::receive(db, &app.rulesets, &actor, order, now).await }).await??;
    }
    Ok(Redirect::to(&dossier::urls::show(id)))
}

/// Receives the dossiers ticked on the ward's list: all of them or none.
async fn receive_all(State(app): State<App>, posted: Posted) -> Result<Redirect, AppError> {
    let orders = form::orders(&posted.form).ok_or(AppError::Stale)?;
    if !posted.redraw && !orders.is_empty() {
        let Visit { actor, db, now } = posted.visit;
        unstoppable(async move { actions::receive_all(db, &app.rulesets, &actor, &orders, now).await }).await??;
    }
    Ok(Redirect::to(home::urls::HOME))
}

/// Declares every criterion judged.
async fn appraise(State(app): State<App>, Path(id): Path<DossierId>, posted: Posted) -> Result<Redirect, AppError> {
    if !posted.redraw {
        let order = Order { id, version: posted.version()? };
        let Visit { actor, db, now } = posted.visit;
        unstoppable(async move { actions::appraise(db, &app.rulesets, &actor, order, now).await }).await??;
    }
    Ok(Redirect::to(&dossier::urls::show(id)))
}
