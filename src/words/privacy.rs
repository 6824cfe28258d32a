//! Sentences about personal data: who looked, what people ask, how long it is kept.

use crate::privacy::model::{AskedBy, Outcome, What, Wish};
use crate::words::dossier::Tag;

/// Where the days come from. The law is new and its text was not at hand, so it says that somebody has to compare.
pub const LAW: &str = "Luật 91/2025/QH15, Nghị định 356/2025/NĐ-CP; số ngày cần đối chiếu văn bản gốc";

/// What an event about personal data says; none for the other events of the journal.
#[must_use]
pub fn event(verb: &str) -> Option<&'static str> {
    Some(match verb {
        "subject_request_opened" => "Nhận yêu cầu về dữ liệu cá nhân",
        "subject_request_answered" => "Trả lời yêu cầu về dữ liệu cá nhân",
        "subject_request_done" => "Xong yêu cầu về dữ liệu cá nhân",
        "subject_request_refused" => "Từ chối yêu cầu về dữ liệu cá nhân",
        "household_anonymised" => "Xóa tên, địa chỉ của một hộ",
        "households_anonymised" => "Xóa tên, địa chỉ các hộ hết thời hạn lưu",
        "retention_set" => "Đổi thời hạn lưu dữ liệu hộ",
        _ => return None,
    })
}

/// A way of looking.
#[must_use]
pub const fn what(what: What) -> &'static str {
    match what {
        What::List => "Xem danh sách",
        What::Search => "Tìm",
        What::Show => "Xem một hộ",
        What::Export => "Xuất tệp",
        What::Print => "In",
        What::Import => "Nhập từ bảng tính",
        What::Request => "Giải quyết yêu cầu",
    }
}

/// What somebody asks.
#[must_use]
pub const fn wish(wish: Wish) -> &'static str {
    match wish {
        Wish::See => "Xem dữ liệu",
        Wish::Correct => "Sửa dữ liệu",
        Wish::Delete => "Xóa dữ liệu",
    }
}

/// What somebody asks, as the database names it; an unknown word shows as it is.
#[must_use]
pub fn wish_word(word: &str) -> &str {
    match word.parse() {
        Ok(known) => wish(known),
        Err(_) => word,
    }
}

/// Who asks.
#[must_use]
pub const fn asked_by(by: AskedBy) -> &'static str {
    match by {
        AskedBy::Head => "Chủ hộ",
        AskedBy::Member => "Người trong hộ",
        AskedBy::Representative => "Người được ủy quyền",
    }
}

/// How a request ended.
#[must_use]
pub const fn outcome(outcome: Outcome) -> Tag {
    match outcome {
        Outcome::Done => Tag { word: "Đã làm xong", icon: "circle-check", tone: "good" },
        Outcome::Refused => Tag { word: "Không làm được", icon: "circle-x", tone: "bad" },
    }
}

/// How a request ends, as a choice of the form.
#[must_use]
pub const fn outcome_choice(of: Outcome, wish: Wish) -> &'static str {
    match (of, wish) {
        (Outcome::Done, Wish::See) => "Đã cho xem hoặc giao bản in",
        (Outcome::Done, Wish::Correct) => "Đã sửa trong sổ hộ",
        (Outcome::Done, Wish::Delete) => "Xóa tên, địa chỉ, điện thoại của hộ ngay bây giờ",
        (Outcome::Refused, _) => "Không làm được, ghi lý do",
    }
}

/// Why a household has not signed, as the database names it.
#[must_use]
pub fn reason(word: &str) -> &str {
    match word {
        "absent" => "vắng nhà",
        "refused" => "từ chối",
        "away" => "đi làm xa",
        other => other,
    }
}

/// No code.
pub const CODE_MISSING: &str = "Ghi mã hộ, ví dụ 07-0123.";
/// Nothing asked.
pub const WISH_MISSING: &str = "Chọn điều người dân yêu cầu.";
/// Nobody asks.
pub const ASKED_BY_MISSING: &str = "Chọn người yêu cầu.";
/// No day.
pub const RECEIVED_MISSING: &str = "Ghi ngày nhận yêu cầu, ví dụ 25/3/2024.";
/// No answer.
pub const ANSWER_MISSING: &str = "Ghi điều đã trả lời người dân.";
/// No outcome.
pub const OUTCOME_MISSING: &str = "Chọn kết quả.";
/// A refusal without its reason.
pub const REFUSAL_MISSING: &str = "Ghi lý do không làm được; lý do này là câu trả lời cho người dân.";
/// No years.
pub const YEARS_MISSING: &str = "Ghi số năm, từ 1 đến 20.";
/// Closing what nobody answered.
pub const ANSWER_FIRST: &str = "Yêu cầu chưa được trả lời. Ghi câu trả lời trước, rồi mới kết thúc.";
/// Deleting a household that the year counts.
pub const STILL_LIVES_HERE: &str =
    "Hộ đang ở đây nên sổ còn cần tên và địa chỉ. Bỏ số điện thoại và ghi chú được, ở trang của hộ.";

/// A code that the ward does not have.
#[must_use]
pub fn no_such_code(code: &str) -> String {
    format!("Phường không có hộ mang mã {code}. Xem mã ở trang của hộ.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_database_has_its_vietnamese() {
        for known in What::ALL {
            assert_ne!(what(*known), known.as_str());
        }
        for known in Wish::ALL {
            assert_eq!(wish_word(known.as_str()), wish(*known));
        }
        assert_eq!(wish_word("sing"), "sing");
        for known in crate::participation::model::Why::ALL {
            assert_ne!(reason(known.as_str()), known.as_str());
        }
    }
}
