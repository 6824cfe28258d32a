//! LibreOffice (.ods). Cells and rows there are repeated by a number, which a file of a few bytes can set to billions, and
//! merged cells are covered ones: so the table is walked here, not unfolded.

use std::io::{Cursor, Read};

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;

use super::grid::{Area, Budget, Grid};
use super::xlsx::iso_day;
use super::{Cell, Limits, Sheet, Unreadable, Workbook, bounds};

/// More of one and the same row nobody typed.
const MOST_REPEATS: u32 = 1 << 20;

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Workbook, Unreadable> {
    let mut archive = bounds::open(bytes, limits)?;
    let locked =
        entry(&mut archive, "META-INF/manifest.xml").is_ok_and(|manifest| manifest.contains("encryption-data"));
    if locked {
        return Err(Unreadable::Encrypted);
    }
    let content = entry(&mut archive, "content.xml")?;
    let mut walk = Walk { xml: Reader::from_str(&content) };
    walk.xml.config_mut().expand_empty_elements = true;
    let mut budget = Budget::new(limits);
    let mut sheets = vec![];
    while let Some(event) = walk.next()? {
        if let Event::Start(start) = &event
            && start.name().as_ref() == "table:table"
        {
            let name = attribute(start, "table:name").unwrap_or_default();
            sheets.push(walk.table(&name, &mut budget)?);
        }
    }
    Ok(Workbook { sheets })
}

fn entry(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<String, Unreadable> {
    let mut text = String::new();
    let mut file = archive.by_name(name).map_err(|_| Unreadable::Cut)?;
    file.read_to_string(&mut text).map_err(|_| Unreadable::Cut)?;
    Ok(text)
}

fn attribute(start: &BytesStart, name: &str) -> Option<String> {
    let attribute = start.try_get_attribute(name).ok()??;
    Some(attribute.normalized_value(XmlVersion::Explicit1_0).ok()?.into_owned())
}

fn count(start: &BytesStart, name: &str) -> u32 {
    attribute(start, name).and_then(|number| number.parse().ok()).unwrap_or(1).clamp(1, MOST_REPEATS)
}

struct Walk<'a> {
    xml: Reader<&'a [u8]>,
}

/// A cell of the row being read, with how often it stands there.
struct Found {
    column: u32,
    repeats: u32,
    cell: Cell,
    /// Rows and columns that it covers.
    covers: (u32, u32),
}

impl<'a> Walk<'a> {
    /// `None` at the end of the file.
    fn next(&mut self) -> Result<Option<Event<'a>>, Unreadable> {
        match self.xml.read_event() {
            Ok(Event::Eof) => Ok(None),
            Ok(event) => Ok(Some(event)),
            Err(_) => Err(Unreadable::Cut),
        }
    }

    fn table(&mut self, name: &str, budget: &mut Budget) -> Result<Sheet, Unreadable> {
        let mut grid = Grid::new(budget);
        let mut areas = vec![];
        let mut row = 0_u32;
        loop {
            match self.next()?.ok_or(Unreadable::Cut)? {
                Event::Start(start) if start.name().as_ref() == "table:table-row" => {
                    let repeats = count(&start, "table:number-rows-repeated");
                    let found = self.row()?;
                    areas.extend(found.iter().filter(|it| it.covers != (1, 1)).map(|it| area(row, it)));
                    put(&mut grid, row, repeats, &found)?;
                    row = row.saturating_add(repeats);
                }
                Event::End(end) if end.name().as_ref() == "table:table" => break,
                _ => {}
            }
        }
        grid.merge(&areas)?;
        Ok(grid.finish(name))
    }

    fn row(&mut self) -> Result<Vec<Found>, Unreadable> {
        let mut found = vec![];
        let mut column = 0_u32;
        loop {
            match self.next()?.ok_or(Unreadable::Cut)? {
                Event::Start(start)
                    if matches!(start.name().as_ref(), "table:table-cell" | "table:covered-table-cell") =>
                {
                    let repeats = count(&start, "table:number-columns-repeated");
                    let covers =
                        (count(&start, "table:number-rows-spanned"), count(&start, "table:number-columns-spanned"));
                    let text = self.text(start.name().as_ref())?;
                    let cell = value(&start, text);
                    if cell != Cell::Empty {
                        found.push(Found { column, repeats, cell, covers });
                    }
                    column = column.saturating_add(repeats);
                }
                Event::End(end) if end.name().as_ref() == "table:table-row" => return Ok(found),
                _ => {}
            }
        }
    }

    /// The paragraphs of a cell up to its end; what somebody noted at its edge is not its text.
    fn text(&mut self, cell: &str) -> Result<String, Unreadable> {
        let mut text = String::new();
        let (mut aside, mut paragraphs) = (0, 0);
        loop {
            match self.next()?.ok_or(Unreadable::Cut)? {
                Event::Start(start) => match start.name().as_ref() {
                    "office:annotation" | "draw:frame" => aside += 1,
                    "text:p" if aside == 0 => {
                        paragraphs += 1;
                        text.push_str(if paragraphs > 1 { "\n" } else { "" });
                    }
                    "text:s" if aside == 0 => (0..count(&start, "text:c").min(100)).for_each(|_| text.push(' ')),
                    "text:tab" | "text:line-break" if aside == 0 => text.push(' '),
                    _ => {}
                },
                Event::End(end) if end.name().as_ref() == cell => return Ok(text),
                Event::End(end) if matches!(end.name().as_ref(), "office:annotation" | "draw:frame") => aside -= 1,
                Event::Text(letters) if aside == 0 && paragraphs > 0 => text.push_str(&letters.xml10_content()),
                Event::GeneralRef(name) if aside == 0 => text.extend(letter(&name)),
                _ => {}
            }
        }
    }
}

fn letter(name: &BytesRef) -> Option<char> {
    match name.xml10_content().as_ref() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => name.resolve_char_ref().ok().flatten(),
    }
}

/// What the cell holds: its typed value, or the text that is shown.
fn value(start: &BytesStart, text: String) -> Cell {
    let number = || attribute(start, "office:value").and_then(|number| number.parse().ok());
    if attribute(start, "calcext:value-type").as_deref() == Some("error") {
        return Cell::Fault(text);
    }
    let typed = match attribute(start, "office:value-type").as_deref() {
        Some("float" | "currency" | "percentage") => number().map(Cell::Number),
        Some("date") => attribute(start, "office:date-value").map(|day| iso_day(&day)),
        Some("boolean") => attribute(start, "office:boolean-value").map(|flag| Cell::Flag(flag == "true")),
        Some("string") => attribute(start, "office:string-value").map(Cell::Text),
        _ => None,
    };
    match typed {
        Some(cell) => cell,
        None if text.trim().is_empty() => Cell::Empty,
        None => Cell::Text(text),
    }
}

fn area(row: u32, found: &Found) -> Area {
    let (rows, columns) = found.covers;
    Area { first: (row, found.column), last: (row.saturating_add(rows - 1), found.column.saturating_add(columns - 1)) }
}

fn put(grid: &mut Grid, row: u32, repeats: u32, found: &[Found]) -> Result<(), Unreadable> {
    for down in 0..if found.is_empty() { 0 } else { repeats } {
        for one in found {
            for across in 0..one.repeats {
                grid.put(row.saturating_add(down), one.column.saturating_add(across), one.cell.clone())?;
            }
        }
    }
    Ok(())
}
