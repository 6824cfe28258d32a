//! Bare bytes, sent by the script of a page: a piece of a file. Read whole before a connection is taken.

use std::time::Duration;

use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, Request};

use super::error::{AppError, Bad};
use super::session::{Visit, enter, seated};
use crate::app::App;

/// The most bytes of one piece: small enough that a phone at 400 kbps sends it in 20 seconds.
pub const MAX_PIECE_BYTES: usize = 1024 * 1024;
/// The longest that one piece may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// Bytes from somebody in a seat.
#[derive(Debug)]
pub struct PostedBytes {
    /// Who sent them.
    pub visit: Visit,
    /// The bytes.
    pub bytes: Bytes,
}

impl FromRequest<App> for PostedBytes {
    type Rejection = AppError;

    async fn from_request(request: Request, app: &App) -> Result<Self, AppError> {
        let (parts, body) = request.into_parts();
        // Whoever lost the session meanwhile is told so, whatever became of the bytes.
        let read = tokio::time::timeout(PATIENCE, to_bytes(body, MAX_PIECE_BYTES)).await;
        let visit = seated(enter(&parts.headers, app, parts.uri.path().to_owned()).await?)?;
        match read {
            Ok(Ok(bytes)) => Ok(Self { visit, bytes }),
            Ok(Err(_)) => Err(AppError::Bad(Bad::TooLarge)),
            Err(_) => Err(AppError::Unavailable),
        }
    }
}
