//! The journal's words as sentences.

/// What an event says. An unknown word shows as it is, so that an old journal can always be read.
#[must_use]
pub fn sentence(verb: &str) -> &str {
    match verb {
        "cycle_opened" => "Mở năm đánh giá",
        "deadline_moved" => "Đổi hạn",
        "late_locked" => "Khóa nhận hồ sơ trễ",
        "late_unlocked" => "Nhận hồ sơ trễ trở lại",
        "part_changed" => "Sửa một phần hồ sơ",
        "file_removed" => "Bỏ một tệp",
        "assessed" => "Tự đánh giá một tiêu chí",
        "submitted" => "Nộp hồ sơ",
        "resubmitted" => "Nộp lại hồ sơ",
        "withdrawn" => "Rút hồ sơ về",
        "received" => "Tiếp nhận hồ sơ",
        "returned" => "Trả lại để bổ sung",
        "judged" => "Thẩm định một tiêu chí",
        "appraised" => "Thẩm định xong",
        "recommended" => "Đề nghị công nhận",
        "not_recommended" => "Không đề nghị công nhận",
        "forwarded" => "Gửi lên thành phố",
        "recognised" => "Công nhận",
        "not_recognised" => "Không công nhận",
        "revoked" => "Thu hồi công nhận",
        "account_created" => "Tạo tài khoản",
        "password_reset" => "Cấp lại mật khẩu ban đầu",
        "account_disabled" => "Khóa tài khoản",
        "account_enabled" => "Mở lại tài khoản",
        "seat_given" => "Giao vai",
        "seat_ended" => "Kết thúc vai",
        "delegated" => "Ủy quyền",
        "delegation_revoked" => "Thôi ủy quyền",
        "unit_added" => "Thêm đơn vị",
        "unit_renamed" => "Đổi tên đơn vị",
        "unit_closed" => "Kết thúc đơn vị",
        other => other,
    }
}

/// Several events of one kind in a row, as one sentence.
#[must_use]
pub fn several(verb: &str, count: usize) -> String {
    match verb {
        "assessed" => format!("Tự đánh giá {count} tiêu chí"),
        "judged" => format!("Thẩm định {count} tiêu chí"),
        "part_changed" => format!("Sửa {count} phần hồ sơ"),
        other => sentence(other).to_owned(),
    }
}

/// The tone of an event in a timeline.
#[must_use]
pub fn tone(verb: &str) -> &'static str {
    match verb {
        "returned" | "withdrawn" => "soon",
        "not_recommended" | "not_recognised" | "revoked" => "bad",
        "recommended" | "received" | "appraised" => "good",
        "recognised" => "gold",
        _ => "",
    }
}
