//! What the law asks of whoever keeps personal data (Luật 91/2025/QH15, Nghị định 356/2025/NĐ-CP): a log of who looked, answers to
//! people about their own data within their days, and an end to keeping.

pub mod actions;
mod form;
pub mod model;
mod pages;
pub mod store;
pub mod urls;

use chrono::{DateTime, Utc};

use crate::platform::db::Database;

pub use pages::routes;

/// Takes name and address out of households that ended longer ago than their ward keeps them; gives of how many. The day's second
/// run finds nothing.
///
/// # Errors
/// When the database does not answer.
pub async fn anonymise_expired(db: &Database, now: DateTime<Utc>) -> anyhow::Result<i32> {
    let mut db = db.enter_public().await?;
    Ok(store::anonymise_expired(&mut db, now).await?)
}
