//! Every statement on the marks of a year and their counts. Nothing here begins or commits.

mod imported;
mod roll;

pub use imported::{Marked, give_marks, join_marked};
pub use roll::{join, leave, newest_cycle, regroup, return_to, start_year};
