//! What can be taken away, and what was asked for in the last days.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::frame;
use crate::access::{Actor, Refused, Seat, rules};
use crate::app::App;
use crate::bundle::form::wish;
use crate::bundle::model::{Bundle, Kind, Year};
use crate::bundle::{actions, store, urls};
use crate::platform::id::UnitId;
use crate::web::error::AppError;
use crate::web::filters;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::page::{again, capital};
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::words::bundle as words;

/// A kind that this seat may have made.
struct Offer {
    kind: Kind,
    action: String,
    /// Groups to pick from: id and name. Empty where nothing is to be picked.
    groups: Vec<(String, String)>,
    /// May be of all groups at once.
    whole: bool,
    /// How sheets look, and of whom.
    sheets: bool,
    /// The fields of the form that was sent back.
    form: Filled,
}

impl Offer {
    /// The summary of errors leads to "to"; the other forms of the page have ids of their own.
    fn to_id(&self) -> String {
        if self.form.is_bad() { "to".to_owned() } else { format!("to-{}", self.kind.as_str()) }
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "bundle/list.html")]
struct ListPage {
    shell: Shell,
    unit: String,
    year: i32,
    offers: Vec<Offer>,
    bundles: Vec<Bundle>,
}

/// `?phuong=` and `?nam=` a ward and year.
#[derive(Debug, Default, Clone, Copy, Deserialize)]
pub(super) struct Of {
    phuong: Option<UnitId>,
    nam: Option<i32>,
}

/// The groups of the seat among those of the year.
fn groups_of(actor: &Actor, year: &Year) -> Vec<(UnitId, String)> {
    let own = |id: UnitId| match &actor.seat {
        Seat::GroupLeader { group, .. } => *group == id,
        Seat::AreaOfficer { groups, .. } => groups.contains(&id),
        _ => true,
    };
    year.groups.iter().filter(|it| own(it.id)).map(|it| (it.id, capital(&it.name))).collect()
}

fn offers(actor: &Actor, year: &Year, failed: Option<&(Kind, Filled)>) -> Vec<Offer> {
    let groups = groups_of(actor, year);
    let offer = |kind: Kind| {
        let whole = rules::can_make_bundle(actor, kind, None).is_ok();
        let one = |group: &UnitId| kind.of_a_group() && rules::can_make_bundle(actor, kind, Some(*group)).is_ok();
        let groups: Vec<(String, String)> =
            groups.iter().filter(|(id, _)| one(id)).map(|(id, name)| (id.to_string(), name.clone())).collect();
        (whole || !groups.is_empty()).then(|| Offer {
            kind,
            action: urls::make(kind, year.place.ward, year.year),
            groups,
            whole,
            sheets: kind == Kind::Sheets,
            form: failed.filter(|(of, _)| *of == kind).map(|(_, form)| form.clone()).unwrap_or_default(),
        })
    };
    Kind::ALL.iter().copied().filter_map(offer).collect()
}

async fn draw(app: &App, visit: Visit, year: Year, failed: Option<(Kind, Filled)>) -> Result<Response, AppError> {
    let Visit { actor, mut db, now } = visit;
    let bundles = store::list(&mut db, (year.place.ward, year.cycle), now).await?;
    let unit = capital(&year.names.ward);
    let is_bad = failed.as_ref().is_some_and(|(_, form)| form.is_bad());
    let mut shell = frame(app, &actor, "Tải hồ sơ ra tệp").failing(is_bad);
    shell.year = Some(year.year);
    let shell = match actor.role().is_city() {
        true => {
            let package = crate::recognition::urls::package(year.place.ward, year.year);
            shell.crumb("Phường, xã", crate::home::urls::HOME).crumb(unit.clone(), package).here("Tải ra tệp")
        }
        false => shell.here("Tải ra tệp"),
    };
    let page = ListPage { shell, unit, year: year.year, offers: offers(&actor, &year, failed.as_ref()), bundles };
    Ok(again(is_bad, page))
}

/// The list.
pub(super) async fn page(State(app): State<App>, Query(of): Query<Of>, mut visit: Visit) -> Result<Response, AppError> {
    rules::can_see_bundles(&visit.actor)?;
    let own = visit.actor.ward().zip(visit.actor.year);
    let asked = of.phuong.zip(of.nam);
    let (ward, year) = asked.or(own).ok_or(AppError::NotFound)?;
    let year = store::year(&mut visit.db, ward, year).await?;
    sees(&visit.actor, &year)?;
    draw(&app, visit, year, None).await
}

/// A city sees the years of which something was sent to it.
fn sees(actor: &Actor, year: &Year) -> Result<(), Refused> {
    let is_own = actor.ward().is_some_and(|ward| ward == year.place.ward);
    if is_own || (actor.role().is_city() && year.sent) { Ok(()) } else { Err(Refused::NotFound) }
}

/// Has one made, and goes to where it can be waited for.
pub(super) async fn make(
    State(app): State<App>,
    Path((kind, ward, year)): Path<(String, UnitId, i32)>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let kind: Kind = kind.parse().map_err(|_| AppError::NotFound)?;
    rules::can_see_bundles(&posted.visit.actor)?;
    let year = store::year(&mut posted.visit.db, ward, year).await?;
    sees(&posted.visit.actor, &year)?;
    let groups: Vec<UnitId> = groups_of(&posted.visit.actor, &year).into_iter().map(|(id, _)| id).collect();
    let wish = match posted.parse(|form| wish(form, &groups)) {
        Ok(wish) => wish,
        Err(form) => return draw(&app, posted.visit, year, Some((kind, form))).await,
    };
    let order = actions::order(kind, &year, wish);
    let Visit { actor, db, now } = posted.visit;
    let leads_to = app.settings.public_url.clone();
    let work = async move { actions::ask(db, (&app.bell, &leads_to), &actor, (order, year.sent), now).await };
    Ok(Redirect::to(&urls::show(unstoppable(work).await??)).into_response())
}
