//! The sentences of the readers: what is wrong with the typing, then what to write.

use super::read::{DayFault, WholeFault};
use std::ops::RangeInclusive;

/// For a value that went missing without a reader noticing.
pub(super) const UNREAD: &str = "Chưa đọc được phiếu này. Xem lại các ô rồi gửi lần nữa.";

pub(super) fn too_long(length: usize, max: usize) -> String {
    format!("Đang có {length} ký tự, tối đa {max}. Rút bớt {} ký tự.", length - max)
}

pub(super) fn day(fault: &DayFault, typed: &str) -> String {
    match *fault {
        DayFault::Unreadable => {
            format!("Chưa đọc được ngày “{}”. Ghi ngày/tháng/năm, ví dụ 5/3/2024.", short(typed))
        }
        DayFault::NotInCalendar(d, m, y) if m > 12 && d <= 12 => {
            format!("Ngày {d}/{m}/{y} không có trong lịch. Ghi ngày trước, tháng sau, ví dụ 5/3/2024.")
        }
        DayFault::NotInCalendar(d, m, y) => {
            format!("Ngày {d}/{m}/{y} không có trong lịch. Ghi lại, ví dụ 5/3/2024.")
        }
        DayFault::ShortYear => "Ghi đủ bốn chữ số của năm, ví dụ 5/3/2024.".to_owned(),
        DayFault::FarYear(y) => format!("Năm {y} xa quá. Xem lại năm, ví dụ 5/3/2024."),
    }
}

pub(super) fn whole(fault: WholeFault, typed: &str, range: &RangeInclusive<i64>) -> String {
    match fault {
        WholeFault::Unreadable => format!("Chưa đọc được số “{}”. Chỉ ghi chữ số, ví dụ 45.", short(typed)),
        WholeFault::Fraction => {
            format!("Số “{}” có phần lẻ. Ghi số nguyên, ví dụ 45.", short(typed))
        }
        WholeFault::OutOfRange => {
            let typed = short(typed);
            match (*range.start(), *range.end()) {
                (from, i64::MAX) => {
                    format!("Số {typed} nhỏ quá. Ghi từ {} trở lên.", grouped(from))
                }
                (i64::MIN, to) => format!("Số {typed} lớn quá. Ghi tới {}.", grouped(to)),
                (from, to) => {
                    format!("Số {typed} ngoài khoảng cho phép. Ghi từ {} đến {}.", grouped(from), grouped(to))
                }
            }
        }
    }
}

/// Enough of the typing to recognise it.
fn short(typed: &str) -> String {
    let mut start: String = typed.chars().take(20).collect();
    if start.len() < typed.len() {
        start.push('…');
    }
    start
}

/// 1234 as 1.234, with a true minus.
fn grouped(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut out = String::from(if value < 0 { "−" } else { "" });
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out
}
