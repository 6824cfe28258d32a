//! One household becomes two, and two become one.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::{form_frame, seen};
use crate::access::{Actor, Refused, rules};
use crate::app::App;
use crate::household::model::{Household, Status};
use crate::household::{actions, form, store, urls};
use crate::platform::clock::civil;
use crate::platform::id::HouseholdId;
use crate::web::error::AppError;
use crate::web::filters::dates;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::page::again;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::words::household as words;

#[derive(Template, WebTemplate)]
#[template(path = "household/split.html")]
struct SplitPage {
    shell: Shell,
    form: Filled,
    household: Household,
}

fn split_page(app: &App, actor: &Actor, household: Household, form: Filled) -> Response {
    let shell = form_frame(app, actor, &household, "Tách hộ").failing(form.is_bad());
    again(form.is_bad(), SplitPage { shell, form, household })
}

pub(super) async fn split_form(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<HouseholdId>,
) -> Result<Response, AppError> {
    let Visit { actor, mut db, now } = visit;
    let household = store::load(&mut db, id).await?;
    rules::may_keep_household(&actor, household.clone())?;
    let form = form::of_address(&household.facts.address)
        .with("tu-ngay", dates::day(civil(now)))
        .with("_phien_ban", household.revision.to_string());
    Ok(split_page(&app, &actor, household, form))
}

pub(super) async fn split(
    State(app): State<App>,
    Path(id): Path<HouseholdId>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let household = store::load(&mut posted.visit.db, id).await?;
    rules::may_keep_household(&posted.visit.actor, household.clone())?;
    let seen = seen(&household, &posted)?;
    let (facts, since) = match posted.parse(form::split) {
        Ok(read) => read,
        Err(form) => return Ok(split_page(&app, &posted.visit.actor, household, form)),
    };
    let Posted { visit: Visit { actor, db, now }, form, .. } = posted;
    let by = actor.clone();
    match unstoppable(async move { actions::split(db, &by, seen, (&facts, since), now).await }).await? {
        Ok(new) => Ok(Redirect::to(&urls::show(new)).into_response()),
        Err(Refused::Invalid(faults)) => Ok(split_page(&app, &actor, household, form.with_faults(faults))),
        Err(refused) => Err(refused.into()),
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "household/merge.html")]
struct MergePage {
    shell: Shell,
    form: Filled,
    household: Household,
}

fn merge_page(app: &App, actor: &Actor, household: Household, form: Filled) -> Response {
    let shell = form_frame(app, actor, &household, "Nhập vào hộ khác").failing(form.is_bad());
    again(form.is_bad(), MergePage { shell, form, household })
}

pub(super) async fn merge_form(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<HouseholdId>,
) -> Result<Response, AppError> {
    let Visit { actor, mut db, .. } = visit;
    let household = store::load(&mut db, id).await?;
    rules::may_keep_household(&actor, household.clone())?;
    let form = Filled::default().with("_phien_ban", household.revision.to_string());
    Ok(merge_page(&app, &actor, household, form))
}

pub(super) async fn merge(
    State(app): State<App>,
    Path(id): Path<HouseholdId>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let household = store::load(&mut posted.visit.db, id).await?;
    rules::may_keep_household(&posted.visit.actor, household.clone())?;
    let seen = seen(&household, &posted)?;
    let (code, last) = match posted.parse(|form| form::merged(form, &household.code)) {
        Ok(read) => read,
        Err(form) => return Ok(merge_page(&app, &posted.visit.actor, household, form)),
    };
    let Posted { visit: Visit { actor, mut db, now }, form, .. } = posted;
    let into = match store::by_code(&mut db, household.ward, &code).await? {
        Some((into, Status::Resident)) => into,
        found => {
            let said = if found.is_some() { words::INTO_ENDED } else { words::INTO_UNKNOWN };
            return Ok(merge_page(&app, &actor, household, form.with_faults(vec![("vao-ho", said.to_owned())])));
        }
    };
    let by = actor.clone();
    match unstoppable(async move { actions::merge(db, &by, seen, (into, last), now).await }).await? {
        Ok(()) => Ok(Redirect::to(&urls::show(into)).into_response()),
        Err(Refused::Invalid(faults)) => Ok(merge_page(&app, &actor, household, form.with_faults(faults))),
        Err(refused) => Err(refused.into()),
    }
}
