//! People: how they come in, choose the seat to act in, keep their password and their sessions; how stewards keep the
//! accounts of their place; how a seat is lent for some days.
//!
//! The tables have no grant for the program. Every statement calls a function of migration 0010 that filters by the scope of
//! the connection, and that scope was set from the session itself. Passwords are verified while no connection is held.

pub mod actions;
pub mod first_steward;
mod form;
pub mod model;
mod pages;
pub mod passwords;
pub mod policy;
pub mod store;
pub mod urls;

use chrono::{DateTime, Utc};

use crate::platform::db::Database;

pub use first_steward::first_steward;
pub use pages::{Caller, routes, sign_in_page};

/// Removes sessions, failed tries and links that no longer mean anything; gives how many rows went.
///
/// # Errors
/// When the database does not answer.
pub async fn sweep(db: &Database, now: DateTime<Utc>) -> anyhow::Result<i64> {
    let mut db = db.enter_public().await?;
    Ok(store::signin::sweep(&mut db, now).await?)
}

/// Whether accounts of the demo lie in this database: a production server refuses to start on them.
///
/// # Errors
/// When the database does not answer.
pub async fn sample_accounts_exist(db: &Database) -> anyhow::Result<bool> {
    let mut db = db.enter_public().await?;
    Ok(store::signin::sample_accounts_exist(&mut db).await?)
}
