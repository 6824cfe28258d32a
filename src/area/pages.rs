//! The list of units, one unit, and the forms of its steward.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Router, routing::get};
use chrono::NaiveDate;
use serde::Deserialize;

use super::model::{Close, How, Kind, Rename, Story, Unit};
use super::{actions, form, store, urls};
use crate::access::{Actor, Refused, rules};
use crate::app::App;
use crate::journal;
use crate::journal::told::{Told, told};
use crate::platform::clock::civil;
use crate::platform::id::UnitId;
use crate::web::error::AppError;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::page::{again, capital, shell};
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::web::{filters, icons};
use crate::words::area as words;

/// The pages of units.
pub fn routes() -> Router<App> {
    Router::new()
        .route(urls::LIST, get(list))
        .route(urls::ADD, get(add_form).post(add))
        .route(urls::SHOW, get(show))
        .route(urls::RENAME, get(rename_form).post(rename))
        .route(urls::CLOSE, get(close_form).post(close))
}

/// Units of one kind: those that stand first, then those that ended.
#[derive(Debug)]
struct Section {
    heading: &'static str,
    standing: usize,
    units: Vec<Unit>,
}

fn sections(mut units: Vec<Unit>, today: NaiveDate) -> Vec<Section> {
    units.sort_by_key(|unit| (unit.kind, unit.has_ended(today), unit.ordinal));
    let of_kind = |kind: Kind| units.iter().filter(move |unit| unit.kind == kind).cloned().collect::<Vec<_>>();
    let section = |kind| {
        let units = of_kind(kind);
        let standing = units.iter().filter(|unit| !unit.has_ended(today) && !unit.is_to_come(today)).count();
        Section { heading: words::kind(kind), standing, units }
    };
    Kind::ALL.into_iter().map(section).filter(|section| !section.units.is_empty()).collect()
}

#[derive(Template, WebTemplate)]
#[template(path = "area/list.html")]
struct ListPage {
    shell: Shell,
    place: String,
    sections: Vec<Section>,
    today: NaiveDate,
    can_add: bool,
}

async fn list(State(app): State<App>, visit: Visit) -> Result<ListPage, AppError> {
    let Visit { actor, mut db, now } = visit;
    let units = match actor.ward() {
        Some(ward) => store::of_ward(&mut db, ward).await?,
        None => store::of_city(&mut db, actor.city).await?,
    };
    let today = civil(now);
    Ok(ListPage {
        shell: shell(&app, &actor, "Đơn vị", urls::LIST),
        place: capital(actor.ward_name.as_deref().unwrap_or(&actor.city_name)),
        sections: sections(units, today),
        today,
        can_add: rules::can_administer(&actor).is_ok(),
    })
}

/// `?ngay=5/3/2023`: which name a paper of that day bears.
#[derive(Debug, Default, Deserialize)]
struct Asked {
    ngay: Option<String>,
}

#[derive(Template, WebTemplate)]
#[template(path = "area/show.html")]
struct ShowPage {
    shell: Shell,
    story: Story,
    today: NaiveDate,
    form: Filled,
    named_on: Option<(NaiveDate, String)>,
    can_rename: bool,
    can_close: bool,
    timeline: Vec<Told>,
}

async fn show(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<UnitId>,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    let Visit { actor, mut db, now } = visit;
    let story = store::story(&mut db, id).await?;
    let timeline = told(journal::store::of_unit(&mut db, id).await?, |_| None);
    let mut form = Filled::default().with("ngay", asked.ngay.unwrap_or_default());
    let named_on = form.day_optional("ngay").map(|day| (day, story.name_on(day).to_owned()));
    let page = ShowPage {
        shell: unit_shell(&app, &actor, &story, &story.unit.name).failing(form.is_bad()),
        today: civil(now),
        named_on,
        can_rename: rules::can_rename_unit(&actor, &story.unit).is_ok(),
        can_close: rules::can_close_unit(&actor, &story.unit).is_ok(),
        story,
        form,
        timeline,
    };
    Ok(again(page.form.is_bad(), page))
}

/// The frame of a page about one unit, with the way to it.
fn unit_shell(app: &App, actor: &Actor, story: &Story, title: &str) -> Shell {
    let frame = shell(app, actor, title, urls::LIST).crumb("Đơn vị", urls::LIST);
    if title == story.unit.name {
        frame.here(title)
    } else {
        frame.crumb(&story.unit.name, urls::show(story.unit.id)).here(title)
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "area/add.html")]
struct AddPage {
    shell: Shell,
    form: Filled,
    kinds: Vec<(&'static str, &'static str)>,
    ways: Vec<(&'static str, &'static str)>,
}

fn add_page(app: &App, actor: &Actor, form: Filled) -> Response {
    let kinds = Kind::ALL.into_iter().filter(|kind| rules::can_add_unit(actor, *kind).is_ok());
    let page = AddPage {
        shell: shell(app, actor, "Thêm đơn vị", urls::LIST)
            .crumb("Đơn vị", urls::LIST)
            .here("Thêm đơn vị")
            .failing(form.is_bad()),
        kinds: kinds.map(|kind| (kind.as_str(), words::kind_choice(kind))).collect(),
        ways: How::ALL.into_iter().map(|how| (how.as_str(), words::how_choice(how))).collect(),
        form,
    };
    again(page.form.is_bad(), page)
}

async fn add_form(State(app): State<App>, visit: Visit) -> Result<Response, AppError> {
    rules::can_administer(&visit.actor)?;
    Ok(add_page(&app, &visit.actor, Filled::default()))
}

async fn add(State(app): State<App>, posted: Posted) -> Result<Response, AppError> {
    rules::can_administer(&posted.visit.actor)?;
    let new = match posted.parse(form::new_unit) {
        Ok(new) => new,
        Err(form) => return Ok(add_page(&app, &posted.visit.actor, form)),
    };
    let Posted { visit: Visit { actor, db, now }, form, .. } = posted;
    let (rulesets, by) = (app.rulesets.clone(), actor.clone());
    match unstoppable(async move { actions::add(db, &rulesets, &by, &new, now).await }).await? {
        Ok(id) => Ok(Redirect::to(&urls::show(id)).into_response()),
        Err(Refused::Invalid(faults)) => Ok(add_page(&app, &actor, form.with_faults(faults))),
        Err(refused) => Err(refused.into()),
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "area/rename.html")]
struct RenamePage {
    shell: Shell,
    story: Story,
    revision: i32,
    form: Filled,
}

fn rename_page(app: &App, actor: &Actor, story: Story, (form, revision): (Filled, i32)) -> Response {
    let shell = unit_shell(app, actor, &story, "Đổi tên").failing(form.is_bad());
    again(form.is_bad(), RenamePage { shell, story, revision, form })
}

async fn rename_form(State(app): State<App>, visit: Visit, Path(id): Path<UnitId>) -> Result<Response, AppError> {
    let Visit { actor, mut db, .. } = visit;
    let story = store::story(&mut db, id).await?;
    rules::can_rename_unit(&actor, &story.unit)?;
    let drawn = (form::of_names(&story), story.unit.revision);
    Ok(rename_page(&app, &actor, story, drawn))
}

async fn rename(State(app): State<App>, Path(id): Path<UnitId>, mut posted: Posted) -> Result<Response, AppError> {
    let revision = posted.version()?;
    let story = store::story(&mut posted.visit.db, id).await?;
    rules::can_rename_unit(&posted.visit.actor, &story.unit)?;
    let to: Rename = match posted.parse(form::rename) {
        Ok(to) => to,
        Err(form) => return Ok(rename_page(&app, &posted.visit.actor, story, (form, revision))),
    };
    let Posted { visit: Visit { actor, db, now }, form, .. } = posted;
    let by = actor.clone();
    match unstoppable(async move { actions::rename(db, &by, (id, revision), &to, now).await }).await? {
        Ok(()) => Ok(Redirect::to(&urls::show(id)).into_response()),
        Err(Refused::Invalid(faults)) => Ok(rename_page(&app, &actor, story, (form.with_faults(faults), revision))),
        Err(refused) => Err(refused.into()),
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "area/close.html")]
struct ClosePage {
    shell: Shell,
    story: Story,
    revision: i32,
    form: Filled,
}

fn close_page(app: &App, actor: &Actor, story: Story, (form, revision): (Filled, i32)) -> Response {
    let shell = unit_shell(app, actor, &story, "Ghi ngày kết thúc").failing(form.is_bad());
    again(form.is_bad(), ClosePage { shell, story, revision, form })
}

async fn close_form(State(app): State<App>, visit: Visit, Path(id): Path<UnitId>) -> Result<Response, AppError> {
    let Visit { actor, mut db, .. } = visit;
    let story = store::story(&mut db, id).await?;
    rules::can_close_unit(&actor, &story.unit)?;
    let drawn = (Filled::default(), story.unit.revision);
    Ok(close_page(&app, &actor, story, drawn))
}

async fn close(State(app): State<App>, Path(id): Path<UnitId>, mut posted: Posted) -> Result<Response, AppError> {
    let revision = posted.version()?;
    let story = store::story(&mut posted.visit.db, id).await?;
    rules::can_close_unit(&posted.visit.actor, &story.unit)?;
    let to: Close = match posted.parse(form::close) {
        Ok(to) => to,
        Err(form) => return Ok(close_page(&app, &posted.visit.actor, story, (form, revision))),
    };
    let Posted { visit: Visit { actor, db, now }, form, .. } = posted;
    let by = actor.clone();
    match unstoppable(async move { actions::close(db, &by, (id, revision), &to, now).await }).await? {
        Ok(()) => Ok(Redirect::to(&urls::show(id)).into_response()),
        Err(Refused::Invalid(faults)) => Ok(close_page(&app, &actor, story, (form.with_faults(faults), revision))),
        Err(refused) => Err(refused.into()),
    }
}
