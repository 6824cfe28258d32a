//! The pieces of the text.

use docx_rs::{
    AlignmentType, Docx, Paragraph, SpecialIndentType, Table, TableCell, TableCellMargins, TableLayoutType, TableRow,
    VAlignType, WidthType,
};

use super::package::HEADER_ROW;
use super::text::{centred, indented, mm, para, run, spacer};
use crate::fit::{Form, Grid, Piece, WIDE_MM, WIDTH_MM};
use crate::paper::{Align, Block};

/// Adds a piece. The last one is kept with the signature below it.
pub fn add(document: Docx, piece: &Piece, wide: bool, last: bool) -> Docx {
    match piece {
        Piece::Block(block) => paragraphs(block).into_iter().fold(document, |it, paragraph| {
            it.add_paragraph(if last { paragraph.keep_next(true).keep_lines(true) } else { paragraph })
        }),
        Piece::Grid(grid) => {
            let caption = Some(&grid.table.caption).filter(|it| !it.is_empty());
            let caption = caption.map(|it| centred(6).add_run(run(it, 28).bold()).keep_next(true));
            let document = caption.into_iter().fold(document, Docx::add_paragraph);
            document.add_table(table(grid, wide, last)).add_paragraph(spacer().keep_next(last))
        }
    }
}

fn paragraphs(block: &Block) -> Vec<Paragraph> {
    let one = |it: Paragraph| vec![it];
    match block {
        Block::Addressees(whom) => addressees(whom),
        Block::Ground(text) => one(indented().add_run(run(text, 28).italic())),
        Block::Centred(text) => one(centred(8).add_run(run(text, 28).bold()).keep_next(true)),
        Block::Heading(text) => one(indented().add_run(run(text, 28).bold()).keep_next(true)),
        Block::Subheading(text) => one(indented().add_run(run(text, 28).bold().italic()).keep_next(true)),
        Block::Paragraph(text) => one(indented().add_run(run(text, 28))),
        Block::Article { label, text } => {
            one(indented().add_run(run(label, 28).bold()).add_run(run(&format!(" {text}"), 28)))
        }
        Block::Item(text) => one(indented().add_run(run(&format!("- {text}"), 28))),
        // Became a grid.
        Block::Table(_) => vec![],
    }
}

fn addressees(whom: &[String]) -> Vec<Paragraph> {
    let line = |left: f32, hang: f32, text: &str, after| {
        let hanging = Some(SpecialIndentType::Hanging(mm(hang)));
        para(after).indent(Some(mm(left)), hanging, Some(mm(8.0)), None).add_run(run(text, 28))
    };
    if let [one] = whom {
        return vec![line(44.0, 22.0, &format!("Kính gửi: {one}"), 12)];
    }
    let below = whom.iter().map(|it| line(48.0, 4.0, &format!("- {it}"), 3));
    [line(44.0, 22.0, "Kính gửi:", 3)].into_iter().chain(below).chain([para(2)]).collect()
}

fn table(grid: &Grid, wide: bool, last: bool) -> Table {
    let all = if wide { WIDE_MM } else { WIDTH_MM };
    let shares: f32 = grid.table.columns.iter().map(|it| it.share).sum();
    let widths: Vec<usize> = grid.table.columns.iter().map(|it| mm(all * it.share / shares) as usize).collect();
    let look = Look { widths: &widths, size: (grid.size * 2.0) as usize };
    let aligns: Vec<Align> = grid.table.columns.iter().map(|it| it.align).collect();
    let titles: Vec<String> = grid.table.columns.iter().map(|it| it.title.clone()).collect();
    let header = look.row(&titles, &vec![Align::Center; titles.len()], true, grid.repeated);
    let mut rows = vec![if grid.repeated { header.row_height(HEADER_ROW) } else { header }];
    let count = grid.table.rows.len();
    for (at, row) in grid.table.rows.iter().enumerate() {
        let row = look.row(row, &aligns, false, last && at + 2 >= count);
        rows.push(if grid.forms[at] == Form::Tall { row } else { row.cant_split() });
    }
    if count == 0 {
        rows.push(look.nothing(last));
    }
    if !grid.table.total.is_empty() {
        rows.push(look.row(&grid.table.total, &aligns, true, last).cant_split());
    }
    Table::new(rows)
        .set_grid(widths.clone())
        .width(widths.iter().sum(), WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
        .margins(TableCellMargins::new().margin(40, 74, 40, 74))
}

struct Look<'a> {
    widths: &'a [usize],
    size: usize,
}

impl Look<'_> {
    fn row(&self, texts: &[String], aligns: &[Align], bold: bool, kept: bool) -> TableRow {
        let cells = texts.iter().zip(aligns).zip(self.widths);
        TableRow::new(cells.map(|((text, align), width)| self.cell(text, *align, *width, bold, kept)).collect())
    }

    fn cell(&self, text: &str, align: Align, width: usize, bold: bool, kept: bool) -> TableCell {
        let run = run(text, self.size);
        let align = match align {
            Align::Left => AlignmentType::Left,
            Align::Center => AlignmentType::Center,
            Align::Right => AlignmentType::Right,
        };
        let line = para(0).align(align).keep_next(kept).add_run(if bold { run.bold() } else { run });
        TableCell::new().width(width, WidthType::Dxa).vertical_align(VAlignType::Center).add_paragraph(line)
    }

    fn nothing(&self, kept: bool) -> TableRow {
        let line = centred(0).keep_next(kept).add_run(run("Không có.", self.size).italic());
        let width = self.widths.iter().sum();
        let cell = TableCell::new().width(width, WidthType::Dxa).grid_span(self.widths.len()).add_paragraph(line);
        TableRow::new(vec![cell])
    }
}
