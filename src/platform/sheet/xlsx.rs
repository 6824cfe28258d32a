//! Excel since 2007 (.xlsx, .xlsm), row by row: a sheet may claim a million rows and hold ten.

use std::io::Cursor;

use calamine::{Data, DataRef, ExcelDateTime, Reader, SheetType, Xlsx, XlsxError};
use chrono::NaiveDate;

use super::grid::{Area, Budget, Grid};
use super::{Cell, Limits, Sheet, Unreadable, Workbook, bounds};

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Workbook, Unreadable> {
    bounds::open(bytes, limits)?;
    let mut book: Book = Xlsx::new(Cursor::new(bytes)).map_err(|e| told(&e))?;
    let worksheets = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let names: Vec<String> = worksheets.map(|sheet| sheet.name.clone()).collect();
    let mut budget = Budget::new(limits);
    let sheets = names.iter().map(|name| sheet(&mut book, name, &mut budget)).collect::<Result<_, _>>()?;
    Ok(Workbook { sheets })
}

fn sheet(book: &mut Book, name: &str, budget: &mut Budget) -> Result<Sheet, Unreadable> {
    let mut grid = Grid::new(budget);
    let mut reader = book.worksheet_cells_reader(name).map_err(|e| told(&e))?;
    while let Some(cell) = reader.next_cell().map_err(|e| told(&e))? {
        let (row, column) = cell.get_position();
        grid.put(row, column, cell_of(cell.get_value()))?;
    }
    drop(reader);
    // The library walks the whole sheet once more for these.
    if grid.is_empty() {
        return Ok(grid.finish(name));
    }
    let merged = book.merge_cells_by_sheet_name(name).map_err(|e| told(&e))?;
    let areas: Vec<Area> = merged.iter().map(|area| Area { first: area.start, last: area.end }).collect();
    grid.merge(&areas)?;
    Ok(grid.finish(name))
}

fn told(error: &XlsxError) -> Unreadable {
    match error {
        XlsxError::Password => Unreadable::Encrypted,
        _ => Unreadable::Cut,
    }
}

fn cell_of(value: &DataRef) -> Cell {
    match value {
        DataRef::SharedString(text) => Cell::Text((*text).to_owned()),
        other => from_data(other.clone().into()),
    }
}

/// The values of Excel, old and new.
pub(super) fn from_data(value: Data) -> Cell {
    match value {
        Data::Empty => Cell::Empty,
        Data::String(text) => Cell::Text(text),
        // Whole numbers of a sheet stay far below what an f64 holds exactly.
        #[expect(clippy::cast_precision_loss, reason = "Excel itself keeps no more than an f64")]
        Data::Int(number) => Cell::Number(number as f64),
        Data::Float(number) => Cell::Number(number),
        Data::Bool(flag) => Cell::Flag(flag),
        Data::DateTime(moment) => day_of(&moment),
        Data::DateTimeIso(text) => iso_day(&text),
        Data::DurationIso(text) => Cell::Text(text),
        Data::Error(fault) => Cell::Fault(fault.to_string()),
    }
}

/// A time of day without a date is a number to us.
fn day_of(moment: &ExcelDateTime) -> Cell {
    match moment.as_datetime() {
        Some(at) if moment.is_datetime() && moment.as_f64() >= 1.0 => Cell::Day(at.date()),
        _ => Cell::Number(moment.as_f64()),
    }
}

/// "2024-03-25T00:00:00", as text when it is none.
pub(super) fn iso_day(text: &str) -> Cell {
    let day = text.get(..10).and_then(|day| NaiveDate::parse_from_str(day, "%Y-%m-%d").ok());
    day.map_or_else(|| Cell::Text(text.to_owned()), Cell::Day)
}
