//! One's own account, sessions and password.

use chrono::{DateTime, Duration, Utc};
use sqlx::PgConnection;
use sqlx::postgres::types::PgInterval;

use crate::account::model::throttle;
use crate::platform::id::SessionId;

/// One's own account.
#[derive(Debug, Clone)]
pub struct Own {
    /// Full name.
    pub name: String,
    /// How the program speaks to the person.
    pub honorific: String,
    /// Digits.
    pub phone: String,
    /// The wards of the seats, for the password policy.
    pub wards: Option<String>,
    /// The groups of the seats, for the password policy.
    pub groups: Option<String>,
}

/// The account that entered.
///
/// # Errors
/// What the database says; `RowNotFound` when nobody entered.
pub async fn account(conn: &mut PgConnection) -> Result<Own, sqlx::Error> {
    sqlx::query_as!(
        Own,
        r#"select full_name as "name!", honorific as "honorific!", phone as "phone!", ward as wards, groups from my_account()"#
    )
    .fetch_one(conn)
    .await
}

/// A session that may still be used.
#[derive(Debug, Clone)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// Browser and device.
    pub device: String,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// Last seen, to the minute.
    pub last_seen_at: DateTime<Utc>,
}

/// The sessions of the account that entered, latest first.
///
/// # Errors
/// What the database says.
pub async fn sessions(
    conn: &mut PgConnection,
    now: DateTime<Utc>,
    idle: Duration,
) -> Result<Vec<Session>, sqlx::Error> {
    let idle = PgInterval::try_from(idle.to_std().unwrap_or_default())
        .map_err(|_| sqlx::Error::Protocol("idle time out of range".to_owned()))?;
    sqlx::query_as!(
        Session,
        r#"select id as "id!", device as "device!", created_at as "created_at!", last_seen_at as "last_seen_at!" from my_sessions($1, $2)"#,
        now,
        idle
    )
    .fetch_all(conn)
    .await
}

/// Ends one of one's own sessions; false when it is not, or ended already.
///
/// # Errors
/// What the database says.
pub async fn end_session(conn: &mut PgConnection, id: SessionId) -> Result<bool, sqlx::Error> {
    Ok(sqlx::query_scalar!("select end_my_session($1)", id.uuid()).fetch_one(conn).await?.unwrap_or(false))
}

/// Ends all of one's own sessions but this one.
///
/// # Errors
/// What the database says.
pub async fn end_others(conn: &mut PgConnection, keep: SessionId) -> Result<(), sqlx::Error> {
    sqlx::query_scalar!("select end_my_other_sessions($1)", keep.uuid()).fetch_one(conn).await?;
    Ok(())
}

/// What a try to confirm one's own password finds.
#[derive(Debug)]
pub enum Confirm {
    /// Rest until then.
    Resting(DateTime<Utc>),
    /// Verify against this hash.
    Against(String),
}

/// Counts a try and gives the hash to verify one's own password against.
///
/// # Errors
/// What the database says; `RowNotFound` when nobody entered, or the account has no password.
pub async fn password(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<Confirm, sqlx::Error> {
    let row =
        sqlx::query!("select password_hash, locked_until from my_password($1, $2)", &throttle::account_rests(), now)
            .fetch_one(conn)
            .await?;
    match (row.locked_until, row.password_hash) {
        (Some(until), _) => Ok(Confirm::Resting(until)),
        (None, Some(hash)) => Ok(Confirm::Against(hash)),
        (None, None) => Err(sqlx::Error::RowNotFound),
    }
}

/// Sets the new password and ends the other sessions; false when the one that was verified no longer holds.
///
/// # Errors
/// What the database says.
pub async fn change_password(
    conn: &mut PgConnection,
    verified_hash: &str,
    new_hash: &str,
    keep: SessionId,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query_scalar!("select change_my_password($1, $2, $3)", verified_hash, new_hash, keep.uuid())
        .fetch_one(conn)
        .await?;
    Ok(done.unwrap_or(false))
}
