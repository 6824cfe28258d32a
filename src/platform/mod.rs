//! What knows neither HTTP nor the domain.

pub mod clock;
pub mod db;
pub mod files;
pub mod fold;
pub mod id;
pub mod jobs;
pub mod legacy;
pub mod postgres;
pub mod press;
pub mod qr;
pub mod sheet;
pub mod signed_pdf;
