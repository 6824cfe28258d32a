//! stub
#![allow(missing_docs)]
pub const CURRENT: &str = "/quy-dinh";
pub const LIST: &str = "/bo-quy-dinh";
pub fn routes() -> axum::Router<crate::app::App> {
    axum::Router::new()
}
