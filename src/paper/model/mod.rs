//! What a paper is made of: its kind, the facts it rests on, the wording, the words that people wrote over it, its tables. Pure.

mod blocks;
mod facts;
mod kind;
mod text;
mod wording;

pub use blocks::{TableName, UnknownTable, blocks, unknown_tables};
pub use facts::{
    Criterion, Decision, Facts, Group, GroupCounts, Households, Incident, Meeting, Milestone, Moved, Person, Returned,
    ReturnedItem, Vote,
};
pub use kind::{Body, Keeper, Kind, number};
pub use text::{Difference, Text};
pub use wording::{Fault, Place, What, Wording};
