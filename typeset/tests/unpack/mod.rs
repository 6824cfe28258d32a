//! Reads a Word document back.
#![allow(dead_code, reason = "each test takes what it needs")]

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

fn open(docx: &[u8]) -> ZipArchive<Cursor<&[u8]>> {
    ZipArchive::new(Cursor::new(docx)).unwrap()
}

pub fn names(docx: &[u8]) -> Vec<String> {
    open(docx).file_names().map(|it| it.unwrap().into_owned()).collect()
}

pub fn part(docx: &[u8], name: &str) -> String {
    let mut text = String::new();
    open(docx).by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// Every part of it can be read, and every picture and header that it names is there.
pub fn well_formed(docx: &[u8]) {
    let names = names(docx);
    for name in names.iter().filter(|it| it.ends_with(".xml") || it.ends_with(".rels")) {
        let text = part(docx, name);
        assert!(text.chars().all(|it| it >= ' ' || "\n\r\t".contains(it)), "{name}");
        let mut reader = Reader::from_str(&text);
        while !matches!(reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}")), Event::Eof) {}
    }
    let relations = part(docx, "word/_rels/document.xml.rels");
    for target in relations.split("Target=\"").skip(1).filter_map(|it| it.split('"').next()) {
        assert!(names.iter().any(|it| *it == format!("word/{target}")), "{target} is not in {names:?}");
    }
}

/// What the document says, a space between paragraphs and lines.
pub fn said(docx: &[u8]) -> String {
    let document = part(docx, "word/document.xml");
    let mut reader = Reader::from_str(&document);
    let (mut said, mut inside) = (String::new(), false);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(it) if it.name().as_ref() == b"w:t" => inside = true,
            Event::End(it) if it.name().as_ref() == b"w:t" => inside = false,
            Event::End(it) if it.name().as_ref() == b"w:p" => said.push(' '),
            Event::Empty(it) if it.name().as_ref() == b"w:br" => said.push(' '),
            Event::Text(it) if inside => said.push_str(&it.decode().unwrap()),
            Event::GeneralRef(it) if inside => said.push_str(match it.decode().unwrap().as_ref() {
                "amp" => "&",
                "lt" => "<",
                "gt" => ">",
                "quot" => "\"",
                "apos" => "'",
                other => panic!("{other}"),
            }),
            Event::Eof => return said,
            _ => {}
        }
    }
}
