//! Rulesets to read and to compare, and the drafts that stewards write.

mod compare;
mod condition;
mod copy;
mod criterion;
mod draft;
mod edit;
mod incident;
mod pieces;
mod publish;
mod read;
mod upload;

use axum::Router;
use axum::routing::{get, post};

use super::urls;
use crate::app::App;
use crate::web::upload::body_limit;

pub use super::urls::{CURRENT, LIST, SHOW, show as show_url};

/// The pages of rulesets.
pub fn routes() -> Router<App> {
    Router::new()
        .route(urls::CURRENT, get(read::current))
        .route(urls::LIST, get(read::list))
        .route(urls::SHOW, get(read::show))
        .route(urls::COMPARE, get(compare::published))
        .merge(drafts())
}

/// What stewards write.
fn drafts() -> Router<App> {
    Router::new()
        .route(urls::COPY, get(copy::form).post(copy::create))
        .route(urls::DRAFT, get(draft::show))
        .route(urls::PREVIEW, get(draft::preview))
        .route(urls::DRAFT_COMPARE, get(compare::draft))
        .route(urls::PUBLISH, get(publish::form).post(publish::publish))
        .route(urls::THROW_AWAY, get(draft::throw_away_form).post(draft::throw_away))
        .route(urls::FILE, get(upload::download))
        .route(urls::UPLOAD, get(upload::form).post(upload::upload).layer(body_limit()))
        .route(urls::HEAD, get(pieces::head_form).post(pieces::head))
        .route(urls::WINDOW, get(pieces::window_form).post(pieces::window))
        .route(urls::PART, get(pieces::part_form).post(pieces::part))
        .route(urls::DEADLINE, get(pieces::deadline_form).post(pieces::deadline))
        .route(urls::ADD_INCIDENT, get(incident::add_form).post(incident::add))
        .route(urls::INCIDENT, get(incident::form).post(incident::rename))
        .route(urls::REMOVE_INCIDENT, post(incident::remove))
        .route(urls::ADD_CRITERION, get(criterion::add_form).post(criterion::add))
        .route(urls::CRITERION, get(criterion::form).post(criterion::change))
        .route(urls::CONDITIONS, get(condition::form).post(condition::change))
        .route(urls::PLACE_CRITERION, post(criterion::place))
        .route(urls::REMOVE_CRITERION, post(criterion::remove))
}
