//! What is said about a year and its deadlines.

use chrono::NaiveDate;

use super::ruleset::before_or_until;
use crate::web::filters::dates;

/// "trước 31/3/2024", "hết 17/11/2024": the day in the words of its rule.
#[must_use]
pub fn stated(day: NaiveDate, exclusive: bool) -> String {
    format!("{} {}", before_or_until(exclusive), dates::day(day))
}

/// A year that is open already.
#[must_use]
pub fn year_exists(year: i64) -> String {
    format!("Năm {year} đã mở. Chọn năm khác, hoặc mở năm đó trong danh sách.")
}

/// A year that had begun before its rules did, or after they ended.
#[must_use]
pub fn begins_outside(first: NaiveDate) -> String {
    format!("Kỳ đánh giá bắt đầu từ {}, ngoài thời gian của bộ quy định này", dates::day(first))
}

/// Rules that are meant for years opened earlier or later.
pub const UNTIMELY: &str = "Bộ quy định này không dành cho năm mở hôm nay";
/// No year.
pub const YEAR_MISSING: &str = "Ghi năm đánh giá, ví dụ 2025.";
/// No ruleset.
pub const RULESET_MISSING: &str = "Chọn một bộ quy định.";
/// No day.
pub const DAY_MISSING: &str = "Ghi ngày của hạn mới, ví dụ 5/4/2024.";
/// Neither before nor until.
pub const EXCLUSIVE_MISSING: &str = "Chọn: chính ngày đó còn kịp, hay đã muộn.";
/// No reason.
pub const REASON_MISSING: &str = "Ghi lý do đổi hạn. Lý do ở lại trong nhật ký.";
/// The deadline that stands already.
pub const SAME_DEADLINE: &str = "Hạn này đang là như vậy. Ghi một ngày khác.";
