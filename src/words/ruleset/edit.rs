//! What is said while a ruleset is written.

use crate::access::{Actor, Role};
use crate::ruleset::model::Unfit;
use crate::ruleset::{Confidence, Gravity, Metric, Period, WindowYear};

/// No code.
pub const CODE_MISSING: &str = "Ghi mã, ví dụ pl-2025.";
/// A code that does not fit into an address.
pub const CODE_SHAPE: &str = "Mã dài 3 đến 40 chữ thường không dấu, số, gạch nối, ví dụ pl-2025.";
/// The word under which drafts have their addresses.
pub const CODE_RESERVED: &str = "Mã này dành cho địa chỉ của bộ đang soạn. Chọn mã khác.";
/// A code of the law that comes with the program.
pub const CODE_OF_LAW: &str = "Mã này của bộ đi cùng chương trình, giữ nguyên cho mọi nơi. Ghi mã của nơi mình.";
/// A code that somebody else publishes under.
pub const CODE_TAKEN: &str = "Mã này nơi khác đã dùng. Ghi mã khác, nên có tên viết tắt của nơi mình.";
/// A code under which somebody is writing.
pub const CODE_HAS_DRAFT: &str = "Đang có bộ soạn dở mang mã này. Mở bộ đó, hoặc ghi mã khác.";
/// Publishing what has mistakes.
pub const NOT_READY: &str = "Bộ còn chỗ cần sửa. Sửa hết các chỗ dưới đây rồi công bố.";
/// No title.
pub const TITLE_MISSING: &str = "Ghi tên bộ quy định.";
/// No note.
pub const NOTE_MISSING: &str = "Ghi bộ này dùng cho ai, khi nào chọn.";
/// No first day.
pub const FROM_MISSING: &str = "Ghi ngày bắt đầu chọn được, ví dụ 1/1/2025.";
/// No day and month.
pub const DAY_MISSING: &str = "Ghi ngày và tháng, ví dụ 16/11.";
/// Which year a day lies in.
pub const YEAR_MISSING: &str = "Chọn năm trước hay năm đánh giá.";
/// Before or until.
pub const EXCLUSIVE_MISSING: &str = "Chọn: chính ngày đó còn kịp, hay đã muộn.";
/// No article.
pub const CITATION_MISSING: &str = "Ghi điều, khoản của văn bản.";
/// No confidence.
pub const CONFIDENCE_MISSING: &str = "Chọn đã đọc văn bản gốc hay chưa.";
/// No name.
pub const NAME_MISSING: &str = "Ghi tên.";
/// No short name.
pub const SHORT_MISSING: &str = "Ghi tên ngắn cho màn hình hẹp.";
/// No hint.
pub const HINT_MISSING: &str = "Ghi một câu: cần nộp gì.";
/// Nobody owes it.
pub const WHO_MISSING: &str = "Ghi ai nộp cho ai.";
/// No code of a kind of incident.
pub const INCIDENT_CODE_MISSING: &str = "Ghi mã không dấu, ví dụ ma-tuy.";
/// No code of a criterion.
pub const CRITERION_CODE_MISSING: &str = "Ghi mã, ví dụ 6 hoặc 3.h.";
/// No label.
pub const LABEL_MISSING: &str = "Ghi cách gọi, ví dụ Khoản 6.";
/// No text.
pub const TEXT_MISSING: &str = "Ghi điều phải đạt.";
/// The province's document was not named.
pub const PROVINCE_MISSING: &str = "Điền số, ngày văn bản của tỉnh vào chỗ dấu ba chấm.";
/// No kind of condition.
pub const KIND_MISSING: &str = "Chọn cách kết luận thứ nhất.";
/// Not one of the figures that the program knows.
pub const METRIC_MISSING: &str = "Chọn số liệu trong danh sách.";
/// No threshold.
pub const PERCENT_MISSING: &str = "Ghi ngưỡng phần trăm, từ 0 đến 100.";
/// No smallest number.
pub const NUMBER_MISSING: &str = "Ghi số tối thiểu.";
/// No paper.
pub const PART_MISSING: &str = "Chọn thành phần hồ sơ.";
/// No period.
pub const PERIOD_MISSING: &str = "Chọn khoảng thời gian.";
/// No gravity.
pub const GRAVITY_MISSING: &str = "Chọn mức độ của vụ việc.";
/// No file.
pub const FILE_MISSING: &str = "Chọn tệp TOML.";
/// A file that is no text.
pub const FILE_NOT_TEXT: &str = "Tệp không phải văn bản UTF-8. Lưu lại dạng UTF-8 rồi chọn lại.";
/// A file that is far too long.
pub const FILE_TOO_LONG: &str = "Tệp quá 1 MB. Bộ quy định chỉ vài chục KB; chọn lại tệp.";

/// A version that was published while somebody looked at the page.
#[must_use]
pub fn version_taken(taken: u32, next: u32) -> String {
    format!("Phiên bản {taken} vừa được công bố. Bấm lại để công bố thành phiên bản {next}, hoặc ghi mã khác.")
}

/// Codes that the ruleset copied from does not have.
#[must_use]
pub fn no_such_origin(codes: &[String]) -> String {
    format!("Bộ gốc không có tiêu chí mang mã {}.", codes.join(", "))
}

/// Mistakes of a file.
#[must_use]
pub fn file_faulty(count: usize) -> String {
    format!("Tệp có {count} chỗ cần sửa, ghi ở bảng dưới. Bộ đang soạn giữ nguyên.")
}

/// Why an edit cannot be done.
#[must_use]
pub fn unfit(unfit: &Unfit) -> String {
    match unfit {
        Unfit::Gone => "Mục này không còn trong bộ đang soạn. Mở lại bộ để xem.".to_owned(),
        Unfit::InUse(users) => {
            let named: Vec<String> =
                users.iter().map(|(label, kind)| format!("{label} ({})", kind.name_vi())).collect();
            format!("Còn tiêu chí dùng mục này: {}. Đổi cách kết luận của các tiêu chí đó trước.", named.join(", "))
        }
    }
}

/// How sure somebody is, as choices.
pub const CONFIDENCES: [(&str, &str); 3] = [
    (Confidence::H.as_str(), "Đã đọc trong văn bản gốc"),
    (Confidence::M.as_str(), "Suy ra từ văn bản"),
    (Confidence::L.as_str(), "Chưa đối chiếu văn bản gốc"),
];

/// Which year, as choices.
pub const YEARS: [(&str, &str); 2] =
    [(WindowYear::Previous.as_str(), "Năm trước"), (WindowYear::Cycle.as_str(), "Năm đánh giá")];

/// Before or until, as choices.
pub const WAYS: [(&str, &str); 2] =
    [("truoc", "Trước ngày này: chính ngày đó đã muộn"), ("het", "Hết ngày này: ngày đó vẫn kịp")];

/// Periods, as choices.
pub const PERIODS: [(&str, &str); 2] =
    [(Period::QuarterOne.as_str(), "Quý I, từ 1/1 đến hết 31/3"), (Period::Window.as_str(), "Kỳ đánh giá")];

/// Gravities, as choices.
pub const GRAVITIES: [(&str, &str); 3] = [
    ("moi", "Mọi mức độ"),
    (Gravity::Ordinary.as_str(), "Chỉ mức thường"),
    (Gravity::High.as_str(), "Chỉ mức nghiêm trọng"),
];

/// Figures, as choices.
#[must_use]
pub fn metrics() -> Vec<(&'static str, String)> {
    Metric::ALL.iter().map(|metric| (metric.as_str(), super::capital(metric.name_vi()))).collect()
}

/// For whom the rules of a seat's own place are.
#[must_use]
pub fn whom(actor: &Actor) -> String {
    match (actor.role(), &actor.ward_name) {
        (Role::StewardCity, _) | (_, None) => format!("mọi phường, xã thuộc {}", actor.city_name),
        (_, Some(ward)) => ward.clone(),
    }
}

/// What an event about rulesets says; none for the other events of the journal.
#[must_use]
pub fn event(verb: &str) -> Option<&'static str> {
    (verb == "ruleset_published").then_some("Công bố bộ quy định")
}
