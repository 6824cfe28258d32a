//! Addresses of sign-in, seats and one's own account.

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
/// The one-time link of the first steward.
pub const INVITE: &str = "/moi/{token}";
/// Accounts, for stewards.
pub const STEWARD: &str = "/quan-tri/tai-khoan";
/// Lending a seat.
pub const DELEGATIONS: &str = "/uy-quyen";
