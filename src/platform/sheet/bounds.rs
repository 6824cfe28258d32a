//! How much a packed file unpacks to, known before anything reads it into memory.

use std::io::{Cursor, ErrorKind, Read};

use zip::ZipArchive;

use super::{Limits, Unreadable};

/// No spreadsheet has more inner files; a directory of millions would keep us busy by itself.
const MOST_ENTRIES: usize = 5_000;

/// Opens a packed file whose content was unpacked once into nowhere: first by what its directory says, then for real, since
/// a directory may lie. The checksums are proven on the way, so a damaged file is known here too.
pub(super) fn open<'a>(bytes: &'a [u8], limits: &Limits) -> Result<ZipArchive<Cursor<&'a [u8]>>, Unreadable> {
    let too_much = Unreadable::Inflates { limit: limits.unpacked };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::Cut)?;
    if archive.len() > MOST_ENTRIES {
        return Err(too_much);
    }
    let mut left = limits.unpacked;
    let mut told = 0_u64;
    for at in 0..archive.len() {
        let entry = archive.by_index_raw(at).map_err(|_| Unreadable::Cut)?;
        if entry.encrypted() {
            return Err(Unreadable::Encrypted);
        }
        told = told.saturating_add(entry.size());
    }
    if told > left {
        return Err(too_much);
    }
    for at in 0..archive.len() {
        let entry = archive.by_index(at).map_err(|_| Unreadable::Cut)?;
        left = left.checked_sub(length(entry, left)?).ok_or(too_much)?;
    }
    Ok(archive)
}

/// The true length of an entry, counted up to one beyond `limit`.
fn length(entry: impl Read, limit: u64) -> Result<u64, Unreadable> {
    let mut entry = entry.take(limit + 1);
    let mut buffer = vec![0; 64 * 1024];
    let mut length = 0;
    loop {
        match entry.read(&mut buffer) {
            Ok(0) => return Ok(length),
            Ok(read) => length += read as u64,
            Err(e) if e.kind() == ErrorKind::Interrupted => {}
            Err(_) => return Err(Unreadable::Cut),
        }
    }
}
