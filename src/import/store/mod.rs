//! Every statement on files on their way and their rows. Nothing here begins or commits.

mod batch;
mod rows;

pub use batch::{
    Fresh, Listed, Source, content, count, drop_batch, fail, finish, hold, insert, list, load, read_again, ready,
    sweep, undo, writing,
};
pub use rows::{
    Filter, Stored, decide_same, drafts, forget, insert_rows, keep_before, line, lines, save_line, save_problems,
    settle_before, to_write,
};
