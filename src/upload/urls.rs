//! Addresses of uploads.

use crate::platform::id::UploadId;

/// Begins one (POST).
pub const START: &str = "/tai-len";
/// How far one is (GET), and its next piece (POST, `?tu=` says from which byte).
pub const ONE: &str = "/tai-len/{id}";

/// Link to one.
#[must_use]
pub fn one(id: UploadId) -> String {
    format!("/tai-len/{id}")
}
