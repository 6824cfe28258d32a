//! Addresses of papers.

use crate::paper::model::{Body, Kind};
use crate::platform::id::{PaperId, UnitId};

/// The papers of the seat's own unit; `?to=` a group, `?phuong=` and `?nam=` a ward and year.
pub const LIST: &str = "/van-ban";
/// Drafts one, or opens its draft (POST).
pub const DRAFT: &str = "/van-ban/soan";
/// How a body issues: form and POST; `?ai=` which body.
pub const BODY: &str = "/van-ban/noi-phat-hanh";
/// One paper: its words, its figures, its way out.
pub const SHOW: &str = "/van-ban/{id}";
/// Writes over it (POST).
pub const WRITE: &str = "/van-ban/{id}/sua";
/// Drafts it anew under what people wrote (POST).
pub const REDRAFT: &str = "/van-ban/{id}/soan-lai";
/// Issues it (POST).
pub const ISSUE: &str = "/van-ban/{id}/phat-hanh";
/// Makes it a part of its dossier (POST).
pub const ATTACH: &str = "/van-ban/{id}/dua-vao-ho-so";
/// Takes the signed one in (POST).
pub const SIGNED: &str = "/van-ban/{id}/ban-ky";
/// The signed one, by its hash.
pub const SIGNED_FILE: &str = "/van-ban/{id}/ban-ky/{sha256}";
/// As PDF: the draft as it would be printed, or the bytes that were issued.
pub const PDF: &str = "/van-ban/{id}/ban-in.pdf";
/// As Word.
pub const WORD: &str = "/van-ban/{id}/ban-word.docx";

/// Where a list of papers belongs: nothing for the seat's own unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Where {
    /// A group of the seat's ward.
    pub group: Option<UnitId>,
    /// A ward and year, for seats of a city.
    pub ward: Option<(UnitId, i32)>,
}

/// Link to a list.
#[must_use]
pub fn list(place: Where) -> String {
    match (place.group, place.ward) {
        (Some(group), None) => format!("{LIST}?to={group}"),
        (None, Some((ward, year))) => format!("{LIST}?phuong={ward}&nam={year}"),
        (Some(group), Some((ward, year))) => format!("{LIST}?to={group}&phuong={ward}&nam={year}"),
        (None, None) => LIST.to_owned(),
    }
}

/// Link to how a body issues.
#[must_use]
pub fn body(body: Body) -> String {
    format!("{BODY}?ai={}", body.as_str())
}

/// Link to a paper.
#[must_use]
pub fn show(id: PaperId) -> String {
    format!("{LIST}/{id}")
}

/// Where the words are sent.
#[must_use]
pub fn write(id: PaperId) -> String {
    format!("{LIST}/{id}/sua")
}

/// Where drafting anew is sent.
#[must_use]
pub fn redraft(id: PaperId) -> String {
    format!("{LIST}/{id}/soan-lai")
}

/// Where issuing is sent.
#[must_use]
pub fn issue(id: PaperId) -> String {
    format!("{LIST}/{id}/phat-hanh")
}

/// Where making it a part is sent.
#[must_use]
pub fn attach(id: PaperId) -> String {
    format!("{LIST}/{id}/dua-vao-ho-so")
}

/// Where the signed one is sent.
#[must_use]
pub fn signed(id: PaperId) -> String {
    format!("{LIST}/{id}/ban-ky")
}

/// Link to a signed one.
#[must_use]
pub fn signed_file(id: PaperId, sha256: &str) -> String {
    format!("{LIST}/{id}/ban-ky/{sha256}")
}

/// Link to the PDF.
#[must_use]
pub fn pdf(id: PaperId) -> String {
    format!("{LIST}/{id}/ban-in.pdf")
}

/// Link to the Word file.
#[must_use]
pub fn word(id: PaperId) -> String {
    format!("{LIST}/{id}/ban-word.docx")
}

/// The name under which a paper is saved: "to-to-trinh-2024.pdf".
#[must_use]
pub fn file_name(kind: Kind, year: i32, extension: &str) -> String {
    format!("{}-{year}.{extension}", kind.as_str())
}
