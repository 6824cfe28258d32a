//! Files that come in piece by piece before the form that they belong to: a phone that loses the network goes on where it was.
//!
//! The script of a page begins one for the address of its form, sends pieces, and puts the id into the form (`da-tai`). Whoever handles
//! that form takes the files out with [`incoming`], and they are looked into like any other. What no form took goes after two days.

pub mod actions;
mod form;
pub mod model;
mod pages;
pub mod store;
pub mod urls;

use std::path::Path;

use chrono::{DateTime, Utc};

use crate::platform::db::Database;
use crate::platform::files::Pieces;

pub use pages::{Incoming, Sent, incoming, routes, sent};

/// Throws away what was begun more than two days ago; gives how many uploads that were.
///
/// # Errors
/// When the database or the disk does not answer.
pub async fn sweep(db: &Database, scratch: &Path, now: DateTime<Utc>) -> anyhow::Result<i32> {
    let before = now - model::KEPT;
    let mut db = db.enter_public().await?;
    let rows = store::sweep(&mut db, before).await?;
    let pieces = Pieces::within(scratch);
    tokio::task::spawn_blocking(move || pieces.sweep(before)).await??;
    Ok(rows)
}
