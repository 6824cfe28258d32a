//! What a steward may say, on what it is tried, and what the names in it mean. Pure.

pub mod sample;
