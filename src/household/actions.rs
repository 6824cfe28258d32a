//! What people do with the register: write a household, change it, end it, take the end back, split, merge, move.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;
use sqlx::{Connection, PgConnection};

use super::model::{End, Facts, Household};
use super::store::{self, Ending, Fresh};
use crate::access::{Actor, Place, Refused, rules};
use crate::journal::{self, model::Entry};
use crate::participation;
use crate::platform::clock::civil;
use crate::platform::db::Scoped;
use crate::platform::id::{HouseholdId, UnitId};
use crate::words;

/// Which household, as the form that is being sent saw it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// The household.
    pub id: HouseholdId,
    /// Its revision then.
    pub revision: i32,
}

/// An event about a household. It never holds a name, an address or a typed reason: the journal cannot forget.
fn event<'a>(actor: &'a Actor, household: (HouseholdId, Place), verb: &'static str) -> Entry<'a> {
    Entry { household: Some(household.0), ..Entry::at(actor, household.1, verb) }
}

/// Locks a household and reads it as the form saw it.
async fn held(conn: &mut PgConnection, seen: Seen) -> Result<Household, Refused> {
    store::lock(conn, &[seen.id]).await?;
    let household = store::load(conn, seen.id).await?;
    if household.revision == seen.revision { Ok(household) } else { Err(Refused::Stale) }
}

fn invalid(field: &'static str, sentence: impl Into<String>) -> Refused {
    Refused::Invalid(vec![(field, sentence.into())])
}

/// A day on which something happened: not before the household came, not after today.
fn happened(day: NaiveDate, since: NaiveDate, now: DateTime<Utc>, field: &'static str) -> Result<(), Refused> {
    if day > civil(now) {
        return Err(invalid(field, words::household::not_yet(day)));
    }
    if day < since {
        return Err(invalid(field, words::household::before_it_came(since)));
    }
    Ok(())
}

/// Writes a household into a group, and into the running year.
///
/// # Errors
/// A rule, a day to come, a group that is out of sight, or what the database says.
pub async fn add(
    mut db: Scoped,
    actor: &Actor,
    (group, since): (UnitId, NaiveDate),
    facts: &Facts,
    now: DateTime<Utc>,
) -> Result<HouseholdId, Refused> {
    rules::may_add_household(actor, group)?;
    if since > civil(now) {
        return Err(invalid("tu-ngay", words::household::not_yet(since)));
    }
    let mut tx = db.begin().await?;
    let id = write(&mut tx, actor, (group, since), (facts, "registered"), now).await?;
    let place = Place { city: actor.city, ward: actor.ward().ok_or(Refused::NotFound)?, group: Some(group) };
    let entry = Entry { detail: json!({ "since": since }), ..event(actor, (id, place), "household_added") };
    journal::store::write(&mut tx, &entry, now).await?;
    tx.commit().await?;
    Ok(id)
}

/// One new household with its code, its stay and its place in the running year.
async fn write(
    conn: &mut PgConnection,
    actor: &Actor,
    (group, since): (UnitId, NaiveDate),
    (facts, began): (&Facts, &'static str),
    now: DateTime<Utc>,
) -> Result<HouseholdId, Refused> {
    let ward = actor.ward().ok_or(Refused::NotFound)?;
    let groups = store::groups(conn, ward, civil(now)).await?;
    let prefix = &groups.iter().find(|it| it.id == group).ok_or(Refused::NotFound)?.code;
    let code = format!("{prefix}-{:04}", store::next_number(conn, prefix).await?);
    let place = Place { city: actor.city, ward, group: Some(group) };
    let fresh = Fresh { id: HouseholdId::new(now), group, code, facts: facts.clone(), since };
    let id = fresh.id;
    store::insert_all(conn, place, &[fresh], (began, None), (&actor.person.name, now)).await?;
    if let Some(cycle) = participation::store::newest_cycle(conn, ward).await? {
        participation::store::join(conn, cycle, place, &[(id, group)]).await?;
    }
    Ok(id)
}

/// Writes other facts of a household; what stood before is kept with the reason.
///
/// # Errors
/// A rule, a stale form, or what the database says.
pub async fn edit(
    mut db: Scoped,
    actor: &Actor,
    seen: Seen,
    (to, reason): (&Facts, Option<&str>),
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    store::lock(&mut tx, &[seen.id]).await?;
    let household = store::load(&mut tx, seen.id).await?;
    // The same form sent twice, or one that changes nothing.
    if household.facts == *to {
        rules::may_keep_household(actor, household)?;
        return Ok(());
    }
    if household.revision != seen.revision {
        return Err(Refused::Stale);
    }
    let changed = changed(&household.facts, to);
    let place = household.place();
    let permit = rules::may_keep_household(actor, household)?;
    store::update(&mut tx, &permit, to, reason, (&actor.person.name, now)).await?;
    let entry = Entry { detail: json!({ "fields": changed }), ..event(actor, (seen.id, place), "household_changed") };
    journal::store::write(&mut tx, &entry, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Which facts differ, by name.
fn changed(from: &Facts, to: &Facts) -> Vec<&'static str> {
    let differs = [
        ("head", from.head != to.head),
        ("address", from.address != to.address),
        ("members", from.members != to.members),
        ("phone", from.phone != to.phone),
        ("note", from.note != to.note),
    ];
    differs.into_iter().filter_map(|(name, differs)| differs.then_some(name)).collect()
}

/// Writes that a household moved away or is no household any more, with its last day here.
///
/// # Errors
/// A rule, a stale form, a day before it came or after today, or what the database says.
pub async fn end(
    mut db: Scoped,
    actor: &Actor,
    seen: Seen,
    (how, last, reason): (End, NaiveDate, Option<&str>),
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    let household = held(&mut tx, seen).await?;
    happened(last, household.since, now, "den-ngay")?;
    let place = household.place();
    finish(&mut tx, actor, household, Ending { how, ended: how.as_str(), last, reason }, now).await?;
    let detail = json!({ "how": how.as_str(), "last": last });
    let entry = Entry { detail, ..event(actor, (seen.id, place), "household_ended") };
    journal::store::write(&mut tx, &entry, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Ends a household and, unless it lived there on the counting day, takes it out of the running year.
async fn finish(
    conn: &mut PgConnection,
    actor: &Actor,
    household: Household,
    ending: Ending<'_>,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let (permit, last) = (rules::may_keep_household(actor, household)?, ending.last);
    store::end(conn, &permit, ending, (&actor.person.name, now)).await?;
    if let Some(cycle) = participation::store::newest_cycle(conn, permit.of().ward).await? {
        participation::store::leave(conn, permit.of(), cycle, last).await?;
    }
    Ok(())
}

/// Takes a wrongly written end back.
///
/// # Errors
/// A rule, a stale form, or what the database says.
pub async fn resume(
    mut db: Scoped,
    actor: &Actor,
    seen: Seen,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    let household = held(&mut tx, seen).await?;
    let place = household.place();
    let permit = rules::may_resume_household(actor, household)?;
    store::resume(&mut tx, &permit, reason, (&actor.person.name, now)).await?;
    if let Some(cycle) = participation::store::newest_cycle(&mut tx, permit.of().ward).await? {
        participation::store::return_to(&mut tx, permit.of(), cycle).await?;
    }
    let entry = event(actor, (seen.id, place), "household_resumed");
    journal::store::write(&mut tx, &entry, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Splits a new household off: same group, its own head, from a day on.
///
/// # Errors
/// A rule, a stale form, a day before the elder came or after today, or what the database says.
pub async fn split(
    mut db: Scoped,
    actor: &Actor,
    seen: Seen,
    (facts, since): (&Facts, NaiveDate),
    now: DateTime<Utc>,
) -> Result<HouseholdId, Refused> {
    let mut tx = db.begin().await?;
    let elder = held(&mut tx, seen).await?;
    happened(since, elder.since, now, "tu-ngay")?;
    let place = elder.place();
    let permit = rules::may_keep_household(actor, elder)?;
    let id = write(&mut tx, actor, (permit.of().group, since), (facts, "split"), now).await?;
    store::insert_origin(&mut tx, (id, permit.of()), "split", since).await?;
    let entry = Entry { detail: json!({ "since": since }), ..event(actor, (id, place), "household_split") };
    journal::store::write(&mut tx, &entry, now).await?;
    tx.commit().await?;
    Ok(id)
}

/// Merges a household into another one of the same group: it ends, the other goes on.
///
/// # Errors
/// A rule, a stale form, the same household twice, another group, a wrong day, or what the database says.
pub async fn merge(
    mut db: Scoped,
    actor: &Actor,
    seen: Seen,
    (into, last): (HouseholdId, NaiveDate),
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    if into == seen.id {
        return Err(invalid("vao-ho", words::household::MERGE_INTO_ITSELF));
    }
    let mut tx = db.begin().await?;
    let mut both = [seen.id, into];
    both.sort();
    store::lock(&mut tx, &both).await?;
    let (household, other) = (held(&mut tx, seen).await?, store::load(&mut tx, into).await?);
    if other.group != household.group {
        return Err(invalid("vao-ho", words::household::MERGE_OTHER_GROUP));
    }
    happened(last, household.since.max(other.since), now, "den-ngay")?;
    let place = household.place();
    let permit = rules::may_keep_household(actor, other)?;
    store::insert_origin(&mut tx, (permit.of().id, &household), "merge", last).await?;
    let ending = Ending { how: End::Dissolved, ended: "merged", last, reason: None };
    finish(&mut tx, actor, household, ending, now).await?;
    let entry = Entry { detail: json!({ "last": last }), ..event(actor, (seen.id, place), "household_merged") };
    journal::store::write(&mut tx, &entry, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Moves a household to another group of the ward from a day on: the ward's act. Its marks of the running year go along, unless
/// the year's counting day is over.
///
/// # Errors
/// A rule, a stale form, the group it lives in already, a wrong day, or what the database says.
pub async fn move_to(
    mut db: Scoped,
    actor: &Actor,
    seen: Seen,
    (group, from, reason): (UnitId, NaiveDate, Option<&str>),
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    let household = held(&mut tx, seen).await?;
    if household.group == group {
        return Err(invalid("sang-to", words::household::MOVE_TO_SAME_GROUP));
    }
    let stay = store::story(&mut tx, seen.id).await?.stays.pop().map_or(household.since, |stay| stay.since);
    // A stay has at least one day: two of them cannot begin on the same one.
    happened(from, stay.succ_opt().unwrap_or(stay), now, "tu-ngay")?;
    let known = store::groups(&mut tx, household.ward, civil(now)).await?;
    let to = known.iter().find(|it| it.id == group).ok_or(Refused::NotFound)?.name.clone();
    let from_place = household.place();
    let permit = rules::may_move_household(actor, household)?;
    store::move_to(&mut tx, &permit, (group, from, reason), (&actor.person.name, now)).await?;
    if let Some(cycle) = participation::store::newest_cycle(&mut tx, permit.of().ward).await? {
        participation::store::regroup(&mut tx, permit.of(), cycle, (group, from)).await?;
    }
    let detail = json!({ "from": from, "to": to });
    let place = Place { group: Some(group), ..from_place };
    let entry = Entry { detail, ..event(actor, (seen.id, place), "household_regrouped") };
    journal::store::write(&mut tx, &entry, now).await?;
    tx.commit().await?;
    Ok(())
}
