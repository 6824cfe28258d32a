//! A paper made fit for print, the same for PDF and for Word: clean texts, full rows, pages that stand or lie.

use serde::Serialize;

use crate::clean::{cell, line, sentence};
use crate::day::placed;
use crate::paper::{Block, Paper, Signature, Table};

/// The width of the text on a standing page, in millimetres.
pub const WIDTH_MM: f32 = 165.0;
/// And on a lying one.
pub const WIDE_MM: f32 = 252.0;

/// Longer than this, a cell may go on over the page.
const TALL: usize = 600;

/// A paper whose texts are clean.
#[derive(Debug, Serialize)]
pub struct Fitted {
    pub parent: Option<String>,
    pub body: String,
    pub number: Option<String>,
    /// Where and when.
    pub placed: String,
    pub kind: String,
    pub subject: String,
    pub parts: Vec<Part>,
    pub signatures: Vec<Signature>,
    pub recipients: Vec<String>,
    pub draft: bool,
    pub foot: String,
}

/// Blocks that share pages of one kind.
#[derive(Debug, Default, Serialize)]
pub struct Part {
    /// On lying pages.
    pub wide: bool,
    pub pieces: Vec<Piece>,
}

/// A block, or a table with what its look needs.
#[derive(Debug, Serialize)]
#[serde(tag = "is", content = "said", rename_all = "snake_case")]
pub enum Piece {
    Grid(Grid),
    #[serde(untagged)]
    Block(Block),
}

/// A table with its sizes.
#[derive(Debug, Serialize)]
pub struct Grid {
    pub table: Table,
    /// Points.
    pub size: f32,
    /// Some row may be higher than a page.
    pub tall: bool,
}

pub fn paper(paper: &Paper) -> Fitted {
    Fitted {
        parent: paper.parent.as_deref().map(line).filter(|it| !it.is_empty()),
        body: line(&paper.body),
        number: paper.number.as_deref().map(number).filter(|it| !it.is_empty()),
        placed: placed(&line(&paper.place), paper.day, paper.year),
        kind: line(&paper.kind),
        subject: sentence(&paper.subject),
        parts: parts(&paper.content),
        signatures: paper.signatures.iter().map(signature).collect(),
        recipients: texts(&paper.recipients),
        draft: paper.draft,
        foot: sentence(&paper.foot),
    }
}

/// "Số:      /TTr-BCĐ" keeps its gap, to be filled in by hand.
fn number(text: &str) -> String {
    sentence(text).replacen(" /", &format!("{}/", "\u{a0}".repeat(8)), 1)
}

fn texts(texts: &[String]) -> Vec<String> {
    texts.iter().map(|it| sentence(it)).filter(|it| !it.is_empty()).collect()
}

pub fn signature(signature: &Signature) -> Signature {
    Signature { capacity: texts(&signature.capacity), hint: line(&signature.hint), name: line(&signature.name) }
}

/// A table that comes first turns the whole paper, or its first page would hold nothing but the letterhead.
fn parts(blocks: &[Block]) -> Vec<Part> {
    let mut parts = vec![Part::default()];
    for (at, block) in blocks.iter().enumerate() {
        let wide = matches!(block, Block::Table(table) if table.wide);
        let Some(piece) = piece(block) else { continue };
        match parts.last_mut() {
            Some(last) if last.wide == wide => last.pieces.push(piece),
            Some(first) if at == 0 => *first = Part { wide, pieces: vec![piece] },
            _ => parts.push(Part { wide, pieces: vec![piece] }),
        }
    }
    parts
}

fn piece(block: &Block) -> Option<Piece> {
    let one = |text: &str| Some(sentence(text)).filter(|it| !it.is_empty());
    let block = match block {
        Block::Addressees(whom) => Some(texts(whom)).filter(|it| !it.is_empty()).map(Block::Addressees),
        Block::Ground(text) => one(text).map(Block::Ground),
        Block::Centred(text) => one(text).map(Block::Centred),
        Block::Heading(text) => one(text).map(Block::Heading),
        Block::Subheading(text) => one(text).map(Block::Subheading),
        Block::Paragraph(text) => one(text).map(Block::Paragraph),
        Block::Article { label, text } => Some(Block::Article { label: sentence(label), text: sentence(text) }),
        Block::Item(text) => one(text).map(Block::Item),
        Block::Table(table) => return grid(table).map(Piece::Grid),
    };
    block.map(Piece::Block)
}

fn grid(table: &Table) -> Option<Grid> {
    let columns = table.columns.len();
    if columns == 0 {
        return None;
    }
    let size = match (table.wide, columns) {
        (false, 0..7) | (true, 0..11) => 12.0,
        (false, 7..10) | (true, 11..15) => 11.0,
        _ => 9.5,
    };
    let rooms = rooms(table, size);
    let row = |row: &Vec<String>| -> Vec<String> {
        rooms.iter().enumerate().map(|(at, room)| row.get(at).map(|it| cell(it, *room)).unwrap_or_default()).collect()
    };
    let mut fitted = Table { caption: sentence(&table.caption), ..table.clone() };
    for (column, room) in fitted.columns.iter_mut().zip(&rooms) {
        column.title = cell(&column.title, *room);
        column.share = share(column.share);
    }
    fitted.rows = table.rows.iter().map(row).collect();
    fitted.total = if table.total.is_empty() { vec![] } else { row(&table.total) };
    let tall = fitted.rows.iter().flatten().any(|it| it.len() > TALL);
    Some(Grid { table: fitted, size, tall })
}

/// A share that no width can be made of counts as one.
fn share(share: f32) -> f32 {
    if share.is_finite() && share > 0.0 { share } else { 1.0 }
}

/// How many letters a word of each column may have.
fn rooms(table: &Table, size: f32) -> Vec<usize> {
    let width = if table.wide { WIDE_MM } else { WIDTH_MM };
    let all: f32 = table.columns.iter().map(|it| share(it.share)).sum();
    // A bold letter is about 0.58 of its size wide; the cell has 1.3 mm of air on each side.
    let letter = size * 0.3528 * 0.58;
    let room = |wide: f32| ((wide - 2.6) / letter).clamp(2.0, 40.0) as usize;
    table.columns.iter().map(|it| room(width * share(it.share) / all)).collect()
}
