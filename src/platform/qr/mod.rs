//! QR symbols: drawn on screens, and read back from a photograph of a signed sheet.
//!
//! A photograph only proposes. What a person confirmed is what counts.

#[cfg(test)]
mod bent;
mod finder;
mod frame;
mod gray;
mod photo;

pub use photo::{Found, Limits, PhotoError, read_photo};
pub use typeset::qr::{Matrix, TooLong, matrix};
