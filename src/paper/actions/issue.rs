//! Issuing. The bytes come first: they lie in the file store before a row speaks of them, so that no paper ever is half made. The number
//! is looked at, printed, and taken in the transaction, where it still has to be the next.

use chrono::{DateTime, Datelike, Utc};
use sqlx::{Connection, PgConnection};

use super::gather::signing_unit;
use super::tell;
use crate::access::{Actor, Refused, rules};
use crate::dossier;
use crate::paper::model::{self, Issuing, Kept, Number, Settings, Slot};
use crate::paper::print::{HouseholdRow, Printing, Stage, set};
use crate::paper::store::{self, Whole};
use crate::platform::db::Scoped;
use crate::platform::files::{FileStore, Received, StoredFile, check_off_thread};
use crate::platform::id::PaperId;
use crate::platform::press::{Press, PressError};
use crate::privacy;
use crate::privacy::model::{Look, What};
use crate::ruleset::cache::Rulesets;
use crate::web::filters::{dates, numbers};
use crate::words;

/// A paper that is about to be printed under a number.
#[derive(Debug)]
pub struct Prepared {
    whole: Whole,
    number: Number,
    issuing: Issuing,
    printed: typeset::Paper,
}

/// A paper whose bytes are kept.
#[derive(Debug)]
pub struct Printed {
    prepared: Prepared,
    stored: StoredFile,
}

/// The rows of a list of households, read now and written down as a look; nothing for other kinds.
///
/// # Errors
/// A rule, or what the database says.
pub async fn households(
    conn: &mut PgConnection,
    actor: &Actor,
    slot: &Slot,
    now: DateTime<Utc>,
) -> Result<Vec<HouseholdRow>, Refused> {
    if !slot.kind.names_households() {
        return Ok(vec![]);
    }
    rules::can_see_register(actor)?;
    let rows = store::households(conn, slot).await?;
    looked(conn, actor, (slot, rows.len()), now).await?;
    let day = |on: Option<chrono::NaiveDate>| on.map_or_else(String::new, dates::day);
    Ok(rows
        .into_iter()
        .map(|row| HouseholdRow {
            head: row.head,
            address: row.address.to_string(),
            members: row.members.map_or_else(String::new, numbers::number),
            registered: day(row.registered_on),
            pledged: day(row.pledged_on),
        })
        .collect())
}

/// Writes down that somebody took so many households away in a list.
///
/// # Errors
/// What the database says.
pub async fn looked(
    conn: &mut PgConnection,
    actor: &Actor,
    (slot, rows): (&Slot, usize),
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let look = Look { what: What::Print, group: slot.place.group, household: None, rows };
    Ok(privacy::store::log(conn, actor, look, now).await?)
}

/// The number as it would be printed now.
async fn number(
    conn: &mut PgConnection,
    (slot, settings): (&Slot, &Settings),
    (symbol, issuing): (&str, &Issuing),
) -> Result<Number, Refused> {
    let kind = slot.kind;
    if kind.abbreviation().is_none() {
        return Ok(Number::None);
    }
    let Some(book) = settings.register.book(kind) else {
        let missing = || Refused::Invalid(vec![("so", words::paper::NUMBER_MISSING.to_owned())]);
        return issuing.number.clone().map(Number::Typed).ok_or_else(missing);
    };
    let year = issuing.on.year();
    let last = store::last(conn, (signing_unit(slot), kind.body()), (year, book)).await?;
    let count = last.map_or(issuing.start.unwrap_or(1), |last| last + 1);
    let written = model::number(kind, Some(count), symbol).unwrap_or_default();
    Ok(Number::Kept { book, count, first: last.is_none(), year, written })
}

/// Looks whether the paper may be issued, and puts together what is printed.
///
/// # Errors
/// A rule, a stale form, a number that is missing, or what the database says.
pub async fn prepare(
    conn: &mut PgConnection,
    actor: &Actor,
    (id, revision): (PaperId, i32),
    issuing: Issuing,
    now: DateTime<Utc>,
) -> Result<Prepared, Refused> {
    let whole = store::load(conn, id).await?;
    rules::can_issue_paper(actor, &whole.paper)?;
    if whole.paper.revision != revision {
        return Err(Refused::Stale);
    }
    let slot = whole.paper.slot;
    let head = whole.settings.letterhead(slot.kind, &whole.names);
    let number = number(conn, (&slot, &whole.settings), (&head.symbol, &issuing)).await?;
    let households = households(conn, actor, &slot, now).await?;
    let printing = Printing {
        kind: slot.kind,
        text: &whole.paper.written,
        facts: &whole.paper.facts,
        facts_at: whole.paper.facts_at,
        households: &households,
        head: &head,
        now,
    };
    let stage = Stage::Issued {
        number: number.written(),
        on: issuing.on,
        signer: &issuing.signer,
        capacity: issuing.capacity,
        title: &issuing.title,
    };
    let printed = set(&printing, stage);
    Ok(Prepared { whole, number, issuing, printed })
}

/// Sets the type and keeps the bytes. Nobody holds a connection meanwhile.
///
/// # Errors
/// [`PressError`] when no turn came in time; within, a sentence when the disk is full, or what the typesetter says.
pub async fn print(
    press: &Press,
    files: &FileStore,
    prepared: Prepared,
) -> Result<Result<Printed, Refused>, PressError> {
    let paper = prepared.printed.clone();
    let set = press.run(move || typeset::papers(std::slice::from_ref(&paper))).await?;
    let kind = prepared.whole.paper.slot.kind;
    let name = format!("{}-{}.pdf", kind.as_str(), prepared.whole.year);
    Ok(match set {
        Ok(pdf) => keep(files, name, pdf).await.map(|stored| Printed { prepared, stored }),
        Err(error) => Err(Refused::Failed(error.into())),
    })
}

async fn keep(files: &FileStore, name: String, pdf: Vec<u8>) -> Result<StoredFile, Refused> {
    let received = Received::of_bytes(&pdf).map_err(anyhow::Error::from)?;
    let checked = check_off_thread(name, received).await.map_err(anyhow::Error::from)?;
    files.put(checked).await.map_err(|error| {
        tracing::error!(%error, "file store");
        Refused::Invalid(vec![("so", words::files::store_failed(&error).to_owned())])
    })
}

/// Issues it: number, row, part of the dossier and journal, all of it or nothing. `None`: another paper took the number meanwhile, and
/// this one is printed again with the next.
///
/// # Errors
/// A rule, a stale form, a number that is taken, or what the database says.
pub async fn issue(
    mut db: Scoped,
    rulesets: &Rulesets,
    actor: &Actor,
    printed: &Printed,
    now: DateTime<Utc>,
) -> Result<Option<()>, Refused> {
    let Printed { prepared: Prepared { whole, number, issuing, printed }, stored } = printed;
    let mut tx = db.begin().await?;
    let paper = super::held(&mut tx, (whole.paper.id, whole.paper.revision)).await?;
    let slot = paper.slot;
    let permit = rules::may_issue_paper(actor, paper)?;
    if !take(&mut tx, &slot, number).await? {
        return Ok(None);
    }
    let kept = Kept {
        sha256: stored.hash.to_string(),
        size: i64::try_from(stored.size).map_err(anyhow::Error::from)?,
        printed: (!slot.kind.names_households()).then(|| printed.clone()),
    };
    let issue = model::issue(permit, number.clone(), issuing.clone(), kept);
    if !store::issue(&mut tx, &issue, now).await? {
        // The statement that failed spoiled the transaction.
        tx.rollback().await?;
        return pass_over(db, &slot, number).await;
    }
    tell(&mut tx, (actor, (&slot, issue.paper.dossier)), ("paper_issued", number.written()), now).await?;
    if issuing.attach && whole.standing.is_some_and(|it| it.open) {
        put_into_dossier(&mut tx, rulesets, actor, (whole, number.written(), issuing), stored, now).await?;
    }
    tx.commit().await?;
    Ok(Some(()))
}

/// Takes the number from the register that the program keeps; `false` when another paper was first.
async fn take(conn: &mut PgConnection, slot: &Slot, number: &Number) -> Result<bool, Refused> {
    let Number::Kept { book, count, first, year, .. } = number else { return Ok(true) };
    let body = (slot.place, signing_unit(slot), slot.kind.body());
    store::count(conn, body, (*year, book), (*count, *first)).await
}

/// A number that another paper bears: typed, it is the person's to mend. Kept by the program it was typed before the program kept the
/// register, which counts it as used and goes on.
async fn pass_over(mut db: Scoped, slot: &Slot, number: &Number) -> Result<Option<()>, Refused> {
    if !matches!(number, Number::Kept { .. }) {
        return Err(Refused::Invalid(vec![("so", words::paper::NUMBER_TAKEN.to_owned())]));
    }
    let mut tx = db.begin().await?;
    take(&mut tx, slot, number).await?;
    tx.commit().await?;
    Ok(None)
}

/// The paper becomes a part of its dossier, or lies beside one.
async fn put_into_dossier(
    conn: &mut PgConnection,
    rulesets: &Rulesets,
    actor: &Actor,
    (whole, number, issuing): (&Whole, Option<&str>, &Issuing),
    stored: &StoredFile,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let slot = &whole.paper.slot;
    let (Some(dossier), Some((_, part))) = (whole.paper.dossier, slot.kind.part()) else { return Ok(()) };
    let bearing = slot.kind.is_the_part().then(|| dossier::actions::Bearing {
        number: number.map(str::to_owned),
        on: issuing.on,
        signer: issuing.signer.clone(),
    });
    let paper = dossier::actions::OwnPaper { part, stored, bearing: bearing.as_ref(), replaces: &whole.earlier };
    dossier::actions::put_paper(conn, rulesets, actor, (dossier, &paper), now).await
}

/// Makes an issued paper a part of its dossier.
///
/// # Errors
/// A rule, a part that is closed, or what the database says.
pub async fn attach(
    mut db: Scoped,
    rulesets: &Rulesets,
    actor: &Actor,
    id: PaperId,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    let whole = store::load(&mut tx, id).await?;
    rules::can_sign_paper(actor, &whole.paper)?;
    let issued = whole.paper.issued.clone().ok_or(Refused::NotFound)?;
    if whole.standing.is_some_and(|it| it.attached) {
        return Ok(());
    }
    let slot = whole.paper.slot;
    let stored = StoredFile {
        hash: issued.sha256.parse().map_err(anyhow::Error::from)?,
        size: u64::try_from(issued.size).map_err(anyhow::Error::from)?,
        kind: crate::platform::files::FileKind::Pdf,
        name: format!("{}-{}.pdf", slot.kind.as_str(), whole.year),
        taken_at: None,
    };
    let issuing = Issuing {
        number: issued.number.clone(),
        start: None,
        on: issued.on,
        signer: issued.signer.clone(),
        capacity: model::Capacity::Own,
        title: String::new(),
        attach: true,
    };
    let number = issued.number.as_deref();
    put_into_dossier(&mut tx, rulesets, actor, (&whole, number, &issuing), &stored, now).await?;
    tell(&mut tx, (actor, (&slot, whole.paper.dossier)), ("paper_attached", number), now).await?;
    tx.commit().await?;
    Ok(())
}
