//! Excel before 2007 (.xls). The library lays each sheet out as a full rectangle and trusts the file about its size, so the
//! records are walked first.

use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Reader, SheetType, Xls, XlsError};

use super::grid::{Area, Budget, Grid};
use super::xlsx::from_data;
use super::{Limits, Unreadable, Workbook};

/// The largest rectangle that one sheet may span, filled or not.
const LARGEST_SPAN: u64 = 65_536 * 64;

const BOF: u16 = 0x0809;
const FILE_PASS: u16 = 0x002F;
const DIMENSIONS: u16 = 0x0200;
/// A run of numbers in one row; it ends with its last column.
const NUMBERS: u16 = 0x00BD;
/// Records that begin with a row and a column: numbers, labels, formulas and the like.
const CELLS: [u16; 8] = [0x0203, 0x0204, 0x00D6, 0x0205, 0x027E, 0x00FD, NUMBERS, 0x0006];

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Workbook, Unreadable> {
    walk(&stream(bytes, limits)?, limits)?;
    // The library panics on some damaged records. Nothing of it outlives the call.
    catch_unwind(AssertUnwindSafe(|| sheets(bytes, limits))).unwrap_or(Err(Unreadable::Cut))
}

fn sheets(bytes: &[u8], limits: &Limits) -> Result<Workbook, Unreadable> {
    let mut book = Xls::new(Cursor::new(bytes)).map_err(|e| told(&e))?;
    let worksheets = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let names: Vec<String> = worksheets.map(|sheet| sheet.name.clone()).collect();
    let mut budget = Budget::new(limits);
    let mut sheets = vec![];
    for name in &names {
        let mut grid = Grid::new(&mut budget);
        let range = book.worksheet_range(name).map_err(|e| told(&e))?;
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            let (row, column) = (u32::try_from(row).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX));
            grid.put(top + row, left + column, from_data(value.clone()))?;
        }
        let merged = book.merge_cells_by_sheet_name(name).map_err(|e| told(&e))?;
        let areas: Vec<Area> = merged.iter().map(|area| Area { first: area.start, last: area.end }).collect();
        grid.merge(&areas)?;
        sheets.push(grid.finish(name));
    }
    Ok(Workbook { sheets })
}

fn told(error: &XlsError) -> Unreadable {
    match error {
        XlsError::Password => Unreadable::Encrypted,
        _ => Unreadable::Cut,
    }
}

/// The one stream of the container that holds the sheets.
fn stream(bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, Unreadable> {
    let mut container = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| Unreadable::Cut)?;
    let name = ["/Workbook", "/Book"].into_iter().find(|name| container.is_stream(name)).ok_or(Unreadable::Cut)?;
    let stream = container.open_stream(name).map_err(|_| Unreadable::Cut)?;
    let mut content = vec![];
    stream.take(limits.bytes as u64).read_to_end(&mut content).map_err(|_| Unreadable::Cut)?;
    Ok(content)
}

/// Looks for a password and for sheets that span too much.
fn walk(stream: &[u8], limits: &Limits) -> Result<(), Unreadable> {
    let mut span = Span::default();
    let mut rest = stream;
    while let [a, b, c, d, tail @ ..] = rest {
        let (kind, length) = (u16::from_le_bytes([*a, *b]), usize::from(u16::from_le_bytes([*c, *d])));
        let Some((data, after)) = tail.split_at_checked(length) else { return Err(Unreadable::Cut) };
        match kind {
            FILE_PASS if u16_at(data, 0) != Some(0) => return Err(Unreadable::Encrypted),
            BOF => span = Span::default(),
            DIMENSIONS => check_dimensions(data, limits)?,
            kind if CELLS.contains(&kind) => span.reach(kind, data, limits)?,
            _ => {}
        }
        rest = after;
    }
    Ok(())
}

fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes([*data.get(at)?, *data.get(at + 1)?]))
}

fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(u16_at(data, at)?) | u32::from(u16_at(data, at + 2)?) << 16)
}

/// Programs write sizes here that are a little off, so only an absurd one is refused.
fn check_dimensions(data: &[u8], limits: &Limits) -> Result<(), Unreadable> {
    let (first, last) = match data.len() {
        10 => (u16_at(data, 0).map(u32::from), u16_at(data, 2).map(u32::from)),
        _ => (u32_at(data, 0), u32_at(data, 4)),
    };
    let wide = u16_at(data, if data.len() == 10 { 6 } else { 10 }).unwrap_or_default();
    let (Some(first), Some(last)) = (first, last) else { return Err(Unreadable::Cut) };
    match () {
        () if last > 65_536 || wide > 256 => Err(Unreadable::TooManyCells { limit: limits.cells }),
        () if last > 0 && first > last - 1 => Err(Unreadable::Cut),
        () => Ok(()),
    }
}

/// The rectangle around the cells of a sheet, grown one by one.
#[derive(Default)]
struct Span {
    first: Option<(u16, u16)>,
    last: (u16, u16),
}

impl Span {
    fn reach(&mut self, kind: u16, data: &[u8], limits: &Limits) -> Result<(), Unreadable> {
        let (Some(row), Some(column)) = (u16_at(data, 0), u16_at(data, 2)) else { return Err(Unreadable::Cut) };
        let right = match kind {
            NUMBERS => data.len().checked_sub(2).and_then(|end| u16_at(data, end)).unwrap_or(column),
            _ => column,
        };
        let first = self.first.get_or_insert((row, column));
        *first = (first.0.min(row), first.1.min(column));
        self.last = (self.last.0.max(row), self.last.1.max(column).max(right));
        let height = u64::from(self.last.0 - first.0) + 1;
        let width = u64::from(self.last.1 - first.1) + 1;
        if height * width > LARGEST_SPAN {
            return Err(Unreadable::TooManyCells { limit: limits.cells });
        }
        Ok(())
    }
}
