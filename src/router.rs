//! All routes, and the layers around them.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};
use tower_http::csrf::CsrfLayer;

use crate::app::App;
use crate::web::error::{AppError, Bad};
use crate::web::request_log::{Plain, watch};
use crate::web::{assets, headers};
use crate::{
    account, appraisal, area, bundle, certificate, cycle, dossier, home, household, import, incident, meeting, paper,
    participation, privacy, recognition, ruleset, upload, wording,
};

/// Addresses that anybody may open without a session. Every other route refuses; a test goes through them all.
pub const PUBLIC: &[&str] = &[
    "/tinh/{hash}/{*path}",
    "/healthz",
    "/readyz",
    account::urls::SIGN_IN,
    account::urls::SIGN_OUT,
    account::urls::INVITE,
    recognition::urls::PUBLIC,
    recognition::urls::PUBLIC_JSON,
    recognition::urls::PUBLIC_CSV,
    recognition::urls::PUBLIC_SCHEMA,
    certificate::urls::CHECK,
    certificate::urls::CHECKED,
];

/// The whole program as a service.
pub fn build(app: App) -> Router {
    let pages = Router::new()
        .merge(home::routes())
        .merge(account::routes())
        .merge(area::routes())
        .merge(ruleset::pages::routes())
        .merge(wording::pages::routes())
        .merge(cycle::routes())
        .merge(dossier::routes())
        .merge(participation::routes())
        .merge(household::routes())
        .merge(appraisal::routes())
        .merge(meeting::routes())
        .merge(paper::routes())
        .merge(recognition::routes())
        .merge(certificate::routes())
        .merge(bundle::routes())
        .merge(import::routes())
        .merge(incident::routes())
        .merge(privacy::routes())
        .merge(upload::routes())
        .merge(assets::routes())
        .route("/healthz", get(healthz))
        .route("/readyz", get(readyz))
        .fallback(|| async { AppError::NotFound })
        .method_not_allowed_fallback(|| async { AppError::Bad(Bad::Method) })
        .layer(CsrfLayer::new())
        .layer(CatchPanicLayer::new())
        .layer(from_fn_with_state(app.clone(), watch))
        .with_state(app);
    // Files are compressed by nature; small answers are not worth it. zstd at its fastest costs about 1% of throughput.
    let worth_it = SizeAbove::new(512)
        .and(NotForContentType::IMAGES)
        .and(NotForContentType::const_new("application/pdf"))
        .and(NotForContentType::const_new("application/zip"))
        .and(NotForContentType::const_new("application/vnd.openxmlformats"));
    headers::wrap(pages)
        .layer(CompressionLayer::new().quality(tower_http::CompressionLevel::Fastest).compress_when(worth_it))
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    let mut response = (status, text).into_response();
    response.extensions_mut().insert(Plain);
    response
}

/// The process answers.
async fn healthz() -> Response {
    plain(StatusCode::OK, "ok\n")
}

/// The database answers too.
async fn readyz(State(app): State<App>) -> Response {
    match app.db.enter_public().await {
        Ok(_) => plain(StatusCode::OK, "ready\n"),
        Err(_) => plain(StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    }
}
