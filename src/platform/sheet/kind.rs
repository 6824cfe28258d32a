//! What a file is, told from its first bytes and, for containers, from what they hold.

use std::io::Cursor;

use zip::ZipArchive;

use super::Unreadable;

/// The files that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Xlsx,
    Xls,
    Ods,
    Delimited,
}

/// Kinds of file that people hand in by mistake, told apart so that the answer can name them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Foreign {
    /// PNG, JPEG, GIF, WebP, HEIC, TIFF, BMP.
    Picture,
    /// PDF.
    Pdf,
    /// Word, old or new, or LibreOffice text.
    Document,
    /// PowerPoint, old or new.
    Slides,
    /// ZIP, RAR, 7-Zip, gzip with no spreadsheet in it as such.
    Archive,
    /// HTML, also when an office program named it .xls.
    WebPage,
    /// None of these.
    Unknown,
}

const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// One directory entry of an OLE container; entries lie at multiples of it, whatever the sector size.
const ENTRY: usize = 128;

/// Recognises the file; a locked one is refused here already.
pub(super) fn of(bytes: &[u8]) -> Result<Kind, Unreadable> {
    if bytes.starts_with(OLE) {
        return in_ole(bytes);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return in_zip(bytes);
    }
    match by_signature(bytes) {
        Some(foreign) => Err(Unreadable::NotASpreadsheet(foreign)),
        None => as_text(bytes),
    }
}

/// Looks for the names of the inner streams without following the container's own tables.
fn in_ole(bytes: &[u8]) -> Result<Kind, Unreadable> {
    let names: Vec<String> = bytes.chunks_exact(ENTRY).filter_map(entry_name).collect();
    let holds = |name: &str| names.iter().any(|it| it == name);
    match () {
        () if holds("EncryptedPackage") => Err(Unreadable::Encrypted),
        () if holds("WordDocument") => Err(Unreadable::NotASpreadsheet(Foreign::Document)),
        () if holds("Workbook") || holds("Book") => Ok(Kind::Xls),
        () if holds("PowerPoint Document") => Err(Unreadable::NotASpreadsheet(Foreign::Slides)),
        () if !holds("Root Entry") => Err(Unreadable::Cut),
        () => Err(Unreadable::NotASpreadsheet(Foreign::Unknown)),
    }
}

/// A name is UTF-16 up to a zero.
fn entry_name(entry: &[u8]) -> Option<String> {
    let units = entry[..64].as_chunks::<2>().0.iter().map(|pair| u16::from_le_bytes(*pair));
    let name: Vec<u16> = units.take_while(|unit| *unit != 0).collect();
    if name.len() < 4 { None } else { String::from_utf16(&name).ok() }
}

fn in_zip(bytes: &[u8]) -> Result<Kind, Unreadable> {
    let Ok(archive) = ZipArchive::new(Cursor::new(bytes)) else { return Err(Unreadable::Cut) };
    let names: Vec<String> =
        archive.file_names().filter_map(Result::ok).map(|name| name.to_ascii_lowercase()).collect();
    let holds = |start: &str| names.iter().any(|name| name.starts_with(start));
    if holds("xl/workbook.bin") {
        return Err(Unreadable::BinaryWorkbook);
    }
    if holds("xl/") {
        return Ok(Kind::Xlsx);
    }
    let foreign = match () {
        () if holds("word/") => Foreign::Document,
        () if holds("ppt/") => Foreign::Slides,
        () if holds("content.xml") => return in_open_document(archive),
        () => Foreign::Archive,
    };
    Err(Unreadable::NotASpreadsheet(foreign))
}

fn in_open_document(mut archive: ZipArchive<Cursor<&[u8]>>) -> Result<Kind, Unreadable> {
    let mut kind = String::new();
    let told = archive
        .by_name("mimetype")
        .ok()
        .map(|file| std::io::Read::read_to_string(&mut std::io::Read::take(file, 100), &mut kind));
    match (told, kind.as_str()) {
        (Some(Ok(_)), kind) if kind.contains("opendocument.spreadsheet") => Ok(Kind::Ods),
        (_, kind) if kind.contains("opendocument.presentation") => Err(Unreadable::NotASpreadsheet(Foreign::Slides)),
        _ => Err(Unreadable::NotASpreadsheet(Foreign::Document)),
    }
}

fn by_signature(bytes: &[u8]) -> Option<Foreign> {
    const SIGNATURES: [(&[u8], Foreign); 11] = [
        (b"\x89PNG", Foreign::Picture),
        (b"\xff\xd8\xff", Foreign::Picture),
        (b"GIF8", Foreign::Picture),
        (b"II*\0", Foreign::Picture),
        (b"MM\0*", Foreign::Picture),
        (b"RIFF", Foreign::Picture),
        (b"%PDF", Foreign::Pdf),
        (b"{\\rtf", Foreign::Document),
        (b"Rar!", Foreign::Archive),
        (b"7z\xbc\xaf\x27\x1c", Foreign::Archive),
        (b"\x1f\x8b", Foreign::Archive),
    ];
    if bytes.get(4..8) == Some(b"ftyp") {
        return Some(Foreign::Picture);
    }
    SIGNATURES.iter().find_map(|(signature, foreign)| bytes.starts_with(signature).then_some(*foreign))
}

/// Text has no control letters. UTF-16 is full of zeros, but says what it is by its first two bytes.
fn as_text(bytes: &[u8]) -> Result<Kind, Unreadable> {
    let wide = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    let control = |byte: &u8| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1a);
    if !wide && bytes.iter().any(control) {
        return Err(Unreadable::NotASpreadsheet(Foreign::Unknown));
    }
    let head = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let head = head[..head.len().min(200)].to_ascii_lowercase();
    let web = [&b"<!doctype"[..], b"<html", b"<?xml", b"<table", b"<head", b"<meta"];
    if web.iter().any(|start| head.starts_with(start)) || head.starts_with(b"mime-version") {
        return Err(Unreadable::NotASpreadsheet(Foreign::WebPage));
    }
    Ok(Kind::Delimited)
}
