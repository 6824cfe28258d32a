//! What everybody in the room sees: large, read only, no way to anywhere else. It looks again by itself, without script.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};

use super::{motion, turns, visited};
use crate::app::App;
use crate::meeting::actions::Gathered;
use crate::meeting::model::{self, Item, Paper, Risk, Votes};
use crate::platform::id::MeetingId;
use crate::web::error::AppError;
use crate::web::page::capital;
use crate::web::session::Visit;
use crate::words::dossier::Tag;
use crate::words::meeting as words;

/// After how many seconds the page looks again.
const AGAIN: HeaderValue = HeaderValue::from_static("3");

/// A dossier in large letters.
struct Turn {
    name: String,
    said: Vec<String>,
    motion: &'static str,
    votes: Option<Votes>,
    tag: Option<Tag>,
}

#[derive(Template, WebTemplate)]
#[template(path = "meeting/screen.html")]
struct ScreenPage {
    title: String,
    tag: Tag,
    turnout: String,
    quorum: Option<String>,
    concluded: usize,
    total: usize,
    /// What is on now.
    now: Option<Turn>,
    /// What was voted on last.
    last: Option<Turn>,
    recommended: usize,
    declined: usize,
    postponed: usize,
    is_planned: bool,
}

fn turn(gathered: &Gathered, (item, of): (&Item, &(Paper, Risk))) -> Turn {
    let of_committee = gathered.whole.meeting.is_of_committee();
    let said = words::risk(&of.1).iter().map(|said| capital(said)).collect();
    Turn {
        name: capital(&of.0.name),
        said: if of_committee { said } else { vec![] },
        motion: words::motion(item.vote.map_or_else(|| motion(gathered, of), |(put, _)| put)),
        votes: item.vote.map(|(_, votes)| votes),
        tag: item.conclusion.map(words::conclusion),
    }
}

/// The page.
pub(super) async fn page(
    State(app): State<App>,
    Path(id): Path<MeetingId>,
    mut visit: Visit,
) -> Result<Response, AppError> {
    let gathered = visited(&app, &mut visit, id).await?;
    let whole = &gathered.whole;
    let voted = turns(&gathered).filter(|(item, _)| item.vote.is_some());
    let last = voted.max_by_key(|(item, _)| (item.updated.as_ref().map(|(at, _)| *at), item.ordinal));
    let next = turns(&gathered).find(|(item, _)| item.conclusion.is_none());
    let state = whole.meeting.state();
    let page = ScreenPage {
        title: whole.meeting.title.clone(),
        tag: words::state(state),
        turnout: words::turnout(whole.quorum(), whole.meeting.ballot),
        quorum: words::quorum(whole.quorum()),
        concluded: whole.concluded(),
        total: whole.items.len(),
        now: next.map(|it| turn(&gathered, it)),
        last: last.map(|it| turn(&gathered, it)),
        recommended: whole.tally(model::Conclusion::Recommend),
        declined: whole.tally(model::Conclusion::Decline),
        postponed: whole.tally(model::Conclusion::Postpone),
        is_planned: state == model::State::Planned,
    };
    let mut response = page.into_response();
    if state != model::State::Closed {
        response.headers_mut().insert(HeaderName::from_static("refresh"), AGAIN);
    }
    Ok(response)
}
