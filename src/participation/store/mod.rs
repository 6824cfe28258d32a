//! Every statement on the marks of a year and their counts. Nothing here begins or commits.

mod imported;
mod mark;
mod recount;
mod review;
mod roll;
mod sheets;
mod street;

pub use imported::{Marked, give_marks, join_marked};
pub use mark::{Held, Newest, lock, newest, save, save_many, tally};
pub use recount::{Differs, recount};
pub use review::{checklist, finish};
pub use roll::{join, leave, newest_cycle, regroup, return_to, start_year};
pub use sheets::{Which, scanned, sheet};
pub use street::{Ask, street};
