//! What the ward's office does for people who ask about their own data.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use sqlx::{Connection, PgConnection};

use super::model::{NewRequest, Outcome, Request, Wish};
use super::store;
use crate::access::{Actor, Permit, Place, Refused, act, rules};
use crate::journal::{self, model::Entry};
use crate::platform::clock::civil;
use crate::platform::db::Scoped;
use crate::platform::id::{HouseholdId, SubjectRequestId, UnitId};
use crate::words::privacy as words;

/// Tells the journal what happened, never what was said: the journal cannot forget.
async fn tell(
    conn: &mut PgConnection,
    actor: &Actor,
    household: HouseholdId,
    (verb, detail): (&'static str, Value),
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let place = Place { city: actor.city, ward: actor.ward().ok_or(Refused::NotFound)?, group: None };
    let entry = Entry { household: Some(household), detail, ..Entry::at(actor, place, verb) };
    Ok(journal::store::write(conn, &entry, now).await?)
}

fn invalid(field: &'static str, sentence: impl Into<String>) -> Refused {
    Refused::Invalid(vec![(field, sentence.into())])
}

/// Writes down what somebody asks.
///
/// # Errors
/// A rule, a code that the ward does not have, a day to come, or what the database says.
pub async fn write_down(
    mut db: Scoped,
    actor: &Actor,
    new: &NewRequest,
    now: DateTime<Utc>,
) -> Result<SubjectRequestId, Refused> {
    rules::can_answer_subjects(actor)?;
    if new.received_on > civil(now) {
        return Err(invalid("ngay-nhan", crate::words::household::not_yet(new.received_on)));
    }
    let ward: UnitId = actor.ward().ok_or(Refused::NotFound)?;
    let mut tx = db.begin().await?;
    let found = store::household_of_code(&mut tx, ward, &new.code).await?;
    let (household, _) = found.ok_or_else(|| invalid("ma", words::no_such_code(&new.code)))?;
    let permit = rules::may_answer_subject(actor, household)?;
    let id = store::insert(&mut tx, &permit, new, (&actor.person.name, now)).await?;
    let detail = json!({ "kind": new.wish.as_str(), "received_on": new.received_on });
    tell(&mut tx, actor, household, ("subject_request_opened", detail), now).await?;
    tx.commit().await?;
    Ok(id)
}

/// A request that is still open, as the form saw it, locked.
async fn held(
    conn: &mut PgConnection,
    actor: &Actor,
    (id, revision): (SubjectRequestId, i32),
) -> Result<(Permit<act::AnswerSubject, HouseholdId>, Request), Refused> {
    store::lock(conn, id).await?;
    let request = store::load(conn, id).await?;
    let permit = rules::may_answer_subject(actor, request.household)?;
    if request.revision != revision || request.closed.is_some() {
        return Err(Refused::Stale);
    }
    Ok((permit, request))
}

/// Writes the answer that was given; a later one takes the place of the first, whose day stays.
///
/// # Errors
/// A rule, a stale form, or what the database says.
pub async fn answer(
    mut db: Scoped,
    actor: &Actor,
    seen: (SubjectRequestId, i32),
    text: &str,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    let (permit, request) = held(&mut tx, actor, seen).await?;
    store::answer(&mut tx, (&permit, &request), text, now).await?;
    let detail = json!({ "kind": request.wish.as_str() });
    tell(&mut tx, actor, request.household, ("subject_request_answered", detail), now).await?;
    tx.commit().await?;
    Ok(())
}

/// Closes a request. Deleting takes name and address out of a household that left; one that lives here stays, because the year counts
/// it, and whoever asks is told so.
///
/// # Errors
/// A rule, a stale form, a request that was not answered, a household that still lives here, or what the database says.
pub async fn close(
    mut db: Scoped,
    actor: &Actor,
    seen: (SubjectRequestId, i32),
    (outcome, reason): (Outcome, Option<&str>),
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    let (permit, mut request) = held(&mut tx, actor, seen).await?;
    if let Some(reason) = reason {
        let before = request.answered.as_ref().map(|(_, text)| format!("{text}\n\n")).unwrap_or_default();
        store::answer(&mut tx, (&permit, &request), &shortened(&before, reason), now).await?;
        request.revision += 1;
    } else if request.answered.is_none() {
        return Err(invalid("ket-qua", words::ANSWER_FIRST));
    }
    let deletes = request.wish == Wish::Delete && outcome == Outcome::Done;
    if deletes && request.is_resident {
        return Err(invalid("ket-qua", words::STILL_LIVES_HERE));
    }
    store::close(&mut tx, (&permit, &request), outcome, now).await?;
    if deletes && !request.is_anonymous {
        store::anonymise_one(&mut tx, &permit, (&actor.person.name, now)).await?;
        tell(&mut tx, actor, request.household, ("household_anonymised", Value::Null), now).await?;
    }
    let verb = match outcome {
        Outcome::Done => "subject_request_done",
        Outcome::Refused => "subject_request_refused",
    };
    tell(&mut tx, actor, request.household, (verb, json!({ "kind": request.wish.as_str() })), now).await?;
    tx.commit().await?;
    Ok(())
}

/// The reason of a refusal behind what was answered before; the new words stay whole.
fn shortened(before: &str, reason: &str) -> String {
    let room = super::model::ANSWER_MAX.saturating_sub(reason.chars().count());
    if before.chars().count() <= room { format!("{before}{reason}") } else { reason.to_owned() }
}

/// Sets after how many years name and address of what ended go.
///
/// # Errors
/// A rule, or what the database says.
pub async fn set_years(mut db: Scoped, actor: &Actor, years: i32, now: DateTime<Utc>) -> Result<(), Refused> {
    rules::can_set_retention(actor)?;
    let ward = actor.ward().ok_or(Refused::NotFound)?;
    let mut tx = db.begin().await?;
    store::set_years(&mut tx, (actor, ward), years, now).await?;
    let place = Place { city: actor.city, ward, group: None };
    let entry = Entry { detail: json!({ "years": years }), ..Entry::at(actor, place, "retention_set") };
    journal::store::write(&mut tx, &entry, now).await?;
    tx.commit().await?;
    Ok(())
}
