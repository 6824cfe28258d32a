//! Household lists as people keep them, in spreadsheets: what they mean, row by row, before anything is written; then written into the
//! register all or nothing, and taken out again as one.
//!
//! A file is received, read by a job, looked at with every problem at its cell, mended in place, written by another job. Its bytes and
//! drafts go when it is written or dropped: a list of people does not stay lying about.

pub mod actions;
mod form;
pub mod model;
mod pages;
pub mod store;
pub mod urls;

pub use pages::routes;

use chrono::{DateTime, Utc};

use crate::platform::db::Database;

/// Throws lists away that were brought in and then forgotten for 30 days; gives how many.
///
/// # Errors
/// When the database does not answer.
pub async fn sweep(db: &Database, now: DateTime<Utc>) -> anyhow::Result<i32> {
    let mut db = db.enter_public().await?;
    Ok(store::sweep(&mut db, now).await?)
}
