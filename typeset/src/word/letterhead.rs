//! What stands above and below the text: bodies, number, day, title; signatures and recipients.

use docx_rs::{AlignmentType, Docx, Paragraph, Table, TableCell, TableLayoutType, TableRow, VAlignType, WidthType};

use super::text::{centred, lines, mm, para, rule, run, spacer};
use crate::fit::{Fitted, Part, WIDE_MM, WIDTH_MM};
use crate::paper::Signature;

/// Of the state.
pub const STATE: &str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
/// And its motto.
pub const MOTTO: &str = "Độc lập - Tự do - Hạnh phúc";

fn width(part: Option<&Part>) -> f32 {
    if part.is_some_and(|it| it.wide) { WIDE_MM } else { WIDTH_MM }
}

pub fn add(document: Docx, paper: &Fitted) -> Docx {
    let all = width(paper.parts.first());
    let (left, right) = (all * 0.4, all * 0.6);
    let above = Some(&paper.parent).filter(|it| !it.is_empty()).map(|it| centred(0).add_run(lines(it, 26)));
    let body = [centred(0).add_run(lines(&paper.body, 26).bold()), rule(left - 4.0, 28.0), gap(5)];
    let state =
        [centred(0).add_run(run(STATE, 24).bold()), centred(0).add_run(run(MOTTO, 26).bold()), rule(right - 4.0, 56.0)];
    let number = paper.number.iter().map(|it| centred(0).add_run(run(it, 26)));
    // A letter without a kind says what it is about below its number.
    let about = Some(&paper.subject).filter(|it| paper.kind.is_empty() && !it.is_empty());
    let number = number.chain(about.map(|it| centred(0).add_run(lines(it, 24))));
    let placed = centred(0).add_run(run(&paper.placed, 26).italic());
    let rows = vec![
        TableRow::new(vec![cell(left, above.into_iter().chain(body)), cell(right, state)]),
        TableRow::new(vec![cell(left, number), cell(right, [placed])]),
    ];
    let document = document.add_table(side_by_side(rows, &[left, right])).add_paragraph(gap(14));
    title(document, paper, all)
}

fn title(mut document: Docx, paper: &Fitted, all: f32) -> Docx {
    if !paper.kind.is_empty() {
        document = document.add_paragraph(centred(2).add_run(run(&paper.kind, 28).bold()).keep_next(true));
        if !paper.subject.is_empty() {
            let subject = centred(3).add_run(lines(&paper.subject, 28).bold());
            document = document.add_paragraph(subject.keep_next(true)).add_paragraph(rule(all, 42.0));
        }
    }
    document.add_paragraph(gap(8))
}

pub fn add_closing(document: Docx, paper: &Fitted) -> Docx {
    let all = width(paper.parts.last());
    let half = [all / 2.0, all / 2.0];
    let recipients = recipients(&paper.recipients);
    let document = document.add_paragraph(gap(12).keep_next(true));
    match paper.signatures.as_slice() {
        [] => recipients.into_iter().fold(document, Docx::add_paragraph),
        [one] => {
            let row = TableRow::new(vec![cell(half[0], recipients), cell(half[1], sign(one))]);
            document.add_table(side_by_side(vec![row.cant_split()], &half))
        }
        several => {
            let rows = several.chunks(2).map(|pair| {
                let mut cells: Vec<TableCell> = pair.iter().map(|it| cell(half[0], sign(it))).collect();
                cells.resize(2, cell(half[1], []));
                TableRow::new(cells).cant_split()
            });
            let document = document.add_table(side_by_side(rows.collect(), &half));
            recipients.into_iter().fold(document, Docx::add_paragraph)
        }
    }
}

pub fn sign(signature: &Signature) -> Vec<Paragraph> {
    let mut lines: Vec<Paragraph> =
        signature.capacity.iter().map(|it| centred(2).add_run(run(it, 28).bold())).collect();
    if !signature.hint.is_empty() {
        lines.push(centred(0).add_run(run(&signature.hint, 24).italic()));
    }
    // Room for the pen and the stamp.
    lines.push(gap(70));
    lines.push(centred(0).add_run(run(&signature.name, 28).bold()));
    lines
}

fn recipients(list: &[String]) -> Vec<Paragraph> {
    if list.is_empty() {
        return vec![];
    }
    let title = para(2).add_run(run("Nơi nhận:", 24).bold().italic());
    let one = |it: &String| para(1).align(AlignmentType::Left).add_run(run(&format!("- {it}"), 22));
    [title].into_iter().chain(list.iter().map(one)).collect()
}

/// So many points of nothing.
pub fn gap(points: u32) -> Paragraph {
    let mut it = spacer();
    it.property.line_spacing = it.property.line_spacing.map(|line| line.after(points * 20));
    it
}

pub fn cell(width: f32, lines: impl IntoIterator<Item = Paragraph>) -> TableCell {
    let cell = TableCell::new().width(mm(width) as usize, WidthType::Dxa).vertical_align(VAlignType::Top);
    // A cell without a paragraph is not valid.
    lines.into_iter().chain([spacer()]).fold(cell, TableCell::add_paragraph)
}

/// A table that nobody sees.
pub fn side_by_side(rows: Vec<TableRow>, widths: &[f32]) -> Table {
    let all: f32 = widths.iter().sum();
    Table::without_borders(rows)
        .set_grid(widths.iter().map(|it| mm(*it) as usize).collect())
        .width(mm(all) as usize, WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
}
