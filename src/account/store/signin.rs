//! Coming in and going out.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::account::model::{Phone, throttle};
use crate::platform::id::{AccountId, SessionId};

/// What a try to sign in finds.
#[derive(Debug)]
pub enum Found {
    /// Rest until then; the try was not counted.
    Resting(DateTime<Utc>),
    /// An account that may come in, with the hash to verify against.
    Account(AccountId, String),
    /// Nobody by this number, or nobody who may come in.
    Nobody,
}

/// Counts a try and looks the account up.
///
/// # Errors
/// What the database says.
pub async fn begin(
    conn: &mut PgConnection,
    phone: &Phone,
    address: &str,
    now: DateTime<Utc>,
) -> Result<Found, sqlx::Error> {
    let row = sqlx::query!(
        "select account_id, password_hash, locked_until from sign_in_begin($1, $2, $3, $4, $5)",
        phone.as_str(),
        address,
        &throttle::account_rests(),
        &throttle::address_rests(),
        now
    )
    .fetch_one(conn)
    .await?;
    Ok(match (row.locked_until, row.account_id, row.password_hash) {
        (Some(until), _, _) => Found::Resting(until),
        (None, Some(id), Some(hash)) => Found::Account(id.into(), hash),
        _ => Found::Nobody,
    })
}

/// A session about to be opened.
#[derive(Debug)]
pub struct NewSession<'a> {
    /// SHA-256 of its key.
    pub key_hash: &'a [u8],
    /// Whose.
    pub account: AccountId,
    /// The hash that the password was verified against: it must still hold.
    pub verified_hash: &'a str,
    /// Where the request came from.
    pub address: &'a str,
    /// SHA-256 of the key that this browser held before; that session ends.
    pub replaces: Option<&'a [u8]>,
    /// Browser and device in words.
    pub device: &'a str,
}

/// Opens the session: `Some(true)` with a seat, `Some(false)` when one has to be chosen, `None` when the sign-in no longer holds.
///
/// # Errors
/// What the database says.
pub async fn open(
    conn: &mut PgConnection,
    new: &NewSession<'_>,
    now: DateTime<Utc>,
) -> Result<Option<bool>, sqlx::Error> {
    sqlx::query_scalar!(
        "select open_session($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        SessionId::new(now).uuid(),
        new.key_hash,
        new.account.uuid(),
        new.verified_hash,
        new.address,
        &throttle::address_rests(),
        new.replaces,
        new.device,
        now
    )
    .fetch_one(conn)
    .await
}

/// Ends the session with this key, if there is one.
///
/// # Errors
/// What the database says.
pub async fn end(conn: &mut PgConnection, key_hash: &[u8]) -> Result<(), sqlx::Error> {
    sqlx::query_scalar!("select end_session($1)", key_hash).fetch_one(conn).await?;
    Ok(())
}

/// The person whom a one-time link lets in.
#[derive(Debug)]
pub struct Invited {
    /// Full name.
    pub name: String,
    /// How to speak to the person.
    pub honorific: String,
    /// The number to sign in with.
    pub phone: String,
    /// City and ward of the seats, for the password policy.
    pub places: Option<String>,
}

/// Who a one-time link is for; `None` when it is unknown, used or too old.
///
/// # Errors
/// What the database says.
pub async fn find_invite(
    conn: &mut PgConnection,
    token_hash: &[u8],
    now: DateTime<Utc>,
) -> Result<Option<Invited>, sqlx::Error> {
    sqlx::query_as!(
        Invited,
        r#"select full_name as "name!", honorific as "honorific!", phone as "phone!", places from find_invite($1, $2)"#,
        token_hash,
        now
    )
    .fetch_optional(conn)
    .await
}

/// Uses the link up and sets the password; false when somebody was quicker, or it is too old by now.
///
/// # Errors
/// What the database says.
pub async fn redeem_invite(
    conn: &mut PgConnection,
    token_hash: &[u8],
    hash: &str,
    now: DateTime<Utc>,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query_scalar!("select redeem_invite($1, $2, $3)", token_hash, hash, now).fetch_one(conn).await?;
    Ok(done.unwrap_or(false))
}

/// Removes sessions, failures and links that no longer mean anything; gives how many rows.
///
/// # Errors
/// What the database says.
pub async fn sweep(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<i64, sqlx::Error> {
    Ok(sqlx::query_scalar!("select sweep_accounts($1)", now).fetch_one(conn).await?.unwrap_or(0))
}

/// Whether accounts of the demo lie in this database: a production server refuses to start on them.
///
/// # Errors
/// What the database says.
pub async fn sample_accounts_exist(conn: &mut PgConnection) -> Result<bool, sqlx::Error> {
    Ok(sqlx::query_scalar!("select sample_accounts_exist()").fetch_one(conn).await?.unwrap_or(false))
}

/// A row id that came from a form, for statements that take bare ids.
pub(super) fn bare(ids: &[crate::platform::id::UnitId]) -> Vec<Uuid> {
    ids.iter().map(|id| id.uuid()).collect()
}
