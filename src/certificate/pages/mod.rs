//! Pages of certificates: the list where they are issued, their files, and the public page of each.

mod check;
mod file;
mod issue;
mod list;

use axum::Router;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use super::urls;
use crate::app::App;
use crate::web::posted_digest;

/// The routes of certificates.
pub fn routes() -> Router<App> {
    Router::new()
        .route(urls::LIST, get(list::open).post(issue::issue))
        .route(urls::TRY, post(issue::try_out))
        .route(urls::ALL, get(file::all))
        .route(urls::FILE, get(file::one))
        .route(urls::WORD, get(file::word))
        .route(urls::CHECK, get(check::ask))
        .route(urls::CHECKED, get(check::show).post(check::compare).layer(posted_digest::body_limit()))
}

/// A PDF to keep under that name.
fn pdf(name: &str, bytes: Vec<u8>) -> Response {
    attachment(name, "application/pdf", bytes)
}

fn attachment(name: &str, kind: &'static str, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes).into_response()
}
