//! Reads a spreadsheet file into a grid of values. Knows neither what the values mean nor where the file came from.
//!
//! The content decides what a file is, never its name. Formulas give the values they had when the file was saved; macros are
//! never looked at. Nothing is unpacked before it is known how much it unpacks to.

mod bounds;
mod delimited;
mod grid;
mod kind;
mod ods;
pub mod written;
mod xls;
mod xlsx;

use chrono::NaiveDate;

pub use kind::Foreign;

/// A file as a person sees it on the screen, without its looks.
#[derive(Debug, Clone, PartialEq)]
pub struct Workbook {
    /// The sheets in their order, empty ones too.
    pub sheets: Vec<Sheet>,
}

/// One sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// The name on its tab; for a text file the name of the file.
    pub name: String,
    /// The rows that hold something.
    pub rows: Vec<Row>,
}

/// One row that holds something.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The number at its left, from 1.
    pub number: u32,
    /// From column A on, up to the last that holds something.
    pub cells: Vec<Cell>,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Text, as it was typed.
    Text(String),
    /// A number; a date without the look of one is a number too.
    Number(f64),
    /// A date. The time of day is left out.
    Day(NaiveDate),
    /// TRUE or FALSE.
    Flag(bool),
    /// A formula that failed: `#REF!`, `#N/A`.
    Fault(String),
}

/// How much is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: usize,
    /// Bytes of everything packed inside it.
    pub unpacked: u64,
    /// Rows that hold something, all sheets together.
    pub rows: usize,
    /// Cells of those rows, the gaps before the last one in a row included.
    pub cells: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 20 << 20, unpacked: 512 << 20, rows: 60_000, cells: 2_000_000 }
    }
}

/// Why a file cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// No bytes, or no cell that holds anything.
    #[error("nothing in it")]
    Empty,
    /// More than [`Limits::bytes`].
    #[error("larger than {limit} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: usize,
    },
    /// Unpacks to more than [`Limits::unpacked`].
    #[error("unpacks beyond {limit} bytes")]
    Inflates {
        /// The limit in bytes.
        limit: u64,
    },
    /// More than [`Limits::rows`].
    #[error("more than {limit} rows")]
    TooManyRows {
        /// The limit.
        limit: usize,
    },
    /// More than [`Limits::cells`].
    #[error("more than {limit} cells")]
    TooManyCells {
        /// The limit.
        limit: usize,
    },
    /// Behind a password.
    #[error("encrypted")]
    Encrypted,
    /// Begins as a spreadsheet, but is broken off or damaged.
    #[error("broken off or damaged")]
    Cut,
    /// Excel's binary format (.xlsb), which nobody needs to send.
    #[error("binary workbook")]
    BinaryWorkbook,
    /// Something else.
    #[error("not a spreadsheet but {0:?}")]
    NotASpreadsheet(Foreign),
}

/// Reads the file. `name` is used only to name the sheet of a text file.
pub fn read(bytes: &[u8], name: &str, limits: &Limits) -> Result<Workbook, Unreadable> {
    if bytes.is_empty() {
        return Err(Unreadable::Empty);
    }
    if bytes.len() > limits.bytes {
        return Err(Unreadable::TooLarge { limit: limits.bytes });
    }
    let workbook = match kind::of(bytes)? {
        kind::Kind::Xlsx => xlsx::read(bytes, limits)?,
        kind::Kind::Xls => xls::read(bytes, limits)?,
        kind::Kind::Ods => ods::read(bytes, limits)?,
        kind::Kind::Delimited => delimited::read(bytes, name, limits)?,
    };
    if workbook.sheets.iter().all(|sheet| sheet.rows.is_empty()) {
        return Err(Unreadable::Empty);
    }
    Ok(workbook)
}

/// The letters above a column: 0 is A, 26 is AA.
#[must_use]
pub fn letters(column: usize) -> String {
    let last = char::from(b'A' + u8::try_from(column % 26).unwrap_or_default());
    match column / 26 {
        0 => last.to_string(),
        before => format!("{}{last}", letters(before - 1)),
    }
}

#[cfg(test)]
mod tests;
