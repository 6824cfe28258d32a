//! Pages of meetings.

mod close;
mod item;
mod list;
mod opinions;
mod plan;
mod result;
mod screen;
mod show;

use axum::Router;
use axum::routing::{get, post};

use super::urls;
use crate::access::{Actor, rules};
use crate::app::App;
use crate::meeting::actions::{self, Gathered};
use crate::meeting::model::{Conclusion, Item, Paper, Risk};
use crate::platform::id::MeetingId;
use crate::web::error::AppError;
use crate::web::page;
use crate::web::session::Visit;
use crate::web::shell::Shell;

/// The routes of meetings.
pub fn routes() -> Router<App> {
    Router::new()
        .route(urls::LIST, get(list::page))
        .route(urls::PLAN, get(plan::ask).post(plan::save))
        .route(urls::SHOW, get(show::page))
        .route(urls::CHANGE, get(plan::ask_change).post(plan::save_change))
        .route(urls::ROLL, post(show::roll))
        .route(urls::TAKE_IN, post(show::take_in))
        .route(urls::AGREE, post(show::agree))
        .route(urls::ITEM, get(item::ask).post(item::save))
        .route(urls::OPINIONS, get(opinions::ask).post(opinions::save))
        .route(urls::CLOSE, get(close::ask).post(close::save))
        .route(urls::SCREEN, get(screen::page))
        .route(urls::RESULT, get(result::page))
}

/// The frame of a page of this room.
fn frame(app: &App, actor: &Actor, title: &str) -> Shell {
    page::shell(app, actor, title, urls::LIST).crumb("Họp", urls::LIST)
}

/// The frame of a page under one meeting.
fn frame_of(app: &App, actor: &Actor, gathered: &Gathered, title: &str) -> Shell {
    let meeting = &gathered.whole.meeting;
    frame(app, actor, &format!("{title}: {}", meeting.title)).crumb("Cuộc họp", urls::show(meeting.id)).here(title)
}

/// A meeting for those who may look.
async fn visited(app: &App, visit: &mut Visit, id: MeetingId) -> Result<Gathered, AppError> {
    rules::can_see_meetings(&visit.actor)?;
    Ok(actions::gather(&mut visit.db, &app.rulesets, id).await?)
}

/// What is put to the vote on a dossier: of a group that it asks, of the committee what the appraisal found.
fn motion(gathered: &Gathered, (paper, risk): &(Paper, Risk)) -> Conclusion {
    if gathered.whole.meeting.is_of_committee() { paper.proposal(risk) } else { Conclusion::Recommend }
}

/// The turns of a meeting, each with its dossier; one that is out of sight is left out.
fn turns(gathered: &Gathered) -> impl Iterator<Item = (&Item, &(Paper, Risk))> {
    gathered.whole.items.iter().filter_map(|item| Some((item, gathered.paper(item.dossier)?)))
}
