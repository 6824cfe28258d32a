//! Every statement on the marks of a year and their counts. Nothing here begins or commits.

mod roll;

pub use roll::{join, leave, newest_cycle, regroup, return_to, start_year};
