//! Sentences about papers: what they are called, what moved under them, what is wrong with what was typed.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::paper::model::{Body, Capacity, Keeper, Kind, Register, Signer};
use crate::web::filters::dates;

/// Another paper bears the number.
pub const NUMBER_TAKEN: &str = "Số này đã có ở một văn bản khác cùng loại trong năm. Ghi số khác.";
/// No number.
pub const NUMBER_MISSING: &str = "Ghi số, ký hiệu lấy từ sổ của đơn vị, ví dụ 05/TTr-TDP7.";
/// No day.
pub const DAY_MISSING: &str = "Ghi ngày ký, ví dụ 16/11/2024.";
/// A day that has not come.
pub const DAY_AHEAD: &str = "Ngày này chưa tới. Ghi ngày ký thật, muộn nhất là hôm nay.";
/// A day long before the year.
pub const DAY_BEFORE: &str = "Ngày này trước kỳ đánh giá. Ghi ngày trong kỳ.";
/// Nobody signs.
pub const SIGNER_MISSING: &str = "Ghi họ tên người ký.";
/// No capacity.
pub const CAPACITY_MISSING: &str = "Chọn cách ký.";
/// Somebody signs by order and does not say as what.
pub const TITLE_MISSING: &str = "Ký thừa lệnh hoặc thừa ủy quyền thì ghi chức vụ, ví dụ Trưởng Công an phường.";
/// Words without a body.
pub const BODY_MISSING: &str = "Văn bản chưa có nội dung. Ghi nội dung, hoặc bấm Soạn lại từ số liệu.";
/// No register chosen.
pub const REGISTER_MISSING: &str = "Chọn nơi giữ sổ số.";
/// A symbol that is none.
pub const SYMBOL_SHAPE: &str = "Ký hiệu gồm chữ, số và dấu gạch, ví dụ BCĐ hoặc TDP7.";
/// No file.
pub const FILE_MISSING: &str = "Chọn tệp đã ký: PDF ký số, hoặc ảnh chụp, bản quét.";
/// A signed Word file.
pub const FILE_IS_WORD: &str = "Bản ký là PDF hoặc ảnh. Tệp Word chưa phải bản ký.";

/// What a kind is called.
#[must_use]
pub const fn title(kind: Kind) -> &'static str {
    match kind {
        Kind::GroupRegistration | Kind::WardRegistration => "Bản đăng ký phấn đấu",
        Kind::GroupPlan | Kind::WardPlan => "Kế hoạch",
        Kind::GroupHouseholds => "Danh sách hộ đăng ký, ký cam kết",
        Kind::GroupMinutes => "Biên bản họp đánh giá",
        Kind::GroupReport | Kind::WardReport => "Báo cáo",
        Kind::GroupLetter | Kind::WardLetter => "Tờ trình",
        Kind::WardSummary => "Tổng hợp đăng ký",
        Kind::WardMinutes => "Biên bản thẩm định",
        Kind::WardList => "Danh sách đề nghị công nhận",
        Kind::WardDecision | Kind::CityDecision => "Quyết định",
        Kind::CityReturn => "Thông báo",
        Kind::CityReport => "Báo cáo thẩm định",
    }
}

/// The same with what it is about, for lists.
#[must_use]
pub const fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::GroupPlan => "Kế hoạch của tổ",
        Kind::WardPlan => "Kế hoạch năm",
        Kind::GroupReport | Kind::WardReport => "Báo cáo kết quả",
        Kind::GroupLetter => "Tờ trình đề nghị xét, công nhận",
        Kind::WardLetter => "Tờ trình gửi cấp trên",
        Kind::WardSummary => "Tổng hợp đăng ký các tổ",
        Kind::WardDecision => "Quyết định công nhận các tổ",
        Kind::CityDecision => "Quyết định công nhận",
        Kind::CityReturn => "Thông báo trả lại hồ sơ",
        _ => title(kind),
    }
}

/// In whose name.
#[must_use]
pub const fn body(keeper: Keeper, body: Body) -> &'static str {
    match (keeper, body) {
        (Keeper::Group, _) => "Tổ dân phố",
        (Keeper::Ward, Body::Chairman) => "Chủ tịch UBND phường",
        (Keeper::Ward, _) => "Ban chỉ đạo phường",
        (Keeper::City, Body::Chairman) => "Chủ tịch UBND thành phố",
        (Keeper::City, _) => "Ban chỉ đạo thành phố",
    }
}

/// A capacity as a choice.
#[must_use]
pub const fn capacity(capacity: Capacity) -> &'static str {
    match capacity {
        Capacity::Own => "Người đứng đầu ký",
        Capacity::For => "KT. (ký thay, cấp phó)",
        Capacity::ByOrder => "TL. (thừa lệnh)",
        Capacity::ByAuthority => "TUQ. (thừa ủy quyền)",
        Capacity::Acting => "Q. (quyền)",
    }
}

/// Who keeps the register, as a choice.
#[must_use]
pub const fn register(register: Register) -> &'static str {
    match register {
        Register::Typed => "Lấy số ở sổ của đơn vị, ghi vào khi phát hành",
        Register::PerKind => "Chương trình giữ sổ, mỗi loại văn bản một dãy số",
        Register::Shared => "Chương trình giữ sổ, một dãy số chung",
    }
}

/// Beside the field of the signer: who may sign by the seats of today.
#[must_use]
pub fn signers(signers: &[Signer]) -> String {
    let named = |it: &Signer| match it.capacity {
        Capacity::Own => it.name.clone(),
        other => format!("{} ({})", it.name, other.as_str()),
    };
    match signers {
        [] => "Chưa có ai giữ vai này. Ghi họ tên người ký.".to_owned(),
        all => format!("Người được ký hôm nay: {}", all.iter().map(named).collect::<Vec<_>>().join(", ")),
    }
}

/// How a typed number looks.
#[must_use]
pub fn number_example(example: &str) -> String {
    format!("Lấy ở sổ của đơn vị, ví dụ {example}")
}

/// At the foot of each page.
#[must_use]
pub fn figures_at(at: DateTime<Utc>) -> String {
    format!("Số liệu lúc {}", dates::moment(at))
}

/// What an event about a paper says; none for the other events of the journal.
#[must_use]
pub fn event(verb: &str) -> Option<&'static str> {
    Some(match verb {
        "paper_drafted" => "Soạn văn bản",
        "paper_redrafted" => "Soạn lại văn bản từ số liệu mới",
        "paper_written" => "Sửa văn bản",
        "paper_issued" => "Phát hành văn bản",
        "paper_attached" => "Đưa văn bản vào hồ sơ",
        "paper_signed" => "Nhận bản ký của văn bản",
        "paper_body_set" => "Đặt nơi phát hành, sổ số",
        _ => return None,
    })
}

/// What an event tells of its paper.
#[must_use]
pub fn about(detail: &Value) -> Option<String> {
    let kind: Kind = detail.get("paper")?.as_str()?.parse().ok()?;
    let number = detail.get("number").and_then(Value::as_str);
    Some(number.map_or_else(|| name(kind).to_owned(), |number| format!("{}, số {number}", name(kind))))
}

/// A fact's place in plain words: "ho.ky" is "Hộ ký cam kết", "cac_to.3.ket_luan" is "Tổ thứ 3, kết luận".
#[must_use]
pub fn moved(path: &str) -> String {
    let words: Vec<String> = path.split('.').map(piece).collect();
    crate::web::page::capital(&words.join(", "))
}

fn piece(name: &str) -> String {
    if name.chars().all(|c| c.is_ascii_digit()) {
        return format!("dòng {name}");
    }
    let known = match name {
        "ho" => "số hộ",
        "tong" => "tổng số",
        "dang_ky" => "đăng ký",
        "ky" => "ký cam kết",
        "ty_le_dang_ky" => "tỷ lệ đăng ký",
        "ty_le_ky" => "tỷ lệ ký cam kết",
        "tieu_chi" => "tiêu chí",
        "tu_danh_gia" => "tự đánh giá",
        "ket_luan" => "kết luận",
        "vi_sao" => "căn cứ kết luận",
        "ghi_chu" => "ghi chú",
        "so_dat" => "số tiêu chí đạt",
        "ket_qua" => "kết quả",
        "cac_to" => "các tổ",
        "so_to" => "số tổ",
        "de_nghi" => "đề nghị công nhận",
        "khong_de_nghi" => "không đề nghị",
        "cong_nhan" => "được công nhận",
        "ty_le_de_nghi" => "tỷ lệ đề nghị",
        "ty_le_cong_nhan" => "tỷ lệ được công nhận",
        "phieu" => "số phiếu",
        "ly_do" => "lý do",
        "hop" => "cuộc họp",
        "vu_viec" => "vụ việc",
        "nay" => "kỳ này",
        "truoc" => "kỳ trước",
        "tra_lai" => "trả lại",
        "quyet_dinh" => "quyết định",
        "dang_ky_ngay" => "ngày nộp đăng ký",
        "han_nop" => "hạn nộp",
        "can_cu" => "căn cứ",
        "ten" => "tên",
        "o" => "kết luận từng tiêu chí",
        other => other,
    };
    known.replace('_', " ")
}
