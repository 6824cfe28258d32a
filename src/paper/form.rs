//! What is typed about a paper: its words, its number and signer, how a body issues.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::model::{Capacity, Issuing, Kind, Register, Settings, Text};
use crate::web::form::Filled;
use crate::words::paper as words;

/// The longest line under the kind, text and list of recipients.
const SUBJECT_MAX: usize = 300;
const BODY_MAX: usize = 60_000;
const RECIPIENTS_MAX: usize = 2_000;
/// The longest number, name of a signer, title, and line of a letterhead (`paper_number_length`, `paper_signer_length`, `paper_body_name_length`).
const NUMBER_MAX: usize = 60;
const NAME_MAX: usize = 120;
const LINE_MAX: usize = 160;
const PLACE_MAX: usize = 60;
const SYMBOL_MAX: usize = 20;

/// Reads the words of a paper.
///
/// # Errors
/// The form with its sentences.
pub(super) fn text(mut form: Filled) -> Result<Text, Filled> {
    let subject = form.text_optional("trich-yeu", SUBJECT_MAX).unwrap_or_default();
    let body = form.long_text("noi-dung", BODY_MAX, words::BODY_MISSING);
    let recipients = form.long_text_optional("noi-nhan", RECIPIENTS_MAX).unwrap_or_default();
    form.finish(body.map(|body| Text { subject, body, recipients }))
}

/// What the form of issuing has to know: whether a number is typed, and the days that make sense.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    /// The number is typed.
    pub number: bool,
    /// The register begins, and it is asked from which number.
    pub start: bool,
    /// No paper of the year is older.
    pub from: NaiveDate,
    /// No paper is signed after today.
    pub today: NaiveDate,
}

/// Reads number, day and signer.
///
/// # Errors
/// The form with its sentences.
pub(super) fn issuing(mut form: Filled, asked: Asked) -> Result<Issuing, Filled> {
    let number = if asked.number { form.text("so", NUMBER_MAX, words::NUMBER_MISSING) } else { None };
    let start = if asked.start && !form.value("so-dau").trim().is_empty() {
        form.whole("so-dau", 1..=99_999, "").and_then(|start| i32::try_from(start).ok())
    } else {
        None
    };
    let on = form.day("ngay", words::DAY_MISSING);
    match on {
        Some(on) if on > asked.today => form.fail("ngay", words::DAY_AHEAD),
        Some(on) if on < asked.from => form.fail("ngay", words::DAY_BEFORE),
        _ => {}
    }
    let signer = form.text("nguoi-ky", NAME_MAX, words::SIGNER_MISSING);
    if signer.as_ref().is_some_and(|name| name.chars().count() < 2) {
        form.fail("nguoi-ky", words::SIGNER_MISSING);
    }
    let capacity = form.one_of::<Capacity>("tu-cach", words::CAPACITY_MISSING);
    let title = form.text_optional("chuc-vu", NAME_MAX).unwrap_or_default();
    if capacity.is_some_and(Capacity::needs_title) && title.is_empty() {
        form.fail("chuc-vu", words::TITLE_MISSING);
    }
    let attach = form.has("dua-vao", "co");
    let all = on.zip(signer).zip(capacity);
    form.finish(all.map(|((on, signer), capacity)| Issuing { number, start, on, signer, capacity, title, attach }))
}

/// The field of a kind's recipients.
pub(super) fn recipients_field(kind: Kind) -> String {
    format!("nn-{}", kind.as_str())
}

/// Reads how a body issues.
///
/// # Errors
/// The form with its sentences.
pub(super) fn settings(mut form: Filled, kinds: &[Kind], revision: i32) -> Result<Settings, Filled> {
    let parent = form.text_optional("tren", LINE_MAX);
    let name = form.text_optional("ten", LINE_MAX);
    let place = form.text_optional("noi", PLACE_MAX);
    let symbol = form.text_optional("ky-hieu", SYMBOL_MAX);
    if symbol.as_ref().is_some_and(|it| !it.chars().all(|c| c.is_alphanumeric() || c == '-')) {
        form.fail("ky-hieu", words::SYMBOL_SHAPE);
    }
    let register = form.one_of::<Register>("so", words::REGISTER_MISSING);
    let mut recipients = BTreeMap::new();
    for kind in kinds {
        if let Some(lines) = form.long_text_optional(&recipients_field(*kind), RECIPIENTS_MAX) {
            recipients.insert(kind.as_str().to_owned(), lines);
        }
    }
    form.finish(register.map(|register| Settings { parent, name, symbol, place, register, recipients, revision }))
}

/// How a body issues, on its form.
pub(super) fn settings_filled(settings: &Settings) -> Filled {
    let text = |of: &Option<String>| of.clone().unwrap_or_default();
    let form = Filled::default()
        .with("tren", text(&settings.parent))
        .with("ten", text(&settings.name))
        .with("noi", text(&settings.place))
        .with("ky-hieu", text(&settings.symbol))
        .with("so", settings.register.as_str())
        .with("_phien_ban", settings.revision.to_string());
    settings
        .recipients
        .iter()
        .filter_map(|(kind, lines)| Some((kind.parse().ok()?, lines)))
        .fold(form, |form, (kind, lines): (Kind, _)| form.with(&recipients_field(kind), lines.clone()))
}
