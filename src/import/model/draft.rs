//! One household as the file tells it, and what is wrong with it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::known::{Known, Named};
use super::problem::{Problem, ProblemCode, Severity};
use super::value::{self, Members, Said};
use crate::household::model::holds_identity_number;
use crate::platform::legacy::Legacy;

const HEAD_LENGTH: usize = 120;
const NUMBER_LENGTH: usize = 30;
const ALLEY_LENGTH: usize = 60;
const STREET_LENGTH: usize = 80;
const NOTE_LENGTH: usize = 300;
/// No list is older; a year before it is a slip of the finger.
const FIRST_YEAR: i32 = 2000;

/// What a household of the register has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it; Meaning explains the same ones")]
pub enum Field {
    Group,
    Code,
    Head,
    Number,
    Alley,
    Street,
    Members,
    Phone,
    Registered,
    Pledged,
    Note,
}

/// Registered or pledged; the day where it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The day.
    pub on: Option<NaiveDate>,
}

/// Where a value stood, and what stood there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// What it was read as.
    pub field: Field,
    /// The letters of its column; `None` when it came from a title or from a person's correction.
    pub column: Option<String>,
    /// The text, in Unicode.
    pub text: String,
    /// The encoding it was converted from.
    pub from: Option<Legacy>,
    /// What Excel had made of it before we saw it.
    pub spoiled: Option<Spoiled>,
}

/// How Excel spoils what people type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spoiled {
    /// A formula that failed.
    Fault,
    /// A date. In a house number it was once "15/3".
    Day,
}

/// A row of the file as a household.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The sheet's name.
    pub sheet: String,
    /// The row's number on the screen.
    pub row: u32,
    /// Code of the group.
    pub group: Option<String>,
    /// Code of the household.
    pub code: Option<String>,
    /// The head's name.
    pub head: String,
    /// House number, empty when there is none.
    pub number: String,
    /// Alley, empty when there is none.
    pub alley: String,
    /// Street, empty when there is none.
    pub street: String,
    /// How many live there.
    pub members: Option<u16>,
    /// Phone with its leading 0.
    pub phone: Option<String>,
    /// Registered.
    pub registered: Option<Mark>,
    /// Pledged.
    pub pledged: Option<Mark>,
    /// Note, empty when there is none.
    pub note: String,
    /// Where each value stood.
    pub cells: Vec<Standing>,
    /// What is wrong.
    pub problems: Vec<Problem>,
}

/// The row once more, with what a person typed in place of some values. Problems with other rows are found anew by
/// [`super::mark_twins`].
#[must_use]
pub fn edited(draft: &Draft, changes: &[(Field, String)], known: &Known) -> Draft {
    let mut cells = draft.cells.clone();
    for (field, text) in changes {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let column = cells.iter().find(|cell| cell.field == *field).and_then(|cell| cell.column.clone());
        cells.retain(|cell| cell.field != *field);
        cells.push(Standing { field: *field, column, text, from: None, spoiled: None });
    }
    Draft::read(&draft.sheet, draft.row, cells, known)
}

impl Draft {
    /// Reads the values and notes what is wrong with them.
    pub(super) fn read(sheet: &str, row: u32, cells: Vec<Standing>, known: &Known) -> Self {
        let mut draft = Self {
            sheet: sheet.to_owned(),
            row,
            group: None,
            code: None,
            head: String::new(),
            number: String::new(),
            alley: String::new(),
            street: String::new(),
            members: None,
            phone: None,
            registered: None,
            pledged: None,
            note: String::new(),
            cells,
            problems: vec![],
        };
        draft.read_group(known);
        draft.read_code();
        draft.read_head();
        draft.number = draft.short(Field::Number, NUMBER_LENGTH);
        draft.alley = draft.short(Field::Alley, ALLEY_LENGTH);
        draft.street = draft.short(Field::Street, STREET_LENGTH);
        draft.note = draft.short(Field::Note, NOTE_LENGTH);
        if holds_identity_number(&draft.note) {
            draft.tell(Field::Note, ProblemCode::NoteIdentity, None);
        }
        draft.read_members();
        draft.read_phone();
        draft.registered = draft.read_mark(Field::Registered, known);
        draft.pledged = draft.read_mark(Field::Pledged, known);
        draft.tell_spoiled();
        draft
    }

    /// Tells when the register has the same household in another group than the row says.
    pub fn compare_group(&mut self, register: &str) {
        if self.group.as_deref().is_some_and(|group| group != register) {
            self.tell(Field::Group, ProblemCode::InOtherGroup { found: register.to_owned() }, None);
        }
    }

    /// The worst of its problems.
    #[must_use]
    pub fn severity(&self) -> Option<Severity> {
        self.problems.iter().map(|problem| problem.severity).max()
    }

    /// What stood in the file for a field.
    #[must_use]
    pub fn text(&self, field: Field) -> &str {
        self.cells.iter().find(|cell| cell.field == field).map_or("", |cell| cell.text.as_str())
    }

    pub(super) fn tell(&mut self, field: Field, code: ProblemCode, suggestion: Option<String>) {
        let column = self.cells.iter().find(|cell| cell.field == field).and_then(|cell| cell.column.clone());
        let severity = code.severity();
        self.problems.push(Problem { column, field, code, severity, suggestion });
    }

    fn read_group(&mut self, known: &Known) {
        let named = known.in_cell(self.text(Field::Group));
        match (named, &known.meant_for) {
            (Some(Named::Known(found)), Some(meant)) if found != *meant => {
                let code = ProblemCode::GroupOther { found: found.clone(), meant: meant.clone() };
                self.tell(Field::Group, code, Some(meant.clone()));
                self.group = Some(found);
            }
            (Some(Named::Known(found)), _) => self.group = Some(found),
            (Some(Named::Unknown(_)), meant) => self.tell(Field::Group, ProblemCode::GroupUnknown, meant.clone()),
            (None, Some(meant)) => self.group = Some(meant.clone()),
            (None, None) => self.tell(Field::Group, ProblemCode::GroupMissing, None),
        }
    }

    fn read_code(&mut self) {
        let typed = self.text(Field::Code).to_uppercase().replace(' ', "");
        if value::is_code(&typed) {
            self.code = Some(typed);
        } else if !typed.is_empty() {
            let suggestion = Some(value::as_code(&typed)).filter(|code| value::is_code(code));
            self.tell(Field::Code, ProblemCode::CodeUnreadable, suggestion);
        }
    }

    fn read_head(&mut self) {
        let head = value::head(self.text(Field::Head));
        if head.is_empty() && self.has_fault(Field::Head) {
            return;
        }
        if head.is_empty() {
            self.tell(Field::Head, ProblemCode::HeadMissing, None);
        } else if head.chars().count() > HEAD_LENGTH {
            let suggestion = value::first_of_several(&head).map(str::to_owned);
            self.tell(Field::Head, ProblemCode::TooLong { limit: HEAD_LENGTH }, suggestion);
        } else if head.contains(|c: char| c.is_ascii_digit()) {
            let letters: String = head.chars().filter(|c| !c.is_ascii_digit()).collect();
            let suggestion = Some(value::head(&letters)).filter(|name| name.contains(char::is_alphabetic));
            self.tell(Field::Head, ProblemCode::HeadDigits, suggestion);
        } else if let Some(first) = value::first_of_several(&head).map(str::to_owned) {
            self.tell(Field::Head, ProblemCode::HeadSeveral, Some(first));
        }
        self.head = head;
    }

    fn short(&mut self, field: Field, limit: usize) -> String {
        let text = self.text(field).to_owned();
        if text.chars().count() > limit {
            self.tell(field, ProblemCode::TooLong { limit }, None);
        }
        text
    }

    fn read_members(&mut self) {
        let text = self.text(Field::Members);
        let code = match value::members(text) {
            Members::Some(number) => {
                self.members = Some(number);
                return;
            }
            Members::NotANumber if self.has_fault(Field::Members) => return,
            Members::NotANumber if text.is_empty() => ProblemCode::MembersMissing,
            Members::NotANumber => ProblemCode::MembersNotANumber,
            Members::Outside => ProblemCode::MembersOutside,
        };
        self.tell(Field::Members, code, None);
    }

    fn read_phone(&mut self) {
        let text = self.text(Field::Phone);
        if text.is_empty() || text == "-" {
            return;
        }
        match value::phone(text) {
            Some(phone) => {
                self.phone = Some(phone.number);
                if phone.second {
                    self.tell(Field::Phone, ProblemCode::PhoneSecond, self.phone.clone());
                }
            }
            None => self.tell(Field::Phone, ProblemCode::PhoneUnreadable, None),
        }
    }

    fn read_mark(&mut self, field: Field, known: &Known) -> Option<Mark> {
        let mark = match value::mark(self.text(field)) {
            Said::Yes(mark) => mark,
            Said::No => return None,
            Said::Unreadable => {
                self.tell(field, ProblemCode::DateUnreadable, None);
                return None;
            }
        };
        if let Some(on) = mark.on {
            let outside = known.period.is_some_and(|(first, last)| on < first || on > last);
            if on > known.today {
                self.tell(field, ProblemCode::DateFuture, None);
            } else if outside || on < NaiveDate::from_yo_opt(FIRST_YEAR, 1).unwrap_or_default() {
                self.tell(field, ProblemCode::DateOutside, None);
            }
        }
        Some(mark)
    }

    /// Such a cell is told about as it is, not as missing.
    fn has_fault(&self, field: Field) -> bool {
        self.cells.iter().any(|cell| cell.field == field && cell.spoiled == Some(Spoiled::Fault))
    }

    /// What happened to the cells before we read them.
    fn tell_spoiled(&mut self) {
        let mut told = vec![];
        for cell in self.cells.iter().filter(|cell| cell.spoiled.is_some() || cell.from.is_some()) {
            if cell.spoiled == Some(Spoiled::Fault) {
                told.push((cell.field, ProblemCode::CellFault, None));
            }
            if cell.spoiled == Some(Spoiled::Day) && cell.field == Field::Number {
                told.push((cell.field, ProblemCode::NumberWasDate, Some(cell.text.clone())));
            }
            if let Some(from) = cell.from {
                told.push((cell.field, ProblemCode::LegacyMended { from }, Some(cell.text.clone())));
            }
        }
        for (field, code, suggestion) in told {
            self.tell(field, code, suggestion);
        }
    }
}
