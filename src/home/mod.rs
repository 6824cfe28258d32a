//! The start page of each seat: what I must do and by when, from what stands in the database now.

pub mod model;
mod pages;
mod store;
pub mod urls;

pub use pages::routes;
