//! Putting a ZIP together that is read without the program: plain names, an index page, a manifest with hashes. Knows no database.

mod index;
mod manifest;
mod names;
mod packer;
mod plan;
mod tables;

pub use manifest::{Head, Manifest, SCHEMA};
pub use names::{Paths, slug};
pub use packer::{Packed, Packer, Written};
pub use plan::{Item, Section, Source, archive, package};
