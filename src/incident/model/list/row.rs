//! One row of a list: its counts, or what is wrong with its cells.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::{Column, Fault, Key, Known, Shown, cells};
use crate::incident::model::{Facts, Group, When};
use crate::platform::sheet::letters;
use crate::ruleset::Gravity;

/// Reads one row, and notes at each cell what is wrong with it.
pub(super) struct Reader<'r> {
    number: u32,
    cells: &'r [String],
    columns: &'r [Option<Column>],
    known: &'r Known<'r>,
    pub(super) shown: Vec<Shown>,
    pub(super) noughts: usize,
}

impl<'r> Reader<'r> {
    pub(super) const fn new(
        number: u32,
        cells: &'r [String],
        columns: &'r [Option<Column>],
        known: &'r Known<'r>,
    ) -> Self {
        Self { number, cells, columns, known, shown: vec![], noughts: 0 }
    }

    fn text(&self, column: &Column) -> Option<&'r str> {
        let at = self.columns.iter().position(|it| it.as_ref() == Some(column))?;
        Some(self.cells.get(at).map_or("", String::as_str))
    }

    /// Notes a cell; what was read of it, unless it is wrong.
    fn note<T>(&mut self, column: &Column, read: Result<T, Fault>) -> Option<T> {
        let at = self.columns.iter().position(|it| it.as_ref() == Some(column)).unwrap_or_default();
        let text = self.text(column).unwrap_or_default().to_owned();
        let (value, fault) = match read {
            Ok(value) => (Some(value), None),
            Err(fault) => (None, Some(fault)),
        };
        self.shown.push(Shown { column: column.clone(), at: format!("{}{}", letters(at), self.number), text, fault });
        value
    }

    pub(super) fn counts(&mut self) -> Vec<Facts> {
        let columns: Vec<&Column> = self.columns.iter().flatten().collect();
        if columns.iter().all(|column| self.text(column).is_none_or(str::is_empty)) {
            return vec![];
        }
        let known = self.known;
        // A list without a column of groups is the whole ward's.
        let found = match self.text(&Column::Group) {
            Some(text) => self.note(&Column::Group, cells::group(text, known)),
            None => Some(None),
        };
        let day = match self.text(&Column::Day).filter(|text| !text.is_empty()) {
            Some(text) => self.note(&Column::Day, cells::day(text)).map(Some),
            None => Some(None),
        };
        let gravity = match self.text(&Column::Gravity) {
            Some(text) => self.note(&Column::Gravity, cells::gravity(text)),
            None => Some(Gravity::Ordinary),
        };
        let numbers = self.numbers();
        let (Some(found), Some(day), Some(gravity)) = (found, day, gravity) else { return vec![] };
        let when = self.when(found, day);
        let group = found.map(|group| group.id);
        numbers.into_iter().map(|(kind, n)| Facts { kind, gravity, when, group, n }).collect()
    }

    /// Types and numbers: of two columns, or of the types that stand across.
    fn numbers(&mut self) -> Vec<(String, i32)> {
        let known = self.known;
        let across: Vec<Column> =
            self.columns.iter().flatten().filter(|it| matches!(it, Column::Of(_))).cloned().collect();
        if across.is_empty() {
            let kind = self.note(&Column::Kind, cells::kind(self.text(&Column::Kind).unwrap_or_default(), known));
            let n = self.note(&Column::Number, cells::number(self.text(&Column::Number).unwrap_or_default()));
            self.noughts += usize::from(n == Some(None));
            return kind.zip(n.flatten()).map(|(kind, n)| (kind.to_owned(), n)).into_iter().collect();
        }
        let mut numbers = vec![];
        for column in across {
            let text = self.text(&column).unwrap_or_default();
            // An empty cell of such a table says what a dash says.
            let n = if text.is_empty() { Some(None) } else { self.note(&column, cells::number(text)) };
            self.noughts += usize::from(n == Some(None));
            if let (Column::Of(kind), Some(Some(n))) = (column, n) {
                numbers.push((kind, n));
            }
        }
        numbers
    }

    /// The day, or the year of the list; a day must lie in that year, and in the life of the group.
    fn when(&mut self, group: Option<&Group>, day: Option<NaiveDate>) -> When {
        let Some(day) = day else { return When::Year(self.known.year) };
        let window = if group.is_some() { self.known.of_groups } else { self.known.of_ward };
        let fault = if !window.contains(day) {
            Some((Column::Day, Fault::DayOutside(day)))
        } else if group.is_some_and(|group| !group.lives_on(day)) {
            Some((Column::Group, Fault::GroupElsewhen))
        } else {
            None
        };
        if let Some((column, fault)) = fault {
            self.blame(&column, fault);
        }
        When::Day(day)
    }

    fn blame(&mut self, column: &Column, fault: Fault) {
        if let Some(cell) = self.shown.iter_mut().find(|cell| cell.column == *column) {
            cell.fault.get_or_insert(fault);
        }
    }

    /// What is written already is not written again; a total of a year stands once in a list.
    pub(super) fn repeats(&mut self, counts: &[Facts], seen: &mut HashMap<Key, u32>) {
        for facts in counts {
            let key = (facts.group, facts.kind.clone(), facts.gravity, facts.when);
            let column = Column::Of(facts.kind.clone());
            let column = if self.text(&column).is_some() { column } else { Column::Number };
            if self.known.written.contains(&key) {
                self.blame(&column, Fault::Written);
            } else if facts.when.year().is_some() {
                match seen.get(&key) {
                    Some(earlier) => self.blame(&column, Fault::Twice(*earlier)),
                    None => drop(seen.insert(key, self.number)),
                }
            }
        }
    }
}
