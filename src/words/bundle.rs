//! Sentences about bundles: what they are called, what is in them, why one was not made.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::bundle::model::{Bundle, Kind, State};
use crate::paper::model::Kind as PaperKind;
use crate::web::filters::{dates, numbers};
use crate::words::dossier::Tag;

/// A group that is none of the ward's.
pub const GROUP_UNKNOWN: &str = "Chọn một tổ trong danh sách.";
/// The list of units against criteria.
pub const RESULTS: &str = "Kết quả của phường và các tổ";
/// Criterion by criterion.
pub const CRITERIA: &str = "Từng tiêu chí: tự đánh giá và thẩm định";
/// The heading of both.
pub const TABLES: &str = "Bảng số liệu";
/// The decisions of the year.
pub const DECISIONS: &str = "Kết luận và quyết định";
/// The state that a decision judged.
pub const STATE: &str = "Bản đã được xét (JSON), mã";
/// The journal.
pub const JOURNAL: &str = "Nhật ký của năm";
/// Counts of incidents.
pub const INCIDENTS: &str = "Số vụ việc của kỳ";
/// Votes and conclusions of meetings.
pub const MEETINGS: &str = "Biểu quyết, kết luận của các cuộc họp";
/// The ruleset.
pub const RULESET: &str = "Bộ quy định của năm (JSON)";
/// Everything about a year that is of no unit.
pub const OF_THE_YEAR: &str = "Chung của năm";
/// Typed instead of a file.
pub const TYPED: &str = "Nội dung gõ trong chương trình";
/// Facts that have no file.
pub const FACTS: &str = "Sự việc làm căn cứ";
/// The same paper, signed.
pub const SIGNED: &str = "bản đã ký";
/// Papers of a unit.
pub const PAPERS: &str = "Văn bản đã phát hành";
/// A file that the store has not.
pub const FILE_GONE: &str = "không còn trong kho tệp";
/// A file that is not what was stored.
pub const FILE_DAMAGED: &str = "đã hỏng trong kho tệp";
/// A group without households.
pub const NO_HOUSEHOLDS: &str = "Tổ chưa có hộ nào để in.";
/// Sheets of groups.
pub const SHEETS_BY_GROUP: &str = "Phiếu ký của từng tổ";
/// Which sheets of a group.
pub const SHEET_OF: &str = "Phiếu ký cam kết";
/// Above the lists of households, in the index.
pub const LISTS_BY_GROUP: &str = "Danh sách hộ của từng tổ";
/// A list of households, before its group.
pub const LIST_OF: &str = "Danh sách hộ";

/// Why one was not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// Disk or bucket are full.
    Full,
    /// Disk or bucket are away.
    Away,
    /// Others are printing.
    Busy,
    /// The seat may not any more.
    Denied,
    /// The ward has no group in that year, or no household to print.
    Empty,
    /// A defect.
    Broken,
}

/// What people are told.
#[must_use]
pub const fn trouble(trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::Full => "Ổ đĩa đã đầy nên chưa cất được tệp. Báo người quản trị máy chủ thêm chỗ, rồi bấm Làm lại.",
        Trouble::Away => "Chưa mở được kho tệp. Chờ ít phút rồi bấm Làm lại.",
        Trouble::Busy => "Nhiều người đang in cùng lúc. Chờ ít phút rồi bấm Làm lại.",
        Trouble::Denied => "Vai này không còn được tải loại tệp này.",
        Trouble::Empty => "Chưa có tổ hoặc hộ nào để in.",
        Trouble::Broken => "Việc bị ngắt giữa chừng, chưa có tệp nào. Bấm Làm lại.",
    }
}

/// What a kind is called.
#[must_use]
pub const fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Package => "Gói hồ sơ đề nghị",
        Kind::Archive => "Bản lưu cả năm",
        Kind::Registrations => "Bản đăng ký của các tổ",
        Kind::Sheets => "Phiếu ký cam kết",
        Kind::Households => "Danh sách hộ đăng ký, ký cam kết",
    }
}

/// What is in it.
#[must_use]
pub const fn about_kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Package => {
            "Tờ trình, báo cáo, biên bản, danh sách và hồ sơ đề nghị của từng tổ, kèm minh chứng, mục lục và mã kiểm tra. Một tệp ZIP."
        }
        Kind::Archive => {
            "Mọi hồ sơ, văn bản, quyết định, nhật ký và bảng số liệu của năm, đọc được không cần chương trình. Một tệp ZIP."
        }
        Kind::Registrations => "Bản đăng ký phấn đấu của các tổ, liền nhau trong một tệp PDF.",
        Kind::Sheets => "Của một tổ: một tệp PDF. Của cả phường: một tệp ZIP, mỗi tổ một PDF.",
        Kind::Households => "Của một tổ: một tệp PDF. Của cả phường: một tệp ZIP, mỗi tổ một danh sách.",
    }
}

/// The icon of a kind.
#[must_use]
pub const fn icon(kind: Kind) -> &'static str {
    match kind {
        Kind::Package => "send",
        Kind::Archive => "inbox",
        Kind::Registrations => "file-text",
        Kind::Sheets => "printer",
        Kind::Households => "users",
    }
}

/// The beginning of its file name.
#[must_use]
pub const fn stem(kind: Kind) -> &'static str {
    match kind {
        Kind::Package => "goi-ho-so",
        Kind::Archive => "ban-luu",
        Kind::Registrations => "ban-dang-ky",
        Kind::Sheets => "phieu-ky",
        Kind::Households => "danh-sach-ho",
    }
}

/// What one is called: "Phiếu ký cam kết, Tổ dân phố 7".
#[must_use]
pub fn title(bundle: &Bundle) -> String {
    match &bundle.group_name {
        Some(group) => format!("{}, {}", name(bundle.order.kind), crate::web::page::capital(group)),
        None => name(bundle.order.kind).to_owned(),
    }
}

/// How far one is.
#[must_use]
pub const fn state(state: State) -> Tag {
    match state {
        State::Waiting => Tag { word: "Đang làm", icon: "hourglass", tone: "info" },
        State::Done => Tag { word: "Đã xong", icon: "circle-check", tone: "good" },
        State::Failed => Tag { word: "Chưa làm được", icon: "triangle-alert", tone: "bad" },
    }
}

/// "24 tệp, 3,1 MB".
#[must_use]
pub fn measure(bundle: &Bundle) -> String {
    let Some(product) = &bundle.product else { return String::new() };
    let size = numbers::size(u64::try_from(product.size).unwrap_or(0));
    if product.media_type() == "application/pdf" {
        size
    } else {
        format!("{} tệp, {size}", numbers::number(product.files))
    }
}

/// Where a paper lies, by its kind alone: "to-trinh".
#[must_use]
pub fn paper_stem(kind: PaperKind) -> &'static str {
    kind.as_str().split_once('-').map_or(kind.as_str(), |(_, stem)| stem)
}

/// What the index page says of itself.
#[must_use]
pub fn made_by(by: &str, at: DateTime<Utc>) -> String {
    format!("{by} tải bằng chương trình Bình Yên lúc {}.", dates::moment(at))
}

/// An event's sentence.
#[must_use]
pub fn event(verb: &str) -> Option<&'static str> {
    (verb == "bundle_asked").then_some("Tải hồ sơ, danh sách ra tệp")
}

/// What was taken away.
#[must_use]
pub fn about(detail: &Value) -> Option<String> {
    let kind: Kind = detail.get("bundle")?.as_str()?.parse().ok()?;
    Some(name(kind).to_lowercase())
}
