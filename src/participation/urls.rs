//! Addresses of registrations and pledges.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::model::Mark;
use super::model::street::{Only, View};
use crate::platform::id::HouseholdId;

/// What stands in a query as it is.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-');

/// A group's doors in walking order.
pub const STREET: &str = "/ky-cam-ket";
/// A tap at one door: POST.
pub const TAP: &str = "/ky-cam-ket/{household}";
/// Ticking a whole list after a meeting: form and POST.
pub const MEETING: &str = "/ky-cam-ket/cuoc-hop";
/// Who is still open, to print.
pub const REST: &str = "/ky-cam-ket/con-lai";
/// The checklist at the beginning of a year: page and POST.
pub const REVIEW: &str = "/ky-cam-ket/dau-nam";
/// Sheets to sign on: what to print.
pub const SHEETS: &str = "/ky-cam-ket/phieu";
/// The sheets themselves.
pub const SHEETS_PDF: &str = "/ky-cam-ket/phieu.pdf";
/// Who has not signed, on paper.
pub const REST_PDF: &str = "/ky-cam-ket/con-lai.pdf";
/// Photographs of signed sheets: form and POST.
pub const PHOTO: &str = "/ky-cam-ket/anh";
/// What was found on photographs, confirmed: POST.
pub const PHOTO_RECORD: &str = "/ky-cam-ket/anh/ghi";
/// What the QR symbol of a household opens.
pub const SCAN: &str = "/q/{ward}/{year}/{code}";
/// The same as it stands in the symbol, where capitals take less room.
pub const SCAN_CAPITAL: &str = "/Q/{ward}/{year}/{code}";

/// Link to a group's page of that address.
#[must_use]
pub fn of_group(path: &str, code: &str) -> String {
    format!("{path}?to={code}")
}

/// Link to a view of the doors.
#[must_use]
pub fn street(view: &View) -> String {
    format!("{STREET}{}", query(view))
}

/// Link to a view, down to one door.
#[must_use]
pub fn door(view: &View, code: &str) -> String {
    format!("{}#ho-{code}", street(view))
}

/// Where a door's form is sent; the view goes along, so that the answer leads back to it.
#[must_use]
pub fn tap(household: HouseholdId, view: &View) -> String {
    format!("{STREET}/{household}{}", query(view))
}

/// Link to a household in the register.
#[must_use]
pub fn household(id: HouseholdId) -> String {
    format!("/ho/{id}")
}

/// A view as the query of an address; what is as usual is left out.
fn query(view: &View) -> String {
    let mut pairs: Vec<(&str, String)> = vec![];
    pairs.extend(view.group.iter().map(|code| ("to", code.clone())));
    if view.mark == Mark::Registered {
        pairs.push(("viec", "dang-ky".to_owned()));
    }
    match view.only {
        Only::All => {}
        Only::Open => pairs.push(("xem", "chua-ky".to_owned())),
        Only::Done => pairs.push(("xem", "da-ky".to_owned())),
    }
    if !view.words.is_empty() {
        pairs.push(("tim", view.words.clone()));
    }
    pairs.extend(view.from.iter().map(|code| ("tu-ho", code.clone())));
    pairs.extend(view.kept.iter().map(|code| ("vua-ghi", code.clone())));
    pairs.extend(view.day.iter().map(|day| ("ngay", day.to_string())));
    let one = |(name, value): (&str, String)| format!("{name}={}", utf8_percent_encode(&value, ENCODED));
    let joined = pairs.into_iter().map(one).collect::<Vec<_>>().join("&");
    if joined.is_empty() { joined } else { format!("?{joined}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_is_told_by_what_is_not_as_usual() {
        assert_eq!(street(&View::default()), "/ky-cam-ket");
        let view = View {
            group: Some("07".to_owned()),
            mark: Mark::Registered,
            only: Only::Open,
            words: "lưu 14/2".to_owned(),
            ..View::default()
        };
        assert_eq!(street(&view), "/ky-cam-ket?to=07&viec=dang-ky&xem=chua-ky&tim=l%C6%B0u%2014%2F2");
        assert_eq!(door(&View::default(), "07-0123"), "/ky-cam-ket#ho-07-0123");
    }
}
