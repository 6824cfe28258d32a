//! Addresses of wordings.

use super::model::Which;
use crate::paper::model::Kind;

/// Every kind of paper, with the wording in force.
pub const LIST: &str = "/mau-van-ban";
/// One kind: the form; POST shows what it would say, or publishes it.
pub const ONE: &str = "/mau-van-ban/{kind}";
/// One version: a number, `tp-3` for the city's, `goc` for the one that comes with the program.
pub const VERSION: &str = "/mau-van-ban/{kind}/{version}";
/// Takes that version again (POST).
pub const TAKE_AGAIN: &str = "/mau-van-ban/{kind}/{version}/dung-lai";

/// Link to a kind.
#[must_use]
pub fn one(kind: Kind) -> String {
    format!("{LIST}/{}", kind.as_str())
}

/// Link to a version.
#[must_use]
pub fn version(kind: Kind, which: Which) -> String {
    format!("{}/{which}", one(kind))
}

/// Where a version is taken again.
#[must_use]
pub fn take_again(kind: Kind, which: Which) -> String {
    format!("{}/dung-lai", version(kind, which))
}
