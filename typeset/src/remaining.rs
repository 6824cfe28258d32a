//! The households that have not signed, for the next round.

use serde::Serialize;

use crate::clean;
use crate::day::Day;
use crate::world::{self, Template, TypesetError};

const TEMPLATE: Template = Template { name: "remaining.typ", text: include_str!("../templates/remaining.typ") };

/// What the list says. Nothing of it is read as markup.
#[derive(Debug, Clone)]
pub struct RemainingList {
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
    /// "312/350 hộ (89,1%), còn 38", under the title.
    pub state: String,
    /// Who has not signed, in the order in which the leader walks.
    pub households: Vec<Remaining>,
}

/// One household that has not signed.
#[derive(Debug, Clone, Serialize)]
pub struct Remaining {
    /// "07-0123"
    pub code: String,
    /// The head's name.
    pub head: String,
    /// House number first.
    pub address: String,
    /// How many live there, when known.
    pub members: Option<u16>,
    /// Why not yet: "đi làm xa". May be empty.
    pub reason: String,
}

#[derive(Serialize)]
struct List {
    ward: String,
    group: String,
    year: i32,
    printed_on: String,
    printed: Day,
    state: String,
    households: Vec<Remaining>,
}

/// The list as an archivable PDF (PDF/A-2a), with an empty column for what the next round brings.
///
/// # Errors
/// When the type setter fails.
pub fn remaining_list(data: &RemainingList) -> Result<Vec<u8>, TypesetError> {
    let list = List {
        ward: clean::line(&data.ward),
        group: clean::line(&data.group),
        year: data.year,
        printed_on: format!("{}, {}", clean::line(&data.place), data.printed.words()),
        printed: data.printed,
        state: clean::line(&data.state),
        households: data.households.iter().map(cleaned).collect(),
    };
    world::render(TEMPLATE, &list)
}

fn cleaned(row: &Remaining) -> Remaining {
    Remaining {
        code: clean::line(&row.code),
        head: clean::line(&row.head),
        address: clean::line(&row.address),
        members: row.members,
        reason: clean::line(&row.reason),
    }
}
