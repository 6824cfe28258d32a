//! DOCX: a ZIP with the right entries inside, which does not explode when opened.
//!
//! Sizes in a ZIP are only claims, so every entry is really inflated, piece by piece into nothing,
//! and the pieces are counted: what lies about its size is stopped by the count.

use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};

use flate2::Crc;
use flate2::bufread::DeflateDecoder;
use zip::read::ZipFile;
use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

use super::{CheckError, FileKind, Outcome, Rejected};

/// The most inner files that a Word file may have; a long report with 300 pictures has 350.
pub const MAX_ENTRIES: usize = 2_000;

/// How far a Word file may grow when it is opened.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// All inner files together, in bytes.
    pub total: u64,
    /// All inner files together, as a multiple of the file itself...
    pub ratio: u64,
    /// ...which only counts above this many bytes: a nearly empty document may shrink well.
    pub ratio_from: u64,
}

pub(super) const LIMITS: Limits = Limits { total: 200 * 1024 * 1024, ratio: 200, ratio_from: 10 * 1024 * 1024 };

const CONTENT_TYPES: &str = "[Content_Types].xml";
/// Larger than any list of content types of 2,000 entries.
const CONTENT_TYPES_MAX: usize = 1024 * 1024;

/// What a ZIP is, told from its table of contents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    Word,
    MacroWord,
    Spreadsheet,
    Slides,
    OpenDocument,
    Other,
    TooMany,
    Unreadable,
}

/// Reads the table of contents only.
pub(super) fn holds(content: &mut (impl Read + Seek)) -> Result<Holds, CheckError> {
    // Roughly counted before the table is read into memory, since each row costs memory there.
    if count_table_rows(BufReader::new(&mut *content))? > MAX_ENTRIES {
        return Ok(Holds::TooMany);
    }
    content.seek(SeekFrom::Start(0))?;
    let archive = match ZipArchive::new(BufReader::new(content)) {
        Ok(archive) => archive,
        Err(error) => return disk_failure(error).map_or(Ok(Holds::Unreadable), Err),
    };
    if archive.len() > MAX_ENTRIES {
        return Ok(Holds::TooMany);
    }
    let names: Vec<&[u8]> = archive.file_names_raw().collect();
    let has = |wanted: &[u8]| names.contains(&wanted);
    let office = has(CONTENT_TYPES.as_bytes());
    let macros = names.iter().any(|name| is_macro(name));
    Ok(match () {
        () if office && names.iter().any(|n| is_main_part(n)) && macros => Holds::MacroWord,
        () if office && names.iter().any(|n| is_main_part(n)) => Holds::Word,
        () if office && names.iter().any(|n| n.starts_with(b"xl/")) => Holds::Spreadsheet,
        () if office && names.iter().any(|n| n.starts_with(b"ppt/")) => Holds::Slides,
        () if has(b"mimetype") && has(b"content.xml") => Holds::OpenDocument,
        () => Holds::Other,
    })
}

/// Everything that opening the file would meet.
pub(super) fn check(content: &mut (impl Read + Seek), size: u64, limits: &Limits) -> Outcome {
    let mut archive = ZipArchive::new(content).map_err(broken)?;
    // Two entries of one name: which of them opens depends on the program, so neither is judged.
    if archive.has_duplicate_names() {
        return Err(damaged());
    }
    let budget = match limits.ratio_from.max(size.saturating_mul(limits.ratio)) {
        by_ratio if by_ratio < limits.total => by_ratio,
        _ => limits.total,
    };
    check_claims(&mut archive, budget)?;
    let mut inflated = 0;
    for index in 0..archive.len() {
        let mut entry = archive.by_index_raw(index).map_err(broken)?;
        let is_types = entry.name_raw() == CONTENT_TYPES.as_bytes();
        let mut types = Vec::new();
        inflated += inflate(&mut entry, budget - inflated, |piece| {
            if is_types && types.len() < CONTENT_TYPES_MAX {
                types.extend_from_slice(piece);
            }
        })?;
        if is_types && names_macros(&types) {
            return Err(Rejected::Macros.into());
        }
    }
    Ok(())
}

/// What the table of contents says, before a byte is inflated.
fn check_claims<R: Read + Seek>(archive: &mut ZipArchive<R>, budget: u64) -> Outcome {
    let mut claimed = 0_u64;
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(broken)?;
        if escapes(entry.name_raw()) || entry.is_symlink() {
            return Err(Rejected::UnsafeEntry.into());
        }
        if is_macro(entry.name_raw()) {
            return Err(Rejected::Macros.into());
        }
        if entry.encrypted() {
            return Err(Rejected::Locked.into());
        }
        claimed = claimed.saturating_add(entry.size());
        if claimed > budget {
            return Err(Rejected::Inflates.into());
        }
    }
    Ok(())
}

/// Inflates one entry into `seen` and returns its true size. Stops with the first piece that goes
/// over what the entry claims or over the budget, so at most one piece too much is ever made.
fn inflate<R: Read + Seek>(
    entry: &mut ZipFile<'_, R>,
    budget: u64,
    mut seen: impl FnMut(&[u8]),
) -> Result<u64, CheckError> {
    let (claimed, crc, method) = (entry.size(), entry.crc32(), entry.compression());
    let raw = BufReader::new(entry);
    let mut source: Box<dyn Read + '_> = match method {
        CompressionMethod::Stored => Box::new(raw),
        CompressionMethod::Deflated => Box::new(DeflateDecoder::new(raw)),
        _ => return Err(damaged()),
    };
    let mut piece = vec![0; 32 * 1024];
    let mut sum = Crc::new();
    let mut size = 0_u64;
    loop {
        let n = match source.read(&mut piece) {
            Ok(0) => break,
            Ok(n) => n,
            Err(error) => return Err(broken(ZipError::Io(error))),
        };
        size += n as u64;
        if size > claimed.min(budget) {
            return Err(Rejected::Inflates.into());
        }
        sum.update(&piece[..n]);
        seen(&piece[..n]);
    }
    match size == claimed && sum.sum() == crc {
        true => Ok(size),
        false => Err(damaged()),
    }
}

/// Rows of the table of contents, by their mark: never far from the truth, since compressed data
/// show the mark by chance about once in 4 GB, and few marks fall between two buffers.
fn count_table_rows(mut content: impl BufRead) -> io::Result<usize> {
    let mut rows = 0;
    loop {
        if content.skip_until(b'P')? == 0 {
            return Ok(rows);
        }
        let rest = content.fill_buf()?;
        if rest.starts_with(b"K\x01\x02") {
            rows += 1;
        }
    }
}

/// `word/document.xml`; Word on the web numbers it (`word/document2.xml`).
fn is_main_part(name: &[u8]) -> bool {
    name.strip_prefix(b"word/document")
        .and_then(|rest| rest.strip_suffix(b".xml"))
        .is_some_and(|digits| digits.iter().all(u8::is_ascii_digit))
}

fn is_macro(name: &[u8]) -> bool {
    let last = name.rsplit(|b| matches!(b, b'/' | b'\\')).next();
    last.is_some_and(|last| last.eq_ignore_ascii_case(b"vbaProject.bin") || last.eq_ignore_ascii_case(b"vbaData.xml"))
}

/// The macro part may be stored under any name; its content type tells. Zeros are left out, so
/// that UTF-16 reads like UTF-8 here.
fn names_macros(types: &[u8]) -> bool {
    let text: Vec<u8> = types.iter().filter(|b| **b != 0).map(u8::to_ascii_lowercase).collect();
    [&b"macroenabled"[..], b"vbaproject"].iter().any(|word| text.windows(word.len()).any(|w| w == *word))
}

/// Absolute, with a drive, with `..`, or with a zero in it.
fn escapes(name: &[u8]) -> bool {
    name.starts_with(b"/")
        || name.starts_with(b"\\")
        || name.contains(&0)
        || name.get(1) == Some(&b':')
        || name.split(|b| matches!(b, b'/' | b'\\')).any(|part| part == b"..")
}

fn damaged() -> CheckError {
    Rejected::Damaged { kind: FileKind::Docx }.into()
}

/// An error while reading the ZIP is damage, unless the operating system reports it.
fn broken(error: ZipError) -> CheckError {
    disk_failure(error).unwrap_or_else(damaged)
}

fn disk_failure(error: ZipError) -> Option<CheckError> {
    match error {
        ZipError::Io(error) if error.raw_os_error().is_some() => Some(error.into()),
        _ => None,
    }
}
