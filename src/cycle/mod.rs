//! The year of a ward: opened from a ruleset, with a window, deadlines that say whether their day still counts, and a
//! reason wherever a person moved one.

pub mod actions;
mod form;
pub mod model;
mod pages;
pub mod store;
pub mod urls;

pub use pages::routes;
