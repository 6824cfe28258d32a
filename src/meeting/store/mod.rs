//! Every statement on meetings. Nothing here begins or commits.

mod load;
mod write;

pub use load::{Line, last_people, list, load, lock, papers, seats};
pub use write::{
    add_people, apply, call_roll, change, count_opinions, give, insert, leave_people_out, take_in, touch, write_turns,
};
