//! PDF: a header near the start, the end mark near the end. The inside is the reader's business.

use std::io::{Read, Seek, SeekFrom};

use super::{FileKind, Outcome, Rejected};

/// Readers look for the header this far into the file.
pub(super) const HEADER_WITHIN: usize = 1024;
/// Scanners pad the end; the mark is looked for in this many last bytes.
const END_WITHIN: u64 = 2048;

/// Where the header `%PDF-` begins.
pub(super) fn header_at(head: &[u8]) -> Option<usize> {
    let head = &head[..head.len().min(HEADER_WITHIN)];
    head.windows(5).position(|w| w == b"%PDF-")
}

pub(super) fn check(content: &mut (impl Read + Seek), size: u64) -> Outcome {
    content.seek(SeekFrom::Start(size.saturating_sub(END_WITHIN)))?;
    let mut tail = Vec::new();
    content.take(END_WITHIN).read_to_end(&mut tail)?;
    // startxref stands right before the mark in every whole file; a file cut in the middle may
    // hold an earlier mark of its own (each saved change adds one), but seldom this near the cut.
    let end = tail.windows(5).rposition(|w| w == b"%%EOF");
    let start = tail.windows(9).rposition(|w| w == b"startxref");
    match (start, end) {
        (Some(start), Some(end)) if start < end => Ok(()),
        _ => Err(Rejected::Damaged { kind: FileKind::Pdf }.into()),
    }
}
