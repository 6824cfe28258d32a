//! HTTP manners, no feature: errors and their page, the shell, sessions, forms, files, headers, formats.

pub mod assets;
pub mod cache;
pub mod error;
pub mod error_page;
pub mod filters;
pub mod flights;
pub mod form;
pub mod headers;
pub mod icons;
pub mod page;
pub mod posted_bytes;
pub mod posted_digest;
pub mod posted_files;
pub mod request_log;
pub mod session;
pub mod shell;
pub mod upload;

#[cfg(test)]
mod sample;
