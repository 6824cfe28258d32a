//! The ways a request can fail. Invalid forms, redirects and empty searches are not errors.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use crate::access::{Denial, Refused};
use crate::platform::press::PressError;

/// Why a request was not answered as asked. Carried in the response's extensions to the one layer that draws the page.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// Nobody is signed in; a page to come back to.
    #[error("sign in first")]
    SignInRequired {
        /// Path and query of the page asked for.
        back: String,
    },
    /// Signed in without a seat, or with a password that must be changed first.
    #[error("go to {0} first")]
    First(&'static str),
    /// Not there, or outside the seat's scope.
    #[error("not found")]
    NotFound,
    /// A rule says no.
    #[error(transparent)]
    Denied(#[from] Denial),
    /// Changed by somebody else, or drawn for another seat.
    #[error("stale")]
    Stale,
    /// Too many tries.
    #[error("too many tries")]
    TooMany,
    /// A request that no page of ours sends.
    #[error("bad request: {0:?}")]
    Bad(Bad),
    /// The database is away for the moment.
    #[error("the database does not answer")]
    Unavailable,
    /// Others are printing or having photographs read.
    #[error("the press is busy")]
    Busy,
    /// A defect. The page shows the request's number and nothing else.
    #[error(transparent)]
    Internal(anyhow::Error),
}

/// What was wrong with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bad {
    /// Bytes that are not UTF-8.
    NotUtf8,
    /// A body over the limit.
    TooLarge,
    /// A body of another type than a form.
    NotAForm,
    /// Another method than the address takes.
    Method,
    /// A form from another site.
    CrossSite,
}

impl AppError {
    /// The status that goes with it.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::SignInRequired { .. } => StatusCode::UNAUTHORIZED,
            Self::First(_) => StatusCode::SEE_OTHER,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Denied(_) => StatusCode::FORBIDDEN,
            Self::Stale => StatusCode::CONFLICT,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Bad(Bad::TooLarge) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Bad(Bad::Method) => StatusCode::METHOD_NOT_ALLOWED,
            Self::Bad(Bad::CrossSite) => StatusCode::FORBIDDEN,
            Self::Bad(Bad::NotAForm) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Bad(Bad::NotUtf8) => StatusCode::BAD_REQUEST,
            Self::Unavailable | Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl From<sqlx::Error> for AppError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::RowNotFound => Self::NotFound,
            sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut => Self::Unavailable,
            // 57P01..03: the server is going down or starting; 53300: no connection left.
            sqlx::Error::Database(ref db)
                if db.code().is_some_and(|c| matches!(c.as_ref(), "57P01" | "57P02" | "57P03" | "53300")) =>
            {
                Self::Unavailable
            }
            other => Self::Internal(other.into()),
        }
    }
}

impl From<PressError> for AppError {
    fn from(error: PressError) -> Self {
        match error {
            PressError::Busy => Self::Busy,
            PressError::Broken => Self::Internal(error.into()),
        }
    }
}

impl From<anyhow::Error> for AppError {
    fn from(error: anyhow::Error) -> Self {
        match error.downcast::<sqlx::Error>() {
            Ok(sql) => sql.into(),
            Err(other) => Self::Internal(other),
        }
    }
}

impl From<Refused> for AppError {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::NotFound => Self::NotFound,
            Refused::Denied(denial) => Self::Denied(denial),
            Refused::Stale => Self::Stale,
            // A handler that can be given invalid input draws its form again and never lets this through.
            Refused::Invalid(errors) => Self::Internal(anyhow::anyhow!("unhandled invalid input: {errors:?}")),
            Refused::Failed(error) => error.into(),
        }
    }
}

/// The error as the outer layer finds it.
#[derive(Debug, Clone)]
pub struct Carried(pub std::sync::Arc<AppError>);

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        if let Self::First(path) = self {
            return Redirect::to(path).into_response();
        }
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Carried(std::sync::Arc::new(self)));
        response
    }
}
