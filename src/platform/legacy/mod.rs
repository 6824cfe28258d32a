//! Vietnamese text from before Unicode. In a spreadsheet it shows as odd Latin letters: TCVN3 (fonts named .Vn…) writes
//! "NguyÔn V¨n", VNI writes "Nguyeãn Vaên". Both hide inside well-formed Unicode strings, so only the spelling tells.
//!
//! The question is asked cell by cell, because one file may hold all of them, and answered with care: text that reads as
//! Vietnamese as it stands is left alone. Short words that read either way ("Vò") are decided by their column.

mod syllable;
mod tcvn3;
mod vni;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// An encoding that fonts, not letters, made readable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Legacy {
    /// TCVN 5712, known as ABC: fonts whose names begin with `.Vn`.
    Tcvn3,
    /// VNI-Windows: fonts whose names begin with `VNI-`.
    Vni,
}

/// Text as it should be, and what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mended {
    /// Composed Unicode (NFC).
    pub text: String,
    /// The encoding it was converted from, `None` when it was Unicode already.
    pub from: Option<Legacy>,
}

/// How a text reads as it stands.
enum Reading {
    /// Nothing to convert: ASCII only.
    Plain,
    /// Letters that no legacy font could show: surely Unicode.
    Unicode,
    /// Reads as Vietnamese, but could be legacy text too ("Vò" is "Vũ" in TCVN3).
    Either,
    /// Does not read as Vietnamese.
    Odd,
}

/// Decides on one text alone: converts only what does not read as Vietnamese before and does after.
#[must_use]
pub fn mend(text: &str) -> Mended {
    let text = composed(text);
    match reading(&text) {
        Reading::Odd => confident(&text).unwrap_or(Mended { text, from: None }),
        Reading::Plain | Reading::Unicode | Reading::Either => Mended { text, from: None },
    }
}

/// Decides on the texts of one column together: where most cells are surely legacy, those that read either way are taken
/// as legacy too.
#[must_use]
pub fn mend_column(texts: &[&str]) -> Vec<Mended> {
    let mut mended: Vec<Mended> = texts.iter().map(|text| mend(text)).collect();
    if let Some(winner) = vote(&mended) {
        follow(&mut mended, winner);
    }
    mended
}

/// Decides on the columns of one table. A column that cannot tell by itself (headings and a few notes) follows the table,
/// unless something in it is surely Unicode.
#[must_use]
pub fn mend_table(columns: &[Vec<&str>]) -> Vec<Vec<Mended>> {
    let mut table: Vec<Vec<Mended>> = columns.iter().map(|column| mend_column(column)).collect();
    let all: Vec<Mended> = table.iter().flatten().filter(|one| !one.text.is_ascii()).cloned().collect();
    if let Some(winner) = vote(&all) {
        let undecided = |column: &&mut Vec<Mended>| vote(column).is_none() && !column.iter().any(is_unicode);
        table.iter_mut().filter(undecided).for_each(|column| follow(column, winner));
    }
    table
}

/// Converts what may be `winner`'s and was left in doubt.
fn follow(mended: &mut [Mended], winner: Legacy) {
    for one in mended.iter_mut().filter(|one| one.from.is_none()) {
        if matches!(reading(&one.text), Reading::Either | Reading::Odd) {
            let converted = convert(&one.text, winner);
            if converted != one.text && mostly_syllables(&converted) {
                *one = Mended { text: converted, from: Some(winner) };
            }
        }
    }
}

/// The encoding of a column: at least two sure cells, and five times as many as are surely something else.
fn vote(mended: &[Mended]) -> Option<Legacy> {
    let sure = |legacy| mended.iter().filter(|one| one.from == Some(legacy)).count();
    let (tcvn3, vni) = (sure(Legacy::Tcvn3), sure(Legacy::Vni));
    let (winner, votes, other) = if tcvn3 >= vni { (Legacy::Tcvn3, tcvn3, vni) } else { (Legacy::Vni, vni, tcvn3) };
    let unicode = mended.iter().filter(|one| is_unicode(one)).count();
    (votes >= 2 && votes > 5 * (unicode + other)).then_some(winner)
}

fn is_unicode(one: &Mended) -> bool {
    one.from.is_none() && matches!(reading(&one.text), Reading::Unicode)
}

/// Whether every accented word of the text is spelled as Vietnamese words are.
#[must_use]
pub fn reads_as_vietnamese(text: &str) -> bool {
    words(text).filter(|word| !word.is_ascii()).all(syllable::is_one)
}

/// Composed letters (NFC), as everything is stored and compared.
#[must_use]
pub fn composed(text: &str) -> String {
    if text.is_ascii() { text.to_owned() } else { text.nfc().collect() }
}

fn reading(text: &str) -> Reading {
    if text.is_ascii() {
        Reading::Plain
    } else if text.chars().any(|c| c > '\u{ff}' && c.is_alphabetic()) {
        Reading::Unicode
    } else if reads_as_vietnamese(text) {
        Reading::Either
    } else {
        Reading::Odd
    }
}

/// Converts when exactly one encoding makes sense of the text; what both make sense of is left to the column.
fn confident(text: &str) -> Option<Mended> {
    let mut readings = [Legacy::Tcvn3, Legacy::Vni].into_iter().filter_map(|legacy| {
        let converted = convert(text, legacy);
        let proven = words(text).zip(words(&converted)).any(|(before, after)| proves(before, after));
        let whole = words(&converted).filter(|word| !word.is_ascii() && !alone(word)).all(syllable::is_one);
        (proven && whole).then_some(Mended { text: converted, from: Some(legacy) })
    });
    readings.next().filter(|_| readings.next().is_none())
}

/// One odd sign by itself (a middle dot, a half) says nothing, though some of them stand for letters.
fn alone(word: &str) -> bool {
    word.chars().count() == 1
}

fn proves(before: &str, after: &str) -> bool {
    before != after && !alone(before) && !syllable::is_one(before) && syllable::is_one(after)
}

fn mostly_syllables(text: &str) -> bool {
    let accented: Vec<&str> = words(text).filter(|word| !word.is_ascii()).collect();
    let good = accented.iter().filter(|word| syllable::is_one(word)).count();
    !accented.is_empty() && 2 * good > accented.len()
}

fn convert(text: &str, legacy: Legacy) -> String {
    match legacy {
        Legacy::Tcvn3 => tcvn3::decode(text),
        Legacy::Vni => vni::decode(text),
    }
}

/// Runs of letters. Everything above ASCII counts as a letter, since legacy letters look like `§`, `¬` and `×`.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| (c.is_ascii() && !c.is_ascii_alphabetic()) || c.is_whitespace())
        .filter(|word| !word.is_empty())
}

/// Writes as the old programs did, to have something to read back.
#[cfg(test)]
mod tests;
