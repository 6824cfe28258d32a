//! Addresses of the desk above.

use crate::platform::id::DossierId;

/// Receives one (POST).
pub const RECEIVE: &str = "/ho-so/{id}/tiep-nhan";
/// Receives several (POST).
pub const RECEIVE_ALL: &str = "/tham-dinh/tiep-nhan";
/// Sends back, to those who keep it or from the city to the ward: form and POST.
pub const RETURN: &str = "/ho-so/{id}/tra-lai";
/// Judges one criterion: side by side, and POST.
pub const JUDGE: &str = "/ho-so/{id}/tham-dinh/{criterion}";
/// Declares the appraisal complete (POST).
pub const APPRAISE: &str = "/ho-so/{id}/tham-dinh-xong";
/// Recommends or not: form and POST.
pub const CONCLUDE: &str = "/ho-so/{id}/ket-luan";

/// Takes a conclusion back: form and POST.
pub const REOPEN: &str = "/ho-so/{id}/mo-lai";

/// All groups against all criteria.
pub const MATRIX: &str = "/bang-tham-dinh";
/// What may be approved together: list and POST.
pub const APPROVE: &str = "/bang-tham-dinh/duyet";
/// Where the ward itself stands.
pub const WARD: &str = "/bang-tham-dinh/phuong";
/// A city's forecast over its wards: page and POST.
pub const STANDING: &str = "/du-kien";
/// What if: nothing is written.
pub const WHAT_IF: &str = "/ho-so/{id}/neu";

/// Link to receive one.
#[must_use]
pub fn receive(id: DossierId) -> String {
    format!("/ho-so/{id}/tiep-nhan")
}

/// Link to send back.
#[must_use]
pub fn send_back(id: DossierId) -> String {
    format!("/ho-so/{id}/tra-lai")
}

/// Link to send back, with one criterion ticked already.
#[must_use]
pub fn send_back_one(id: DossierId, criterion: &str) -> String {
    format!("/ho-so/{id}/tra-lai?tieu-chi={criterion}")
}

/// Link to send back, with one part ticked already.
#[must_use]
pub fn send_back_part(id: DossierId, part: &str) -> String {
    format!("/ho-so/{id}/tra-lai?phan={part}")
}

/// Link to send back all that the city asks, with its reasons.
#[must_use]
pub fn pass_on(id: DossierId) -> String {
    format!("/ho-so/{id}/tra-lai?thanh-pho=1")
}

/// Link to judge a criterion.
#[must_use]
pub fn judge(id: DossierId, criterion: &str) -> String {
    format!("/ho-so/{id}/tham-dinh/{criterion}")
}

/// Link to declare the appraisal complete.
#[must_use]
pub fn appraise(id: DossierId) -> String {
    format!("/ho-so/{id}/tham-dinh-xong")
}

/// Link to recommend or not.
#[must_use]
pub fn conclude(id: DossierId) -> String {
    format!("/ho-so/{id}/ket-luan")
}

/// Link to take a conclusion back.
#[must_use]
pub fn reopen(id: DossierId) -> String {
    format!("/ho-so/{id}/mo-lai")
}

/// Link to what if.
#[must_use]
pub fn what_if(id: DossierId) -> String {
    format!("/ho-so/{id}/neu")
}
