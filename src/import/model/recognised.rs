//! Puts it together: every sheet of a file, with a person's corrections, as drafts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::draft::{Draft, Field, Standing};
use super::header::{self, Header};
use super::known::{Known, Named};
use super::meaning::Meaning;
use super::problem::ProblemCode;
use super::rows::{self, Line, Other};
use super::{cells, mark_twins, value};
use crate::platform::fold::fold;
use crate::platform::legacy::Legacy;
use crate::platform::sheet::{Workbook, letters};

/// How many values of a column are shown to a person who maps it.
const SAMPLES: usize = 3;

/// A person's correction of what was found, sheet by sheet. Sheets that it does not name are recognised as ever.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// The corrected sheets.
    pub sheets: Vec<SheetMapping>,
}

/// The correction of one sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetMapping {
    /// The sheet's name.
    pub name: String,
    /// Whether its rows are taken.
    pub taken: bool,
    /// The number of the (first) row of headings; `None` when there is none.
    pub header_row: Option<u32>,
    /// Column, from 0, to meaning. A column that is not named is left out.
    pub columns: BTreeMap<usize, Meaning>,
    /// The group of rows that name none.
    pub group: Option<String>,
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recognised {
    /// Its sheets.
    pub sheets: Vec<SheetFound>,
    /// Its households.
    pub rows: Vec<Draft>,
    /// What a person should know about the file as a whole.
    pub notices: Vec<Notice>,
}

/// What was found in a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetFound {
    /// Its name.
    pub name: String,
    /// The number of the first row of headings.
    pub header_row: Option<u32>,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Whether its rows are taken.
    pub taken: bool,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// From 0.
    pub index: usize,
    /// Its heading, empty when there is none.
    pub heading: String,
    /// Its meaning, `None` when nobody knows.
    pub meaning: Option<Meaning>,
    /// A few of its values, none where they may not be read.
    pub samples: Vec<String>,
}

/// Why a sheet is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftOut {
    /// Nothing in it.
    Empty,
    /// No row that looks like headings of a household list.
    NoHeader,
    /// A person said so.
    ByPerson,
}

/// What concerns more than one cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "sheet, column, heading and count say it in every variant")]
pub enum Notice {
    /// Personal data that the register may not hold was not read.
    ForbiddenColumn { sheet: String, column: String, heading: String },
    /// A column of which nobody knows the meaning was not read.
    UnknownColumn { sheet: String, column: String, heading: String },
    /// A second column of the same meaning was not read.
    SecondColumn { sheet: String, column: String, heading: String },
    /// A whole sheet was not read.
    SheetLeftOut { sheet: String, why: LeftOut },
    /// Rows of several groups in one sheet.
    SeveralGroups { sheet: String, groups: Vec<String> },
    /// Phones that got their leading 0 back.
    PhonesRestored { count: usize },
    /// Cells converted to Unicode.
    LegacyMended { from: Legacy, count: usize },
    /// Sums, signatures and repeated headings that were left out.
    LinesLeftOut { sheet: String, count: usize },
    /// The sheet lists every person; only rows of heads were taken.
    PersonsLeftOut { sheet: String, count: usize },
}

/// Reads the file against what the ward knows. `mapping` is what a person corrected before.
#[must_use]
pub fn recognise(workbook: &Workbook, mapping: Option<&Mapping>, known: &Known) -> Recognised {
    let mut recognised = Recognised { sheets: vec![], rows: vec![], notices: vec![] };
    for sheet in &workbook.sheets {
        let correction = mapping.and_then(|mapping| mapping.sheets.iter().find(|it| it.name == sheet.name));
        let lines = rows::lines(sheet);
        let table = Table::of(&sheet.name, &lines, correction, known);
        table.tell(&mut recognised);
        if table.left_out.is_none() {
            table.read(known, &mut recognised);
        }
    }
    mark_twins(&mut recognised.rows);
    tell_repairs(&mut recognised);
    recognised
}

/// Repairs that need no look at each cell.
fn tell_repairs(recognised: &mut Recognised) {
    let restored = |draft: &&Draft| value::phone(draft.text(Field::Phone)).is_some_and(|phone| phone.restored);
    let count = recognised.rows.iter().filter(restored).count();
    recognised.notices.extend((count > 0).then_some(Notice::PhonesRestored { count }));
    for from in [Legacy::Tcvn3, Legacy::Vni] {
        let cells = recognised.rows.iter().flat_map(|draft| &draft.cells);
        let count = cells.filter(|cell| cell.from == Some(from)).count();
        recognised.notices.extend((count > 0).then_some(Notice::LegacyMended { from, count }));
    }
}

/// A sheet with what its columns mean.
struct Table<'a> {
    name: &'a str,
    lines: &'a [Line],
    header: Header,
    header_row: Option<u32>,
    seconds: Vec<usize>,
    left_out: Option<LeftOut>,
    /// The group that the title, the sheet's name or a person says.
    group: Option<Named>,
}

impl<'a> Table<'a> {
    fn of(name: &'a str, lines: &'a [Line], correction: Option<&SheetMapping>, known: &Known) -> Self {
        let found = match correction {
            Some(correction) => corrected(lines, correction),
            None => header::find(lines),
        };
        let left_out = match correction {
            _ if lines.is_empty() => Some(LeftOut::Empty),
            Some(correction) => (!correction.taken).then_some(LeftOut::ByPerson),
            None => found.is_none().then_some(LeftOut::NoHeader),
        };
        let header_row = match correction {
            Some(correction) => correction.header_row,
            None => found.as_ref().map(|header| lines[header.first].number),
        };
        let width = lines.iter().map(Line::width).max().unwrap_or_default();
        let bare = || Header { first: 0, data: 0, columns: vec![(String::new(), None); width] };
        let header = found.unwrap_or_else(bare);
        let group = match correction.and_then(|correction| correction.group.clone()) {
            Some(code) => Some(Named::Known(code)),
            None => heading_group(name, &lines[..header.first], known),
        };
        let mut table = Self { name, lines, header, header_row, seconds: vec![], left_out, group };
        table.settle_repeats();
        table
    }

    /// "Họ và tên" over two columns holds family and given name; any other second column of a meaning is left out.
    fn settle_repeats(&mut self) {
        for at in 1..self.header.columns.len() {
            let (before, after) = self.header.columns.split_at_mut(at);
            let Some(meaning) = after[0].1.filter(|meaning| !meaning.may_repeat()) else { continue };
            let Some(first) = before.iter().position(|(_, it)| *it == Some(meaning)) else { continue };
            let over_both = first + 1 == at && fold(&before[first].0) == fold(&after[0].0);
            if meaning == Meaning::Head && over_both {
                before[first].1 = Some(Meaning::FamilyName);
                after[0].1 = Some(Meaning::GivenName);
            } else {
                after[0].1 = None;
                if !over_both {
                    self.seconds.push(at);
                }
            }
        }
    }

    /// Notes the sheet, and what of it is not read.
    fn tell(&self, recognised: &mut Recognised) {
        let columns: Vec<Column> = (0..self.header.columns.len()).map(|index| self.column(index)).collect();
        let sheet = self.name.to_owned();
        if let Some(why) = self.left_out {
            recognised.notices.push(Notice::SheetLeftOut { sheet, why });
        } else {
            recognised.notices.extend(columns.iter().filter_map(|column| self.tell_column(column)));
        }
        let found = SheetFound {
            name: self.name.to_owned(),
            header_row: self.header_row,
            columns,
            taken: self.left_out.is_none(),
        };
        recognised.sheets.push(found);
    }

    fn tell_column(&self, column: &Column) -> Option<Notice> {
        let (sheet, heading, letter) = (self.name.to_owned(), column.heading.clone(), letters(column.index));
        match column.meaning {
            Some(Meaning::Forbidden) => Some(Notice::ForbiddenColumn { sheet, column: letter, heading }),
            None if self.seconds.contains(&column.index) => {
                Some(Notice::SecondColumn { sheet, column: letter, heading })
            }
            None if !heading.is_empty() && Meaning::of(&heading).is_none() => {
                Some(Notice::UnknownColumn { sheet, column: letter, heading })
            }
            _ => None,
        }
    }

    fn column(&self, index: usize) -> Column {
        let (heading, meaning) = self.header.columns[index].clone();
        let readable = meaning != Some(Meaning::Forbidden);
        let values = self.lines[self.header.data.min(self.lines.len())..].iter().map(|line| line.text(index));
        // A long number may be one of an identity card.
        let shown = |text: &&str| !text.is_empty() && text.chars().filter(char::is_ascii_digit).count() < 12;
        let samples = values.filter(shown).take(if readable { SAMPLES } else { 0 }).map(str::to_owned).collect();
        Column { index, heading, meaning, samples }
    }

    fn read(&self, known: &Known, recognised: &mut Recognised) {
        let (mut section, mut below) = (None, false);
        let (mut lines_out, mut persons_out) = (0, 0);
        let first = recognised.rows.len();
        for line in &self.lines[self.header.data..] {
            let full = self.is_household(line);
            match rows::other(line, known) {
                Some(Other::Section(named)) => section = Some(named),
                Some(Other::Total) => lines_out += 1,
                Some(Other::Signature) if !full => {
                    below = true;
                    lines_out += 1;
                }
                _ if header::repeats(line, &self.header) || (below && !full) => lines_out += 1,
                _ if self.is_person(line) => persons_out += 1,
                _ if self.is_blank(line) => {}
                _ => {
                    below = false;
                    recognised.rows.push(self.draft(line, section.as_ref(), known));
                }
            }
        }
        let sheet = self.name.to_owned();
        let notices = &mut recognised.notices;
        notices.extend((lines_out > 0).then(|| Notice::LinesLeftOut { sheet: sheet.clone(), count: lines_out }));
        notices.extend((persons_out > 0).then(|| Notice::PersonsLeftOut { sheet: sheet.clone(), count: persons_out }));
        let groups: std::collections::BTreeSet<String> =
            recognised.rows[first..].iter().filter_map(|draft| draft.group.clone()).collect();
        let groups: Vec<String> = groups.into_iter().collect();
        notices.extend((groups.len() > 1).then_some(Notice::SeveralGroups { sheet, groups }));
    }

    fn find(&self, meaning: Meaning) -> Option<usize> {
        self.header.columns.iter().position(|(_, it)| *it == Some(meaning))
    }

    fn text<'l>(&self, line: &'l Line, meaning: Meaning) -> &'l str {
        self.find(meaning).map_or("", |at| line.text(at))
    }

    /// A name and at least one thing more. Those who sign sign under any column, so a number of members must be one.
    fn is_household(&self, line: &Line) -> bool {
        use Meaning::{Address, Code, FamilyName, GivenName, Head, Members, Number, Phone, Street};
        let written = |meaning: &Meaning| !self.text(line, *meaning).is_empty();
        let counted = self.text(line, Members).starts_with(|c: char| c.is_ascii_digit());
        [Head, FamilyName, GivenName].iter().any(written)
            && (counted || [Code, Number, Street, Address, Phone].iter().any(written))
    }

    /// A member who is not the head, in a list of persons.
    fn is_person(&self, line: &Line) -> bool {
        let relation = fold(self.text(line, Meaning::Relation));
        !matches!(relation.as_str(), "" | "chu ho" | "ch" | "ban than")
    }

    /// Numbered in advance, never filled in.
    fn is_blank(&self, line: &Line) -> bool {
        use Meaning::{Forbidden, Group, Ignored, Order, Relation};
        let about_household = |meaning: Option<Meaning>| {
            meaning.is_some_and(|it| ![Order, Group, Forbidden, Ignored, Relation].contains(&it))
        };
        let columns = self.header.columns.iter().enumerate().filter(|(_, (_, meaning))| about_household(*meaning));
        columns
            .into_iter()
            .all(|(at, _)| line.cells.get(at).is_none_or(|it| it.text.is_empty() && it.spoiled.is_none()))
    }

    fn draft(&self, line: &Line, section: Option<&Named>, known: &Known) -> Draft {
        let mut cells = cells::of(line, &self.header);
        let own = cells.iter().any(|cell| cell.field == Field::Group);
        let above = if own { None } else { section.or(self.group.as_ref()) };
        cells.extend(above.map(|named| Standing {
            field: Field::Group,
            column: None,
            text: match named {
                Named::Known(text) | Named::Unknown(text) => text.clone(),
            },
            from: None,
            spoiled: None,
        }));
        let mut draft = Draft::read(self.name, line.number, cells, known);
        if let (Some(Named::Known(heading)), Some(group), true) = (&self.group, &draft.group, own || section.is_some())
            && heading != group
            && known.meant_for.is_none()
        {
            draft.tell(Field::Group, ProblemCode::GroupSecond { heading: heading.clone() }, Some(heading.clone()));
        }
        draft
    }
}

/// What a person said about the columns.
fn corrected(lines: &[Line], correction: &SheetMapping) -> Option<Header> {
    let first = correction.header_row.and_then(|row| lines.iter().position(|line| line.number == row));
    let width = lines.iter().map(Line::width).max().unwrap_or_default();
    let mut header = match first {
        Some(first) => header::of(lines, first),
        None => Header { first: 0, data: 0, columns: vec![] },
    };
    header.columns.resize(width, (String::new(), None));
    for (at, (_, meaning)) in header.columns.iter_mut().enumerate() {
        // Nobody can ask for what the law forbids.
        *meaning = meaning.filter(|it| *it == Meaning::Forbidden).or(correction.columns.get(&at).copied());
    }
    Some(header)
}

fn heading_group(name: &str, titles: &[Line], known: &Known) -> Option<Named> {
    let titled = titles.iter().flat_map(Line::texts).find_map(|text| known.in_text(text));
    // A tab called "7" is group 7 in a list of the whole ward; in a file for one group it is only the seventh tab.
    titled.or_else(|| match known.in_cell(name).filter(|_| known.meant_for.is_none()) {
        Some(Named::Known(code)) => Some(Named::Known(code)),
        _ => known.in_text(name),
    })
}
