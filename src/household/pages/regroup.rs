//! A household moves to another group of the ward: the ward's act, because two leaders' lists change.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use super::{choices, form_frame, seen};
use crate::access::{Actor, Refused, rules};
use crate::app::App;
use crate::household::model::Household;
use crate::household::store::Group;
use crate::household::{actions, form, store, urls};
use crate::platform::clock::civil;
use crate::platform::id::HouseholdId;
use crate::web::error::AppError;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::page::again;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;

#[derive(Template, WebTemplate)]
#[template(path = "household/move.html")]
struct MovePage {
    shell: Shell,
    form: Filled,
    household: Household,
    groups: Vec<(String, String)>,
}

fn page(app: &App, actor: &Actor, (household, groups): (Household, &[Group]), form: Filled) -> Response {
    let shell = form_frame(app, actor, &household, "Chuyển tổ").failing(form.is_bad());
    let groups = choices(groups);
    again(form.is_bad(), MovePage { shell, form, household, groups })
}

/// The household, and the groups that it does not live in.
async fn read(
    conn: &mut PgConnection,
    actor: &Actor,
    id: HouseholdId,
    now: DateTime<Utc>,
) -> Result<(Household, Vec<Group>), AppError> {
    let household = store::load(conn, id).await?;
    rules::may_move_household(actor, household.clone())?;
    let mut groups = store::groups(conn, household.ward, civil(now)).await?;
    groups.retain(|group| group.id != household.group);
    Ok((household, groups))
}

pub(super) async fn form_page(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<HouseholdId>,
) -> Result<Response, AppError> {
    let Visit { actor, mut db, now } = visit;
    let (household, groups) = read(&mut db, &actor, id, now).await?;
    let form = Filled::default().with("_phien_ban", household.revision.to_string());
    Ok(page(&app, &actor, (household, &groups), form))
}

pub(super) async fn regroup(
    State(app): State<App>,
    Path(id): Path<HouseholdId>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let (household, groups) = read(&mut posted.visit.db, &posted.visit.actor, id, posted.visit.now).await?;
    let seen = seen(&household, &posted)?;
    let (to, from, reason) = match posted.parse(|form| form::moved(form, &groups)) {
        Ok(read) => read,
        Err(form) => return Ok(page(&app, &posted.visit.actor, (household, &groups), form)),
    };
    let Posted { visit: Visit { actor, db, now }, form, .. } = posted;
    let by = actor.clone();
    let work = async move { actions::move_to(db, &by, seen, (to, from, reason.as_deref()), now).await };
    match unstoppable(work).await? {
        Ok(()) => Ok(Redirect::to(&urls::show(id)).into_response()),
        Err(Refused::Invalid(faults)) => Ok(page(&app, &actor, (household, &groups), form.with_faults(faults))),
        Err(refused) => Err(refused.into()),
    }
}
