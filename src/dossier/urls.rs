//! Addresses of a dossier.

use uuid::Uuid;

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
/// The evidence of every criterion, and a photograph for any of them.
pub const EVIDENCE: &str = "/ho-so/{id}/minh-chung";
/// Adds files to a criterion (POST).
pub const ADD_EVIDENCE: &str = "/ho-so/{id}/minh-chung/{criterion}";
/// Says something that happened (POST).
pub const SAY_FACT: &str = "/ho-so/{id}/minh-chung/{criterion}/viec";
/// Uses a file again that the unit has elsewhere (POST).
pub const USE_AGAIN: &str = "/ho-so/{id}/minh-chung/{criterion}/dung-lai";
/// One file or fact of a criterion: its day, its name, where else it is used, its versions.
pub const ONE_EVIDENCE: &str = "/ho-so/{id}/minh-chung/{criterion}/{use_id}";
/// Uses it for something else as well (POST).
pub const SHARE_EVIDENCE: &str = "/ho-so/{id}/minh-chung/{criterion}/{use_id}/dung-cho";
/// Puts a newer version in its place (POST).
pub const RENEW_EVIDENCE: &str = "/ho-so/{id}/minh-chung/{criterion}/{use_id}/ban-moi";
/// Leads to what is to be done next.
pub const NEXT: &str = "/ho-so/{id}/tiep";
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

/// Link to the evidence of every criterion.
#[must_use]
pub fn evidence(id: DossierId) -> String {
    format!("/ho-so/{id}/minh-chung")
}

/// Link to the evidence of one criterion, on the page of its self-assessment.
#[must_use]
pub fn evidence_of(id: DossierId, criterion: &str) -> String {
    format!("{}#minh-chung", assess(id, criterion))
}

/// Link to the form that adds files to a criterion.
#[must_use]
pub fn add_evidence(id: DossierId, criterion: &str) -> String {
    format!("/ho-so/{id}/minh-chung/{criterion}")
}

/// Link to the form that says something that happened.
#[must_use]
pub fn say_fact(id: DossierId, criterion: &str) -> String {
    format!("/ho-so/{id}/minh-chung/{criterion}/viec")
}

/// Link to the form that uses a file again.
#[must_use]
pub fn use_again(id: DossierId, criterion: &str) -> String {
    format!("/ho-so/{id}/minh-chung/{criterion}/dung-lai")
}

/// Link to one file or fact of a criterion.
#[must_use]
pub fn one_evidence(id: DossierId, criterion: &str, use_id: Uuid) -> String {
    format!("/ho-so/{id}/minh-chung/{criterion}/{use_id}")
}

/// Link to the form that uses it for something else as well.
#[must_use]
pub fn share_evidence(id: DossierId, criterion: &str, use_id: Uuid) -> String {
    format!("/ho-so/{id}/minh-chung/{criterion}/{use_id}/dung-cho")
}

/// Link to the form that puts a newer version in its place.
#[must_use]
pub fn renew_evidence(id: DossierId, criterion: &str, use_id: Uuid) -> String {
    format!("/ho-so/{id}/minh-chung/{criterion}/{use_id}/ban-moi")
}

/// Link to what is to be done next.
#[must_use]
pub fn next(id: DossierId) -> String {
    format!("/ho-so/{id}/tiep")
}

/// Link to a file.
#[must_use]
pub fn file(id: AttachmentId) -> String {
    format!("/tep/{id}")
}
