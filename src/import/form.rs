//! What a person typed about a file, its columns and its rows.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::actions::Mended;
use super::model::{Decision, Draft, Field, Found, Mapping, Meaning, SheetMapping};
use crate::platform::id::UnitId;
use crate::web::form::Filled;
use crate::words::import as words;

/// The word that stands for a list of the whole ward.
pub const WHOLE_WARD: &str = "ca-phuong";

/// The name of a field in forms.
#[must_use]
pub const fn name_of(field: Field) -> &'static str {
    match field {
        Field::Group => "to",
        Field::Code => "ma",
        Field::Head => "chu-ho",
        Field::Number => "so-nha",
        Field::Alley => "hem",
        Field::Street => "duong",
        Field::Members => "nhan-khau",
        Field::Phone => "dien-thoai",
        Field::Registered => "dang-ky",
        Field::Pledged => "ky",
        Field::Note => "ghi-chu",
    }
}

/// Every field of a row, in the order of the form.
pub const FIELDS: [Field; 11] = [
    Field::Head,
    Field::Number,
    Field::Alley,
    Field::Street,
    Field::Members,
    Field::Phone,
    Field::Group,
    Field::Code,
    Field::Registered,
    Field::Pledged,
    Field::Note,
];

/// For which group a file is meant, and since when its households live here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Aim {
    /// The group; none for a list of the whole ward.
    pub group: Option<UnitId>,
    /// Since when.
    pub since: NaiveDate,
}

/// Reads the form of a file that comes in.
///
/// # Errors
/// The form with its sentences.
pub fn aim(mut form: Filled, has_file: bool, today: NaiveDate) -> Result<Aim, Filled> {
    let group = match form.value("to") {
        WHOLE_WARD => Some(None),
        typed => typed.parse().ok().map(Some),
    };
    if group.is_none() {
        form.fail("to", words::GROUP_MISSING);
    }
    let since = form.day("tu-ngay", words::SINCE_MISSING);
    if let Some(day) = since.filter(|day| *day > today) {
        form.fail("tu-ngay", crate::words::household::not_yet(day));
    }
    if !has_file {
        form.fail("tep", words::FILE_MISSING);
    }
    form.finish(group.zip(since).map(|(group, since)| Aim { group, since }))
}

/// Reads the corrected headers and columns of every sheet. Sheets are numbered in the form, because their names may hold anything.
///
/// # Errors
/// The form with its sentences.
pub fn mapping(mut form: Filled, found: &Found) -> Result<Mapping, Filled> {
    let mut sheets = vec![];
    for (place, sheet) in found.sheets.iter().enumerate() {
        let header = format!("dong-{place}");
        let header_row = if form.value(&header).trim().is_empty() {
            None
        } else {
            form.whole(&header, 1..=1_048_576, "").and_then(|row| u32::try_from(row).ok())
        };
        let mut columns = BTreeMap::new();
        for column in &sheet.columns {
            let picked = form.value(&format!("cot-{place}-{}", column.index));
            if let Some(meaning) = meaning(picked) {
                columns.insert(column.index, meaning);
            }
        }
        let taken = form.has(&format!("lay-{place}"), "co");
        if taken && !columns.values().any(|it| matches!(it, Meaning::Head | Meaning::GivenName)) {
            form.fail(&header, words::HEAD_COLUMN_MISSING);
        }
        let group = Some(form.value(&format!("to-{place}")).trim().to_owned()).filter(|code| !code.is_empty());
        sheets.push(SheetMapping { name: sheet.name.clone(), taken, header_row, columns, group });
    }
    form.finish(Some(Mapping { sheets }))
}

/// The meanings that a person may choose, with their words in forms.
pub const MEANINGS: [(Meaning, &str); 15] = [
    (Meaning::Head, "head"),
    (Meaning::FamilyName, "family_name"),
    (Meaning::GivenName, "given_name"),
    (Meaning::Number, "number"),
    (Meaning::Alley, "alley"),
    (Meaning::Street, "street"),
    (Meaning::Address, "address"),
    (Meaning::Members, "members"),
    (Meaning::Phone, "phone"),
    (Meaning::Group, "group"),
    (Meaning::Code, "code"),
    (Meaning::Registered, "registered"),
    (Meaning::Pledged, "pledged"),
    (Meaning::Relation, "relation"),
    (Meaning::Note, "note"),
];

fn meaning(word: &str) -> Option<Meaning> {
    MEANINGS.into_iter().find(|(_, known)| *known == word).map(|(meaning, _)| meaning)
}

/// The word of a meaning in forms; empty for what is not read.
#[must_use]
pub fn word_of(meaning: Option<Meaning>) -> &'static str {
    meaning.and_then(|it| MEANINGS.into_iter().find(|(known, _)| *known == it)).map_or("", |(_, word)| word)
}

/// Reads a mended row: what differs from what the file says, and what becomes of it. What is wrong with a value is told by the row
/// itself, so that nothing typed is lost.
///
/// # Errors
/// The form with its sentences.
pub fn mended(mut form: Filled, seq: i32, draft: &Draft, revision: i32) -> Result<Mended, Filled> {
    let decision = form.one_of::<Decision>("lam-gi", words::DECISION_MISSING);
    let offered = |field: &Field| form.carried().iter().any(|(name, _)| *name == name_of(*field));
    let changed = |field: Field| {
        let typed = form.value(name_of(field)).trim().to_owned();
        (typed != draft.text(field)).then_some((field, typed))
    };
    let changes = FIELDS.into_iter().filter(offered).filter_map(changed).collect();
    form.finish(decision.map(|decision| Mended { seq, revision, changes, decision }))
}
