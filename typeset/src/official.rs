//! Official papers in the layout of Nghị định 30/2020/NĐ-CP.

use serde::Serialize;

use crate::day::Day;
use crate::fit::{self, Fitted};
use crate::paper::Paper;
use crate::world::{self, Template, TypesetError};

const TEMPLATE: Template = Template { name: "official.typ", text: include_str!("../templates/official.typ") };

#[derive(Serialize)]
struct Bundle {
    title: String,
    author: String,
    printed: Day,
    papers: Vec<Fitted>,
}

/// The papers as one archivable PDF (PDF/A-2a); each begins on a new page and counts its own pages.
///
/// # Errors
/// When there is no paper, or the type setter fails.
pub fn papers(papers: &[Paper]) -> Result<Vec<u8>, TypesetError> {
    let printed = papers.first().ok_or(TypesetError::Empty)?.printed;
    let papers: Vec<Fitted> = papers.iter().map(fit::paper).collect();
    let (title, author) = papers.first().map(|it| (it.title(), it.author())).unwrap_or_default();
    world::render(TEMPLATE, &Bundle { title, author, printed, papers })
}
