//! A new household, and other facts of one.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::{choices, form_frame, frame, own_groups, seen};
use crate::access::{Actor, Refused, rules};
use crate::app::App;
use crate::household::model::{Facts, Household};
use crate::household::store::{Alike, Group};
use crate::household::{actions, form, store, urls};
use crate::platform::clock::civil;
use crate::platform::id::HouseholdId;
use crate::privacy;
use crate::privacy::model::{Look, What};
use crate::web::error::AppError;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::page::again;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::words::household as words;

/// `?to=07`: the group of the list one comes from.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    to: String,
}

#[derive(Template, WebTemplate)]
#[template(path = "household/add.html")]
struct AddPage {
    shell: Shell,
    form: Filled,
    groups: Vec<(String, String)>,
    /// Households that may be the same.
    alike: Vec<Alike>,
    back: String,
}

fn add_page(app: &App, actor: &Actor, groups: &[Group], (form, alike): (Filled, Vec<Alike>)) -> Response {
    let page = AddPage {
        shell: frame(app, actor, "Thêm hộ").here("Thêm hộ").failing(form.is_bad()),
        groups: choices(groups),
        alike,
        back: urls::LIST.to_owned(),
        form,
    };
    again(page.form.is_bad(), page)
}

pub(super) async fn add_form(
    State(app): State<App>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    let Visit { actor, mut db, now } = visit;
    let groups = own_groups(&mut db, &actor, civil(now)).await?;
    let group = if groups.len() == 1 { &groups[0].code } else { &asked.to };
    let form = form::empty(group, civil(now));
    Ok(add_page(&app, &actor, &groups, (form, vec![])))
}

/// Writes it, or first shows the households of the group that may be the same.
pub(super) async fn add(State(app): State<App>, mut posted: Posted) -> Result<Response, AppError> {
    let today = civil(posted.visit.now);
    let groups = own_groups(&mut posted.visit.db, &posted.visit.actor, today).await?;
    let new = match posted.parse(|form| form::added(form, &groups)) {
        Ok(new) => new,
        Err(form) => return Ok(add_page(&app, &posted.visit.actor, &groups, (form, vec![]))),
    };
    let Posted { visit: Visit { actor, mut db, now }, form, .. } = posted;
    if !form.has("van-them", "co") {
        let ward = actor.ward().ok_or(AppError::NotFound)?;
        let alike = store::alike(&mut db, (ward, new.group), &new.facts).await?;
        if !alike.is_empty() {
            let look = Look { what: What::Search, group: Some(new.group), household: None, rows: alike.len() };
            privacy::store::log(&mut db, &actor, look, now).await?;
            return Ok(add_page(&app, &actor, &groups, (form, alike)));
        }
    }
    let by = actor.clone();
    let work = async move { actions::add(db, &by, (new.group, new.since), &new.facts, now).await };
    match unstoppable(work).await? {
        Ok(id) => Ok(Redirect::to(&urls::show(id)).into_response()),
        Err(Refused::Invalid(faults)) => Ok(add_page(&app, &actor, &groups, (form.with_faults(faults), vec![]))),
        Err(refused) => Err(refused.into()),
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "household/edit.html")]
struct EditPage {
    shell: Shell,
    form: Filled,
    household: Household,
    /// What is typed, and what somebody else saved meanwhile.
    versus: Option<(String, String)>,
}

fn edit_page(app: &App, actor: &Actor, household: Household, form: Filled) -> EditPage {
    let shell = form_frame(app, actor, &household, "Sửa thông tin hộ").failing(form.is_bad());
    EditPage { shell, form, household, versus: None }
}

pub(super) async fn edit_form(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<HouseholdId>,
) -> Result<Response, AppError> {
    let Visit { actor, mut db, .. } = visit;
    let household = store::load(&mut db, id).await?;
    rules::may_keep_household(&actor, household.clone())?;
    let form = form::of_facts(&household.facts).with("_phien_ban", household.revision.to_string());
    Ok(edit_page(&app, &actor, household, form).into_response())
}

pub(super) async fn edit(
    State(app): State<App>,
    Path(id): Path<HouseholdId>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let household = store::load(&mut posted.visit.db, id).await?;
    rules::may_keep_household(&posted.visit.actor, household.clone())?;
    let seen = seen(&household, &posted)?;
    let (facts, reason) = match posted.parse(form::changed) {
        Ok(read) => read,
        Err(form) => {
            let page = edit_page(&app, &posted.visit.actor, household, form);
            return Ok(again(page.form.is_bad(), page));
        }
    };
    let Posted { visit: Visit { actor, db, now }, form, .. } = posted;
    let (by, to) = (actor.clone(), facts.clone());
    let work = async move { actions::edit(db, &by, seen, (&to, reason.as_deref()), now).await };
    match unstoppable(work).await? {
        Ok(()) => Ok(Redirect::to(&urls::show(id)).into_response()),
        Err(Refused::Stale) => Ok(side_by_side(&app, &actor, household, (&facts, form))),
        Err(refused) => Err(refused.into()),
    }
}

/// Both versions; sending again puts the typed one in the place of the other.
fn side_by_side(app: &App, actor: &Actor, theirs: Household, (mine, typed): (&Facts, Filled)) -> Response {
    let form = typed.replaced("_phien_ban", theirs.revision.to_string());
    let versus = Some((words::plain(mine), words::plain(&theirs.facts)));
    (StatusCode::CONFLICT, EditPage { versus, ..edit_page(app, actor, theirs, form) }).into_response()
}
