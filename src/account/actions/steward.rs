//! What stewards do with the accounts of their place. Each change and its event are one transaction.

use chrono::{DateTime, NaiveDate, Utc};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use sqlx::Connection;

use super::at_seat;
use crate::access::{Actor, Denial, DenialCode, Refused, Role, rules};
use crate::account::model::initial;
use crate::account::store::steward::{self as store, Ended, Given, NewAccount, NewSeat};
use crate::app::App;
use crate::journal;
use crate::platform::db::Scoped;
use crate::platform::id::{AccountId, SeatId};
use crate::words::account as words;

fn placed(given: Given) -> Result<(), Refused> {
    match given {
        Given::Given => Ok(()),
        Given::OutOfReach => Err(Denial::by(DenialCode::NotThisSeat, Role::StewardCity).into()),
        Given::WrongGroups => Err(Refused::Invalid(vec![("to", words::SOME_GROUP.to_owned())])),
        Given::HoldsAlready => Err(Refused::Invalid(vec![("vai", words::HOLDS_ALREADY.to_owned())])),
        Given::PhoneTaken => Err(Refused::Invalid(vec![("so-dien-thoai", words::PHONE_TAKEN.to_owned())])),
    }
}

fn seat_detail(seat: &NewSeat) -> serde_json::Value {
    json!({ "role": seat.role, "groups": seat.groups, "from": seat.from, "to": seat.to })
}

/// An initial password and its hash; no connection is held meanwhile.
async fn initial_password(app: &App) -> Result<(SecretString, String), Refused> {
    let password = initial::draw(&mut rand::rng());
    let hash = app.passwords.hash(SecretString::from(password.expose_secret().to_owned())).await?;
    Ok((password, hash))
}

/// Creates an account with its first seat; gives its id and the initial password, which is shown once.
///
/// # Errors
/// A rule, a number that is taken, a seat that does not fit.
pub async fn create(
    app: App,
    key_hash: Vec<u8>,
    actor: Actor,
    new: NewAccount,
    now: DateTime<Utc>,
) -> Result<(AccountId, SecretString), Refused> {
    rules::can_administer(&actor)?;
    let (password, hash) = initial_password(&app).await?;
    let (mut db, _) = app.db.enter_session(&key_hash, now, app.settings.idle).await?;
    let id = AccountId::new(now);
    let mut tx = db.begin().await?;
    placed(store::create(&mut tx, id, &new, &hash, now).await?)?;
    let detail = json!({ "account": id, "name": new.name, "seat": seat_detail(&new.seat) });
    journal::store::write(&mut tx, &at_seat(&actor, "account_created", detail), now).await?;
    tx.commit().await?;
    Ok((id, password))
}

/// Gives a new initial password, which is shown once; the person's sessions end.
///
/// # Errors
/// A rule; an account outside the steward's reach, or partly outside it.
pub async fn reset(
    app: App,
    key_hash: Vec<u8>,
    actor: Actor,
    id: AccountId,
    now: DateTime<Utc>,
) -> Result<SecretString, Refused> {
    rules::can_administer(&actor)?;
    let (password, hash) = initial_password(&app).await?;
    let (mut db, _) = app.db.enter_session(&key_hash, now, app.settings.idle).await?;
    let mut tx = db.begin().await?;
    let line = store::one(&mut tx, id, now).await?;
    if !store::reset(&mut tx, id, &hash, now).await? {
        return Err(out_of_reach());
    }
    let detail = json!({ "account": id, "name": line.name });
    journal::store::write(&mut tx, &at_seat(&actor, "password_reset", detail), now).await?;
    tx.commit().await?;
    Ok(password)
}

/// Shutting or opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Switch {
    /// Shut: no sign-in, sessions end.
    Off,
    /// Open again.
    On,
}

/// Shuts an account, or opens it again.
///
/// # Errors
/// A rule; an account outside the steward's reach. An account that is so already is stale.
pub async fn switch(
    mut db: Scoped,
    actor: Actor,
    (id, to): (AccountId, Switch),
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    rules::can_administer(&actor)?;
    let mut tx = db.begin().await?;
    let line = store::one(&mut tx, id, now).await?;
    if !line.keeps {
        return Err(out_of_reach());
    }
    let (done, verb) = match to {
        Switch::Off => (store::disable(&mut tx, id, now).await?, "account_disabled"),
        Switch::On => (store::enable(&mut tx, id, now).await?, "account_enabled"),
    };
    if !done {
        return Err(Refused::Stale);
    }
    journal::store::write(&mut tx, &at_seat(&actor, verb, json!({ "account": id, "name": line.name })), now).await?;
    tx.commit().await?;
    Ok(())
}

/// Gives one more seat.
///
/// # Errors
/// A rule, a seat that does not fit, an account outside the steward's reach.
pub async fn give_seat(
    mut db: Scoped,
    actor: Actor,
    (id, seat): (AccountId, NewSeat),
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    rules::can_administer(&actor)?;
    let mut tx = db.begin().await?;
    let line = store::one(&mut tx, id, now).await?;
    placed(store::give(&mut tx, id, &seat, now).await?)?;
    let detail = json!({ "account": id, "name": line.name, "seat": seat_detail(&seat) });
    journal::store::write(&mut tx, &at_seat(&actor, "seat_given", detail), now).await?;
    tx.commit().await?;
    Ok(())
}

/// Ends a seat of this account with that day.
///
/// # Errors
/// A rule; a seat that is not this account's; a day before it began.
pub async fn end_seat(
    mut db: Scoped,
    actor: Actor,
    (id, seat): (AccountId, SeatId),
    last_day: NaiveDate,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    rules::can_administer(&actor)?;
    let mut tx = db.begin().await?;
    let line = store::one(&mut tx, id, now).await?;
    let held = line.seats.iter().find(|held| held.id == seat).ok_or(Refused::NotFound)?;
    if line.is_me {
        return Err(out_of_reach());
    }
    match store::end_seat(&mut tx, seat, last_day).await? {
        Ended::Ended => {}
        Ended::OutOfReach => return Err(Refused::Stale),
        Ended::BeforeStart => {
            return Err(Refused::Invalid(vec![("het-ngay", words::END_BEFORE_START.to_owned())]));
        }
    }
    let detail = json!({ "account": id, "name": line.name, "seat": seat, "role": held.role, "groups": held.groups, "to": last_day });
    journal::store::write(&mut tx, &at_seat(&actor, "seat_ended", detail), now).await?;
    tx.commit().await?;
    Ok(())
}

/// The account has seats elsewhere, or is one's own: the steward above can do it.
fn out_of_reach() -> Refused {
    Denial::by(DenialCode::NotThisSeat, Role::StewardCity).into()
}
