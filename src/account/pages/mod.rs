//! The pages, and which address leads to which.

mod caller;
mod delegation;
mod invite;
mod own;
mod seats;
mod signin;
mod steward;
mod steward_forms;

pub use caller::Caller;
pub use signin::sign_in_page;

use axum::Router;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use serde::Deserialize;

use super::urls;
use crate::app::App;
use crate::words::account::Done;

/// The addresses of this noun.
pub fn routes() -> Router<App> {
    Router::new()
        .route(urls::SIGN_IN, get(signin::show).post(signin::sign_in))
        .route(urls::SIGN_OUT, post(signin::sign_out))
        .route(urls::INVITE, get(invite::show).post(invite::redeem))
        .route(urls::SEATS, get(seats::show).post(seats::choose))
        .route(urls::ACCOUNT, get(own::show))
        .route(urls::PASSWORD, get(own::password).post(own::change_password))
        .route(urls::END_SESSION, post(own::end_session))
        .route(urls::END_OTHERS, post(own::end_others))
        .route(urls::STEWARD, get(steward::list))
        .route(urls::STEWARD_NEW, get(steward_forms::new).post(steward_forms::create))
        .route(urls::STEWARD_ONE, get(steward::show))
        .route(urls::STEWARD_RESET, post(steward::reset))
        .route(urls::STEWARD_DISABLE, post(steward::disable))
        .route(urls::STEWARD_ENABLE, post(steward::enable))
        .route(urls::STEWARD_GIVE, get(steward_forms::seat).post(steward_forms::give))
        .route(urls::STEWARD_END, post(steward::end_seat))
        .route(urls::DELEGATIONS, get(delegation::list))
        .route(urls::DELEGATE, get(delegation::new).post(delegation::delegate))
        .route(urls::REVOKE, post(delegation::revoke))
}

/// What an address may say besides its path.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Ask {
    /// Where to go afterwards.
    #[serde(default)]
    ve: String,
    /// What was just done.
    #[serde(default)]
    xong: String,
    /// Words searched for.
    #[serde(default)]
    tim: String,
    /// The account after which this page of the list begins.
    sau: Option<crate::platform::id::AccountId>,
}

impl Ask {
    fn flash(&self) -> Option<String> {
        Done::from_code(&self.xong).map(|done| done.sentence().to_owned())
    }
}

/// On to a page that tells what was done.
fn after(path: &str, done: Done) -> Response {
    Redirect::to(&format!("{path}?xong={}", done.code())).into_response()
}
