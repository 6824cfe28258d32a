//! A bundle on its way to a browser.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use crate::access::rules;
use crate::app::App;
use crate::bundle::{actions, store};
use crate::platform::id::BundleId;
use crate::web::error::AppError;
use crate::web::session::Visit;

/// Sends it piece by piece; the connection is let go before the bytes flow.
pub(super) async fn send(
    State(app): State<App>,
    Path(id): Path<BundleId>,
    mut visit: Visit,
) -> Result<Response, AppError> {
    rules::can_see_bundles(&visit.actor)?;
    let bundle = store::load(&mut visit.db, id, visit.now).await?;
    let product = bundle.product.clone().ok_or(AppError::NotFound)?;
    actions::fetched(&mut visit.db, &visit.actor, &bundle, visit.now).await?;
    drop(visit);
    let hash = product.sha256.parse().map_err(|_| AppError::NotFound)?;
    let reading = app.files.made_stream(id.uuid(), hash).await.map_err(|error| AppError::Internal(error.into()))?;
    let headers = [
        (header::CONTENT_TYPE, product.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", product.name)),
    ];
    let mut response = (headers, Body::from_stream(reading.pieces)).into_response();
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(reading.size));
    Ok(response)
}
