//! The cells of a row as the fields of a household: names joined, addresses taken apart.

use super::draft::{Field, Spoiled, Standing};
use super::header::Header;
use super::meaning::Meaning;
use super::rows::{Line, Value};
use super::{address, value};
use crate::platform::legacy::Legacy;
use crate::platform::sheet::letters;

/// What the row holds, each value with its place.
pub(super) fn of(line: &Line, header: &Header) -> Vec<Standing> {
    let mut cells = vec![];
    for (at, (_, meaning)) in header.columns.iter().enumerate() {
        if let (Some(meaning), Some(value)) = (meaning, line.cells.get(at)) {
            cells.extend(standing(*meaning, at, value));
        }
    }
    cells.extend(missing(header, &cells));
    join_names(&mut cells);
    split_number(&mut cells);
    cells
}

/// An empty cell of a column that every household should fill: what is missing is told at its place.
fn missing(header: &Header, cells: &[Standing]) -> Option<Standing> {
    if cells.iter().any(|cell| cell.field == Field::Head) {
        return None;
    }
    let at =
        header.columns.iter().position(|(_, meaning)| matches!(meaning, Some(Meaning::Head | Meaning::GivenName)))?;
    Some(Standing { field: Field::Head, column: Some(letters(at)), text: String::new(), from: None, spoiled: None })
}

/// A cell as the field it is read as; an address as up to three of them.
fn standing(meaning: Meaning, at: usize, value: &Value) -> Vec<Standing> {
    if value.text.is_empty() && value.spoiled.is_none() {
        return vec![];
    }
    let one = |field: Field, text: String| Standing {
        field,
        column: Some(letters(at)),
        text,
        from: value.from,
        spoiled: value.spoiled,
    };
    let field = match meaning {
        Meaning::Code => Field::Code,
        Meaning::Head | Meaning::FamilyName | Meaning::GivenName => return vec![one(Field::Head, name(value))],
        Meaning::Number => return vec![one(Field::Number, house_number(value))],
        Meaning::Alley => Field::Alley,
        Meaning::Street => Field::Street,
        Meaning::Address => return from_address(&value.text, one),
        Meaning::Members => Field::Members,
        Meaning::Phone => Field::Phone,
        Meaning::Group => Field::Group,
        Meaning::Registered => Field::Registered,
        Meaning::Pledged => Field::Pledged,
        Meaning::Note => Field::Note,
        Meaning::Order | Meaning::Relation | Meaning::Forbidden | Meaning::Ignored => return vec![],
    };
    vec![one(field, value.text.clone())]
}

fn from_address(text: &str, one: impl Fn(Field, String) -> Standing) -> Vec<Standing> {
    let parts = address::split(text);
    let parts = [(Field::Number, parts.number), (Field::Alley, parts.alley), (Field::Street, parts.street)];
    parts.into_iter().filter(|(_, text)| !text.is_empty()).map(|(field, text)| one(field, text)).collect()
}

/// Names in a capital font of TCVN3 were stored in small letters.
fn name(value: &Value) -> String {
    let small = value.from == Some(Legacy::Tcvn3) && !value.text.contains(char::is_uppercase);
    if small { value::titled(&value.text) } else { value.text.clone() }
}

/// "15/3" that Excel took for the 15th of March.
fn house_number(value: &Value) -> String {
    match value.spoiled {
        Some(Spoiled::Day) => value.text.rsplit_once('/').map_or(value.text.as_str(), |(start, _)| start).to_owned(),
        _ => value.text.clone(),
    }
}

/// Family and given name from two columns; the same text in both is one merged cell.
fn join_names(cells: &mut Vec<Standing>) {
    let Some(first) = cells.iter().position(|cell| cell.field == Field::Head) else { return };
    let Some(second) = cells.iter().skip(first + 1).position(|cell| cell.field == Field::Head) else { return };
    let second = cells.remove(first + 1 + second);
    if cells[first].text != second.text {
        cells[first].text = format!("{} {}", cells[first].text, second.text);
        cells[first].from = cells[first].from.or(second.from);
    }
}

/// "15 Lê Lợi" under "Số nhà", with no street of its own.
fn split_number(cells: &mut Vec<Standing>) {
    let Some(at) = cells.iter().position(|cell| cell.field == Field::Number) else { return };
    let alone = !cells.iter().any(|cell| matches!(cell.field, Field::Street | Field::Alley));
    if alone && cells[at].text.contains(' ') {
        let whole = cells.remove(at);
        cells.extend(from_address(&whole.text, |field, text| Standing { field, text, ..whole.clone() }));
    }
}
