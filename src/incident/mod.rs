//! What the ward police count, and what else somebody has to type for the criteria: incidents by type, day and group, without a name or
//! a story; last year's, to compare with; figures that no register counts; the other units of the ward.
//!
//! A count belongs to the window in which its day lies. One that nobody confirmed is in no sum. What was corrected stays readable, and
//! what was struck out stays too.

pub mod actions;
mod form;
pub mod model;
mod pages;
pub mod store;
pub mod urls;

pub use pages::routes;
