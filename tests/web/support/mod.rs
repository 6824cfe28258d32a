//! What every test stands on.

mod answer;
mod client;
mod database;
mod form;
pub mod households;
mod makers;
pub mod people;
pub mod samples;
#[allow(dead_code, reason = "the tests of platform/signed_pdf use what those of pages do not")]
pub mod signing;
mod world;

pub use answer::{Answer, selector};
pub use client::Client;
pub use database::{admin_url, as_admin, empty, throw_away};
pub use form::{Fill, fill};
pub use makers::Kind;
pub use world::{World, day};
