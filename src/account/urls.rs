//! Addresses of sign-in, seats, one's own account, the stewards' accounts and lent seats.

use crate::platform::id::{AccountId, DelegationId, SessionId};

/// Sign in.
pub const SIGN_IN: &str = "/dang-nhap";
/// Sign out (POST).
pub const SIGN_OUT: &str = "/dang-xuat";
/// Choose the seat to act in.
pub const SEATS: &str = "/doi-vai";
/// One's own account and sessions.
pub const ACCOUNT: &str = "/tai-khoan";
/// Change one's password.
pub const PASSWORD: &str = "/tai-khoan/mat-khau";
/// End one of one's own sessions (POST).
pub const END_SESSION: &str = "/tai-khoan/phien/{id}/dung";
/// End all of one's own sessions but this one (POST).
pub const END_OTHERS: &str = "/tai-khoan/phien/dung-het";
/// The one-time link of the first steward.
pub const INVITE: &str = "/moi/{token}";
/// Accounts, for stewards.
pub const STEWARD: &str = "/quan-tri/tai-khoan";
/// A new account.
pub const STEWARD_NEW: &str = "/quan-tri/tai-khoan/moi";
/// One account.
pub const STEWARD_ONE: &str = "/quan-tri/tai-khoan/{id}";
/// A new initial password (POST).
pub const STEWARD_RESET: &str = "/quan-tri/tai-khoan/{id}/mat-khau";
/// Shut an account (POST).
pub const STEWARD_DISABLE: &str = "/quan-tri/tai-khoan/{id}/khoa";
/// Open it again (POST).
pub const STEWARD_ENABLE: &str = "/quan-tri/tai-khoan/{id}/mo";
/// Give a seat.
pub const STEWARD_GIVE: &str = "/quan-tri/tai-khoan/{id}/vai";
/// End a seat (POST).
pub const STEWARD_END: &str = "/quan-tri/tai-khoan/{id}/vai/{seat}/het";
/// Lending a seat.
pub const DELEGATIONS: &str = "/uy-quyen";
/// Lend the seat at hand.
pub const DELEGATE: &str = "/uy-quyen/moi";
/// Take a lent seat back (POST).
pub const REVOKE: &str = "/uy-quyen/{id}/thu-hoi";

/// Ends this session.
#[must_use]
pub fn end_session(id: SessionId) -> String {
    format!("{ACCOUNT}/phien/{id}/dung")
}

/// The one-time link with this token.
#[must_use]
pub fn invite(token: &str) -> String {
    format!("/moi/{token}")
}

/// One account, for stewards.
#[must_use]
pub fn steward(id: AccountId) -> String {
    format!("{STEWARD}/{id}")
}

/// Takes this lent seat back.
#[must_use]
pub fn revoke(id: DelegationId) -> String {
    format!("{DELEGATIONS}/{id}/thu-hoi")
}
