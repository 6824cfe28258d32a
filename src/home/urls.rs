//! Addresses of the start pages.

/// The start page of the seat at hand.
pub const HOME: &str = "/";
/// Everything that has no place of its own in a leader's dock.
pub const MORE: &str = "/xem-them";
