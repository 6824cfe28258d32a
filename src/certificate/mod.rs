//! Giấy công nhận: what a recognised unit hangs on its wall. Numbered in the book of the body that recognised, set once as PDF, and
//! checked by anybody who holds it: the symbol on the paper leads to a page that says whether it counts, and whether a file is the one
//! that was issued.

pub mod actions;
mod form;
pub mod model;
mod pages;
pub mod paper;
pub mod store;
pub mod urls;

pub use pages::routes;
