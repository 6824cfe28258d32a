//! The one-time link of a first steward.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::after;
use crate::account::model::phone;
use crate::account::store::signin::{self as store, Invited};
use crate::account::{actions, form, policy, urls};
use crate::app::App;
use crate::web::error::AppError;
use crate::web::form::Filled;
use crate::web::page::{self, demo_day};
use crate::web::session::{Anonymous, hash};
use crate::web::shell::Shell;
use crate::words::account::Done;

/// Setting the first password.
#[derive(Template, WebTemplate)]
#[template(path = "account/invite.html")]
struct InvitePage {
    shell: Shell,
    form: Filled,
    action: String,
    honorific: String,
    name: String,
    phone: String,
}

impl InvitePage {
    fn new(app: &App, token: &str, invited: &Invited, form: Filled) -> Self {
        Self {
            shell: Shell::public("Đặt mật khẩu").on_demo_day(demo_day(app)).failing(form.is_bad()),
            form,
            action: urls::invite(token),
            honorific: page::capital(&invited.honorific),
            name: invited.name.clone(),
            phone: phone::spaced(&invited.phone),
        }
    }
}

/// A link that was used, is too old, or never was.
#[derive(Template, WebTemplate)]
#[template(path = "account/invite_gone.html")]
struct GonePage {
    shell: Shell,
}

fn gone(app: &App) -> Response {
    let shell = Shell::public("Liên kết không còn dùng được").on_demo_day(demo_day(app));
    (StatusCode::GONE, GonePage { shell }).into_response()
}

/// The form, or the calm page of a spent link.
pub(super) async fn show(State(app): State<App>, Path(token): Path<String>) -> Result<Response, AppError> {
    let mut db = app.db.enter_public().await?;
    Ok(match store::find_invite(&mut db, &hash(&token), app.clock.now()).await? {
        Some(invited) => InvitePage::new(&app, &token, &invited, Filled::default()).into_response(),
        None => gone(&app),
    })
}

/// Sets the password; the link is spent.
pub(super) async fn redeem(
    State(app): State<App>,
    Path(token): Path<String>,
    sent: Anonymous,
) -> Result<Response, AppError> {
    let mut db = app.db.enter_public().await?;
    let invited = store::find_invite(&mut db, &hash(&token), sent.now).await?;
    drop(db);
    let Some(invited) = invited else { return Ok(gone(&app)) };
    let known = policy::known_of(
        &invited.name,
        invited.phone.parse().ok().as_ref(),
        &[invited.places.as_deref().unwrap_or_default()],
    );
    let password = match form::first_password(sent.form, &known) {
        Ok(password) => password,
        Err(form) => return Ok(page::again(true, InvitePage::new(&app, &token, &invited, form))),
    };
    if actions::redeem_invite(&app, &hash(&token), password, sent.now).await? {
        Ok(after(urls::SIGN_IN, Done::PasswordSet))
    } else {
        Ok(gone(&app))
    }
}
