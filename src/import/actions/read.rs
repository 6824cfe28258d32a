//! Reading a file: the work of the job `import_read`.

use chrono::{DateTime, Utc};
use sqlx::Connection;

use super::known;
use crate::access::{Actor, Refused};
use crate::household;
use crate::import::model::{
    Batch, Decision, Draft, Found, Known, KnownHousehold, Mapping, Recognised, Register, State, recognise,
};
use crate::import::store::{self, Stored};
use crate::platform::db::Scoped;
use crate::platform::id::BatchId;
use crate::platform::jobs::Reporter;
use crate::platform::sheet::{self, Limits, Unreadable};
use crate::privacy::{self, model::Look, model::What};
use crate::words;

/// Rows that are written at once, and after which the waiting page is told.
const STEP: usize = 2_000;

/// Reads a file, compares it with the register and keeps its rows. Begun twice, it begins anew.
///
/// # Errors
/// What the database says. A file that cannot be read is no error: the batch tells why.
pub async fn read(
    mut db: Scoped,
    actor: &Actor,
    (id, reporter): (BatchId, &Reporter),
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let batch = store::load(&mut db, id).await?;
    if batch.state != State::Reading {
        return Ok(());
    }
    let source = store::content(&mut db, id).await?;
    let content = source.content.ok_or_else(|| anyhow::anyhow!("a file without its bytes"))?;
    let known = known(&mut db, &batch, now).await?;
    let register = household::store::known(&mut db, batch.place.ward, batch.place.group).await?;
    let name = batch.file_name.clone();
    let read =
        tokio::task::spawn_blocking(move || understand(&content, &name, source.mapping.as_ref(), &known, &register));
    match read.await.map_err(anyhow::Error::from)? {
        Ok(understood) => keep(db, actor, &batch, (understood, reporter), now).await,
        Err(unreadable) => Ok(store::fail(&mut db, id, &words::import::unreadable(&unreadable)).await?),
    }
}

/// What the file says, row by row, beside what the register knows. Long work without a database.
fn understand(
    content: &[u8],
    name: &str,
    mapping: Option<&Mapping>,
    known: &Known,
    register: &[household::store::Known],
) -> Result<(Found, Vec<Stored>), Unreadable> {
    let workbook = sheet::read(content, name, &Limits::default())?;
    let Recognised { sheets, rows, notices } = recognise(&workbook, mapping, known);
    let households: Vec<KnownHousehold> = register.iter().map(as_known).collect();
    let likely = Register::new(&households);
    let stored = rows.into_iter().map(|draft| beside(draft, &likely, register)).collect();
    Ok((Found { sheets, notices }, stored))
}

fn as_known(one: &household::store::Known) -> KnownHousehold {
    let facts = &one.facts;
    KnownHousehold {
        code: Some(one.code.clone()),
        group: one.group.clone(),
        head: facts.head.clone(),
        number: facts.address.house.clone(),
        alley: facts.address.alley.clone(),
        street: facts.address.street.clone(),
        phone: facts.phone.clone(),
    }
}

fn beside(mut draft: Draft, likely: &Register<'_>, register: &[household::store::Known]) -> Stored {
    let found = likely.likely_same(&draft);
    let best = found.first();
    let decision = Decision::suggested(best);
    if let (Decision::Update, Some(best)) = (decision, best) {
        draft.compare_group(&register[best.household].group);
    }
    Stored { decision, same: best.map(|best| (register[best.household].id, i16::from(best.score))), draft }
}

/// Keeps what was understood, all or nothing.
async fn keep(
    mut db: Scoped,
    actor: &Actor,
    batch: &Batch,
    ((found, rows), reporter): ((Found, Vec<Stored>), &Reporter),
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    store::forget(&mut tx, batch.id).await?;
    for (step, some) in rows.chunks(STEP).enumerate() {
        let first = step * STEP;
        store::insert_rows(&mut tx, batch, i32::try_from(first + 1).map_err(anyhow::Error::from)?, some).await?;
        reporter.reached(first + some.len(), rows.len()).await?;
    }
    store::ready(&mut tx, batch.id, &found).await?;
    let look = Look { what: What::Import, group: batch.place.group, household: None, rows: rows.len() };
    privacy::store::log(&mut tx, actor, look, now).await?;
    tx.commit().await?;
    Ok(())
}
