//! What is chosen when a bundle is asked for: a group, and how pledge sheets look.

use super::model::Wish;
use crate::platform::id::UnitId;
use crate::web::form::Filled;
use crate::words::bundle as words;

/// A sheet for each household.
const EACH: &str = "tung-ho";
/// Only who has not signed.
const OPEN: &str = "chua-ky";

/// Reads it.
///
/// # Errors
/// The form with its sentence: a group that is none of those offered.
pub(super) fn wish(mut form: Filled, groups: &[UnitId]) -> Result<Wish, Filled> {
    let group = match form.value("to") {
        "" => None,
        typed => {
            let found = typed.parse::<UnitId>().ok().filter(|id| groups.contains(id));
            if found.is_none() {
                form.fail("to", words::GROUP_UNKNOWN);
            }
            found
        }
    };
    let wish = Wish { group, each: form.value("kieu") == EACH, open_only: form.value("ai") == OPEN };
    form.finish(Some(wish))
}
