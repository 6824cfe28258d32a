//! Where people live and work: city, ward, group, and the offices, agencies, enterprises and schools of a ward.
//!
//! A unit is never deleted. It begins on a day, may end on another, keeps every name it bore, and knows which units it came
//! from: a paper of 2023 shows the name of 2023. Stewards keep the list, each in their own place.

pub mod actions;
mod form;
pub mod model;
mod pages;
pub mod store;
pub mod urls;

pub use pages::routes;
