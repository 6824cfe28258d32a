//! The journal's words as sentences.

use chrono::NaiveDate;
use serde_json::Value;

use super::cycle::stated;
use crate::web::filters::dates;

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
        other => super::privacy::event(other).unwrap_or(other),
    }
}

/// What an event tells of itself beyond its word: which deadline and until when now, the old name and the new one.
#[must_use]
pub fn about(verb: &str, detail: &Value, named: impl Fn(&str) -> String) -> Option<String> {
    let text = |key: &str| detail.get(key).and_then(Value::as_str);
    let day = |key: &str| text(key).and_then(|day| day.parse::<NaiveDate>().ok());
    match verb {
        "cycle_opened" => {
            let version = detail.get("version").and_then(Value::as_i64)?;
            Some(format!("theo {}, phiên bản {version}", text("ruleset")?))
        }
        "deadline_moved" => {
            let exclusive = detail.get("exclusive").and_then(Value::as_bool)?;
            Some(format!("{}, nay là {}", named(text("code")?), stated(day("to")?, exclusive)))
        }
        "unit_added" => Some(format!("{}, có từ {}", text("name")?, dates::day(day("from")?))),
        "unit_renamed" => Some(format!("{} thành {}, từ {}", text("old")?, text("new")?, dates::day(day("from")?))),
        "unit_closed" => Some(format!("ngày cuối {}", dates::day(day("last")?))),
        _ => None,
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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn said(verb: &str, detail: &Value) -> Option<String> {
        about(verb, detail, str::to_owned)
    }

    #[test]
    fn an_event_tells_what_became_of_what() {
        let opened = json!({ "year": 2024, "ruleset": "kh390-2024", "version": 1, "groups": 24 });
        assert_eq!(said("cycle_opened", &opened).as_deref(), Some("theo kh390-2024, phiên bản 1"));
        let renamed = json!({ "from": "2024-07-01", "old": "Tổ dân phố 7", "new": "Tổ dân phố Phước Bình" });
        let words = "Tổ dân phố 7 thành Tổ dân phố Phước Bình, từ 1/7/2024";
        assert_eq!(said("unit_renamed", &renamed).as_deref(), Some(words));
        assert_eq!(said("unit_closed", &json!({ "last": "2024-06-30" })).as_deref(), Some("ngày cuối 30/6/2024"));
    }

    #[test]
    fn what_an_old_event_does_not_hold_is_left_out() {
        for verb in ["cycle_opened", "deadline_moved", "unit_added", "unit_renamed", "unit_closed", "late_locked"] {
            assert_eq!(said(verb, &json!({})), None, "{verb}");
        }
    }
}
