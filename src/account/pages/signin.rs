//! Signing in and out.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::CookieJar;

use super::Ask;
use super::caller::{Caller, remember, remembered};
use super::seats::to_picker;
use crate::account::actions::{self, SignedIn, Try};
use crate::account::form::{self, Carried, SignIn};
use crate::account::model::{Phone, place, throttle};
use crate::account::urls;
use crate::app::App;
use crate::web::error::AppError;
use crate::web::form::Filled;
use crate::web::page::{self, demo_day};
use crate::web::session::{Anonymous, Typed, session_cookie};
use crate::web::shell::Shell;
use crate::words::account::{self as words, Done};

/// The sign-in page; `carried` is a form that somebody had written before the session ended.
#[derive(Template, WebTemplate)]
#[template(path = "account/sign_in.html")]
struct SignInPage {
    shell: Shell,
    form: Filled,
    remembered: bool,
    carried: Vec<(String, String)>,
    rest: Option<String>,
}

impl SignInPage {
    fn new(app: &App, form: Filled, remembered: bool, carried: Option<&Carried>) -> Self {
        let shell = Shell::public("Đăng nhập").on_demo_day(demo_day(app)).failing(form.is_bad());
        Self { shell, form, remembered, carried: carried.map(Carried::hidden).unwrap_or_default(), rest: None }
    }

    /// With what a page opened afresh knows: where to go back to, and the number of this machine.
    fn fresh(app: &App, back: &str, phone: Option<&Phone>, carried: Option<&Carried>) -> Self {
        let mut form = Filled::default().with("ve", place::or_home(back));
        if let Some(phone) = phone {
            form = form.with("so-dien-thoai", phone.spaced()).with("nho", "co");
        }
        Self::new(app, form, phone.is_some(), carried)
    }
}

/// The sign-in page in place of a form that arrived signed out: status 401, and what was typed is carried along.
#[must_use]
pub fn sign_in_page(app: &App, headers: &HeaderMap, back: &str, typed: Option<&Typed>) -> Response {
    let carried = typed.and_then(Carried::of);
    let page = SignInPage::fresh(app, back, remembered(headers).as_ref(), carried.as_ref());
    (StatusCode::UNAUTHORIZED, page).into_response()
}

/// The page.
pub(super) async fn show(State(app): State<App>, caller: Caller, Query(ask): Query<Ask>) -> impl IntoResponse {
    let mut page = SignInPage::fresh(&app, &ask.ve, caller.remembered.as_ref(), None);
    page.shell = page.shell.with_flash(ask.flash());
    page
}

/// Tries to sign in.
pub(super) async fn sign_in(State(app): State<App>, caller: Caller, sent: Anonymous) -> Result<Response, AppError> {
    let carried = Carried::read(&sent.form);
    let typed = sent.form.clone();
    let again = |form: Filled| SignInPage::new(&app, form, caller.remembered.is_some(), carried.as_ref());
    let input = match form::sign_in(sent.form) {
        Ok(input) => input,
        Err(form) => return Ok(page::again(true, again(form))),
    };
    match actions::sign_in(&app, &attempt(&caller, &input), sent.now).await? {
        SignedIn::In { key, seated } => {
            let cookies =
                CookieJar::new().add(session_cookie(key)).add(remember(input.remember.then_some(&input.phone)));
            Ok((cookies, welcome(&app, seated, typed.value("ve"), carried.as_ref())).into_response())
        }
        SignedIn::Wrong => {
            let mut form = typed;
            form.fail("mat-khau", words::WRONG_SIGN_IN);
            Ok(page::again(true, again(form)))
        }
        SignedIn::Resting(until) => {
            let minutes = throttle::minutes_left(until, sent.now);
            let page = SignInPage { rest: Some(words::rest(minutes)), ..again(typed) };
            Ok((StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, (minutes * 60).to_string())], page)
                .into_response())
        }
    }
}

fn attempt<'a>(caller: &'a Caller, input: &'a SignIn) -> Try<'a> {
    Try {
        phone: &input.phone,
        password: &input.password,
        address: &caller.address,
        device: &caller.device,
        replaces: caller.key_hash.as_deref(),
    }
}

/// Where somebody goes who just came in: to the text that was being written, to the page asked for, or to the picker first.
fn welcome(app: &App, seated: bool, back: &str, carried: Option<&Carried>) -> Response {
    match carried {
        Some(carried) if seated => resume(app, carried),
        _ if seated => Redirect::to(place::or_home(back)).into_response(),
        // The cookie goes out with this answer, so the picker opens with the next request: a form carries the text there.
        carried => to_picker(app, back, carried),
    }
}

/// The page that leads back to a form: one button, and nothing is submitted by it.
#[derive(Template, WebTemplate)]
#[template(path = "account/resume.html")]
struct ResumePage {
    shell: Shell,
    path: String,
    fields: Vec<(String, String)>,
}

/// Leads back to the form that was being written; it is drawn again, not submitted.
pub(super) fn resume(app: &App, carried: &Carried) -> Response {
    let shell = Shell::public("Đã đăng nhập").on_demo_day(demo_day(app));
    let fields = carried.fields.iter().filter(|(name, _)| name != "_ve_lai").cloned().collect();
    ResumePage { shell, path: carried.path.clone(), fields }.into_response()
}

/// Signs out. An old or missing session is no error: out is out.
pub(super) async fn sign_out(State(app): State<App>, caller: Caller) -> Result<Response, AppError> {
    if let Some(key_hash) = &caller.key_hash {
        actions::sign_out(&app, key_hash).await?;
    }
    let mut gone = session_cookie(String::new());
    gone.make_removal();
    Ok((CookieJar::new().add(gone), super::after(urls::SIGN_IN, Done::SignedOut)).into_response())
}
