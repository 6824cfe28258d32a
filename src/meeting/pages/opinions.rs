//! What one person wrote, dossier by dossier, where a meeting cannot be held. The secretary writes it down from the sheet that came in:
//! an account is not tied to somebody invited.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::{frame_of, motion, turns, visited};
use crate::access::{Actor, Refused, rules};
use crate::app::App;
use crate::dossier;
use crate::meeting::actions::Gathered;
use crate::meeting::model::{Attendee, Ballot, Choice};
use crate::meeting::{actions, form, urls};
use crate::platform::id::{AttendeeId, MeetingId};
use crate::web::error::AppError;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::page::again;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::words::meeting as words;

/// A dossier on the sheet.
struct Row {
    choice: String,
    said: String,
    name: String,
    short: String,
    href: String,
    /// What is asked, and what has to be said.
    motion: &'static str,
    risk: String,
}

#[derive(Template, WebTemplate)]
#[template(path = "meeting/opinions.html")]
struct OpinionsPage {
    shell: Shell,
    form: Filled,
    action: String,
    back: String,
    name: String,
    office: String,
    rows: Vec<Row>,
    choices: Vec<(&'static str, &'static str)>,
}

/// Somebody of this meeting who may write.
fn writer(gathered: &Gathered, attendee: AttendeeId) -> Result<&Attendee, AppError> {
    let written = gathered.whole.meeting.ballot == Ballot::Written;
    let person = gathered.whole.person(attendee).filter(|person| written && person.votes);
    Ok(person.ok_or(Refused::NotFound)?)
}

fn drawn(gathered: &Gathered, attendee: AttendeeId) -> Filled {
    let own = gathered.whole.opinions.iter().filter(|opinion| opinion.attendee == attendee);
    own.fold(Filled::default(), |form, opinion| {
        form.with(&form::field("y", opinion.dossier), opinion.choice.as_str())
            .with(&form::field("noi", opinion.dossier), opinion.said.clone().unwrap_or_default())
    })
}

fn draw(app: &App, actor: &Actor, (gathered, person): (&Gathered, &Attendee), form: Filled) -> Response {
    let meeting = &gathered.whole.meeting;
    let row = |of: &(_, _)| {
        let (paper, risk): &(crate::meeting::model::Paper, _) = of;
        Row {
            choice: form::field("y", paper.dossier),
            said: form::field("noi", paper.dossier),
            name: paper.name.clone(),
            short: paper.short.clone(),
            href: dossier::urls::show(paper.dossier),
            motion: words::motion(motion(gathered, of)),
            risk: words::risk_line(risk),
        }
    };
    let page = OpinionsPage {
        shell: frame_of(app, actor, gathered, &person.name).failing(form.is_bad()),
        action: urls::opinions(meeting.id, person.id),
        back: urls::show(meeting.id),
        name: person.name.clone(),
        office: person.office.clone(),
        rows: turns(gathered).map(|(_, paper)| row(paper)).collect(),
        choices: Choice::ALL.iter().map(|it| (it.as_str(), words::choice(*it))).collect(),
        form,
    };
    again(page.form.is_bad(), page)
}

/// The sheet.
pub(super) async fn ask(
    State(app): State<App>,
    Path((id, attendee)): Path<(MeetingId, AttendeeId)>,
    mut visit: Visit,
) -> Result<Response, AppError> {
    let gathered = visited(&app, &mut visit, id).await?;
    rules::can_keep_meeting(&visit.actor, &gathered.whole.meeting)?;
    let person = writer(&gathered, attendee)?;
    Ok(draw(&app, &visit.actor, (&gathered, person), drawn(&gathered, attendee)))
}

/// Writes it down.
pub(super) async fn save(
    State(app): State<App>,
    Path((id, attendee)): Path<(MeetingId, AttendeeId)>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let gathered = visited(&app, &mut posted.visit, id).await?;
    rules::can_keep_meeting(&posted.visit.actor, &gathered.whole.meeting)?;
    let person = writer(&gathered, attendee)?;
    let opinions = match posted.parse(|typed| form::opinions(typed, (&gathered.whole, attendee))) {
        Ok(opinions) => opinions,
        Err(typed) => return Ok(draw(&app, &posted.visit.actor, (&gathered, person), typed)),
    };
    let Visit { actor, db, now } = posted.visit;
    unstoppable(async move { actions::write_opinions(db, &actor, (id, attendee), &opinions, now).await }).await??;
    Ok(Redirect::to(&urls::show(id)).into_response())
}
