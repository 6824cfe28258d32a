//! The desk above: receiving, sending back with reasons, judging criterion by criterion all year long, recommending.

pub mod actions;
mod form;
pub mod model;
mod pages;
#[cfg(test)]
pub(crate) mod sample;
pub mod store;
pub mod urls;

pub(crate) use form::orders;
pub use pages::routes;
pub(crate) use pages::{Verdicts, frame, step, sum_up};
