use std::io::{Cursor, Write};
use std::time::{Duration, Instant};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::*;

const RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK_RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
const BOOK: &str = r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="DS" sheetId="1" r:id="rId1"/></sheets></workbook>"#;

fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(vec![]));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, content) in entries {
        zip.start_file(*name, options).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook around what stands between `<sheetData>` tags, and after them.
fn xlsx(data: &str, after: &str) -> Vec<u8> {
    let sheet = format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{data}</sheetData>{after}</worksheet>"#
    );
    zipped(&[
        ("_rels/.rels", RELS.as_bytes()),
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

fn ods(table: &str) -> Vec<u8> {
    let content = format!(
        r#"<?xml version="1.0"?><office:document-content><office:body><office:spreadsheet><table:table table:name="DS">{table}</table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest:manifest/>"),
        ("content.xml", content.as_bytes()),
    ])
}

fn text(place: &str, text: &str) -> String {
    format!(r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

fn read_all(bytes: &[u8]) -> Result<Workbook, Unreadable> {
    read(bytes, "hộ.csv", &Limits::default())
}

fn texts(row: &Row) -> Vec<&str> {
    let shown = |cell: &Cell| matches!(cell, Cell::Text(_) | Cell::Empty);
    assert!(row.cells.iter().all(shown), "{row:?}");
    row.cells.iter().map(|cell| if let Cell::Text(text) = cell { text.as_str() } else { "" }).collect()
}

#[test]
fn a_million_formatted_rows_are_read_quickly_and_not_kept() {
    let mut data = format!("<row r=\"1\">{}</row>", text("A1", "Lê An"));
    for row in 2..=1_000_000 {
        let cell = if row % 10 == 0 { format!("<c r=\"A{row}\" s=\"1\"/>") } else { String::new() };
        data.push_str(&format!("<row r=\"{row}\" s=\"1\" customFormat=\"1\">{cell}</row>"));
    }
    data.push_str("<row r=\"1000001\"><c r=\"C1000001\"><v>7</v></c></row>");
    let file = xlsx(&data, "");
    drop(data);
    let begun = Instant::now();
    let book = read_all(&file).unwrap();
    let took = begun.elapsed();
    let rows = &book.sheets[0].rows;
    assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 1_000_001]);
    assert_eq!(rows[1].cells, [Cell::Empty, Cell::Empty, Cell::Number(7.0)]);
    println!("a million empty rows: {} kB packed, {took:?}", file.len() / 1024);
    // A debug build takes its time; what this rules out is a grid of a million rows and minutes.
    assert!(took < Duration::from_secs(120), "{took:?}");
}

#[test]
fn a_bomb_is_known_before_it_is_unpacked() {
    let limits = Limits { unpacked: 1 << 20, ..Limits::default() };
    let honest = xlsx(&" ".repeat(2 << 20), "");
    assert!(honest.len() < 20_000);
    assert_eq!(read(&honest, "", &limits), Err(Unreadable::Inflates { limit: 1 << 20 }));
    // The same with a directory that says "10 bytes" everywhere.
    let mut lying = honest;
    let sizes: Vec<usize> = (0..lying.len() - 4).filter(|at| lying[*at..].starts_with(b"PK\x01\x02")).collect();
    for at in sizes {
        lying[at + 24..at + 28].copy_from_slice(&10_u32.to_le_bytes());
    }
    let told = read(&lying, "", &limits);
    assert!(matches!(told, Err(Unreadable::Inflates { .. } | Unreadable::Cut)), "{told:?}");
}

#[test]
fn limits_of_rows_and_cells_count_what_holds_something() {
    let row = |row: u32| format!("<row r=\"{row}\">{}</row>", text(&format!("A{row}"), "x"));
    let three: String = (1..=3).map(row).collect();
    let limits = Limits { rows: 2, ..Limits::default() };
    assert_eq!(read(&xlsx(&three, ""), "", &limits), Err(Unreadable::TooManyRows { limit: 2 }));
    let limits = Limits { rows: 3, cells: 3, ..Limits::default() };
    assert!(read(&xlsx(&three, ""), "", &limits).is_ok());
    let limits = Limits { cells: 1000, ..Limits::default() };
    let far = format!("<row r=\"1\">{}</row>", text("XFD1", "x"));
    assert_eq!(read(&xlsx(&far, ""), "", &limits), Err(Unreadable::TooManyCells { limit: 1000 }));
    let limits = Limits { bytes: 10, ..Limits::default() };
    assert_eq!(read(b"0123456789a", "", &limits), Err(Unreadable::TooLarge { limit: 10 }));
}

#[test]
fn repeated_cells_of_libreoffice_do_not_unfold_without_end() {
    let cell = |repeats: u32| {
        format!(
            r#"<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="{repeats}" office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>"#
        )
    };
    assert_eq!(read_all(&ods(&cell(1))), Err(Unreadable::TooManyRows { limit: 60_000 }));
    assert_eq!(read_all(&ods(&cell(4_000_000_000))), Err(Unreadable::TooManyCells { limit: 2_000_000 }));
    let empty = r#"<table:table-row table:number-rows-repeated="1048575"><table:table-cell table:number-columns-repeated="16384"/></table:table-row><table:table-row><table:table-cell table:number-columns-repeated="2"/><table:table-cell office:value-type="string"><text:p>Lê &amp; <text:span>An</text:span></text:p><text:p>Bình</text:p><office:annotation><text:p>nhớ hỏi</text:p></office:annotation></table:table-cell></table:table-row>"#;
    let book = read_all(&ods(empty)).unwrap();
    assert_eq!(book.sheets[0].rows[0].number, 1_048_576);
    assert_eq!(texts(&book.sheets[0].rows[0]), ["", "", "Lê & An\nBình"]);
}

#[test]
fn a_locked_file_of_libreoffice_is_called_locked() {
    let locked = zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"),
        ("content.xml", b"\x17\x99\x03"),
    ]);
    assert_eq!(read_all(&locked), Err(Unreadable::Encrypted));
}

#[test]
fn merged_cells_hold_their_value_in_rows_that_hold_something() {
    let data = [
        format!("<row r=\"1\">{}</row>", text("A1", "Tiêu đề")),
        format!("<row r=\"3\">{}{}</row>", text("A3", "Lê Lợi"), text("B3", "1")),
        format!("<row r=\"4\">{}</row>", text("B4", "2")),
        format!("<row r=\"5\">{}</row>", text("B5", "3")),
    ]
    .concat();
    let merged = r#"<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="A3:A4"/></mergeCells>"#;
    let book = read_all(&xlsx(&data, merged)).unwrap();
    let rows: Vec<(u32, Vec<&str>)> = book.sheets[0].rows.iter().map(|row| (row.number, texts(row))).collect();
    let expected =
        [(1, vec!["Tiêu đề", "Tiêu đề"]), (3, vec!["Lê Lợi", "1"]), (4, vec!["Lê Lợi", "2"]), (5, vec!["", "3"])];
    assert_eq!(rows, expected);
    let huge = r#"<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>"#;
    assert!(read_all(&xlsx(&data, huge)).is_ok());
}

#[test]
fn what_is_no_spreadsheet_is_called_what_it_is() {
    let files: [(&[u8], Foreign); 9] = [
        (b"\x89PNG\r\n\x1a\n", Foreign::Picture),
        (b"\xff\xd8\xff\xe0", Foreign::Picture),
        (b"\0\0\0\x18ftypheic", Foreign::Picture),
        (b"%PDF-1.7", Foreign::Pdf),
        (b"Rar!\x1a\x07", Foreign::Archive),
        (b"<!DOCTYPE html><p>x", Foreign::WebPage),
        (b"\n <TABLE><tr>", Foreign::WebPage),
        (b"\x7fELF\x02\x01\x01\0", Foreign::Unknown),
        (b"a,b\0c", Foreign::Unknown),
    ];
    for (bytes, foreign) in files {
        assert_eq!(read_all(bytes), Err(Unreadable::NotASpreadsheet(foreign)), "{bytes:?}");
    }
    let packed = [
        ("word/document.xml", Foreign::Document),
        ("ppt/presentation.xml", Foreign::Slides),
        ("ảnh.png", Foreign::Archive),
    ];
    for (name, foreign) in packed {
        assert_eq!(read_all(&zipped(&[(name, b"x")])), Err(Unreadable::NotASpreadsheet(foreign)), "{name}");
    }
    assert_eq!(read_all(&zipped(&[("xl/workbook.bin", b"x")])), Err(Unreadable::BinaryWorkbook));
    assert_eq!(read_all(b""), Err(Unreadable::Empty));
    assert_eq!(read_all(b" ,\r\n,\r\n"), Err(Unreadable::Empty));
    assert_eq!(read_all(&xlsx("", "")), Err(Unreadable::Empty));
}

#[test]
fn a_broken_file_is_refused_wherever_it_breaks() {
    let whole = xlsx(&format!("<row r=\"1\">{}</row>", text("A1", "Lê An")), "");
    assert!(read_all(&whole).is_ok());
    for length in (8..whole.len() - 22).step_by(7) {
        assert_eq!(read_all(&whole[..length]), Err(Unreadable::Cut), "cut at {length}");
    }
    // A changed byte inside must never panic, whatever it makes of the file.
    for at in 0..whole.len() {
        let mut changed = whole.clone();
        changed[at] ^= 0x55;
        let _ = read_all(&changed);
    }
}

#[test]
fn an_old_file_never_panics_and_never_takes_all_memory() {
    let whole = include_bytes!("../../../tests/import_files/list.xls");
    for length in (0..whole.len()).step_by(97) {
        assert!(read_all(&whole[..length]).is_err(), "cut at {length}");
    }
    // Every seventh byte: a debug build takes its time.
    for at in (512..whole.len()).step_by(7) {
        let mut changed = whole.to_vec();
        changed[at] ^= 0x7f;
        let _ = read_all(&changed);
    }
}

#[test]
fn separators_and_encodings_of_text_files() {
    let lines = "Họ tên;Địa chỉ\r\nLê An;\"15; Lê Lợi, P. 1\"\r\n\r\nTrần Bình;7\r\n";
    let wide = |unit: u16| [unit.to_le_bytes(), unit.to_be_bytes()];
    let little: Vec<u8> =
        "\u{feff}".encode_utf16().chain(lines.encode_utf16()).flat_map(|unit| wide(unit)[0]).collect();
    let big: Vec<u8> = "\u{feff}".encode_utf16().chain(lines.encode_utf16()).flat_map(|unit| wide(unit)[1]).collect();
    let marked = [b"\xef\xbb\xbf", lines.as_bytes()].concat();
    for bytes in [lines.as_bytes(), &marked, &little, &big] {
        let book = read(bytes, "tổ 7.csv", &Limits::default()).unwrap();
        assert_eq!(book.sheets[0].name, "tổ 7");
        let rows: Vec<(u32, Vec<&str>)> = book.sheets[0].rows.iter().map(|row| (row.number, texts(row))).collect();
        let expected =
            [(1, vec!["Họ tên", "Địa chỉ"]), (2, vec!["Lê An", "15; Lê Lợi, P. 1"]), (4, vec!["Trần Bình", "7"])];
        assert_eq!(rows, expected);
    }
    let tabs = read_all(b"a\tb,c\n1\t2,5\n").unwrap();
    assert_eq!(texts(&tabs.sheets[0].rows[1]), ["1", "2,5"]);
}

#[test]
fn old_letters_are_told_apart() {
    // "Nguyễn Văn Lựu" in Windows-1258, then in TCVN3.
    let windows = b"ten,to\nNguy\xea\xden V\xe3n L\xfd\xf2u,7\n";
    assert_eq!(texts(&read_all(windows).unwrap().sheets[0].rows[1])[0], "Nguyễn Văn Lựu");
    let fonts = b"ten,to\nNguy\xd4n V\xa8n L\xf9u,7\n";
    assert_eq!(texts(&read_all(fonts).unwrap().sheets[0].rows[1])[0], "NguyÔn V¨n Lùu");
}

#[test]
fn columns_have_letters() {
    assert_eq!([0, 25, 26, 51, 52, 701, 702, 16_383].map(letters), ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]);
}
