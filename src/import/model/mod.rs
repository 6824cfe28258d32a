//! Recognises household lists: where the table begins, what its columns mean, what each row says and what is wrong with it.
//!
//! Everything here is a function of the file, of what the ward knows and of what a person corrected: the same three give the
//! same drafts again.

mod address;
mod batch;
mod cells;
mod draft;
mod header;
mod known;
mod likely;
mod meaning;
mod problem;
mod recognised;
mod rows;
mod twins;
mod value;

pub use batch::{Batch, Decision, Found, Line, Same, State, stops, warns};
pub use draft::{Draft, Field, Mark, Spoiled, Standing, edited};
pub use known::{Known, KnownGroup};
pub use likely::{KnownHousehold, Match, Register, Why};
pub use meaning::Meaning;
pub use problem::{Problem, ProblemCode, Severity};
pub use recognised::{Column, LeftOut, Mapping, Notice, Recognised, SheetFound, SheetMapping, recognise};
pub use twins::mark_twins;

#[cfg(test)]
mod tests;
