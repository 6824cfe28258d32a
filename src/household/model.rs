//! A household as the register keeps it: the least that the programme needs (Luật 91/2025/QH15), and what is made from it for
//! search and order.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::access::{Place, words};
use crate::platform::fold::fold;
use crate::platform::id::{BatchId, HouseholdId, UnitId};

/// The longest name of a head, in characters.
pub const HEAD_MAX: usize = 120;
/// The longest house number.
pub const HOUSE_MAX: usize = 30;
/// The longest name of an alley.
pub const ALLEY_MAX: usize = 60;
/// The longest name of a street.
pub const STREET_MAX: usize = 80;
/// The longest note.
pub const NOTE_MAX: usize = 300;
/// The most members of one household; more is a slip of the finger.
pub const MEMBERS_MAX: i64 = 50;

/// Where a household lives, in the three pieces by which a street is walked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Address {
    /// "14/2".
    pub house: String,
    /// "24", as in "hẻm 24"; empty on the street itself.
    pub alley: String,
    /// "Dã Tượng".
    pub street: String,
}

/// What a person writes of a household.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// The head's name.
    pub head: String,
    /// Where it lives.
    pub address: Address,
    /// How many people, if known.
    pub members: Option<i32>,
    /// Digits with the leading 0.
    pub phone: Option<String>,
    /// Anything that helps at the door; never what the law keeps out.
    pub note: Option<String>,
}

/// Whether it lives here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Đang ở.
    Resident,
    /// Đã chuyển đi.
    Moved,
    /// Không còn là một hộ: nhập vào hộ khác, hoặc không còn ai.
    Dissolved,
}

/// A household of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Household {
    /// Its id.
    pub id: HouseholdId,
    /// The city.
    pub city: UnitId,
    /// The ward.
    pub ward: UnitId,
    /// The group it lives in, or lived in last.
    pub group: UnitId,
    /// "07-0123"; it stays for life.
    pub code: String,
    /// What is written of it.
    pub facts: Facts,
    /// Whether it lives here.
    pub status: Status,
    /// Since when.
    pub since: NaiveDate,
    /// The last day.
    pub ended_on: Option<NaiveDate>,
    /// The import that made it.
    pub batch: Option<BatchId>,
    /// Counts changes; a form carries the one it was drawn from.
    pub revision: i32,
    /// When name and address were taken out.
    pub anonymised_at: Option<DateTime<Utc>>,
}

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// Down the street, odd and even side apart.
    #[default]
    Walk,
    /// By given name, as people are called.
    Given,
    /// By family name.
    Family,
}

/// How a household stopped living where it lived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// It moved out of the ward.
    Moved,
    /// It is no household any more.
    Dissolved,
}

words!(Status { Resident = "resident", Moved = "moved", Dissolved = "dissolved" });
words!(End { Moved = "moved", Dissolved = "dissolved" });
words!(Order { Walk = "nha", Given = "ten", Family = "ho" });

mod view;

pub use view::{Listing, Sieve, View, Within};

impl From<End> for Status {
    fn from(end: End) -> Self {
        match end {
            End::Moved => Self::Moved,
            End::Dissolved => Self::Dissolved,
        }
    }
}

impl Household {
    /// Where it belongs.
    #[must_use]
    pub const fn place(&self) -> Place {
        Place { city: self.city, ward: self.ward, group: Some(self.group) }
    }

    /// Whether name and address were taken out of it.
    #[must_use]
    pub const fn is_anonymous(&self) -> bool {
        self.anonymised_at.is_some()
    }
}

impl std::fmt::Display for Address {
    /// "14/2 hẻm 24 Dã Tượng"; pieces that are not known are left out.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let alley = if self.alley.is_empty() { String::new() } else { format!("hẻm {}", self.alley) };
        let pieces = [self.house.as_str(), alley.as_str(), self.street.as_str()];
        f.write_str(&pieces.into_iter().filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join(" "))
    }
}

/// The side of a street: people walk one side up and the other one down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// In an alley, or where the number does not tell.
    Whole,
    /// Số lẻ.
    Odd,
    /// Số chẵn.
    Even,
}

impl Address {
    /// From three pieces as people write them: "Hẻm 24" is alley "24", "đường Dã Tượng" is "Dã Tượng"; the words come back when the
    /// address is read.
    #[must_use]
    pub fn written(house: &str, alley: &str, street: &str) -> Self {
        let alley = without(alley, &["hem", "ngo", "kiet", "ngach"]).to_owned();
        Self { house: house.to_owned(), alley, street: without(street, &["duong"]).to_owned() }
    }

    /// The side of the street; alleys are too narrow to have two.
    #[must_use]
    pub fn side(&self) -> Side {
        let digits: String =
            self.house.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
        match digits.bytes().last().filter(|_| self.alley.is_empty()) {
            None => Side::Whole,
            Some(last) if (last - b'0').is_multiple_of(2) => Side::Even,
            Some(_) => Side::Odd,
        }
    }

    /// Sorts addresses as feet go: street, alley, side, then numbers by their size ("9" before "10", "14" before "14/2").
    #[must_use]
    pub fn walk(&self) -> String {
        let side = self.side() as u8;
        // A tab is below every letter and digit: the street itself comes before its alleys, and "Lê" before "Lê Lợi".
        format!("{}\t{}\t{side}\t{}", fold(&self.street), padded(&fold(&self.alley)), padded(&fold(&self.house)))
    }

    /// Whether the next door belongs to the same stretch of the walk.
    #[must_use]
    pub fn is_same_stretch(&self, other: &Self) -> bool {
        let stretch = |it: &Self| (fold(&it.street), fold(&it.alley), it.side());
        stretch(self) == stretch(other)
    }
}

/// The text without one of these (folded) words in front of it.
fn without<'t>(text: &'t str, words: &[&str]) -> &'t str {
    match text.split_once(' ') {
        Some((first, rest)) if words.contains(&fold(first).as_str()) => rest,
        _ => text,
    }
}

/// Whether a note holds what no register may: nine or twelve digits in a row are the number of an identity card, while telephones
/// have ten or eleven.
#[must_use]
pub fn holds_identity_number(note: &str) -> bool {
    note.split(|c: char| !c.is_ascii_digit()).any(|digits| [9, 12].contains(&digits.len()))
}

/// Numbers inside a text filled up to six digits, so that text order is number order.
fn padded(text: &str) -> String {
    let mut out = String::new();
    let mut digits = String::new();
    for letter in text.chars().chain(['\0']) {
        if letter.is_ascii_digit() {
            digits.push(letter);
            continue;
        }
        if !digits.is_empty() {
            out.push_str(&format!("{:0>6}", digits.trim_start_matches('0')));
            digits.clear();
        }
        if letter != '\0' {
            out.push(letter);
        }
    }
    out
}

/// What the database keeps beside a household, made from it alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keys {
    /// Folded words of everything that is looked for, each after a space; a phone ends with `$`, so that its tail can be found.
    pub search: String,
    /// "Lựu Trần Văn".
    pub by_given: String,
    /// See [`Address::walk`].
    pub walk: String,
}

impl Facts {
    /// The keys of a household with that code.
    #[must_use]
    pub fn keys(&self, code: &str) -> Keys {
        let phone = self.phone.as_deref().map_or_else(String::new, |phone| format!("{phone}$"));
        let number = code.rsplit('-').next().unwrap_or(code);
        let all = [&self.head, &self.address.to_string(), &phone, code, number].join(" ");
        Keys { search: format!(" {}", fold(&all)), by_given: given_first(&self.head), walk: self.address.walk() }
    }
}

/// "Trần Văn Lựu" as "Lựu Trần Văn": people are called, and lists are sorted, by the given name.
fn given_first(head: &str) -> String {
    match head.trim().rsplit_once(' ') {
        Some((rest, given)) => format!("{given} {rest}"),
        None => head.trim().to_owned(),
    }
}

/// What is looked for: words in any order, parts of words, a house number, the end of a phone number, "tổ 7".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// At most [`Query::WORDS`] needles; each word is found by one or the other.
    pub needles: Vec<(String, String)>,
    /// The number of a group, from "tổ 7".
    pub group: Option<i32>,
}

impl Query {
    /// How many words are looked for; the statement has room for so many, and nobody types more about a neighbour.
    pub const WORDS: usize = 5;

    /// Reads what a person typed.
    #[must_use]
    pub fn read(typed: &str) -> Self {
        let folded = fold(&typed.replace([',', ';', '"', '“', '”', '$'], " "));
        let mut words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
        let group = take_group(&mut words);
        // The longest words tell the most.
        words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
        words.truncate(Self::WORDS);
        Self { needles: words.into_iter().map(needle).collect(), group }
    }

    /// Whether everything fits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.needles.is_empty() && self.group.is_none()
    }

    /// The needles of the statement: an empty one is found everywhere.
    #[must_use]
    pub fn columns(&self) -> (Vec<String>, Vec<String>) {
        let mut both = self.needles.clone();
        both.resize(Self::WORDS, (String::new(), String::new()));
        both.into_iter().unzip()
    }
}

/// A number begins a word (house 12 is not house 212), or ends a phone; letters may stand anywhere.
fn needle(word: &str) -> (String, String) {
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        return (word.to_owned(), word.to_owned());
    }
    let begins = format!(" {word}");
    let is_tail = word.len() >= 3 && word.bytes().all(|c| c.is_ascii_digit());
    let other = if is_tail { format!("{word}$") } else { begins.clone() };
    (begins, other)
}

/// Takes "to 7", "tdp 07", "to dan pho 7" out of the words.
fn take_group(words: &mut Vec<&str>) -> Option<i32> {
    for (place, word) in words.iter().enumerate() {
        let length = match (*word, words.get(place + 1), words.get(place + 2)) {
            ("to", Some(&"dan"), Some(&"pho")) => 3,
            ("to" | "tdp", ..) => 1,
            _ => continue,
        };
        if let Some(number) = words.get(place + length).and_then(|number| number.parse().ok()) {
            words.drain(place..=place + length);
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests;
