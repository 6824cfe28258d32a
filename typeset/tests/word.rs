//! The Word documents say what the PDFs say, in the same order, and are whole packages.
#![allow(clippy::unwrap_used, reason = "in a test the place that fails is the message")]

mod read;
mod samples;
mod unpack;

use read::{body, flat};
use typeset::paper::{Block, Table};
use typeset::{Paper, certificates, papers, word, word_certificate};
use unpack::{part, said, well_formed};

/// Both say the same, but for headers that a PDF repeats.
fn same(paper: &Paper, header: &str) {
    let pdf = body(&papers(std::slice::from_ref(paper)).unwrap());
    let docx = word(paper).unwrap();
    well_formed(&docx);
    let pdf = match pdf.split_once(header).filter(|_| !header.is_empty()) {
        Some((before, after)) => format!("{before}{header}{}", after.replace(header, "")),
        None => pdf,
    };
    assert_eq!(flat(&said(&docx)), flat(&pdf), "{}", paper.kind);
}

#[test]
fn the_same_words_in_the_same_order() {
    same(&samples::letter(), "");
    same(&samples::criteria_report(), "");
    same(&samples::minutes(), "");
    same(&samples::decision(), "");
    same(&samples::list(60), "TT Mã hộ Họ và tên chủ hộ Địa chỉ Nhân khẩu Ghi chú");
}

#[test]
fn a_certificate_says_the_same_and_bears_its_symbol() {
    let one = samples::certificate(7);
    let docx = word_certificate(&one).unwrap();
    well_formed(&docx);
    let words = |text: &str| {
        let mut words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
        words.sort();
        words
    };
    // Its two columns are read in another order.
    let pdf = certificates(&[one]).unwrap();
    assert_eq!(words(&flat(&said(&docx))), words(&read::words(&pdf)));
    assert!(part(&docx, "word/document.xml").contains("<w:pgBorders"));
    let pictures: Vec<String> = unpack::names(&docx).into_iter().filter(|it| it.starts_with("word/media/")).collect();
    assert_eq!(pictures.len(), 1, "{pictures:?}");
}

#[test]
fn headers_repeat_rows_stay_whole_and_wide_tables_lie() {
    let document = part(&word(&samples::criteria_report()).unwrap(), "word/document.xml");
    assert_eq!(document.matches("<w:tblHeader/>").count(), 1);
    // Header row aside, every row of the table, and the row that holds the signature.
    assert!(document.matches("<w:cantSplit").count() >= 24 + 1, "{document}");
    let turned: Vec<bool> = document.split("<w:pgSz").skip(1).map(|it| it.starts_with(" w:w=\"16838\"")).collect();
    assert_eq!(turned, [false, true, false]);
    assert!(document.contains("w:ascii=\"Times New Roman\"") && !document.contains("Tinos"));
}

#[test]
fn only_a_draft_is_marked() {
    let marked = |paper: &Paper| {
        let docx = word(paper).unwrap();
        ["word/header1.xml", "word/header2.xml"].map(|it| part(&docx, it).contains("string=\"DỰ THẢO\""))
    };
    assert_eq!(marked(&samples::decision()), [true, true]);
    assert_eq!(marked(&samples::letter()), [false, false]);
}

#[test]
fn the_file_names_its_paper_and_its_day() {
    let core = part(&word(&samples::letter()).unwrap(), "docProps/core.xml");
    for expected in ["<dc:title>TỜ TRÌNH Về việc", "<dc:creator>BAN CHỈ ĐẠO<", "2024-11-05T00:00:00Z"] {
        assert!(core.contains(expected), "{expected} is not in {core}");
    }
}

#[test]
fn the_same_paper_makes_the_same_file() {
    assert_eq!(word(&samples::minutes()).unwrap(), word(&samples::minutes()).unwrap());
}

#[test]
fn an_empty_paper_is_a_whole_package() {
    let mut paper = samples::blank();
    paper.parent = None;
    paper.number = None;
    paper.signatures.clear();
    paper.recipients.clear();
    for text in [&mut paper.body, &mut paper.kind, &mut paper.subject, &mut paper.foot] {
        text.clear();
    }
    let empty = Table { caption: String::new(), columns: vec![], rows: vec![], total: vec![], wide: true };
    paper.content = vec![Block::Table(empty), Block::Centred("\u{0}\u{b}\u{1f}\u{fffe}".to_owned())];
    same(&paper, "");
}
