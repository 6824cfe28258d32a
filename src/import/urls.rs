//! Addresses of spreadsheets on their way into the register.

use crate::platform::id::BatchId;

/// Sending a file (form and POST), and the files sent before.
pub const LIST: &str = "/ho/nhap";
/// One file: progress, what was found, its rows.
pub const SHOW: &str = "/ho/nhap/{batch}";
/// Headers and columns, sheet by sheet: form and POST.
pub const COLUMNS: &str = "/ho/nhap/{batch}/cot";
/// One row: form and POST.
pub const ROW: &str = "/ho/nhap/{batch}/dong/{seq}";
/// The same decision for every row that seems to be in the register (POST).
pub const DECIDE: &str = "/ho/nhap/{batch}/trung";
/// Writes it all (POST).
pub const WRITE: &str = "/ho/nhap/{batch}/ghi";
/// Takes a written file out again (POST).
pub const UNDO: &str = "/ho/nhap/{batch}/bo-ra";
/// Throws a file away before it is written (POST).
pub const DROP: &str = "/ho/nhap/{batch}/huy";

/// Link to a file.
#[must_use]
pub fn show(batch: BatchId) -> String {
    format!("/ho/nhap/{batch}")
}

/// Link to its columns.
#[must_use]
pub fn columns(batch: BatchId) -> String {
    format!("/ho/nhap/{batch}/cot")
}

/// Link to one of its rows.
#[must_use]
pub fn row(batch: BatchId, seq: i32) -> String {
    format!("/ho/nhap/{batch}/dong/{seq}")
}

/// Link to decide on likenesses.
#[must_use]
pub fn decide(batch: BatchId) -> String {
    format!("/ho/nhap/{batch}/trung")
}

/// Link to write.
#[must_use]
pub fn write(batch: BatchId) -> String {
    format!("/ho/nhap/{batch}/ghi")
}

/// Link to undo.
#[must_use]
pub fn undo(batch: BatchId) -> String {
    format!("/ho/nhap/{batch}/bo-ra")
}

/// Link to drop.
#[must_use]
pub fn drop(batch: BatchId) -> String {
    format!("/ho/nhap/{batch}/huy")
}
