//! Every statement on looks, on what people ask about their own data, and on how long it is kept. Nothing here begins or commits.

mod keeping;
mod looks;
mod requests;

pub use keeping::{Keeping, anonymise_expired, anonymise_one, keeping, set_years};
pub use looks::{Filter, Line, PAGE, Sum, log, looks, sums};
pub use requests::{Kept, LookedBy, Mark, Row, answer, close, household_of_code, insert, kept, list, load, lock};
