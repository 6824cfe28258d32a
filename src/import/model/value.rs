//! Reads single values as people type them.

use chrono::{Days, NaiveDate};

use super::draft::Mark;
use crate::platform::fold::fold;

/// A phone number and what was done to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phone {
    /// With its leading 0.
    pub(super) number: String,
    /// The 0 was lost and put back.
    pub(super) restored: bool,
    /// Another number stood beside it.
    pub(super) second: bool,
}

/// The first number of the cell; `None` when it is not a Vietnamese one.
pub(super) fn phone(text: &str) -> Option<Phone> {
    let pieces: Vec<String> = text.split(['/', ',', ';', '\n', '&']).map(digits).filter(|it| !it.is_empty()).collect();
    let first = pieces.first()?;
    // Letters other than "+" are no part of a number: "không có".
    if text.contains(|c: char| c.is_alphabetic()) && !fold(text).starts_with(['d', 's', 't']) {
        return None;
    }
    // Two numbers with nothing but a space between them.
    let (first, joined) = match first.len() {
        20 if first.starts_with('0') => (&first[..10], true),
        18 if !first.starts_with('0') => (&first[..9], true),
        _ => (first.as_str(), false),
    };
    let (number, restored) = national(first)?;
    Some(Phone { number, restored, second: joined || pieces.len() > 1 })
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

fn national(digits: &str) -> Option<(String, bool)> {
    let from_abroad = digits.strip_prefix("0084").or_else(|| digits.strip_prefix("84").filter(|rest| rest.len() >= 9));
    let (number, restored) = match (digits, from_abroad) {
        (_, Some(rest)) => (format!("0{}", rest.trim_start_matches('0')), false),
        (own, None) if own.starts_with('0') => (own.to_owned(), false),
        (own, None) if matches!(own.len(), 9 | 10) => (format!("0{own}"), true),
        _ => return None,
    };
    is_phone(&number).then_some((number, restored))
}

/// `^0[1-9][0-9]{7,9}$`.
fn is_phone(number: &str) -> bool {
    (9..=11).contains(&number.len()) && number.starts_with('0') && !number.starts_with("00")
}

/// How many live in a household.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Members {
    Some(u16),
    Outside,
    NotANumber,
}

/// "4", "04", "4 người", "4 NK".
pub(super) fn members(text: &str) -> Members {
    let folded = fold(text);
    let end = folded.find(|c: char| !c.is_ascii_digit()).unwrap_or(folded.len());
    let (number, rest) = folded.split_at(end);
    let unit = rest.trim_matches(['.', ' ']);
    if number.is_empty() || !matches!(unit, "" | "nguoi" | "nk" | "khau" | "nhan khau" | "thanh vien" | "ng") {
        return Members::NotANumber;
    }
    match number.parse() {
        Ok(number @ 1..=50) => Members::Some(number),
        _ => Members::Outside,
    }
}

/// What a cell about registering or pledging says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    Yes(Mark),
    No,
    Unreadable,
}

/// "x", "có", "đã ký", a date, a serial; "chưa" and "không" are a no.
pub(super) fn mark(text: &str) -> Said {
    let folded = fold(text);
    let folded = folded.trim_matches(['.', ' ']);
    match folded {
        "x" | "v" | "co" | "da ky" | "da dang ky" | "da dk" | "da" | "roi" | "ky" | "1" | "true" | "✓" | "✔" | "√"
        | "ok" => Said::Yes(Mark { on: None }),
        "" | "-" | "0" | "k" | "ko" | "khong" | "chua" | "chua ky" | "chua dang ky" | "khong ky" | "false" => Said::No,
        _ => day(folded).map_or(Said::Unreadable, |day| Said::Yes(Mark { on: Some(day) })),
    }
}

/// "25/3/2026", "25-03-26", "25.3.2026", "2026-03-25", "ngày 25/3/2026", a serial of Excel.
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    let text = text.strip_prefix("ngay ").unwrap_or(text).trim();
    if let Ok(serial) = text.parse::<u64>() {
        // 1954 to 2064: anything else is no date but a number.
        return (20_000..60_000).contains(&serial).then(|| EXCEL_EPOCH.checked_add_days(Days::new(serial)))?;
    }
    let numbers: Vec<u32> = text.split(['/', '-', '.', ' ']).map(|part| part.parse().ok()).collect::<Option<_>>()?;
    match numbers[..] {
        [year, month, day] if year >= 1900 => ymd(year, month, day),
        [day, month, year] if year >= 1900 => ymd(year, month, day),
        [day, month, year] if year < 100 => ymd(2000 + year, month, day),
        _ => None,
    }
}

fn ymd(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

/// Day 0 of Excel, its leap day of 1900 counted.
const EXCEL_EPOCH: NaiveDate = match NaiveDate::from_ymd_opt(1899, 12, 30) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// Single spaces, no honorific. "Ông Lê" alone stays, since it would leave too little.
pub(super) fn head(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let honorific = words.first().is_some_and(|first| {
        matches!(first.to_lowercase().trim_end_matches([':', '.']), "ông" | "bà" | "anh" | "chị" | "ô" | "b" | "ông/bà")
    });
    let words = if honorific && words.len() > 2 { &words[1..] } else { &words[..] };
    words.join(" ").trim_matches([',', ';', '.', ' ']).to_owned()
}

/// Capital first letters, for names whose capitals were lost.
pub(super) fn titled(name: &str) -> String {
    let one = |word: &str| {
        let mut letters = word.chars();
        letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
    };
    name.split_whitespace().map(one).collect::<Vec<String>>().join(" ")
}

/// The first of several people in one cell, `None` when it is one.
pub(super) fn first_of_several(head: &str) -> Option<&str> {
    let ends = [",", ";", "&", "+", " và ", " VÀ ", " - ", "/"].iter().filter_map(|sign| head.find(sign));
    let first = head[..ends.min()?].trim();
    (!first.is_empty()).then_some(first)
}

/// `^[0-9A-Z-]{1,12}$`.
pub(super) fn is_code(code: &str) -> bool {
    (1..=12).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase() || b == b'-')
}

/// What the typed code would be in the letters that codes have; empty when nothing of it is left.
pub(super) fn as_code(text: &str) -> String {
    let letters = fold(text).to_ascii_uppercase();
    letters
        .chars()
        .map(|c| if matches!(c, '/' | '.' | '_') { '-' } else { c })
        .filter(|c| is_code(&c.to_string()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones() {
        let number = |text: &str| phone(text).map(|it| it.number);
        for text in [
            "0905123456",
            "905123456",
            "0905 123 456",
            "0905.123.456",
            "+84905123456",
            "84 905 123 456",
            "(0905) 123-456",
            "ĐT: 0905123456",
        ] {
            assert_eq!(number(text).as_deref(), Some("0905123456"), "{text}");
        }
        for text in
            ["0905123456 / 0914000111", "0905123456, 0914000111", "0905123456 0914000111", "905123456-914000111"]
        {
            let phone = phone(text).unwrap();
            assert!(phone.second, "{text}");
            assert_eq!(phone.number, "0905123456", "{text}");
        }
        assert_eq!(number("02973846123").as_deref(), Some("02973846123"));
        assert!(phone("905123456").unwrap().restored);
        for text in ["", "không có", "12345", "090512345678901", "x"] {
            assert_eq!(phone(text), None, "{text}");
        }
    }

    #[test]
    fn household_sizes() {
        for text in ["4", "04", "4 người", "4 NK", "4 nhân khẩu"] {
            assert_eq!(members(text), Members::Some(4), "{text}");
        }
        for text in ["0", "51", "400000"] {
            assert_eq!(members(text), Members::Outside, "{text}");
        }
        for text in ["", "bốn", "3+1", "4.5", "-4", "4 con"] {
            assert_eq!(members(text), Members::NotANumber, "{text}");
        }
    }

    #[test]
    fn marks_and_days() {
        let on = |d, m, y| Said::Yes(Mark { on: NaiveDate::from_ymd_opt(y, m, d) });
        for text in ["x", "X", "Có", "đã ký", "1", "✓"] {
            assert_eq!(mark(text), Said::Yes(Mark { on: None }), "{text}");
        }
        for text in ["", "-", "Chưa", "không", "0"] {
            assert_eq!(mark(text), Said::No, "{text}");
        }
        for text in ["25/3/2026", "25-03-26", "25.3.2026", "2026-03-25", "ngày 25/3/2026", "46106"] {
            assert_eq!(mark(text), on(25, 3, 2026), "{text}");
        }
        for text in ["31/2/2026", "hôm qua", "25/3", "7"] {
            assert_eq!(mark(text), Said::Unreadable, "{text}");
        }
    }

    #[test]
    fn names_and_codes() {
        assert_eq!(head(" Ông  Nguyễn Văn An "), "Nguyễn Văn An");
        assert_eq!(head("Bà Lê"), "Bà Lê");
        assert_eq!(first_of_several("Lê An, Lê Bình"), Some("Lê An"));
        assert_eq!(first_of_several("Lê An"), None);
        assert_eq!(titled("nguyễn thị đào"), "Nguyễn Thị Đào");
        assert!(is_code("07-0012") && !is_code("07.12") && !is_code("ĐB1") && !is_code(""));
        assert_eq!(as_code("07.đb 12"), "07-DB12");
    }
}
