//! A steward's two forms: a new account with its first seat, and one more seat.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};

use super::caller::Caller;
use super::steward::{frame, initial};
use crate::access::{Actor, Honorific, Role, rules};
use crate::account::store::steward::{self as store, Line, Unit};
use crate::account::{actions, form, urls};
use crate::app::App;
use crate::platform::clock::civil;
use crate::platform::db::Scoped;
use crate::platform::id::AccountId;
use crate::web::error::AppError;
use crate::web::filters::dates;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::page;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::words::account::Done;

type Choices = Vec<(String, String)>;

/// The roles that this steward gives.
fn roles(actor: &Actor) -> Choices {
    let gives = |role: &Role| match actor.role() {
        Role::StewardCity => role.is_city() || *role == Role::StewardWard,
        _ => !role.is_city(),
    };
    Role::ALL.into_iter().filter(gives).map(|role| (role.as_str().to_owned(), role.name_vi().to_owned())).collect()
}

/// What the seat fields offer: wards to a city's steward, groups to a ward's.
struct SeatChoices {
    roles: Choices,
    wards: Choices,
    groups: Choices,
}

impl SeatChoices {
    async fn load(db: &mut Scoped, actor: &Actor, now: DateTime<Utc>) -> Result<Self, AppError> {
        let units = store::units(db, actor.ward(), civil(now)).await?;
        let of = |kind: &str| {
            units
                .iter()
                .filter(|unit| unit.kind == kind)
                .map(|unit: &Unit| (unit.id.to_string(), unit.name.clone()))
                .collect()
        };
        Ok(Self { roles: roles(actor), wards: of("ward"), groups: of("group") })
    }
}

/// A new account.
#[derive(Template, WebTemplate)]
#[template(path = "account/new.html")]
struct NewPage {
    shell: Shell,
    form: Filled,
    honorifics: Choices,
    choices: SeatChoices,
}

impl NewPage {
    async fn load(app: &App, visit: &mut Visit, form: Filled) -> Result<Self, AppError> {
        let choices = SeatChoices::load(&mut visit.db, &visit.actor, visit.now).await?;
        let honorifics =
            Honorific::ALL.into_iter().map(|word| (word.as_str().to_owned(), word.capital().to_owned())).collect();
        Ok(Self { shell: frame(app, visit, "Thêm tài khoản").failing(form.is_bad()), form, honorifics, choices })
    }
}

/// The form.
pub(super) async fn new(State(app): State<App>, mut visit: Visit) -> Result<Response, AppError> {
    rules::can_administer(&visit.actor)?;
    let form = Filled::default().with("tu-ngay", dates::day(visit.now));
    Ok(NewPage::load(&app, &mut visit, form).await?.into_response())
}

/// Creates the account and shows its initial password, once.
pub(super) async fn create(State(app): State<App>, caller: Caller, sent: Posted) -> Result<Response, AppError> {
    rules::can_administer(&sent.visit.actor)?;
    let typed = sent.form.clone();
    let input = sent.parse(|form| form::account(form, sent.visit.actor.ward()));
    let mut visit = sent.visit;
    let form = match input {
        Ok(new) => {
            let shell = frame(&app, &visit, "Mật khẩu ban đầu");
            let Visit { actor, db, now } = visit;
            drop(db);
            let work = actions::create(app.clone(), caller.key().to_vec(), actor.clone(), new, now);
            let form = match unstoppable(work).await? {
                Ok((id, password)) => return Ok(initial(shell, id, &password)),
                Err(refused) => form::with_faults(typed, refused)?,
            };
            visit = enter_again(&app, &caller, actor, now).await?;
            form
        }
        Err(form) => form,
    };
    Ok(page::again(form.is_bad(), NewPage::load(&app, &mut visit, form).await?))
}

async fn enter_again(app: &App, caller: &Caller, actor: Actor, now: DateTime<Utc>) -> Result<Visit, AppError> {
    let (db, _) = app.db.enter_session(caller.key(), now, app.settings.idle).await?;
    Ok(Visit { actor, db, now })
}

/// One more seat.
#[derive(Template, WebTemplate)]
#[template(path = "account/seat.html")]
struct SeatPage {
    shell: Shell,
    form: Filled,
    action: String,
    back: String,
    name: String,
    choices: SeatChoices,
}

impl SeatPage {
    async fn load(app: &App, visit: &mut Visit, line: &Line, form: Filled) -> Result<Self, AppError> {
        let choices = SeatChoices::load(&mut visit.db, &visit.actor, visit.now).await?;
        let back = urls::steward(line.id);
        let shell = frame(app, visit, "Giao vai").failing(form.is_bad());
        Ok(Self { shell, form, action: format!("{back}/vai"), back, name: line.name.clone(), choices })
    }
}

/// The form.
pub(super) async fn seat(
    State(app): State<App>,
    Path(id): Path<AccountId>,
    mut visit: Visit,
) -> Result<Response, AppError> {
    rules::can_administer(&visit.actor)?;
    let line = store::one(&mut visit.db, id, visit.now).await?;
    let form = Filled::default().with("tu-ngay", dates::day(visit.now));
    Ok(SeatPage::load(&app, &mut visit, &line, form).await?.into_response())
}

/// Gives the seat.
pub(super) async fn give(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<AccountId>,
    sent: Posted,
) -> Result<Response, AppError> {
    rules::can_administer(&sent.visit.actor)?;
    let typed = sent.form.clone();
    let input = sent.parse(|form| form::seat(form, sent.visit.actor.ward()));
    let mut visit = sent.visit;
    let form = match input {
        Ok(seat) => {
            let Visit { actor, db, now } = visit;
            let form = match unstoppable(actions::give_seat(db, actor.clone(), (id, seat), now)).await? {
                Ok(()) => return Ok(super::after(&urls::steward(id), Done::SeatGiven)),
                Err(refused) => form::with_faults(typed, refused)?,
            };
            visit = enter_again(&app, &caller, actor, now).await?;
            form
        }
        Err(form) => form,
    };
    let line = store::one(&mut visit.db, id, visit.now).await?;
    Ok(page::again(form.is_bad(), SeatPage::load(&app, &mut visit, &line, form).await?))
}
