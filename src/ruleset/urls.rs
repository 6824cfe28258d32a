//! Addresses of rulesets, of their comparison, and of the drafts that stewards write.

use crate::platform::id::RulesetDraftId;

use super::{DeadlineCode, SubjectKind};

/// The rules of the year that is looked at.
pub const CURRENT: &str = "/quy-dinh";
/// Every published ruleset, and a steward's drafts.
pub const LIST: &str = "/bo-quy-dinh";
/// One version.
pub const SHOW: &str = "/bo-quy-dinh/{code}/{version}";
/// Two published versions side by side; `?voi=kh390-2024.1` names the other one.
pub const COMPARE: &str = "/bo-quy-dinh/{code}/{version}/so-sanh";
/// A draft copied from this version: form and POST.
pub const COPY: &str = "/bo-quy-dinh/{code}/{version}/soan";
/// One draft.
pub const DRAFT: &str = "/bo-quy-dinh/soan/{draft}";
/// The draft as readers would see it.
pub const PREVIEW: &str = "/bo-quy-dinh/soan/{draft}/xem";
/// The draft beside the ruleset it was copied from.
pub const DRAFT_COMPARE: &str = "/bo-quy-dinh/soan/{draft}/so-sanh";
/// Publishing: what is checked, and POST.
pub const PUBLISH: &str = "/bo-quy-dinh/soan/{draft}/cong-bo";
/// Throwing a draft away: form and POST.
pub const THROW_AWAY: &str = "/bo-quy-dinh/soan/{draft}/bo";
/// The draft as a file.
pub const FILE: &str = "/bo-quy-dinh/soan/{draft}/tep.toml";
/// A file into the draft: form and POST.
pub const UPLOAD: &str = "/bo-quy-dinh/soan/{draft}/tep";
/// Title, note, validity: form and POST.
pub const HEAD: &str = "/bo-quy-dinh/soan/{draft}/dau";
/// The window of a kind of unit: form and POST.
pub const WINDOW: &str = "/bo-quy-dinh/soan/{draft}/ky/{subject}";
/// A paper: form and POST.
pub const PART: &str = "/bo-quy-dinh/soan/{draft}/thanh-phan/{subject}/{part}";
/// A deadline: form and POST.
pub const DEADLINE: &str = "/bo-quy-dinh/soan/{draft}/han/{code}";
/// One more kind of incident: form and POST.
pub const ADD_INCIDENT: &str = "/bo-quy-dinh/soan/{draft}/loai-vu-viec";
/// A kind of incident: form and POST.
pub const INCIDENT: &str = "/bo-quy-dinh/soan/{draft}/loai-vu-viec/{incident}";
/// Takes it out (POST).
pub const REMOVE_INCIDENT: &str = "/bo-quy-dinh/soan/{draft}/loai-vu-viec/{incident}/bo";
/// One more criterion: form and POST; `?tinh=1` for one of the province.
pub const ADD_CRITERION: &str = "/bo-quy-dinh/soan/{draft}/tieu-chi/{subject}";
/// The words of a criterion: form and POST.
pub const CRITERION: &str = "/bo-quy-dinh/soan/{draft}/tieu-chi/{subject}/{criterion}";
/// How it is decided: `?dk-1=ratio&dk-2=judgement` draws the fields of these conditions; POST.
pub const CONDITIONS: &str = "/bo-quy-dinh/soan/{draft}/tieu-chi/{subject}/{criterion}/dieu-kien";
/// To another place of the list (POST).
pub const PLACE_CRITERION: &str = "/bo-quy-dinh/soan/{draft}/tieu-chi/{subject}/{criterion}/doi-cho";
/// Takes it out (POST).
pub const REMOVE_CRITERION: &str = "/bo-quy-dinh/soan/{draft}/tieu-chi/{subject}/{criterion}/bo";

/// Link to one version.
#[must_use]
pub fn show(code: &str, version: i32) -> String {
    format!("{LIST}/{code}/{version}")
}

/// Link to the comparison of a version with others.
#[must_use]
pub fn compare(code: &str, version: i32) -> String {
    format!("{}/so-sanh", show(code, version))
}

/// Link to the form of a copy.
#[must_use]
pub fn copy(code: &str, version: i32) -> String {
    format!("{}/soan", show(code, version))
}

/// Link to a draft.
#[must_use]
pub fn draft(id: RulesetDraftId) -> String {
    format!("{LIST}/soan/{id}")
}

/// An address of a draft that has no other parameter.
#[must_use]
pub fn of(pattern: &str, id: RulesetDraftId) -> String {
    pattern.replace("{draft}", &id.to_string())
}

/// Link to a window.
#[must_use]
pub fn window(id: RulesetDraftId, subject: SubjectKind) -> String {
    format!("{}/ky/{subject}", draft(id))
}

/// Link to a paper.
#[must_use]
pub fn part(id: RulesetDraftId, subject: SubjectKind, code: &str) -> String {
    format!("{}/thanh-phan/{subject}/{code}", draft(id))
}

/// Link to a deadline.
#[must_use]
pub fn deadline(id: RulesetDraftId, code: DeadlineCode) -> String {
    format!("{}/han/{code}", draft(id))
}

/// Link to a kind of incident.
#[must_use]
pub fn incident(id: RulesetDraftId, code: &str) -> String {
    format!("{}/loai-vu-viec/{code}", draft(id))
}

/// Link to the form of a new criterion.
#[must_use]
pub fn add_criterion(id: RulesetDraftId, subject: SubjectKind) -> String {
    format!("{}/tieu-chi/{subject}", draft(id))
}

/// Link to the words of a criterion.
#[must_use]
pub fn criterion(id: RulesetDraftId, subject: SubjectKind, code: &str) -> String {
    format!("{}/{code}", add_criterion(id, subject))
}

/// Link to how a criterion is decided.
#[must_use]
pub fn conditions(id: RulesetDraftId, subject: SubjectKind, code: &str) -> String {
    format!("{}/dieu-kien", criterion(id, subject, code))
}

/// The place of a draft where its criteria for a kind of unit stand.
#[must_use]
pub fn criteria(id: RulesetDraftId, subject: SubjectKind) -> String {
    format!("{}#{subject}", draft(id))
}
