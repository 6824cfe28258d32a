//! Setting certificates and issuing them. The bytes come first: they lie in the file store before a row speaks of them, so that no
//! certificate ever is without its file.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use sqlx::Connection;

use super::model::{self, Book, Draft, Kept, Unit};
use super::store;
use crate::access::{Actor, Refused, rules};
use crate::appraisal;
use crate::journal::{self, model::Entry};
use crate::platform::db::Scoped;
use crate::platform::files::{FileStore, Received, check_off_thread};
use crate::platform::id::UnitId;
use crate::platform::press::{Press, PressError};
use crate::ruleset::cache::Rulesets;
use crate::ruleset::{Level, SubjectKind};
use crate::words::certificate as words;

/// The recognised units of a ward and year with who recognises them by the rules of that year, and where the seat's own book stands.
///
/// # Errors
/// [`Refused::NotFound`] without such a year in scope.
pub async fn open(
    conn: &mut sqlx::PgConnection,
    rulesets: &Rulesets,
    actor: &Actor,
    of: (UnitId, i32),
    today: NaiveDate,
) -> Result<Book, Refused> {
    let mut book = store::book(conn, actor, of, today).await?;
    let ruleset = rulesets.get(conn, book.ruleset).await?;
    let groups = ruleset.subject(SubjectKind::Group).map_or(Level::City, |rules| rules.recognised_by);
    for unit in book.units.iter_mut().filter(|unit| unit.place.group.is_some()) {
        unit.recognised_by = groups;
    }
    Ok(book)
}

/// A certificate whose bytes are kept.
#[derive(Debug)]
pub struct Made {
    draft: Draft,
    kept: Kept,
}

/// Sets each certificate as a PDF of its own and keeps the bytes. Nobody holds a connection meanwhile.
///
/// # Errors
/// [`PressError`] when no turn came in time; within, what the typesetter or the file store says.
pub async fn make(
    press: &Press,
    files: &FileStore,
    drafts: Vec<Draft>,
) -> Result<anyhow::Result<Vec<Made>>, PressError> {
    let set = press.run(move || {
        let set = |draft: Draft| {
            let pdf = typeset::certificates(std::slice::from_ref(&draft.paper))?;
            Ok((draft, pdf))
        };
        drafts.into_iter().map(set).collect::<Result<Vec<_>, typeset::TypesetError>>()
    });
    let set = match set.await? {
        Ok(set) => set,
        Err(error) => return Ok(Err(error.into())),
    };
    Ok(keep(files, set).await)
}

async fn keep(files: &FileStore, set: Vec<(Draft, Vec<u8>)>) -> anyhow::Result<Vec<Made>> {
    let mut made = Vec::with_capacity(set.len());
    for (draft, pdf) in set {
        let name = format!("giay-cong-nhan-{}.pdf", draft.number);
        let stored = files.put(check_off_thread(name, Received::of_bytes(&pdf)?).await?).await?;
        let kept = Kept { sha256: stored.hash.to_string(), size: i32::try_from(stored.size)? };
        made.push(Made { draft, kept });
    }
    Ok(made)
}

/// Issues certificates: all of them or none. Gives how many were new; the same form sent twice gives none.
///
/// # Errors
/// A rule; [`Refused::Invalid`] when a number or a unit was taken meanwhile, or a unit changed.
pub async fn issue(
    mut db: Scoped,
    rulesets: &Rulesets,
    actor: &Actor,
    (ward, year): (UnitId, i32),
    (made, issued_on): (Vec<Made>, NaiveDate),
    now: DateTime<Utc>,
) -> Result<usize, Refused> {
    let mut tx = db.begin().await?;
    let ids: Vec<_> = made.iter().map(|it| it.draft.unit.dossier.uuid()).collect();
    appraisal::store::lock_many(&mut tx, &ids).await?;
    let book = open(&mut tx, rulesets, actor, (ward, year), issued_on).await?;
    let mut issued = 0;
    for Made { draft, kept } in made {
        let Some(unit) = still_open(&book, &draft, actor)? else { continue };
        let number = draft.number;
        let permit = rules::may_certify(actor, unit)?;
        let certified = model::certify(permit, draft, kept, now);
        if !store::add(&mut tx, (&book, actor), &certified, issued_on, now).await? {
            tx.rollback().await?;
            return Err(number_taken(&mut db, actor.city, &book, (number, issued_on)).await?);
        }
        journal::store::write(&mut tx, &entry(actor, &certified), now).await?;
        issued += 1;
    }
    tx.commit().await?;
    Ok(issued)
}

/// The unit as it is now, if it still is as the form knew it; `None` where this person gave it this very number already.
fn still_open(book: &Book, draft: &Draft, actor: &Actor) -> Result<Option<Unit>, Refused> {
    let known = |unit: &&Unit| unit.dossier == draft.unit.dossier && unit.decision == draft.unit.decision;
    let unit = book.units.iter().find(known).ok_or_else(|| unit_fault(words::CHANGED.to_owned()))?;
    if let Some(there) = &unit.certificate {
        if unit.has_from(&actor.person.name, draft.number) {
            return Ok(None);
        }
        return Err(unit_fault(words::already(&unit.name, &there.number(), &there.issued_by)));
    }
    if unit.version != draft.unit.version {
        return Err(unit_fault(words::CHANGED.to_owned()));
    }
    Ok(Some(unit.clone()))
}

fn unit_fault(sentence: String) -> Refused {
    Refused::Invalid(vec![("ho-so", sentence)])
}

/// The refusal of a number that somebody took, with the next one that is free.
async fn number_taken(
    conn: &mut sqlx::PgConnection,
    city: UnitId,
    book: &Book,
    (number, issued_on): (i32, NaiveDate),
) -> Result<Refused, Refused> {
    let next = store::next(conn, (city, book.body.id), issued_on.year()).await?;
    Ok(Refused::Invalid(vec![("so-dau", words::number_taken(number, issued_on.year(), next))]))
}

/// Looks before any type is set whether these can be issued. `false`: all of them are, by this very form sent before.
///
/// # Errors
/// A rule; [`Refused::Invalid`] when a unit or a number is taken, or what the database says.
pub async fn can_issue(
    conn: &mut sqlx::PgConnection,
    actor: &Actor,
    book: &Book,
    (drafts, issued_on): (&[Draft], NaiveDate),
) -> Result<bool, Refused> {
    let mut numbers = vec![];
    for draft in drafts {
        let Some(unit) = still_open(book, draft, actor)? else { continue };
        rules::can_certify_unit(actor, &unit)?;
        numbers.push(draft.number);
    }
    match store::taken(conn, (actor.city, book.body.id), issued_on.year(), &numbers).await? {
        Some(taken) => Err(number_taken(conn, actor.city, book, (taken, issued_on)).await?),
        None => Ok(!numbers.is_empty()),
    }
}

fn entry<'a>(actor: &'a Actor, it: &model::Certified) -> Entry<'a> {
    Entry {
        subject: Some(it.unit.subject),
        dossier: Some(it.unit.dossier),
        detail: serde_json::json!({ "certificate": model::numbered(it.draft.number, &it.draft.symbol) }),
        ..Entry::at(actor, it.unit.place, "certificate_issued")
    }
}
