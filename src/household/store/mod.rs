//! Every statement on households, their stays, earlier versions and origins. Nothing here begins or commits. What writes takes a
//! permit: a forgotten rule does not compile.

mod bulk;
mod list;
mod read;
mod write;

pub use bulk::{Change, Known, codes_taken, known, update_all};
pub use list::{Alike, Counted, Listed, Piece, alike, by_code, counted, list};
pub use read::{Group, Origin, Stay, Story, Version, YearOf, groups, load, lock, residents_on, story};
pub use write::{Ending, Fresh, end, insert_all, insert_origin, move_to, next_number, resume, update};
