//! The sheets on which households sign the pledge.

use serde::Serialize;

use crate::clean;
use crate::day::Day;
use crate::qr;
use crate::sheet::{ENTRY, Entry};
use crate::world::{self, Template, TypesetError};

const LIST: Template = Template { name: "pledge_list.typ", text: include_str!("../templates/pledge_list.typ") };
const EACH: Template = Template { name: "pledge_each.typ", text: include_str!("../templates/pledge_each.typ") };

/// How the households stand on the paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// A list to carry from door to door or to lay out at a meeting: twenty households a page.
    List,
    /// A pledge for each household: half a page when the text is short enough, else a page.
    Each,
}

/// What the sheets say. Nothing of it is read as markup.
#[derive(Debug, Clone)]
pub struct PledgeSheets {
    /// "phường Lâm Viên - Đà Lạt"
    pub ward: String,
    /// "Tổ dân phố 7"
    pub group: String,
    /// The year of the pledge.
    pub year: i32,
    /// Where it is printed: "Lâm Viên - Đà Lạt".
    pub place: String,
    /// When it is printed.
    pub printed: Day,
    /// The pledge, a paragraph each.
    pub text: Vec<String>,
    /// What can be ticked when nobody signed: "vắng", "đi làm xa", "từ chối". None leaves an empty box to write in.
    pub reasons: Vec<String>,
    /// List or single sheets.
    pub style: Style,
    /// Who is asked to sign, in the order in which the leader walks.
    pub households: Vec<Household>,
}

/// One household.
#[derive(Debug, Clone)]
pub struct Household {
    /// "07-0123"
    pub code: String,
    /// The head's name.
    pub head: String,
    /// House number first: "12A hẻm 3 Dã Tượng".
    pub address: String,
    /// How many live there, when known.
    pub members: Option<u16>,
    /// What the QR symbol says.
    pub qr: String,
}

#[derive(Serialize)]
struct Sheets {
    ward: String,
    group: String,
    year: i32,
    printed_on: String,
    printed: Day,
    text: Vec<String>,
    reasons: Vec<String>,
    entry: Entry,
    households: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    code: String,
    head: String,
    address: String,
    members: Option<u16>,
    side: usize,
    path: String,
}

/// The sheets as an archivable PDF (PDF/A-2a).
///
/// # Errors
/// When a QR text is too long, or the type setter fails.
pub fn pledge_sheets(data: &PledgeSheets) -> Result<Vec<u8>, TypesetError> {
    let template = match data.style {
        Style::List => LIST,
        Style::Each => EACH,
    };
    let sheets = Sheets {
        ward: clean::line(&data.ward),
        group: clean::line(&data.group),
        year: data.year,
        printed_on: format!("{}, {}", clean::line(&data.place), data.printed.words()),
        printed: data.printed,
        text: clean::paragraphs(&data.text),
        reasons: clean::paragraphs(&data.reasons),
        entry: ENTRY,
        households: data.households.iter().map(row).collect::<Result<_, _>>()?,
    };
    world::render(template, &sheets)
}

fn row(household: &Household) -> Result<Row, TypesetError> {
    let matrix = qr::matrix(&household.qr)?;
    Ok(Row {
        code: clean::line(&household.code),
        head: clean::line(&household.head),
        address: clean::line(&household.address),
        members: household.members,
        side: matrix.side(),
        path: matrix.path(),
    })
}
