//! Certificates: what is printed on them, sentences at fields, what the journal and the public page say.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;

use crate::certificate::model::{Answer, Capacity, Standing, numbered};
use crate::web::filters::dates;

/// The kind of paper, in capitals.
pub const TITLE: &str = "GIẤY CÔNG NHẬN";

/// The symbol of a book that has none yet.
pub const SYMBOL: &str = "GCN-UBND";

/// Stands for the code on a paper that was not issued.
pub const TRIAL: &str = "BẢN XEM THỬ";

/// The small print of such a paper.
pub const TRIAL_WARNING: &str = "Chưa cấp, không có giá trị";

/// Nobody ticked.
pub const NOBODY: &str = "Chọn ít nhất một đơn vị để cấp giấy.";

/// No first number.
pub const NUMBER_MISSING: &str = "Ghi số của giấy đầu tiên, ví dụ 7. Các giấy sau đếm tiếp.";

/// No symbol.
pub const SYMBOL_MISSING: &str = "Ghi ký hiệu sau số, ví dụ GCN-UBND.";

/// No day.
pub const DAY_MISSING: &str = "Ghi ngày trên giấy, ví dụ 20/12/2024.";

/// No signer.
pub const SIGNER_MISSING: &str = "Ghi họ tên người ký giấy công nhận.";

/// No capacity.
pub const CAPACITY_MISSING: &str = "Chọn chức danh người ký.";

/// No code typed.
pub const CODE_MISSING: &str = "Gõ mã in dưới ô vuông trên giấy công nhận.";

/// What was typed cannot be a code.
pub const CODE_WRONG: &str =
    "Mã gồm 26 chữ và số, in dưới ô vuông trên giấy. Đối chiếu từng nhóm bốn ký tự rồi gõ lại.";

/// A file over the limit.
pub const FILE_TOO_LARGE: &str = "Tệp quá 5 MB. Tệp giấy công nhận đã cấp nhỏ hơn nhiều; chọn đúng tệp PDF đó.";

/// No file chosen to compare.
pub const FILE_MISSING: &str = "Chọn tệp PDF giấy công nhận đang có.";

/// The day on a certificate has not come.
#[must_use]
pub fn day_ahead(day: NaiveDate) -> String {
    format!("Ngày {} chưa tới. Ghi ngày trên giấy, muộn nhất là hôm nay.", dates::day(day))
}

/// The day on a certificate lies before its decision.
#[must_use]
pub fn day_before_decision(decided_on: NaiveDate) -> String {
    format!("Giấy có sau quyết định. Ghi từ {} trở đi.", dates::day(decided_on))
}

/// The numbers would run over the end of a book.
#[must_use]
pub fn numbers_end(highest: i32, count: usize) -> String {
    format!("Sổ chỉ tới số {highest}: {count} giấy không đủ số. Ghi số nhỏ hơn.")
}

/// Somebody gave that number meanwhile.
#[must_use]
pub fn number_taken(taken: i32, book_year: i32, next: i32) -> String {
    format!("Số {taken:02} đã cấp trong sổ năm {book_year}. Số tiếp theo chưa dùng là {next:02}.")
}

/// Somebody certified that unit meanwhile.
#[must_use]
pub fn already(unit: &str, number: &str, by: &str) -> String {
    format!("{by} vừa cấp giấy số {number} cho {unit}. Chưa cấp giấy nào khác; xem lại danh sách rồi cấp tiếp.")
}

/// Somebody changed that unit meanwhile.
pub const CHANGED: &str = "Hồ sơ một đơn vị vừa đổi nên chưa cấp giấy nào. Xem lại danh sách rồi cấp tiếp.";

/// Certificates were issued.
pub const DONE: &str = "Đã cấp giấy công nhận. Tải tệp PDF để in và ký.";

/// The choice of a capacity.
#[must_use]
pub const fn capacity(capacity: Capacity) -> &'static str {
    match capacity {
        Capacity::Chair => "Chủ tịch",
        Capacity::Deputy => "Phó Chủ tịch, ký thay Chủ tịch",
    }
}

/// A capacity as the paper writes it, line by line.
#[must_use]
pub fn capacity_lines(capacity: Capacity) -> Vec<String> {
    match capacity {
        Capacity::Chair => vec!["CHỦ TỊCH".to_owned()],
        Capacity::Deputy => vec!["KT. CHỦ TỊCH".to_owned(), "PHÓ CHỦ TỊCH".to_owned()],
    }
}

/// "CHỦ TỊCH ỦY BAN NHÂN DÂN THÀNH PHỐ NHA TRANG".
#[must_use]
pub fn body(place: &str) -> String {
    format!("CHỦ TỊCH ỦY BAN NHÂN DÂN {}", place.to_uppercase())
}

/// What a certificate says of its unit.
#[must_use]
pub fn achievement(year: i32) -> String {
    format!("Đạt tiêu chuẩn “An toàn về an ninh, trật tự” năm {year}")
}

/// The decision that a certificate rests on; a day under 10 and the months 1 and 2 with a zero (Nghị định 30/2020/NĐ-CP).
#[must_use]
pub fn basis(number: &str, day: NaiveDate) -> String {
    use chrono::Datelike;
    let month = if day.month() < 3 { format!("0{}", day.month()) } else { day.month().to_string() };
    format!("Theo Quyết định số {number} ngày {:02} tháng {month} năm {}", day.day(), day.year())
}

/// The number as the paper writes it.
#[must_use]
pub fn number(number: i32, symbol: &str) -> String {
    format!("Số: {}", numbered(number, symbol))
}

/// Where the paper is checked, below its code: the address without its scheme.
#[must_use]
pub fn check_at(public_url: &str, path: &str) -> String {
    let bare = public_url.split_once("://").map_or(public_url, |(_, bare)| bare);
    format!("Kiểm tra tại {bare}{path}")
}

/// The button that issues.
#[must_use]
pub fn press(count: usize) -> String {
    format!("Cấp giấy công nhận cho {count} đơn vị")
}

/// The heading of the public page.
#[must_use]
pub fn answer(answer: &Answer) -> &'static str {
    match answer {
        Answer::Resting(_) => "Tạm dừng kiểm tra",
        Answer::Unknown => "Không có giấy công nhận nào mang mã này",
        Answer::Known(known) if known.standing == Standing::Valid => "Giấy công nhận có giá trị",
        Answer::Known(_) => "Giấy công nhận đã bị thu hồi",
    }
}

/// Too many checks from one address.
#[must_use]
pub fn rest(until: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let minutes = crate::account::model::throttle::minutes_left(until, now);
    format!("Từ mạng này vừa kiểm tra nhiều lần. {minutes} phút nữa kiểm tra lại được; mã trên giấy vẫn giữ nguyên.")
}

/// What an event of a certificate says.
#[must_use]
pub fn event(verb: &str) -> Option<&'static str> {
    (verb == "certificate_issued").then_some("Cấp giấy công nhận")
}

/// What such an event tells of itself.
#[must_use]
pub fn about(detail: &Value) -> Option<String> {
    Some(format!("số {}", detail.get("certificate")?.as_str()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_paper_speaks_as_the_decree_writes() {
        assert_eq!(body("thành phố Nha Trang"), "CHỦ TỊCH ỦY BAN NHÂN DÂN THÀNH PHỐ NHA TRANG");
        assert_eq!(number(7, SYMBOL), "Số: 07/GCN-UBND");
        assert_eq!(number(124, SYMBOL), "Số: 124/GCN-UBND");
        assert_eq!(
            basis("6120/QĐ-UBND", day("2024-12-02")),
            "Theo Quyết định số 6120/QĐ-UBND ngày 02 tháng 12 năm 2024"
        );
        assert_eq!(basis("8/QĐ-UBND", day("2025-01-15")), "Theo Quyết định số 8/QĐ-UBND ngày 15 tháng 01 năm 2025");
        assert_eq!(check_at("https://a.vn", "/xac-minh"), "Kiểm tra tại a.vn/xac-minh");
    }

    #[test]
    fn the_journal_names_the_number() {
        assert_eq!(event("certificate_issued"), Some("Cấp giấy công nhận"));
        assert_eq!(event("revoked"), None);
        assert_eq!(about(&serde_json::json!({ "certificate": "07/GCN-UBND" })).as_deref(), Some("số 07/GCN-UBND"));
        assert_eq!(about(&serde_json::json!({})), None);
    }
}
