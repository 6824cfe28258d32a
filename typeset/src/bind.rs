//! What belongs together stays on one line of print: a number and its unit, an article and its number, the parts of a date.

/// Before a number: "Điều 5", "Tổ 7", "ngày 05", "số 390/KH-BCĐ".
const LABELS: &[&str] = &[
    "điều", "khoản", "điểm", "mục", "chương", "phần", "phụ", "lục", "mẫu", "bảng", "số", "tổ", "phố", "khu", "hẻm",
    "thứ", "lần", "trang", "quý", "ngày", "tháng", "năm", "từ",
];

/// Labels whose numbers are often Roman or a letter: "Quý I", "điểm b".
const LETTERED: &[&str] = &["chương", "phần", "lục", "mục", "quý", "điểm"];

/// After a number: "24 tổ", "350 hộ", "14 giờ".
const UNITS: &[&str] = &[
    "bản",
    "buổi",
    "ca",
    "cơ",
    "cuộc",
    "doanh",
    "đồng",
    "đơn",
    "đội",
    "giờ",
    "hộ",
    "hồ",
    "khu",
    "km",
    "lần",
    "lượt",
    "m",
    "m2",
    "mét",
    "mô",
    "năm",
    "ngày",
    "nghìn",
    "người",
    "nhà",
    "nhân",
    "phần",
    "phiếu",
    "phút",
    "phường",
    "tập",
    "tháng",
    "thành",
    "tiêu",
    "tin",
    "tổ",
    "trang",
    "triệu",
    "trường",
    "tuần",
    "tỷ",
    "vụ",
    "ý",
    "%",
];

/// Puts a no-break space where a line of print may not end. Knows single spaces only; [`crate::clean::line`] leaves no others.
pub fn bound(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let mut out = String::with_capacity(text.len() + 16);
    for (at, word) in words.iter().enumerate() {
        if at > 0 {
            out.push(if holds(&words, at) { '\u{a0}' } else { ' ' });
        }
        out.push_str(word);
    }
    out
}

/// Whether the word at this place stays with the one before it.
fn holds(words: &[&str], at: usize) -> bool {
    let (before, word) = (words[at - 1], words[at]);
    if is_symbol(word) || names_a_group(words, at) {
        return true;
    }
    if is_number(word) || (is_lettered(word) && LETTERED.contains(&bare(before).as_str())) {
        return labels(before) || (bare(before) == "giờ" && words.get(at + 1).is_some_and(|it| bare(it) == "phút"));
    }
    if !is_number(before) || ends(before) {
        return false;
    }
    // "05 tháng 3" goes on, but not to the year: it would make the words before it stand too far apart; another number that has its label already is not counting what follows.
    let label = at.checked_sub(2).map(|it| words[it]).filter(|it| labels(it)).map(bare);
    match label.as_deref() {
        Some("ngày") => bare(word) == "tháng",
        Some("từ") | None => UNITS.contains(&bare(word).as_str()),
        Some(_) => false,
    }
}

/// "Tổ dân phố 7" is one name.
fn names_a_group(words: &[&str], at: usize) -> bool {
    let group = |from: usize| {
        let said = words.get(from..from + 4);
        said.is_some_and(|it| [0, 1, 2].map(|at| it[at].to_lowercase()) == ["tổ", "dân", "phố"] && is_number(it[3]))
    };
    group(at - 1) || (at > 1 && group(at - 2))
}

fn labels(word: &str) -> bool {
    (!ends(word) || word.ends_with("ố:")) && LABELS.contains(&bare(word).as_str())
}

/// Lower case, without the signs around it.
fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric() && c != '%').to_lowercase()
}

/// A sign at its end closes what the word belongs to.
fn ends(word: &str) -> bool {
    word.ends_with([',', '.', ';', ':', ')', '”', '"', '?', '!'])
}

/// "24", "1.234,5", "312/350", "(89,1%)", "25/3/2024", "7A".
fn is_number(word: &str) -> bool {
    let inner = word.trim_start_matches(['(', '“', '"']);
    inner.starts_with(|c: char| c.is_ascii_digit()) && inner.chars().filter(|it| it.is_alphabetic()).count() <= 1
}

/// "390/KH-BCĐ", "124/2021/TT-BCA".
fn is_symbol(word: &str) -> bool {
    let inner = word.trim_start_matches(['(', '“', '"']);
    let number = inner.starts_with(|c: char| c.is_ascii_digit());
    number && inner.split_once('/').is_some_and(|(_, rest)| rest.chars().filter(|it| it.is_uppercase()).count() > 1)
}

/// "IV", "b", "đ".
fn is_lettered(word: &str) -> bool {
    let inner = word.trim_end_matches([',', '.', ';', ':', ')']);
    let roman = !inner.is_empty() && inner.chars().all(|it| matches!(it, 'I' | 'V' | 'X'));
    roman || (inner.chars().count() == 1 && inner.chars().all(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// No-break spaces as underscores.
    fn shown(text: &str) -> String {
        bound(text).replace('\u{a0}', "_")
    }

    #[test]
    fn dates_hold() {
        assert_eq!(shown("Hôm nay, ngày 05 tháng 3 năm 2024, tại"), "Hôm nay, ngày_05_tháng_3 năm_2024, tại");
        assert_eq!(shown("trước ngày 31/3 và từ 16/11/2023 đến"), "trước ngày_31/3 và từ_16/11/2023 đến");
        assert_eq!(shown("lúc 14:05 ngày 15/11/2024"), "lúc 14:05_ngày_15/11/2024");
        assert_eq!(shown("lúc 14 giờ 05 phút, ngày 5"), "lúc 14_giờ_05_phút, ngày_5");
        assert_eq!(shown("năm 2024 tổ dân phố"), "năm_2024 tổ dân phố");
    }

    #[test]
    fn articles_and_symbols_hold() {
        assert_eq!(
            shown("điểm b khoản 2 Điều 8 Thông tư số 124/2021/TT-BCA"),
            "điểm_b khoản_2 Điều_8 Thông tư số_124/2021/TT-BCA"
        );
        assert_eq!(shown("Kế hoạch 390/KH-BCĐ, trong Quý I."), "Kế hoạch_390/KH-BCĐ, trong Quý_I.");
        assert_eq!(shown("(Điều 5, 6, 7)"), "(Điều_5, 6, 7)");
        assert_eq!(shown("Số: 05/TTr-BCĐ"), "Số:_05/TTr-BCĐ");
    }

    #[test]
    fn numbers_hold_their_units() {
        assert_eq!(shown("312/350 hộ (89,1%), còn 38 hộ của 24 tổ"), "312/350_hộ (89,1%), còn 38_hộ của 24_tổ");
        assert_eq!(shown("Tổ 7 có 5 mô hình; Tổ dân phố 12."), "Tổ_7 có 5_mô hình; Tổ_dân_phố_12.");
        assert_eq!(shown("đạt 70 % trở lên"), "đạt 70_% trở lên");
    }

    #[test]
    fn the_rest_may_part() {
        for text in ["", "a", "Nhân dân trong khu phố", "đạt 17. Tổ khác", "một hai ba"] {
            assert_eq!(shown(text), text);
        }
    }
}
