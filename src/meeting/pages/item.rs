//! One dossier's turn: what has to be said about it, the votes, the conclusion, and whoever thought otherwise.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::{frame_of, motion, visited};
use crate::access::{Actor, Refused, rules};
use crate::app::App;
use crate::dossier;
use crate::meeting::actions::Gathered;
use crate::meeting::model::{Ballot, Choice, Conclusion, Opinion, Paper, Risk};
use crate::meeting::{actions, form, urls};
use crate::platform::id::{DossierId, MeetingId};
use crate::web::error::AppError;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::page::{again, capital};
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::words::denial;
use crate::words::meeting as words;

/// What one person wrote.
struct Said {
    name: String,
    choice: &'static str,
    said: Option<String>,
}

#[derive(Template, WebTemplate)]
#[template(path = "meeting/item.html")]
struct ItemPage {
    shell: Shell,
    form: Filled,
    action: String,
    back: String,
    dossier: String,
    name: String,
    /// What has to be said, one thing a line; none of a group's own.
    risk: Vec<String>,
    of_committee: bool,
    motion: &'static str,
    ballot: Ballot,
    voters: u32,
    /// Who may be named, and with what.
    people: Vec<(String, String)>,
    choices: Choices,
    named: Vec<usize>,
    /// In writing: what was written, and counted.
    said: Vec<Said>,
    counted: Option<String>,
    conclusions: Choices,
    /// The rule that keeps from recommending.
    refusal: Option<(&'static str, &'static str)>,
}

/// The turn as it stands, on its form.
fn drawn(gathered: &Gathered, dossier: DossierId) -> Result<Filled, AppError> {
    let whole = &gathered.whole;
    let item = whole.item(dossier).ok_or(Refused::NotFound)?;
    let of = gathered.paper(dossier).ok_or(Refused::NotFound)?;
    let (paper, risk) = of;
    // What the appraisal found is the reason that most often holds.
    let found = || (motion(gathered, of) == Conclusion::Decline).then(|| words::reason(risk));
    let reason = item.reason.clone().or_else(|| found().filter(|_| item.conclusion.is_none()));
    let mut filled = Filled::default()
        .with("_phien_ban", item.revision.to_string())
        .with("da-xem", form::seen_word(paper.seen))
        .with("ly-do", reason.unwrap_or_default());
    if let Some(concluded) = item.conclusion {
        filled = filled.with("ket-luan", concluded.as_str());
    }
    if let Some((_, votes)) = item.vote {
        for (field, count) in [("tan-thanh", votes.agree()), ("khong", votes.against()), ("khac", votes.other())] {
            filled = filled.with(field, count.to_string());
        }
    }
    let dissent = whole.opinions_on(dossier).filter(|opinion| opinion.choice != Choice::For);
    for (opinion, row) in dissent.take(form::NAMED).zip(1_usize..) {
        filled = filled
            .with(&form::field("ai", row), opinion.attendee.to_string())
            .with(&form::field("y", row), opinion.choice.as_str())
            .with(&form::field("noi", row), opinion.said.clone().unwrap_or_default());
    }
    Ok(filled)
}

/// Choices of a form, each a value and its words.
type Choices = Vec<(&'static str, &'static str)>;

/// What may be concluded, and the rule that keeps from recommending: heading and sentence.
fn conclusions(gathered: &Gathered, (paper, risk): &(Paper, Risk)) -> (Choices, Option<(&'static str, &'static str)>) {
    let of_committee = gathered.whole.meeting.is_of_committee();
    let asked =
        |recommends| rules::can_conclude_by_meeting(paper.status, (risk.unseen.len(), risk.failing()), recommends);
    let allowed = |it: &&Conclusion| {
        !of_committee || **it == Conclusion::Postpone || asked(**it == Conclusion::Recommend).is_ok()
    };
    let choices = Conclusion::ALL.iter().filter(allowed).map(|it| (it.as_str(), words::conclusion_choice(*it)));
    let refusal = asked(true).err().filter(|_| of_committee);
    (choices.collect(), refusal.map(|denied| (denial::heading(denied.code), denial::sentence(denied.code))))
}

fn said(gathered: &Gathered, dossier: DossierId) -> Vec<Said> {
    let whole = &gathered.whole;
    let name = |id| whole.person(id).map_or_else(String::new, |person| person.name.clone());
    let one = |it: &Opinion| Said { name: name(it.attendee), choice: words::choice(it.choice), said: it.said.clone() };
    whole.opinions_on(dossier).map(one).collect()
}

fn draw(
    app: &App,
    actor: &Actor,
    (gathered, dossier): (&Gathered, DossierId),
    form: Filled,
) -> Result<Response, AppError> {
    let whole = &gathered.whole;
    let (meeting, of) = (&whole.meeting, gathered.paper(dossier).ok_or(Refused::NotFound)?);
    let (paper, risk) = of;
    let of_committee = meeting.is_of_committee();
    let (conclusions, refusal) = conclusions(gathered, of);
    let page = ItemPage {
        shell: frame_of(app, actor, gathered, &paper.short).failing(form.is_bad()),
        action: urls::item(meeting.id, dossier),
        back: urls::show(meeting.id),
        dossier: dossier::urls::show(dossier),
        name: capital(&paper.name),
        risk: if of_committee { words::risk(risk).iter().map(|said| capital(said)).collect() } else { vec![] },
        of_committee,
        motion: words::motion(motion(gathered, of)),
        ballot: meeting.ballot,
        voters: whole.voter_count(),
        people: whole.voters().map(|person| (person.id.to_string(), person.name.clone())).collect(),
        choices: Choice::ALL.iter().skip(1).map(|it| (it.as_str(), words::choice(*it))).collect(),
        named: (1..=form::NAMED).collect(),
        said: said(gathered, dossier),
        counted: whole.counted_opinions(dossier).ok().map(words::votes),
        conclusions,
        refusal,
        form,
    };
    Ok(again(page.form.is_bad(), page))
}

/// The form.
pub(super) async fn ask(
    State(app): State<App>,
    Path((id, dossier)): Path<(MeetingId, DossierId)>,
    mut visit: Visit,
) -> Result<Response, AppError> {
    let gathered = visited(&app, &mut visit, id).await?;
    rules::can_keep_meeting(&visit.actor, &gathered.whole.meeting)?;
    draw(&app, &visit.actor, (&gathered, dossier), drawn(&gathered, dossier)?)
}

/// Writes the turn.
pub(super) async fn save(
    State(app): State<App>,
    Path((id, dossier)): Path<(MeetingId, DossierId)>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let gathered = visited(&app, &mut posted.visit, id).await?;
    rules::can_keep_meeting(&posted.visit.actor, &gathered.whole.meeting)?;
    let revision = posted.version()?;
    let (turn, named) = match posted.parse(|typed| form::turn(typed, (&gathered, dossier), revision)) {
        Ok(turn) => turn,
        Err(typed) => return draw(&app, &posted.visit.actor, (&gathered, dossier), typed),
    };
    let Posted { visit: Visit { actor, db, now }, form, .. } = posted;
    let (by, rulesets) = (actor.clone(), app.rulesets.clone());
    let vote = async move { actions::vote(db, &rulesets, &by, (id, &[turn], &named), now).await };
    match unstoppable(vote).await? {
        Ok(()) => Ok(Redirect::to(&urls::show(id)).into_response()),
        Err(Refused::Invalid(faults)) => {
            // Drawn again on the dossier as it is now, with every word that was typed.
            let (paper, _) = gathered.paper(dossier).ok_or(Refused::NotFound)?;
            let form = form.replaced("da-xem", form::seen_word(paper.seen)).with_faults(faults);
            draw(&app, &actor, (&gathered, dossier), form)
        }
        Err(refused) => Err(refused.into()),
    }
}
