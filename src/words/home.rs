//! Why something stands in the ward's queue, and what to press.

use crate::home::model::Why;

/// Why, in a few words; `open` of `all` judgements are still to be made.
#[must_use]
pub fn why(why: Why, open: i64, all: i64) -> String {
    match why {
        Why::AnswerOverdue => "Chưa trả lời mục bị trả lại".to_owned(),
        Why::Overdue => "Quá hạn, chưa nộp".to_owned(),
        Why::Resubmitted => "Nộp lại sau khi bổ sung".to_owned(),
        Why::ToReceive => "Đã nộp, chờ tiếp nhận".to_owned(),
        Why::ToConclude => "Đã thẩm định, chờ kết luận".to_owned(),
        Why::ToClose => "Đã xem đủ tiêu chí, chờ chốt thẩm định".to_owned(),
        Why::ToJudge => format!("Còn {open}/{all} tiêu chí chưa xem"),
        Why::Missing => "Chưa nộp".to_owned(),
        Why::Answering => "Đang bổ sung mục bị trả lại".to_owned(),
    }
}

/// What to press.
#[must_use]
pub const fn action(why: Why) -> &'static str {
    match why {
        Why::AnswerOverdue | Why::Overdue | Why::Missing | Why::Answering => "Mở hồ sơ",
        Why::Resubmitted => "Xem mục đổi",
        Why::ToReceive => "Xem và tiếp nhận",
        Why::ToConclude => "Kết luận",
        Why::ToClose => "Chốt thẩm định",
        Why::ToJudge => "Thẩm định tiếp",
    }
}
