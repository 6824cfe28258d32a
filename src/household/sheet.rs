//! A list of households to take away: a spreadsheet, or text with separators. The import reads both back.

use chrono::{DateTime, NaiveDate, Utc};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::store::Listed;
use crate::account::model::phone::spaced;
use crate::platform::sheet::written;
use crate::web::filters::dates;
use crate::words::household as words;

/// A column: its head as the import knows it, how wide it is, and what stands in it.
struct Column {
    head: &'static str,
    width: f64,
    cell: fn(&Listed) -> Cell,
}

/// What stands in a cell. Texts stay texts, whatever they begin with: a name is never a formula.
enum Cell {
    Text(String),
    Number(i32),
}

fn day(day: Option<NaiveDate>) -> Cell {
    Cell::Text(day.map(dates::day).unwrap_or_default())
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

const GROUP: Column = Column { head: "Tổ", width: 8.0, cell: |row| text(&row.group) };

/// What every list has, and the spreadsheet to fill in has no more.
const KNOWN: [Column; 10] = [
    Column { head: "Mã hộ", width: 10.0, cell: |row| text(&row.code) },
    Column { head: "Họ tên chủ hộ", width: 28.0, cell: |row| text(&row.head) },
    Column { head: "Số nhà", width: 10.0, cell: |row| text(&row.address.house) },
    Column { head: "Hẻm", width: 10.0, cell: |row| text(&row.address.alley) },
    Column { head: "Đường", width: 22.0, cell: |row| text(&row.address.street) },
    Column { head: "Số nhân khẩu", width: 14.0, cell: |row| row.members.map_or(text(""), Cell::Number) },
    // With spaces: a number without them loses its 0 when a spreadsheet program reads it.
    Column {
        head: "Điện thoại",
        width: 15.0,
        cell: |row| Cell::Text(row.phone.as_deref().map(spaced).unwrap_or_default()),
    },
    Column { head: "Đăng ký", width: 12.0, cell: |row| day(row.registered_on) },
    Column { head: "Ký cam kết", width: 12.0, cell: |row| day(row.pledged_on) },
    Column { head: "Ghi chú", width: 36.0, cell: |row| text(row.note.as_deref().unwrap_or_default()) },
];

/// What an export tells beyond that.
const STANDING: [Column; 3] = [
    Column { head: "Trạng thái", width: 16.0, cell: |row| text(words::status(row.status)) },
    Column { head: "Ở từ ngày", width: 12.0, cell: |row| day(Some(row.since)) },
    Column { head: "Ngày cuối", width: 12.0, cell: |row| day(row.ended_on) },
];

fn export_columns() -> impl Iterator<Item = &'static Column> {
    [&GROUP].into_iter().chain(&KNOWN).chain(&STANDING)
}

/// What a list shows, as a spreadsheet.
///
/// # Errors
/// What the writer says; more rows than a sheet holds.
pub fn export(title: &str, rows: &[Listed], now: DateTime<Utc>) -> anyhow::Result<Vec<u8>> {
    Ok(workbook(title, &export_columns().collect::<Vec<_>>(), rows, now)?)
}

/// A spreadsheet to fill in, with what is known; over a ward each row names its group.
///
/// # Errors
/// What the writer says.
pub fn template(title: &str, (rows, of_ward): (&[Listed], bool), now: DateTime<Utc>) -> anyhow::Result<Vec<u8>> {
    let columns: Vec<&Column> = of_ward.then_some(&GROUP).into_iter().chain(&KNOWN).collect();
    Ok(workbook(title, &columns, rows, now)?)
}

fn workbook(title: &str, columns: &[&Column], rows: &[Listed], now: DateTime<Utc>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_timestamp(now.timestamp())?;
    book.set_properties(&DocProperties::new().set_title(title).set_author("Bình Yên").set_creation_datetime(&made));
    let sheet = book.add_worksheet().set_name("Danh sách hộ")?;
    sheet.write_string_with_format(0, 0, title, &Format::new().set_bold().set_font_size(14))?;
    let bold = Format::new().set_bold();
    for (at, column) in (0_u16..).zip(columns) {
        sheet.set_column_width(at, column.width)?.write_string_with_format(1, at, column.head, &bold)?;
    }
    sheet.set_freeze_panes(2, 0)?;
    for (at, row) in (2_u32..).zip(rows) {
        write_row(sheet, at, columns, row)?;
    }
    book.save_to_buffer()
}

fn write_row(sheet: &mut Worksheet, at: u32, columns: &[&Column], row: &Listed) -> Result<(), XlsxError> {
    for (column, it) in (0_u16..).zip(columns) {
        match (it.cell)(row) {
            Cell::Text(text) if text.is_empty() => {}
            Cell::Text(text) => drop(sheet.write_string(at, column, text)?),
            Cell::Number(number) => drop(sheet.write_number(at, column, number)?),
        }
    }
    Ok(())
}

/// What a list shows, as text.
#[must_use]
pub fn csv(rows: &[Listed]) -> String {
    let mut out = written::begin(&export_columns().map(|column| column.head).collect::<Vec<_>>());
    for row in rows {
        let cells: Vec<String> = export_columns()
            .map(|column| match (column.cell)(row) {
                Cell::Text(text) => written::safe(&text),
                Cell::Number(number) => number.to_string(),
            })
            .collect();
        written::line(&mut out, &cells);
    }
    out
}
