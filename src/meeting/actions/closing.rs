//! Closing: everything is asked again under lock, and what was concluded goes into the dossiers in the same transaction.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use sqlx::{Connection, PgConnection};

use super::{Gathered, invalid, tell, with_papers};
use crate::access::{Actor, Permit, Refused, act, rules};
use crate::appraisal;
use crate::appraisal::actions::{Conclusion, conclude_within};
use crate::dossier::actions::open;
use crate::dossier::model::PartInput;
use crate::dossier::store as dossier_store;
use crate::journal::{self, model::Entry};
use crate::meeting::model::{self, Item, Meeting, Part, State, Whole};
use crate::meeting::store;
use crate::platform::clock::civil;
use crate::platform::db::Scoped;
use crate::platform::id::MeetingId;
use crate::ruleset::cache::Rulesets;
use crate::words::meeting as words;

/// The part of a group's request that tells of its meeting.
const MINUTES: &str = "bien-ban";

/// Closes a meeting. The committee's conclusions go into the dossiers, all of them or none; a group's meeting is told in its request,
/// and its minutes are written there when nobody began them. A meeting that is closed already stays as it is.
///
/// # Errors
/// A rule, a form older than the agenda, something that is still missing, or what the database says.
pub async fn close(
    mut db: Scoped,
    rulesets: &Rulesets,
    actor: &Actor,
    (id, edition): (MeetingId, i32),
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    store::lock(&mut tx, id).await?;
    let whole = store::load(&mut tx, id).await?;
    if whole.meeting.state() == State::Closed {
        return Ok(());
    }
    // Held until the end: nobody sends one back, and nobody judges one, while the meeting speaks about it.
    let dossiers: Vec<_> = whole.items.iter().map(|item| item.dossier.uuid()).collect();
    appraisal::store::lock_many(&mut tx, &dossiers).await?;
    let gathered = with_papers(&mut tx, rulesets, whole).await?;
    let permit = rules::may_close_meeting(actor, gathered.whole.meeting.clone())?;
    if gathered.whole.edition() != edition {
        return Err(Refused::Stale);
    }
    let faults = gathered.faults();
    if !faults.is_empty() {
        return Err(invalid("ket-thuc", words::cannot_close(&faults, |dossier| words::short_name(&gathered, dossier))));
    }
    for item in &gathered.whole.items {
        if gathered.whole.meeting.is_of_committee() {
            conclude(&mut tx, (rulesets, &permit), (&gathered, item), now).await?;
        } else {
            tell_the_request(&mut tx, (rulesets, actor), (&gathered.whole, item), now).await?;
        }
    }
    let detail = words::result(&gathered.whole);
    let step = model::close(permit, now);
    store::apply(&mut tx, &step).await?;
    tell(&mut tx, (step.actor(), step.after()), (step.verb(), detail), now).await?;
    tx.commit().await?;
    Ok(())
}

/// What the journal keeps of a vote: the meeting, who led it, the counts.
fn told(whole: &Whole, item: &Item) -> Value {
    json!({
        "id": whole.meeting.id,
        "chair": whole.in_part(Part::Chair).map(|person| &person.name),
        "votes": item.vote.map(words::counts),
    })
}

/// The committee's conclusion on one dossier.
async fn conclude(
    conn: &mut PgConnection,
    (rulesets, closing): (&Rulesets, &Permit<act::CloseMeeting, Meeting>),
    (gathered, item): (&Gathered, &Item),
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let outcome = match item.conclusion {
        Some(model::Conclusion::Recommend) => true,
        Some(model::Conclusion::Decline) => false,
        Some(model::Conclusion::Postpone) | None => return Ok(()),
    };
    let whole = &gathered.whole;
    let opened = open(conn, rulesets, item.dossier).await?;
    let facts = opened.facts(now)?;
    let permit = rules::may_conclude_by_meeting(closing, (opened.whole.dossier.clone(), &facts), outcome)
        .map_err(|_| invalid("ket-thuc", words::moved(&opened.whole.subject_short)))?;
    let chair = whole.in_part(Part::Chair).ok_or(Refused::Stale)?;
    let told = told(whole, item);
    let conclusion = Conclusion { outcome, reason: item.reason.clone(), by: &chair.name, meeting: Some(&told) };
    conclude_within(conn, &opened, permit, conclusion, now).await
}

/// Tells the group's request that its meeting was held, and writes the minutes where nobody began them.
async fn tell_the_request(
    conn: &mut PgConnection,
    (rulesets, actor): (&Rulesets, &Actor),
    (whole, item): (&Whole, &Item),
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let opened = open(conn, rulesets, item.dossier).await?;
    let dossier = &opened.whole.dossier;
    let entry = |verb, detail| Entry {
        cycle: Some(dossier.cycle),
        subject: Some(dossier.subject),
        dossier: Some(dossier.id),
        detail,
        ..Entry::at(actor, dossier.place, verb)
    };
    let detail = json!({ "meeting": told(whole, item), "conclusion": item.conclusion.map(model::Conclusion::as_str) });
    journal::store::write(conn, &entry("meeting_held", detail), now).await?;
    let may_write = rules::can_edit(actor, dossier, &opened.facts(now)?).is_ok();
    let typed = opened.rules()?.parts(dossier.kind).iter().any(|rule| rule.code == MINUTES && !rule.upload_only);
    let Some(part) = opened.whole.part(MINUTES).filter(|part| may_write && typed && part.open && part.is_untouched())
    else {
        return Ok(());
    };
    let minutes = PartInput {
        number: None,
        issued_on: Some(civil(whole.meeting.planned_at)),
        signer: whole.in_part(Part::Chair).map(|person| person.name.clone()),
        content: Some(words::minutes(whole, item, now)),
    };
    dossier_store::save_part(conn, part.id, part.revision, &minutes, &actor.person.name, now).await?;
    let detail = json!({ "part": MINUTES, "files": [], "meeting": whole.meeting.id });
    journal::store::write(conn, &entry("part_changed", detail), now).await?;
    Ok(())
}
