//! The SHA-256 of a file that anybody sends. It is computed as the bytes come in; none of them is kept, on no disk and in no memory.

use std::time::Duration;

use axum::extract::multipart::Field;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::StatusCode;
use sha2::{Digest, Sha256};

use super::error::{AppError, Bad};
use crate::app::App;

/// The most bytes of a file that is compared.
pub const MAX_DIGEST_BYTES: usize = 5 * 1024 * 1024;
/// Boundaries and the heads of parts.
const AROUND: usize = 64 * 1024;
/// The longest that a whole body may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// The layer of a route that takes such a file.
pub fn body_limit() -> DefaultBodyLimit {
    DefaultBodyLimit::max(MAX_DIGEST_BYTES + AROUND)
}

/// A file that was sent in the field `tep`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PostedDigest {
    /// None was chosen.
    Nothing,
    /// Over [`MAX_DIGEST_BYTES`].
    TooLarge,
    /// Its SHA-256 in hexadecimal.
    Whole(String),
}

impl FromRequest<App> for PostedDigest {
    type Rejection = AppError;

    async fn from_request(request: Request, app: &App) -> Result<Self, AppError> {
        let form = Multipart::from_request(request, app).await.map_err(|_| AppError::Bad(Bad::NotAForm))?;
        tokio::time::timeout(PATIENCE, read(form)).await.map_err(|_| AppError::Unavailable)?
    }
}

async fn read(mut form: Multipart) -> Result<PostedDigest, AppError> {
    let mut found = PostedDigest::Nothing;
    loop {
        match form.next_field().await {
            Ok(None) => return Ok(found),
            Ok(Some(field)) if field.name() == Some("tep") => found = digest(field).await?,
            // Whatever else was sent is read past.
            Ok(Some(_)) => {}
            Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => return Ok(PostedDigest::TooLarge),
            Err(_) => return Err(AppError::Bad(Bad::NotAForm)),
        }
    }
}

async fn digest(mut field: Field<'_>) -> Result<PostedDigest, AppError> {
    let named = field.file_name().is_some_and(|name| !name.is_empty());
    let (mut hasher, mut size) = (Sha256::new(), 0);
    loop {
        match field.chunk().await {
            Ok(Some(piece)) => {
                size += piece.len();
                hasher.update(&piece);
            }
            Ok(None) if size > MAX_DIGEST_BYTES => return Ok(PostedDigest::TooLarge),
            Ok(None) if size == 0 && !named => return Ok(PostedDigest::Nothing),
            Ok(None) => return Ok(PostedDigest::Whole(hex::encode(hasher.finalize()))),
            Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => return Ok(PostedDigest::TooLarge),
            Err(_) => return Err(AppError::Bad(Bad::NotAForm)),
        }
    }
}
