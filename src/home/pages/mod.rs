//! The start pages.

mod city;
mod leader;
mod more;
mod ward;

use askama::Template;
use askama_web::WebTemplate;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Deserialize;

use super::model::Row;
use super::urls;
use crate::access::{Role, rules};
use crate::app::App;
use crate::dossier::model::Status;
use crate::web::error::AppError;
use crate::web::page;
use crate::web::session::Visit;
use crate::web::shell::Shell;
use crate::words::dossier::{self as words, Tag};

/// The route of the start page.
pub fn routes() -> Router<App> {
    Router::new().route(urls::HOME, get(home)).route(urls::MORE, get(more::page))
}

/// What the start page can be asked.
#[derive(Debug, Default, Deserialize)]
struct Asked {
    /// "dang-ky" or "de-nghi".
    xem: Option<String>,
}

/// The start page of the seat at hand.
async fn home(State(app): State<App>, visit: Visit, Query(asked): Query<Asked>) -> Result<Response, AppError> {
    match visit.actor.role() {
        Role::GroupLeader => leader::page(&app, visit).await,
        Role::AreaOfficer | Role::WardOfficer | Role::CommitteeMember | Role::WardChair => {
            ward::page(&app, visit, &asked).await
        }
        Role::CityOfficer | Role::CityChair => city::page(&app, visit).await,
        Role::StewardWard | Role::StewardCity => Ok(steward(&app, &visit).into_response()),
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "home/steward.html")]
struct StewardPage {
    shell: Shell,
    place: String,
    /// A ward's steward reads who looked at personal data.
    reads_log: bool,
}

fn steward(app: &App, visit: &Visit) -> StewardPage {
    let place = visit.actor.ward_name.clone().unwrap_or_else(|| visit.actor.city_name.clone());
    let reads_log = rules::can_read_access_log(&visit.actor).is_ok();
    StewardPage { shell: page::shell(app, &visit.actor, "Quản trị", urls::HOME), place, reads_log }
}

fn row_tag(row: &Row) -> Tag {
    if row.status == Status::Submitted && row.attempt > 1 {
        Tag { word: "Đã nộp lại", icon: "refresh-cw", tone: "info" }
    } else {
        words::status(row.status)
    }
}
