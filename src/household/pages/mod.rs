//! The pages of the register: lists, one household, and the forms that change it.

mod asked;
mod change;
mod export;
mod kin;
mod leave;
mod list;
mod overview;
mod regroup;
mod show;

use axum::{Router, routing::get};
use chrono::NaiveDate;
use sqlx::PgConnection;

use super::actions::Seen;
use super::model::Household;
use super::store::{self, Group};
use super::urls;
use crate::access::{Actor, rules};
use crate::app::App;
use crate::web::error::AppError;
use crate::web::page;
use crate::web::session::Posted;
use crate::web::shell::Shell;

/// The pages of the register.
pub fn routes() -> Router<App> {
    Router::new()
        .route(urls::LIST, get(list::list))
        .route(urls::ADD, get(change::add_form).post(change::add))
        .route(urls::EXPORT_XLSX, get(export::xlsx))
        .route(urls::EXPORT_CSV, get(export::csv))
        .route(urls::TEMPLATE, get(export::template))
        .route(urls::SHOW, get(show::show))
        .route(urls::EDIT, get(change::edit_form).post(change::edit))
        .route(urls::END, get(leave::end_form).post(leave::end))
        .route(urls::RESUME, get(leave::resume_form).post(leave::resume))
        .route(urls::SPLIT, get(kin::split_form).post(kin::split))
        .route(urls::MERGE, get(kin::merge_form).post(kin::merge))
        .route(urls::MOVE, get(regroup::form_page).post(regroup::regroup))
}

/// The frame of a page of the register.
fn frame(app: &App, actor: &Actor, title: &str) -> Shell {
    page::shell(app, actor, title, urls::LIST).crumb("Hộ dân", urls::LIST)
}

/// The frame of a form about a household, with the way to it.
fn form_frame(app: &App, actor: &Actor, household: &Household, title: &str) -> Shell {
    let name = if household.is_anonymous() { &household.code } else { &household.facts.head };
    frame(app, actor, title).crumb(name, urls::show(household.id)).here(title)
}

/// The groups of the seat's ward in which it may write.
///
/// # Errors
/// A rule, when there is none.
async fn own_groups(conn: &mut PgConnection, actor: &Actor, today: NaiveDate) -> Result<Vec<Group>, AppError> {
    rules::can_see_register(actor)?;
    let ward = actor.ward().ok_or(AppError::NotFound)?;
    let all = store::groups(conn, ward, today).await?;
    let refusal = all.iter().find_map(|group| rules::can_keep_register(actor, group.id).err());
    let own: Vec<Group> = all.into_iter().filter(|group| rules::can_keep_register(actor, group.id).is_ok()).collect();
    match refusal {
        Some(denial) if own.is_empty() => Err(denial.into()),
        _ => Ok(own),
    }
}

/// Groups as choices of a form.
fn choices(groups: &[Group]) -> Vec<(String, String)> {
    groups.iter().map(|group| (group.code.clone(), group.name.clone())).collect()
}

/// The household as the form saw it.
fn seen(household: &Household, posted: &Posted) -> Result<Seen, AppError> {
    Ok(Seen { id: household.id, revision: posted.version()? })
}
