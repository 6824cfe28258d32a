//! Addresses of meetings.

use crate::platform::id::{AttendeeId, DossierId, MeetingId, UnitId};

/// The meetings of the year.
pub const LIST: &str = "/hop";
/// Planning one: form and POST; `?to=` the group whose meeting it is.
pub const PLAN: &str = "/hop/moi";
/// One meeting.
pub const SHOW: &str = "/hop/{id}";
/// Changing what was planned: form and POST.
pub const CHANGE: &str = "/hop/{id}/sua";
/// Calling the roll, which opens the meeting; later again for those who come late (POST).
pub const ROLL: &str = "/hop/{id}/diem-danh";
/// Taking dossiers in that became ready meanwhile (POST).
pub const TAKE_IN: &str = "/hop/{id}/them-ho-so";
/// All are for what was put to the vote, on one dossier or on many (POST).
pub const AGREE: &str = "/hop/{id}/tan-thanh";
/// One dossier of the agenda: form and POST.
pub const ITEM: &str = "/hop/{id}/ho-so/{dossier}";
/// One person's opinions in writing: form and POST.
pub const OPINIONS: &str = "/hop/{id}/y-kien/{attendee}";
/// Closing: what it will write, and POST.
pub const CLOSE: &str = "/hop/{id}/ket-thuc";
/// What everybody in the room sees.
pub const SCREEN: &str = "/hop/{id}/chieu";
/// The result, to read or to print.
pub const RESULT: &str = "/hop/{id}/ket-qua";

/// Link to plan a meeting of a group, or of the ward's committee.
#[must_use]
pub fn plan(group: Option<UnitId>) -> String {
    group.map_or_else(|| PLAN.to_owned(), |group| format!("{PLAN}?to={group}"))
}

/// Link to a meeting.
#[must_use]
pub fn show(id: MeetingId) -> String {
    format!("{LIST}/{id}")
}

/// Link to change what was planned.
#[must_use]
pub fn change(id: MeetingId) -> String {
    format!("{LIST}/{id}/sua")
}

/// Where the roll is sent.
#[must_use]
pub fn roll(id: MeetingId) -> String {
    format!("{LIST}/{id}/diem-danh")
}

/// Where taking in is sent.
#[must_use]
pub fn take_in(id: MeetingId) -> String {
    format!("{LIST}/{id}/them-ho-so")
}

/// Where a vote without dissent is sent.
#[must_use]
pub fn agree(id: MeetingId) -> String {
    format!("{LIST}/{id}/tan-thanh")
}

/// Link to a dossier of the agenda.
#[must_use]
pub fn item(id: MeetingId, dossier: DossierId) -> String {
    format!("{LIST}/{id}/ho-so/{dossier}")
}

/// Link to a person's opinions.
#[must_use]
pub fn opinions(id: MeetingId, attendee: AttendeeId) -> String {
    format!("{LIST}/{id}/y-kien/{attendee}")
}

/// Link to close.
#[must_use]
pub fn close(id: MeetingId) -> String {
    format!("{LIST}/{id}/ket-thuc")
}

/// Link to the screen in the room.
#[must_use]
pub fn screen(id: MeetingId) -> String {
    format!("{LIST}/{id}/chieu")
}

/// Link to the result.
#[must_use]
pub fn result(id: MeetingId) -> String {
    format!("{LIST}/{id}/ket-qua")
}
