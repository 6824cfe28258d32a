//! The accounts of a steward's place: the list, one account, and what is done to it with one button.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, NaiveDate, Utc};
use secrecy::{ExposeSecret, SecretString};

use super::caller::Caller;
use super::seats::seat_place;
use super::{Ask, after};
use crate::access::rules;
use crate::account::actions::{self, Switch};
use crate::account::model::phone;
use crate::account::store::steward::{self as store, Line, PAGE, SeatLine};
use crate::account::{form, urls};
use crate::app::App;
use crate::platform::clock::civil;
use crate::platform::fold::fold;
use crate::platform::id::{AccountId, SeatId};
use crate::web::error::AppError;
use crate::web::filters;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::page::{self, shell};
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::words::account::Done;

/// An account in the list.
struct AccountLine {
    name: String,
    href: String,
    phone: String,
    seats: Vec<String>,
    disabled: bool,
    must_change: bool,
}

impl AccountLine {
    fn of(line: &Line, today: NaiveDate) -> Self {
        let held = line.seats.iter().filter(|seat| seat.to.is_none_or(|to| to >= today));
        Self {
            name: line.name.clone(),
            href: urls::steward(line.id),
            phone: phone::spaced(&line.phone),
            seats: held.map(|seat| format!("{}, {}", seat.role.name_vi(), place_of(seat))).collect(),
            disabled: line.disabled_at.is_some(),
            must_change: line.must_change,
        }
    }
}

fn place_of(seat: &SeatLine) -> String {
    seat_place(seat.role, &seat.city, seat.ward.as_deref(), seat.groups.as_deref())
}

/// The list.
#[derive(Template, WebTemplate)]
#[template(path = "account/list.html")]
struct ListPage {
    shell: Shell,
    search: String,
    lines: Vec<AccountLine>,
    place: String,
    first: String,
    next: String,
}

/// The list, searched and paged.
pub(super) async fn list(
    State(app): State<App>,
    Query(ask): Query<Ask>,
    mut visit: Visit,
) -> Result<Response, AppError> {
    rules::can_administer(&visit.actor)?;
    let words: Vec<String> =
        fold(&ask.tim).split(' ').filter(|word| !word.is_empty()).take(8).map(str::to_owned).collect();
    let mut found = store::list(&mut visit.db, &words, ask.sau, visit.now).await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let query = percent_encoding::utf8_percent_encode(&ask.tim, percent_encoding::NON_ALPHANUMERIC).to_string();
    let last = found.last().filter(|_| more).map(|line| line.id);
    let page = ListPage {
        shell: shell(&app, &visit.actor, "Tài khoản", urls::STEWARD),
        search: ask.tim.clone(),
        place: format!("{} tài khoản ở trang này", found.len()),
        lines: found.iter().map(|line| AccountLine::of(line, civil(visit.now))).collect(),
        first: ask.sau.map(|_| format!("{}?tim={query}", urls::STEWARD)).unwrap_or_default(),
        next: last.map(|id| format!("{}?tim={query}&sau={id}", urls::STEWARD)).unwrap_or_default(),
    };
    Ok(page.into_response())
}

/// A seat on the account's page.
struct HeldSeat {
    name: String,
    place: String,
    from: NaiveDate,
    to: Option<NaiveDate>,
    /// Where its end is sent to; none when it ended, or is the steward's own.
    end: Option<String>,
    /// The day typed for this seat did not hold.
    failed: bool,
}

/// One account.
#[derive(Template, WebTemplate)]
#[template(path = "account/one.html")]
struct OnePage {
    shell: Shell,
    form: Filled,
    here: String,
    honorific: String,
    name: String,
    phone: String,
    disabled_at: Option<DateTime<Utc>>,
    must_change: bool,
    keeps: bool,
    is_me: bool,
    seats: Vec<HeldSeat>,
    today: NaiveDate,
}

impl OnePage {
    /// `form` is the day typed for the end of the seat `failed`; the other seats offer today.
    fn new(app: &App, visit: &Visit, line: &Line, (form, failed): (Filled, Option<SeatId>)) -> Self {
        let (today, here) = (civil(visit.now), urls::steward(line.id));
        let held = |seat: &SeatLine| HeldSeat {
            name: seat.role.name_vi().to_owned(),
            place: place_of(seat),
            from: seat.from,
            to: seat.to,
            end: (!line.is_me && seat.to.is_none_or(|to| to >= today)).then(|| format!("{here}/vai/{}/het", seat.id)),
            failed: failed == Some(seat.id),
        };
        Self {
            shell: frame(app, visit, &line.name).failing(form.is_bad()),
            form,
            honorific: page::capital(&line.honorific),
            name: line.name.clone(),
            phone: phone::spaced(&line.phone),
            disabled_at: line.disabled_at,
            must_change: line.must_change,
            keeps: line.keeps,
            is_me: line.is_me,
            seats: line.seats.iter().map(held).collect(),
            today,
            here,
        }
    }
}

/// The frame of a page below the list.
pub(super) fn frame(app: &App, visit: &Visit, title: &str) -> Shell {
    shell(app, &visit.actor, title, urls::STEWARD).crumb("Tài khoản", urls::STEWARD).here(title)
}

/// One account.
pub(super) async fn show(
    State(app): State<App>,
    Path(id): Path<AccountId>,
    Query(ask): Query<Ask>,
    mut visit: Visit,
) -> Result<Response, AppError> {
    rules::can_administer(&visit.actor)?;
    let line = store::one(&mut visit.db, id, visit.now).await?;
    let mut page = OnePage::new(&app, &visit, &line, (Filled::default(), None));
    page.shell = page.shell.with_flash(ask.flash());
    Ok(page.into_response())
}

/// The one answer that shows an initial password.
#[derive(Template, WebTemplate)]
#[template(path = "account/initial.html")]
struct InitialPage {
    shell: Shell,
    password: String,
    here: String,
}

/// The one answer that shows an initial password; opened again it is not there any more.
pub(super) fn initial(mut shell: Shell, id: AccountId, password: &SecretString) -> Response {
    shell.title = "Mật khẩu ban đầu".to_owned();
    InitialPage { shell, password: password.expose_secret().to_owned(), here: urls::steward(id) }.into_response()
}

/// A new initial password.
pub(super) async fn reset(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<AccountId>,
    sent: Posted,
) -> Result<Response, AppError> {
    let shell = frame(&app, &sent.visit, "Mật khẩu ban đầu");
    let Visit { actor, db, now } = sent.visit;
    drop(db);
    let work = actions::reset(app, caller.key().to_vec(), actor, id, now);
    let password = unstoppable(work).await??;
    Ok(initial(shell, id, &password))
}

/// Shuts the account.
pub(super) async fn disable(Path(id): Path<AccountId>, sent: Posted) -> Result<Response, AppError> {
    let Visit { actor, db, now } = sent.visit;
    unstoppable(actions::switch(db, actor, (id, Switch::Off), now)).await??;
    Ok(after(&urls::steward(id), Done::Disabled))
}

/// Opens it again.
pub(super) async fn enable(Path(id): Path<AccountId>, sent: Posted) -> Result<Response, AppError> {
    let Visit { actor, db, now } = sent.visit;
    unstoppable(actions::switch(db, actor, (id, Switch::On), now)).await??;
    Ok(after(&urls::steward(id), Done::Enabled))
}

/// Ends a seat with a day.
pub(super) async fn end_seat(
    State(app): State<App>,
    caller: Caller,
    Path((id, seat)): Path<(AccountId, SeatId)>,
    sent: Posted,
) -> Result<Response, AppError> {
    let today = civil(sent.visit.now);
    let typed = sent.form.clone();
    let day = sent.parse(|form| form::end_day(form, today));
    let Visit { actor, db, now } = sent.visit;
    let form = match day {
        Ok(day) => match unstoppable(actions::end_seat(db, actor.clone(), (id, seat), day, now)).await? {
            Ok(()) => return Ok(after(&urls::steward(id), Done::SeatEnded)),
            Err(refused) => form::with_faults(typed, refused)?,
        },
        Err(form) => {
            drop(db);
            form
        }
    };
    let (mut db, _) = app.db.enter_session(caller.key(), now, app.settings.idle).await?;
    rules::can_administer(&actor)?;
    let line = store::one(&mut db, id, now).await?;
    let visit = Visit { actor, db, now };
    Ok(page::again(form.is_bad(), OnePage::new(&app, &visit, &line, (form, Some(seat)))))
}
