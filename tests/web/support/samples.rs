//! Small real files, and files that pretend.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// One empty page; `mark` makes each a little different.
pub fn pdf(mark: &str) -> Vec<u8> {
    let mut out = format!("%PDF-1.4\n% {mark}\n").into_bytes();
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    ];
    let mut places = vec![];
    for (number, object) in objects.iter().enumerate() {
        places.push(out.len());
        write!(out, "{} 0 obj\n{object}\nendobj\n", number + 1).unwrap();
    }
    let table = out.len();
    out.extend_from_slice(b"xref\n0 4\n0000000000 65535 f \n");
    for place in places {
        writeln!(out, "{place:010} 00000 n ").unwrap();
    }
    write!(out, "trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n{table}\n%%EOF").unwrap();
    out
}

/// A PDF of that many bytes.
pub fn pdf_of(size: usize) -> Vec<u8> {
    let small = pdf("big");
    let end = small.windows(9).rposition(|it| it == b"startxref").unwrap();
    let mut out = small[..end].to_vec();
    out.push(b'%');
    out.resize(size - (small.len() - end) - 1, b'a');
    out.push(b'\n');
    out.extend_from_slice(&small[end..]);
    assert_eq!(out.len(), size);
    out
}

/// A grey picture of one pixel, whatever its header says of the size.
pub fn png() -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = vec![0, 0, 0, 1, 0, 0, 0, 1];
    header.extend_from_slice(&[8, 0, 0, 0, 0]);
    chunk(&mut out, *b"IHDR", &header);
    let mut pixels = flate2::write::ZlibEncoder::new(vec![], flate2::Compression::fast());
    pixels.write_all(&[0, 128]).unwrap();
    chunk(&mut out, *b"IDAT", &pixels.finish().unwrap());
    chunk(&mut out, *b"IEND", b"");
    out
}

fn chunk(out: &mut Vec<u8>, name: [u8; 4], data: &[u8]) {
    out.extend_from_slice(&u32::try_from(data.len()).unwrap().to_be_bytes());
    let mut sum = flate2::Crc::new();
    sum.update(&name);
    sum.update(data);
    out.extend_from_slice(&name);
    out.extend_from_slice(data);
    out.extend_from_slice(&sum.sum().to_be_bytes());
}

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
const DOCUMENT: &str = r#"<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p/></w:body></w:document>"#;
const LINKS: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

fn word(media: Option<&[u8]>) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(vec![]));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let fixed = [("[Content_Types].xml", TYPES), ("_rels/.rels", LINKS), ("word/document.xml", DOCUMENT)];
    let fixed = fixed.map(|(name, content)| (name, content.as_bytes()));
    for (name, content) in fixed.into_iter().chain(media.map(|media| ("word/media/a.bin", media))) {
        zip.start_file(name, options).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A Word document of one empty paragraph.
pub fn docx() -> Vec<u8> {
    word(None)
}

/// A Word document that is small on the way and large when it is opened.
pub fn zip_bomb() -> Vec<u8> {
    let bomb = word(Some(&vec![0; 12 * 1024 * 1024]));
    assert!(bomb.len() < 200_000);
    bomb
}

/// A picture as a phone sends it: where it was taken, and when ("2024:06:05 08:12:33").
pub fn photo(taken: &str) -> Vec<u8> {
    use exif::{Field, In, Rational, Tag, Value};
    let degrees = Value::Rational([12, 14, 19].map(|num| Rational { num, denom: 1 }).to_vec());
    let fields = [
        (Tag::DateTimeOriginal, Value::Ascii(vec![taken.as_bytes().to_vec()])),
        (Tag::GPSLatitudeRef, Value::Ascii(vec![b"N".to_vec()])),
        (Tag::GPSLatitude, degrees),
    ]
    .map(|(tag, value)| Field { tag, ifd_num: In::PRIMARY, value });
    let mut writer = exif::experimental::Writer::new();
    fields.iter().for_each(|field| writer.push_field(field));
    let mut tiff = Cursor::new(vec![]);
    writer.write(&mut tiff, false).unwrap();
    let plain = png();
    let (start, rest) = plain.split_at(8 + 8 + 13 + 4);
    let mut out = start.to_vec();
    chunk(&mut out, *b"eXIf", &tiff.into_inner());
    out.extend_from_slice(rest);
    out
}

/// Whether a picture tells where it was taken.
pub fn tells_the_place(picture: &[u8]) -> bool {
    let read = exif::Reader::new().read_from_container(&mut Cursor::new(picture));
    read.is_ok_and(|exif| exif.fields().any(|field| field.tag.context() == exif::Context::Gps))
}
