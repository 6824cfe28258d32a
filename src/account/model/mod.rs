//! What an account is made of; pure.

pub mod device;
pub mod initial;
pub mod phone;
pub mod place;
pub mod throttle;

pub use phone::Phone;
pub use place::same_site;
