//! A telephone number, as people type it and as the database keeps it.

use std::fmt;
use std::str::FromStr;

/// Digits only, with the leading 0: "0900000207". Its `Debug` shows nothing, so that no log can hold it.
#[derive(Clone, PartialEq, Eq)]
pub struct Phone(String);

/// What was typed is not a Vietnamese telephone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a telephone number")]
pub struct NotAPhone;

impl Phone {
    /// As the database keeps it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As people read it: "0900 000 207".
    #[must_use]
    pub fn spaced(&self) -> String {
        spaced(&self.0)
    }
}

/// Digits in groups of four, three and the rest; what is no number stays as it is.
#[must_use]
pub fn spaced(digits: &str) -> String {
    match (digits.get(..4), digits.get(4..7), digits.get(7..)) {
        (Some(first), Some(second), Some(rest)) if !rest.is_empty() => format!("{first} {second} {rest}"),
        _ => digits.to_owned(),
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Phone(…)")
    }
}

impl FromStr for Phone {
    type Err = NotAPhone;

    /// Takes blanks, dots, hyphens and brackets, +84, 0084 and 84 for the leading 0, and full-width digits.
    fn from_str(typed: &str) -> Result<Self, NotAPhone> {
        use unicode_normalization::UnicodeNormalization;
        let plain: String = typed
            .nfkc()
            .filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-' | '(' | ')' | '\u{2010}'..='\u{2015}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'))
            .collect();
        let digits = match plain.strip_prefix("+84").or_else(|| plain.strip_prefix("0084")) {
            Some(rest) => format!("0{}", rest.trim_start_matches('0')),
            None if plain.starts_with("84") && (11..=12).contains(&plain.len()) => format!("0{}", &plain[2..]),
            None => plain,
        };
        let fits =
            digits.starts_with('0') && (10..=11).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        if fits { Ok(Self(digits)) } else { Err(NotAPhone) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_writing_gives_the_same_digits() {
        for typed in [
            "0900000207",
            "0900 000 207",
            "0900.000.207",
            " 0900-000-207 ",
            "(0900) 000 207",
            "+84900000207",
            "+84 900 000 207",
            "+84 (0)900 000 207",
            "0084900000207",
            "84900000207",
            "０９００ ０００ ２０７",
            "0900\u{a0}000\u{a0}207",
            "\u{202d}0900000207\u{202c}",
        ] {
            assert_eq!(typed.parse::<Phone>().as_ref().map(Phone::as_str), Ok("0900000207"), "{typed}");
        }
        // A fixed line of Khánh Hòa, eleven digits.
        assert_eq!("0258 3822 222".parse::<Phone>().map(|phone| phone.as_str().len()), Ok(11));
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for typed in [
            "",
            "900000207",
            "090000020",
            "090000020777",
            "09000O0207",
            "bình yên",
            "+85 900 000 207",
            "0900 000 207 máy 2",
            "0900;drop",
        ] {
            assert_eq!(typed.parse::<Phone>(), Err(NotAPhone), "{typed}");
        }
    }

    #[test]
    fn it_is_read_in_groups_and_never_logged() {
        let phone: Phone = "+84900000207".parse().unwrap();
        assert_eq!(phone.spaced(), "0900 000 207");
        assert_eq!(format!("{phone:?}"), "Phone(…)");
        assert_eq!(spaced("09"), "09");
    }
}
