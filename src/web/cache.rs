//! Who may keep a copy of a response, as one of three named promises.

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, IntoResponseParts, Response, ResponseParts};
use sha2::{Digest, Sha256};
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

/// A body that everybody gets alike, with a tag of its content; who has it already is told so and gets nothing. The tag is a weak one,
/// because compression on the way changes the bytes.
pub fn tagged(asked: &HeaderMap, policy: CachePolicy, kind: &'static str, body: impl Into<Bytes>) -> Response {
    let body = body.into();
    let tag = format!("\"{}\"", &hex::encode(Sha256::digest(&body))[..32]);
    let headers = [(header::ETAG, format!("W/{tag}"))];
    if has(asked, &tag) {
        return (StatusCode::NOT_MODIFIED, policy, headers).into_response();
    }
    (policy, headers, [(header::CONTENT_TYPE, kind)], body).into_response()
}

/// Whether one of the tags that came along is this one.
fn has(asked: &HeaderMap, tag: &str) -> bool {
    let known = asked.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    known.flat_map(|tags| tags.split(',')).any(|it| {
        let it = it.trim();
        it == "*" || it.trim_start_matches("W/") == tag
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(tags: &str, body: &'static str) -> Response {
        let mut headers = HeaderMap::new();
        headers.insert(header::IF_NONE_MATCH, tags.parse().expect("a header"));
        tagged(&headers, CachePolicy::PublicShort, "text/plain", body)
    }

    #[test]
    fn who_has_it_already_gets_nothing_but_the_promise() {
        let first = ask("\"x\"", "một");
        assert_eq!(first.status(), StatusCode::OK);
        let tag = first.headers()[header::ETAG].to_str().expect("a tag").to_owned();
        let again = ask(&format!("\"x\", {tag}"), "một");
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
        assert_eq!(again.headers()[header::CACHE_CONTROL], "public, max-age=60");
        assert_eq!(again.headers()[header::ETAG], tag.as_str());
        assert_eq!(ask(&tag, "hai").status(), StatusCode::OK, "another body");
        assert_eq!(ask("*", "hai").status(), StatusCode::NOT_MODIFIED);
    }
}
