//! What a file begins as, told from its first bytes and, for containers, from what they hold.

use std::io::{self, BufReader, Read, Seek, SeekFrom};

use super::{CheckError, FileKind, docx, jpeg, ole, pdf, png};

/// What a file was found to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    Kind(FileKind),
    Heic,
    OldWord,
    Locked,
    BrokenDocx,
    CrowdedZip,
    MacroWord,
    Foreign(Foreign),
    Unknown,
}

/// Kinds of file that people hand in by mistake, told apart so that the answer can name them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Foreign {
    /// Excel, old or new.
    Spreadsheet,
    /// PowerPoint, old or new.
    Slides,
    /// Text, sheet or slides of LibreOffice.
    OpenDocument,
    /// ZIP, RAR, 7-Zip, gzip.
    Archive,
    /// GIF, WebP, AVIF, TIFF, BMP.
    OtherPicture,
    /// MP4, QuickTime, WebM, AVI.
    Video,
    /// MP3, WAV, OGG, M4A.
    Sound,
    /// Rich Text Format.
    RichText,
    /// HTML, XML or SVG.
    WebPage,
    /// A program for Windows or Linux, or a script.
    Program,
    /// Plain text.
    Text,
}

/// Enough for every signature and for the place where a PDF header may stand.
const HEAD: u64 = pdf::HEADER_WITHIN as u64;

/// Recognises the content. `claimed` is used only to word the answer about a broken ZIP.
pub(super) fn sniff(content: &mut (impl Read + Seek), claimed: Option<FileKind>) -> Result<Found, CheckError> {
    let mut head = Vec::new();
    content.by_ref().take(HEAD).read_to_end(&mut head)?;
    if head.starts_with(ole::SIGNATURE) {
        content.seek(SeekFrom::Start(0))?;
        return Ok(in_ole(BufReader::new(content))?);
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        content.seek(SeekFrom::Start(0))?;
        return in_zip(&head, content, claimed);
    }
    Ok(by_signature(&head).unwrap_or_else(|| by_text(&head)))
}

fn in_ole(content: impl Read) -> io::Result<Found> {
    Ok(match ole::holds(content)? {
        ole::Holds::Locked => Found::Locked,
        ole::Holds::Word => Found::OldWord,
        ole::Holds::Spreadsheet => Found::Foreign(Foreign::Spreadsheet),
        ole::Holds::Slides => Found::Foreign(Foreign::Slides),
        ole::Holds::Other => Found::Unknown,
    })
}

fn in_zip(head: &[u8], content: &mut (impl Read + Seek), claimed: Option<FileKind>) -> Result<Found, CheckError> {
    // Word writes this entry first, so a cut-off Word file still shows what it was.
    let looks_like_word =
        claimed == Some(FileKind::Docx) || head.windows(19).any(|w| w == b"[Content_Types].xml") && claimed.is_none();
    let or_archive = |found| match looks_like_word {
        true => found,
        false => Found::Foreign(Foreign::Archive),
    };
    Ok(match docx::holds(content)? {
        docx::Holds::Word => Found::Kind(FileKind::Docx),
        docx::Holds::MacroWord => Found::MacroWord,
        docx::Holds::Spreadsheet => Found::Foreign(Foreign::Spreadsheet),
        docx::Holds::Slides => Found::Foreign(Foreign::Slides),
        docx::Holds::OpenDocument => Found::Foreign(Foreign::OpenDocument),
        docx::Holds::Other => Found::Foreign(Foreign::Archive),
        docx::Holds::TooMany => or_archive(Found::CrowdedZip),
        docx::Holds::Unreadable => or_archive(Found::BrokenDocx),
    })
}

fn by_signature(head: &[u8]) -> Option<Found> {
    const SIGNATURES: [(&[u8], Found); 20] = [
        (jpeg::SIGNATURE, Found::Kind(FileKind::Jpeg)),
        (png::SIGNATURE, Found::Kind(FileKind::Png)),
        (b"GIF8", Found::Foreign(Foreign::OtherPicture)),
        (b"II*\0", Found::Foreign(Foreign::OtherPicture)),
        (b"MM\0*", Found::Foreign(Foreign::OtherPicture)),
        (b"BM", Found::Foreign(Foreign::OtherPicture)),
        (b"Rar!", Found::Foreign(Foreign::Archive)),
        (b"7z\xbc\xaf\x27\x1c", Found::Foreign(Foreign::Archive)),
        (b"\x1f\x8b", Found::Foreign(Foreign::Archive)),
        (b"\x1a\x45\xdf\xa3", Found::Foreign(Foreign::Video)),
        (b"ID3", Found::Foreign(Foreign::Sound)),
        (b"OggS", Found::Foreign(Foreign::Sound)),
        (b"{\\rtf", Found::Foreign(Foreign::RichText)),
        (b"MZ", Found::Foreign(Foreign::Program)),
        (b"\x7fELF", Found::Foreign(Foreign::Program)),
        (b"#!", Found::Foreign(Foreign::Program)),
        (b"\xff\xfb", Found::Foreign(Foreign::Sound)),
        (b"\xff\xf1", Found::Foreign(Foreign::Sound)),
        (b"\xca\xfe\xba\xbe", Found::Foreign(Foreign::Program)),
        (b"\xcf\xfa\xed\xfe", Found::Foreign(Foreign::Program)),
    ];
    let at_start = |(signature, found): &(&[u8], Found)| {
        let starts = head.starts_with(signature);
        starts.then_some(*found)
    };
    // A PDF header may stand behind anything, so it comes last: a program with one is a program.
    in_iso_media(head)
        .or_else(|| in_riff(head))
        .or_else(|| SIGNATURES.iter().find_map(at_start))
        .or_else(|| pdf::header_at(head).map(|_| Found::Kind(FileKind::Pdf)))
}

/// HEIC, AVIF and films share one container, told apart by its brand.
fn in_iso_media(head: &[u8]) -> Option<Found> {
    if head.get(4..8)? != b"ftyp" {
        return None;
    }
    Some(match head.get(8..12)? {
        b"heic" | b"heix" | b"hevc" | b"hevx" | b"heim" | b"heis" | b"mif1" | b"msf1" => Found::Heic,
        b"avif" | b"avis" => Found::Foreign(Foreign::OtherPicture),
        b"M4A " => Found::Foreign(Foreign::Sound),
        _ => Found::Foreign(Foreign::Video),
    })
}

fn in_riff(head: &[u8]) -> Option<Found> {
    if !head.starts_with(b"RIFF") {
        return None;
    }
    Some(Found::Foreign(match head.get(8..12)? {
        b"WEBP" => Foreign::OtherPicture,
        b"AVI " => Foreign::Video,
        _ => Foreign::Sound,
    }))
}

fn by_text(head: &[u8]) -> Found {
    // The head may end inside a letter; what is before it counts.
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(e) if e.error_len().is_none() => std::str::from_utf8(&head[..e.valid_up_to()]).unwrap_or_default(),
        Err(_) => return Found::Unknown,
    };
    if text.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}')) {
        return Found::Unknown;
    }
    let start = text.trim_start_matches('\u{feff}').trim_start();
    match start.starts_with('<') {
        true => Found::Foreign(Foreign::WebPage),
        false => Found::Foreign(Foreign::Text),
    }
}
