//! Addresses of certificates.

use crate::certificate::model::Code;
use crate::platform::id::{CertificateId, UnitId};

/// The recognised units of a ward and year, with and without their certificate; POST issues.
pub const LIST: &str = "/giay-cong-nhan/{ward}/{year}";
/// What the first of the ticked ones would look like (POST); nothing is issued.
pub const TRY: &str = "/giay-cong-nhan/{ward}/{year}/xem-thu.pdf";
/// All of them in one PDF, for printing.
pub const ALL: &str = "/giay-cong-nhan/{ward}/{year}/tat-ca.pdf";
/// One of them, as it was issued.
pub const FILE: &str = "/giay-cong-nhan/tep/{id}";
/// The same as a Word document.
pub const WORD: &str = "/giay-cong-nhan/tep/{id}/word";
/// Where anybody types the code on a paper.
pub const CHECK: &str = "/xac-minh";
/// What is known of the paper with this code; POST compares a file.
pub const CHECKED: &str = "/xac-minh/{code}";

/// Link to the list.
#[must_use]
pub fn list(ward: UnitId, year: i32) -> String {
    format!("/giay-cong-nhan/{ward}/{year}")
}

/// The list after some were issued.
#[must_use]
pub fn issued(ward: UnitId, year: i32) -> String {
    format!("{}?xong=cap", list(ward, year))
}

/// Where the form goes to look at one before it is issued.
#[must_use]
pub fn try_out(ward: UnitId, year: i32) -> String {
    format!("/giay-cong-nhan/{ward}/{year}/xem-thu.pdf")
}

/// Link to all in one PDF.
#[must_use]
pub fn all(ward: UnitId, year: i32) -> String {
    format!("/giay-cong-nhan/{ward}/{year}/tat-ca.pdf")
}

/// Link to one.
#[must_use]
pub fn file(id: CertificateId) -> String {
    format!("/giay-cong-nhan/tep/{id}")
}

/// Link to one as a Word document.
#[must_use]
pub fn word(id: CertificateId) -> String {
    format!("/giay-cong-nhan/tep/{id}/word")
}

/// Link to the public page of a code.
#[must_use]
pub fn checked(code: Code) -> String {
    format!("/xac-minh/{code}")
}
