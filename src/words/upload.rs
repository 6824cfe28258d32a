//! What is said about files that come in piece by piece.

/// Too much on the way at once.
pub const TOO_MUCH: &str = "Còn quá nhiều tệp gửi dở. Lưu biểu mẫu đang mở, hoặc chờ hai ngày cho tệp cũ được dọn.";

/// An announcement that no script of ours sends.
pub const UNREADABLE: &str = "Không đọc được cỡ của tệp. Chọn lại tệp.";

/// Files named by a form that are not here.
#[must_use]
pub fn lost(count: usize) -> String {
    format!("{count} tệp gửi trước không còn ở máy chủ. Chọn lại tệp đó.")
}
