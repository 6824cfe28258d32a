//! What a paper is made of: its kind, the facts it rests on, the wording, the words that people wrote over it, its tables. Pure.

mod blocks;
mod body;
mod facts;
mod kind;
mod paper;
mod text;
mod wording;

pub use blocks::{TableName, UnknownTable, blocks, unknown_tables};
pub use body::{Capacity, Letterhead, Names, Register, Settings, Signer, unit_of};
pub use facts::{
    Criterion, Decision, Facts, Group, GroupCounts, Households, Incident, Meeting, Milestone, Moved, Person, Returned,
    ReturnedItem, Vote,
};
pub use kind::{Body, Keeper, Kind, number};
pub use paper::{Draft, Issue, Issued, Issuing, Kept, Number, Paper, Signed, Slot, Told, issue};
pub use text::{Difference, Text};
pub use wording::{Fault, Place, What, Wording};
