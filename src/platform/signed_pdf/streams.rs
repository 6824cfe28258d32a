//! The streams in which newer programs write their tables and objects (ISO 32000-1, 7.5.7 and 7.5.8).

use std::io::Read;

use flate2::read::ZlibDecoder;

use super::objects::{Place, Row};
use super::value::{Dict, Value};

/// The most that one stream may become.
const LARGEST: u64 = 2 * 1024 * 1024;
/// The widest row of a table.
const WIDEST: usize = 24;

/// The data of a stream, given everything behind the word `stream`. None for a filter that no program uses here.
pub(super) fn decoded(dict: &Dict, behind: &[u8]) -> Option<Vec<u8>> {
    let data = behind.strip_prefix(b"\r\n").or_else(|| behind.strip_prefix(b"\n"))?;
    let plain = match only(dict.get("Filter"))? {
        None => data.get(..dict.get("Length")?.count()?)?.to_vec(),
        Some(Value::Name(name)) if name == b"FlateDecode" => inflated(data)?,
        Some(_) => return None,
    };
    match only(dict.get("DecodeParms"))? {
        None => Some(plain),
        Some(Value::Dict(how)) => unpredicted(how, plain),
        Some(_) => None,
    }
}

/// An entry, or the one that its array holds.
#[expect(clippy::option_option, reason = "no entry is right, two are not")]
fn only(entry: Option<&Value>) -> Option<Option<&Value>> {
    match entry {
        Some(Value::Array(values)) => match values.as_slice() {
            [] => Some(None),
            [one] => Some(Some(one)),
            _ => None,
        },
        entry => Some(entry),
    }
}

fn inflated(data: &[u8]) -> Option<Vec<u8>> {
    let mut plain = vec![];
    let length = ZlibDecoder::new(data).take(LARGEST + 1).read_to_end(&mut plain).ok()?;
    u64::try_from(length).is_ok_and(|it| it <= LARGEST).then_some(plain)
}

/// Undoes the filters of PNG that tables are written with (7.4.4.4).
fn unpredicted(how: &Dict, plain: Vec<u8>) -> Option<Vec<u8>> {
    let number = |name, otherwise| how.get(name).map_or(Some(otherwise), Value::count);
    match number("Predictor", 1)? {
        1 => return Some(plain),
        10..=15 if number("Colors", 1)? == 1 && number("BitsPerComponent", 8)? == 8 => {}
        _ => return None,
    }
    let columns = number("Columns", 1).filter(|it| (1..=WIDEST).contains(it))?;
    let (mut all, mut above) = (Vec::with_capacity(plain.len()), vec![0_u8; columns]);
    for row in plain.chunks(columns + 1) {
        let (kind, row) = row.split_first().filter(|(_, row)| row.len() == columns)?;
        let mut left = 0_u8;
        for (cell, above) in row.iter().zip(&mut above) {
            let before = match kind {
                0 => 0,
                1 => left,
                2 => *above,
                _ => return None,
            };
            left = cell.wrapping_add(before);
            *above = left;
        }
        all.extend_from_slice(&above);
    }
    Some(all)
}

/// The rows of a table that is a stream.
pub(super) fn rows(dict: &Dict, behind: &[u8]) -> Option<Vec<Row>> {
    let widths = counts(dict.get("W")?)?;
    let [kind, first, second] = *widths.as_slice() else { return None };
    if widths.iter().any(|it| *it > 8) || first == 0 {
        return None;
    }
    let ranges = match dict.get("Index") {
        Some(ranges) => counts(ranges)?,
        None => vec![0, dict.get("Size")?.count()?],
    };
    let data = decoded(dict, behind)?;
    let (mut cells, mut rows) = (data.chunks_exact(kind + first + second), vec![]);
    for range in ranges.chunks(2) {
        let [from, length] = *range else { return None };
        for number in from..from.checked_add(length)? {
            let (one, rest) = cells.next()?.split_at(kind);
            let (two, three) = rest.split_at(first);
            let place = place(if one.is_empty() { 1 } else { whole(one)? }, whole(two)?, whole(three)?)?;
            rows.push((u32::try_from(number).ok()?, place));
        }
    }
    Some(rows)
}

#[expect(clippy::option_option, reason = "a deleted object has a row and no place")]
fn place(kind: usize, first: usize, second: usize) -> Option<Option<Place>> {
    match kind {
        0 => Some(None),
        1 => Some(Some(Place::At(first))),
        2 => Some(Some(Place::Within { stream: u32::try_from(first).ok()?, index: second })),
        _ => None,
    }
}

fn whole(cell: &[u8]) -> Option<usize> {
    usize::try_from(cell.iter().fold(0_u64, |sum, it| sum << 8 | u64::from(*it))).ok()
}

fn counts(value: &Value) -> Option<Vec<usize>> {
    match value {
        Value::Array(values) => values.iter().map(Value::count).collect(),
        _ => None,
    }
}
