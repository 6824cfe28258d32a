//! The desk above: receiving, sending back with reasons, judging criterion by criterion all year long, recommending.

pub mod actions;
mod form;
mod pages;
pub mod store;
pub mod urls;

pub use pages::routes;
