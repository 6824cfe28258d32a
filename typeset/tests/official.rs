//! Official papers are read back and looked at: what they say page by page, and where it stands.
//! After a change that is meant, `TYPESET_GOLDEN=write cargo test -p typeset --test official` keeps the new ones; look at them before you commit.
#![allow(clippy::unwrap_used, reason = "in a test the place that fails is the message")]

mod golden;
mod read;
mod samples;

use read::{body, fonts, pages, texts, words};
use typeset::paper::{Block, Table};
use typeset::{Paper, TypesetError, certificates, papers};

fn set(paper: Paper) -> Vec<u8> {
    papers(&[paper]).unwrap()
}

#[test]
fn a_letter_of_two_pages() {
    let pdf = set(samples::letter());
    golden::text("letter", &pdf);
    golden::picture("letter-1", &pdf, 0);
    golden::picture("letter-2", &pdf, 1);
}

#[test]
fn a_report_with_a_wide_table() {
    let pdf = set(samples::criteria_report());
    golden::text("report", &pdf);
    golden::picture("report-2", &pdf, 1);
}

#[test]
fn minutes_that_two_sign() {
    let pdf = set(samples::minutes());
    golden::text("minutes", &pdf);
    golden::picture("minutes", &pdf, 0);
}

#[test]
fn a_decision_that_is_a_draft() {
    let pdf = set(samples::decision());
    golden::text("decision", &pdf);
    golden::picture("decision", &pdf, 0);
    // Each of its letters stands on a line of its own.
    assert!(words(&pdf).replace(' ', "").contains("DỰTHẢO"));
}

#[test]
fn a_list_repeats_its_header_on_each_page() {
    let pdf = set(samples::list(60));
    golden::text("list", &pdf);
    golden::picture("list-3", &pdf, 2);
    assert_eq!(words(&pdf).matches("Họ và tên chủ hộ").count(), pages(&pdf));
}

#[test]
fn a_certificate_fills_one_page() {
    let pdf = certificates(&[samples::certificate(7), samples::certificate(8)]).unwrap();
    golden::text("certificates", &pdf);
    golden::picture("certificate", &pdf, 0);
    assert_eq!(pages(&pdf), 2);
}

#[test]
fn each_paper_counts_its_own_pages() {
    let pdf = papers(&[samples::letter(), samples::minutes(), samples::letter()]).unwrap();
    let pages: Vec<String> = read::lines(&pdf).split("--- page ---").map(str::to_owned).collect();
    let numbered: Vec<bool> = pages.iter().map(|it| it.trim().starts_with("2\n")).collect();
    assert_eq!(numbered, [false, true, false, false, true]);
}

#[test]
fn all_fonts_are_embedded_and_the_file_calls_itself_archivable() {
    for pdf in [set(samples::letter()), certificates(&[samples::certificate(1)]).unwrap()] {
        let fonts = fonts(&pdf);
        assert!(
            fonts.len() >= 3 && fonts.iter().all(|(name, inside)| name.starts_with("Tinos") && *inside),
            "{fonts:?}"
        );
        let texts = texts(&pdf);
        assert!(texts.contains("pdfaid:part>2<") && texts.contains("pdfaid:conformance>A<"), "{texts}");
    }
}

#[test]
fn the_signature_never_stands_alone() {
    // Whatever the length of a paper, its last page holds words above the signature.
    for count in 14..32 {
        let content = (0..count).map(|it| Block::Paragraph(format!("Dòng thứ {it} của văn bản này."))).collect();
        let last = read::lines(&set(Paper { content, ..samples::letter() }));
        let last = last.split("--- page ---").last().unwrap();
        assert!(last.contains("Trần Quốc Bảo") && last.contains("của văn bản này."), "{count}: {last}");
    }
    for count in 18..40 {
        let last = read::lines(&set(samples::list(count)));
        let last = last.split("--- page ---").last().unwrap();
        let rows = [count - 1, count].iter().all(|it| last.contains(&format!("07-{it:04}")));
        assert!(last.contains("Trần Quốc Bảo") && rows && last.contains("Tổng số hộ"), "{count}: {last}");
    }
}

#[test]
fn what_belongs_together_does_not_part() {
    let lines = read::lines(&set(samples::letter()));
    let opens = |line: &str| {
        ["ngày", "tháng", "Điều", "khoản", " 24", " 39", "Quý", "Tổ dân phố"].iter().any(|it| line.ends_with(it))
    };
    assert!(!lines.lines().any(opens), "{lines}");
    assert!(lines.contains("khoản 2 Điều 8 Thông tư số 124/2021/TT-BCA"), "{lines}");
}

#[test]
fn a_letter_without_a_kind_says_below_its_number_what_it_is_about() {
    let mut letter = samples::letter();
    letter.kind = String::new();
    letter.subject = "V/v cung cấp số liệu năm 2024".to_owned();
    let words = words(&set(letter));
    assert!(
        words.contains("Số: 05/TTr-BCĐ V/v cung cấp số liệu năm 2024 Phước Long, ngày 05 tháng 11 năm 2024"),
        "{words}"
    );
}

#[test]
fn nothing_to_set_is_an_error() {
    assert!(matches!(papers(&[]), Err(TypesetError::Empty)));
    assert!(matches!(certificates(&[]), Err(TypesetError::Empty)));
}

#[test]
fn an_empty_paper_is_still_a_paper() {
    let mut paper = samples::blank();
    paper.parent = None;
    paper.number = None;
    paper.day = None;
    for text in [&mut paper.body, &mut paper.place, &mut paper.kind, &mut paper.subject, &mut paper.foot] {
        text.clear();
    }
    paper.signatures.clear();
    paper.recipients.clear();
    let empty = Table { caption: String::new(), columns: vec![], rows: vec![], total: vec![], wide: true };
    paper.content = vec![Block::Table(empty), Block::Paragraph(" \u{2060}\u{7}".to_owned()), Block::Addressees(vec![])];
    let pdf = set(paper);
    assert_eq!(pages(&pdf), 1);
    let gap = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc ngày tháng năm 2024";
    assert_eq!(body(&pdf), gap);
}

#[test]
fn tables_without_rows_say_so_and_short_rows_are_filled() {
    let mut paper = samples::list(1);
    let Some(Block::Table(table)) = paper.content.last_mut() else { panic!("the list has a table") };
    table.rows = vec![];
    table.total = vec![];
    assert!(body(&set(paper.clone())).contains("Ghi chú Không có. Nơi nhận:"));
    let Some(Block::Table(table)) = paper.content.last_mut() else { panic!("the list has a table") };
    table.rows = vec![samples::owned(&["1", "07-0001"]), vec!["x".to_owned(); 40]];
    table.columns[0].share = f32::NAN;
    table.columns[1].share = -3.0;
    let body = body(&set(paper));
    // The code breaks in its narrow column.
    assert!(body.replace(' ', "").contains("107-0001xxxxxxNơinhận:"), "{body}");
}
