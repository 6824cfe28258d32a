//! Every statement on papers, their bodies and registers. Nothing here begins or commits.

mod body;
mod ground;
mod load;
mod write;

pub use body::{body, count, last, save_body, signers};
pub use ground::{Ground, GroupRow, Registered, cycle_of, ground, households};
pub use load::{Line, Listed, Standing, Whole, find, list, load, lock};
pub use write::{add_signed, insert, issue, redraft, rewrite};
