//! What a steward types: three texts, and what was changed.

use super::model::Proposal;
use crate::paper::model::Text;
use crate::web::form::Filled;
use crate::words::wording as words;

/// The field of the subject line.
pub(super) const SUBJECT: &str = "ve-viec";
/// The field of the body.
pub(super) const BODY: &str = "noi-dung";
/// The field of the recipients.
pub(super) const RECIPIENTS: &str = "noi-nhan";
/// The field of what was changed.
pub(super) const NOTE: &str = "sua-gi";

/// The form of a wording as it stands.
pub(super) fn of(text: &Text) -> Filled {
    Filled::default()
        .with(SUBJECT, text.subject.as_str())
        .with(BODY, text.body.as_str())
        .with(RECIPIENTS, text.recipients.as_str())
}

/// The three texts, for a look.
///
/// # Errors
/// The form with its sentences.
pub(super) fn text(mut form: Filled) -> Result<Text, Filled> {
    let text = texts(&mut form);
    form.finish(text)
}

/// The three texts and the note, to be published.
///
/// # Errors
/// The form with its sentences.
pub(super) fn proposal(mut form: Filled) -> Result<Proposal, Filled> {
    let text = texts(&mut form);
    let note = form.text(NOTE, 300, words::NOTE_MISSING);
    form.finish(text.zip(note).map(|(text, note)| Proposal { text, note }))
}

fn texts(form: &mut Filled) -> Option<Text> {
    let subject = form.long_text_optional(SUBJECT, 2_000);
    let body = form.long_text(BODY, 60_000, words::BODY_MISSING);
    let recipients = form.long_text_optional(RECIPIENTS, 5_000);
    body.map(|body| Text { subject: subject.unwrap_or_default(), body, recipients: recipients.unwrap_or_default() })
}
