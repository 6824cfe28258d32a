//! A certificate for Word: plainer, without the symbol.

use docx_rs::{Docx, Paragraph};

use super::letterhead::{gap, sign};
use super::new;
use super::package::{self, Page};
use super::text::{centred, para, run};
use crate::clean::{line, sentence};
use crate::day::placed;
use crate::fit;
use crate::paper::Certificate;
use crate::world::TypesetError;

/// The certificate as a Word document: a framed lying page, the code and where to check it in words.
///
/// # Errors
/// When the document cannot be packed.
pub fn word_certificate(certificate: &Certificate) -> Result<Vec<u8>, TypesetError> {
    let it = certificate;
    let red = |text: &str, size| run(text, size).bold().color("A61C1C");
    let lines = [
        centred(0).add_run(run("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 26).bold()),
        centred(14).add_run(run("Độc lập - Tự do - Hạnh phúc", 28).bold()),
        centred(8).add_run(run(&line(&it.body), fitting(&it.body, 30)).bold()),
        centred(8).add_run(red(&line(&it.title), fitting(&it.title, 76))),
        centred(2).add_run(run(&sentence(&it.unit), fitting(&it.unit, 48)).bold()),
        centred(8).add_run(run(&sentence(&it.unit_place), fitting(&it.unit_place, 28))),
        centred(6).add_run(red(&sentence(&it.achievement), fitting(&it.achievement, 36))),
        centred(6).add_run(run(&sentence(&it.basis), fitting(&it.basis, 26)).italic()),
        gap(4),
    ];
    let number = format!("{}. {}", sentence(&it.number), placed(&line(&it.place), Some(it.day), it.day.year));
    let document = lines.into_iter().fold(new(it.day), Docx::add_paragraph);
    let document = document.add_paragraph(centred(6).add_run(run(&number, 26).italic()));
    let document = sign(&fit::signature(&it.signature)).into_iter().fold(document, Docx::add_paragraph);
    let check = [line(&it.code), line(&it.check)].map(|it| para(0).add_run(run(&it, 20)));
    let document = check.into_iter().fold(document.add_paragraph(gap(4)), |it, line: Paragraph| it.add_paragraph(line));
    Ok(package::pack(document, &[Page { wide: true, first: true, framed: true }], &line(&it.title), &line(&it.body))?)
}

/// Long texts are smaller, so that one page holds them all.
fn fitting(text: &str, size: usize) -> usize {
    match text.chars().count() {
        0..50 => size,
        50..100 => size * 3 / 4,
        _ => (size / 2).max(22),
    }
}
