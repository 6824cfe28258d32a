//! Verdicts, returns and decisions; and all of a year's groups at once.

mod matrix;
mod standing;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::access::Refused;
use crate::dossier::model::{Basis, Dossier, Finding, ReturnItem};
use crate::platform::id::{DecisionId, ReturnId, RulesetId, UnitId};

pub use matrix::{matrix, own_request};
pub use standing::{Forecast, forecasts, newest_cycles, save_standings, years};

/// What a verdict form writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerdictInput {
    /// What the desk finds.
    pub finding: Finding,
    /// Why; required unless met.
    pub note: Option<String>,
    /// The revision of the self-assessment on the form.
    pub looked_at_revision: i32,
}

/// What lay on the table when a verdict was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Claim, evidence, computed result.
    pub basis: Basis,
    /// What the program found, where a verdict is measured against it.
    pub computed: Option<Finding>,
}

/// Writes a verdict; `revision` is the one the form was drawn from, 0 when there was none.
///
/// # Errors
/// [`Refused::Stale`] when somebody else judged meanwhile.
pub async fn save_verdict(
    conn: &mut PgConnection,
    dossier: &Dossier,
    (criterion, revision): (&str, i32),
    (input, seen): (&VerdictInput, &Seen),
    by: &str,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let done = sqlx::query!(
        "insert into verdict as v (city_id, ward_id, group_id, cycle_id, subject_id, criterion, finding, note, looked_at_revision, made_at, made_by, basis, computed)
         select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $13, $14
          where $12 = 0 or exists (select 1 from verdict o where o.ward_id = $2 and o.cycle_id = $4 and o.subject_id = $5 and o.criterion = $6)
         on conflict (ward_id, cycle_id, subject_id, criterion) do update set finding = excluded.finding, note = excluded.note,
           looked_at_revision = excluded.looked_at_revision, basis = excluded.basis, computed = excluded.computed, made_at = excluded.made_at, made_by = excluded.made_by, revision = v.revision + 1
         where v.revision = $12",
        dossier.place.city.uuid(),
        dossier.place.ward.uuid(),
        dossier.place.group.map(UnitId::uuid),
        dossier.cycle.uuid(),
        dossier.subject.uuid(),
        criterion,
        input.finding.as_str(),
        input.note,
        input.looked_at_revision,
        now,
        by,
        revision,
        serde_json::to_value(&seen.basis).map_err(anyhow::Error::from)?,
        seen.computed.map(Finding::as_str)
    )
    .execute(conn)
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(Refused::Stale) }
}

/// A return to be written.
#[derive(Debug, Clone, Copy)]
pub struct NewReturn<'a> {
    /// The things, each with its reason.
    pub items: &'a [ReturnItem],
    /// The last day to answer.
    pub answer_by: NaiveDate,
    /// The city to the ward's desk, instead of a desk to the keepers.
    pub handed_back: bool,
    /// By whom.
    pub by: &'a str,
}

/// Writes a return with its items.
///
/// # Errors
/// What the database says.
pub async fn add_return(
    conn: &mut PgConnection,
    dossier: &Dossier,
    NewReturn { items, answer_by, handed_back, by }: NewReturn<'_>,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let parts: Vec<Option<String>> = items.iter().map(|item| item.part.clone()).collect();
    let criteria: Vec<Option<String>> = items.iter().map(|item| item.criterion.clone()).collect();
    let reasons: Vec<String> = items.iter().map(|item| item.reason.clone()).collect();
    sqlx::query!(
        "with back as (
           insert into dossier_return (id, dossier_id, city_id, ward_id, group_id, attempt, answer_by, made_at, made_by, handed_back)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $13) returning id)
         insert into dossier_return_item (return_id, dossier_id, city_id, ward_id, group_id, part, criterion, reason)
         select back.id, $2, $3, $4, $5, t.part, t.criterion, t.reason
           from back, unnest($10::text[], $11::text[], $12::text[]) t (part, criterion, reason)",
        ReturnId::new(now).uuid(),
        dossier.id.uuid(),
        dossier.place.city.uuid(),
        dossier.place.ward.uuid(),
        dossier.place.group.map(UnitId::uuid),
        dossier.attempt,
        answer_by,
        now,
        by,
        &parts as _,
        &criteria as _,
        &reasons,
        handed_back
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A decision to be written.
#[derive(Debug, Clone)]
pub struct NewDecision<'a> {
    /// recommendation, recognition or revocation.
    pub kind: &'static str,
    /// Yes or no.
    pub outcome: bool,
    /// Why not.
    pub reason: Option<&'a str>,
    /// Number, day and signer of the paper; a recommendation has none.
    pub paper: Option<(&'a str, NaiveDate, &'a str)>,
    /// The pinned ruleset.
    pub ruleset: RulesetId,
    /// The state it judged.
    pub state: &'a str,
    /// Its SHA-256; the database recomputes it.
    pub state_sha256: &'a str,
    /// By whom it was recorded.
    pub by: &'a str,
}

/// Writes a decision.
///
/// # Errors
/// What the database says.
pub async fn add_decision(
    conn: &mut PgConnection,
    dossier: &Dossier,
    decision: &NewDecision<'_>,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    sqlx::query!(
        "insert into decision (id, dossier_id, city_id, ward_id, group_id, cycle_id, subject_id, kind, outcome, reason, number, decided_on, signer,
                               ruleset_id, state, state_sha256, made_at, made_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
        DecisionId::new(now).uuid(),
        dossier.id.uuid(),
        dossier.place.city.uuid(),
        dossier.place.ward.uuid(),
        dossier.place.group.map(UnitId::uuid),
        dossier.cycle.uuid(),
        dossier.subject.uuid(),
        decision.kind,
        decision.outcome,
        decision.reason,
        decision.paper.map(|paper| paper.0),
        decision.paper.map(|paper| paper.1),
        decision.paper.map(|paper| paper.2),
        decision.ruleset.uuid(),
        decision.state,
        decision.state_sha256,
        now,
        decision.by
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Why a decision does not hold any more.
#[derive(Debug, Clone, Copy)]
pub struct Void<'a> {
    /// reopened or revoked.
    pub how: &'static str,
    /// Why.
    pub reason: &'a str,
    /// By whom.
    pub by: &'a str,
}

/// Writes that a decision does not hold any more; the decision itself stays.
///
/// # Errors
/// What the database says.
pub async fn void_decision(
    conn: &mut PgConnection,
    dossier: &Dossier,
    decision: DecisionId,
    void: &Void<'_>,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    sqlx::query!(
        "insert into decision_void (decision_id, dossier_id, city_id, ward_id, group_id, how, reason, made_at, made_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        decision.uuid(),
        dossier.id.uuid(),
        dossier.place.city.uuid(),
        dossier.place.ward.uuid(),
        dossier.place.group.map(UnitId::uuid),
        void.how,
        void.reason,
        now,
        void.by
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The ids behind the rows of an action over several dossiers, locked in the order of their ids.
///
/// # Errors
/// What the database says.
pub async fn lock_many(conn: &mut PgConnection, ids: &[Uuid]) -> Result<(), Refused> {
    sqlx::query!("select id from dossier where id = any ($1) order by id for update", ids).fetch_all(conn).await?;
    Ok(())
}
