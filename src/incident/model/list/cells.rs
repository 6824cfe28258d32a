//! What one cell of a list says.

use chrono::NaiveDate;

use super::{Fault, Known};
use crate::incident::model::{Group, MOST};
use crate::platform::fold::fold;
use crate::ruleset::{Gravity, IncidentType};

/// Folded, without the signs between words.
pub(super) fn words(text: &str) -> String {
    let letters: String = fold(text).chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(super) fn has_digit(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
}

/// "Tổng cộng", "Cộng", at the foot of a table.
pub(super) fn is_total(cells: &[String]) -> bool {
    let first = cells.iter().find(|cell| !cell.is_empty()).map(|cell| words(cell)).unwrap_or_default();
    ["tong", "cong", "tong so", "tong cong", "toan phuong"].contains(&first.as_str())
}

/// The code of a type by its title or code, without marks; a part of a title will do where only one title has it.
pub(super) fn kind<'k>(text: &str, known: &Known<'k>) -> Result<&'k str, Fault> {
    let typed = words(text);
    if typed.is_empty() {
        return Err(Fault::KindMissing);
    }
    let exact = known.kinds.iter().find(|kind| words(&kind.title) == typed || words(&kind.code) == typed);
    if let Some(kind) = exact {
        return Ok(&kind.code);
    }
    let part = |title: &str| typed.len() >= 4 && title.contains(&typed) || typed.contains(title);
    let fitting: Vec<&IncidentType> = known.kinds.iter().filter(|kind| part(&words(&kind.title))).collect();
    match fitting.as_slice() {
        [kind] => Ok(&kind.code),
        [] => Err(Fault::KindUnknown),
        [one, other, ..] => Err(Fault::KindOneOf(one.title.clone(), other.title.clone())),
    }
}

/// A group by its number or name; nothing for what lies in the ward and in no group.
pub(super) fn group<'k>(text: &str, known: &Known<'k>) -> Result<Option<&'k Group>, Fault> {
    let typed = words(text);
    if typed.is_empty() {
        return Err(Fault::GroupMissing);
    }
    if ["phuong", "ca phuong", "khong", "khong thuoc to", "khong thuoc to nao"].contains(&typed.as_str()) {
        return Ok(None);
    }
    let named = known.groups.iter().find(|group| words(&group.name) == typed || words(&group.short) == typed);
    let digits = |text: &str| text.split(|c: char| !c.is_ascii_digit()).filter(|it| !it.is_empty()).count() == 1;
    let number = || {
        let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
        digits.parse::<i32>().ok()
    };
    let numbered = || {
        let number = digits(&typed).then(number).flatten()?;
        known.groups.iter().find(|group| group.ordinal == number)
    };
    named.or_else(numbered).map(Some).ok_or(Fault::GroupUnknown)
}

/// A whole number, "12" or "12 vụ"; nothing for 0 and for a dash.
pub(super) fn number(text: &str) -> Result<Option<i32>, Fault> {
    let typed = text.trim().trim_end_matches("vụ").trim_end();
    match typed {
        "" => Err(Fault::NumberMissing),
        "-" | "–" | "—" => Ok(None),
        digits => match digits.parse::<i32>() {
            Ok(0) => Ok(None),
            Ok(n) if (1..=MOST).contains(&i64::from(n)) => Ok(Some(n)),
            _ => Err(Fault::NumberUnreadable),
        },
    }
}

/// 5/3/2023, 5-3-2023, 5.3.2023 or 2023-03-05.
pub(super) fn day(text: &str) -> Result<NaiveDate, Fault> {
    let parts: Vec<&str> = text.trim().split(['/', '-', '.']).collect();
    let [first, second, third] = parts[..] else { return Err(Fault::DayUnreadable) };
    let (d, y) = if first.len() == 4 { (third, first) } else { (first, third) };
    let read = || NaiveDate::from_ymd_opt(y.parse().ok()?, second.parse().ok()?, d.parse().ok()?);
    read().filter(|_| y.len() == 4).ok_or(Fault::DayUnreadable)
}

/// Nothing is ordinary; what is grave says so.
pub(super) fn gravity(text: &str) -> Result<Gravity, Fault> {
    match words(text).as_str() {
        "" | "thuong" | "binh thuong" | "it nghiem trong" | "khong nghiem trong" => Ok(Gravity::Ordinary),
        "nghiem trong" | "rat nghiem trong" | "dac biet nghiem trong" | "cao" | "nt" => Ok(Gravity::High),
        _ => Err(Fault::GravityUnknown),
    }
}
