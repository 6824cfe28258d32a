//! Pages of those who keep a dossier, and the dossier's own page, which everybody with a view of it shares.

mod assess;
mod file;
mod list;
mod part;
mod show;
mod submit;

use axum::Router;
use axum::routing::{get, post};

use super::urls;
use crate::app::App;
use crate::web::upload;

/// The routes of dossiers.
pub fn routes() -> Router<App> {
    Router::new()
        .route(urls::MINE, get(list::mine))
        .route(urls::SHOW, get(show::show))
        .route(urls::PART, get(part::edit).post(part::save))
        .route(urls::ASSESS, get(assess::edit).post(assess::save))
        .route(urls::REMOVE_FILE, post(file::remove))
        .route(urls::FILE, get(file::download))
        .route(urls::SUBMIT, get(submit::check).post(submit::submit))
        .route(urls::RECEIPT, get(submit::receipt))
        .route(urls::WITHDRAW, post(submit::withdraw))
        .layer(upload::body_limit())
}
