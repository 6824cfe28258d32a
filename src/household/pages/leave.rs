//! A household does not live here any more; and it does, when that was written by mistake.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::{form_frame, seen};
use crate::access::{Actor, Refused, rules};
use crate::app::App;
use crate::household::model::{End, Household};
use crate::household::{actions, form, store, urls};
use crate::platform::id::HouseholdId;
use crate::web::error::AppError;
use crate::web::filters;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::page::again;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::words::household as words;

#[derive(Template, WebTemplate)]
#[template(path = "household/end.html")]
struct EndPage {
    shell: Shell,
    form: Filled,
    household: Household,
    ways: Vec<(&'static str, &'static str)>,
}

fn end_page(app: &App, actor: &Actor, household: Household, form: Filled) -> Response {
    let shell = form_frame(app, actor, &household, "Hộ không còn ở đây").failing(form.is_bad());
    let ways = End::ALL.iter().map(|end| (end.as_str(), words::end(*end))).collect();
    again(form.is_bad(), EndPage { shell, form, household, ways })
}

pub(super) async fn end_form(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<HouseholdId>,
) -> Result<Response, AppError> {
    let Visit { actor, mut db, .. } = visit;
    let household = store::load(&mut db, id).await?;
    rules::may_keep_household(&actor, household.clone())?;
    let form = Filled::default().with("_phien_ban", household.revision.to_string());
    Ok(end_page(&app, &actor, household, form))
}

pub(super) async fn end(
    State(app): State<App>,
    Path(id): Path<HouseholdId>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let household = store::load(&mut posted.visit.db, id).await?;
    rules::may_keep_household(&posted.visit.actor, household.clone())?;
    let seen = seen(&household, &posted)?;
    let (how, last, reason) = match posted.parse(form::ended) {
        Ok(read) => read,
        Err(form) => return Ok(end_page(&app, &posted.visit.actor, household, form)),
    };
    let Posted { visit: Visit { actor, db, now }, form, .. } = posted;
    let by = actor.clone();
    let work = async move { actions::end(db, &by, seen, (how, last, reason.as_deref()), now).await };
    match unstoppable(work).await? {
        Ok(()) => Ok(Redirect::to(&urls::show(id)).into_response()),
        Err(Refused::Invalid(faults)) => Ok(end_page(&app, &actor, household, form.with_faults(faults))),
        Err(refused) => Err(refused.into()),
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "household/resume.html")]
struct ResumePage {
    shell: Shell,
    form: Filled,
    household: Household,
}

fn resume_page(app: &App, actor: &Actor, household: Household, form: Filled) -> Response {
    let shell = form_frame(app, actor, &household, "Mở lại hộ").failing(form.is_bad());
    again(form.is_bad(), ResumePage { shell, form, household })
}

pub(super) async fn resume_form(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<HouseholdId>,
) -> Result<Response, AppError> {
    let Visit { actor, mut db, .. } = visit;
    let household = store::load(&mut db, id).await?;
    rules::may_resume_household(&actor, household.clone())?;
    let form = Filled::default().with("_phien_ban", household.revision.to_string());
    Ok(resume_page(&app, &actor, household, form))
}

pub(super) async fn resume(
    State(app): State<App>,
    Path(id): Path<HouseholdId>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let household = store::load(&mut posted.visit.db, id).await?;
    rules::may_resume_household(&posted.visit.actor, household.clone())?;
    let seen = seen(&household, &posted)?;
    let reason = match posted.parse(form::resumed) {
        Ok(reason) => reason,
        Err(form) => return Ok(resume_page(&app, &posted.visit.actor, household, form)),
    };
    let Visit { actor, db, now } = posted.visit;
    unstoppable(async move { actions::resume(db, &actor, seen, &reason, now).await }).await??;
    Ok(Redirect::to(&urls::show(id)).into_response())
}
