//! One function per verb of the desk above: receive, send back, judge, declare appraised, recommend.

mod standing;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{Connection, PgConnection};

use super::model::is_ready;
use super::store::{self, NewDecision, Seen, VerdictInput};
use crate::access::{Actor, Permit, Refused, act, rules};
use crate::dossier::actions::{Found, Opened, Order, lock, open, settle};
use crate::dossier::model::{self, Dossier, Finding, ReturnItem, Status, Whole};
use crate::dossier::store as dossier_store;
use crate::journal::{self, model::Entry};
use crate::platform::db::Scoped;
use crate::platform::id::DossierId;
use crate::ruleset::cache::Rulesets;

pub use standing::{STANDING_JOB, ask_standing, compute_standing};

/// The verbs of [`send_back`].
pub const SENT_BACK: [&str; 2] = ["returned", "handed_back"];

/// Receives one dossier.
///
/// # Errors
/// A rule or a stale form.
pub async fn receive(
    mut db: Scoped,
    rulesets: &Rulesets,
    actor: &Actor,
    order: Order,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    let Found::Fresh(opened) = lock(&mut tx, rulesets, actor, order, &["received"]).await? else {
        return Ok(());
    };
    let facts = opened.facts(now)?;
    let permit = rules::may_receive(actor, opened.whole.dossier, &facts)?;
    settle(&mut tx, &model::receive(permit, now), now).await?;
    tx.commit().await?;
    Ok(())
}

/// Receives several complete dossiers at once: all of them or none.
///
/// # Errors
/// A rule or a stale form of any of them.
pub async fn receive_all(
    mut db: Scoped,
    rulesets: &Rulesets,
    actor: &Actor,
    orders: &[Order],
    now: DateTime<Utc>,
) -> Result<usize, Refused> {
    let mut tx = db.begin().await?;
    let ids: Vec<_> = orders.iter().map(|order| order.id.uuid()).collect();
    store::lock_many(&mut tx, &ids).await?;
    let mut received = 0;
    for order in orders {
        let Found::Fresh(opened) = lock(&mut tx, rulesets, actor, *order, &["received"]).await? else {
            continue;
        };
        let facts = opened.facts(now)?;
        let permit = rules::may_receive(actor, opened.whole.dossier, &facts)?;
        settle(&mut tx, &model::receive(permit, now), now).await?;
        received += 1;
    }
    tx.commit().await?;
    Ok(received)
}

/// Sends a dossier back with a reason for each thing and a day to answer by: a desk to those who keep it, or the city a group's request to
/// its ward's desk, whichever this seat may do with it now.
///
/// # Errors
/// A rule, a stale form, or a thing that the dossier does not have.
pub async fn send_back(
    mut db: Scoped,
    rulesets: &Rulesets,
    actor: &Actor,
    order: Order,
    (items, answer_by): (&[ReturnItem], NaiveDate),
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    let Found::Fresh(opened) = lock(&mut tx, rulesets, actor, order, &SENT_BACK).await? else {
        return Ok(());
    };
    let facts = opened.facts(now)?;
    let rules_of_kind = opened.rules()?;
    let known = items.iter().all(|item| match (&item.part, &item.criterion) {
        (Some(part), None) => opened.whole.part(part).is_some(),
        (None, Some(criterion)) => rules_of_kind.criterion(criterion).is_some(),
        _ => false,
    });
    if !known {
        return Err(Refused::NotFound);
    }
    let dossier = opened.whole.dossier.clone();
    let handed_back = rules::can_hand_back(actor, &dossier, &facts).is_ok();
    let step = if handed_back {
        void(&mut tx, &opened, actor, crate::words::appraisal::HANDED_BACK, now).await?;
        model::hand_back(rules::may_hand_back(actor, dossier, &facts)?, items, answer_by)
    } else {
        model::send_back(rules::may_return(actor, dossier, &facts)?, items, answer_by)
    };
    let back = store::NewReturn { items, answer_by, handed_back, by: &actor.person.name };
    store::add_return(&mut tx, &opened.whole.dossier, back, now).await?;
    settle(&mut tx, &step, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Writes that the decision on which a dossier rests holds no more.
async fn void(
    conn: &mut PgConnection,
    opened: &Opened,
    actor: &Actor,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let Some(decision) = opened.whole.decision() else { return Ok(()) };
    let void = store::Void { how: "reopened", reason, by: &actor.person.name };
    store::void_decision(conn, &opened.whole.dossier, decision.id, &void, now).await
}

/// Judges one criterion.
///
/// # Errors
/// A rule, an unknown criterion, or [`Refused::Stale`] when somebody else judged it meanwhile.
#[allow(clippy::too_many_arguments, reason = "one function per verb: who, what, from which revision, when")]
pub async fn judge(
    mut db: Scoped,
    rulesets: &Rulesets,
    actor: &Actor,
    id: DossierId,
    criterion: &str,
    revision: i32,
    input: &VerdictInput,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    dossier_store::lock(&mut tx, id).await?;
    let opened = open(&mut tx, rulesets, id).await?;
    let whole = &opened.whole;
    rules::can_judge(actor, &whole.dossier, &opened.facts(now)?)?;
    opened.rules()?.criterion(criterion).ok_or(Refused::NotFound)?;
    if let Some(known) = whole.verdict(criterion)
        && known.revision == revision + 1
        && known.made_by == actor.person.name
        && known.finding == input.finding
        && known.note == input.note
    {
        return Ok(());
    }
    let outcome = opened.found().into_iter().find(|it| it.code == criterion).ok_or(Refused::NotFound)?;
    let seen = Seen { basis: whole.sheet().basis(&outcome), computed: outcome.benchmark(input.finding) };
    if seen.computed.is_some_and(|computed| computed != input.finding) && input.note.is_none() {
        return Err(Refused::Invalid(vec![("ghi-chu", crate::words::appraisal::OVERRIDE_NEEDS_REASON.to_owned())]));
    }
    store::save_verdict(&mut tx, &whole.dossier, (criterion, revision), (input, &seen), &actor.person.name, now)
        .await?;
    let entry = verdict_entry(actor, whole, (criterion, input));
    journal::store::write(&mut tx, &entry, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Declares every criterion judged.
///
/// # Errors
/// A rule or a stale form.
pub async fn appraise(
    mut db: Scoped,
    rulesets: &Rulesets,
    actor: &Actor,
    order: Order,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    let Found::Fresh(opened) = lock(&mut tx, rulesets, actor, order, &["appraised"]).await? else {
        return Ok(());
    };
    let facts = opened.facts(now)?;
    let permit = rules::may_appraise(actor, opened.whole.dossier, &facts)?;
    settle(&mut tx, &model::appraise(permit), now).await?;
    tx.commit().await?;
    Ok(())
}

/// Recommends recognition, or does not and says why. Keeps the exact state that was judged.
///
/// # Errors
/// A rule or a stale form.
pub async fn conclude(
    mut db: Scoped,
    rulesets: &Rulesets,
    actor: &Actor,
    order: Order,
    (outcome, reason): (bool, Option<String>),
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    let verbs = ["recommended", "not_recommended"];
    let Found::Fresh(opened) = lock(&mut tx, rulesets, actor, order, &verbs).await? else {
        return Ok(());
    };
    let (facts, dossier) = (opened.facts(now)?, opened.whole.dossier.clone());
    let permit = if outcome {
        rules::may_recommend(actor, dossier, &facts)?
    } else {
        rules::may_decline(actor, dossier, &facts)?
    };
    let conclusion = Conclusion { outcome, reason, by: &actor.person.name, meeting: None };
    conclude_within(&mut tx, &opened, permit, conclusion, now).await?;
    tx.commit().await?;
    Ok(())
}

/// What was concluded on a dossier, by whom, and in which meeting if in one.
#[derive(Debug)]
pub struct Conclusion<'a> {
    /// Recommended, or not.
    pub outcome: bool,
    /// Why.
    pub reason: Option<String>,
    /// Who answers for it: the chair, or whoever led the meeting.
    pub by: &'a str,
    /// For the journal: the meeting, who led it, the votes.
    pub meeting: Option<&'a serde_json::Value>,
}

/// Writes a conclusion within the caller's transaction, with the exact state that was judged. The permit is about the dossier that is
/// opened.
///
/// # Errors
/// [`Refused::Stale`], or what the database says.
pub async fn conclude_within(
    conn: &mut PgConnection,
    opened: &Opened,
    permit: Permit<act::Conclude, Dossier>,
    conclusion: Conclusion<'_>,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let Conclusion { outcome, reason, by, meeting } = conclusion;
    let state = opened.state()?;
    let state_sha256 = model::state_sha256(&state);
    let decision = NewDecision {
        kind: "recommendation",
        outcome,
        reason: reason.as_deref(),
        paper: None,
        ruleset: opened.whole.ruleset,
        state: &state,
        state_sha256: &state_sha256,
        by,
    };
    store::add_decision(conn, permit.of(), &decision, now).await?;
    let step = match meeting {
        Some(meeting) => model::conclude_by_meeting(permit, outcome, reason, &state_sha256, meeting),
        None => model::conclude(permit, outcome, reason, &state_sha256),
    };
    settle(conn, &step, now).await
}

/// Takes a conclusion back. The decision that the dossier rested on stays and holds no more.
///
/// # Errors
/// A rule or a stale form.
pub async fn reopen(
    mut db: Scoped,
    rulesets: &Rulesets,
    actor: &Actor,
    order: Order,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    let Found::Fresh(opened) = lock(&mut tx, rulesets, actor, order, &["reopened"]).await? else {
        return Ok(());
    };
    let facts = opened.facts(now)?;
    let permit = rules::may_reopen(actor, opened.whole.dossier.clone(), &facts)?;
    void(&mut tx, &opened, actor, reason, now).await?;
    settle(&mut tx, &model::reopen(permit, reason), now).await?;
    tx.commit().await?;
    Ok(())
}

/// Approves several dossiers together: what is computed as met and claimed as met becomes a verdict, what was handed in is received,
/// and the appraisal is declared complete. All of them or none.
///
/// # Errors
/// A rule, or [`Refused::Stale`] when one of them is no longer complete.
pub async fn approve(
    mut db: Scoped,
    rulesets: &Rulesets,
    actor: &Actor,
    orders: &[Order],
    now: DateTime<Utc>,
) -> Result<usize, Refused> {
    let mut tx = db.begin().await?;
    let ids: Vec<_> = orders.iter().map(|order| order.id.uuid()).collect();
    store::lock_many(&mut tx, &ids).await?;
    let mut approved = 0;
    for order in orders {
        let Found::Fresh(opened) = lock(&mut tx, rulesets, actor, *order, &["received", "appraised"]).await? else {
            continue;
        };
        approve_one(&mut tx, rulesets, actor, *opened, now).await?;
        approved += 1;
    }
    tx.commit().await?;
    Ok(approved)
}

async fn approve_one(
    conn: &mut PgConnection,
    rulesets: &Rulesets,
    actor: &Actor,
    opened: Opened,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let (whole, facts) = (&opened.whole, opened.facts(now)?);
    rules::can_judge(actor, &whole.dossier, &facts)?;
    for outcome in opened.found() {
        let sheet = whole.sheet();
        if !sheet.is_due(&outcome) {
            continue;
        }
        if sheet.verdict(&outcome.code).is_some() || !is_ready(&outcome, sheet.assessment(&outcome.code)) {
            return Err(Refused::Stale);
        }
        let looked_at_revision = sheet.assessment(&outcome.code).map_or(0, |claim| claim.revision);
        let input = VerdictInput { finding: Finding::Met, note: None, looked_at_revision };
        let seen = Seen { basis: sheet.basis(&outcome), computed: outcome.benchmark(Finding::Met) };
        store::save_verdict(conn, &whole.dossier, (&outcome.code, 0), (&input, &seen), &actor.person.name, now).await?;
        let entry = verdict_entry(actor, whole, (&outcome.code, &input));
        journal::store::write(conn, &entry, now).await?;
    }
    let id = whole.dossier.id;
    if whole.dossier.status == Status::Submitted {
        settle(conn, &model::receive(rules::may_receive(actor, opened.whole.dossier, &facts)?, now), now).await?;
    }
    let judged = open(conn, rulesets, id).await?;
    let facts = judged.facts(now)?;
    settle(conn, &model::appraise(rules::may_appraise(actor, judged.whole.dossier, &facts)?), now).await
}

/// The journal's line of a verdict.
fn verdict_entry<'a>(actor: &'a Actor, whole: &Whole, (criterion, input): (&str, &'a VerdictInput)) -> Entry<'a> {
    Entry {
        cycle: Some(whole.dossier.cycle),
        subject: Some(whole.dossier.subject),
        dossier: Some(whole.dossier.id),
        reason: input.note.as_deref(),
        detail: serde_json::json!({ "criterion": criterion, "finding": input.finding }),
        ..Entry::at(actor, whole.dossier.place, "judged")
    }
}
