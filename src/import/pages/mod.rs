//! Pages of files on their way into the register.

mod columns;
mod list;
mod row;
mod show;

use axum::routing::{get, post};
use axum::{Router, extract::DefaultBodyLimit};

use super::urls;
use crate::access::Actor;
use crate::app::App;
use crate::household;
use crate::import::model::Batch;
use crate::web::shell::Shell;
use crate::web::{page, upload};

/// The pages of files on their way.
pub fn routes() -> Router<App> {
    let body: DefaultBodyLimit = upload::body_limit();
    Router::new()
        .route(urls::LIST, get(list::list).post(list::send).layer(body))
        .route(urls::SHOW, get(show::show))
        .route(urls::COLUMNS, get(columns::edit).post(columns::save))
        .route(urls::ROW, get(row::edit).post(row::save))
        .route(urls::DECIDE, post(show::decide))
        .route(urls::WRITE, post(show::write))
        .route(urls::UNDO, post(show::undo))
        .route(urls::DROP, post(show::throw_away))
}

/// The frame of a page about one file, with the way to it.
fn frame(app: &App, actor: &Actor, batch: &Batch, title: &str) -> Shell {
    let frame = page::shell(app, actor, title, household::urls::LIST).crumb("Lấy từ bảng tính", urls::LIST);
    if title == batch.file_name {
        frame.here(title)
    } else {
        frame.crumb(&batch.file_name, urls::show(batch.id)).here(title)
    }
}
