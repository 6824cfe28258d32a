//! One function per verb of the desk above: receive, send back, judge, declare appraised, recommend.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::Connection;

use super::store::{self, NewDecision, Seen, VerdictInput};
use crate::access::{Actor, Refused, rules};
use crate::dossier::actions::{Found, Order, lock, open, settle};
use crate::dossier::model::{self, ReturnItem};
use crate::dossier::store as dossier_store;
use crate::journal::{self, model::Entry};
use crate::platform::db::Scoped;
use crate::platform::id::DossierId;
use crate::ruleset::cache::Rulesets;

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

/// Sends a dossier back with a reason for each thing and a day to answer by.
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
    let Found::Fresh(opened) = lock(&mut tx, rulesets, actor, order, &["returned"]).await? else {
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
    let permit = rules::may_return(actor, opened.whole.dossier.clone(), &facts)?;
    store::add_return(&mut tx, permit.of(), items, answer_by, &actor.person.name, now).await?;
    settle(&mut tx, &model::send_back(permit, items, answer_by), now).await?;
    tx.commit().await?;
    Ok(())
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
    let seen = Seen { basis: whole.basis(&outcome), computed: outcome.benchmark() };
    if seen.computed.is_some_and(|computed| computed != input.finding) && input.note.is_none() {
        return Err(Refused::Invalid(vec![("ghi-chu", crate::words::appraisal::OVERRIDE_NEEDS_REASON.to_owned())]));
    }
    store::save_verdict(&mut tx, &whole.dossier, (criterion, revision), (input, &seen), &actor.person.name, now)
        .await?;
    let entry = Entry {
        cycle: Some(whole.dossier.cycle),
        subject: Some(whole.dossier.subject),
        dossier: Some(whole.dossier.id),
        reason: input.note.as_deref(),
        detail: serde_json::json!({ "criterion": criterion, "finding": input.finding }),
        ..Entry::at(actor, whole.dossier.place, "judged")
    };
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
    let facts = opened.facts(now)?;
    let state = opened.state()?;
    let state_sha256 = model::state_sha256(&state);
    let dossier = opened.whole.dossier;
    let permit = if outcome {
        rules::may_recommend(actor, dossier, &facts)?
    } else {
        rules::may_decline(actor, dossier, &facts)?
    };
    let decision = NewDecision {
        kind: "recommendation",
        outcome,
        reason: reason.as_deref(),
        paper: None,
        ruleset: opened.whole.ruleset,
        state: &state,
        state_sha256: &state_sha256,
        by: &actor.person.name,
    };
    store::add_decision(&mut tx, permit.of(), &decision, now).await?;
    settle(&mut tx, &model::conclude(permit, outcome, reason.clone(), &state_sha256), now).await?;
    tx.commit().await?;
    Ok(())
}
