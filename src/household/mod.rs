//! The register: which households live in a group, since when, and what became of those that left.
//!
//! A household is written once and never deleted. It ends on a day, may split, merge or move to another group, and keeps what stood of
//! it before; after the years of keeping, name and address are taken out. The yearly marks stand in `participation`, spreadsheets come
//! in through `import`, and what people may ask about their own data is in `privacy`.

pub mod actions;
mod form;
pub mod model;
mod pages;
mod sheet;
pub mod store;
pub mod urls;

pub use pages::routes;
