//! Opening a year and moving its dates.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{Connection, PgConnection};

use super::model::{Calendar, Override, Window};
use super::store::{self, Cycle};
use crate::access::{Actor, Denial, DenialCode, Place, Refused, rules};
use crate::journal::{self, model::Entry};
use crate::platform::clock::civil;
use crate::platform::db::Scoped;
use crate::platform::id::{CycleId, RulesetId, UnitId};
use crate::ruleset::cache::Rulesets;
use crate::ruleset::{DeadlineCode, DossierKind, Ruleset, SubjectKind};
use crate::{dossier, participation};

/// Opens a year: calendar from the ruleset, and for the ward and each of its groups a registration and a request.
///
/// # Errors
/// A rule, a year that exists or is out of range, or what the database says.
pub async fn open_year(
    mut db: Scoped,
    rulesets: &Rulesets,
    actor: &Actor,
    (year, ruleset_id): (i32, RulesetId),
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    rules::can_keep_cycle(actor)?;
    let ward = actor.ward().ok_or(Refused::NotFound)?;
    let mut tx = db.begin().await?;
    let ruleset = rulesets.get(&mut tx, ruleset_id).await?;
    let calendar =
        Calendar::plan(&ruleset, year).map_err(|error| Refused::Invalid(vec![("nam", error.to_string())]))?;
    calendar.check_span(&ruleset).map_err(|error| Refused::Invalid(vec![("bo", error.to_string())]))?;
    if store::list(&mut tx, ward).await?.iter().any(|known| known.year == year) {
        return Err(Denial::always(DenialCode::YearExists).into());
    }
    let cycle = new_cycle(actor, ward, (ruleset_id, &ruleset), calendar, now)?;
    store::insert(&mut tx, &cycle).await?;
    let of_ward = Place { city: actor.city, ward, group: None };
    let groups = make_dossiers(&mut tx, &ruleset, &cycle, of_ward, now).await?;
    // The register goes on: whoever lives here when the year opens is asked to take part.
    let households = participation::store::start_year(&mut tx, of_ward, cycle.id, civil(now)).await?;
    let entry = Entry {
        cycle: Some(cycle.id),
        detail: serde_json::json!({ "year": year, "ruleset": cycle.ruleset_code, "version": cycle.ruleset_version, "groups": groups, "households": households }),
        ..Entry::at(actor, of_ward, "cycle_opened")
    };
    journal::store::write(&mut tx, &entry, now).await?;
    tx.commit().await?;
    Ok(())
}

fn new_cycle(
    actor: &Actor,
    ward: UnitId,
    (ruleset_id, ruleset): (RulesetId, &Ruleset),
    calendar: Calendar,
    now: DateTime<Utc>,
) -> Result<Cycle, Refused> {
    Ok(Cycle {
        id: CycleId::new(now),
        city: actor.city,
        ward,
        ruleset: ruleset_id,
        ruleset_code: ruleset.code.clone(),
        ruleset_version: i32::try_from(ruleset.version).map_err(anyhow::Error::from)?,
        calendar,
        locks_late: false,
        opened_by: actor.person.name.clone(),
        opened_at: now,
        revision: 1,
    })
}

/// A registration and a request for the ward and for each of its groups; gives how many groups there are.
async fn make_dossiers(
    conn: &mut PgConnection,
    ruleset: &Ruleset,
    cycle: &Cycle,
    of_ward: Place,
    now: DateTime<Utc>,
) -> Result<usize, Refused> {
    // A group that will begin, or that ends, before the window does is judged as well; a window that is over keeps its last day.
    let window = cycle.calendar.group_window;
    let rest = Window { from: civil(now).clamp(window.from, window.to), to: window.to };
    let groups = store::groups_of(conn, of_ward.ward, rest).await?;
    let of_groups: Vec<Place> =
        groups.into_iter().map(|id| Place { group: Some(UnitId::from(id)), ..of_ward }).collect();
    for (subject, places) in [(SubjectKind::Group, of_groups.as_slice()), (SubjectKind::Ward, &[of_ward])] {
        let rules_of_kind =
            ruleset.subject(subject).ok_or_else(|| anyhow::anyhow!("ruleset without {}", subject.as_str()))?;
        for kind in [DossierKind::Registration, DossierKind::Request] {
            let parts: Vec<&str> = rules_of_kind.parts(kind).iter().map(|part| part.code.as_str()).collect();
            dossier::store::create(conn, cycle.id, kind, places, &parts, now).await?;
        }
    }
    Ok(of_groups.len())
}

/// A new day for a deadline, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// Which deadline.
    pub code: DeadlineCode,
    /// The day as it will be stated.
    pub stated: NaiveDate,
    /// "Trước ngày": that day itself is late.
    pub exclusive: bool,
    /// Why.
    pub reason: String,
}

/// Moves a deadline, with its reason kept beside it and in the journal.
///
/// # Errors
/// A rule, a stale form, or an unknown deadline.
pub async fn move_deadline(
    mut db: Scoped,
    actor: &Actor,
    (year, revision): (i32, i32),
    to: &Move,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    rules::can_keep_cycle(actor)?;
    let ward = actor.ward().ok_or(Refused::NotFound)?;
    let mut tx = db.begin().await?;
    let cycle = store::load(&mut tx, ward, year).await?;
    let known = cycle.calendar.deadline(to.code).ok_or(Refused::NotFound)?.clone();
    store::advance(&mut tx, &cycle, revision, cycle.locks_late).await?;
    let first = known.overridden.as_ref();
    let because = Override {
        previous_stated: first.map_or(known.stated, |before| before.previous_stated),
        previous_exclusive: first.map_or(known.exclusive, |before| before.previous_exclusive),
        reason: to.reason.clone(),
        by: actor.person.name.clone(),
    };
    let mut moved = known.clone();
    moved.stated = to.stated;
    moved.exclusive = to.exclusive;
    store::move_deadline(&mut tx, &cycle, &moved, &because).await?;
    let place = Place { city: actor.city, ward, group: None };
    let entry = Entry {
        cycle: Some(cycle.id),
        reason: Some(&to.reason),
        detail: serde_json::json!({ "code": to.code.as_str(), "from": known.stated, "to": to.stated, "exclusive": to.exclusive }),
        ..Entry::at(actor, place, "deadline_moved")
    };
    journal::store::write(&mut tx, &entry, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Locks late dossiers out, or takes them again.
///
/// # Errors
/// A rule or a stale form.
pub async fn lock_late(
    mut db: Scoped,
    actor: &Actor,
    (year, revision): (i32, i32),
    locks: bool,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    rules::can_keep_cycle(actor)?;
    let ward = actor.ward().ok_or(Refused::NotFound)?;
    let mut tx = db.begin().await?;
    let cycle = store::load(&mut tx, ward, year).await?;
    store::advance(&mut tx, &cycle, revision, locks).await?;
    let place = Place { city: actor.city, ward, group: None };
    let entry =
        Entry { cycle: Some(cycle.id), ..Entry::at(actor, place, if locks { "late_locked" } else { "late_unlocked" }) };
    journal::store::write(&mut tx, &entry, now).await?;
    tx.commit().await?;
    Ok(())
}
