//! The ward's package at the city, the decision that recognises or does not, and the public list of results.

pub mod actions;
mod form;
pub mod model;
mod open_data;
mod pages;
pub mod store;
pub mod urls;

pub use pages::routes;
