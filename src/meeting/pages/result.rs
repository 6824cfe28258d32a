//! The result of a meeting, to read or to print: who came, each dossier with its votes and conclusion, who thought otherwise.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};

use super::{frame, turns, visited};
use crate::app::App;
use crate::dossier;
use crate::meeting::actions::Gathered;
use crate::meeting::model::{self, Attendee, Ballot, Choice, Conclusion, Item, Meeting, Paper, Risk};
use crate::platform::id::MeetingId;
use crate::web::error::AppError;
use crate::web::filters;
use crate::web::page::capital;
use crate::web::session::Visit;
use crate::web::shell::Shell;
use crate::words::dossier::Tag;
use crate::words::meeting as words;

/// A dossier in the result.
struct Row {
    name: String,
    href: String,
    motion: &'static str,
    votes: Option<String>,
    tag: Option<Tag>,
    reason: Option<String>,
    /// Who thought otherwise: name, what, in which words.
    dissent: Vec<(String, &'static str, Option<String>)>,
}

#[derive(Template, WebTemplate)]
#[template(path = "meeting/result.html")]
pub(super) struct ResultPage {
    shell: Shell,
    meeting: Meeting,
    tag: Tag,
    place: String,
    ballot: &'static str,
    turnout: String,
    quorum: Option<String>,
    present: Vec<String>,
    absent: Vec<String>,
    chair: String,
    secretary: String,
    recommended: usize,
    declined: usize,
    postponed: usize,
    rows: Vec<Row>,
    /// A group's request, where its minutes were written.
    request: Option<String>,
}

impl ResultPage {
    fn is_over(&self) -> bool {
        self.meeting.state() == model::State::Closed
    }

    fn people_word(&self) -> &'static str {
        if self.meeting.ballot == Ballot::Written { "Được lấy ý kiến" } else { "Có mặt" }
    }
}

fn titled(person: &Attendee) -> String {
    if person.office.is_empty() { person.name.clone() } else { format!("{}, {}", person.name, person.office) }
}

fn row(gathered: &Gathered, (item, (paper, _)): (&Item, &(Paper, Risk))) -> Row {
    let whole = &gathered.whole;
    let spoke = |it: &&model::Opinion| it.choice != Choice::For || it.said.is_some();
    let name = |id| whole.person(id).map_or_else(String::new, |person| person.name.clone());
    Row {
        name: capital(&paper.name),
        href: dossier::urls::show(paper.dossier),
        motion: item.vote.map_or("", |(put, _)| words::motion(put)),
        votes: item.vote.map(|(_, votes)| words::votes(votes)),
        tag: item.conclusion.map(words::conclusion),
        reason: item.reason.clone(),
        dissent: whole
            .opinions_on(paper.dossier)
            .filter(spoke)
            .map(|it| (name(it.attendee), words::choice(it.choice), it.said.clone()))
            .collect(),
    }
}

/// The page; also of a meeting that goes on, as far as it is.
pub(super) async fn page(
    State(app): State<App>,
    Path(id): Path<MeetingId>,
    mut visit: Visit,
) -> Result<ResultPage, AppError> {
    let gathered = visited(&app, &mut visit, id).await?;
    let whole = &gathered.whole;
    let here = |there: bool| -> Vec<String> {
        whole.people.iter().filter(|person| person.present == Some(there)).map(titled).collect()
    };
    let written = whole.meeting.ballot == Ballot::Written;
    let in_part = |part| whole.in_part(part).map(titled).unwrap_or_default();
    let of_group = !whole.meeting.is_of_committee();
    Ok(ResultPage {
        shell: frame(&app, &visit.actor, &whole.meeting.title).here("Kết quả"),
        tag: words::state(whole.meeting.state()),
        place: capital(whole.group_name.as_deref().unwrap_or(&whole.ward_name)),
        ballot: words::ballot(whole.meeting.ballot),
        turnout: words::turnout(whole.quorum(), whole.meeting.ballot),
        quorum: words::quorum(whole.quorum()),
        present: if written { whole.people.iter().map(titled).collect() } else { here(true) },
        absent: here(false),
        chair: in_part(model::Part::Chair),
        secretary: in_part(model::Part::Secretary),
        recommended: whole.tally(Conclusion::Recommend),
        declined: whole.tally(Conclusion::Decline),
        postponed: whole.tally(Conclusion::Postpone),
        rows: turns(&gathered).map(|it| row(&gathered, it)).collect(),
        request: turns(&gathered).next().filter(|_| of_group).map(|(item, _)| dossier::urls::show(item.dossier)),
        meeting: whole.meeting.clone(),
    })
}
