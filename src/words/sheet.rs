//! Sentences about sheets that households sign, their QR symbols, and photographs of them.

use crate::participation::model::Given;
use crate::platform::qr::PhotoError;
use crate::web::filters::{dates, numbers};
use crate::words::participation as marks;

/// No photograph came along.
pub const PHOTO_MISSING: &str = "Chụp phiếu hoặc chọn ảnh đã chụp.";
/// The box was not on the photograph, or nobody wrote in it.
pub const NO_SIGNATURE: &str = "Chưa thấy chữ ký";
/// A pledge of a year that is over.
pub const YEAR_OVER: &str = "Năm này đã qua, chỉ để xem.";
/// A household that left.
pub const NOT_COUNTED: &str = "Hộ này không còn tính vào số hộ của năm.";
/// Who may write instead.
pub const ONLY_TO_LOOK: &str = "Tổ trưởng, cảnh sát khu vực hoặc thường trực phường ghi giúp hộ này.";

/// The kinds of files, for the sentence that refuses another.
const KINDS: &str = "Ở đây chỉ nhận ảnh JPG hoặc PNG.";

/// What a household pledges, a paragraph each. A first draft for the ward to go over, short enough that two fit a page.
#[must_use]
pub fn pledge(ruleset: &str, year: i32) -> Vec<String> {
    let ground = if ruleset == "kh390-2024" { "Thực hiện Kế hoạch 390/KH-BCĐ của phường, " } else { "" };
    let begin = if ground.is_empty() { "Trong" } else { "trong" };
    vec![
        format!("{ground}{begin} năm {year} hộ gia đình chúng tôi cam kết:"),
        "1. Tham gia phong trào “Toàn dân bảo vệ an ninh Tổ quốc”; chấp hành pháp luật và quy ước của khu dân cư."
            .to_owned(),
        "2. Không phạm tội, không dính vào ma túy, cờ bạc, mại dâm; không che giấu người vi phạm, biết thì báo công an."
            .to_owned(),
        "3. Khai báo cư trú đủ; giữ an toàn phòng cháy, chữa cháy; đi đường đúng luật giao thông.".to_owned(),
        "4. Gia đình hòa thuận, láng giềng giúp nhau; có mâu thuẫn thì hòa giải, không gây mất trật tự.".to_owned(),
    ]
}

/// What can be ticked on paper when nobody signed.
#[must_use]
pub fn reasons() -> Vec<String> {
    ["vắng", "đi làm xa", "từ chối"].map(str::to_owned).to_vec()
}

/// "Hộ chưa ký (38 hộ)".
#[must_use]
pub fn choice(whom: &str, count: i64) -> String {
    format!("{whom} ({} hộ)", numbers::number(count))
}

/// Why one photograph cannot be read.
#[must_use]
pub const fn unreadable(error: PhotoError) -> &'static str {
    match error {
        PhotoError::NotAPhoto => "Ảnh bị cụt hoặc không phải JPG, PNG. Chụp lại rồi gửi.",
        PhotoError::TooLarge => "Ảnh quá 64 triệu điểm. Chụp hoặc lưu lại ở cỡ nhỏ hơn.",
    }
}

/// A file that is no picture.
#[must_use]
pub fn no_picture() -> String {
    format!("Tệp này không phải ảnh. {KINDS}")
}

/// A photograph without a single symbol.
pub const NOTHING_FOUND: &str = "Không thấy mã QR nào. Chụp thẳng, đủ sáng, trọn trang phiếu, rồi gửi lại.";

/// Symbols were found, but none of a household of this group.
#[must_use]
pub fn nothing_of_ours(group: &str, others: &[String]) -> String {
    format!("Không có mã nào của {group}. {}", others.join(" "))
}

/// A sentence about one of several photographs.
#[must_use]
pub fn about(name: &str, sentence: &str) -> String {
    format!("{name}: {sentence}")
}

/// Too many photographs at once.
#[must_use]
pub fn too_many(most: usize) -> String {
    format!("Một lần gửi được {most} ảnh. Chia ra nhiều lần gửi.")
}

/// What was seen and is not proposed, a sentence for each kind.
#[must_use]
pub fn others(foreign: usize, ward: usize, year: usize, group: usize) -> Vec<String> {
    let kinds = [
        (foreign, "mã không phải của phiếu ký"),
        (ward, "mã của phường khác"),
        (year, "mã của phiếu năm khác"),
        (group, "mã của hộ ngoài tổ, hoặc không có trong sổ năm này"),
    ];
    let said = kinds.into_iter().filter(|(count, _)| *count > 0);
    said.map(|(count, what)| format!("Bỏ qua {} {what}.", numbers::number(count))).collect()
}

/// "Thấy chữ ký của 17 trong 20 hộ".
#[must_use]
pub fn seen(signed: usize, all: usize) -> String {
    if signed == 0 {
        return format!("Chưa thấy chữ ký nào trong {} hộ", numbers::number(all));
    }
    format!("Thấy chữ ký của {} trong {} hộ", numbers::number(signed), numbers::number(all))
}

/// "25/3/2024, quét mã QR, Trần Văn Lựu ghi"; a household that has not: "chưa".
#[must_use]
pub fn mark(given: Option<&Given>) -> String {
    let said = |it: &Given| {
        let how = marks::how(it.how);
        // "Quét mã QR" keeps its capitals behind the first letter.
        let (first, rest) = how.split_at(how.chars().next().map_or(0, char::len_utf8));
        format!("{}, {}{rest}, {} ghi", dates::day(it.on), first.to_lowercase(), it.by)
    };
    given.map_or_else(|| "Chưa".to_owned(), said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plan_is_named_in_its_own_year_alone() {
        assert!(pledge("kh390-2024", 2024)[0].starts_with("Thực hiện Kế hoạch 390/KH-BCĐ của phường, trong năm 2024"));
        assert!(pledge("tt124-2021", 2025)[0].starts_with("Trong năm 2025 hộ"));
    }

    #[test]
    fn only_what_was_left_out_is_told() {
        assert_eq!(others(0, 0, 0, 0), [""; 0]);
        assert_eq!(others(0, 1, 0, 2).len(), 2);
    }
}
