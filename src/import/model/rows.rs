//! The lines of a sheet: text in Unicode, and what a line is when it is no household.

use super::draft::Spoiled;
use super::known::{Known, Named};
use crate::platform::fold::fold;
use crate::platform::legacy::{self, Legacy, Mended};
use crate::platform::sheet::{Cell, Sheet};

/// A cell as text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Value {
    pub(super) text: String,
    pub(super) from: Option<Legacy>,
    pub(super) spoiled: Option<Spoiled>,
}

/// A row of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) number: u32,
    pub(super) cells: Vec<Value>,
}

impl Line {
    pub(super) fn width(&self) -> usize {
        self.cells.len()
    }

    pub(super) fn text(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |value| value.text.as_str())
    }

    /// What is written in it, merged cells once.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        let mut last = "";
        self.cells.iter().map(|value| value.text.as_str()).filter(move |text| {
            let fresh = !text.is_empty() && *text != last;
            last = text;
            fresh
        })
    }
}

/// All lines of a sheet, legacy text converted.
pub(super) fn lines(sheet: &Sheet) -> Vec<Line> {
    let mut lines: Vec<Line> = sheet
        .rows
        .iter()
        .map(|row| Line { number: row.number, cells: row.cells.iter().map(value).collect() })
        .collect();
    let width = lines.iter().map(Line::width).max().unwrap_or_default();
    let columns: Vec<Vec<&str>> =
        (0..width).map(|column| lines.iter().map(|line| line.text(column)).collect()).collect();
    let mended = legacy::mend_table(&columns);
    for (column, mended) in mended.into_iter().enumerate() {
        for (line, Mended { text, from }) in lines.iter_mut().zip(mended) {
            if let Some(value) = line.cells.get_mut(column) {
                value.text = text;
                value.from = from;
            }
        }
    }
    lines
}

fn value(cell: &Cell) -> Value {
    let (text, spoiled) = match cell {
        Cell::Empty => (String::new(), None),
        Cell::Text(text) => (text.split_whitespace().collect::<Vec<_>>().join(" "), None),
        Cell::Number(number) => (number.to_string(), None),
        Cell::Day(day) => (day.format("%-d/%-m/%Y").to_string(), Some(Spoiled::Day)),
        Cell::Flag(true) => ("x".to_owned(), None),
        Cell::Flag(false) => (String::new(), None),
        Cell::Fault(_) => (String::new(), Some(Spoiled::Fault)),
    };
    Value { text, from: None, spoiled }
}

/// What a line is when it is no household.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Other {
    /// A line between the rows that names the group of those below.
    Section(Named),
    /// A sum.
    Total,
    /// Place and date, signatures, names under them.
    Signature,
}

/// Lines that stand among or below the households and are none. Marks count here: "Tống" is a family name.
pub(super) fn other(line: &Line, known: &Known) -> Option<Other> {
    let first = line.texts().find(|text| text.contains(char::is_alphabetic))?;
    let low = first.to_lowercase();
    let sums = ["tổng cộng", "tổng số", "tổng:", "tong cong", "tong so", "cộng:", "cộng toàn"];
    if sums.iter().any(|start| low.starts_with(start)) || matches!(low.as_str(), "cộng" | "tổng") {
        return Some(Other::Total);
    }
    if is_signature(first) {
        return Some(Other::Signature);
    }
    let alone = line.texts().filter(|text| text.contains(char::is_alphabetic)).count() == 1;
    let short = first.split_whitespace().count() <= 8 && line.texts().count() <= 2;
    if !alone || !short {
        return None;
    }
    let starts = ["to ", "tdp", "khu pho", "to:"].iter().any(|start| fold(first).starts_with(start));
    let named = known.in_text(first).filter(|named| starts || matches!(named, Named::Known(_)))?;
    Some(Other::Section(named))
}

fn is_signature(text: &str) -> bool {
    const STARTS: [&str; 12] = [
        "nguoi lap",
        "lap bieu",
        "lap bang",
        "to truong",
        "xac nhan",
        "noi nhan",
        "thu truong",
        "tm.",
        "(ky",
        "ky, ghi",
        "ky ghi",
        "can bo ",
    ];
    let folded = fold(text);
    let dated = folded.contains("ngay") && folded.contains("thang") && folded.contains("nam");
    dated || STARTS.iter().any(|start| folded.starts_with(start))
}
