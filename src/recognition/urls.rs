//! Addresses of packages, decisions and public results.

use crate::platform::id::{DossierId, UnitId};

/// A ward's package of a year, as the city opens it.
pub const PACKAGE: &str = "/goi/{ward}/{year}";
/// Recognises several of a package by one decision (POST).
pub const RECOGNISE_ALL: &str = "/goi/{ward}/{year}/cong-nhan";
/// Recognises one or not: form and POST.
pub const RECOGNISE: &str = "/ho-so/{id}/quyet-dinh";
/// Takes a recognition back: form and POST.
pub const REVOKE: &str = "/ho-so/{id}/thu-hoi";
/// Sends what was recommended after the package had gone (POST).
pub const FORWARD: &str = "/phuong/gui-bo-sung";
/// Results that anybody may read.
pub const PUBLIC: &str = "/cong-khai";
/// The same for machines.
pub const PUBLIC_JSON: &str = "/cong-khai.json";
/// The same for spreadsheets.
pub const PUBLIC_CSV: &str = "/cong-khai.csv";
/// What a machine may rely on.
pub const PUBLIC_SCHEMA: &str = "/cong-khai/luoc-do.json";

/// Link to a package.
#[must_use]
pub fn package(ward: UnitId, year: i32) -> String {
    format!("/goi/{ward}/{year}")
}

/// Link to recognise several.
#[must_use]
pub fn recognise_all(ward: UnitId, year: i32) -> String {
    format!("/goi/{ward}/{year}/cong-nhan")
}

/// Link to recognise one.
#[must_use]
pub fn recognise(id: DossierId) -> String {
    format!("/ho-so/{id}/quyet-dinh")
}

/// Link to take a recognition back.
#[must_use]
pub fn revoke(id: DossierId) -> String {
    format!("/ho-so/{id}/thu-hoi")
}
