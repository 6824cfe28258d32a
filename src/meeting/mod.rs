//! Meetings that assess: a group's own, and the ward committee's over many dossiers. Who was invited and came, what was voted on each
//! dossier, what was concluded. Closing one writes its conclusions into the dossiers, all of them or none.

pub mod actions;
mod form;
pub mod model;
mod pages;
pub mod store;
pub mod urls;

pub use pages::routes;
