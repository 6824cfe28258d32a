//! What a steward types about a ruleset. `check` is the judge here as it is of files; its mistakes are said at the fields.

mod condition;
mod criterion;
mod file;

use std::collections::HashMap;

pub use condition::{conditions, kinds, of_conditions, of_kinds, slots};
pub use criterion::{Spot, added, criterion, new_criterion, of_criterion, of_province};
pub use file::file;

use super::check::{Step, check_edit};
use super::model::{
    Confidence, DayRule, DeadlineRule, Edit, Head, IncidentType, PartRule, Ruleset, SubjectKind, WindowRule, WindowYear,
};
use crate::web::filters::dates;
use crate::web::form::Filled;
use crate::words::ruleset::edit as words;

/// How long texts may get.
const NAME: usize = 200;
const TEXT: usize = 2000;
const CITATION: usize = 300;

/// Reads the code under which a steward publishes.
pub fn code(form: &mut Filled) -> Option<String> {
    let code = form.text("ma", NAME, words::CODE_MISSING)?.to_lowercase();
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !(3..=40).contains(&code.chars().count()) || !code.chars().all(allowed) {
        form.fail("ma", words::CODE_SHAPE);
    } else if code == "soan" {
        form.fail("ma", words::CODE_RESERVED);
    }
    Some(code)
}

/// Where a mistake at the end of a way is said.
fn field_of(fields: &[(&str, &str)], way: &[Step]) -> String {
    let fields: HashMap<&str, &str> = fields.iter().copied().collect();
    let named = way.iter().find_map(|step| match step {
        Step::Key(key) => fields.get(key),
        Step::Item(_) => None,
    });
    named.copied().unwrap_or_default().to_owned()
}

/// Lets `check` judge an edit of `before`; what it finds stands at the fields that `at` names.
fn judged(
    mut form: Filled,
    before: &Ruleset,
    edit: Option<Edit>,
    at: impl Fn(&[Step]) -> String,
) -> Result<Edit, Filled> {
    if let Some(edit) = &edit {
        match edit.apply(before) {
            Err(unfit) => form.fail("", words::unfit(&unfit)),
            Ok(after) => {
                for fault in check_edit(before, &after, &edit.written()) {
                    form.fail(&at(&fault.path), fault.sentence);
                }
            }
        }
    }
    form.finish(edit)
}

/// A new draft as it is typed: code and head.
///
/// # Errors
/// The form with its sentences.
pub fn copied(mut form: Filled) -> Result<(String, Head), Filled> {
    let code = code(&mut form);
    let head = read_head(&mut form);
    if let Some(head) = &head
        && head.valid_to.is_some_and(|to| to < head.valid_from)
    {
        form.fail("den-ngay", "Ngày hết hiệu lực đứng trước ngày có hiệu lực.");
    }
    form.finish(code.zip(head))
}

/// The head of a ruleset, to be changed.
#[must_use]
pub fn of_head(head: &Head) -> Filled {
    Filled::default()
        .with("ten", &head.title)
        .with("ghi-chu", &head.note)
        .with("tu-ngay", dates::day(head.valid_from))
        .with("den-ngay", head.valid_to.map_or_else(String::new, dates::day))
}

fn read_head(form: &mut Filled) -> Option<Head> {
    let title = form.text("ten", NAME, words::TITLE_MISSING);
    let note = form.text("ghi-chu", TEXT, words::NOTE_MISSING);
    let valid_from = form.day("tu-ngay", words::FROM_MISSING);
    let valid_to = form.day_optional("den-ngay");
    let ((title, note), valid_from) = title.zip(note).zip(valid_from)?;
    Some(Head { title, note, valid_from, valid_to })
}

/// Reads another head.
///
/// # Errors
/// The form with its sentences.
pub fn head(mut form: Filled, before: &Ruleset) -> Result<Edit, Filled> {
    let head = read_head(&mut form);
    let fields = [("title", "ten"), ("note", "ghi-chu"), ("valid_from", "tu-ngay"), ("valid_to", "den-ngay")];
    judged(form, before, head.map(Edit::Head), |way| field_of(&fields, way))
}

/// "16/11": a day of every year. Whether it is in the calendar, `check` says.
fn day_and_month(form: &mut Filled, name: &str) -> Option<(u32, u32)> {
    let typed = form.text(name, NAME, words::DAY_MISSING)?;
    let numbers: Option<Vec<u32>> = typed.split(['/', '-', '.']).map(|piece| piece.trim().parse().ok()).collect();
    match numbers.as_deref() {
        Some([day, month]) => Some((*day, *month)),
        _ => {
            form.fail(name, words::DAY_MISSING);
            None
        }
    }
}

fn confidence(form: &mut Filled) -> Option<Confidence> {
    form.one_of("tin-cay", words::CONFIDENCE_MISSING)
}

/// A window, to be changed.
#[must_use]
pub fn of_window(rule: &WindowRule) -> Filled {
    Filled::default()
        .with("tu", format!("{}/{}", rule.from.day, rule.from.month))
        .with("tu-nam", rule.from.year.as_str())
        .with("den", format!("{}/{}", rule.to.day, rule.to.month))
        .with("den-nam", rule.to.year.as_str())
        .with("can-cu", &rule.citation)
        .with("tin-cay", rule.confidence.as_str())
}

fn window_day(form: &mut Filled, (day, year): (&str, &str)) -> Option<DayRule> {
    let read = day_and_month(form, day);
    let year = form.one_of::<WindowYear>(year, words::YEAR_MISSING);
    let ((day, month), year) = read.zip(year)?;
    Some(DayRule { day, month, year })
}

/// Reads other days that count.
///
/// # Errors
/// The form with its sentences.
pub fn window(mut form: Filled, (before, kind): (&Ruleset, SubjectKind)) -> Result<Edit, Filled> {
    let from = window_day(&mut form, ("tu", "tu-nam"));
    let to = window_day(&mut form, ("den", "den-nam"));
    let citation = form.text("can-cu", CITATION, words::CITATION_MISSING);
    let confidence = confidence(&mut form);
    let rule = from.zip(to).zip(citation).zip(confidence);
    let edit = rule
        .map(|(((from, to), citation), confidence)| Edit::Window(kind, WindowRule { from, to, citation, confidence }));
    let fields = [("from", "tu"), ("to", "den"), ("citation", "can-cu")];
    judged(form, before, edit, |way| field_of(&fields, way))
}

/// The name of a box, and whether it is ticked for a paper.
type PartBox = (&'static str, fn(&PartRule) -> bool);

/// What is asked of a paper.
const PART_BOXES: [PartBox; 3] = [
    ("bat-buoc", |part| part.required),
    ("can-so", |part| part.needs_number),
    ("can-nguoi-ky", |part| part.needs_signer),
];

/// A paper, to be changed.
#[must_use]
pub fn of_part(part: &PartRule) -> Filled {
    let texts = Filled::default()
        .with("ten", &part.title)
        .with("ten-ngan", &part.short_title)
        .with("goi-y", &part.hint)
        .with("can-cu", &part.citation)
        .with("tin-cay", part.confidence.as_str());
    let ticked = PART_BOXES.iter().filter(|(_, is)| is(part));
    ticked.fold(texts, |form, (name, _)| form.with(name, "co"))
}

/// Reads another wording of a paper. Its code, and whether it can only be uploaded, stay.
///
/// # Errors
/// The form with its sentences.
pub fn part(mut form: Filled, (before, kind): (&Ruleset, SubjectKind), stands: &PartRule) -> Result<Edit, Filled> {
    let title = form.text("ten", NAME, words::NAME_MISSING);
    let short_title = form.text("ten-ngan", 40, words::SHORT_MISSING);
    let [required, needs_number, needs_signer] = PART_BOXES.map(|(name, _)| form.has(name, "co"));
    let hint = form.text("goi-y", CITATION, words::HINT_MISSING);
    let citation = form.text("can-cu", CITATION, words::CITATION_MISSING);
    let confidence = confidence(&mut form);
    let texts = title.zip(short_title).zip(hint).zip(citation).zip(confidence);
    let edit = texts.map(|((((title, short_title), hint), citation), confidence)| {
        let (code, upload_only) = (stands.code.clone(), stands.upload_only);
        Edit::Part(
            kind,
            PartRule {
                code,
                title,
                short_title,
                required,
                upload_only,
                needs_number,
                needs_signer,
                hint,
                citation,
                confidence,
            },
        )
    });
    let fields = [("title", "ten"), ("short_title", "ten-ngan"), ("hint", "goi-y"), ("citation", "can-cu")];
    judged(form, before, edit, |way| field_of(&fields, way))
}

/// A deadline, to be changed.
#[must_use]
pub fn of_deadline(rule: &DeadlineRule) -> Filled {
    let form = Filled::default()
        .with("viec", &rule.title)
        .with("ai", &rule.who)
        .with("ngay", format!("{}/{}", rule.day, rule.month))
        .with("cach", if rule.exclusive { "truoc" } else { "het" })
        .with("can-cu", &rule.citation)
        .with("tin-cay", rule.confidence.as_str());
    if rule.internal { form.with("noi-bo", "co") } else { form }
}

/// Reads another date.
///
/// # Errors
/// The form with its sentences.
pub fn deadline(mut form: Filled, before: &Ruleset, stands: &DeadlineRule) -> Result<Edit, Filled> {
    let title = form.text("viec", NAME, words::NAME_MISSING);
    let who = form.text("ai", NAME, words::WHO_MISSING);
    let day = day_and_month(&mut form, "ngay");
    let exclusive = match form.value("cach") {
        "truoc" => Some(true),
        "het" => Some(false),
        _ => None,
    };
    if exclusive.is_none() {
        form.fail("cach", words::EXCLUSIVE_MISSING);
    }
    let citation = form.text("can-cu", CITATION, words::CITATION_MISSING);
    let confidence = confidence(&mut form);
    let internal = form.has("noi-bo", "co");
    let all = title.zip(who).zip(day).zip(exclusive).zip(citation).zip(confidence);
    let edit = all.map(|(((((title, who), (day, month)), exclusive), citation), confidence)| {
        let code = stands.code;
        Edit::Deadline(DeadlineRule { code, title, who, day, month, exclusive, citation, confidence, internal })
    });
    let fields = [("day", "ngay"), ("month", "ngay"), ("title", "viec"), ("who", "ai"), ("citation", "can-cu")];
    judged(form, before, edit, |way| field_of(&fields, way))
}

/// Reads one more kind of incident.
///
/// # Errors
/// The form with its sentences.
pub fn new_incident(mut form: Filled, before: &Ruleset) -> Result<Edit, Filled> {
    let code = form.text("ma", 40, words::INCIDENT_CODE_MISSING);
    let title = form.text("ten", NAME, words::NAME_MISSING);
    let edit = code.zip(title).map(|(code, title)| Edit::AddIncidentType(IncidentType { code, title }));
    judged(form, before, edit, |way| field_of(&[("code", "ma"), ("title", "ten")], way))
}

/// Reads another name of a kind of incident.
///
/// # Errors
/// The form with its sentences.
pub fn incident(mut form: Filled, before: &Ruleset, code: &str) -> Result<Edit, Filled> {
    let title = form.text("ten", NAME, words::NAME_MISSING);
    let edit = title.map(|title| Edit::RenameIncidentType(IncidentType { code: code.to_owned(), title }));
    judged(form, before, edit, |way| field_of(&[("title", "ten")], way))
}

#[cfg(test)]
mod tests;
