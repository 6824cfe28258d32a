//! Every statement on bundles, and those that read what goes into one. Nothing here begins or commits.

mod contents;
mod row;

pub use contents::{counts, dossiers, events, papers, registrations, turns};
pub use row::{again, done, expired, failed, forget, insert, list, load, waiting, year};
