//! Wordings to read, to change, and to go back to.

mod guide;
mod list;
mod one;
mod version;

use axum::Router;
use axum::routing::{get, post};
use typeset::paper::{Block, Table};

use super::urls;
use crate::app::App;
use crate::paper::model::{Kind, TableName, Text, blocks};
use crate::web::error::AppError;
use crate::words::wording as words;

/// The pages of wordings.
pub fn routes() -> Router<App> {
    Router::new()
        .route(urls::LIST, get(list::list))
        .route(urls::ONE, get(one::form).post(one::publish))
        .route(urls::VERSION, get(version::show))
        .route(urls::TAKE_AGAIN, post(version::take_again))
}

/// A kind in an address.
fn kind(word: &str) -> Result<Kind, AppError> {
    word.parse().map_err(|_| AppError::NotFound)
}

/// What a wording says in the sample year, as a page shows it.
struct Look {
    subject: String,
    blocks: Vec<Block>,
    recipients: Vec<String>,
}

impl Look {
    fn of(text: &Text) -> Self {
        let recipients = text.recipients.lines().map(str::trim).filter(|line| !line.is_empty());
        Self {
            subject: text.subject.clone(),
            blocks: blocks(&text.body, named),
            recipients: recipients.map(str::to_owned).collect(),
        }
    }
}

/// A table is filled in when a paper is drafted; here its name stands for it.
fn named(table: TableName) -> Table {
    let name = TableName::ALL.into_iter().find(|(_, it)| *it == table).map_or("", |(name, _)| name);
    let caption = format!("Bảng {name}: {}", words::table(table).to_lowercase());
    Table { caption, columns: vec![], rows: vec![], total: vec![], wide: false }
}
