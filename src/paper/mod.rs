//! Official papers: drafted from what the program knows, written over by people, numbered and issued, as PDF and Word.

pub mod actions;
mod form;
pub mod model;
mod pages;
pub mod print;
pub mod store;
pub mod urls;

pub use pages::routes;
