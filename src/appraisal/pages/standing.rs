//! A city's forecast: where every group of every ward stands by what can be computed.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Redirect, Response};

use crate::access::rules;
use crate::app::App;
use crate::appraisal::store::{self, Forecast};
use crate::appraisal::{actions, urls};
use crate::home;
use crate::platform::jobs::{self, Progress};
use crate::web::error::AppError;
use crate::web::filters::{self, numbers};
use crate::web::flights::unstoppable;
use crate::web::page;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::words::dossier::{self as tags, Tag};

/// A ward of the table.
struct Line {
    ward: Forecast,
    own: Tag,
    share: String,
}

#[derive(Template, WebTemplate)]
#[template(path = "appraisal/standing.html")]
struct StandingPage {
    shell: Shell,
    lines: Vec<Line>,
    progress: Option<Progress>,
}

/// The forecast, and how far a job has come.
pub(super) async fn show(State(app): State<App>, mut visit: Visit) -> Result<Response, AppError> {
    rules::can_compute_city(&visit.actor)?;
    let city = visit.actor.city;
    let wards = store::forecasts(&mut visit.db, city).await?;
    let progress = jobs::store::progress(&mut visit.db, city.uuid()).await?;
    let progress = progress.filter(|it| matches!(it.state.as_str(), "waiting" | "running"));
    let waits = progress.is_some();
    let shell = page::shell(&app, &visit.actor, "Dự kiến của các phường", home::urls::HOME);
    let page = StandingPage {
        shell: shell.crumb("Phường, xã", home::urls::HOME).here("Dự kiến"),
        lines: wards.into_iter().map(line).collect(),
        progress,
    };
    let mut response = page.into_response();
    if waits {
        response.headers_mut().insert(HeaderName::from_static("refresh"), HeaderValue::from_static("2"));
    }
    Ok(response)
}

fn line(ward: Forecast) -> Line {
    let all = ward.met + ward.not_met + ward.open;
    let own = ward.own.as_deref().and_then(|word| word.parse().ok());
    Line { own: own.map_or(tags::NOT_JUDGED, tags::finding), share: numbers::share(ward.met, all, "tổ"), ward }
}

/// Has everything computed anew.
pub(super) async fn ask(State(app): State<App>, posted: Posted) -> Result<Redirect, AppError> {
    rules::can_compute_city(&posted.visit.actor)?;
    if !posted.redraw {
        let Visit { actor, db, now } = posted.visit;
        unstoppable(async move { actions::ask_standing(db, &app.bell, &actor, now).await }).await??;
    }
    Ok(Redirect::to(urls::STANDING))
}
