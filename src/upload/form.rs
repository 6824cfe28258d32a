//! What the script of a page announces.

use chrono::NaiveDateTime;

use super::model::Announced;
use crate::platform::files::MAX_FILE_BYTES;
use crate::web::form::Filled;
use crate::words;

/// Reads an announcement.
///
/// # Errors
/// The form with its sentences.
pub fn announced(mut form: Filled) -> Result<Announced, Filled> {
    let size = form.value("co").parse::<u64>().ok();
    match size {
        Some(0) => form.fail("tep", words::files::EMPTY),
        Some(size) if size > MAX_FILE_BYTES => form.fail("tep", words::files::too_large(MAX_FILE_BYTES)),
        Some(_) => {}
        None => form.fail("tep", words::upload::UNREADABLE),
    }
    let purpose = Some(form.value("cho").to_owned()).filter(|path| path.starts_with('/') && path.len() <= 200);
    let name = form.value("ten").chars().take(255).collect();
    let taken_at = NaiveDateTime::parse_from_str(form.value("chup-luc"), "%Y-%m-%dT%H:%M:%S").ok();
    let value = size.zip(purpose).map(|(size, purpose)| Announced { name, size, purpose, taken_at });
    form.finish(value)
}
