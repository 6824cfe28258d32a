//! Sheets that households sign: who stands on them, and what their QR symbols say.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;

use super::street::Choice;
use super::{Given, How, Tally, Why};
use crate::household::model::Address;
use crate::platform::id::{HouseholdId, UnitId};

/// A household as a sheet names it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Signer {
    /// The household.
    pub id: HouseholdId,
    /// "07-0123".
    pub code: String,
    /// Its head.
    pub head: String,
    /// Where it lives.
    pub address: Address,
    /// How many people.
    pub members: Option<i32>,
    /// When it signed.
    pub pledged_on: Option<NaiveDate>,
    /// Why not yet.
    pub why: Option<Why>,
}

/// A group in a year, with some of its households in walking order.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// The ward's code: "PL".
    pub ward_code: String,
    /// The group.
    pub group: UnitId,
    /// "07".
    pub code: String,
    /// "Tổ dân phố 7".
    pub name: String,
    /// "Tổ 7".
    pub short: String,
    /// The year.
    pub year: i32,
    /// Marks are written in the newest year alone.
    pub is_newest: bool,
    /// No mark is older than this.
    pub first_day: NaiveDate,
    /// The group's counts.
    pub tally: Tally,
    /// The households asked for.
    pub signers: Vec<Signer>,
    /// The groups that this seat may look at.
    pub groups: Vec<Choice>,
}

/// The household that a symbol leads to, in the year of the symbol.
#[derive(Debug, Clone)]
pub struct Scanned {
    /// The household.
    pub signer: Signer,
    /// Its group in that year.
    pub group: UnitId,
    /// "07".
    pub group_code: String,
    /// "Tổ dân phố 7".
    pub group_name: String,
    /// The year.
    pub year: i32,
    /// Marks are written in the newest year alone.
    pub is_newest: bool,
    /// Part of the whole; a household that left is not.
    pub counted: bool,
    /// Đăng ký.
    pub registered: Option<Given>,
    /// Ký cam kết.
    pub pledged: Option<Given>,
    /// Counts changes of its marks.
    pub revision: i32,
}

/// What stands in a symbol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    /// The ward's code.
    pub ward: String,
    /// The year.
    pub year: i32,
    /// The household's code.
    pub code: String,
}

impl Symbol {
    /// The text of a symbol. In capitals, because these and digits take half the room of other letters.
    #[must_use]
    pub fn text(&self, public_url: &str) -> String {
        format!("{public_url}/Q/{}/{}/{}", self.ward, self.year, self.code).to_uppercase()
    }

    /// Reads a text back, wherever the program lived when the sheet was printed; none when it is not one of ours.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim().to_uppercase();
        let (_, rest) = text.split_once("://")?.1.split_once("/Q/")?;
        let pieces: Vec<&str> = rest.split('/').collect();
        let [ward, year, code] = pieces[..] else { return None };
        Some(Self { ward: ward.to_owned(), year: year.parse().ok()?, code: code.to_owned() })
    }
}

/// What photographs show, apart by what can be done with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sorted {
    /// Codes of this ward and year, and whether the box beside one looks signed on any photograph.
    pub codes: BTreeMap<String, bool>,
    /// Symbols that are not ours.
    pub foreign: usize,
    /// Households of other wards.
    pub other_ward: usize,
    /// Sheets of other years.
    pub other_year: usize,
}

impl Sorted {
    /// Sorts what the symbols say.
    #[must_use]
    pub fn of(found: impl IntoIterator<Item = (String, bool)>, ward: &str, year: i32) -> Self {
        // A symbol on two photographs is one.
        let mut texts: BTreeMap<String, bool> = BTreeMap::new();
        for (text, looks_signed) in found {
            *texts.entry(text).or_default() |= looks_signed;
        }
        let mut sorted = Self::default();
        for (text, looks_signed) in texts {
            match Symbol::read(&text) {
                None => sorted.foreign += 1,
                Some(symbol) if symbol.ward != ward => sorted.other_ward += 1,
                Some(symbol) if symbol.year != year => sorted.other_year += 1,
                Some(symbol) => *sorted.codes.entry(symbol.code).or_default() |= looks_signed,
            }
        }
        sorted
    }
}

/// A mark as the database keeps it, in four columns.
pub(in crate::participation) fn given(
    on: Option<NaiveDate>,
    at: Option<DateTime<Utc>>,
    by: Option<String>,
    how: Option<String>,
) -> Option<Given> {
    let how: How = how?.parse().ok()?;
    Some(Given { on: on?, at: at?, by: by?, how })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn symbol(ward: &str, year: i32, code: &str) -> Symbol {
        Symbol { ward: ward.to_owned(), year, code: code.to_owned() }
    }

    #[test]
    fn a_symbol_is_read_back_wherever_the_program_lived() {
        let printed = symbol("PL", 2024, "07-0123").text("https://binhyen.example");
        assert_eq!(printed, "HTTPS://BINHYEN.EXAMPLE/Q/PL/2024/07-0123");
        assert_eq!(Symbol::read(&printed), Some(symbol("PL", 2024, "07-0123")));
        assert_eq!(Symbol::read("http://10.0.0.7:8390/q/pl/2024/07-0123"), Some(symbol("PL", 2024, "07-0123")));
        for other in ["", "07-0123", "HTTPS://ZALO.ME/G/ABC", "HTTPS://X/Q/PL/2024", "HTTPS://X/Q/PL/NAY/07-0123"] {
            assert_eq!(Symbol::read(other), None, "{other}");
        }
    }

    #[test]
    fn symbols_are_told_apart_and_a_signature_on_any_photograph_counts() {
        let text = |ward, year, code| symbol(ward, year, code).text("https://binhyen.example");
        let found = [
            (text("PL", 2024, "07-0001"), false),
            (text("PL", 2024, "07-0002"), false),
            (text("PL", 2024, "07-0001"), true),
            (text("PH", 2024, "07-0001"), true),
            (text("PL", 2023, "07-0001"), true),
            ("https://zalo.me/g/abc".to_owned(), true),
        ];
        let sorted = Sorted::of(found, "PL", 2024);
        assert_eq!((sorted.foreign, sorted.other_ward, sorted.other_year), (1, 1, 1));
        let codes: Vec<_> = sorted.codes.iter().map(|(code, signed)| (code.as_str(), *signed)).collect();
        assert_eq!(codes, [("07-0001", true), ("07-0002", false)]);
    }
}
