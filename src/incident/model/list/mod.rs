//! A list of last year's counts as people keep it: columns in any order, or the groups down and the types across. Every cell that
//! cannot be understood is told at its place.

mod cells;
mod header;
mod row;

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::{Facts, Group, When};
use crate::platform::id::UnitId;
use crate::platform::legacy;
use crate::platform::sheet::{Cell, Sheet, Workbook};
use crate::ruleset::{Gravity, IncidentType, Window};

/// A count as a list can repeat it.
pub type Key = (Option<UnitId>, String, Gravity, When);

/// What a list is read against.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The year of the list.
    pub year: i32,
    /// Its days, for groups.
    pub of_groups: Window,
    /// Its days, for the ward.
    pub of_ward: Window,
    /// The groups of that year.
    pub groups: &'a [Group],
    /// The types that are counted.
    pub kinds: &'a [IncidentType],
    /// What is written already.
    pub written: &'a HashSet<Key>,
}

/// What a column means.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Column {
    /// The group.
    Group,
    /// The type.
    Kind,
    /// How many.
    Number,
    /// The day.
    Day,
    /// How grave.
    Gravity,
    /// How many of one type, by its code: the types stand across.
    Of(String),
}

/// What is wrong with a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// No group.
    GroupMissing,
    /// No such group.
    GroupUnknown,
    /// The group was not there on that day.
    GroupElsewhen,
    /// No type.
    KindMissing,
    /// No such type.
    KindUnknown,
    /// Two types it may be, by title.
    KindOneOf(String, String),
    /// No number.
    NumberMissing,
    /// No number that can be read, or one out of range.
    NumberUnreadable,
    /// No day that can be read.
    DayUnreadable,
    /// A day of another year.
    DayOutside(NaiveDate),
    /// No such gravity.
    GravityUnknown,
    /// The same stands in an earlier row.
    Twice(u32),
    /// The same is written already.
    Written,
}

/// A cell that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// What it means.
    pub column: Column,
    /// "B5".
    pub at: String,
    /// What stands there.
    pub text: String,
    /// What is wrong with it.
    pub fault: Option<Fault>,
}

/// A row that was read: the counts it gives, or what is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The number at its left.
    pub number: u32,
    /// Its cells.
    pub cells: Vec<Shown>,
    /// What it says; nothing while a cell is wrong.
    pub counts: Vec<Facts>,
}

impl Line {
    /// Whether a cell is wrong.
    #[must_use]
    pub fn is_bad(&self) -> bool {
        self.cells.iter().any(|cell| cell.fault.is_some())
    }
}

/// A list that was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct List {
    /// Its rows.
    pub lines: Vec<Line>,
    /// Cells that say 0: nothing is written for them.
    pub noughts: usize,
}

impl List {
    /// The rows with something wrong.
    pub fn bad(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| line.is_bad())
    }

    /// Everything that the list says.
    #[must_use]
    pub fn counts(&self) -> Vec<Facts> {
        self.lines.iter().flat_map(|line| line.counts.clone()).collect()
    }
}

/// The first sheet that holds something, as text with tabs; a gap between rows stays, so that numbers of rows do.
#[must_use]
pub fn as_text(workbook: &Workbook) -> String {
    let Some(sheet) = workbook.sheets.iter().find(|sheet| !sheet.rows.is_empty()) else { return String::new() };
    let mut text = String::new();
    let mut at = 1;
    for row in &sheet.rows {
        for _ in at..row.number {
            text.push('\n');
        }
        at = row.number;
        let cells: Vec<String> = row.cells.iter().map(cell_text).collect();
        text.push_str(cells.join("\t").trim_end());
    }
    text
}

/// A cell as somebody would type it, on one line.
fn cell_text(cell: &Cell) -> String {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").replace('"', "");
    match cell {
        Cell::Empty | Cell::Flag(_) => String::new(),
        Cell::Text(text) => plain(&legacy::mend(text).text),
        Cell::Number(number) => format!("{number}"),
        Cell::Day(day) => day.format("%-d/%-m/%Y").to_string(),
        Cell::Fault(fault) => plain(fault),
    }
}

/// Reads a sheet.
#[must_use]
pub fn read(sheet: &Sheet, known: &Known<'_>) -> List {
    let rows: Vec<(u32, Vec<String>)> =
        sheet.rows.iter().map(|row| (row.number, row.cells.iter().map(cell_text).collect())).collect();
    let (columns, first) = header::of(&rows, known);
    let mut list = List::default();
    let mut seen: HashMap<Key, u32> = HashMap::new();
    for (number, cells) in rows.iter().skip(first).filter(|(_, cells)| !cells::is_total(cells)) {
        let mut row = row::Reader::new(*number, cells, &columns, known);
        let mut counts = row.counts();
        if !row.shown.is_empty() {
            row.repeats(&counts, &mut seen);
            let line = Line { number: *number, cells: row.shown, counts: vec![] };
            if line.is_bad() {
                counts.clear();
            }
            list.noughts += row.noughts;
            list.lines.push(Line { counts, ..line });
        }
    }
    list
}

#[cfg(test)]
mod tests;
