//! Units (stub until the branch comes in).
#![allow(missing_docs)]
pub mod urls {
    pub const LIST: &str = "/don-vi";
}
pub fn routes() -> axum::Router<crate::app::App> {
    axum::Router::new()
}
