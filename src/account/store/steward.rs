//! The accounts a steward keeps.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use sqlx::PgConnection;
use sqlx::types::Json;

use super::signin::bare;
use crate::access::{Refused, Role};
use crate::account::model::Phone;
use crate::platform::id::{AccountId, SeatId, UnitId};

/// Lines of one page of the list.
pub const PAGE: usize = 50;

/// A seat of an account, within the steward's reach.
#[derive(Debug, Clone, Deserialize)]
pub struct SeatLine {
    /// Its id.
    pub id: SeatId,
    /// Its role.
    pub role: Role,
    /// The city by name.
    pub city: String,
    /// The ward by name.
    pub ward: Option<String>,
    /// Its groups by name.
    pub groups: Option<String>,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: Option<NaiveDate>,
}

/// An account as its steward sees it.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its id.
    pub id: AccountId,
    /// Full name.
    pub name: String,
    /// How to speak to the person.
    pub honorific: String,
    /// Digits.
    pub phone: String,
    /// Shut since.
    pub disabled_at: Option<DateTime<Utc>>,
    /// Still has an initial password.
    pub must_change: bool,
    /// Seats within reach, newest first.
    pub seats: Json<Vec<SeatLine>>,
    /// This steward may reset, shut and open it.
    pub keeps: bool,
    /// It is the steward's own.
    pub is_me: bool,
}

/// A page of the list: accounts whose name or number holds every word (folded), after the account `after`, one more than
/// [`PAGE`] when there is a next page. Index: account_by_name.
///
/// # Errors
/// What the database says.
pub async fn list(
    conn: &mut PgConnection,
    words: &[String],
    after: Option<AccountId>,
    now: DateTime<Utc>,
) -> Result<Vec<Line>, sqlx::Error> {
    sqlx::query_as!(
        Line,
        r#"select id as "id!", full_name as "name!", honorific as "honorific!", phone as "phone!", disabled_at, must_change as "must_change!",
                  seats as "seats!: Json<Vec<SeatLine>>", keeps as "keeps!", is_me as "is_me!"
             from steward_accounts($1, $2, $3, $4)"#,
        words,
        after.map(AccountId::uuid),
        i32::try_from(PAGE + 1).unwrap_or(i32::MAX),
        now
    )
    .fetch_all(conn)
    .await
}

/// One account.
///
/// # Errors
/// What the database says; `RowNotFound` outside the steward's reach.
pub async fn one(conn: &mut PgConnection, id: AccountId, now: DateTime<Utc>) -> Result<Line, sqlx::Error> {
    sqlx::query_as!(
        Line,
        r#"select id as "id!", full_name as "name!", honorific as "honorific!", phone as "phone!", disabled_at, must_change as "must_change!",
                  seats as "seats!: Json<Vec<SeatLine>>", keeps as "keeps!", is_me as "is_me!"
             from steward_account($1, $2)"#,
        id.uuid(),
        now
    )
    .fetch_one(conn)
    .await
}

/// A ward or group that a seat can be given in.
#[derive(Debug, Clone)]
pub struct Unit {
    /// Its id.
    pub id: UnitId,
    /// "ward" or "group".
    pub kind: String,
    /// Its name.
    pub name: String,
}

/// The wards (of a city's steward) or the groups (of a ward's) that exist today, in their order. Index: unit_by_city, unit_by_ward.
///
/// # Errors
/// What the database says.
pub async fn units(conn: &mut PgConnection, ward: Option<UnitId>, today: NaiveDate) -> Result<Vec<Unit>, sqlx::Error> {
    sqlx::query_as!(
        Unit,
        "select id, kind, name from unit
          where kind = case when $1::uuid is null then 'ward' else 'group' end and ($1 is null or ward_id = $1)
            and valid_from <= $2 and (valid_to is null or valid_to >= $2)
          order by ordinal, id",
        ward.map(UnitId::uuid),
        today
    )
    .fetch_all(conn)
    .await
}

/// A seat to be given.
#[derive(Debug, Clone)]
pub struct NewSeat {
    /// Its role.
    pub role: Role,
    /// Its ward; none for seats of the city.
    pub ward: Option<UnitId>,
    /// One group for a leader, several for an area officer, none for the others.
    pub groups: Vec<UnitId>,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: Option<NaiveDate>,
}

/// A person to be given an account.
#[derive(Debug)]
pub struct NewAccount {
    /// Signs in with it.
    pub phone: Phone,
    /// Full name.
    pub name: String,
    /// How to speak to the person.
    pub honorific: crate::access::Honorific,
    /// The first seat.
    pub seat: NewSeat,
}

/// What came of giving a seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// It was given.
    Given,
    /// Role, place or account lie outside the steward's reach.
    OutOfReach,
    /// The groups do not fit the role or the ward.
    WrongGroups,
    /// The person holds that seat in those days already.
    HoldsAlready,
    /// Another account has that number.
    PhoneTaken,
}

fn given(word: Option<&str>) -> Result<Given, Refused> {
    match word {
        Some("given") => Ok(Given::Given),
        Some("out_of_reach") => Ok(Given::OutOfReach),
        Some("wrong_groups") => Ok(Given::WrongGroups),
        Some("holds_already") => Ok(Given::HoldsAlready),
        other => Err(Refused::Failed(anyhow::anyhow!("giving a seat answered {other:?}"))),
    }
}

/// Creates an account with its first seat. Anything but [`Given::Given`] must be rolled back.
///
/// # Errors
/// What the database says.
pub async fn create(
    conn: &mut PgConnection,
    id: AccountId,
    new: &NewAccount,
    hash: &str,
    now: DateTime<Utc>,
) -> Result<Given, Refused> {
    let made = sqlx::query_scalar!(
        "select create_account($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        id.uuid(),
        new.phone.as_str(),
        new.name,
        new.honorific.as_str(),
        hash,
        SeatId::new(now).uuid(),
        new.seat.role.as_str(),
        new.seat.ward.map(UnitId::uuid),
        &bare(&new.seat.groups),
        new.seat.from,
        new.seat.to,
        now
    )
    .fetch_one(conn)
    .await;
    match made {
        Err(error) if broke(&error, "account_phone_once") => Ok(Given::PhoneTaken),
        word => given(word?.as_deref()),
    }
}

/// Gives one more seat.
///
/// # Errors
/// What the database says.
pub async fn give(
    conn: &mut PgConnection,
    account: AccountId,
    seat: &NewSeat,
    now: DateTime<Utc>,
) -> Result<Given, Refused> {
    let word = sqlx::query_scalar!(
        "select give_seat($1, $2, $3, $4, $5, $6, $7)",
        SeatId::new(now).uuid(),
        account.uuid(),
        seat.role.as_str(),
        seat.ward.map(UnitId::uuid),
        &bare(&seat.groups),
        seat.from,
        seat.to
    )
    .fetch_one(conn)
    .await?;
    given(word.as_deref())
}

/// What came of ending a seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// It ends with that day.
    Ended,
    /// It is out of reach, one's own, or ends earlier.
    OutOfReach,
    /// The day lies before the seat began.
    BeforeStart,
}

/// Ends a seat with that day.
///
/// # Errors
/// What the database says.
pub async fn end_seat(conn: &mut PgConnection, seat: SeatId, last_day: NaiveDate) -> Result<Ended, Refused> {
    match sqlx::query_scalar!("select end_seat($1, $2)", seat.uuid(), last_day).fetch_one(conn).await {
        Err(error) if broke(&error, "seat_span_forward") => Ok(Ended::BeforeStart),
        done => Ok(if done?.unwrap_or(false) { Ended::Ended } else { Ended::OutOfReach }),
    }
}

/// Whether that constraint refused a row.
fn broke(error: &sqlx::Error, constraint: &str) -> bool {
    error.as_database_error().and_then(|said| said.constraint()) == Some(constraint)
}

/// Sets an initial password; false out of reach.
///
/// # Errors
/// What the database says.
pub async fn reset(
    conn: &mut PgConnection,
    id: AccountId,
    hash: &str,
    now: DateTime<Utc>,
) -> Result<bool, sqlx::Error> {
    Ok(sqlx::query_scalar!("select reset_password($1, $2, $3)", id.uuid(), hash, now)
        .fetch_one(conn)
        .await?
        .unwrap_or(false))
}

/// Shuts an account and ends its sessions; false out of reach, or when it is shut.
///
/// # Errors
/// What the database says.
pub async fn disable(conn: &mut PgConnection, id: AccountId, now: DateTime<Utc>) -> Result<bool, sqlx::Error> {
    Ok(sqlx::query_scalar!("select disable_account($1, $2)", id.uuid(), now).fetch_one(conn).await?.unwrap_or(false))
}

/// Opens an account again; false out of reach, or when it is open.
///
/// # Errors
/// What the database says.
pub async fn enable(conn: &mut PgConnection, id: AccountId, now: DateTime<Utc>) -> Result<bool, sqlx::Error> {
    Ok(sqlx::query_scalar!("select enable_account($1, $2)", id.uuid(), now).fetch_one(conn).await?.unwrap_or(false))
}
