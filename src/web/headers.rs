//! Security headers on every response, and `no-store` where no handler promised anything else.

use crate::web::cache::CachePolicy;
use axum::Router;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::map_response;
use axum::response::Response;

/// Nothing inline, nothing from another host: a script that slips into a page does not run.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; font-src 'self'; \
    img-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'; manifest-src 'self'";

/// Set only where the handler said nothing, so that a download can be stricter (`sandbox`) and a file can be cached.
const DEFAULTS: [(HeaderName, &str); 8] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    // Browsers from before `frame-ancestors`.
    (header::X_FRAME_OPTIONS, "DENY"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (header::CACHE_CONTROL, CachePolicy::NoStore.as_str()),
];

/// Wraps a router so that each response, errors included, carries the headers above.
/// It belongs outside every other layer that can answer by itself.
pub fn wrap<S: Clone + Send + Sync + 'static>(router: Router<S>) -> Router<S> {
    router.layer(map_response(stamp))
}

/// Fills in what a response lacks; what a handler set stays.
pub async fn stamp(mut response: Response) -> Response {
    for (name, value) in DEFAULTS {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use axum::http::{Request, StatusCode};
    use axum::routing::get;
    use tower::ServiceExt;

    async fn ask(path: &str) -> Response {
        let router = Router::new()
            .route("/kin", get(|| async { "của riêng" }))
            .route("/chung", get(|| async { (CachePolicy::PublicShort, "ai cũng xem được") }));
        let request = Request::get(path).body(Body::empty()).expect("request");
        wrap(router).oneshot(request).await.expect("response")
    }

    #[tokio::test]
    async fn a_page_that_promises_nothing_is_not_stored() {
        let response = ask("/kin").await;
        assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
        assert_eq!(response.headers()[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert_eq!(response.headers()["cross-origin-opener-policy"], "same-origin");
    }

    #[tokio::test]
    async fn a_promise_of_the_handler_stays() {
        assert_eq!(ask("/chung").await.headers()[header::CACHE_CONTROL], "public, max-age=60");
    }

    #[tokio::test]
    async fn a_wrong_address_is_guarded_too() {
        let response = ask("/khong-co").await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
        let policy = response.headers()[header::CONTENT_SECURITY_POLICY].to_str().expect("text");
        assert!(policy.starts_with("default-src 'none'"));
        assert!(!policy.contains("unsafe"));
    }
}
