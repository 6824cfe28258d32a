//! A dossier: parts with papers, a self-assessment, and the way from draft to result. Its keepers fill it in here; the desk
//! above works on it in `appraisal`, the city in `recognition`.

pub mod actions;
mod form;
pub mod model;
mod pages;
pub mod store;
pub mod urls;

pub use pages::routes;
