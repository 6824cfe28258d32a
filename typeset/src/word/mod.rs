//! The same papers for Word: a clerk's last correction, a body that wants a file to edit.

mod certificate;
mod letterhead;
mod package;
mod piece;
mod symbol;
mod text;

pub use certificate::word_certificate;

use docx_rs::{AlignmentType, Docx, Footer, Header, PageNum, Paragraph};

use crate::day::Day;
use crate::fit::{self, Fitted, Part};
use crate::paper::Paper;
use crate::world::TypesetError;
use package::{About, Page};
use text::{run, spacer};

/// Why no document came out; a fault of the program.
#[derive(Debug, thiserror::Error)]
pub enum WordError {
    /// The parts could not be written.
    #[error("the document cannot be written: {0}")]
    Write(String),
    /// The file could not be packed.
    #[error("the document cannot be packed: {0}")]
    Pack(#[from] zip::result::ZipError),
    /// The picture of a symbol could not be drawn.
    #[error("the symbol cannot be drawn: {0}")]
    Symbol(#[from] png::EncodingError),
    /// What the writer of documents gave is not what we finish.
    #[error("the document is not the one expected: {0}")]
    Shape(&'static str),
}

/// The paper as a Word document (DOCX).
///
/// # Errors
/// When the document cannot be packed.
pub fn word(paper: &Paper) -> Result<Vec<u8>, TypesetError> {
    let fitted = fit::paper(paper);
    let mut document = letterhead::add(new(paper.printed), &fitted);
    let last = fitted.parts.len() - 1;
    for (at, part) in fitted.parts.iter().enumerate() {
        document = add(document, part, at == last);
        if at < last {
            document = document.add_paragraph(package::section_end(spacer()));
        }
    }
    let document = margins(letterhead::add_closing(document, &fitted), &fitted);
    let pages: Vec<Page> =
        fitted.parts.iter().enumerate().map(|(at, it)| Page { wide: it.wide, first: at == 0, framed: false }).collect();
    let about = About { title: &fitted.title(), author: &fitted.author(), draft: fitted.draft };
    Ok(package::pack(document, &pages, &about)?)
}

/// What signs stands with the last words, so those are kept with what follows.
fn add(document: Docx, part: &Part, last: bool) -> Docx {
    let count = part.pieces.len();
    part.pieces
        .iter()
        .enumerate()
        .fold(document, |it, (at, piece)| piece::add(it, piece, part.wide, last && at + 1 == count))
}

fn new(printed: Day) -> Docx {
    let when = format!("{:04}-{:02}-{:02}T00:00:00Z", printed.year, printed.month, printed.day);
    let fonts = text::fonts();
    Docx::new().default_fonts(fonts).default_size(28).created_at(&when).updated_at(&when)
}

/// The page number from the second page on, the small print on all. The draft's mark comes in [`package`].
fn margins(document: Docx, fitted: &Fitted) -> Docx {
    let middle = || Paragraph::new().align(AlignmentType::Center);
    let number = middle().add_page_num(PageNum::new());
    let foot = || Footer::new().add_paragraph(middle().add_run(run(&fitted.foot, 17).color("595959")));
    document
        .header(Header::new().add_paragraph(number))
        .first_header(Header::new().add_paragraph(middle()))
        .footer(foot())
        .first_footer(foot())
}
