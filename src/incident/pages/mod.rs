//! The pages about counts, typed figures and the other units of the ward.

mod asked;
mod bring;
mod change;
mod chart;
mod enter;
mod figures;
mod last_year;
mod list;
mod show;
mod units;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};
use chrono::NaiveDate;

use super::form::{self, Against};
use super::model::{Group, Year};
use super::{store, urls};
use crate::access::{Actor, Role, rules};
use crate::app::App;
use crate::platform::db::Scoped;
use crate::platform::id::{CycleId, UnitId};
use crate::ruleset::{IncidentType, Ruleset};
use crate::web::error::AppError;
use crate::web::page::shell;
use crate::web::shell::Shell;

/// The pages of this room.
pub fn routes() -> Router<App> {
    Router::new()
        .route(urls::LIST, get(list::list))
        .route(urls::ADD, get(enter::form_page).post(enter::enter))
        .route(urls::CONFIRM, post(change::confirm))
        .route(urls::SHOW, get(show::show))
        .route(urls::CORRECT, get(change::correct_form).post(change::correct))
        .route(urls::STRIKE, get(change::strike_form).post(change::strike))
        .route(urls::LAST_YEAR, get(last_year::page))
        .route(urls::TOTALS, get(last_year::totals_form).post(last_year::save_totals))
        .route(urls::CLOSE, get(last_year::close_form).post(last_year::close))
        .route(urls::READ, post(bring::read))
        .route(urls::WRITE, post(bring::write))
        .route(urls::BATCH, get(bring::batch).post(bring::undo))
        .route(urls::FIGURES, get(figures::page).post(figures::save))
        .route(urls::UNITS, get(units::list))
        .route(urls::UNIT, get(units::form_page).post(units::save))
}

/// A neighbour in this room: address, name, whether it is the page itself.
struct Door {
    href: &'static str,
    label: &'static str,
    current: bool,
}

/// The pages of this room that a seat may open.
fn doors(actor: &Actor, here: &str) -> Vec<Door> {
    let door = |href, label| Door { href, label, current: href == here };
    let mut doors = vec![door(urls::LIST, "Số vụ việc")];
    if rules::can_keep_last_year(actor).is_ok() {
        doors.push(door(urls::LAST_YEAR, "Số năm trước"));
    }
    doors.push(door(urls::FIGURES, "Nhân khẩu, kỷ luật"));
    if actor.role() != Role::GroupLeader {
        doors.push(door(urls::UNITS, "Cơ quan, doanh nghiệp, trường"));
    }
    doors
}

/// The frame of a page of this room, under the place from which its seat comes here.
fn frame(app: &App, actor: &Actor, title: &str) -> Shell {
    let place = if actor.role() == Role::GroupLeader { crate::home::urls::MORE } else { urls::LIST };
    shell(app, actor, title, place)
}

/// The frame of a page behind one of the doors.
fn inner(app: &App, actor: &Actor, title: &str) -> Shell {
    frame(app, actor, title).crumb("Số vụ việc", urls::LIST).here(title)
}

/// The ward of a seat and the year it looks at; where there is none yet, the page of years comes first.
fn place(actor: &Actor) -> Result<(UnitId, CycleId), AppError> {
    rules::can_see_incidents(actor)?;
    let ward = actor.ward().ok_or(AppError::NotFound)?;
    Ok((ward, actor.cycle.ok_or(AppError::First(crate::cycle::urls::LIST))?))
}

/// The year that is looked at, with its rules and the groups that the seat may write for.
struct Opened {
    year: Year,
    ruleset: Arc<Ruleset>,
    own: Vec<Group>,
    of_no_group: bool,
}

impl Opened {
    fn kinds(&self) -> &[IncidentType] {
        &self.ruleset.incident_types
    }

    /// What a form of this year is read against.
    fn against(&self, today: NaiveDate) -> Against<'_> {
        let of_no_group = self.of_no_group;
        Against { year: &self.year, kinds: self.kinds(), groups: &self.own, of_no_group, today }
    }

    /// The groups as choices of a form.
    fn choices(&self) -> Vec<(String, String)> {
        let mut choices: Vec<(String, String)> =
            self.own.iter().map(|group| (group.code.clone(), group.name.clone())).collect();
        if self.of_no_group {
            choices.push((form::NO_GROUP.to_owned(), "Không thuộc tổ nào".to_owned()));
        }
        choices
    }

    fn kind_choices(&self) -> Vec<(String, String)> {
        self.kinds().iter().map(|kind| (kind.code.clone(), kind.title.clone())).collect()
    }
}

async fn open(app: &App, db: &mut Scoped, actor: &Actor) -> Result<Opened, AppError> {
    let (ward, cycle) = place(actor)?;
    let year = store::year(db, ward, cycle).await?;
    let ruleset = app.rulesets.get(db, year.ruleset).await?;
    let own = form::own(year.groups.iter(), |id| rules::can_enter_incident(actor, Some(id)).is_ok());
    Ok(Opened { own, ruleset, year, of_no_group: rules::can_enter_incident(actor, None).is_ok() })
}
