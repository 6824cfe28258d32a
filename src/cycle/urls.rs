//! Addresses of the years.

/// The years of the ward; POST opens one.
pub const LIST: &str = "/nam";
/// One year: windows and deadlines.
pub const SHOW: &str = "/nam/{year}";
/// Moves a deadline: form and POST.
pub const DEADLINE: &str = "/nam/{year}/han/{code}";
/// Locks late dossiers out, or takes them again (POST).
pub const LOCK: &str = "/nam/{year}/khoa";
/// Looks at another year (POST).
pub const CHOOSE: &str = "/nam/chon";

/// Link to a year.
#[must_use]
pub fn show(year: i32) -> String {
    format!("/nam/{year}")
}

/// Link to move a deadline.
#[must_use]
pub fn deadline(year: i32, code: &str) -> String {
    format!("/nam/{year}/han/{code}")
}

/// Link to lock late dossiers out.
#[must_use]
pub fn lock(year: i32) -> String {
    format!("/nam/{year}/khoa")
}
