//! Paragraphs and runs as our papers need them. Sizes are half points, lengths twentieths of a point.

use docx_rs::{
    AlignmentType, BreakType, LineSpacing, LineSpacingType, Paragraph, ParagraphBorder, ParagraphBorderPosition,
    ParagraphBorders, Run, RunFonts, SpecialIndentType,
};

pub const FONT: &str = "Times New Roman";

pub fn fonts() -> RunFonts {
    RunFonts::new().ascii(FONT).hi_ansi(FONT).east_asia(FONT).cs(FONT)
}

pub fn mm(length: f32) -> i32 {
    (length * 56.693).round() as i32
}

pub fn run(text: &str, size: usize) -> Run {
    Run::new().add_text(text).size(size).fonts(fonts())
}

/// A text whose lines are broken where they should be.
pub fn lines(lines: &[String], size: usize) -> Run {
    let run = Run::new().size(size).fonts(fonts());
    lines.iter().enumerate().fold(run, |run, (at, line)| {
        if at == 0 { run.add_text(line) } else { run.add_break(BreakType::TextWrapping).add_text(line) }
    })
}

/// With so many points below.
pub fn para(after: u32) -> Paragraph {
    Paragraph::new().line_spacing(LineSpacing::new().before(0).after(after * 20))
}

pub fn centred(after: u32) -> Paragraph {
    para(after).align(AlignmentType::Center)
}

/// Justified, its first line indented by a centimetre.
pub fn indented() -> Paragraph {
    let first = Some(SpecialIndentType::FirstLine(mm(10.0)));
    para(6).align(AlignmentType::Both).indent(None, first, None, None)
}

/// Takes next to no room: between tables, which would grow together, and at the end of a section.
pub fn spacer() -> Paragraph {
    let line = LineSpacing::new().before(0).after(0).line(20).line_rule(LineSpacingType::Exact);
    Paragraph::new().line_spacing(line).size(2)
}

/// A rule in the middle of a place, some millimetres long.
pub fn rule(place: f32, length: f32) -> Paragraph {
    let side = Some(mm((place - length) / 2.0));
    let mut it = spacer().indent(side, None, side, None);
    let border = ParagraphBorder::new(ParagraphBorderPosition::Bottom).size(6).color("000000");
    it.property = it.property.set_borders(ParagraphBorders::with_empty().set(border));
    it
}
