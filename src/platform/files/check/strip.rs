//! Of a picture only what draws it is kept. Where it was taken (EXIF, XMP, IPTC, a maker's own notes, what stands after the end) goes;
//! which way is up and when it was taken are read first and written again.

use std::io::Cursor;

use chrono::{Datelike, NaiveDateTime};
use exif::experimental::Writer;
use exif::{Error, Exif, Field, In, Reader, Tag, Value};

use super::{Stretch, jpeg, png};

/// A picture without anything but itself.
#[derive(Debug)]
pub(super) struct Clean {
    pub bytes: Vec<u8>,
    pub taken_at: Option<NaiveDateTime>,
}

/// How EXIF begins in a JPEG.
const EXIF_HEAD: &[u8] = b"Exif\0\0";
const EXIF_MARKER: u8 = 0xe1;
/// How cameras write a moment.
const MOMENT: &str = "%Y:%m:%d %H:%M:%S";

pub(super) fn jpeg(walked: &[Stretch<u8>], whole: &[u8]) -> Clean {
    // Marker and length come before what a segment says.
    let said = |stretch: &Stretch<u8>| stretch.of(whole).get(4..).unwrap_or_default();
    let exif = walked.iter().filter(|it| it.name == EXIF_MARKER).find_map(|it| said(it).strip_prefix(EXIF_HEAD));
    let told = Told::of(exif);
    let mut bytes = jpeg::SIGNATURE[..2].to_vec();
    let mut written = told.written().map(|tiff| segment(EXIF_MARKER, &[EXIF_HEAD, &tiff].concat()));
    for stretch in walked.iter().filter(|it| draws(it.name, said(it))) {
        // JFIF wants to be the very first segment.
        if stretch.name != 0xe0 {
            bytes.extend(written.take().unwrap_or_default());
        }
        bytes.extend_from_slice(stretch.of(whole));
    }
    Clean { bytes, taken_at: told.taken_at }
}

/// Whether a segment of a JPEG is needed to draw it: of the application's own segments the colours, no comment.
fn draws(code: u8, said: &[u8]) -> bool {
    match code {
        0xe0 => said.starts_with(b"JFIF\0"),
        0xe2 => said.starts_with(b"ICC_PROFILE\0"),
        0xee => said.starts_with(b"Adobe"),
        0xe1..=0xef | 0xfe => false,
        _ => true,
    }
}

fn segment(code: u8, said: &[u8]) -> Vec<u8> {
    let length = u16::try_from(said.len() + 2).unwrap_or(u16::MAX).to_be_bytes();
    [&[0xff, code], &length[..], said].concat()
}

pub(super) fn png(walked: &[Stretch<[u8; 4]>], whole: &[u8]) -> Clean {
    let said = |stretch: &Stretch<[u8; 4]>| {
        let piece = stretch.of(whole);
        piece.get(8..piece.len().saturating_sub(4)).unwrap_or_default()
    };
    let told = Told::of(walked.iter().find(|it| it.name == *b"eXIf").map(said));
    let mut bytes = png::SIGNATURE.to_vec();
    for stretch in walked.iter().filter(|it| COLOURS.contains(&it.name)) {
        bytes.extend_from_slice(stretch.of(whole));
        if stretch.name == *b"IHDR" {
            bytes.extend(told.written().map(|tiff| chunk(*b"eXIf", &tiff)).unwrap_or_default());
        }
    }
    Clean { bytes, taken_at: told.taken_at }
}

/// The chunks of a PNG that draw it.
const COLOURS: [[u8; 4]; 14] = [
    *b"IHDR", *b"PLTE", *b"IDAT", *b"IEND", *b"tRNS", *b"gAMA", *b"cHRM", *b"sRGB", *b"iCCP", *b"cICP", *b"sBIT",
    *b"bKGD", *b"hIST", *b"pHYs",
];

fn chunk(name: [u8; 4], said: &[u8]) -> Vec<u8> {
    let mut sum = flate2::Crc::new();
    sum.update(&name);
    sum.update(said);
    let length = u32::try_from(said.len()).unwrap_or(u32::MAX).to_be_bytes();
    [&length[..], &name, said, &sum.sum().to_be_bytes()].concat()
}

/// What EXIF says that stays.
#[derive(Debug, Default)]
struct Told {
    /// 1 to 8, as EXIF counts the ways of turning and mirroring.
    orientation: Option<u16>,
    taken_at: Option<NaiveDateTime>,
}

impl Told {
    /// Reads as much as can be read: damaged EXIF is no reason to refuse a picture.
    fn of(raw: Option<&[u8]>) -> Self {
        let Some(raw) = raw else { return Self::default() };
        let exif = match Reader::new().continue_on_error(true).read_raw(raw.to_vec()) {
            Ok(exif) => exif,
            Err(Error::PartialResult(part)) => part.into_inner().0,
            Err(_) => return Self::default(),
        };
        let moments = [Tag::DateTimeOriginal, Tag::DateTimeDigitized];
        Self {
            orientation: orientation(&exif),
            taken_at: moments.into_iter().find_map(|tag| moment(&exif.get_field(tag, In::PRIMARY)?.value)),
        }
    }

    /// The same as EXIF again, if there is anything to say.
    fn written(&self) -> Option<Vec<u8>> {
        let turned = self.orientation.filter(|way| *way != 1);
        let field = |tag, value| Field { tag, ifd_num: In::PRIMARY, value };
        let fields: Vec<Field> = [
            turned.map(|way| field(Tag::Orientation, Value::Short(vec![way]))),
            self.taken_at
                .map(|at| field(Tag::DateTimeOriginal, Value::Ascii(vec![at.format(MOMENT).to_string().into_bytes()]))),
        ]
        .into_iter()
        .flatten()
        .collect();
        let mut writer = Writer::new();
        fields.iter().for_each(|field| writer.push_field(field));
        let mut tiff = Cursor::new(vec![]);
        let done = writer.write(&mut tiff, false);
        (!fields.is_empty() && done.is_ok()).then(|| tiff.into_inner())
    }
}

fn orientation(exif: &Exif) -> Option<u16> {
    let way = exif.get_field(Tag::Orientation, In::PRIMARY)?.value.get_uint(0)?;
    u16::try_from(way).ok().filter(|way| (1..=8).contains(way))
}

/// Reads a moment; a camera whose clock was never set is not believed.
fn moment(value: &Value) -> Option<NaiveDateTime> {
    let Value::Ascii(texts) = value else { return None };
    let text = std::str::from_utf8(texts.first()?).ok()?;
    let at = NaiveDateTime::parse_from_str(text.trim_matches(['\0', ' ']), MOMENT).ok()?;
    (2000..=2100).contains(&at.year()).then_some(at)
}

#[cfg(test)]
mod tests;
