//! What is said about the texts from which papers are drafted.

mod guide;

pub use guide::{MARKS, NAMES, Names, table};

use crate::paper::model::{Fault, Keeper, Kind, Place, What};
use crate::wording::model::Which;

/// The body is missing.
pub const BODY_MISSING: &str = "Ghi nội dung của văn bản.";
/// What was changed is missing.
pub const NOTE_MISSING: &str = "Ghi ngắn đã sửa gì, ví dụ: thêm phần kiến nghị.";
/// The same texts as those in force.
pub const NOTHING_CHANGED: &str = "Mẫu này giống hệt bản đang dùng. Sửa rồi hãy công bố, hoặc quay lại.";

/// A kind of paper, with whose it is.
#[must_use]
pub const fn title(kind: Kind) -> &'static str {
    match kind {
        Kind::GroupRegistration => "Bản đăng ký phấn đấu của tổ dân phố",
        Kind::GroupPlan => "Kế hoạch của tổ dân phố",
        Kind::GroupHouseholds => "Danh sách hộ đăng ký, ký cam kết",
        Kind::GroupMinutes => "Biên bản họp đánh giá của tổ dân phố",
        Kind::GroupReport => "Báo cáo kết quả của tổ dân phố",
        Kind::GroupLetter => "Tờ trình của tổ dân phố",
        Kind::WardPlan => "Kế hoạch năm của phường",
        Kind::WardRegistration => "Bản đăng ký phấn đấu của phường",
        Kind::WardSummary => "Tổng hợp đăng ký của các tổ dân phố",
        Kind::WardMinutes => "Biên bản họp thẩm định của phường",
        Kind::WardReport => "Báo cáo kết quả của phường",
        Kind::WardLetter => "Tờ trình của phường",
        Kind::WardList => "Danh sách đề nghị công nhận",
        Kind::WardDecision => "Quyết định công nhận của phường",
        Kind::CityReturn => "Thông báo trả lại hồ sơ của thành phố",
        Kind::CityReport => "Báo cáo thẩm định của thành phố",
        Kind::CityDecision => "Quyết định công nhận của thành phố",
    }
}

/// Whose papers.
#[must_use]
pub const fn keeper(keeper: Keeper) -> &'static str {
    match keeper {
        Keeper::Group => "Văn bản của tổ dân phố",
        Keeper::Ward => "Văn bản của phường",
        Keeper::City => "Văn bản của thành phố",
    }
}

/// Which version, at the beginning of a line.
#[must_use]
pub fn which(which: Which) -> String {
    match which {
        Which::BuiltIn => "Bản đi cùng chương trình".to_owned(),
        Which::OfCity(version) => format!("Bản {version} của thành phố"),
        Which::Own(version) => format!("Bản {version}"),
    }
}

/// What stands as the note of a version that is an older one again.
#[must_use]
pub fn taken_again(of: Which) -> String {
    let first = which(of);
    format!("Dùng lại b{}", first.strip_prefix('B').unwrap_or(&first))
}

/// The name of a text, as its label.
#[must_use]
pub const fn place(place: Place) -> &'static str {
    match place {
        Place::Subject => "Trích yếu",
        Place::Body => "Nội dung",
        Place::Recipients => "Nơi nhận",
    }
}

/// The field of a text.
#[must_use]
pub const fn field(place: Place) -> &'static str {
    match place {
        Place::Subject => "ve-viec",
        Place::Body => "noi-dung",
        Place::Recipients => "noi-nhan",
    }
}

/// Which text, which line, what is wrong, and what to write instead.
#[must_use]
pub fn fault(fault: &Fault) -> String {
    format!("{}, dòng {}: {}", place(fault.place), fault.line, what(&fault.what))
}

fn what(what: &What) -> String {
    match what {
        What::UnknownName(Some(name)) => {
            format!("không có tên “{name}”. Chọn một tên trong bảng “Các tên dùng được”.")
        }
        What::UnknownName(None) => {
            "có tên chương trình không biết. Chọn một tên trong bảng “Các tên dùng được”.".to_owned()
        }
        What::UnknownWord => {
            "có phép tính chương trình không biết, ở sau dấu “|” hoặc trước dấu “(”. Xem lại chính tả, hoặc bỏ đi."
                .to_owned()
        }
        What::Syntax => {
            "ngoặc chưa khớp. Mỗi {{ cần }}, mỗi {% cần %}, mỗi if cần endif, mỗi for cần endfor.".to_owned()
        }
        What::TooLong => "lặp quá nhiều lần hoặc văn bản quá dài. Bớt vòng lặp.".to_owned(),
        What::UnknownTable(name) => {
            format!("không có bảng “{name}”. Chọn một bảng trong danh sách “Các bảng dùng được”.")
        }
        What::Other => "chỗ này không tính được. Xem lại phép tính giữa hai ngoặc.".to_owned(),
    }
}

/// What an event about wordings says; none for the other events of the journal.
#[must_use]
pub fn event(verb: &str) -> Option<&'static str> {
    (verb == "wording_published").then_some("Công bố mẫu văn bản")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_says_which_text_which_line_and_what() {
        let said = |place, what| fault(&Fault { place, line: 12, what });
        assert_eq!(
            said(Place::Body, What::UnknownName(Some("ho.kyy".to_owned()))),
            "Nội dung, dòng 12: không có tên “ho.kyy”. Chọn một tên trong bảng “Các tên dùng được”."
        );
        assert!(said(Place::Recipients, What::Syntax).starts_with("Nơi nhận, dòng 12: ngoặc chưa khớp."));
    }

    #[test]
    fn an_older_version_is_named_in_the_note() {
        assert_eq!(taken_again(Which::Own(2)), "Dùng lại bản 2");
        assert_eq!(taken_again(Which::BuiltIn), "Dùng lại bản đi cùng chương trình");
    }
}
