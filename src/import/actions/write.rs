//! Writing a file into the register, all or nothing: the work of the job `import_write`.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use serde_json::json;
use sqlx::{Connection, PgConnection};
use uuid::Uuid;

use crate::access::{Actor, Refused, rules};
use crate::household::{self, store::Change, store::Fresh};
use crate::import::model::{Batch, Draft, Mark, State};
use crate::import::store;
use crate::journal::{self, model::Entry};
use crate::participation::{self, store::Marked};
use crate::platform::clock::civil;
use crate::platform::db::Scoped;
use crate::platform::id::{BatchId, HouseholdId, UnitId};
use crate::platform::jobs::Reporter;
use crate::words;

/// Writes new households, changes, marks and the event in one transaction. A server that dies halfway leaves nothing of it.
///
/// # Errors
/// A rule, or what the database says; then nothing is written.
pub async fn write(
    mut db: Scoped,
    actor: &Actor,
    (id, reporter): (BatchId, &Reporter),
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    let batch = store::hold(&mut tx, id).await?;
    if batch.state != State::Writing {
        return Ok(());
    }
    rules::can_import(actor, batch.place.group)?;
    let rows = store::to_write(&mut tx, &batch).await?;
    let total = rows.len();
    reporter.reached(0, total).await?;
    let (updates, adds): (Vec<_>, Vec<_>) = rows.into_iter().partition(|(_, _, same)| same.is_some());
    let adds: Vec<Draft> = adds.into_iter().map(|(_, draft, _)| draft).collect();
    let updated = update(&mut tx, actor, &batch, &updates, now).await?;
    reporter.reached(updates.len(), total).await?;
    let made = add(&mut tx, actor, &batch, &adds, now).await?;
    reporter.reached(total, total).await?;
    store::finish(&mut tx, id, made, now).await?;
    let entry = Entry {
        cycle: batch.cycle,
        detail: json!({ "batch": id, "made": made, "updated": updated }),
        ..Entry::at(actor, batch.place, "households_imported")
    };
    journal::store::write(&mut tx, &entry, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Writes what is new; gives how many households.
async fn add(
    conn: &mut PgConnection,
    actor: &Actor,
    batch: &Batch,
    drafts: &[Draft],
    now: DateTime<Utc>,
) -> Result<usize, Refused> {
    if drafts.is_empty() {
        return Ok(0);
    }
    let groups = household::store::groups(conn, batch.place.ward, civil(now)).await?;
    let by_code: HashMap<&str, UnitId> = groups.iter().map(|group| (group.code.as_str(), group.id)).collect();
    let codes = codes(conn, drafts).await?;
    let mut fresh = vec![];
    for (draft, code) in drafts.iter().zip(codes) {
        let group = draft.group.as_deref().and_then(|group| by_code.get(group));
        let group = *group.ok_or_else(|| anyhow::anyhow!("row {} of {} has no group", draft.row, draft.sheet))?;
        fresh.push(Fresh { id: HouseholdId::new(now), group, code, facts: draft.facts(), since: batch.since });
    }
    let by = (actor.person.name.as_str(), now);
    household::store::insert_all(conn, batch.place, &fresh, ("registered", Some(batch.id)), by).await?;
    if let Some(cycle) = batch.cycle {
        let marked: Vec<Marked> =
            fresh.iter().zip(drafts).map(|(it, draft)| marked(it.id, it.group, draft, now)).collect();
        participation::store::join_marked(conn, cycle, batch.place, &marked, by).await?;
    }
    Ok(fresh.len())
}

/// A code for each draft: its own where nobody has it, else the next number of its group.
async fn codes(conn: &mut PgConnection, drafts: &[Draft]) -> Result<Vec<String>, Refused> {
    let own: Vec<String> = drafts.iter().filter_map(|draft| draft.code.clone()).collect();
    let mut taken: HashSet<String> = household::store::codes_taken(conn, &own).await?.into_iter().collect();
    let mut next: HashMap<&str, i32> = HashMap::new();
    let mut codes = vec![];
    for draft in drafts {
        let own = draft.code.clone().filter(|code| taken.insert(code.clone()));
        codes.push(own);
    }
    let mut out = vec![];
    for (draft, own) in drafts.iter().zip(codes) {
        if let Some(own) = own {
            out.push(own);
            continue;
        }
        let prefix = draft.group.as_deref().unwrap_or_default();
        let mut number = match next.get(prefix) {
            Some(number) => *number,
            None => household::store::next_number(conn, prefix).await?,
        };
        // A code that the file brings along may lie ahead.
        let mut code = format!("{prefix}-{number:04}");
        while !taken.insert(code.clone()) {
            number += 1;
            code = format!("{prefix}-{number:04}");
        }
        next.insert(prefix, number + 1);
        out.push(code);
    }
    Ok(out)
}

/// The marks of a row. A tick without a day counts from the day on which the list is written.
fn marked(household: HouseholdId, group: UnitId, draft: &Draft, now: DateTime<Utc>) -> Marked {
    let day = |mark: Option<Mark>| mark.map(|mark| mark.on.unwrap_or_else(|| civil(now)));
    Marked { household, group, registered: day(draft.registered), pledged: day(draft.pledged) }
}

/// Writes over what the register knows already; gives how many households changed.
async fn update(
    conn: &mut PgConnection,
    actor: &Actor,
    batch: &Batch,
    rows: &[(i32, Draft, Option<Uuid>)],
    now: DateTime<Utc>,
) -> Result<usize, Refused> {
    if rows.is_empty() {
        return Ok(0);
    }
    let known = household::store::known(conn, batch.place.ward, batch.place.group).await?;
    let by_id: HashMap<Uuid, &household::store::Known> = known.iter().map(|one| (one.id.uuid(), one)).collect();
    // A household that left since the file was read is not brought back by it; two rows about one household: the last one counts.
    let mut told: HashMap<Uuid, (i32, &Draft)> = HashMap::new();
    for (seq, draft, same) in rows {
        if let Some(id) = same.filter(|id| by_id.contains_key(id)) {
            told.insert(id, (*seq, draft));
        }
    }
    let mut ids: Vec<HouseholdId> = told.keys().map(|id| HouseholdId::from(*id)).collect();
    ids.sort();
    household::store::lock(conn, &ids).await?;
    let kept: Vec<(i32, HouseholdId)> = ids.iter().map(|id| (told[&id.uuid()].0, *id)).collect();
    store::keep_before(conn, batch, &kept).await?;
    let by = (actor.person.name.as_str(), now);
    let change = |id: &HouseholdId| {
        let (one, (_, draft)) = (by_id[&id.uuid()], told[&id.uuid()]);
        let to = draft.over(&one.facts);
        (to != one.facts).then(|| Change { id: *id, code: one.code.clone(), to })
    };
    let changes: Vec<Change> = ids.iter().filter_map(change).collect();
    let reason = words::import::by_file(&batch.file_name);
    household::store::update_all(conn, &changes, &reason, by).await?;
    let mut changed: HashSet<Uuid> = changes.iter().map(|change| change.id.uuid()).collect();
    if let Some(cycle) = batch.cycle {
        let marks: Vec<Marked> = ids.iter().map(|id| marked(*id, batch.place.ward, told[&id.uuid()].1, now)).collect();
        changed.extend(participation::store::give_marks(conn, (batch.place.ward, cycle), &marks, by).await?);
    }
    store::settle_before(conn, batch).await?;
    Ok(changed.len())
}
