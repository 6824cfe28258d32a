//! Addresses of the pages about personal data.

use crate::platform::id::{AccountId, HouseholdId, SubjectRequestId};

/// Who looked; `?nguoi=` an account, `?ma=` a household's code, `?sau=` the last line of the page before.
pub const LOOKS: &str = "/du-lieu";
/// What people ask about their own data; `?xem=da-xong` shows those that are closed.
pub const REQUESTS: &str = "/du-lieu/yeu-cau";
/// Writing one down: form and POST; `?ma=` fills the code in.
pub const ADD: &str = "/du-lieu/yeu-cau/them";
/// One request.
pub const REQUEST: &str = "/du-lieu/yeu-cau/{id}";
/// Everything kept about the household that asks, to print.
pub const KEPT: &str = "/du-lieu/yeu-cau/{id}/dang-luu";
/// Answering, by POST.
pub const ANSWER: &str = "/du-lieu/yeu-cau/{id}/tra-loi";
/// Closing, by POST.
pub const CLOSE: &str = "/du-lieu/yeu-cau/{id}/ket-thuc";
/// How long the ward keeps what ended: page and POST.
pub const RETENTION: &str = "/du-lieu/thoi-han";

/// Link to a request.
#[must_use]
pub fn request(id: SubjectRequestId) -> String {
    format!("{REQUESTS}/{id}")
}

/// Link to what is kept about whoever asks.
#[must_use]
pub fn kept(id: SubjectRequestId) -> String {
    format!("{REQUESTS}/{id}/dang-luu")
}

/// Where an answer is sent.
#[must_use]
pub fn answer(id: SubjectRequestId) -> String {
    format!("{REQUESTS}/{id}/tra-loi")
}

/// Where the end of a request is sent.
#[must_use]
pub fn close(id: SubjectRequestId) -> String {
    format!("{REQUESTS}/{id}/ket-thuc")
}

/// Link to the looks of one person.
#[must_use]
pub fn looks_of(account: AccountId) -> String {
    format!("{LOOKS}?nguoi={account}")
}

/// Link to a household of the register.
#[must_use]
pub fn household(id: HouseholdId) -> String {
    format!("/ho/{id}")
}
