//! Closing: what it will write, what is still missing, and one press.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::{frame_of, turns, visited};
use crate::access::{Actor, Refused, rules};
use crate::app::App;
use crate::meeting::actions::Gathered;
use crate::meeting::model::{self, Conclusion, Fault};
use crate::meeting::{actions, urls};
use crate::platform::id::MeetingId;
use crate::web::error::AppError;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::page::again;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::words::meeting as words;

#[derive(Template, WebTemplate)]
#[template(path = "meeting/close.html")]
struct ClosePage {
    shell: Shell,
    form: Filled,
    action: String,
    back: String,
    title: String,
    of_committee: bool,
    turnout: String,
    quorum: Option<String>,
    chair: String,
    recommended: usize,
    declined: Vec<(String, String)>,
    postponed: Vec<String>,
    /// Concluded another way than voted.
    overruled: Vec<String>,
    /// What is missing, and where it is mended.
    missing: Vec<(String, String)>,
}

/// Where a fault is mended.
fn place(id: MeetingId, fault: &Fault) -> String {
    match fault {
        Fault::NotVoted(dossier)
        | Fault::NotConcluded(dossier)
        | Fault::Moved(dossier)
        | Fault::NamedMore(dossier)
        | Fault::NotAllMet(dossier) => urls::item(id, *dossier),
        Fault::NoRoll | Fault::Missing(_) | Fault::Quorum(_) | Fault::NoAgenda => urls::show(id),
    }
}

fn draw(app: &App, actor: &Actor, gathered: &Gathered, form: Filled) -> Response {
    let whole = &gathered.whole;
    let meeting = &whole.meeting;
    let of = |wanted: Conclusion| turns(gathered).filter(move |(item, _)| item.conclusion == Some(wanted));
    let short = |dossier| words::short_name(gathered, dossier);
    let page = ClosePage {
        shell: frame_of(app, actor, gathered, "Kết thúc").failing(form.is_bad()),
        action: urls::close(meeting.id),
        back: urls::show(meeting.id),
        title: meeting.title.clone(),
        of_committee: meeting.is_of_committee(),
        turnout: words::turnout(whole.quorum(), meeting.ballot),
        quorum: words::quorum(whole.quorum()),
        chair: whole.in_part(model::Part::Chair).map_or_else(String::new, |person| person.name.clone()),
        recommended: whole.tally(Conclusion::Recommend),
        declined: of(Conclusion::Decline)
            .map(|(item, (paper, _))| (paper.short.clone(), item.reason.clone().unwrap_or_default()))
            .collect(),
        postponed: of(Conclusion::Postpone).map(|(_, (paper, _))| paper.short.clone()).collect(),
        overruled: turns(gathered)
            .filter(|(item, _)| item.overrules_the_vote())
            .map(|(_, (paper, _))| paper.short.clone())
            .collect(),
        missing: gathered.faults().iter().map(|it| (words::fault(*it, short), place(meeting.id, it))).collect(),
        form: form.replaced("_phien_ban", whole.edition().to_string()),
    };
    again(page.form.is_bad(), page)
}

/// The page; a meeting that is over shows its result.
pub(super) async fn ask(
    State(app): State<App>,
    Path(id): Path<MeetingId>,
    mut visit: Visit,
) -> Result<Response, AppError> {
    let gathered = visited(&app, &mut visit, id).await?;
    if gathered.whole.meeting.state() == model::State::Closed {
        return Ok(Redirect::to(&urls::result(id)).into_response());
    }
    rules::can_close_meeting(&visit.actor, &gathered.whole.meeting)?;
    Ok(draw(&app, &visit.actor, &gathered, Filled::default()))
}

/// Closes. Whoever presses second finds it closed.
pub(super) async fn save(
    State(app): State<App>,
    Path(id): Path<MeetingId>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let gathered = visited(&app, &mut posted.visit, id).await?;
    let meeting = &gathered.whole.meeting;
    if meeting.state() == model::State::Closed {
        rules::can_plan_meeting(&posted.visit.actor, meeting.place.group)?;
        return Ok(Redirect::to(&urls::result(id)).into_response());
    }
    rules::can_close_meeting(&posted.visit.actor, meeting)?;
    if posted.redraw {
        return Ok(draw(&app, &posted.visit.actor, &gathered, Filled::default()));
    }
    let edition = posted.version()?;
    let Posted { visit: Visit { actor, db, now }, form, .. } = posted;
    let (by, rulesets) = (actor.clone(), app.rulesets.clone());
    match unstoppable(async move { actions::close(db, &rulesets, &by, (id, edition), now).await }).await? {
        Ok(()) => Ok(Redirect::to(&urls::result(id)).into_response()),
        Err(Refused::Invalid(faults)) => Ok(draw(&app, &actor, &gathered, form.with_faults(faults))),
        Err(refused) => Err(refused.into()),
    }
}
