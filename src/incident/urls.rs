//! Addresses of counts and figures.

use crate::platform::id::{CountBatchId, IncidentId, UnitId};

/// The counts of the year.
pub const LIST: &str = "/vu-viec";
/// Entering one.
pub const ADD: &str = "/vu-viec/ghi";
/// Confirming several.
pub const CONFIRM: &str = "/vu-viec/xac-nhan";
/// One count.
pub const SHOW: &str = "/vu-viec/{id}";
/// Correcting it.
pub const CORRECT: &str = "/vu-viec/{id}/sua";
/// Striking it out.
pub const STRIKE: &str = "/vu-viec/{id}/bo";
/// The year before.
pub const LAST_YEAR: &str = "/vu-viec/nam-truoc";
/// Its totals by type, typed.
pub const TOTALS: &str = "/vu-viec/nam-truoc/tong-so";
/// Reading a list before it is written.
pub const READ: &str = "/vu-viec/nam-truoc/xem";
/// Writing it.
pub const WRITE: &str = "/vu-viec/nam-truoc/ghi";
/// Striking a list out.
pub const BATCH: &str = "/vu-viec/nam-truoc/danh-sach/{batch}";
/// Saying that its counts are complete.
pub const CLOSE: &str = "/vu-viec/nam-truoc/da-du";
/// Typed figures.
pub const FIGURES: &str = "/vu-viec/so-lieu";
/// Agencies, enterprises and schools.
pub const UNITS: &str = "/vu-viec/don-vi";
/// One of them.
pub const UNIT: &str = "/vu-viec/don-vi/{id}";

/// The page of a count.
#[must_use]
pub fn show(id: IncidentId) -> String {
    of(SHOW, id)
}

/// A page about a count.
#[must_use]
pub fn of(pattern: &str, id: IncidentId) -> String {
    pattern.replace("{id}", &id.to_string())
}

/// The page of a list that was brought in.
#[must_use]
pub fn batch(id: CountBatchId) -> String {
    BATCH.replace("{batch}", &id.to_string())
}

/// The page of a unit's year.
#[must_use]
pub fn unit(id: UnitId) -> String {
    UNIT.replace("{id}", &id.to_string())
}

/// The totals of one group, or of what lies in none.
#[must_use]
pub fn totals(code: &str) -> String {
    format!("{TOTALS}?to={code}")
}
