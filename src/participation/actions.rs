//! What people do with the marks of a year: give one, take it back, say why not, tick a whole list, go through the register.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;
use sqlx::Connection;

use super::model::{Given, How, Mark, Participation, Tally, Wish};
use super::store::{self, Held};
use crate::access::{Actor, Denial, DenialCode, Place, Refused, rules};
use crate::journal::{self, model::Entry};
use crate::platform::clock::civil;
use crate::platform::db::Scoped;
use crate::platform::id::{HouseholdId, UnitId};
use crate::words::participation as words;

/// A tap at a door, as the form that is being sent saw the household.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tap {
    /// The household.
    pub household: HouseholdId,
    /// The year that the page showed.
    pub year: i32,
    /// The revision that it showed.
    pub revision: i32,
    /// What is wished.
    pub wish: Wish,
    /// The day of the mark; today when none is named.
    pub on: Option<NaiveDate>,
    /// How it was taken.
    pub how: How,
}

/// What a tap came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The household now.
    pub row: Participation,
    /// The counts of its group now.
    pub tally: Tally,
    /// It is as wished. Otherwise somebody else changed it, and nothing was written.
    pub is_done: bool,
}

/// Marks of a whole list, on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticked {
    /// The group.
    pub group: UnitId,
    /// The year that the page showed.
    pub year: i32,
    /// Which mark.
    pub mark: Mark,
    /// Who.
    pub households: Vec<HouseholdId>,
    /// The day; today when none is named.
    pub on: Option<NaiveDate>,
    /// How they were taken.
    pub how: How,
}

/// Checks the day of a mark: not to come, and not before the year's own days begin.
///
/// # Errors
/// The sentence that says what to write.
pub fn check_day(on: NaiveDate, first: NaiveDate, now: DateTime<Utc>) -> Result<NaiveDate, String> {
    if on > civil(now) {
        Err(words::not_yet(on))
    } else if on < first {
        Err(words::before_the_year(on, first))
    } else {
        Ok(on)
    }
}

fn dated(on: Option<NaiveDate>, first: NaiveDate, now: DateTime<Utc>) -> Result<NaiveDate, Refused> {
    check_day(on.unwrap_or(civil(now)), first, now).map_err(|sentence| Refused::Invalid(vec![("ngay", sentence)]))
}

const YEAR_OVER: Denial = Denial::always(DenialCode::YearOver);

/// Gives a mark, takes it back, or says why there is none. A tap whose wish is fulfilled already is done, whoever fulfilled it.
///
/// # Errors
/// A rule, a household out of sight, a year that is over, a household that left, a wrong day, or what the database says.
pub async fn record(mut db: Scoped, actor: &Actor, tap: Tap, now: DateTime<Utc>) -> Result<Told, Refused> {
    let ward = actor.ward().ok_or(Refused::NotFound)?;
    let mut tx = db.begin().await?;
    let Held { row, is_newest, first_day } = store::lock(&mut tx, ward, tap.household, tap.year).await?;
    let permit = rules::may_record(actor, row.group)?;
    if !is_newest {
        return Err(YEAR_OVER.into());
    }
    if !row.counted {
        return Err(Denial::always(DenialCode::HouseholdEnded).into());
    }
    let is_fulfilled = row.fulfils(tap.wish);
    let given = Given::new(dated(tap.on, first_day, now)?, tap.how, (&actor.person.name, now));
    let wished = row.put(tap.wish, &given).filter(|_| !is_fulfilled && row.revision == tap.revision);
    let Some(after) = wished else {
        drop(tx);
        let tally = store::tally(&mut db, ward, row.cycle, row.group).await?;
        return Ok(Told { row, tally, is_done: is_fulfilled });
    };
    journal::store::write(&mut tx, &event(actor, ward, (tap, &after)), now).await?;
    store::save(&mut tx, &permit, ward, &after, now).await?;
    tx.commit().await?;
    // Read after the commit: a group's counts are held for as short as possible, since all of its taps meet there.
    let tally = store::tally(&mut db, ward, after.cycle, after.group).await?;
    Ok(Told { row: Participation { revision: after.revision + 1, ..after }, tally, is_done: true })
}

/// The event of a tap. Its detail never holds a name or an address: the journal cannot forget.
fn event<'a>(actor: &'a Actor, ward: UnitId, (tap, after): (Tap, &Participation)) -> Entry<'a> {
    let detail = match tap.wish {
        Wish::Give(mark) => {
            let given = match mark {
                Mark::Registered => after.registered.as_ref(),
                Mark::Pledged => after.pledged.as_ref(),
            };
            json!({ "on": given.map(|it| it.on), "how": tap.how.as_str() })
        }
        Wish::Explain(Some(why)) => json!({ "why": why.as_str() }),
        Wish::TakeBack(_) | Wish::Explain(None) => json!({}),
    };
    let place = Place { city: actor.city, ward, group: Some(after.group) };
    Entry {
        household: Some(tap.household),
        cycle: Some(after.cycle),
        detail,
        ..Entry::at(actor, place, tap.wish.verb())
    }
}

/// Gives one mark to a whole list after a meeting, in one transaction and with one event; gives how many lacked it. The same list sent
/// twice finds nobody left, and writes nothing.
///
/// # Errors
/// A rule, a year that is over, a wrong day, or what the database says.
pub async fn record_many(mut db: Scoped, actor: &Actor, ticked: &Ticked, now: DateTime<Utc>) -> Result<u64, Refused> {
    let ward = actor.ward().ok_or(Refused::NotFound)?;
    let permit = rules::may_record(actor, ticked.group)?;
    let mut tx = db.begin().await?;
    let newest = store::newest(&mut tx, ward).await?;
    if newest.year != ticked.year {
        return Err(YEAR_OVER.into());
    }
    let on = dated(ticked.on, newest.first_day, now)?;
    let given = Given::new(on, ticked.how, (&actor.person.name, now));
    let marked = (ticked.mark, &given);
    let count = store::save_many(&mut tx, &permit, (ward, newest.cycle), marked, &ticked.households).await?;
    if count == 0 {
        return Ok(0);
    }
    let place = Place { city: actor.city, ward, group: Some(ticked.group) };
    let detail = json!({ "count": count, "how": ticked.how.as_str(), "mark": ticked.mark.as_str(), "on": on });
    let entry = Entry { cycle: Some(newest.cycle), detail, ..Entry::at(actor, place, "marks_recorded") };
    journal::store::write(&mut tx, &entry, now).await?;
    tx.commit().await?;
    Ok(count)
}

/// Writes that a group went through its list at the beginning of the year.
///
/// # Errors
/// A rule, a year that is over, or what the database says.
pub async fn finish_review(
    mut db: Scoped,
    actor: &Actor,
    (group, year): (UnitId, i32),
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let ward = actor.ward().ok_or(Refused::NotFound)?;
    let permit = rules::may_record(actor, group)?;
    let mut tx = db.begin().await?;
    let newest = store::newest(&mut tx, ward).await?;
    if newest.year != year {
        return Err(YEAR_OVER.into());
    }
    let by = (actor.person.name.as_str(), now);
    if !store::finish(&mut tx, &permit, (actor.city, ward, newest.cycle), by).await? {
        return Ok(());
    }
    let place = Place { city: actor.city, ward, group: Some(group) };
    let entry = Entry { cycle: Some(newest.cycle), ..Entry::at(actor, place, "register_reviewed") };
    journal::store::write(&mut tx, &entry, now).await?;
    tx.commit().await?;
    Ok(())
}
