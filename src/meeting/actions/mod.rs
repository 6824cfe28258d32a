//! One function per verb of a meeting: plan it, change it, call the roll, vote, write opinions down, close.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use sqlx::{Connection, PgConnection};

use super::model::{self, Ballot, Choice, Fault, Meeting, Opinion, Paper, Plan, Risk, Roll, State, Turn, Whole};
use super::store;
use crate::access::{Actor, Place, Refused, rules};
use crate::dossier::model::Status;
use crate::journal::{self, model::Entry};
use crate::platform::clock::civil;
use crate::platform::db::Scoped;
use crate::platform::id::{AttendeeId, DossierId, MeetingId, UnitId};
use crate::ruleset::cache::Rulesets;
use crate::ruleset::{Ruleset, SubjectKind};
use crate::words::meeting as words;

mod closing;

pub use closing::close;

/// A meeting with its dossiers as they are now.
#[derive(Debug, Clone)]
pub struct Gathered {
    /// The meeting.
    pub whole: Whole,
    /// The pinned ruleset.
    pub ruleset: Arc<Ruleset>,
    /// Its dossiers and those it could take in, what needs most to be said first.
    pub papers: Vec<(Paper, Risk)>,
}

impl Gathered {
    /// A dossier with what has to be said about it.
    #[must_use]
    pub fn paper(&self, dossier: DossierId) -> Option<&(Paper, Risk)> {
        self.papers.iter().find(|(paper, _)| paper.dossier == dossier)
    }

    /// What keeps it from being closed.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let holds = |(paper, risk): &(Paper, Risk)| {
            let verdicts = (risk.unseen.len(), risk.failing());
            (paper.clone(), rules::can_conclude_by_meeting(paper.status, verdicts, true).is_ok())
        };
        model::faults(&self.whole, &self.papers.iter().map(holds).collect::<Vec<_>>())
    }

    /// Dossiers that are ready and not on the agenda.
    #[must_use]
    pub fn waiting(&self) -> Vec<DossierId> {
        let of_committee = self.whole.meeting.is_of_committee();
        let ready = |paper: &Paper| !of_committee || paper.status == Status::Appraised;
        let papers = self.papers.iter().map(|(paper, _)| paper);
        papers
            .filter(|paper| ready(paper) && self.whole.item(paper.dossier).is_none())
            .map(|paper| paper.dossier)
            .collect()
    }
}

/// Loads a meeting with its dossiers, through the seat's scope.
///
/// # Errors
/// [`Refused::NotFound`] out of sight, or what the database says.
pub async fn gather(conn: &mut PgConnection, rulesets: &Rulesets, id: MeetingId) -> Result<Gathered, Refused> {
    let whole = store::load(conn, id).await?;
    with_papers(conn, rulesets, whole).await
}

async fn with_papers(conn: &mut PgConnection, rulesets: &Rulesets, whole: Whole) -> Result<Gathered, Refused> {
    let ruleset = rulesets.get(conn, whole.ruleset).await?;
    let criteria = ruleset.subject(SubjectKind::Group).map(|rules| rules.criteria.as_slice()).unwrap_or_default();
    let papers = store::papers(conn, &whole.meeting).await?.into_iter();
    let mut papers: Vec<(Paper, Risk)> = papers
        .map(|paper| {
            let risk = paper.risk(criteria);
            (paper, risk)
        })
        .collect();
    model::by_risk(&mut papers);
    Ok(Gathered { whole, ruleset, papers })
}

fn invalid(field: &'static str, sentence: impl Into<String>) -> Refused {
    Refused::Invalid(vec![(field, sentence.into())])
}

/// Tells the journal. Votes stay out of the year's own story: they belong to the meeting until it is closed.
async fn tell(
    conn: &mut PgConnection,
    (actor, meeting): (&Actor, &Meeting),
    (verb, detail): (&'static str, Value),
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let cycle = (!matches!(verb, "meeting_vote" | "meeting_opinion")).then_some(meeting.cycle);
    let entry = Entry { cycle, detail, ..Entry::at(actor, meeting.place, verb) };
    Ok(journal::store::write(conn, &entry, now).await?)
}

/// Calls a meeting of a group, or of the ward's committee. The id comes with the form: sent twice it is one meeting.
///
/// # Errors
/// A rule, a seat without a year, or what the database says.
pub async fn plan(
    mut db: Scoped,
    actor: &Actor,
    (id, group): (MeetingId, Option<UnitId>),
    plan: &Plan,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let ward = actor.ward().ok_or(Refused::NotFound)?;
    let permit = rules::may_plan_meeting(actor, Place { city: actor.city, ward, group })?;
    let cycle = actor.cycle.ok_or(Refused::NotFound)?;
    let mut tx = db.begin().await?;
    let is_new = store::insert(&mut tx, &permit, (id, cycle), plan, now).await?;
    if is_new {
        store::add_people(&mut tx, (id, *permit.of()), &plan.people, now).await?;
    }
    // An id that is out of sight was never on a form of ours.
    let whole = store::load(&mut tx, id).await?;
    if is_new {
        let detail = json!({ "meeting": id, "title": plan.title });
        tell(&mut tx, (actor, &whole.meeting), ("meeting_planned", detail), now).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Changes what was planned.
///
/// # Errors
/// A rule, a stale form, or what the database says.
pub async fn change(
    mut db: Scoped,
    actor: &Actor,
    (id, revision): (MeetingId, i32),
    plan: &Plan,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    store::lock(&mut tx, id).await?;
    let whole = store::load(&mut tx, id).await?;
    let is_same = whole.plan() == *plan;
    let permit = rules::may_change_meeting(actor, whole.meeting)?;
    if is_same {
        return Ok(());
    }
    if permit.of().revision != revision {
        return Err(Refused::Stale);
    }
    store::change(&mut tx, &permit, plan).await?;
    store::leave_people_out(&mut tx, &permit).await?;
    store::add_people(&mut tx, (id, permit.of().place), &plan.people, now).await?;
    tell(&mut tx, (actor, permit.of()), ("meeting_changed", json!({ "meeting": id })), now).await?;
    tx.commit().await?;
    Ok(())
}

/// Calls the roll: the first time it opens the meeting, with every dossier that is ready on the agenda; later it is for those who came
/// late or left. A meeting in writing has no roll and is opened alone.
///
/// # Errors
/// A rule, a stale form, a day that has not come, or what the database says.
pub async fn call_roll(
    mut db: Scoped,
    rulesets: &Rulesets,
    actor: &Actor,
    ((id, revision), roll): ((MeetingId, i32), Option<&Roll>),
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    store::lock(&mut tx, id).await?;
    let gathered = gather(&mut tx, rulesets, id).await?;
    let meeting = gathered.whole.meeting.clone();
    let is_open = meeting.state() == State::Open;
    if is_open && gathered.whole.roll().as_ref() == roll {
        return Ok(());
    }
    if meeting.revision != revision {
        return Err(Refused::Stale);
    }
    if let Some(roll) = roll {
        store::call_roll(&mut tx, &meeting, &roll.present, (roll.chair, roll.secretary)).await?;
    }
    let detail = json!({ "meeting": id, "present": roll.map(|roll| roll.present.len()) });
    if is_open {
        let permit = rules::may_keep_meeting(actor, meeting)?;
        store::touch(&mut tx, &permit).await?;
        tell(&mut tx, (actor, permit.of()), ("meeting_roll", detail), now).await?;
    } else {
        let permit = rules::may_open_meeting(actor, meeting)?;
        let day = civil(permit.of().planned_at);
        if day > civil(now) {
            return Err(invalid("co-mat", words::not_yet(day)));
        }
        store::take_in(&mut tx, permit.of(), &gathered.waiting()).await?;
        let step = model::open(permit, now);
        store::apply(&mut tx, &step).await?;
        tell(&mut tx, (step.actor(), step.after()), (step.verb(), detail), now).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Takes dossiers in that became ready after the meeting was opened.
///
/// # Errors
/// A rule, or what the database says.
pub async fn take_in(
    mut db: Scoped,
    rulesets: &Rulesets,
    actor: &Actor,
    id: MeetingId,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    store::lock(&mut tx, id).await?;
    let gathered = gather(&mut tx, rulesets, id).await?;
    let waiting = gathered.waiting();
    let permit = rules::may_keep_meeting(actor, gathered.whole.meeting)?;
    if waiting.is_empty() {
        return Ok(());
    }
    store::take_in(&mut tx, permit.of(), &waiting).await?;
    let detail = json!({ "meeting": id, "dossiers": waiting });
    tell(&mut tx, (actor, permit.of()), ("meeting_agenda", detail), now).await?;
    tx.commit().await?;
    Ok(())
}

/// A turn as it is to be written, checked against the meeting and the dossier as they are; `None` when it is written already.
fn settled(gathered: &Gathered, actor: &Actor, turn: &Turn) -> Result<Option<Turn>, Refused> {
    let whole = &gathered.whole;
    let item = whole.item(turn.dossier).ok_or(Refused::NotFound)?;
    let (paper, risk) = gathered.paper(turn.dossier).ok_or(Refused::NotFound)?;
    let mut turn = turn.clone();
    if whole.meeting.ballot == Ballot::Written
        && let Some((motion, _)) = turn.vote
    {
        let counted = whole.counted_opinions(turn.dossier);
        turn.vote = Some((motion, counted.map_err(|_| invalid("ket-luan", words::NO_OPINIONS))?));
    }
    if turn.is_written_in(item, &actor.person.name) {
        return Ok(None);
    }
    if item.revision != turn.revision {
        return Err(Refused::Stale);
    }
    if turn.conclusion == model::Conclusion::Postpone {
        return Ok(Some(turn));
    }
    if whole.meeting.is_of_committee() {
        if paper.seen != turn.seen {
            return Err(invalid("ket-luan", words::moved(&paper.short)));
        }
        let recommends = turn.conclusion == model::Conclusion::Recommend;
        rules::can_conclude_by_meeting(paper.status, (risk.unseen.len(), risk.failing()), recommends)?;
    }
    let voters = whole.voter_count();
    match turn.vote {
        None => Err(invalid("tan-thanh", words::VOTES_MISSING)),
        Some((_, votes)) if whole.meeting.ballot != Ballot::Written && votes.voters() != voters => {
            Err(invalid("tan-thanh", words::do_not_add_up(voters, votes.voters())))
        }
        Some(_) => Ok(Some(turn)),
    }
}

/// What is written of single people beside a vote by show of hands: those named, and nobody else any more.
fn named(whole: &Whole, turns: &[Turn], opinions: &[Opinion]) -> Vec<Opinion> {
    if whole.meeting.ballot != Ballot::Hand {
        return vec![];
    }
    let is_named =
        |known: &&Opinion| opinions.iter().any(|it| (it.dossier, it.attendee) == (known.dossier, known.attendee));
    let on_the_form = |known: &&Opinion| turns.iter().any(|turn| turn.dossier == known.dossier);
    let taken_back = whole.opinions.iter().filter(on_the_form).filter(|known| !is_named(known));
    let taken_back = taken_back.map(|known| Opinion { choice: Choice::For, said: None, ..known.clone() });
    opinions.iter().cloned().chain(taken_back).collect()
}

/// Writes what was voted and concluded on dossiers, with the opinions of single people where hands were raised: all of it or nothing.
///
/// # Errors
/// A rule, a stale form, votes that do not add up, a dossier that changed meanwhile, or what the database says.
pub async fn vote(
    mut db: Scoped,
    rulesets: &Rulesets,
    actor: &Actor,
    (id, turns, opinions): (MeetingId, &[Turn], &[Opinion]),
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    store::lock(&mut tx, id).await?;
    let gathered = gather(&mut tx, rulesets, id).await?;
    let permit = rules::may_keep_meeting(actor, gathered.whole.meeting.clone())?;
    let fresh: Vec<Option<Turn>> =
        turns.iter().map(|turn| settled(&gathered, actor, turn)).collect::<Result<_, Refused>>()?;
    let fresh: Vec<Turn> = fresh.into_iter().flatten().collect();
    if !fresh.is_empty() {
        store::write_turns(&mut tx, &permit, &fresh, now).await?;
        let votes = |turn: &Turn| json!({ "dossier": turn.dossier, "conclusion": turn.conclusion.as_str(), "votes": turn.vote.map(words::counts) });
        let detail = json!({ "meeting": id, "turns": fresh.iter().map(votes).collect::<Vec<_>>() });
        tell(&mut tx, (actor, permit.of()), ("meeting_vote", detail), now).await?;
    }
    let named = named(&gathered.whole, turns, opinions);
    if !named.is_empty() {
        store::give(&mut tx, &permit, &named, now).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Writes down what one person wrote, and counts anew.
///
/// # Errors
/// A rule, a ballot that is not in writing, somebody without a vote, or what the database says.
pub async fn write_opinions(
    mut db: Scoped,
    actor: &Actor,
    (id, attendee): (MeetingId, AttendeeId),
    opinions: &[Opinion],
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    store::lock(&mut tx, id).await?;
    let whole = store::load(&mut tx, id).await?;
    let known = whole.person(attendee).is_some_and(|person| person.votes)
        && opinions.iter().all(|opinion| opinion.attendee == attendee && whole.item(opinion.dossier).is_some());
    if !known || whole.meeting.ballot != Ballot::Written {
        return Err(Refused::NotFound);
    }
    let permit = rules::may_keep_meeting(actor, whole.meeting)?;
    store::give(&mut tx, &permit, opinions, now).await?;
    store::count_opinions(&mut tx, &permit).await?;
    let detail = json!({ "meeting": id, "attendee": attendee, "count": opinions.len() });
    tell(&mut tx, (actor, permit.of()), ("meeting_opinion", detail), now).await?;
    tx.commit().await?;
    Ok(())
}
