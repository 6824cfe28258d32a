//! Whatever people type: long names, markup, control characters, thousands of rows. The paper comes out, and says it.
#![allow(clippy::unwrap_used, reason = "in a test the place that fails is the message")]

mod read;
mod samples;
mod unpack;

use read::{body, pages, words};
use typeset::paper::{Align, Block, Table};
use typeset::{Certificate, Paper, certificates, papers, word, word_certificate};

const MARKUP: &str = r##"#panic("x") $a_1$ <b> \ @ref *d* _e_ `f` = - + / // /* ~ [x] {y} "z" 'w' & &amp;"##;

/// This text, everywhere in a paper.
fn everywhere(text: &str) -> Paper {
    let mut paper = samples::list(3);
    for it in [&mut paper.body, &mut paper.place, &mut paper.kind, &mut paper.subject, &mut paper.foot] {
        text.clone_into(it);
    }
    paper.parent = Some(text.to_owned());
    paper.number = Some(text.to_owned());
    paper.signatures = vec![samples::signature(&[text], text, text), samples::signature(&[text, text], text, text)];
    paper.recipients = vec![text.to_owned(); 3];
    if let Some(Block::Table(table)) = paper.content.last_mut() {
        text.clone_into(&mut table.caption);
        table.columns.iter_mut().for_each(|it| text.clone_into(&mut it.title));
        table.rows.iter_mut().for_each(|it| it[2..5].fill(text.to_owned()));
        table.total[2] = text.to_owned();
    }
    let one = || text.to_owned();
    let more = [
        Block::Addressees(vec![one()]),
        Block::Addressees(vec![one(), one()]),
        Block::Ground(one()),
        Block::Centred(one()),
        Block::Heading(one()),
        Block::Subheading(one()),
        Block::Article { label: one(), text: one() },
        Block::Item(one()),
        Block::Paragraph(one()),
    ];
    paper.content.extend(more);
    paper
}

fn certificate_of(text: &str) -> Certificate {
    let mut it = samples::certificate(7);
    for field in [
        &mut it.body,
        &mut it.title,
        &mut it.unit,
        &mut it.unit_place,
        &mut it.achievement,
        &mut it.basis,
        &mut it.number,
        &mut it.place,
        &mut it.code,
        &mut it.check,
    ] {
        text.clone_into(field);
    }
    it.signature = samples::signature(&[text], text, text);
    it
}

/// As often as it was given. Lines may break between any two signs.
fn count(said: &str, text: &str) -> usize {
    let plain = |it: &str| it.chars().filter(|it| !it.is_whitespace() && *it != '\u{200b}').collect::<String>();
    plain(said).matches(&plain(text)).count()
}

#[test]
fn markup_is_only_text() {
    let paper = everywhere(MARKUP);
    // The foot stands on each page, and headers are repeated.
    let pdf = papers(std::slice::from_ref(&paper)).unwrap();
    let docx = word(&paper).unwrap();
    unpack::well_formed(&docx);
    let expected = count(&unpack::said(&docx), MARKUP);
    assert!(expected >= 40, "{expected}");
    assert!(count(&body(&pdf), MARKUP) >= expected, "{}", words(&pdf));
    let one = certificate_of(MARKUP);
    assert_eq!(count(&words(&certificates(std::slice::from_ref(&one)).unwrap()), MARKUP), 13);
    assert_eq!(count(&unpack::said(&word_certificate(&one).unwrap()), MARKUP), 13);
}

#[test]
fn names_of_two_hundred_letters() {
    for name in ["Nguyễn Thị Hồng ".repeat(13).trim(), &"Nguyễn".repeat(33), &"W".repeat(200)] {
        let paper = everywhere(name);
        let pdf = papers(std::slice::from_ref(&paper)).unwrap();
        let docx = word(&paper).unwrap();
        unpack::well_formed(&docx);
        // A row of such titles is higher than a page and goes on side by side, so the letters are counted, not the names.
        let letters = |said: &str| said.chars().filter(|it| "ễW".contains(*it)).count();
        assert!(letters(&body(&pdf)) >= letters(&unpack::said(&docx)), "{}", words(&pdf));
        assert_eq!(pages(&certificates(&[certificate_of(name)]).unwrap()), 1, "{name}");
    }
}

#[test]
fn control_characters_and_invisible_ones_go() {
    let text = "\u{2060}Lê\u{0} \u{7}Lựu\u{202e}\u{1f} \u{feff}An\u{200b}\r\n\tBình \u{fffe}\u{ffff}";
    let paper = everywhere(text);
    let docx = word(&paper).unwrap();
    unpack::well_formed(&docx);
    let pdf = papers(&[paper]).unwrap();
    assert!(body(&pdf).contains("- Lê Lựu An Bình") && unpack::said(&docx).contains("- Lê Lựu An Bình"));
    assert_eq!(pages(&certificates(&[certificate_of(text)]).unwrap()), 1);
}

#[test]
fn a_row_higher_than_a_page_goes_on_over_it() {
    let mut paper = samples::list(3);
    let long = "Nhân dân trong khu phố. ".repeat(300);
    if let Some(Block::Table(table)) = paper.content.last_mut() {
        table.rows[2][5] = format!("{long}Hết.");
        table.rows[0][5] = format!("{long}Hết.");
    }
    let pdf = papers(&[paper]).unwrap();
    let body = body(&pdf);
    assert_eq!(body.matches("Hết.").count(), 2, "{body}");
    assert_eq!(body.matches("trong").count(), 600, "{body}");
    assert!(body.contains("Trần Quốc Bảo"));
}

#[test]
fn tables_of_forty_columns_and_one() {
    for columns in [1, 40] {
        let column = samples::column("Tiêu chí đánh giá", 1.0, Align::Right);
        let table = Table {
            caption: "Bảng 1".to_owned(),
            columns: vec![column; columns],
            rows: vec![vec!["1.234,5".to_owned(); columns]; 3],
            total: vec!["9".to_owned(); columns],
            wide: columns > 10,
        };
        let paper = Paper { content: vec![Block::Table(table)], ..samples::blank() };
        let docx = word(&paper).unwrap();
        unpack::well_formed(&docx);
        assert_eq!(count(&body(&papers(&[paper]).unwrap()), "1.234,5"), 3 * columns);
    }
}

#[test]
fn nobody_signs_and_nobody_gets_it() {
    for (signatures, recipients) in [(0, 0), (0, 3), (1, 0), (2, 3), (3, 0), (1, 60)] {
        let mut paper = samples::letter();
        let one = paper.signatures[0].clone();
        paper.signatures = vec![one; signatures];
        paper.recipients = (0..recipients).map(|it| format!("Nơi {it};")).collect();
        unpack::well_formed(&word(&paper).unwrap());
        let body = body(&papers(&[paper]).unwrap());
        assert_eq!(body.matches("PHÓ TRƯỞNG BAN").count(), signatures);
        assert_eq!(body.matches("- Nơi ").count(), recipients);
        assert_eq!(body.contains("Nơi nhận:"), recipients > 0);
    }
}

#[test]
fn hundreds_of_rows_keep_their_order() {
    // Thousands are measured by the example "papers".
    let paper = samples::list(400);
    let body = body(&papers(std::slice::from_ref(&paper)).unwrap());
    let said = unpack::said(&word(&paper).unwrap());
    for said in [&body, &read::flat(&said)] {
        let codes: Vec<usize> = said.split("07-").skip(1).map(|it| it[..4].parse().unwrap()).collect();
        assert_eq!(codes, (1..=400).collect::<Vec<_>>());
    }
}
