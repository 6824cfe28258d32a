//! Who may do what: one room, so that an auditor reads one folder.
//!
//! An [`Actor`] is a person in a [`Seat`]; a seat is a role with its place. A rule is a pure function of actor, thing and
//! moment. It gives a [`Permit`] that owns the thing, or a [`Denial`] with a sentence. Only this room can make a permit, and
//! the models ask for one before they move: a forgotten check does not compile. Templates ask the same rules, so a button
//! and a refusal cannot disagree.

mod actor;
mod address;
pub mod matrix;
mod permit;
mod refused;
pub mod rules;
mod words;

pub use actor::{Actor, Delegation, Person, Place, Role, Seat, UnknownWord};
pub use address::{Form, Honorific};
pub use permit::{Denial, DenialCode, Permit, act};
pub use refused::Refused;
pub(crate) use words::words;
