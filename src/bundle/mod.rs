//! Papers, files and lists of a year, put together to be taken away: the ward's package for the level above, everything of a year for the
//! shelf, registrations, pledge sheets and lists of households in one print.
//!
//! A bundle is asked for, made by a job as the person who asked, so that it holds what that person may see, kept apart from what people
//! handed in, and thrown away after some days.

pub mod actions;
mod form;
pub mod model;
pub mod pack;
mod pages;
pub mod store;
pub mod urls;

pub use pages::routes;

use chrono::{DateTime, Utc};

use crate::platform::db::Database;
use crate::platform::files::FileStore;
use crate::platform::id::BundleId;

/// Throws bundles away whose days are over, first the bytes, then the row; gives how many.
///
/// # Errors
/// When the database or the file store does not answer.
pub async fn sweep(db: &Database, files: &FileStore, now: DateTime<Utc>) -> anyhow::Result<usize> {
    let old: Vec<BundleId> = {
        let mut conn = db.enter_public().await?;
        store::expired(&mut conn, now).await?
    };
    for id in &old {
        files.drop_made(id.uuid()).await?;
    }
    let mut conn = db.enter_public().await?;
    store::forget(&mut conn, &old, now).await?;
    Ok(old.len())
}
