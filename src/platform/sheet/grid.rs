//! Collects cells into rows and stops at the limits.

use super::{Cell, Limits, Row, Sheet, Unreadable};

/// What may still be taken, over all sheets of a file.
pub(super) struct Budget {
    limits: Limits,
    rows: usize,
    cells: usize,
}

impl Budget {
    pub(super) fn new(limits: &Limits) -> Self {
        Self { limits: *limits, rows: 0, cells: 0 }
    }

    fn take_row(&mut self) -> Result<(), Unreadable> {
        self.rows += 1;
        if self.rows > self.limits.rows { Err(Unreadable::TooManyRows { limit: self.limits.rows }) } else { Ok(()) }
    }

    fn take_cells(&mut self, count: usize) -> Result<(), Unreadable> {
        self.cells = self.cells.saturating_add(count);
        if self.cells > self.limits.cells {
            return Err(Unreadable::TooManyCells { limit: self.limits.cells });
        }
        Ok(())
    }
}

/// A rectangle of merged cells, from zero, ends included.
#[derive(Debug, Clone, Copy)]
pub(super) struct Area {
    pub(super) first: (u32, u32),
    pub(super) last: (u32, u32),
}

/// One sheet while it is being read.
pub(super) struct Grid<'a> {
    budget: &'a mut Budget,
    rows: Vec<Row>,
}

impl<'a> Grid<'a> {
    pub(super) fn new(budget: &'a mut Budget) -> Self {
        Self { budget, rows: vec![] }
    }

    /// Puts a value at a place counted from zero. Nothing is kept of cells without a value.
    pub(super) fn put(&mut self, row: u32, column: u32, cell: Cell) -> Result<(), Unreadable> {
        if !holds(&cell) {
            return Ok(());
        }
        let at = self.row(row + 1)?;
        let column = column as usize;
        let cells = &mut self.rows[at].cells;
        if cells.len() <= column {
            self.budget.take_cells(column + 1 - cells.len())?;
            cells.resize(column + 1, Cell::Empty);
        }
        cells[column] = cell;
        Ok(())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Where the row stands in the list. Files hold their rows in order, almost always.
    fn row(&mut self, number: u32) -> Result<usize, Unreadable> {
        let place = match self.rows.last() {
            Some(last) if last.number == number => return Ok(self.rows.len() - 1),
            Some(last) if last.number > number => self.rows.binary_search_by_key(&number, |row| row.number),
            _ => Err(self.rows.len()),
        };
        match place {
            Ok(at) => Ok(at),
            Err(at) => {
                self.budget.take_row()?;
                self.rows.insert(at, Row { number, cells: vec![] });
                Ok(at)
            }
        }
    }

    /// Gives every merged cell the value of its area, in rows that hold something of their own: a title over two rows must
    /// not become two titles.
    pub(super) fn merge(&mut self, areas: &[Area]) -> Result<(), Unreadable> {
        for area in areas {
            let Ok(first) = self.rows.binary_search_by_key(&(area.first.0 + 1), |row| row.number) else { continue };
            let value = self.rows[first].cells.get(area.first.1 as usize).cloned().unwrap_or_default();
            if value != Cell::Empty {
                self.fill(first, area, &value)?;
            }
        }
        Ok(())
    }

    fn fill(&mut self, first: usize, area: &Area, value: &Cell) -> Result<(), Unreadable> {
        let (left, right) = (area.first.1 as usize, area.last.1 as usize);
        for row in self.rows[first..].iter_mut().take_while(|row| row.number <= area.last.0 + 1) {
            if row.cells.len() <= right {
                self.budget.take_cells(right + 1 - row.cells.len())?;
                row.cells.resize(right + 1, Cell::Empty);
            }
            for cell in row.cells[left..=right].iter_mut().filter(|cell| **cell == Cell::Empty) {
                *cell = value.clone();
            }
        }
        Ok(())
    }

    pub(super) fn finish(self, name: &str) -> Sheet {
        Sheet { name: name.to_owned(), rows: self.rows }
    }
}

fn holds(cell: &Cell) -> bool {
    match cell {
        Cell::Empty => false,
        Cell::Text(text) => !text.trim().is_empty(),
        Cell::Number(_) | Cell::Day(_) | Cell::Flag(_) | Cell::Fault(_) => true,
    }
}
