//! Choosing the seat to act in.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::caller::Caller;
use super::{Ask, signin};
use crate::access::{Actor, Refused, Role};
use crate::account::form::{self, Carried};
use crate::account::model::place;
use crate::account::store::seats::{self as store, Choice};
use crate::account::{actions, urls};
use crate::app::App;
use crate::platform::id::{DelegationId, SeatId};
use crate::web::error::AppError;
use crate::web::filters::dates;
use crate::web::form::Filled;
use crate::web::page::{self, demo_day};
use crate::web::session::{PersonPosted, PersonVisit};
use crate::web::shell::Shell;
use crate::words::account as words;

/// A seat to choose.
struct SeatLine {
    key: String,
    name: String,
    place: String,
    more: Option<String>,
    current: bool,
}

impl SeatLine {
    fn of(choice: &Choice, current: Option<&str>) -> Self {
        let key = match choice.delegation {
            Some(delegation) => format!("{}.{delegation}", choice.seat),
            None => choice.seat.to_string(),
        };
        let mut more = choice.lent.as_ref().map(|(whose, form)| format!("{form} Được {whose} ủy quyền"));
        if let Some(until) = choice.until {
            let until = format!("hết ngày {}", dates::day(until));
            more = Some(more.map_or_else(|| format!("Đến {until}"), |more| format!("{more}, {until}")));
        }
        let current = current == Some(key.as_str());
        let place = seat_place(choice.role, &choice.city, choice.ward.as_deref(), choice.groups.as_deref());
        Self { key, name: choice.role.name_vi().to_owned(), place, more, current }
    }
}

/// "Tổ 7, phường Phước Long": where a seat is, in words.
pub(super) fn seat_place(role: Role, city: &str, ward: Option<&str>, groups: Option<&str>) -> String {
    let ward = ward.unwrap_or(city);
    match (role, groups) {
        (Role::GroupLeader | Role::AreaOfficer, Some(groups)) => format!("{groups}, {ward}"),
        _ => ward.to_owned(),
    }
}

/// The picker.
#[derive(Template, WebTemplate)]
#[template(path = "account/seats.html")]
struct SeatsPage {
    shell: Shell,
    form: Filled,
    seats: Vec<SeatLine>,
    carried: Vec<(String, String)>,
}

/// On to the picker with a form that is being carried; without one a plain redirect does.
pub(super) fn to_picker(app: &App, back: &str, carried: Option<&Carried>) -> Response {
    let Some(carried) = carried else {
        let query = percent_encoding::utf8_percent_encode(place::or_home(back), percent_encoding::NON_ALPHANUMERIC);
        return Redirect::to(&format!("{}?ve={query}", urls::SEATS)).into_response();
    };
    let shell = Shell::public("Chọn vai").on_demo_day(demo_day(app));
    let mut fields = carried.hidden();
    fields.push(("ve".to_owned(), place::or_home(back).to_owned()));
    NextPage { shell, fields }.into_response()
}

/// The step between signing in and the picker, for somebody whose text is being carried.
#[derive(Template, WebTemplate)]
#[template(path = "account/next.html")]
struct NextPage {
    shell: Shell,
    fields: Vec<(String, String)>,
}

fn draw(app: &App, (visit, seats): (&PersonVisit, &[Choice]), form: Filled, carried: Option<&Carried>) -> SeatsPage {
    let current = visit.actor.as_ref().map(Actor::seat_key);
    let shell = page::person_shell(app, &visit.person, visit.actor.as_ref(), "Chọn vai").failing(form.is_bad());
    let lines: Vec<SeatLine> = seats.iter().map(|seat| SeatLine::of(seat, current.as_deref())).collect();
    SeatsPage { shell, form, seats: lines, carried: carried.map(Carried::hidden).unwrap_or_default() }
}

/// The picker.
pub(super) async fn show(
    State(app): State<App>,
    Query(ask): Query<Ask>,
    visit: PersonVisit,
) -> Result<Response, AppError> {
    let mut visit = visit.settled()?;
    let seats = store::mine(&mut visit.db, visit.now).await?;
    let form = Filled::default().with("ve", place::or_home(&ask.ve));
    Ok(draw(&app, (&visit, &seats), form, None).into_response())
}

/// Sits down. A form without a choice, such as the step after signing in, draws the picker.
pub(super) async fn choose(State(app): State<App>, caller: Caller, sent: PersonPosted) -> Result<Response, AppError> {
    let PersonPosted { visit, mut form } = sent;
    let mut visit = visit.settled()?;
    let carried = Carried::read(&form);
    let back = place::or_home(form.value("ve")).to_owned();
    match read(form.value("vai")) {
        Some(seat) => match actions::choose_seat(&mut visit.db, caller.key(), seat, visit.now).await {
            Ok(()) => {
                return Ok(carried
                    .map_or_else(|| Redirect::to(&back).into_response(), |carried| signin::resume(&app, &carried)));
            }
            Err(refused) => form = form::with_faults(form, refused)?,
        },
        None if form.has("_chon", "1") => form.fail("vai", words::SEAT_MISSING),
        None => {}
    }
    let seats = store::mine(&mut visit.db, visit.now).await.map_err(Refused::from)?;
    Ok(page::again(form.is_bad(), draw(&app, (&visit, &seats), form, carried.as_ref())))
}

/// "seat" or "seat.delegation", as `Actor::seat_key` writes it.
fn read(key: &str) -> Option<(SeatId, Option<DelegationId>)> {
    match key.split_once('.') {
        Some((seat, delegation)) => Some((seat.parse().ok()?, Some(delegation.parse().ok()?))),
        None => Some((key.parse().ok()?, None)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seat_says_where_it_is() {
        let place = |role, ward, groups| seat_place(role, "thành phố Nha Trang", ward, groups);
        assert_eq!(place(Role::GroupLeader, Some("phường Phước Long"), Some("Tổ 7")), "Tổ 7, phường Phước Long");
        assert_eq!(place(Role::WardChair, Some("phường Phước Long"), None), "phường Phước Long");
        assert_eq!(place(Role::CityChair, None, None), "thành phố Nha Trang");
    }

    #[test]
    fn a_key_names_a_seat_and_perhaps_a_delegation() {
        let id = "018e7a8c-0000-7000-8000-000000000001";
        assert_eq!(read(id).map(|(_, delegation)| delegation.is_some()), Some(false));
        assert_eq!(read(&format!("{id}.{id}")).map(|(_, delegation)| delegation.is_some()), Some(true));
        assert!(read("").is_none() && read("x").is_none() && read(&format!("{id}.")).is_none());
    }
}
