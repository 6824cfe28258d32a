//! Sentences about the register of households.

use chrono::NaiveDate;

use crate::web::filters::dates;

/// Merging a household with itself.
pub const MERGE_INTO_ITSELF: &str = "Chọn hộ khác: một hộ không nhập được vào chính mình.";
/// Merging over the border of a group.
pub const MERGE_OTHER_GROUP: &str = "Hai hộ ở hai tổ khác nhau. Phường chuyển hộ về cùng tổ trước, rồi mới nhập.";
/// Moving nowhere.
pub const MOVE_TO_SAME_GROUP: &str = "Hộ đang ở tổ này rồi. Chọn tổ khác.";

/// A day that has not come.
#[must_use]
pub fn not_yet(day: NaiveDate) -> String {
    format!("Ngày {} chưa tới. Ghi ngày đã diễn ra.", dates::day(day))
}

/// A day before the household was there.
#[must_use]
pub fn before_it_came(since: NaiveDate) -> String {
    format!("Hộ có ở đây từ {}. Ghi ngày từ hôm đó trở đi.", dates::day(since))
}
