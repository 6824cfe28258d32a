//! Every statement on the marks of a year and their counts. Nothing here begins or commits.

mod recount;
mod roll;

pub use recount::{Differs, recount};
pub use roll::{join, leave, newest_cycle, regroup, return_to, start_year};
