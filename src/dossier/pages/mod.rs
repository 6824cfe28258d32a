//! Pages of those who keep a dossier, and the dossier's own page, which everybody with a view of it shares.

mod acts;
mod assess;
mod evidence;
mod file;
mod list;
mod next;
mod part;
mod piece;
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
        .route(urls::NEXT, get(next::next))
        .route(urls::EVIDENCE, get(evidence::overview))
        .route(urls::ADD_EVIDENCE, get(evidence::back).post(evidence::add))
        .route(urls::SAY_FACT, post(evidence::say))
        .route(urls::USE_AGAIN, post(evidence::use_again))
        .route(urls::ONE_EVIDENCE, get(piece::show).post(piece::note))
        .route(urls::SHARE_EVIDENCE, post(piece::share))
        .route(urls::RENEW_EVIDENCE, post(piece::renew))
        .route(urls::REMOVE_FILE, post(file::remove))
        .route(urls::FILE, get(file::download))
        .route(urls::SUBMIT, get(submit::check).post(submit::submit))
        .route(urls::RECEIPT, get(submit::receipt))
        .route(urls::WITHDRAW, post(submit::withdraw))
        .layer(upload::body_limit())
}
