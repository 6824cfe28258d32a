//! JPEG: a walk over the segments, through each scan, to the end mark.

use std::io::{self, BufRead, Read, Seek};

use super::{CheckError, FileKind, Rejected, Stretch, check_pixels, damaged_at_end};

/// What every JPEG begins with: start of image, then the next marker.
pub(super) const SIGNATURE: &[u8] = b"\xff\xd8\xff";

const KIND: FileKind = FileKind::Jpeg;
const END_OF_IMAGE: u8 = 0xd9;
const START_OF_SCAN: u8 = 0xda;
/// FF and the code.
const MARKER_BYTES: u64 = 2;

/// Gives the segments by their codes, a scan with its coded pixels, up to the end mark.
pub(super) fn check(content: &mut (impl BufRead + Seek), size: u64) -> Result<Vec<Stretch<u8>>, CheckError> {
    let cut = damaged_at_end(KIND);
    content.read_exact(&mut [0; 2]).map_err(&cut)?;
    let mut marker = next_marker(content).map_err(&cut)?;
    let (mut has_frame, mut has_scan) = (false, false);
    let mut walked = vec![];
    loop {
        let from = content.stream_position()? - MARKER_BYTES;
        match marker {
            // What phones append after the end (a second picture, a short film) is not looked at, and not kept.
            Some(END_OF_IMAGE) if has_frame && has_scan => {
                walked.push(Stretch { name: END_OF_IMAGE, from, to: from + MARKER_BYTES });
                return Ok(walked);
            }
            // Markers that stand alone may not appear between segments, except as filling.
            None | Some(END_OF_IMAGE | 0x00..=0xbf | 0xd0..=0xd8) => return Err(damaged()),
            Some(code) => {
                has_frame |= segment(content, code, size)?;
                let to = if code == START_OF_SCAN {
                    has_scan = true;
                    marker = Some(after_scan(content).map_err(&cut)?);
                    content.stream_position()? - MARKER_BYTES
                } else {
                    let to = content.stream_position()?;
                    marker = next_marker(content).map_err(&cut)?;
                    to
                };
                walked.push(Stretch { name: code, from, to });
            }
        }
    }
}

/// Steps over one segment; `true` when it was a frame header (whose size was looked at).
fn segment(content: &mut (impl Read + Seek), code: u8, size: u64) -> Result<bool, CheckError> {
    let cut = damaged_at_end(KIND);
    let mut length = [0; 2];
    content.read_exact(&mut length).map_err(&cut)?;
    let rest = i64::from(u16::from_be_bytes(length)) - 2;
    let end = content.stream_position()?.checked_add_signed(rest);
    if rest < 0 || end.is_none_or(|end| end > size) {
        return Err(damaged());
    }
    if !is_frame(code) {
        content.seek_relative(rest)?;
        return Ok(false);
    }
    let mut frame = [0; 5];
    if rest < 6 {
        return Err(damaged());
    }
    content.read_exact(&mut frame).map_err(&cut)?;
    let height = u16::from_be_bytes([frame[1], frame[2]]);
    let width = u16::from_be_bytes([frame[3], frame[4]]);
    check_pixels(KIND, width.into(), height.into())?;
    content.seek_relative(rest - 5)?;
    Ok(true)
}

/// Start-of-frame markers; C4, C8 and CC among them mean other things.
fn is_frame(code: u8) -> bool {
    matches!(code, 0xc0..=0xcf) && !matches!(code, 0xc4 | 0xc8 | 0xcc)
}

/// The code after one or more FF bytes; `None` when something else stands here.
fn next_marker(content: &mut impl Read) -> io::Result<Option<u8>> {
    let mut byte = [0];
    content.read_exact(&mut byte)?;
    if byte != [0xff] {
        return Ok(None);
    }
    while byte == [0xff] {
        content.read_exact(&mut byte)?;
    }
    Ok(Some(byte[0]))
}

/// Passes the coded pixels of a scan and returns the marker that ends it. FF 00 is a coded FF,
/// D0 to D7 are restart marks inside the scan.
fn after_scan(content: &mut impl BufRead) -> io::Result<u8> {
    loop {
        content.skip_until(0xff)?;
        let mut byte = [0xff];
        while byte == [0xff] {
            content.read_exact(&mut byte)?;
        }
        if !matches!(byte[0], 0x00 | 0xd0..=0xd7) {
            return Ok(byte[0]);
        }
    }
}

fn damaged() -> CheckError {
    Rejected::Damaged { kind: KIND }.into()
}
