//! The journal's words as sentences.

use chrono::NaiveDate;
use serde_json::Value;

use super::cycle::stated;
use super::{
    bundle, certificate, evidence, household, import, incident, meeting, paper, participation, privacy, ruleset,
    wording,
};
use crate::web::filters::dates;

/// The rooms that say what their own events say.
const ROOMS: [fn(&str) -> Option<&'static str>; 12] = [
    household::event,
    participation::event,
    import::event,
    privacy::event,
    evidence::event,
    incident::event,
    ruleset::edit::event,
    meeting::event,
    paper::event,
    wording::event,
    certificate::event,
    bundle::event,
];

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
        "reopened" => "Mở lại để xét lại",
        "handed_back" => "Thành phố trả về phường",
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
        other => ROOMS.iter().find_map(|event| event(other)).unwrap_or(other),
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
        "ruleset_published" => {
            let version = detail.get("version").and_then(Value::as_i64)?;
            Some(format!("{}, mã {}, phiên bản {version}", text("title")?, text("code")?))
        }
        "deadline_moved" => {
            let exclusive = detail.get("exclusive").and_then(Value::as_bool)?;
            Some(format!("{}, nay là {}", named(text("code")?), stated(day("to")?, exclusive)))
        }
        "unit_added" => Some(format!("{}, có từ {}", text("name")?, dates::day(day("from")?))),
        "unit_renamed" => Some(format!("{} thành {}, từ {}", text("old")?, text("new")?, dates::day(day("from")?))),
        "unit_closed" | "household_merged" => Some(format!("ngày cuối {}", dates::day(day("last")?))),
        "registered" | "pledged" => Some(format!("ngày {}, {}", dates::day(day("on")?), how(text("how")?)?)),
        "not_signed" => Some(participation::why(text("why")?.parse().ok()?).to_lowercase()),
        "marks_recorded" => {
            let count = detail.get("count").and_then(Value::as_u64)?;
            let mark = participation::verb(text("mark")?.parse().ok()?);
            Some(format!("{count} hộ {mark} ngày {}, {}", dates::day(day("on")?), how(text("how")?)?))
        }
        "household_added" | "household_split" => Some(format!("từ {}", dates::day(day("since")?))),
        "household_changed" => {
            let fields = detail.get("fields").and_then(Value::as_array)?;
            Some(fields.iter().filter_map(Value::as_str).map(household::fact).collect::<Vec<_>>().join(", "))
        }
        "household_ended" => {
            let how = if text("how")? == "moved" { "chuyển đi" } else { "không còn là hộ" };
            Some(format!("{how}, ngày cuối {}", dates::day(day("last")?)))
        }
        "household_regrouped" => Some(format!("sang {}, từ {}", text("to")?, dates::day(day("from")?))),
        "wording_published" => wording::about(detail),
        other => of_rooms(other, detail),
    }
}

fn of_rooms(verb: &str, detail: &Value) -> Option<String> {
    let incident = incident::event_about(verb, detail);
    incident
        .or_else(|| meeting::about(detail))
        .or_else(|| paper::about(detail))
        .or_else(|| certificate::about(detail))
        .or_else(|| bundle::about(detail))
}

/// How marks were taken, inside a sentence.
fn how(word: &str) -> Option<String> {
    Some(participation::how(word.parse().ok()?).to_lowercase())
}

/// Several events of one kind in a row, as one sentence.
#[must_use]
pub fn several(verb: &str, count: usize) -> String {
    match verb {
        "assessed" => format!("Tự đánh giá {count} tiêu chí"),
        "evidence_added" => format!("Thêm minh chứng {count} lần"),
        "judged" => format!("Thẩm định {count} tiêu chí"),
        "part_changed" => format!("Sửa {count} phần hồ sơ"),
        other => sentence(other).to_owned(),
    }
}

/// The tone of an event in a timeline.
#[must_use]
pub fn tone(verb: &str) -> &'static str {
    match verb {
        "returned" | "withdrawn" | "reopened" | "handed_back" | "pledge_taken_back" | "registration_taken_back" => {
            "soon"
        }
        "not_recommended" | "not_recognised" | "revoked" => "bad",
        "recommended" | "received" | "appraised" => "good",
        "recognised" | "certificate_issued" => "gold",
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
        let published = json!({ "code": "pl-2025", "version": 2, "title": "Bộ của phường" });
        assert_eq!(said("ruleset_published", &published).as_deref(), Some("Bộ của phường, mã pl-2025, phiên bản 2"));
        let wording = json!({ "kind": "to-bao-cao", "version": 3 });
        assert_eq!(said("wording_published", &wording).as_deref(), Some("Báo cáo kết quả của tổ dân phố, bản 3"));
        let renamed = json!({ "from": "2024-07-01", "old": "Tổ dân phố 7", "new": "Tổ dân phố Phước Bình" });
        let words = "Tổ dân phố 7 thành Tổ dân phố Phước Bình, từ 1/7/2024";
        assert_eq!(said("unit_renamed", &renamed).as_deref(), Some(words));
        assert_eq!(said("unit_closed", &json!({ "last": "2024-06-30" })).as_deref(), Some("ngày cuối 30/6/2024"));
        let pledged = json!({ "on": "2024-03-25", "how": "door" });
        assert_eq!(said("pledged", &pledged).as_deref(), Some("ngày 25/3/2024, tại nhà"));
        assert_eq!(said("not_signed", &json!({ "why": "away" })).as_deref(), Some("đi làm xa"));
        let many = json!({ "count": 38, "how": "meeting", "mark": "pledged", "on": "2024-03-20" });
        assert_eq!(said("marks_recorded", &many).as_deref(), Some("38 hộ ký ngày 20/3/2024, tại cuộc họp tổ"));
    }

    #[test]
    fn a_household_is_told_by_days_and_names_of_fields() {
        let changed = json!({ "fields": ["head", "phone"] });
        assert_eq!(said("household_changed", &changed).as_deref(), Some("chủ hộ, điện thoại"));
        let ended = json!({ "how": "moved", "last": "2024-03-03" });
        assert_eq!(said("household_ended", &ended).as_deref(), Some("chuyển đi, ngày cuối 3/3/2024"));
        let moved = json!({ "from": "2024-04-01", "to": "Tổ dân phố 8" });
        assert_eq!(said("household_regrouped", &moved).as_deref(), Some("sang Tổ dân phố 8, từ 1/4/2024"));
    }

    #[test]
    fn what_an_old_event_does_not_hold_is_left_out() {
        let household = ["household_added", "household_changed", "household_ended", "household_regrouped"];
        let others = [
            "ruleset_published",
            "wording_published",
            "cycle_opened",
            "deadline_moved",
            "unit_added",
            "unit_renamed",
            "unit_closed",
            "late_locked",
        ];
        for verb in household.into_iter().chain(others) {
            assert_eq!(said(verb, &json!({})), None, "{verb}");
        }
    }
}
