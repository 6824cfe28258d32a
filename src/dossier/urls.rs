//! Addresses of a dossier.

use crate::platform::id::{AttachmentId, DossierId};

/// The dossier.
pub const SHOW: &str = "/ho-so/{id}";
/// One part: form and files.
pub const PART: &str = "/ho-so/{id}/phan/{code}";
/// Takes a file out (POST).
pub const REMOVE_FILE: &str = "/ho-so/{id}/bo-tep";
/// Check your answers, and hand in (POST).
pub const SUBMIT: &str = "/ho-so/{id}/nop";
/// The receipt.
pub const RECEIPT: &str = "/ho-so/{id}/da-nop";
/// Takes it back (POST).
pub const WITHDRAW: &str = "/ho-so/{id}/rut";
/// Self-assessment, criterion by criterion.
pub const ASSESS: &str = "/ho-so/{id}/tu-danh-gia/{criterion}";
/// A file.
pub const FILE: &str = "/tep/{id}";
/// The two dossiers of the seat's own unit.
pub const MINE: &str = "/ho-so";

/// Link to a dossier.
#[must_use]
pub fn show(id: DossierId) -> String {
    format!("/ho-so/{id}")
}

/// Link to a part.
#[must_use]
pub fn part(id: DossierId, code: &str) -> String {
    format!("/ho-so/{id}/phan/{code}")
}

/// Link to the form that takes a file out.
#[must_use]
pub fn remove_file(id: DossierId) -> String {
    format!("/ho-so/{id}/bo-tep")
}

/// Link to check-your-answers.
#[must_use]
pub fn submit(id: DossierId) -> String {
    format!("/ho-so/{id}/nop")
}

/// Link to the receipt.
#[must_use]
pub fn receipt(id: DossierId) -> String {
    format!("/ho-so/{id}/da-nop")
}

/// Link to take it back.
#[must_use]
pub fn withdraw(id: DossierId) -> String {
    format!("/ho-so/{id}/rut")
}

/// Link to the self-assessment of a criterion.
#[must_use]
pub fn assess(id: DossierId, criterion: &str) -> String {
    format!("/ho-so/{id}/tu-danh-gia/{criterion}")
}

/// Link to a file.
#[must_use]
pub fn file(id: AttachmentId) -> String {
    format!("/tep/{id}")
}
