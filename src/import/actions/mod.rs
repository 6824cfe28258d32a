//! Bringing a file in: received, read, mended, decided, written all or nothing, undone.

mod mend;
mod read;
mod write;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;
use sqlx::{Connection, PgConnection};

use super::model::{Batch, Known, KnownGroup, Mapping, State};
use super::store;
use crate::access::{Actor, Place, Refused, rules};
use crate::journal::{self, model::Entry};
use crate::platform::clock::civil;
use crate::platform::db::Scoped;
use crate::platform::id::{BatchId, UnitId};
use crate::platform::jobs::{self, Bell};
use crate::{cycle, household, words};

pub use mend::{Mended, decide_same, mend};
pub use read::read;
pub use write::write;

/// The job that reads a file.
pub const READ_JOB: &str = "import_read";
/// The job that writes it into the register.
pub const WRITE_JOB: &str = "import_write";

/// A file as it came in.
#[derive(Debug)]
pub struct Sent {
    /// The group it is meant for; none for a list of the whole ward.
    pub group: Option<UnitId>,
    /// Since when its households live here.
    pub since: NaiveDate,
    /// Its name, cleaned.
    pub name: String,
    /// Its content as a hash.
    pub sha256: String,
    /// Its bytes.
    pub content: Vec<u8>,
}

/// Takes a file in and has it read.
///
/// # Errors
/// A rule, or what the database says.
pub async fn receive(
    mut db: Scoped,
    bell: &Bell,
    actor: &Actor,
    sent: &Sent,
    now: DateTime<Utc>,
) -> Result<BatchId, Refused> {
    rules::can_import(actor, sent.group)?;
    let ward = actor.ward().ok_or(Refused::NotFound)?;
    if sent.since > civil(now) {
        return Err(Refused::Invalid(vec![("tu-ngay", words::household::not_yet(sent.since))]));
    }
    let mut tx = db.begin().await?;
    let place = Place { city: actor.city, ward, group: sent.group };
    let fresh = store::Fresh {
        id: BatchId::new(now),
        place,
        cycle: crate::participation::store::newest_cycle(&mut tx, ward).await?,
        since: sent.since,
        file_name: &sent.name,
        sha256: &sent.sha256,
        content: &sent.content,
    };
    store::insert(&mut tx, &fresh, &actor.person.name, now).await?;
    jobs::store::add(&mut tx, READ_JOB, fresh.id.uuid(), actor.person.session, now).await?;
    tx.commit().await?;
    bell.ring();
    Ok(fresh.id)
}

/// A file that this seat may work on, locked, as the form saw it.
async fn held(conn: &mut PgConnection, actor: &Actor, (id, revision): (BatchId, i32)) -> Result<Batch, Refused> {
    let batch = store::hold(conn, id).await?;
    rules::can_import(actor, batch.place.group)?;
    if batch.revision == revision { Ok(batch) } else { Err(Refused::Stale) }
}

/// Has a file read again with corrected headers and columns.
///
/// # Errors
/// A rule, a stale form, or what the database says.
pub async fn correct(
    mut db: Scoped,
    bell: &Bell,
    actor: &Actor,
    (seen, mapping): ((BatchId, i32), &Mapping),
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    let batch = held(&mut tx, actor, seen).await?;
    store::read_again(&mut tx, &batch, mapping).await?;
    jobs::store::add(&mut tx, READ_JOB, batch.id.uuid(), actor.person.session, now).await?;
    tx.commit().await?;
    bell.ring();
    Ok(())
}

/// Has a mended file written; also sets a file going again whose job was given up.
///
/// # Errors
/// A rule, a stale form, rows that hold it up, or what the database says.
pub async fn start_writing(
    mut db: Scoped,
    bell: &Bell,
    actor: &Actor,
    seen: (BatchId, i32),
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    let batch = store::hold(&mut tx, seen.0).await?;
    rules::can_import(actor, batch.place.group)?;
    // The same button pressed twice.
    if matches!(batch.state, State::Writing | State::Done) && batch.revision > seen.1 {
        return Ok(());
    }
    if batch.revision != seen.1 {
        return Err(Refused::Stale);
    }
    if batch.state == State::Ready {
        store::writing(&mut tx, &batch).await?;
    }
    begin_again(&mut tx, actor, &batch, now).await?;
    tx.commit().await?;
    bell.ring();
    Ok(())
}

/// Puts the job of a file in: the first time, or once more when the last one was given up.
async fn begin_again(conn: &mut PgConnection, actor: &Actor, batch: &Batch, now: DateTime<Utc>) -> Result<(), Refused> {
    let job = match batch.state {
        State::Ready => WRITE_JOB,
        State::Reading | State::Writing => {
            let last = jobs::store::progress(conn, batch.id.uuid()).await?;
            if last.is_some_and(|last| last.state != "failed") {
                return Ok(());
            }
            if batch.state == State::Reading { READ_JOB } else { WRITE_JOB }
        }
        _ => return Err(Refused::Stale),
    };
    jobs::store::add(conn, job, batch.id.uuid(), actor.person.session, now).await?;
    Ok(())
}

/// Throws a file away before it is written; its rows and its bytes go at once.
///
/// # Errors
/// A rule, a stale form, or what the database says.
pub async fn drop_batch(mut db: Scoped, actor: &Actor, seen: (BatchId, i32)) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    let batch = held(&mut tx, actor, seen).await?;
    store::drop_batch(&mut tx, &batch).await?;
    store::forget(&mut tx, batch.id).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes a written file out of the register again; gives the connection back with how many households hold the file back, 0 when it
/// is out.
///
/// # Errors
/// A rule, a file that is not written, or what the database says.
pub async fn undo(mut db: Scoped, actor: &Actor, id: BatchId, now: DateTime<Utc>) -> Result<(Scoped, i32), Refused> {
    let mut tx = db.begin().await?;
    let batch = store::hold(&mut tx, id).await?;
    rules::can_import(actor, batch.place.group)?;
    // The same button pressed twice: the first one did it.
    let held = if batch.state == State::Undone { 0 } else { store::undo(&mut tx, id, &actor.person.name, now).await? };
    if held == 0 && batch.state != State::Undone {
        let entry = Entry {
            cycle: batch.cycle,
            detail: json!({ "batch": id, "made": batch.made }),
            ..Entry::at(actor, batch.place, "import_undone")
        };
        journal::store::write(&mut tx, &entry, now).await?;
        tx.commit().await?;
    } else {
        drop(tx);
    }
    Ok((db, held))
}

/// What a file of this batch is read against: the ward's groups with today's and former names, the day, the window of the year.
async fn known(conn: &mut PgConnection, batch: &Batch, now: DateTime<Utc>) -> Result<Known, Refused> {
    let groups = household::store::groups(conn, batch.place.ward, civil(now)).await?;
    let meant_for = groups.iter().find(|group| Some(group.id) == batch.place.group).map(|group| group.code.clone());
    let window = match batch.cycle {
        Some(cycle) => Some(cycle::store::group_window(conn, cycle).await?),
        None => None,
    };
    let known = |group: household::store::Group| KnownGroup {
        code: group.code,
        ordinal: u32::try_from(group.ordinal).ok(),
        names: vec![group.name, group.short],
    };
    Ok(Known {
        groups: groups.into_iter().map(known).collect(),
        meant_for,
        today: civil(now),
        period: window.map(|window| (window.from, window.to)),
    })
}
