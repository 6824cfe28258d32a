//! A file that is to take the place of a draft.

use crate::ruleset::load::{Problem, parse};
use crate::ruleset::model::Edit;
use crate::web::form::Filled;
use crate::words::ruleset::edit as words;

/// Longer than any ruleset.
const LIMIT: usize = 1024 * 1024;

/// Reads a file with the parser that reads our own; nothing of it is taken while anything in it is wrong.
///
/// # Errors
/// The form with a sentence at the file, and every mistake with its line.
pub fn file(mut form: Filled, (name, bytes): (&str, &[u8])) -> Result<Edit, (Filled, Vec<Problem>)> {
    if bytes.len() > LIMIT {
        form.fail("tep", words::FILE_TOO_LONG);
        return Err((form, vec![]));
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        form.fail("tep", words::FILE_NOT_TEXT);
        return Err((form, vec![]));
    };
    // Editors of Windows begin a file with this mark.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match parse(name, text) {
        Ok(ruleset) => Ok(Edit::Whole(Box::new(ruleset))),
        Err(error) => {
            form.fail("tep", words::file_faulty(error.problems.len()));
            Err((form, error.problems))
        }
    }
}
