//! Sentences about the register of households.

use chrono::{Datelike, NaiveDate};

use super::dossier::Tag;
use crate::account::model::phone::spaced;
use crate::household::model::{End, Facts, Order, Status, View};
use crate::household::store::{Listed, YearOf};
use crate::participation::model::{How, Why};
use crate::web::filters::dates;

/// Merging a household with itself.
pub const MERGE_INTO_ITSELF: &str = "Chọn hộ khác: một hộ không nhập được vào chính mình.";
/// Merging over the border of a group.
pub const MERGE_OTHER_GROUP: &str = "Hai hộ ở hai tổ khác nhau. Phường chuyển hộ về cùng tổ trước, rồi mới nhập.";
/// Moving nowhere.
pub const MOVE_TO_SAME_GROUP: &str = "Hộ đang ở tổ này rồi. Chọn tổ khác.";
/// No name of a head.
pub const HEAD_MISSING: &str = "Ghi họ tên chủ hộ, ví dụ Trần Văn Lựu.";
/// Neither number nor street.
pub const ADDRESS_MISSING: &str = "Ghi số nhà hoặc tên đường, để tìm được nhà.";
/// What is no telephone number.
pub const PHONE_SHAPE: &str = "Số điện thoại có 10 hoặc 11 chữ số, bắt đầu bằng 0. Để trống khi không có.";
/// An identity number in the note.
pub const NOTE_HAS_IDENTITY: &str = "Sổ không được ghi số căn cước. Bỏ dãy số đó khỏi ghi chú.";
/// No group chosen.
pub const GROUP_MISSING: &str = "Chọn tổ dân phố của hộ.";
/// No first day.
pub const SINCE_MISSING: &str = "Ghi ngày hộ về ở, ví dụ 1/3/2024. Chưa rõ thì ghi ngày hôm nay.";
/// No day of a split.
pub const SPLIT_DAY_MISSING: &str = "Ghi ngày tách hộ, ví dụ 1/3/2024.";
/// No last day.
pub const LAST_MISSING: &str = "Ghi ngày cuối cùng ở đây, ví dụ 31/3/2024.";
/// No way of ending.
pub const HOW_MISSING: &str = "Chọn hộ đã chuyển đi hay không còn là một hộ.";
/// Taking an end back without a reason.
pub const RESUME_REASON_MISSING: &str = "Ghi vì sao mở lại, ví dụ ghi nhầm hộ.";
/// No household to merge into.
pub const INTO_MISSING: &str = "Ghi mã của hộ kia như trong danh sách, ví dụ 07-0123.";
/// A code that nobody bears.
pub const INTO_UNKNOWN: &str = "Không có hộ mang mã này trong tổ. Xem mã trong danh sách hộ.";
/// Merging into a household that left.
pub const INTO_ENDED: &str = "Hộ mang mã này không còn ở đây. Ghi mã của hộ đang ở.";
/// No group to move to.
pub const TO_MISSING: &str = "Chọn tổ mà hộ chuyển tới.";
/// No day of a move.
pub const MOVE_DAY_MISSING: &str = "Ghi ngày đầu tiên ở tổ mới, ví dụ 1/4/2024.";
/// What a note must not hold (Luật 91/2025/QH15).
pub const NOTE_HINT: &str =
    "Điều giúp tìm nhà, ví dụ vắng ban ngày. Không ghi số căn cước, ngày sinh, dân tộc, tôn giáo, tiền án.";

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

/// The name of a view, as a tab.
#[must_use]
pub const fn view(view: View) -> &'static str {
    match view {
        View::Resident => "Đang ở",
        View::Unregistered => "Chưa đăng ký",
        View::Registered => "Đã đăng ký",
        View::Unpledged => "Chưa ký",
        View::Pledged => "Đã ký",
        View::Gone => "Đã đi",
        View::All => "Tất cả",
    }
}

/// The name of an order.
#[must_use]
pub const fn order(order: Order) -> &'static str {
    match order {
        Order::Walk => "Số nhà",
        Order::Given => "Tên",
        Order::Family => "Họ",
    }
}

/// How a household ends, as a choice of the form.
#[must_use]
pub const fn end(end: End) -> &'static str {
    match end {
        End::Moved => "Chuyển đi nơi khác, ngoài phường",
        End::Dissolved => "Không còn là một hộ",
    }
}

/// Where a household stands.
#[must_use]
pub const fn status(status: Status) -> &'static str {
    match status {
        Status::Resident => "Đang ở",
        Status::Moved => "Đã chuyển đi",
        Status::Dissolved => "Không còn là hộ",
    }
}

/// Why a household has not signed.
#[must_use]
pub const fn why(why: Why) -> &'static str {
    match why {
        Why::Absent => "Vắng nhà",
        Why::Refused => "Từ chối",
        Why::Away => "Đi làm xa",
    }
}

/// How a mark was taken.
#[must_use]
pub const fn how(how: How) -> &'static str {
    match how {
        How::Meeting => "tại cuộc họp",
        How::Sheet => "trên phiếu",
        How::Door => "tại nhà",
        How::Qr => "bằng mã QR",
        How::Import => "theo bảng tính",
    }
}

/// A household in a list, by its most telling state.
#[must_use]
pub const fn state(row: &Listed) -> Tag {
    let (word, icon, tone) = match (row.anonymous, row.status, row.pledged_on, row.why, row.registered_on) {
        (true, ..) => ("Đã ẩn danh", "lock", "none"),
        (_, Status::Moved | Status::Dissolved, ..) => (status(row.status), "lock", "none"),
        (_, _, Some(_), ..) => ("Đã ký", "check", "good"),
        (_, _, _, Some(reason), _) => (why(reason), "clock", "soon"),
        (.., Some(_)) => ("Chưa ký", "pencil-line", "soon"),
        (.., None) => ("Chưa đăng ký", "circle-dashed", "none"),
    };
    Tag { word, icon, tone }
}

/// The line under a head: "4 người, hộ 07-0123".
#[must_use]
pub fn under_head(members: Option<i32>, code: &str) -> String {
    members.map_or_else(|| format!("hộ {code}"), |members| format!("{members} người, hộ {code}"))
}

/// The marks of a year: registration, then the pledge.
#[must_use]
pub fn marks(year: &YearOf) -> (String, String) {
    let day = |day: NaiveDate| {
        if day.year() == year.year { format!("{}/{}", day.day(), day.month()) } else { dates::day(day) }
    };
    let registered = year.registered_on.map_or("Chưa đăng ký".to_owned(), |on| format!("Đã đăng ký {}", day(on)));
    let pledged = match (year.pledged_on, year.why) {
        (Some(on), _) => {
            let taken = year.pledged_how.map(|it| format!(" {}", how(it))).unwrap_or_default();
            let by = year.pledged_by.as_deref().map(|by| format!(", {by} ghi")).unwrap_or_default();
            format!("Đã ký {}{taken}{by}", day(on))
        }
        (None, Some(reason)) => format!("Chưa ký: {}", why(reason).to_lowercase()),
        (None, None) => "Chưa ký".to_owned(),
    };
    (registered, pledged)
}

/// A split or a merger, as the page of one of the two tells it; `earlier` when the other was first.
#[must_use]
pub fn kin(how: &str, earlier: bool) -> &'static str {
    match (how, earlier) {
        ("split", true) => "tách ra từ hộ",
        ("split", false) => "có hộ tách ra:",
        (_, true) => "có hộ nhập vào:",
        (_, false) => "nhập vào hộ",
    }
}

/// Facts as text, for a comparison.
#[must_use]
pub fn plain(facts: &Facts) -> String {
    let members = facts.members.map_or("chưa rõ".to_owned(), |members| members.to_string());
    let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "không có".to_owned());
    format!(
        "Chủ hộ: {}\nĐịa chỉ: {}\nSố nhân khẩu: {members}\nĐiện thoại: {}\nGhi chú: {}",
        facts.head,
        facts.address,
        facts.phone.as_deref().map_or_else(|| text(&None), spaced),
        text(&facts.note)
    )
}

/// What an event about a household says; a word of something else stays as it is.
#[must_use]
pub fn event(verb: &str) -> Option<&'static str> {
    Some(match verb {
        "household_added" => "Ghi hộ vào sổ",
        "household_changed" => "Sửa thông tin hộ",
        "household_ended" => "Ghi hộ không còn ở đây",
        "household_resumed" => "Mở lại hộ",
        "household_split" => "Tách từ hộ khác",
        "household_merged" => "Nhập vào hộ khác",
        "household_regrouped" => "Chuyển tổ",
        _ => return None,
    })
}

/// The name of a fact, as the journal names it.
#[must_use]
pub fn fact(name: &str) -> &str {
    match name {
        "head" => "chủ hộ",
        "address" => "địa chỉ",
        "members" => "số nhân khẩu",
        "phone" => "điện thoại",
        "note" => "ghi chú",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_say_day_way_and_hand() {
        let mut year = YearOf {
            year: 2024,
            counted: true,
            registered_on: "2024-03-12".parse().ok(),
            pledged_on: "2025-01-02".parse().ok(),
            pledged_by: Some("Trần Văn Lựu".to_owned()),
            pledged_how: Some(How::Door),
            why: None,
        };
        let (registered, pledged) = marks(&year);
        assert_eq!(registered, "Đã đăng ký 12/3");
        assert_eq!(pledged, "Đã ký 2/1/2025 tại nhà, Trần Văn Lựu ghi");
        (year.registered_on, year.pledged_on, year.why) = (None, None, Some(Why::Away));
        assert_eq!(marks(&year), ("Chưa đăng ký".to_owned(), "Chưa ký: đi làm xa".to_owned()));
    }
}
