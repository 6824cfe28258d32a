//! Mending rows in place, and deciding what becomes of them.

use chrono::{DateTime, Utc};
use sqlx::{Connection, PgConnection};

use super::known;
use crate::access::{Actor, Refused, rules};
use crate::import::model::{Batch, Decision, Draft, Field, Line, State, edited, mark_twins};
use crate::import::store;
use crate::platform::db::Scoped;
use crate::platform::id::BatchId;

/// What a person typed and decided about a row.
#[derive(Debug, Clone)]
pub struct Mended {
    /// The row.
    pub seq: i32,
    /// Its revision when the form was drawn.
    pub revision: i32,
    /// What was typed in place of what the file says.
    pub changes: Vec<(Field, String)>,
    /// What becomes of it.
    pub decision: Decision,
}

/// Writes a mended row, looks anew for twins among the rows, and gives the row as it stands now.
///
/// # Errors
/// A rule, a stale row, a file that is not being mended, an update without a household, or what the database says.
pub async fn mend(
    mut db: Scoped,
    actor: &Actor,
    id: BatchId,
    mended: &Mended,
    now: DateTime<Utc>,
) -> Result<Line, Refused> {
    let mut tx = db.begin().await?;
    let batch = being_mended(&mut tx, actor, id).await?;
    let mut line = store::line(&mut tx, &batch, mended.seq).await?;
    if line.revision != mended.revision {
        return Err(Refused::Stale);
    }
    if mended.decision == Decision::Update && line.same.is_none() {
        return Err(Refused::Invalid(vec![("lam-gi", crate::words::import::NOTHING_TO_UPDATE.to_owned())]));
    }
    line.decision = mended.decision;
    if !mended.changes.is_empty() {
        let known = known(&mut tx, &batch, now).await?;
        line.draft = edited(&line.draft, &mended.changes, &known);
        let mut all = store::drafts(&mut tx, &batch).await?;
        find_twins(&mut tx, &batch, &mut all, (line.seq, &mut line.draft)).await?;
    }
    store::save_line(&mut tx, &batch, &line).await?;
    store::count(&mut tx, id).await?;
    tx.commit().await?;
    line.revision += 1;
    Ok(line)
}

/// Marks twins among all rows with one of them changed, and writes the others whose problems changed by that.
async fn find_twins(
    conn: &mut PgConnection,
    batch: &Batch,
    all: &mut [(i32, Draft)],
    (seq, changed): (i32, &mut Draft),
) -> Result<(), Refused> {
    let mut drafts: Vec<Draft> =
        all.iter().map(|(at, draft)| if *at == seq { changed.clone() } else { draft.clone() }).collect();
    mark_twins(&mut drafts);
    let mut others = vec![];
    for ((at, before), after) in all.iter().zip(drafts) {
        if *at == seq {
            *changed = after;
        } else if *before != after {
            others.push((*at, after));
        }
    }
    if others.is_empty() { Ok(()) } else { store::save_problems(conn, batch, &others).await }
}

/// The same decision for every row that seems to be in the register; gives how many rows that were.
///
/// # Errors
/// A rule, a file that is not being mended, or what the database says.
pub async fn decide_same(mut db: Scoped, actor: &Actor, id: BatchId, decision: Decision) -> Result<u64, Refused> {
    let mut tx = db.begin().await?;
    let batch = being_mended(&mut tx, actor, id).await?;
    let count = store::decide_same(&mut tx, &batch, decision).await?;
    store::count(&mut tx, id).await?;
    tx.commit().await?;
    Ok(count)
}

async fn being_mended(conn: &mut PgConnection, actor: &Actor, id: BatchId) -> Result<Batch, Refused> {
    let batch = store::hold(conn, id).await?;
    rules::can_import(actor, batch.place.group)?;
    if batch.state == State::Ready { Ok(batch) } else { Err(Refused::Stale) }
}
