//! One's own account: name, number, sessions, password.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};

use super::caller::Caller;
use super::{Ask, after};
use crate::account::actions::{self, Changed};
use crate::account::model::{phone, throttle};
use crate::account::store::own::{self as store, Own, Session};
use crate::account::{form, policy, urls};
use crate::app::App;
use crate::platform::id::SessionId;
use crate::web::error::AppError;
use crate::web::filters;
use crate::web::form::Filled;
use crate::web::page::{self, person_shell};
use crate::web::session::{PersonPosted, PersonVisit};
use crate::web::shell::Shell;
use crate::words::account::{self as words, Done};

/// One's own account.
#[derive(Template, WebTemplate)]
#[template(path = "account/own.html")]
struct OwnPage {
    shell: Shell,
    name: String,
    honorific: String,
    phone: String,
    seat: Option<String>,
    can_switch: bool,
    can_delegate: bool,
    sessions: Vec<Session>,
    here: SessionId,
    now: DateTime<Utc>,
}

/// The page.
pub(super) async fn show(
    State(app): State<App>,
    Query(ask): Query<Ask>,
    visit: PersonVisit,
) -> Result<Response, AppError> {
    let mut visit = visit.settled()?;
    let own = store::account(&mut visit.db).await?;
    let sessions = store::sessions(&mut visit.db, visit.now, app.settings.idle).await?;
    let actor = visit.actor.as_ref();
    let shell = person_shell(&app, &visit.person, actor, "Tài khoản của tôi").at(urls::ACCOUNT).with_flash(ask.flash());
    let page = OwnPage {
        shell,
        name: own.name,
        honorific: page::capital(&own.honorific),
        phone: phone::spaced(&own.phone),
        seat: actor.map(crate::access::Actor::seat_words),
        can_switch: visit.person.can_switch,
        can_delegate: actor.is_some_and(|actor| crate::access::rules::can_delegate(actor).is_ok()),
        sessions,
        here: visit.person.session,
        now: visit.now,
    };
    Ok(page.into_response())
}

/// Ends one of one's own sessions. One that ended meanwhile is ended.
pub(super) async fn end_session(Path(id): Path<SessionId>, sent: PersonPosted) -> Result<Response, AppError> {
    let mut visit = sent.visit.settled()?;
    store::end_session(&mut visit.db, id).await?;
    Ok(after(urls::ACCOUNT, Done::SessionEnded))
}

/// Ends all others.
pub(super) async fn end_others(sent: PersonPosted) -> Result<Response, AppError> {
    let mut visit = sent.visit.settled()?;
    store::end_others(&mut visit.db, visit.person.session).await?;
    Ok(after(urls::ACCOUNT, Done::OthersEnded))
}

/// Changing one's password.
#[derive(Template, WebTemplate)]
#[template(path = "account/password.html")]
struct PasswordPage {
    shell: Shell,
    form: Filled,
    must_change: bool,
    phone: String,
    rest: Option<String>,
}

impl PasswordPage {
    fn new(app: &App, visit: &PersonVisit, form: Filled, phone: String) -> Self {
        let must_change = visit.person.must_change;
        let title = if must_change { "Đặt mật khẩu của riêng mình" } else { "Đổi mật khẩu" };
        let mut shell = person_shell(app, &visit.person, visit.actor.as_ref(), title).failing(form.is_bad());
        if must_change {
            // Every other place would lead back here.
            shell.nav.clear();
        }
        Self { shell, form, must_change, phone, rest: None }
    }
}

/// The page.
pub(super) async fn password(State(app): State<App>, mut visit: PersonVisit) -> Result<Response, AppError> {
    let own = store::account(&mut visit.db).await?;
    Ok(PasswordPage::new(&app, &visit, Filled::default(), own.phone).into_response())
}

/// What a guesser knows of this person.
fn known_of(own: &Own) -> Vec<String> {
    let places = [own.wards.as_deref(), own.groups.as_deref()].map(Option::unwrap_or_default);
    policy::known_of(&own.name, own.phone.parse().ok().as_ref(), &places)
}

/// Changes the password; all other sessions end.
pub(super) async fn change_password(
    State(app): State<App>,
    caller: Caller,
    sent: PersonPosted,
) -> Result<Response, AppError> {
    let PersonPosted { mut visit, form: typed } = sent;
    let own = store::account(&mut visit.db).await?;
    let input = match form::changed_password(typed.clone(), &known_of(&own)) {
        Ok(input) => input,
        Err(form) => return Ok(page::again(true, PasswordPage::new(&app, &visit, form, own.phone))),
    };
    let mut page = PasswordPage::new(&app, &visit, typed, own.phone);
    let (session, now) = (visit.person.session, visit.now);
    match actions::change_password(&app, visit.db, (caller.key(), session), (input.present, input.new), now).await? {
        Changed::Done => Ok(after(urls::ACCOUNT, Done::PasswordChanged)),
        Changed::Wrong => {
            page.form.fail("mat-khau", words::WRONG_PASSWORD);
            page.shell = page.shell.failing(true);
            Ok(page::again(true, page))
        }
        Changed::Resting(until) => {
            let minutes = throttle::minutes_left(until, now);
            page.rest = Some(words::rest(minutes));
            Ok((StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, (minutes * 60).to_string())], page)
                .into_response())
        }
    }
}
