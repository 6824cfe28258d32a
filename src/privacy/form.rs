//! What the ward's office typed about a request, and about how long data is kept.

use super::model::{ANSWER_MAX, AskedBy, DETAIL_MAX, NewRequest, Outcome, Wish, YEARS};
use crate::web::form::Filled;
use crate::words::privacy as words;

/// The longest code of a household.
const CODE_MAX: usize = 12;

/// Reads a new request.
///
/// # Errors
/// The form with its sentences.
pub(super) fn new_request(mut form: Filled) -> Result<NewRequest, Filled> {
    let code = form.text("ma", CODE_MAX, words::CODE_MISSING).map(|code| code.to_uppercase());
    let wish = form.one_of::<Wish>("yeu-cau", words::WISH_MISSING);
    let asked_by = form.one_of::<AskedBy>("nguoi-yeu-cau", words::ASKED_BY_MISSING);
    let received_on = form.day("ngay-nhan", words::RECEIVED_MISSING);
    let detail = form.long_text_optional("noi-dung", DETAIL_MAX);
    let all = code.zip(wish).zip(asked_by).zip(received_on);
    form.finish(all.map(|(((code, wish), asked_by), received_on)| NewRequest {
        code,
        wish,
        asked_by,
        detail,
        received_on,
    }))
}

/// Reads an answer.
///
/// # Errors
/// The form with its sentences.
pub(super) fn answer(mut form: Filled) -> Result<String, Filled> {
    let text = form.long_text("tra-loi", ANSWER_MAX, words::ANSWER_MISSING);
    form.finish(text)
}

/// Reads how a request ends: outcome, and for a refusal the reason that goes into the answer.
///
/// # Errors
/// The form with its sentences.
pub(super) fn close(mut form: Filled) -> Result<(Outcome, Option<String>), Filled> {
    let outcome = form.one_of::<Outcome>("ket-qua", words::OUTCOME_MISSING);
    let reason = match outcome {
        Some(Outcome::Refused) => form.long_text("ly-do", DETAIL_MAX, words::REFUSAL_MISSING),
        _ => None,
    };
    form.finish(outcome.map(|outcome| (outcome, reason)))
}

/// Reads after how many years name and address go.
///
/// # Errors
/// The form with its sentences.
pub(super) fn years(mut form: Filled) -> Result<i32, Filled> {
    let years = form.whole("so-nam", YEARS, words::YEARS_MISSING).and_then(|years| i32::try_from(years).ok());
    form.finish(years)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_needs_its_reason_and_an_end_in_peace_does_not() {
        let form = |outcome: &str| Filled::default().with("ket-qua", outcome);
        assert_eq!(close(form("done")).expect("right"), (Outcome::Done, None));
        let wrong = close(form("refused")).expect_err("no reason");
        assert_eq!(wrong.error("ly-do"), Some(words::REFUSAL_MISSING));
        assert!(close(Filled::default()).is_err());
    }

    #[test]
    fn every_wrong_place_of_a_new_request_is_said_at_once() {
        let wrong = new_request(Filled::default()).expect_err("empty");
        let fields: Vec<&str> = wrong.errors().iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["ma", "yeu-cau", "nguoi-yeu-cau", "ngay-nhan"]);
    }

    #[test]
    fn years_stay_within_reason() {
        assert_eq!(years(Filled::default().with("so-nam", "3")).expect("right"), 3);
        for odd in ["0", "21", "", "năm"] {
            assert!(years(Filled::default().with("so-nam", odd)).is_err(), "{odd}");
        }
    }
}
