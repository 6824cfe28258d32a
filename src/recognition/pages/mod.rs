//! Pages of the decision: one unit, a ward's package, and what anybody may read of the results.

mod decide;
mod package;
mod public;
mod revoke;
#[cfg(test)]
mod tests;

use axum::Router;
use axum::extract::State;
use axum::response::Redirect;
use axum::routing::{get, post};

use super::{actions, urls};
use crate::access::rules;
use crate::app::App;
use crate::dossier;
use crate::web::error::AppError;
use crate::web::flights::unstoppable;
use crate::web::session::{Posted, Visit};

/// The routes of recognition.
pub fn routes() -> Router<App> {
    Router::new()
        .route(urls::RECOGNISE, get(decide::ask).post(decide::save))
        .route(urls::PACKAGE, get(package::open))
        .route(urls::RECOGNISE_ALL, post(package::recognise))
        .route(urls::REVOKE, get(revoke::ask).post(revoke::save))
        .route(urls::FORWARD, post(forward))
        .route(urls::PUBLIC, get(public::list))
        .route(urls::PUBLIC_JSON, get(public::json))
        .route(urls::PUBLIC_CSV, get(public::csv))
        .route(urls::PUBLIC_SCHEMA, get(public::schema))
}

/// Sends to the city what was recommended after the ward's package had gone.
async fn forward(State(app): State<App>, posted: Posted) -> Result<Redirect, AppError> {
    rules::can_send_package(&posted.visit.actor)?;
    if !posted.redraw {
        let Visit { actor, db, now } = posted.visit;
        let place = actor.ward().zip(actor.cycle).ok_or(AppError::NotFound)?;
        unstoppable(async move { actions::forward_later(db, &app.rulesets, &actor, place, now).await }).await??;
    }
    Ok(Redirect::to(dossier::urls::MINE))
}
