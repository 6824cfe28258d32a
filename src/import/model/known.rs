//! What the ward knows before it looks at the file: its groups, and the day.

use chrono::NaiveDate;

use crate::platform::fold::fold;

/// A residential group of the ward.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownGroup {
    /// Its code: `07`.
    pub code: String,
    /// Its number, where it has one.
    pub ordinal: Option<u32>,
    /// Its names, today's and former ones.
    pub names: Vec<String>,
}

/// What a file is read against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The groups of the ward.
    pub groups: Vec<KnownGroup>,
    /// The code of the group that the file is meant for; `None` when it is for the whole ward.
    pub meant_for: Option<String>,
    /// The day on which it is read: nobody pledged after it.
    pub today: NaiveDate,
    /// First and last day on which registrations and pledges of the cycle lie.
    pub period: Option<(NaiveDate, NaiveDate)>,
}

/// A group that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Named {
    /// One of the ward, by its code.
    Known(String),
    /// None that the ward has, as it was written.
    Unknown(String),
}

impl Known {
    /// The group that a cell of a group column names: "7", "07", "Tổ 7", "TDP số 07" or a name.
    pub(super) fn in_cell(&self, text: &str) -> Option<Named> {
        if text.trim().is_empty() {
            return None;
        }
        Some(self.by_code(text).or_else(|| self.in_text(text)).unwrap_or_else(|| Named::Unknown(text.to_owned())))
    }

    /// The one group that a title, a sheet's name or a line between the rows names.
    pub(super) fn in_text(&self, text: &str) -> Option<Named> {
        let folded = fold(text);
        let by_name = |group: &&KnownGroup| group.names.iter().any(|name| fold(name) == folded);
        if let Some(group) = self.groups.iter().find(by_name) {
            return Some(Named::Known(group.code.clone()));
        }
        let mut numbers = numbers_after_group_words(&folded);
        numbers.dedup();
        match numbers.as_slice() {
            [number] => Some(self.by_number(*number, text)),
            _ => None,
        }
    }

    fn by_code(&self, text: &str) -> Option<Named> {
        let text = text.trim();
        if let Some(group) = self.groups.iter().find(|group| group.code.eq_ignore_ascii_case(text)) {
            return Some(Named::Known(group.code.clone()));
        }
        text.parse().ok().map(|number| self.by_number(number, text))
    }

    fn by_number(&self, number: u32, text: &str) -> Named {
        let same = |group: &&KnownGroup| {
            group.ordinal == Some(number) || group.ordinal.is_none() && group.code.parse() == Ok(number)
        };
        match self.groups.iter().find(same) {
            Some(group) => Named::Known(group.code.clone()),
            None => Named::Unknown(text.to_owned()),
        }
    }
}

/// The numbers that follow "tổ", "tổ dân phố", "TDP" or "khu phố", also without a space: "TDP07".
fn numbers_after_group_words(folded: &str) -> Vec<u32> {
    let spaced: String = folded.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut numbers = vec![];
    for (at, word) in words.iter().enumerate() {
        let glued: Option<u32> = ["tdp", "to", "kp"].iter().find_map(|start| word.strip_prefix(start)?.parse().ok());
        let after = match words[at..] {
            ["to", "dan", "pho", "so", number, ..] | ["to", "dan", "pho", number, ..] => number.parse().ok(),
            ["khu", "pho", "so", number, ..] | ["khu", "pho", number, ..] => number.parse().ok(),
            ["to" | "tdp" | "kp", "so", number, ..] | ["to" | "tdp" | "kp", number, ..] => number.parse().ok(),
            _ => None,
        };
        numbers.extend(glued.or(after));
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ward() -> Known {
        let group = |n: u32| KnownGroup {
            code: format!("{n:02}"),
            ordinal: Some(n),
            names: vec![format!("Tổ dân phố {n}"), format!("Xóm {n}")],
        };
        Known {
            groups: (1..=24).map(group).collect(),
            meant_for: None,
            today: NaiveDate::from_ymd_opt(2026, 3, 25).unwrap(),
            period: None,
        }
    }

    #[test]
    fn groups_are_named_in_many_ways() {
        let seven = Some(Named::Known("07".to_owned()));
        for text in [
            "Tổ 7",
            "TDP 07",
            "TDP07",
            "DANH SÁCH HỘ TỔ DÂN PHỐ 7",
            "Tổ dân phố số 07",
            "tổ: 7",
            "Xóm 7",
            "DS hộ Tổ-7 (2026)",
        ] {
            assert_eq!(ward().in_text(text), seven, "{text}");
        }
        for text in ["7", "07", "Tổ 7"] {
            assert_eq!(ward().in_cell(text), seven, "{text}");
        }
        assert_eq!(ward().in_text("Tổ 7 và Tổ 8"), None);
        assert_eq!(ward().in_text("Sheet1"), None);
        assert_eq!(ward().in_text("Tổ 99"), Some(Named::Unknown("Tổ 99".to_owned())));
        assert_eq!(ward().in_cell("Xóm Chùa"), Some(Named::Unknown("Xóm Chùa".to_owned())));
        assert_eq!(ward().in_cell(" "), None);
    }
}
