//! Pages of bundles.

mod file;
mod list;
mod show;

use axum::Router;
use axum::routing::{get, post};

use super::urls;
use crate::access::Actor;
use crate::app::App;
use crate::web::page;
use crate::web::shell::Shell;

/// The routes of bundles.
pub fn routes() -> Router<App> {
    Router::new()
        .route(urls::LIST, get(list::page))
        .route(urls::MAKE, post(list::make))
        .route(urls::SHOW, get(show::page))
        .route(urls::AGAIN, post(show::again))
        .route(urls::FILE, get(file::send))
}

/// The frame of a page of this room.
fn frame(app: &App, actor: &Actor, title: &str) -> Shell {
    page::shell(app, actor, title, urls::LIST)
}
