//! The last touches that docx-rs knows nothing of (a header row that repeats, pages that lie, a frame), and the file itself.

use std::io::{Cursor, Read, Write};

use docx_rs::{Docx, Paragraph, SectionProperty};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::WordError;

/// A row of this height is a header row: no other row of ours has a height.
pub const HEADER_ROW: f32 = 1.0;
const HEADER_MARK: &str = "<w:trHeight w:val=\"1\" w:hRule=\"atLeast\" />";

/// The pages of a section.
pub struct Page {
    /// They lie.
    pub wide: bool,
    /// The paper begins here.
    pub first: bool,
    /// With a double frame, its text in the middle.
    pub framed: bool,
}

impl Page {
    /// In the order that the schema asks for, which Word insists on.
    fn properties(&self) -> String {
        let margins = if self.first && !self.framed {
            "<w:headerReference w:type=\"default\" r:id=\"rIdHeader1\"/><w:headerReference w:type=\"first\" r:id=\"rIdHeader2\"/>\
             <w:footerReference w:type=\"default\" r:id=\"rIdFooter1\"/><w:footerReference w:type=\"first\" r:id=\"rIdFooter2\"/>"
        } else {
            ""
        };
        let size = if self.wide {
            "<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>"
        } else {
            "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>"
        };
        let (left, right) = if self.framed { (1134, 1134) } else { (1701, 850) };
        let edge = |side| format!("<w:{side} w:val=\"double\" w:sz=\"12\" w:space=\"24\" w:color=\"A61C1C\"/>");
        let frame = if self.framed {
            let edges: String = ["top", "left", "bottom", "right"].map(edge).concat();
            format!("<w:pgBorders w:offsetFrom=\"page\">{edges}</w:pgBorders>")
        } else {
            String::new()
        };
        let middle = if self.framed { "<w:vAlign w:val=\"center\"/>" } else { "" };
        let title = if self.first { "<w:titlePg/>" } else { "" };
        format!(
            "<w:sectPr>{margins}<w:type w:val=\"nextPage\"/>{size}<w:pgMar w:top=\"1134\" w:right=\"{right}\" w:bottom=\"1134\" \
             w:left=\"{left}\" w:header=\"567\" w:footer=\"510\" w:gutter=\"0\"/>{frame}<w:cols w:space=\"708\"/>{middle}{title}</w:sectPr>"
        )
    }
}

/// What the file says of itself.
pub struct About<'a> {
    pub title: &'a str,
    pub author: &'a str,
    /// Each page bears the draft's mark.
    pub draft: bool,
}

/// Or Word underlines every word.
const LANGUAGE: &str = "<w:lang w:val=\"vi-VN\" w:eastAsia=\"vi-VN\" w:bidi=\"vi-VN\"/>";

/// Where the looks that all texts have end.
const DEFAULTS_END: &str = "</w:rPr></w:rPrDefault>";

/// The mark as Word's own watermarks are drawn, so that Word's menu takes it away again.
const MARK: &str = include_str!("mark.xml");

fn marked(header: Vec<u8>) -> Result<Vec<u8>, WordError> {
    changed(header, "</w:p></w:hdr>", &format!("{}</w:p></w:hdr>", MARK.trim()))
}

fn changed(part: Vec<u8>, from: &str, to: &str) -> Result<Vec<u8>, WordError> {
    let part = text(part)?;
    if part.contains(from) {
        Ok(part.replacen(from, to, 1).into_bytes())
    } else {
        Err(WordError::Shape("a part without its place"))
    }
}

/// The paragraph ends a section; how its pages are is told to [`pack`].
pub fn section_end(it: Paragraph) -> Paragraph {
    it.section_property(SectionProperty::new())
}

/// The document as a file, a page for each of its sections.
pub fn pack(document: Docx, pages: &[Page], about: &About<'_>) -> Result<Vec<u8>, WordError> {
    let mut parts = document.build();
    parts.document = finished(parts.document, pages)?;
    parts.doc_props.core = described(parts.doc_props.core, about)?;
    parts.styles = changed(parts.styles, DEFAULTS_END, &format!("{LANGUAGE}{DEFAULTS_END}"))?;
    if about.draft {
        parts.headers = parts.headers.into_iter().map(marked).collect::<Result<_, _>>()?;
    }
    let mut stored = Cursor::new(Vec::new());
    parts.pack(&mut stored).map_err(|error| WordError::Write(error.to_string()))?;
    deflated(stored)
}

fn finished(document: Vec<u8>, pages: &[Page]) -> Result<Vec<u8>, WordError> {
    let document = text(document)?.replace(HEADER_MARK, "<w:tblHeader/>");
    let mut pieces = document.split("<w:sectPr>");
    let mut done = pieces.next().unwrap_or_default().to_owned();
    let mut pages = pages.iter();
    for piece in pieces {
        let page = pages.next().ok_or(WordError::Shape("more sections than pages"))?;
        let (_, rest) = piece.split_once("</w:sectPr>").ok_or(WordError::Shape("a section without an end"))?;
        done.push_str(&page.properties());
        done.push_str(rest);
    }
    if pages.next().is_some() { Err(WordError::Shape("fewer sections than pages")) } else { Ok(done.into_bytes()) }
}

fn described(core: Vec<u8>, about: &About<'_>) -> Result<Vec<u8>, WordError> {
    let title = format!("<dc:title>{}</dc:title></cp:coreProperties>", escaped(about.title));
    let core = text(core)?.replace("</cp:coreProperties>", &title);
    Ok(core.replace(">unknown<", &format!(">{}<", escaped(about.author))).into_bytes())
}

fn text(part: Vec<u8>) -> Result<String, WordError> {
    String::from_utf8(part).map_err(|_| WordError::Shape("not UTF-8"))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// docx-rs stores its parts as they are; XML shrinks to a tenth.
fn deflated(stored: Cursor<Vec<u8>>) -> Result<Vec<u8>, WordError> {
    let mut from = ZipArchive::new(stored)?;
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for at in 0..from.len() {
        let mut part = from.by_index(at)?;
        if part.is_dir() {
            continue;
        }
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).map_err(zip::result::ZipError::Io)?;
        to.start_file(part.name()?, options)?;
        to.write_all(&bytes).map_err(zip::result::ZipError::Io)?;
    }
    Ok(to.finish()?.into_inner())
}
