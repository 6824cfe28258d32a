//! Addresses of the register.

use crate::platform::id::HouseholdId;

/// The list of a group, or the groups of a ward; `to`, `tim`, `xem`, `xep` and `sau` say which, in which order and from where on.
pub const LIST: &str = "/ho";
/// A new household: form and POST.
pub const ADD: &str = "/ho/them";
/// What the list shows, as a spreadsheet.
pub const EXPORT_XLSX: &str = "/ho/xuat.xlsx";
/// What the list shows, as text with separators.
pub const EXPORT_CSV: &str = "/ho/xuat.csv";
/// A spreadsheet to fill in, with what is known already.
pub const TEMPLATE: &str = "/ho/mau.xlsx";
/// One household.
pub const SHOW: &str = "/ho/{id}";
/// Other facts: form and POST.
pub const EDIT: &str = "/ho/{id}/sua";
/// The last day here: form and POST.
pub const END: &str = "/ho/{id}/ket-thuc";
/// Taking a wrong end back: form and POST.
pub const RESUME: &str = "/ho/{id}/mo-lai";
/// A household splits off: form and POST.
pub const SPLIT: &str = "/ho/{id}/tach";
/// Merging into another household: form and POST.
pub const MERGE: &str = "/ho/{id}/nhap-chung";
/// Moving to another group: form and POST.
pub const MOVE: &str = "/ho/{id}/chuyen-to";

/// Link to a household.
#[must_use]
pub fn show(id: HouseholdId) -> String {
    format!("/ho/{id}")
}

/// Link to a form about a household; `pattern` is one of the constants above.
#[must_use]
pub fn of(pattern: &str, id: HouseholdId) -> String {
    pattern.replace("{id}", &id.to_string())
}
