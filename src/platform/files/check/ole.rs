//! The container of Office before 2007, which also wraps a newer file once it has a password.

use std::io::{self, Read};

pub(super) const SIGNATURE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// One directory entry; entries lie at multiples of it, whatever the sector size.
const ENTRY: usize = 128;

/// What such a container holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    Word,
    Spreadsheet,
    Slides,
    /// A newer Office file, encrypted.
    Locked,
    Other,
}

/// Looks for the names of the inner streams (UTF-16, zero-terminated) without following the
/// container's own tables, which an attacker could send in circles.
pub(super) fn holds(mut content: impl Read) -> io::Result<Holds> {
    let names = [
        ("EncryptedPackage", Holds::Locked),
        ("WordDocument", Holds::Word),
        ("Workbook", Holds::Spreadsheet),
        ("Book", Holds::Spreadsheet),
        ("PowerPoint Document", Holds::Slides),
    ]
    .map(|(name, holds)| (wide(name), holds));
    let mut found = Holds::Other;
    let mut entry = [0; ENTRY];
    loop {
        match content.read_exact(&mut entry) {
            Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => return Ok(found),
            other => other?,
        }
        for (name, holds) in &names {
            if entry.starts_with(name) {
                match holds {
                    Holds::Locked => return Ok(Holds::Locked),
                    // A Word file may carry a spreadsheet inside, seldom the reverse.
                    holds if found != Holds::Word => found = *holds,
                    _ => {}
                }
            }
        }
    }
}

/// As in a directory entry, with the terminating zero so that longer names do not match.
pub(super) fn wide(name: &str) -> Vec<u8> {
    name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect()
}
