//! Pure reading of one typed value.

use chrono::NaiveDate;
use std::ops::RangeInclusive;
use unicode_normalization::UnicodeNormalization;

/// What is wrong with a day.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum DayFault {
    Unreadable,
    /// Such a day does not exist: day, month, year as typed.
    NotInCalendar(u32, u32, i32),
    /// The year has fewer than four digits.
    ShortYear,
    /// The year is outside 1900 to 2100: a slip of the finger.
    FarYear(i32),
}

/// What is wrong with a whole number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WholeFault {
    Unreadable,
    Fraction,
    OutOfRange,
}

/// One line: composed letters, single blanks, nothing invisible. Line breaks become blanks.
pub(super) fn line(typed: &str) -> String {
    let seen: String = visible(typed).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect()
}

/// Several lines: like [`line`], but breaks and blanks stay; the ends are trimmed.
pub(super) fn lines(typed: &str) -> String {
    let unix = typed.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    let seen: String = visible(&unix).collect();
    seen.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim().nfc().collect()
}

/// Drops control characters (breaks and tabs aside) and what reorders or hides text. Joiners stay: emoji need them.
fn visible(typed: &str) -> impl Iterator<Item = char> {
    typed.chars().map(|c| if c == '\t' { ' ' } else { c }).filter(|&c| {
        let hidden = matches!(c, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{e0000}'..='\u{e007f}');
        !hidden && (!c.is_control() || c == '\n' || c == '\r')
    })
}

/// Reads a cleaned, non-empty line as a day.
pub(super) fn day(line: &str) -> Result<NaiveDate, DayFault> {
    let [first, second, third] = three_numbers(line).ok_or(DayFault::Unreadable)?;
    let (d, m, y) = if first.len() == 4 { (third, second, first) } else { (first, second, third) };
    if y.len() < 4 {
        return Err(DayFault::ShortYear);
    }
    let number = |digits: &str| digits.parse::<u32>().map_err(|_| DayFault::Unreadable);
    let (d, m, y) = (number(d)?, number(m)?, y.parse().map_err(|_| DayFault::Unreadable)?);
    if !(1900..=2100).contains(&y) {
        return Err(DayFault::FarYear(y));
    }
    NaiveDate::from_ymd_opt(y, m, d).ok_or(DayFault::NotInCalendar(d, m, y))
}

/// Three groups of digits with only the words and signs of a date between them.
fn three_numbers(line: &str) -> Option<[&str; 3]> {
    let between = |c: char| !c.is_ascii_digit();
    let signs = |text: &str, allowed: &[&str]| allowed.contains(&text.trim().to_lowercase().as_str());
    let groups: Vec<_> = line.split(between).filter(|group| !group.is_empty()).collect();
    let [first, second, third] = groups[..] else {
        return None;
    };
    if groups.iter().any(|group| group.len() > 4) || third.len() + first.len() > 6 {
        return None;
    }
    let mut rest = line.split(|c: char| c.is_ascii_digit()).filter(|sign| !sign.is_empty());
    let before = if line.starts_with(between) { rest.next()? } else { "" };
    let (month, year) = (rest.next()?, rest.next()?);
    let fits = signs(before, &["", "ngày", "ngay"])
        && signs(month, &["", "/", "-", ".", "tháng", "thang"])
        && signs(year, &["", "/", "-", ".", ",", "năm", "nam"])
        && rest.next().is_none();
    fits.then_some([first, second, third])
}

/// Reads a cleaned, non-empty line as a whole number; dots or blanks may stand between groups of three.
pub(super) fn whole(line: &str, range: &RangeInclusive<i64>) -> Result<i64, WholeFault> {
    let (minus, digits) = match line.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, line.strip_prefix('+').unwrap_or(line)),
    };
    if let Some((before, after)) = digits.split_once(',') {
        let numeric = |part: &str| part.chars().all(|c| c.is_ascii_digit() || c == '.');
        let fraction = !before.is_empty() && numeric(before) && numeric(after);
        return Err(if fraction { WholeFault::Fraction } else { WholeFault::Unreadable });
    }
    let joined = if digits.contains('.') { ungrouped(digits, '.')? } else { ungrouped(digits, ' ')? };
    // More digits than fit a number are surely outside every range.
    let size: i64 = joined.parse().map_err(|_| WholeFault::OutOfRange)?;
    let value = if minus { -size } else { size };
    if range.contains(&value) { Ok(value) } else { Err(WholeFault::OutOfRange) }
}

fn ungrouped(digits: &str, mark: char) -> Result<String, WholeFault> {
    let groups: Vec<_> = digits.split(mark).collect();
    if groups.iter().any(|group| group.is_empty() || !group.bytes().all(|b| b.is_ascii_digit())) {
        return Err(WholeFault::Unreadable);
    }
    let grouped = groups.len() == 1 || (groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3));
    match (grouped, mark) {
        (true, _) => Ok(groups.concat()),
        // 1.5 is how some keyboards write one and a half.
        (false, '.') if groups.len() == 2 => Err(WholeFault::Fraction),
        (false, _) => Err(WholeFault::Unreadable),
    }
}
