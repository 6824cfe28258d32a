//! A paper made fit for print, the same for PDF and for Word: clean texts, full rows, pages that stand or lie.

use serde::Serialize;

use crate::clean::{cell, line, sentence};
use crate::day::placed;
use crate::lines::{balanced, width};
use crate::paper::{Block, Column, Paper, Signature, Table};
use crate::world::Face;

/// The width of the text on a standing page, in millimetres.
pub const WIDTH_MM: f32 = 165.0;
/// And on a lying one.
pub const WIDE_MM: f32 = 252.0;

/// Higher than this, a row may go on over the page: half of what a lying page holds.
const TALL_MM: f64 = 80.0;
/// More recipients, or more letters in who signs, may go on over the page, and the last rows of a table cannot be kept with them.
const RECIPIENTS: usize = 30;
const LETTERS: usize = 400;

/// A paper whose texts are clean.
#[derive(Debug, Serialize)]
pub struct Fitted {
    pub parent: Vec<String>,
    /// In lines, like the parent and the subject.
    pub body: Vec<String>,
    pub number: Option<String>,
    /// Where and when.
    pub placed: String,
    pub kind: String,
    pub subject: Vec<String>,
    pub parts: Vec<Part>,
    pub signatures: Vec<Signature>,
    pub recipients: Vec<String>,
    /// Who signs and who gets it may need more than a page.
    pub long: bool,
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

/// How a row is set. A row whose height is known beforehand costs half the time and half the memory: its cells are laid out once, not
/// measured first. Lists have thousands of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Each of its cells surely takes one line.
    Line,
    /// Some take more, on one page.
    Flowing,
    /// It may be higher than a page and goes on over it.
    Tall,
}

/// A table with its sizes.
#[derive(Debug, Serialize)]
pub struct Grid {
    pub table: Table,
    /// Points.
    pub size: f64,
    /// How each row is set.
    pub forms: Vec<Form>,
    /// The signature cannot be kept with the last rows.
    pub loose: bool,
    /// The titles are low enough to stand on each page.
    pub repeated: bool,
}

impl Fitted {
    /// What the file calls itself.
    pub fn title(&self) -> String {
        let subject = self.subject.join(" ").replace('\u{a0}', " ");
        [self.kind.as_str(), &subject].join(" ").trim().to_owned()
    }

    /// Whose the file is.
    pub fn author(&self) -> String {
        self.body.join(" ")
    }
}

pub fn paper(paper: &Paper) -> Fitted {
    let recipients = texts(&paper.recipients);
    let signatures: Vec<Signature> = paper.signatures.iter().map(signature).collect();
    let long = recipients.len() > RECIPIENTS || signatures.iter().map(letters).any(|it| it > LETTERS);
    let parts = parts(&paper.content, long);
    let all = width_of(parts.first().is_some_and(|it| it.wide));
    let kind = line(&paper.kind);
    let (subject_face, subject_size, subject_room) =
        if kind.is_empty() { (Face::Regular, 12.0, left_of(all)) } else { (Face::Bold, 14.0, all - 4.0) };
    Fitted {
        parent: balanced(&line(paper.parent.as_deref().unwrap_or_default()), Face::Regular, 13.0, left_of(all)),
        body: balanced(&line(&paper.body), Face::Bold, 13.0, left_of(all)),
        number: paper.number.as_deref().map(number).filter(|it| !it.is_empty()),
        placed: placed(&line(&paper.place), paper.day, paper.year),
        kind,
        subject: balanced(&sentence(&paper.subject), subject_face, subject_size, subject_room),
        parts,
        signatures,
        recipients,
        long,
        draft: paper.draft,
        foot: sentence(&paper.foot),
    }
}

/// The width of the text.
fn width_of(wide: bool) -> f64 {
    f64::from(if wide { WIDE_MM } else { WIDTH_MM })
}

/// The room of who issues the paper, left of the state's title.
fn left_of(all: f64) -> f64 {
    (all - 4.0) * 0.4
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

fn letters(it: &Signature) -> usize {
    it.capacity.iter().chain([&it.hint, &it.name]).map(|it| it.chars().count()).sum()
}

/// A table that comes first turns the whole paper, or its first page would hold nothing but the letterhead.
fn parts(blocks: &[Block], long: bool) -> Vec<Part> {
    let mut parts = vec![Part::default()];
    for (at, block) in blocks.iter().enumerate() {
        let wide = matches!(block, Block::Table(table) if table.wide);
        let Some(piece) = piece(block, long) else { continue };
        match parts.last_mut() {
            Some(last) if last.wide == wide => last.pieces.push(piece),
            Some(first) if at == 0 => *first = Part { wide, pieces: vec![piece] },
            _ => parts.push(Part { wide, pieces: vec![piece] }),
        }
    }
    parts
}

fn piece(block: &Block, long: bool) -> Option<Piece> {
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
        Block::Table(table) => return grid(table, long).map(Piece::Grid),
    };
    block.map(Piece::Block)
}

fn grid(table: &Table, long: bool) -> Option<Grid> {
    if table.columns.is_empty() {
        return None;
    }
    let cells = Cells::of(table);
    let column = |(it, room): (&Column, &f64)| Column {
        title: cell(&it.title, Face::Bold, cells.size, *room),
        share: share(it.share),
        align: it.align,
    };
    let fitted = Table {
        caption: sentence(&table.caption),
        columns: table.columns.iter().zip(&cells.rooms).map(column).collect(),
        rows: table.rows.iter().map(|it| cells.row(it, Face::Regular)).collect(),
        total: if table.total.is_empty() { vec![] } else { cells.row(&table.total, Face::Bold) },
        wide: table.wide,
    };
    let forms: Vec<Form> = fitted.rows.iter().map(|it| cells.form(it.iter())).collect();
    let held = &forms[forms.len().saturating_sub(2)..];
    let loose = long || held.contains(&Form::Tall) || cells.form(fitted.total.iter()) == Form::Tall;
    let repeated = cells.form(fitted.columns.iter().map(|it| &it.title)) != Form::Tall;
    Some(Grid { table: fitted, size: cells.size, forms, loose, repeated })
}

/// How the texts of a table are set.
struct Cells {
    /// Points.
    size: f64,
    /// How wide the text of each column may be, in millimetres.
    rooms: Vec<f64>,
}

impl Cells {
    fn of(table: &Table) -> Self {
        let size = match (table.wide, table.columns.len()) {
            (false, 0..7) | (true, 0..11) => 12.0,
            (false, 7..10) | (true, 11..15) => 11.0,
            _ => 9.5,
        };
        let all: f32 = table.columns.iter().map(|it| share(it.share)).sum();
        // A cell has 1.3 mm of air on each side.
        let room = |it: f32| (width_of(table.wide) * f64::from(share(it) / all) - 2.7).max(1.0);
        Self { size, rooms: table.columns.iter().map(|it| room(it.share)).collect() }
    }

    /// A text for each column, whatever was given.
    fn row(&self, texts: &[String], face: Face) -> Vec<String> {
        let text = |at: usize| texts.get(at).map(String::as_str).unwrap_or_default();
        self.rooms.iter().enumerate().map(|(at, room)| cell(text(at), face, self.size, *room)).collect()
    }

    fn form<'a>(&self, texts: impl Iterator<Item = &'a String>) -> Form {
        let height = texts.zip(&self.rooms).map(|(it, room)| height(it, self.size, *room)).fold(0.0, f64::max);
        if height > TALL_MM {
            Form::Tall
        } else if height > 0.0 {
            Form::Flowing
        } else {
            Form::Line
        }
    }
}

/// About how high a cell is whose text takes several lines, which are rarely full; nothing when it takes one.
fn height(text: &str, size: f64, room: f64) -> f64 {
    let wide = width(text, Face::Regular, size);
    // Kerning and bold letters may make it a little wider.
    if wide < room * 0.97 {
        return 0.0;
    }
    let lines = (wide * 1.4 / room).ceil() + 1.0;
    lines * size * 0.353 * 1.15
}

/// A share that no width can be made of counts as one.
fn share(share: f32) -> f32 {
    if share.is_finite() && share > 0.0 { share } else { 1.0 }
}
