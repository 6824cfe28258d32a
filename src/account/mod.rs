//! People (stub until the branch comes in).
#![allow(missing_docs)]
pub mod urls;
pub mod passwords {
    #[derive(Clone, Debug)]
    pub struct Passwords;
    impl Passwords {
        pub fn new() -> Self {
            Self
        }
    }
    impl Default for Passwords {
        fn default() -> Self {
            Self::new()
        }
    }
}
pub async fn sweep(_: &crate::platform::db::Database, _: chrono::DateTime<chrono::Utc>) -> anyhow::Result<i64> {
    anyhow::bail!("stub")
}
pub async fn first_steward(
    _: &str,
    _: &crate::config::FirstSteward,
    _: chrono::DateTime<chrono::Utc>,
) -> anyhow::Result<String> {
    anyhow::bail!("stub")
}
pub async fn sample_accounts_exist(_: &crate::platform::db::Database) -> anyhow::Result<bool> {
    anyhow::bail!("stub")
}
pub fn sign_in_page(
    _: &crate::app::App,
    _: &axum::http::HeaderMap,
    _: &str,
    _: Option<&crate::web::session::Typed>,
) -> axum::response::Response {
    axum::response::IntoResponse::into_response(axum::http::StatusCode::UNAUTHORIZED)
}
pub fn routes() -> axum::Router<crate::app::App> {
    axum::Router::new()
}
