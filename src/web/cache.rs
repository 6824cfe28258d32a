//! Who may keep a copy of a response, as one of three named promises.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponseParts, ResponseParts};
use std::convert::Infallible;

/// A cache promise. A handler states it by returning it beside the body: `(CachePolicy::PublicShort, page)`.
/// Without one, [`crate::web::headers`] adds [`CachePolicy::NoStore`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CachePolicy {
    /// Personal data or a seat's view: never kept, not even for the Back button on a shared machine.
    NoStore,
    /// The address carries a hash of the content, so it can never change: kept for a year.
    Immutable,
    /// The same for everybody, read without a session, and allowed to be a minute old.
    PublicShort,
}

impl CachePolicy {
    /// The value of `Cache-Control`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoStore => "no-store",
            Self::Immutable => "public, max-age=31536000, immutable",
            Self::PublicShort => "public, max-age=60",
        }
    }
}

impl From<CachePolicy> for HeaderValue {
    fn from(policy: CachePolicy) -> Self {
        Self::from_static(policy.as_str())
    }
}

impl IntoResponseParts for CachePolicy {
    type Error = Infallible;

    fn into_response_parts(self, mut parts: ResponseParts) -> Result<ResponseParts, Infallible> {
        parts.headers_mut().insert(header::CACHE_CONTROL, self.into());
        Ok(parts)
    }
}
