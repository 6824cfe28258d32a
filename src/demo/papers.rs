//! The papers of the story: files that are really files, and what people type about them. All of it is invented and says so.

use std::fmt::Write as _;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;

/// Width and height of a picture in pixels.
const PICTURE: (u32, u32) = (160, 120);

/// A PDF of one A4 page with these lines, in letters that every reader has: no diacritics.
#[must_use]
pub fn pdf(lines: &[String]) -> Vec<u8> {
    let mut page = String::from("BT /F1 12 Tf 72 770 Td 18 TL\n");
    for line in lines {
        let safe: String = line.chars().filter(char::is_ascii).collect();
        let safe = safe.replace('\\', r"\\").replace('(', r"\(").replace(')', r"\)");
        // Writing into a String does not fail.
        let _ = writeln!(page, "({safe}) Tj T*");
    }
    page.push_str("ET\n");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>".to_owned(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{page}endstream", page.len()),
    ];
    let mut file = String::from("%PDF-1.4\n");
    let mut table = String::from("0000000000 65535 f \n");
    for (object, number) in objects.iter().zip(1..) {
        let _ = writeln!(table, "{:010} 00000 n ", file.len());
        let _ = write!(file, "{number} 0 obj\n{object}\nendobj\n");
    }
    let start = file.len();
    let count = objects.len() + 1;
    let _ =
        write!(file, "xref\n0 {count}\n{table}trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
    file.into_bytes()
}

/// A small PNG: an evening sky over a square, a little different for each seed.
///
/// # Errors
/// Only if memory cannot be written to.
pub fn picture(seed: u8) -> std::io::Result<Vec<u8>> {
    let (width, height) = PICTURE;
    let mut rows = Vec::new();
    for y in 0..height {
        // Each row begins with its filter: none.
        rows.push(0);
        for x in 0..width {
            let shade = u8::try_from(y * 255 / height).unwrap_or(u8::MAX);
            let lamp = (x / 20 + u32::from(seed)) % 3 == 0 && y > height / 2 && y < height / 2 + 12;
            rows.extend(if lamp {
                [255, 214, 102]
            } else {
                [40 + shade / 4, 60 + shade / 3, 120_u8.saturating_sub(shade / 3)]
            });
        }
    }
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
    packed.write_all(&rows)?;
    let mut head = Vec::new();
    head.extend(width.to_be_bytes());
    head.extend(height.to_be_bytes());
    // Eight bits, red green blue, and the only methods there are.
    head.extend([8, 2, 0, 0, 0]);
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut file, *b"IHDR", &head);
    chunk(&mut file, *b"IDAT", &packed.finish()?);
    chunk(&mut file, *b"IEND", &[]);
    Ok(file)
}

fn chunk(file: &mut Vec<u8>, kind: [u8; 4], data: &[u8]) {
    file.extend(u32::try_from(data.len()).unwrap_or(u32::MAX).to_be_bytes());
    let mut crc = flate2::Crc::new();
    crc.update(&kind);
    crc.update(data);
    file.extend(kind);
    file.extend(data);
    file.extend(crc.sum().to_be_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::files::{FileKind, Received, check};

    #[test]
    fn the_pdf_passes_the_programs_own_check_and_its_table_points_at_the_objects() {
        let bytes = pdf(&["Chi bo To dan pho 7 (mau)".to_owned()]);
        let checked = check("nghi-quyet.pdf", Received::of_bytes(&bytes).unwrap()).unwrap();
        assert_eq!(checked.kind(), FileKind::Pdf);
        let text = String::from_utf8(bytes).unwrap();
        for (line, number) in text.lines().skip_while(|line| *line != "xref").skip(3).take(5).zip(1..) {
            let offset: usize = line[..10].parse().unwrap();
            assert!(text[offset..].starts_with(&format!("{number} 0 obj\n")), "{line}");
        }
        let start: usize = text.lines().rev().nth(1).unwrap().parse().unwrap();
        assert!(text[start..].starts_with("xref\n"));
        assert!(text.contains(r"\(mau\)"));
    }

    #[test]
    fn pictures_pass_the_check_and_differ_by_seed() {
        let bytes = picture(1).unwrap();
        let checked = check("anh.png", Received::of_bytes(&bytes).unwrap()).unwrap();
        assert_eq!(checked.kind(), FileKind::Png);
        assert_ne!(bytes, picture(2).unwrap());
    }
}
