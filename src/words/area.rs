//! Names of kinds of units, and what is said about a unit that cannot be so.

use crate::area::model::{How, Kind, Unfit};
use crate::web::filters::dates;

/// What people call the kind.
#[must_use]
pub const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Province => "Tỉnh",
        Kind::City => "Thành phố",
        Kind::Ward => "Phường, xã",
        Kind::Group => "Tổ dân phố",
        Kind::Office => "Đơn vị tham gia Ban chỉ đạo",
        Kind::Agency => "Cơ quan",
        Kind::Enterprise => "Doanh nghiệp",
        Kind::School => "Nhà trường",
    }
}

/// The kind as a choice of the form, with what belongs to it.
#[must_use]
pub const fn kind_choice(of: Kind) -> &'static str {
    match of {
        Kind::Office => "Đơn vị tham gia Ban chỉ đạo: Công an, Ban chỉ huy quân sự, Mặt trận, đoàn thể",
        other => kind(other),
    }
}

/// How a unit came from others, as a choice of the form.
#[must_use]
pub const fn how_choice(how: How) -> &'static str {
    match how {
        How::Split => "Tách ra, đơn vị cũ vẫn còn",
        How::Merge => "Nhập lại, các đơn vị cũ kết thúc",
        How::Replace => "Thay cho đơn vị cũ, đơn vị cũ kết thúc",
    }
}

/// Beside an earlier unit: how this one came from it.
#[must_use]
pub const fn came_from(how: How) -> &'static str {
    match how {
        How::Split => "tách ra từ",
        How::Merge => "nhập từ",
        How::Replace => "thay cho",
    }
}

/// Beside a later unit: what this one became.
#[must_use]
pub const fn became(how: How) -> &'static str {
    match how {
        How::Split => "tách thành",
        How::Merge => "nhập vào",
        How::Replace => "được thay bằng",
    }
}

/// The field and the sentence of what does not hold.
#[must_use]
pub fn unfit(unfit: &Unfit) -> (&'static str, String) {
    match unfit {
        Unfit::CodeTaken { code } => {
            ("ma", format!("Mã {code} đang thuộc một đơn vị cùng loại. Chọn mã khác, hoặc kết thúc đơn vị kia trước."))
        }
        Unfit::NoSuchEarlier { code } => (
            "truoc",
            format!("Không có đơn vị cùng loại mang mã {code} trước ngày này. Ghi mã như trong danh sách đơn vị."),
        ),
        Unfit::SameName => ("ten", "Đây là tên đang dùng. Ghi tên mới.".to_owned()),
        Unfit::NotYet { day } => {
            ("tu-ngay", format!("Ngày {} chưa tới. Đổi tên vào ngày tên mới có hiệu lực.", dates::day(*day)))
        }
        Unfit::Ended { last } => {
            ("tu-ngay", format!("Đơn vị đã kết thúc ngày {}. Ghi ngày trước đó.", dates::day(*last)))
        }
        Unfit::TooEarly { since } => {
            ("tu-ngay", format!("Tên đang dùng có từ {}. Ghi một ngày sau ngày đó.", dates::day(*since)))
        }
        Unfit::EndsBeforeItBegins { from } => {
            ("den-ngay", format!("Đơn vị có từ {}. Ghi ngày đó hoặc một ngày sau.", dates::day(*from)))
        }
    }
}

/// No kind chosen.
pub const KIND_MISSING: &str = "Chọn loại đơn vị.";
/// No name.
pub const NAME_MISSING: &str = "Ghi tên đầy đủ, ví dụ Tổ dân phố 25.";
/// No short name.
pub const SHORT_NAME_MISSING: &str = "Ghi tên gọi tắt, ví dụ Tổ 25.";
/// No code.
pub const CODE_MISSING: &str = "Ghi mã, ví dụ 25.";
/// A code with other signs.
pub const CODE_SHAPE: &str = "Mã gồm chữ in không dấu, chữ số và dấu gạch nối, tối đa 12 ký tự, ví dụ 25 hoặc TH-NDC.";
/// No first day.
pub const FROM_MISSING: &str = "Ghi ngày bắt đầu, ví dụ 1/1/2024.";
/// No day of a new name.
pub const RENAMED_FROM_MISSING: &str = "Ghi ngày tên mới có hiệu lực, ví dụ 1/7/2024.";
/// No last day.
pub const LAST_MISSING: &str = "Ghi ngày cuối cùng của đơn vị, ví dụ 30/6/2024.";
/// Earlier units without the way.
pub const HOW_MISSING: &str = "Chọn cách hình thành từ đơn vị trước.";
/// A way without earlier units.
pub const EARLIER_MISSING: &str = "Ghi mã của đơn vị trước, ví dụ 07.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentence_keeps_the_tone() {
        let day = "2024-03-25".parse().unwrap();
        let code = "07".to_owned();
        let all = [
            Unfit::CodeTaken { code: code.clone() },
            Unfit::NoSuchEarlier { code },
            Unfit::SameName,
            Unfit::NotYet { day },
            Unfit::Ended { last: day },
            Unfit::TooEarly { since: day },
            Unfit::EndsBeforeItBegins { from: day },
        ];
        for (field, text) in all.iter().map(unfit) {
            assert!(text.ends_with('.') && !text.contains('!') && !text.contains("vui lòng"), "{field}: {text}");
            assert!(text.split(". ").all(|sentence| sentence.split_whitespace().count() <= 22), "{text}");
        }
    }
}
