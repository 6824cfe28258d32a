//! Addresses of units.

use crate::platform::id::UnitId;

/// The units of the seat's place.
pub const LIST: &str = "/don-vi";
/// A new unit: form and POST.
pub const ADD: &str = "/don-vi/them";
/// One unit; `?ngay=5/3/2023` tells the name of a day.
pub const SHOW: &str = "/don-vi/{id}";
/// Another name from a day: form and POST.
pub const RENAME: &str = "/don-vi/{id}/doi-ten";
/// The last day of a unit: form and POST.
pub const CLOSE: &str = "/don-vi/{id}/ket-thuc";

/// Link to a unit.
#[must_use]
pub fn show(id: UnitId) -> String {
    format!("/don-vi/{id}")
}

/// Link to the form of another name.
#[must_use]
pub fn rename(id: UnitId) -> String {
    format!("/don-vi/{id}/doi-ten")
}

/// Link to the form of the last day.
#[must_use]
pub fn close(id: UnitId) -> String {
    format!("/don-vi/{id}/ket-thuc")
}
