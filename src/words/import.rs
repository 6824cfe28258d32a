//! What is said about spreadsheets that people send, and about the rows in them.

use super::dossier::Tag;
use crate::import::model::{
    Column, Decision, Field, LeftOut, Meaning, Notice, Problem, ProblemCode, SheetFound, State,
};
use crate::platform::legacy::Legacy;
use crate::platform::sheet::{Foreign, Unreadable, letters};

/// Which files are taken.
pub const ACCEPTED: &str = "Ở đây nhận Excel (.xlsx, .xls), LibreOffice (.ods) và CSV, mỗi tệp tới 20 MB.";

/// A file without its group.
pub const GROUP_MISSING: &str = "Chọn tổ của danh sách, hoặc cả phường.";
/// A file without the day.
pub const SINCE_MISSING: &str = "Ghi ngày từ đó các hộ trong tệp ở đây, ví dụ 16/11/2023.";
/// No file.
pub const FILE_MISSING: &str = "Chọn tệp bảng tính.";
/// Nothing can be read without names.
pub const HEAD_COLUMN_MISSING: &str = "Chọn cột họ tên chủ hộ của bảng này, hoặc bỏ chọn lấy bảng.";
/// A row without a decision.
pub const DECISION_MISSING: &str = "Chọn việc làm với dòng này.";

/// What the journal says of files.
#[must_use]
pub fn event(verb: &str) -> Option<&'static str> {
    Some(match verb {
        "households_imported" => "Ghi danh sách hộ từ bảng tính",
        "import_undone" => "Bỏ ra một bảng tính đã ghi",
        _ => return None,
    })
}

/// What a file's state is called.
#[must_use]
pub const fn state(state: State) -> Tag {
    match state {
        State::Reading => Tag { word: "Đang đọc", icon: "hourglass", tone: "info" },
        State::Ready => Tag { word: "Chờ xem lại", icon: "clipboard-check", tone: "soon" },
        State::Writing => Tag { word: "Đang ghi", icon: "hourglass", tone: "info" },
        State::Done => Tag { word: "Đã ghi vào sổ", icon: "circle-check", tone: "good" },
        State::Undone => Tag { word: "Đã bỏ ra", icon: "undo-2", tone: "none" },
        State::Dropped => Tag { word: "Đã hủy", icon: "circle-x", tone: "none" },
        State::Failed => Tag { word: "Không đọc được", icon: "triangle-alert", tone: "bad" },
    }
}

/// What becomes of a row.
#[must_use]
pub const fn decision(decision: Decision) -> &'static str {
    match decision {
        Decision::Add => "Ghi hộ mới",
        Decision::Update => "Cùng một hộ, cập nhật theo tệp",
        Decision::Skip => "Bỏ dòng này",
    }
}

/// What a field of a row is called.
#[must_use]
pub const fn field(field: Field) -> &'static str {
    match field {
        Field::Group => "Tổ",
        Field::Code => "Mã hộ",
        Field::Head => "Họ tên chủ hộ",
        Field::Number => "Số nhà",
        Field::Alley => "Hẻm",
        Field::Street => "Đường",
        Field::Members => "Số nhân khẩu",
        Field::Phone => "Điện thoại",
        Field::Registered => "Đăng ký",
        Field::Pledged => "Ký cam kết",
        Field::Note => "Ghi chú",
    }
}

/// How a sheet was understood, in one line.
#[must_use]
pub fn sheet(sheet: &SheetFound) -> String {
    if !sheet.taken {
        return format!("Bảng {}: không lấy.", sheet.name);
    }
    let read = |column: &Column| {
        let meaning =
            column.meaning.filter(|it| !matches!(it, Meaning::Forbidden | Meaning::Ignored | Meaning::Order))?;
        Some(format!("{} là {}", letters(column.index), self::meaning(meaning).to_lowercase()))
    };
    let columns: Vec<String> = sheet.columns.iter().filter_map(read).collect();
    match sheet.header_row {
        Some(row) => format!("Bảng {}: tiêu đề ở dòng {row}; {}.", sheet.name, columns.join(", ")),
        None => format!("Bảng {}: không có dòng tiêu đề; {}.", sheet.name, columns.join(", ")),
    }
}

/// Households that keep a file in the register.
#[must_use]
pub fn held_back(households: i32) -> String {
    format!(
        "{households} hộ của tệp này đã có việc khác sau khi ghi, nên không bỏ cả tệp ra được. Sửa từng hộ ở sổ hộ."
    )
}

/// Updating what is not there.
pub const NOTHING_TO_UPDATE: &str = "Dòng này chưa giống hộ nào trong sổ. Chọn ghi hộ mới, hoặc bỏ dòng.";

/// Why a household has other facts: a list said so.
#[must_use]
pub fn by_file(name: &str) -> String {
    format!("Theo bảng tính {name}")
}

/// Why a file cannot be read, and what to do.
#[must_use]
pub fn unreadable(unreadable: &Unreadable) -> String {
    match unreadable {
        Unreadable::Empty => "Tệp này trống, không có ô nào có chữ. Mở xem lại rồi chọn tệp khác.".to_owned(),
        Unreadable::TooLarge { limit } => {
            format!("Tệp lớn hơn {} MB. Bỏ ảnh trong tệp, hoặc chia thành nhiều tệp.", limit / (1024 * 1024))
        }
        Unreadable::Inflates { .. } => {
            "Tệp này mở ra lớn khác thường so với cỡ tệp. Chép các hộ sang một tệp mới rồi gửi lại.".to_owned()
        }
        Unreadable::TooManyRows { limit } => {
            format!("Tệp có hơn {} dòng có chữ. Chia thành nhiều tệp, mỗi tệp vài tổ.", grouped(*limit))
        }
        Unreadable::TooManyCells { limit } => format!(
            "Bảng trải rộng quá {} ô, có thể có ô lạc ở rất xa. Chép các hộ sang một tệp mới rồi gửi lại.",
            grouped(*limit)
        ),
        Unreadable::Encrypted => "Tệp đặt mật khẩu nên không đọc được. Bỏ mật khẩu rồi gửi lại.".to_owned(),
        Unreadable::Cut => "Đây là bảng tính nhưng bị cụt hoặc hỏng. Mở thử trên máy, lưu lại rồi gửi.".to_owned(),
        Unreadable::BinaryWorkbook => {
            "Đây là Excel dạng nhị phân (.xlsb). Mở bằng Excel, lưu thành .xlsx rồi gửi lại.".to_owned()
        }
        Unreadable::NotASpreadsheet(found) => not_a_spreadsheet(*found),
    }
}

fn not_a_spreadsheet(found: Foreign) -> String {
    let fact = match found {
        Foreign::Picture => "Đây là ảnh, dù tên tệp thế nào.",
        Foreign::Pdf => "Đây là PDF. Xin người gửi tệp Excel gốc.",
        Foreign::Document => "Đây là văn bản Word. Chép bảng trong đó sang Excel rồi gửi lại.",
        Foreign::Slides => "Đây là bài trình chiếu.",
        Foreign::Archive => "Đây là tệp nén. Mở tệp nén ra, gửi từng bảng tính bên trong.",
        Foreign::WebPage => "Đây là trang web mang tên Excel. Mở bằng Excel, lưu thành .xlsx rồi gửi lại.",
        Foreign::Unknown => "Không nhận ra đây là tệp gì.",
    };
    format!("{fact} {ACCEPTED}")
}

/// What is wrong at a cell, and what to do.
#[must_use]
pub fn problem(problem: &Problem) -> String {
    let day = if problem.field == Field::Registered { "đăng ký" } else { "ký cam kết" };
    let suggestion = problem.suggestion.as_deref();
    let fixed = match &problem.code {
        ProblemCode::HeadMissing => "Dòng này chưa có tên chủ hộ. Ghi họ tên, hoặc bỏ dòng này.",
        ProblemCode::HeadDigits => "Tên chủ hộ có chữ số. Xem có nhầm cột không, rồi sửa lại tên.",
        ProblemCode::GroupMissing => "Chưa rõ hộ này thuộc tổ nào. Chọn tổ cho dòng này hoặc cho cả bảng.",
        ProblemCode::GroupUnknown => "Phường không có tổ này. Chọn lại tổ.",
        ProblemCode::CodeUnreadable => CODE_UNREADABLE,
        ProblemCode::MembersMissing => "Chưa có số nhân khẩu. Ghi số người trong hộ, từ 1 đến 50.",
        ProblemCode::MembersNotANumber => "Số nhân khẩu phải là một số, ví dụ 4. Sửa lại.",
        ProblemCode::MembersOutside => "Số nhân khẩu phải từ 1 đến 50. Sửa lại.",
        ProblemCode::PhoneUnreadable => "Đây không phải số điện thoại Việt Nam. Sửa lại, hoặc để trống.",
        ProblemCode::PhoneSecond => "Ô này có hai số điện thoại, giữ số đầu. Muốn giữ số kia thì sửa lại.",
        ProblemCode::NoteIdentity => super::household::NOTE_HAS_IDENTITY,
        ProblemCode::CellFault => "Công thức ở ô này bị lỗi nên không có giá trị. Ghi lại giá trị.",
        ProblemCode::HeadSeveral => return several(suggestion),
        ProblemCode::NumberWasDate => return was_date(suggestion),
        ProblemCode::GroupOther { found, meant } => return other_group(found, meant),
        ProblemCode::InOtherGroup { found } => return in_other_group(found),
        ProblemCode::GroupSecond { heading } => return second_group(heading),
        ProblemCode::CodeTwice { sheet, row } => return code_twice(sheet, *row),
        ProblemCode::HouseholdTwice { sheet, row } => return household_twice(sheet, *row),
        ProblemCode::TooLong { limit } => return format!("Ô này dài quá {limit} chữ. Rút ngắn lại."),
        ProblemCode::DateUnreadable => {
            return format!("Không đọc được ngày {day}. Ghi ngày như 25/3/2026, hoặc dấu x.");
        }
        ProblemCode::DateFuture => return format!("Ngày {day} ở sau hôm nay. Sửa lại ngày."),
        ProblemCode::DateOutside => return format!("Ngày {day} nằm ngoài năm đang làm. Xem lại năm."),
        ProblemCode::LegacyMended { from } => return mended(*from),
    };
    fixed.to_owned()
}

const CODE_UNREADABLE: &str = "Mã hộ gồm tối đa 12 chữ số, chữ cái không dấu và gạch nối. Sửa lại, hoặc để trống.";

fn in_other_group(found: &str) -> String {
    format!("Sổ ghi hộ này ở tổ {found}. Cập nhật không chuyển tổ; phường chuyển ở trang của hộ.")
}

fn several(first: Option<&str>) -> String {
    match first {
        Some(first) => format!("Ô này như có nhiều người. Chỉ giữ chủ hộ, ví dụ {first}."),
        None => "Ô này như có nhiều người. Chỉ giữ chủ hộ.".to_owned(),
    }
}

fn was_date(number: Option<&str>) -> String {
    match number {
        Some(number) => format!("Excel đã đổi số nhà thành ngày. Đọc lại là {number}, xem có đúng không."),
        None => "Excel đã đổi số nhà thành ngày. Ghi lại số nhà.".to_owned(),
    }
}

fn other_group(found: &str, meant: &str) -> String {
    format!("Hộ này ghi thuộc tổ {found}, còn tệp gửi cho tổ {meant}. Sửa tổ, hoặc bỏ dòng này.")
}

fn second_group(heading: &str) -> String {
    format!("Đầu bảng ghi tổ {heading}, dòng này ghi tổ khác. Xem lại tổ của hộ này.")
}

fn code_twice(sheet: &str, row: u32) -> String {
    format!("Mã hộ này đã có ở dòng {row}, bảng {sheet}. Sửa một trong hai, hoặc để trống.")
}

fn household_twice(sheet: &str, row: u32) -> String {
    format!("Cùng chủ hộ, cùng địa chỉ với dòng {row}, bảng {sheet}. Nếu là một hộ, bỏ bớt một dòng.")
}

fn mended(from: Legacy) -> String {
    format!("Chữ ở ô này theo bảng mã {}, đã chuyển sang Unicode. Đọc lại xem có đúng không.", legacy(from))
}

/// What a person should know about the file as a whole.
#[must_use]
pub fn notice(notice: &Notice) -> String {
    match notice {
        Notice::ForbiddenColumn { sheet, column, heading } => format!(
            "Bảng {sheet}: bỏ cột {column} “{heading}”. Luật chỉ cho giữ dữ liệu cá nhân tối thiểu, cột này không đọc và không lưu."
        ),
        Notice::UnknownColumn { sheet, column, heading } => {
            format!("Bảng {sheet}: chưa hiểu cột {column} “{heading}”, nên bỏ qua. Cần thì chọn nghĩa cho cột.")
        }
        Notice::SecondColumn { sheet, column, heading } => {
            format!("Bảng {sheet}: cột {column} “{heading}” trùng nghĩa với cột trước, nên bỏ qua.")
        }
        Notice::SheetLeftOut { sheet, why } => match why {
            LeftOut::Empty => format!("Bảng {sheet} trống, đã bỏ qua."),
            LeftOut::NoHeader => {
                format!("Bảng {sheet}: không thấy dòng tiêu đề của danh sách hộ. Chỉ dòng tiêu đề để đọc bảng này.")
            }
            LeftOut::ByPerson => format!("Bảng {sheet} đã được chọn bỏ qua."),
        },
        Notice::SeveralGroups { sheet, groups } => {
            format!("Bảng {sheet} có hộ của các tổ {}. Xem lại nếu bảng này chỉ của một tổ.", groups.join(", "))
        }
        Notice::PhonesRestored { count } => format!("Đã thêm lại số 0 ở đầu {} số điện thoại.", grouped(*count)),
        Notice::LegacyMended { from, count } => {
            format!("Đã chuyển {} ô từ bảng mã {} sang Unicode.", grouped(*count), legacy(*from))
        }
        Notice::LinesLeftOut { sheet, count } => {
            format!("Bảng {sheet}: bỏ {} dòng cộng, chữ ký hoặc tiêu đề lặp lại.", grouped(*count))
        }
        Notice::PersonsLeftOut { sheet, count } => {
            format!("Bảng {sheet} ghi từng người. Chỉ lấy chủ hộ, bỏ {} dòng của người khác.", grouped(*count))
        }
    }
}

/// A meaning of a column, for the list to choose from.
#[must_use]
pub const fn meaning(meaning: Meaning) -> &'static str {
    match meaning {
        Meaning::Order => "Số thứ tự (bỏ qua)",
        Meaning::Code => "Mã hộ",
        Meaning::Head => "Họ tên chủ hộ",
        Meaning::FamilyName => "Họ và tên đệm",
        Meaning::GivenName => "Tên",
        Meaning::Number => "Số nhà",
        Meaning::Alley => "Hẻm, ngõ",
        Meaning::Street => "Đường, phố",
        Meaning::Address => "Địa chỉ",
        Meaning::Members => "Số nhân khẩu",
        Meaning::Phone => "Điện thoại",
        Meaning::Group => "Tổ dân phố",
        Meaning::Registered => "Đăng ký",
        Meaning::Pledged => "Ký cam kết",
        Meaning::Note => "Ghi chú",
        Meaning::Relation => "Quan hệ với chủ hộ",
        Meaning::Forbidden => "Không được lưu",
        Meaning::Ignored => "Bỏ qua",
    }
}

const fn legacy(from: Legacy) -> &'static str {
    match from {
        Legacy::Tcvn3 => "TCVN3 (ABC)",
        Legacy::Vni => "VNI",
    }
}

/// 60000 as "60.000".
fn grouped(number: usize) -> String {
    match number {
        0..1_000 => number.to_string(),
        _ => format!("{}.{:03}", grouped(number / 1_000), number % 1_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every_sentence() -> Vec<String> {
        let s = || "Tổ 7".to_owned();
        let foreign = [
            Foreign::Picture,
            Foreign::Pdf,
            Foreign::Document,
            Foreign::Slides,
            Foreign::Archive,
            Foreign::WebPage,
            Foreign::Unknown,
        ];
        let mut files = vec![
            Unreadable::Empty,
            Unreadable::TooLarge { limit: 20 << 20 },
            Unreadable::Inflates { limit: 1 },
            Unreadable::TooManyRows { limit: 60_000 },
            Unreadable::TooManyCells { limit: 2_000_000 },
            Unreadable::Encrypted,
            Unreadable::Cut,
            Unreadable::BinaryWorkbook,
        ];
        files.extend(foreign.map(Unreadable::NotASpreadsheet));
        let codes = [
            ProblemCode::HeadMissing,
            ProblemCode::HeadSeveral,
            ProblemCode::HeadDigits,
            ProblemCode::GroupMissing,
            ProblemCode::GroupUnknown,
            ProblemCode::GroupOther { found: "08".to_owned(), meant: "07".to_owned() },
            ProblemCode::GroupSecond { heading: "07".to_owned() },
            ProblemCode::CodeUnreadable,
            ProblemCode::CodeTwice { sheet: s(), row: 8 },
            ProblemCode::TooLong { limit: 120 },
            ProblemCode::MembersMissing,
            ProblemCode::MembersNotANumber,
            ProblemCode::MembersOutside,
            ProblemCode::PhoneUnreadable,
            ProblemCode::PhoneSecond,
            ProblemCode::DateUnreadable,
            ProblemCode::DateFuture,
            ProblemCode::DateOutside,
            ProblemCode::HouseholdTwice { sheet: s(), row: 8 },
            ProblemCode::NumberWasDate,
            ProblemCode::CellFault,
            ProblemCode::NoteIdentity,
            ProblemCode::LegacyMended { from: Legacy::Tcvn3 },
        ];
        let mut notices: Vec<Notice> = [LeftOut::Empty, LeftOut::NoHeader, LeftOut::ByPerson]
            .map(|why| Notice::SheetLeftOut { sheet: s(), why })
            .into();
        notices.extend([
            Notice::ForbiddenColumn { sheet: s(), column: "D".to_owned(), heading: "Số CCCD".to_owned() },
            Notice::UnknownColumn { sheet: s(), column: "D".to_owned(), heading: "Xếp loại".to_owned() },
            Notice::SecondColumn { sheet: s(), column: "D".to_owned(), heading: "Họ tên".to_owned() },
            Notice::SeveralGroups { sheet: s(), groups: vec!["07".to_owned(), "08".to_owned()] },
            Notice::PhonesRestored { count: 1_234 },
            Notice::LegacyMended { from: Legacy::Vni, count: 5 },
            Notice::LinesLeftOut { sheet: s(), count: 3 },
            Notice::PersonsLeftOut { sheet: s(), count: 3 },
        ]);
        let at_cell = |code: ProblemCode, suggestion: Option<String>| {
            let severity = code.severity();
            problem(&Problem { column: None, field: Field::Head, code, severity, suggestion })
        };
        let mut all: Vec<String> = files.iter().map(unreadable).collect();
        all.extend(
            codes
                .iter()
                .flat_map(|code| [at_cell(code.clone(), None), at_cell(code.clone(), Some("Lê An".to_owned()))]),
        );
        all.extend(notices.iter().map(notice));
        all
    }

    #[test]
    fn every_sentence_keeps_the_tone() {
        for text in every_sentence() {
            let low = text.to_lowercase();
            for banned in ["vui lòng", "hệ thống", "thao tác", "!", "  "] {
                assert!(!low.contains(banned), "{banned:?} in {text:?}");
            }
            assert!(text.ends_with('.'), "{text:?}");
            for sentence in text.split(". ") {
                let words = sentence.split_whitespace().count();
                assert!(words <= 20, "{words} words: {sentence:?}");
            }
        }
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(notice(&Notice::PhonesRestored { count: 1_234 }), "Đã thêm lại số 0 ở đầu 1.234 số điện thoại.");
    }
}
