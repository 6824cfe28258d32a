//! Finds the row that heads the table, under whatever titles stand above it.

use std::collections::BTreeSet;

use super::meaning::Meaning;
use super::rows::Line;

/// Titles take a few rows; a header below these is none.
const SEARCHED: usize = 40;
/// Fewer columns with a meaning make no household list.
const FEWEST: usize = 2;

/// A header, as places in the list of lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    /// Where it begins.
    pub(super) first: usize,
    /// Where the households begin.
    pub(super) data: usize,
    /// Heading and meaning, column by column.
    pub(super) columns: Vec<(String, Option<Meaning>)>,
}

/// The best row among the first ones; of equals the first.
pub(super) fn find(lines: &[Line]) -> Option<Header> {
    let mut best: Option<(usize, usize)> = None;
    for (at, line) in lines.iter().enumerate().take(SEARCHED) {
        let score = score(line);
        if score >= FEWEST && best.is_none_or(|(_, highest)| score > highest) {
            best = Some((at, score));
        }
    }
    best.map(|(at, _)| of(lines, at))
}

/// The header that begins at a line, be it found or pointed at by a person.
pub(super) fn of(lines: &[Line], first: usize) -> Header {
    let upper = &lines[first];
    let lower = lines.get(first + 1).filter(|lower| continues(upper, lower));
    let width = upper.width().max(lower.map_or(0, Line::width));
    let heading = |column: usize| {
        let above = upper.text(column);
        let below = lower.map_or("", |lower| lower.text(column));
        match Meaning::of(below) {
            Some(meaning) => (below.to_owned(), Some(meaning)),
            None if above.is_empty() => (below.to_owned(), None),
            None => (above.to_owned(), Meaning::of(above)),
        }
    };
    let columns = (0..width).map(heading).collect();
    let mut data = first + 1 + usize::from(lower.is_some());
    data += usize::from(lines.get(data).is_some_and(numbers_columns));
    Header { first, data, columns }
}

/// How many meanings a row names. A name of the head must be among them, so that a summary table is not taken for a list.
fn score(line: &Line) -> usize {
    let meanings: BTreeSet<Meaning> = line.texts().filter_map(Meaning::of).collect();
    let names = [Meaning::Head, Meaning::GivenName, Meaning::FamilyName];
    if names.iter().any(|name| meanings.contains(name)) { meanings.len() } else { 0 }
}

/// A second line of headings: no numbers, and most of it is headings or repeats what is merged from above.
fn continues(upper: &Line, lower: &Line) -> bool {
    if lower.number > upper.number + 1 || lower.texts().any(|text| text.starts_with(|c: char| c.is_ascii_digit())) {
        return false;
    }
    let (mut fitting, mut fresh, mut all) = (0, 0, 0);
    for column in 0..lower.width() {
        let (above, below) = (upper.text(column), lower.text(column));
        if below.is_empty() {
            continue;
        }
        all += 1;
        let heads = Meaning::of(below).is_some();
        fitting += usize::from(heads || below == above);
        fresh += usize::from(heads && below != above);
    }
    fresh > 0 && 2 * fitting > all
}

/// "(1) (2) (3)" or "A B 1 2" under the headings.
fn numbers_columns(line: &Line) -> bool {
    let short = |text: &str| {
        let inner = text.trim_matches(['(', ')', '[', ']']);
        let number = inner.len() <= 2 && !inner.is_empty() && inner.bytes().all(|b| b.is_ascii_digit());
        number || inner.len() == 1 && inner.bytes().all(|b| b.is_ascii_alphabetic())
    };
    line.texts().count() >= 3 && line.texts().all(short)
}

/// Whether a line repeats the headings, as at the top of every printed page. Asked of every line, so it does not fold.
pub(super) fn repeats(line: &Line, header: &Header) -> bool {
    let same = |(at, (heading, _)): &(usize, &(String, Option<Meaning>))| {
        let text = line.text(*at);
        !heading.is_empty() && text.len() == heading.len() && text.to_lowercase() == heading.to_lowercase()
    };
    header.columns.iter().enumerate().filter(same).count() >= FEWEST
}
