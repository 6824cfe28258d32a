//! Addresses of the start pages.

/// The start page of the seat at hand.
pub const HOME: &str = "/";
