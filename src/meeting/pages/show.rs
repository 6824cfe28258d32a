//! One meeting: before it begins its people and the roll, while it is open the agenda with one press for most dossiers.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::{frame, motion, turns, visited};
use crate::access::{Actor, Refused, rules};
use crate::app::App;
use crate::dossier;
use crate::meeting::actions::Gathered;
use crate::meeting::model::{self, Ballot, Conclusion, Item, Meeting, Paper, Part, Risk};
use crate::meeting::{actions, form, urls};
use crate::platform::id::MeetingId;
use crate::web::error::AppError;
use crate::web::filters;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::page::again;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::words::dossier::Tag;
use crate::words::meeting as words;

/// Somebody on the roll.
struct Person {
    id: String,
    name: String,
    office: String,
    part: &'static str,
    votes: bool,
    /// In writing: how many dossiers this person wrote about, and where that is written down.
    wrote: usize,
    href: String,
}

/// A dossier of the agenda.
struct Row {
    short: String,
    risk: String,
    dossier: String,
    /// Its own page in the meeting; none before it is open.
    href: Option<String>,
    /// What was concluded, and the votes.
    result: Option<(Tag, String)>,
    /// What one press sends, and what the button says.
    agree: Option<(String, String)>,
}

#[derive(Template, WebTemplate)]
#[template(path = "meeting/show.html")]
struct ShowPage {
    shell: Shell,
    form: Filled,
    meeting: Meeting,
    tag: Tag,
    turnout: String,
    quorum: Option<String>,
    is_quorate: bool,
    people: Vec<Person>,
    leaders: Vec<(String, String)>,
    /// What has to be talked about first, then the rest.
    first: Vec<Row>,
    rest: Vec<Row>,
    /// What the one press for all the rest sends.
    all: Vec<String>,
    concluded: usize,
    waiting: usize,
    can_change: bool,
    can_keep: bool,
    can_close: bool,
}

impl ShowPage {
    fn is_open(&self) -> bool {
        self.meeting.state() == model::State::Open
    }

    fn is_written(&self) -> bool {
        self.meeting.ballot == Ballot::Written
    }

    fn of_committee(&self) -> bool {
        self.meeting.is_of_committee()
    }

    fn total(&self) -> usize {
        self.first.len() + self.rest.len()
    }

    /// "12/24 hồ sơ".
    fn progress(&self) -> String {
        format!("{}/{} hồ sơ", self.concluded, self.total())
    }

    fn is_done(&self) -> bool {
        self.is_open() && self.total() > 0 && self.concluded == self.total()
    }
}

/// The roll as a form: everybody before it is called, afterwards those who came.
fn roll_form(gathered: &Gathered) -> Filled {
    let whole = &gathered.whole;
    let form = Filled::default().with("_phien_ban", whole.meeting.revision.to_string());
    let form = [("chu-tri", Part::Chair), ("thu-ky", Part::Secretary)].into_iter().fold(form, |form, (field, part)| {
        form.with(field, whole.in_part(part).map_or_else(String::new, |person| person.id.to_string()))
    });
    let here = whole.people.iter().filter(|person| person.present != Some(false));
    here.fold(form, |form, person| form.with("co-mat", person.id.to_string()))
}

fn people(gathered: &Gathered) -> Vec<Person> {
    let whole = &gathered.whole;
    let person = |it: &model::Attendee| Person {
        id: it.id.to_string(),
        name: it.name.clone(),
        office: it.office.clone(),
        part: words::part(it.part),
        votes: it.votes,
        wrote: whole.opinions.iter().filter(|opinion| opinion.attendee == it.id).count(),
        href: urls::opinions(whole.meeting.id, it.id),
    };
    whole.people.iter().map(person).collect()
}

fn row(gathered: &Gathered, of: &(Paper, Risk), item: Option<&Item>) -> Row {
    let (paper, risk) = of;
    let meeting = &gathered.whole.meeting;
    let put = motion(gathered, of);
    let result = item.and_then(|item| {
        let votes = item.vote.map(|(_, votes)| words::votes(votes)).unwrap_or_default();
        item.conclusion.map(|concluded| (words::conclusion(concluded), votes))
    });
    let written = meeting.ballot == Ballot::Written;
    // In writing nothing is concluded before somebody wrote.
    let votable = !written || put == Conclusion::Postpone || gathered.whole.counted_opinions(paper.dossier).is_ok();
    let open = item.filter(|item| votable && item.conclusion.is_none());
    let label = match (meeting.ballot, put) {
        (_, Conclusion::Postpone) => "Để lại".to_owned(),
        (Ballot::Written, _) => format!("Kết luận {}", words::motion(put)),
        (_, Conclusion::Recommend) => "Tất cả tán thành".to_owned(),
        (_, Conclusion::Decline) => "Tất cả tán thành không đề nghị".to_owned(),
    };
    Row {
        short: paper.short.clone(),
        risk: if meeting.is_of_committee() {
            words::risk_line(risk)
        } else {
            "Hồ sơ đề nghị của tổ".to_owned()
        },
        dossier: dossier::urls::show(paper.dossier),
        href: item.map(|item| urls::item(meeting.id, item.dossier)),
        result,
        agree: open.map(|item| (form::agreed_word(item.dossier, item.revision, paper.seen), label)),
    }
}

/// Whether one press may conclude it together with others: nothing has to be said about it, and in writing nobody said anything else.
fn goes_with_the_rest(gathered: &Gathered, (paper, risk): &(Paper, Risk)) -> bool {
    let written = gathered.whole.meeting.ballot == Ballot::Written;
    let quiet = || gathered.whole.counted_opinions(paper.dossier).is_ok_and(model::Votes::is_unanimous);
    let unwritten = || gathered.whole.opinions_on(paper.dossier).next().is_none();
    gathered.whole.meeting.is_of_committee() && risk.is_clean() && (!written || unwritten() || quiet())
}

fn draw(app: &App, actor: &Actor, gathered: &Gathered, form: Filled) -> Response {
    let whole = &gathered.whole;
    let meeting = &whole.meeting;
    let listed: Vec<(&(Paper, Risk), Option<&Item>)> = if meeting.state() == model::State::Planned {
        gathered.papers.iter().map(|paper| (paper, None)).collect()
    } else {
        turns(gathered).map(|(item, paper)| (paper, Some(item))).collect()
    };
    let (rest, first): (Vec<_>, Vec<_>) = listed.into_iter().partition(|(of, _)| goes_with_the_rest(gathered, of));
    let rows = |of: Vec<(&(Paper, Risk), Option<&Item>)>| -> Vec<Row> {
        of.into_iter().map(|(paper, item)| row(gathered, paper, item)).collect()
    };
    let (first, rest) = (rows(first), rows(rest));
    let named = whole.people.iter().filter(|person| person.part != Part::Guest);
    let page = ShowPage {
        shell: frame(app, actor, &meeting.title).here("Cuộc họp").failing(form.is_bad()),
        tag: words::state(meeting.state()),
        turnout: words::turnout(whole.quorum(), meeting.ballot),
        quorum: words::quorum(whole.quorum()),
        is_quorate: whole.quorum().is_reached(),
        people: people(gathered),
        leaders: named.map(|person| (person.id.to_string(), person.name.clone())).collect(),
        all: rest.iter().filter_map(|row| Some(row.agree.as_ref()?.0.clone())).collect(),
        first,
        rest,
        concluded: whole.concluded(),
        waiting: if meeting.state() == model::State::Open { gathered.waiting().len() } else { 0 },
        can_change: rules::can_change_meeting(actor, meeting).is_ok(),
        can_keep: rules::can_keep_meeting(actor, meeting).is_ok(),
        can_close: rules::can_close_meeting(actor, meeting).is_ok(),
        meeting: meeting.clone(),
        form,
    };
    again(page.form.is_bad(), page)
}

/// The page; of a meeting that is over its result.
pub(super) async fn page(
    State(app): State<App>,
    Path(id): Path<MeetingId>,
    mut visit: Visit,
) -> Result<Response, AppError> {
    let gathered = visited(&app, &mut visit, id).await?;
    if gathered.whole.meeting.state() == model::State::Closed {
        return Ok(Redirect::to(&urls::result(id)).into_response());
    }
    Ok(draw(&app, &visit.actor, &gathered, roll_form(&gathered)))
}

/// Calls the roll.
pub(super) async fn roll(
    State(app): State<App>,
    Path(id): Path<MeetingId>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let gathered = visited(&app, &mut posted.visit, id).await?;
    rules::can_plan_meeting(&posted.visit.actor, gathered.whole.meeting.place.group)?;
    let written = gathered.whole.meeting.ballot == Ballot::Written;
    let parsed = posted.parse(|typed| if written { Ok(None) } else { form::roll(typed, &gathered.whole).map(Some) });
    let called = match parsed {
        Ok(called) => called,
        Err(typed) => return Ok(draw(&app, &posted.visit.actor, &gathered, typed)),
    };
    let revision = posted.version()?;
    let Posted { visit: Visit { actor, db, now }, form, .. } = posted;
    let (by, rulesets) = (actor.clone(), app.rulesets.clone());
    let call = async move { actions::call_roll(db, &rulesets, &by, ((id, revision), called.as_ref()), now).await };
    match unstoppable(call).await? {
        Ok(()) => Ok(Redirect::to(&urls::show(id)).into_response()),
        Err(Refused::Invalid(faults)) => Ok(draw(&app, &actor, &gathered, form.with_faults(faults))),
        Err(refused) => Err(refused.into()),
    }
}

/// Takes in what became ready meanwhile.
pub(super) async fn take_in(
    State(app): State<App>,
    Path(id): Path<MeetingId>,
    posted: Posted,
) -> Result<Redirect, AppError> {
    if !posted.redraw {
        let Visit { actor, db, now } = posted.visit;
        unstoppable(async move { actions::take_in(db, &app.rulesets, &actor, id, now).await }).await??;
    }
    Ok(Redirect::to(&urls::show(id)))
}

/// All are for what is put to the vote: on one dossier, or on all that need no word.
pub(super) async fn agree(
    State(app): State<App>,
    Path(id): Path<MeetingId>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let gathered = visited(&app, &mut posted.visit, id).await?;
    rules::can_keep_meeting(&posted.visit.actor, &gathered.whole.meeting)?;
    let turns = form::agreed(&posted.form, &gathered).ok_or(AppError::Stale)?;
    if !posted.redraw && !turns.is_empty() {
        let Visit { actor, db, now } = posted.visit;
        let (by, rulesets) = (actor.clone(), app.rulesets.clone());
        let vote = async move { actions::vote(db, &rulesets, &by, (id, &turns, &[]), now).await };
        match unstoppable(vote).await? {
            Ok(()) => {}
            // The buttons have no field of their own: what is wrong is said at the head of the page.
            Err(Refused::Invalid(faults)) => {
                let said = faults.into_iter().map(|(_, sentence)| ("", sentence)).collect();
                return Ok(draw(&app, &actor, &gathered, roll_form(&gathered).with_faults(said)));
            }
            Err(refused) => return Err(refused.into()),
        }
    }
    Ok(Redirect::to(&urls::show(id)).into_response())
}
