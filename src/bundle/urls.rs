//! Addresses of bundles.

use super::model::Kind;
use crate::platform::id::{BundleId, UnitId};

/// What can be taken away; `?phuong=` and `?nam=` a ward and year, for seats of a city.
pub const LIST: &str = "/goi-ho-so";
/// Has one made (POST); `to` a group, `kieu` and `ai` for pledge sheets.
pub const MAKE: &str = "/goi-ho-so/lam/{kind}/{ward}/{year}";
/// One that was asked for: how far it is, or its file.
pub const SHOW: &str = "/goi-ho-so/{id}";
/// Has a failed one made again (POST).
pub const AGAIN: &str = "/goi-ho-so/{id}/lai";
/// Its bytes.
pub const FILE: &str = "/goi-ho-so/{id}/tai-ve";

/// Link to what can be taken away of a ward and year.
#[must_use]
pub fn list(ward: UnitId, year: i32) -> String {
    format!("{LIST}?phuong={ward}&nam={year}")
}

/// Where the wish for one is sent.
#[must_use]
pub fn make(kind: Kind, ward: UnitId, year: i32) -> String {
    format!("{LIST}/lam/{}/{ward}/{year}", kind.as_str())
}

/// Link to one.
#[must_use]
pub fn show(id: BundleId) -> String {
    format!("{LIST}/{id}")
}

/// Where the wish for another try is sent.
#[must_use]
pub fn again(id: BundleId) -> String {
    format!("{LIST}/{id}/lai")
}

/// Link to its bytes.
#[must_use]
pub fn file(id: BundleId) -> String {
    format!("{LIST}/{id}/tai-ve")
}
