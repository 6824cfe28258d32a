//! A certificate for Word: a framed lying page with the same words and the same symbol, without the drawings.

use docx_rs::{AlignmentType, Docx, Paragraph, Run, TableRow, VAlignType};

use super::letterhead::{MOTTO, STATE, cell, gap, side_by_side, sign};
use super::package::{self, About, Page};
use super::text::{centred, para, rule, run};
use super::{new, symbol};
use crate::clean::{line, sentence};
use crate::day::placed;
use crate::fit;
use crate::paper::Certificate;
use crate::qr;
use crate::world::TypesetError;

const RED: &str = "9E1B1B";

/// The width of the text, in millimetres.
const WIDTH_MM: f32 = 257.0;

/// The certificate as a Word document (DOCX).
///
/// # Errors
/// When the QR text is too long, or the document cannot be packed.
pub fn word_certificate(certificate: &Certificate) -> Result<Vec<u8>, TypesetError> {
    let it = certificate;
    let document = upper(it).into_iter().fold(new(it.day), Docx::add_paragraph);
    let [left, right] = [WIDTH_MM * 0.55, WIDTH_MM * 0.45];
    let check = [(line(&it.code), true), (line(&it.check), false)].map(|(text, bold)| {
        let run = run(&text, 22);
        para(2).add_run(if bold { run.bold() } else { run })
    });
    let symbol = para(4).add_run(symbol::run(&qr::matrix(&it.qr)?, 28.0)?);
    let number = para(2).add_run(run(&sentence(&it.number), 24));
    let signed = centred(4).add_run(run(&placed(&line(&it.place), Some(it.day), it.day.year), 28).italic());
    let lower = TableRow::new(vec![
        cell(left, [symbol, number].into_iter().chain(check)).vertical_align(VAlignType::Bottom),
        cell(right, [signed].into_iter().chain(sign(&fit::signature(&it.signature)))),
    ]);
    let document = document.add_table(side_by_side(vec![lower.cant_split()], &[left, right]));
    let title = line(&format!("{} {}", it.title, it.unit));
    let about = About { title: &title, author: &line(&it.body), draft: false };
    Ok(package::pack(document, &[Page { wide: true, first: true, framed: true }], &about)?)
}

fn upper(it: &Certificate) -> Vec<Paragraph> {
    let said = |after, text: &str, size, look: fn(Run) -> Run| {
        let text = sentence(text);
        if text.is_empty() { None } else { Some(centred(after).add_run(look(run(&text, fitting(&text, size))))) }
    };
    let red: fn(Run) -> Run = |it| it.bold().color(RED);
    let lines = [
        Some(centred(0).add_run(run(STATE, 26).bold())),
        Some(centred(0).add_run(run(MOTTO, 28).bold())),
        Some(rule(WIDTH_MM, 58.0)),
        Some(gap(20)),
        said(12, &it.body, 32, Run::bold),
        said(14, &it.title, 84, red),
        said(2, &it.unit, 56, Run::bold),
        said(18, &it.unit_place, 30, |it| it),
        said(6, &it.achievement, 38, red),
        said(36, &it.basis, 26, Run::italic),
    ];
    lines.into_iter().flatten().map(|it| it.align(AlignmentType::Center)).collect()
}

/// Long texts are smaller, so that one page holds them all.
fn fitting(text: &str, size: usize) -> usize {
    match text.chars().count() {
        0..60 => size,
        60..120 => (size * 3 / 4).max(24).min(size),
        _ => (size / 2).max(20).min(size),
    }
}
