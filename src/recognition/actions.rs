//! Sending the ward's package to the city, and recognising.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{Connection, PgConnection};

use super::store;
use crate::access::{Actor, Denial, DenialCode, Refused, Role, rules};
use crate::appraisal::store::{self as appraisal_store, NewDecision, Void};
use crate::dossier::actions::{Found, Opened, Order, lock, open, settle};
use crate::dossier::model;
use crate::platform::db::Scoped;
use crate::platform::id::{CycleId, UnitId};
use crate::ruleset::Level;
use crate::ruleset::cache::Rulesets;

/// Sends every recommended group dossier of the year to the city, in the caller's transaction. Gives how many went.
///
/// # Errors
/// A rule, or what the database says.
pub async fn forward_recommended(
    conn: &mut PgConnection,
    rulesets: &Rulesets,
    actor: &Actor,
    (ward, cycle): (UnitId, CycleId),
    now: DateTime<Utc>,
) -> Result<usize, Refused> {
    let mut sent = 0;
    for id in store::to_forward(conn, ward, cycle).await? {
        let opened = open(conn, rulesets, id).await?;
        let facts = opened.facts(now)?;
        if facts.recognised_by != Level::City {
            return Ok(0);
        }
        let permit = rules::may_forward(actor, opened.whole.dossier, &facts)?;
        settle(conn, &model::forward(permit, now), now).await?;
        sent += 1;
    }
    Ok(sent)
}

/// Hands in the ward's own request, and with it the recommended group dossiers: the ward's package, one transaction.
///
/// # Errors
/// A rule, a stale form, or the missing reason of a late package.
pub async fn send_package(
    mut db: Scoped,
    rulesets: &Rulesets,
    actor: &Actor,
    order: Order,
    late_reason: Option<String>,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    let Some(whole) = crate::dossier::actions::submit_within(&mut tx, rulesets, actor, order, late_reason, now).await?
    else {
        return Ok(());
    };
    forward_recommended(&mut tx, rulesets, actor, (whole.place.ward, whole.cycle), now).await?;
    tx.commit().await?;
    Ok(())
}

/// Sends what was recommended after the package had gone.
///
/// # Errors
/// A rule, a package that has not gone yet, or what the database says.
pub async fn forward_later(
    mut db: Scoped,
    rulesets: &Rulesets,
    actor: &Actor,
    (ward, cycle): (UnitId, CycleId),
    now: DateTime<Utc>,
) -> Result<usize, Refused> {
    let mut tx = db.begin().await?;
    if !store::package_is_sent(&mut tx, ward, cycle).await? {
        return Err(Denial::by(DenialCode::PackageNotSent, Role::WardOfficer).into());
    }
    let sent = forward_recommended(&mut tx, rulesets, actor, (ward, cycle), now).await?;
    tx.commit().await?;
    Ok(sent)
}

/// The paper by which units are recognised or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Đạt or chưa đạt.
    pub outcome: bool,
    /// Why not.
    pub reason: Option<String>,
    /// Number and symbol, from the body's own register.
    pub number: String,
    /// The day on it.
    pub decided_on: NaiveDate,
    /// Who signed it.
    pub signer: String,
}

async fn decide(
    conn: &mut PgConnection,
    actor: &Actor,
    opened: Opened,
    paper: &Paper,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let facts = opened.facts(now)?;
    let state = opened.state()?;
    let state_sha256 = model::state_sha256(&state);
    let dossier = opened.whole.dossier.clone();
    let permit = if paper.outcome {
        rules::may_recognise(actor, dossier, &facts)?
    } else {
        rules::may_refuse(actor, dossier, &facts)?
    };
    let decision = NewDecision {
        kind: "recognition",
        outcome: paper.outcome,
        reason: paper.reason.as_deref(),
        paper: Some((&paper.number, paper.decided_on, &paper.signer)),
        ruleset: opened.whole.ruleset,
        state: &state,
        state_sha256: &state_sha256,
        by: &actor.person.name,
    };
    appraisal_store::add_decision(conn, permit.of(), &decision, now).await?;
    let step = model::recognise(permit, paper.outcome, &paper.number, paper.reason.clone(), &state_sha256);
    settle(conn, &step, now).await?;
    store::publish(conn, &opened.whole, paper.outcome, &paper.number, paper.decided_on, now).await
}

/// Recognises, or does not, several dossiers by one paper: all of them or none.
///
/// # Errors
/// A rule or a stale form of any of them.
pub async fn recognise(
    mut db: Scoped,
    rulesets: &Rulesets,
    actor: &Actor,
    orders: &[Order],
    paper: &Paper,
    now: DateTime<Utc>,
) -> Result<usize, Refused> {
    let mut tx = db.begin().await?;
    let ids: Vec<_> = orders.iter().map(|order| order.id.uuid()).collect();
    appraisal_store::lock_many(&mut tx, &ids).await?;
    let mut decided = 0;
    for order in orders {
        let verbs = ["recognised", "not_recognised"];
        let Found::Fresh(opened) = lock(&mut tx, rulesets, actor, *order, &verbs).await? else {
            continue;
        };
        decide(&mut tx, actor, *opened, paper, now).await?;
        decided += 1;
    }
    tx.commit().await?;
    Ok(decided)
}

/// Takes a recognition back by a later decision; the public page says so from now on.
///
/// # Errors
/// A rule or a stale form.
pub async fn revoke(
    mut db: Scoped,
    rulesets: &Rulesets,
    actor: &Actor,
    order: Order,
    paper: &Paper,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    let Found::Fresh(opened) = lock(&mut tx, rulesets, actor, order, &["revoked"]).await? else {
        return Ok(());
    };
    let (facts, state) = (opened.facts(now)?, opened.state()?);
    let dossier = opened.whole.dossier.clone();
    let permit = rules::may_revoke(actor, dossier.clone(), &facts)?;
    let reason = paper.reason.as_deref().unwrap_or_default();
    if let Some(decision) = opened.whole.decision() {
        let void = Void { how: "revoked", reason, by: &actor.person.name };
        appraisal_store::void_decision(&mut tx, &dossier, decision.id, &void, now).await?;
    }
    let decision = NewDecision {
        kind: "revocation",
        outcome: false,
        reason: Some(reason),
        paper: Some((&paper.number, paper.decided_on, &paper.signer)),
        ruleset: opened.whole.ruleset,
        state: &state,
        state_sha256: &model::state_sha256(&state),
        by: &actor.person.name,
    };
    appraisal_store::add_decision(&mut tx, &dossier, &decision, now).await?;
    store::revoke(&mut tx, &opened.whole, &paper.number, paper.decided_on).await?;
    settle(&mut tx, &model::revoke(permit, &paper.number, reason), now).await?;
    tx.commit().await?;
    Ok(())
}
