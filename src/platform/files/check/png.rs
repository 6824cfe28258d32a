//! PNG: the signature, then a chain of chunks from IHDR to IEND.

use std::io::{Read, Seek};

use super::{CheckError, FileKind, Rejected, Stretch, check_pixels, damaged_at_end};

pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// Length and type before a chunk's data.
const CHUNK_HEAD: usize = 8;
/// Check sum after it.
const CHUNK_TAIL: i64 = 4;

/// Gives the chunks by their names, head and check sum included, up to the last.
pub(super) fn check(content: &mut (impl Read + Seek), size: u64) -> Result<Vec<Stretch<[u8; 4]>>, CheckError> {
    let kind = FileKind::Png;
    let damaged = || Rejected::Damaged { kind };
    let cut = damaged_at_end(kind);
    let mut signature = [0; SIGNATURE.len()];
    content.read_exact(&mut signature).map_err(&cut)?;

    let mut header = [0; CHUNK_HEAD + 8];
    content.read_exact(&mut header).map_err(&cut)?;
    let (length, name) = head_of(&header);
    if name != *b"IHDR" || length != 13 {
        return Err(damaged().into());
    }
    check_pixels(kind, word(&header[8..]), word(&header[12..]))?;
    content.seek_relative(13 - 8 + CHUNK_TAIL)?;

    let mut walked = vec![Stretch { name, from: SIGNATURE.len() as u64, to: content.stream_position()? }];
    let mut has_pixels = false;
    loop {
        let from = content.stream_position()?;
        let mut head = [0; CHUNK_HEAD];
        content.read_exact(&mut head).map_err(&cut)?;
        let (length, name) = head_of(&head);
        // Seeking past the end is no error, so the chunk's end is compared with the file's.
        let end = content.stream_position()? + u64::from(length) + CHUNK_TAIL as u64;
        if end > size || !name.iter().all(u8::is_ascii_alphabetic) {
            return Err(damaged().into());
        }
        walked.push(Stretch { name, from, to: end });
        match &name {
            b"IEND" if has_pixels && length == 0 => return Ok(walked),
            b"IEND" | b"IHDR" => return Err(damaged().into()),
            b"IDAT" => has_pixels = true,
            _ => {}
        }
        content.seek_relative(i64::from(length) + CHUNK_TAIL)?;
    }
}

fn head_of(bytes: &[u8]) -> (u32, [u8; 4]) {
    (word(bytes), [bytes[4], bytes[5], bytes[6], bytes[7]])
}

fn word(bytes: &[u8]) -> u32 {
    u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])
}
