//! Who takes part in a year: đăng ký tham gia and ký cam kết giao ước thi đua, household by household, to 100%.
//!
//! Each household of a year has one row with both marks, and the reason why it has not signed yet. The counts of a group
//! (`participation_tally`) are kept by the database with every write.
//!
//! A leader walks down a street and taps once at each door. The same tap may arrive twice, late or after somebody else's: it says what
//! it wishes and which revision it saw, so that it is done once, or told apart as stale.

pub mod actions;
mod form;
pub mod model;
mod pages;
pub mod print;
pub mod store;
pub mod urls;

pub use pages::routes;
