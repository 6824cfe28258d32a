//! Sentences about a list of last year's counts, cell by cell.

use crate::incident::model::list::{Column, Fault, Shown};
use crate::platform::sheet::Unreadable;
use crate::web::filters::{dates, numbers};

/// Which cell: "B5, loại".
#[must_use]
pub fn column(column: &Column) -> &'static str {
    match column {
        Column::Group => "Tổ",
        Column::Kind => "Loại",
        Column::Number | Column::Of(_) => "Số vụ",
        Column::Day => "Ngày",
        Column::Gravity => "Mức độ",
    }
}

/// What is wrong with a cell, and what to write.
#[must_use]
pub fn fault(cell: &Shown, fault: &Fault, year: i32) -> String {
    let text: String = cell.text.chars().take(30).collect();
    match fault {
        Fault::GroupMissing => "Ghi số tổ, hoặc ghi “phường” khi không thuộc tổ nào.".to_owned(),
        Fault::GroupUnknown => format!("Kỳ {year} không có tổ “{text}”. Ghi số tổ, ví dụ 7."),
        Fault::GroupElsewhen => format!("Ngày này chưa có hoặc không còn “{text}”. Ghi tổ của ngày ấy."),
        Fault::KindMissing => "Ghi loại vụ việc.".to_owned(),
        Fault::KindUnknown => format!("Không có loại “{text}”. Ghi đúng tên loại như trong danh sách bên dưới."),
        Fault::KindOneOf(one, other) => format!("“{text}” là “{one}” hay “{other}”? Ghi đủ tên loại."),
        Fault::NumberMissing => "Ghi số vụ. Không có vụ nào thì ghi 0.".to_owned(),
        Fault::NumberUnreadable => format!("“{text}” không phải số từ 0 đến 9999. Ghi lại, ví dụ 3."),
        Fault::DayUnreadable => format!("Chưa đọc được ngày “{text}”. Ghi như 5/3/{year}, hoặc để trống."),
        Fault::DayOutside(day) => {
            format!("Ngày {} không thuộc kỳ {year}. Ghi lại ngày, hoặc bỏ dòng.", dates::day(*day))
        }
        Fault::GravityUnknown => format!("“{text}”: ghi “thường” hoặc “nghiêm trọng”, để trống là thường."),
        Fault::Twice(row) => format!("Dòng {row} đã có số của tổ và loại này. Cộng lại thành một dòng."),
        Fault::Written => "Số này đã ghi trước đây. Bỏ dòng, hoặc sửa số đã ghi.".to_owned(),
    }
}

/// How many rows have to be mended.
#[must_use]
pub fn cells_to_mend(rows: usize) -> String {
    format!("Còn {} dòng cần sửa. Sửa ngay trong bảng dưới đây rồi bấm Đọc lại.", numbers::number(rows))
}

/// Why a file cannot be read.
#[must_use]
pub fn unreadable(error: &Unreadable) -> String {
    match error {
        Unreadable::TooManyRows { .. } | Unreadable::TooManyCells { .. } | Unreadable::Inflates { .. } => {
            "Bảng này lớn khác thường với số liệu một năm. Chép phần số liệu sang tệp mới rồi gửi.".to_owned()
        }
        other => crate::words::import::unreadable(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    #[test]
    fn every_fault_says_what_to_write() {
        let day: NaiveDate = "2023-11-16".parse().expect("a day");
        let cell = Shown { column: Column::Kind, at: "B5".to_owned(), text: "đua xe".to_owned(), fault: None };
        for one in [
            Fault::GroupMissing,
            Fault::GroupUnknown,
            Fault::GroupElsewhen,
            Fault::KindMissing,
            Fault::KindUnknown,
            Fault::KindOneOf("Tội phạm".to_owned(), "Vi phạm pháp luật khác".to_owned()),
            Fault::NumberMissing,
            Fault::NumberUnreadable,
            Fault::DayUnreadable,
            Fault::DayOutside(day),
            Fault::GravityUnknown,
            Fault::Twice(3),
            Fault::Written,
        ] {
            let said = fault(&cell, &one, 2023);
            assert!(said.split_whitespace().count() <= 20 && said.ends_with(['.', '?']), "{said}");
        }
    }
}
