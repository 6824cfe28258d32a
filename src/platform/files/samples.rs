//! Small real files, made on the spot for tests.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// One empty page.
pub(crate) fn pdf() -> Vec<u8> {
    let mut out = b"%PDF-1.4\n".to_vec();
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    ];
    let mut places = Vec::new();
    for (i, object) in objects.iter().enumerate() {
        places.push(out.len());
        write!(out, "{} 0 obj\n{object}\nendobj\n", i + 1).unwrap();
    }
    let table = out.len();
    out.extend_from_slice(b"xref\n0 4\n0000000000 65535 f \n");
    for place in places {
        writeln!(out, "{place:010} 00000 n ").unwrap();
    }
    write!(out, "trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n{table}\n%%EOF").unwrap();
    out
}

/// A PDF of exactly this many bytes, filled up by a comment before its last lines.
pub(crate) fn pdf_of(size: usize) -> Vec<u8> {
    let small = pdf();
    let last = small.windows(9).rposition(|w| w == b"startxref").unwrap();
    let mut out = small[..last].to_vec();
    out.push(b'%');
    // Not all the same byte, so that a part stored in the wrong place would show.
    out.extend((0..size - small.len() - 2).map(|i| b'a' + (i % 23) as u8));
    out.push(b'\n');
    out.extend_from_slice(&small[last..]);
    assert_eq!(out.len(), size);
    out
}

/// A grey picture; only the header is true to the size, which is all that is judged.
pub(crate) fn png(width: u32, height: u32) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = Vec::new();
    header.extend_from_slice(&width.to_be_bytes());
    header.extend_from_slice(&height.to_be_bytes());
    header.extend_from_slice(&[8, 0, 0, 0, 0]);
    chunk(&mut out, b"IHDR", &header);
    let mut pixels = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    pixels.write_all(&[0, 128]).unwrap();
    chunk(&mut out, b"IDAT", &pixels.finish().unwrap());
    chunk(&mut out, b"IEND", b"");
    out
}

fn chunk(out: &mut Vec<u8>, name: &[u8; 4], data: &[u8]) {
    out.extend_from_slice(&(data.len() as u32).to_be_bytes());
    let mut sum = flate2::Crc::new();
    sum.update(name);
    sum.update(data);
    out.extend_from_slice(name);
    out.extend_from_slice(data);
    out.extend_from_slice(&sum.sum().to_be_bytes());
}

/// One grey block of 8 x 8, with the shortest possible tables; the size in the header is free.
pub(crate) fn jpeg(width: u16, height: u16) -> Vec<u8> {
    let mut out = vec![0xff, 0xd8];
    let mut segment = |code: u8, data: &[u8]| {
        out.extend_from_slice(&[0xff, code]);
        out.extend_from_slice(&(data.len() as u16 + 2).to_be_bytes());
        out.extend_from_slice(data);
    };
    segment(0xe0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
    let mut quantisation = vec![0];
    quantisation.extend_from_slice(&[1; 64]);
    segment(0xdb, &quantisation);
    let [h, w] = [height.to_be_bytes(), width.to_be_bytes()];
    segment(0xc0, &[8, h[0], h[1], w[0], w[1], 1, 1, 0x11, 0]);
    let one_code = |class: u8| {
        let mut table = vec![class, 1];
        table.extend_from_slice(&[0; 16]);
        table
    };
    segment(0xc4, &one_code(0x00));
    segment(0xc4, &one_code(0x10));
    segment(0xda, &[1, 1, 0x00, 0, 63, 0]);
    // The scan, with a coded FF and a restart mark in it.
    out.extend_from_slice(&[0x3f, 0xff, 0x00, 0x3f, 0xff, 0xd0, 0x3f, 0xff, 0xd9]);
    out
}

/// The same with further segments before the picture, each under its code, and with bytes after its end.
pub(crate) fn jpeg_with(segments: &[(u8, &[u8])], after: &[u8]) -> Vec<u8> {
    let plain = jpeg(8, 8);
    // Start of image and JFIF stay where they are.
    let (start, rest) = plain.split_at(2 + 18);
    let mut out = start.to_vec();
    for (code, data) in segments {
        out.extend_from_slice(&[0xff, *code]);
        out.extend_from_slice(&(data.len() as u16 + 2).to_be_bytes());
        out.extend_from_slice(data);
    }
    out.extend_from_slice(rest);
    out.extend_from_slice(after);
    out
}

/// What a phone writes beside a picture: where, when, which way up. As TIFF, the way PNG holds it.
pub(crate) fn exif(orientation: u16, taken: &str) -> Vec<u8> {
    use exif::{Field, In, Rational, Tag, Value};
    let degrees = |d, m, s| Value::Rational([d, m, s].map(|num| Rational { num, denom: 1 }).to_vec());
    let fields = [
        (Tag::Make, Value::Ascii(vec![b"Xiaomi".to_vec()])),
        (Tag::Orientation, Value::Short(vec![orientation])),
        (Tag::DateTimeOriginal, Value::Ascii(vec![taken.as_bytes().to_vec()])),
        (Tag::GPSLatitudeRef, Value::Ascii(vec![b"N".to_vec()])),
        (Tag::GPSLatitude, degrees(12, 14, 19)),
        (Tag::GPSLongitudeRef, Value::Ascii(vec![b"E".to_vec()])),
        (Tag::GPSLongitude, degrees(109, 11, 47)),
    ]
    .map(|(tag, value)| Field { tag, ifd_num: In::PRIMARY, value });
    let mut writer = exif::experimental::Writer::new();
    fields.iter().for_each(|field| writer.push_field(field));
    let mut tiff = Cursor::new(vec![]);
    writer.write(&mut tiff, true).unwrap();
    tiff.into_inner()
}

/// A phone's JPEG: [`exif`] in its segment.
pub(crate) fn photo(orientation: u16, taken: &str) -> Vec<u8> {
    jpeg_with(&[(0xe1, &[b"Exif\0\0", &exif(orientation, taken)[..]].concat())], b"")
}

/// A PNG with one more chunk after its header.
pub(crate) fn png_with(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let plain = png(1, 1);
    let (start, rest) = plain.split_at(8 + 8 + 13 + 4);
    let mut out = start.to_vec();
    chunk(&mut out, name, data);
    out.extend_from_slice(rest);
    out
}

const CONTENT_TYPES: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">"#,
    r#"<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>"#,
    r#"<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#
);
const RELATIONS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
    r#"<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#
);
const DOCUMENT: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">"#,
    r#"<w:body><w:p><w:r><w:t>Biên bản họp tổ</w:t></w:r></w:p></w:body></w:document>"#
);

/// One paragraph.
pub(crate) fn docx() -> Vec<u8> {
    docx_with(&[])
}

/// The same with further entries.
pub(crate) fn docx_with(more: &[(&str, &[u8])]) -> Vec<u8> {
    let mut entries: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", CONTENT_TYPES.as_bytes()),
        ("_rels/.rels", RELATIONS.as_bytes()),
        ("word/document.xml", DOCUMENT.as_bytes()),
    ];
    entries.extend_from_slice(more);
    zip_of(&entries)
}

/// Any ZIP.
pub(crate) fn zip_of(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, data) in entries {
        zip.start_file(*name, options).unwrap();
        zip.write_all(data).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Rewrites the size that every entry of this name claims, in both of its headers.
pub(crate) fn claim_size(zip: &mut [u8], name: &str, claimed: u32) {
    let name = name.as_bytes();
    for at in 0..zip.len().saturating_sub(46 + name.len()) {
        // Where name and size stand: local header 30 and 22, table of contents 46 and 24.
        let (name_at, size_at) = match &zip[at..at + 4] {
            b"PK\x03\x04" => (at + 30, at + 22),
            b"PK\x01\x02" => (at + 46, at + 24),
            _ => continue,
        };
        if zip[name_at..].starts_with(name) {
            zip[size_at..size_at + 4].copy_from_slice(&claimed.to_le_bytes());
        }
    }
}

/// The container of old Office files, with streams of these names.
pub(crate) fn ole(streams: &[&str]) -> Vec<u8> {
    let mut out = vec![0; 1024 + 128 * streams.len()];
    out[..8].copy_from_slice(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    for (i, name) in streams.iter().enumerate() {
        let at = 1024 + 128 * i;
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        out[at..at + wide.len()].copy_from_slice(&wide);
    }
    out
}
