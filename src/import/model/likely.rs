//! Households of the register that a draft is likely to be, though it is spelled differently.

use std::collections::HashMap;

use super::draft::Draft;
use crate::platform::fold::fold;

/// Below this a likeness is not worth a person's look.
const WORTH_SHOWING: u8 = 50;
/// Keys that fit more households than this say nothing ("Nguyễn Văn An" in a whole city).
const MOST_OF_ONE_KEY: usize = 200;

/// A household of the register, as far as likeness needs it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KnownHousehold {
    /// Its code.
    pub code: Option<String>,
    /// Code of its group.
    pub group: String,
    /// The head's name.
    pub head: String,
    /// House number.
    pub number: String,
    /// Alley.
    pub alley: String,
    /// Street.
    pub street: String,
    /// Phone.
    pub phone: Option<String>,
}

/// Why two are likely the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The same code.
    Code,
    /// The same phone.
    Phone,
    /// The same head, marks and case aside, at the same address.
    HeadAndAddress,
    /// Nearly the same head at the same house number.
    NearHead,
    /// The same head elsewhere.
    Head,
}

/// A household of the register that the draft may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Its place in the list that the register was made of.
    pub household: usize,
    /// The strongest reason.
    pub why: Why,
    /// How likely, to 100.
    pub score: u8,
}

/// The households of the register, found by what does not change: so a file of 10,000 rows is compared at once.
#[derive(Debug)]
pub struct Register<'a> {
    households: &'a [KnownHousehold],
    folded: Vec<(String, String)>,
    codes: HashMap<&'a str, Vec<usize>>,
    phones: HashMap<&'a str, Vec<usize>>,
    heads: HashMap<String, Vec<usize>>,
    houses: HashMap<String, Vec<usize>>,
}

impl<'a> Register<'a> {
    /// Folds every name once.
    #[must_use]
    pub fn new(households: &'a [KnownHousehold]) -> Self {
        let folded = households.iter().map(|one| (fold(&one.head), address(&one.number, &one.alley, &one.street)));
        let mut register = Self {
            households,
            folded: folded.collect(),
            codes: HashMap::new(),
            phones: HashMap::new(),
            heads: HashMap::new(),
            houses: HashMap::new(),
        };
        for (at, one) in households.iter().enumerate() {
            if let Some(code) = &one.code {
                register.codes.entry(code).or_default().push(at);
            }
            if let Some(phone) = &one.phone {
                register.phones.entry(phone).or_default().push(at);
            }
            register.heads.entry(register.folded[at].0.clone()).or_default().push(at);
            if !one.number.is_empty() {
                register.houses.entry(house(&one.number, &one.street)).or_default().push(at);
            }
        }
        register
    }

    /// Likely ones, the likeliest first, each once.
    #[must_use]
    pub fn likely_same(&self, draft: &Draft) -> Vec<Match> {
        let head = fold(&draft.head);
        let mut found = vec![];
        let mut add = |household, why, score| found.push(Match { household, why, score });
        for at in places(&self.codes, draft.code.as_deref()) {
            add(*at, Why::Code, 100);
        }
        for at in places(&self.phones, draft.phone.as_deref()) {
            // A phone is lent to neighbours who have none, so the name counts too.
            let score = if near(&self.folded[*at].0, &head) { 95 } else { 60 };
            add(*at, Why::Phone, score);
        }
        let address = address(&draft.number, &draft.alley, &draft.street);
        for at in places(&self.heads, Some(head.as_str()).filter(|head| !head.is_empty())) {
            let same_group = draft.group.as_deref() == Some(self.households[*at].group.as_str());
            match self.folded[*at].1 == address {
                true if !address.is_empty() => add(*at, Why::HeadAndAddress, 97),
                _ if same_group => add(*at, Why::Head, 65),
                _ => add(*at, Why::Head, 50),
            }
        }
        let house = house(&draft.number, &draft.street);
        for at in places(&self.houses, Some(house.as_str()).filter(|_| !draft.number.is_empty())) {
            if self.folded[*at].0 != head && near(&self.folded[*at].0, &head) {
                add(*at, Why::NearHead, 85);
            }
        }
        best_of_each(found)
    }
}

fn places<'m>(
    keys: &'m HashMap<impl std::borrow::Borrow<str> + Eq + std::hash::Hash, Vec<usize>>,
    key: Option<&str>,
) -> &'m [usize] {
    match key.and_then(|key| keys.get(key)) {
        Some(places) if places.len() <= MOST_OF_ONE_KEY => places,
        _ => &[],
    }
}

fn best_of_each(mut found: Vec<Match>) -> Vec<Match> {
    found.retain(|one| one.score >= WORTH_SHOWING);
    found.sort_by(|a, b| b.score.cmp(&a.score).then(a.household.cmp(&b.household)));
    let mut seen = std::collections::HashSet::new();
    found.retain(|one| seen.insert(one.household));
    found
}

fn house(number: &str, street: &str) -> String {
    format!("{}|{}", fold(number), fold(street))
}

fn address(number: &str, alley: &str, street: &str) -> String {
    fold(&format!("{number} {alley} {street}"))
}

/// At most two letters differ, in names long enough for that to mean little.
fn near(a: &str, b: &str) -> bool {
    let longest = a.len().max(b.len());
    let allowed = if longest >= 10 { 2 } else { 1 };
    // Each change touches at most two kinds of letters, so most pairs are told apart without measuring.
    longest >= 5
        && a.len().abs_diff(b.len()) <= allowed
        && (kinds(a) ^ kinds(b)).count_ones() as usize <= 2 * allowed
        && distance(a.as_bytes(), b.as_bytes()) <= allowed
}

/// Which letters occur. Folded names are ASCII, but for the odd foreign letter.
fn kinds(text: &str) -> u32 {
    text.bytes().fold(0, |kinds, letter| kinds | 1 << (letter % 32))
}

/// How many letters must be put in, taken out or changed.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut before = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let change = before + usize::from(x != y);
            before = row[j + 1];
            row[j + 1] = change.min(before + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
