//! Lending a seat.

use chrono::NaiveDate;

use super::{in_order, phone};
use crate::access::Form;
use crate::account::store::delegation::NewDelegation;
use crate::ruleset::DossierKind;
use crate::web::form::Filled;
use crate::words::account as words;

/// Reads what is lent, to whom, from when to when and why.
///
/// # Errors
/// The form with its sentences.
pub fn delegation(mut form: Filled, today: NaiveDate) -> Result<NewDelegation, Filled> {
    let phone = phone(&mut form);
    let signs: Option<Form> = form.one_of("ky", words::FORM_MISSING);
    let scope: Vec<DossierKind> = form.values_of("viec").into_iter().filter_map(|kind| kind.parse().ok()).collect();
    if scope.is_empty() {
        form.fail("viec", words::SCOPE_MISSING);
    }
    let from = form.day("tu-ngay", words::FROM_MISSING);
    let to = form.day("den-ngay", words::TO_MISSING);
    in_order(&mut form, from, to);
    if to.is_some_and(|to| to < today) {
        form.fail("den-ngay", words::ENDS_IN_PAST);
    }
    let reason = form.long_text("ly-do", 500, words::REASON_MISSING).filter(|reason| reason.chars().count() >= 5);
    if reason.is_none() {
        form.fail("ly-do", words::REASON_MISSING);
    }
    let whole = match (phone, signs, from, to, reason) {
        (Some(phone), Some(form), Some(from), Some(to), Some(reason)) => {
            Some(NewDelegation { phone, form, scope, reason, from, to })
        }
        _ => None,
    };
    form.finish(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed() -> Filled {
        Filled::default()
            .with("so-dien-thoai", "0900000101")
            .with("ky", "KT.")
            .with("viec", "registration")
            .with("viec", "request")
            .with("tu-ngay", "10/11/2024")
            .with("den-ngay", "20/11/2024")
    }

    fn today() -> NaiveDate {
        "2024-11-08".parse().unwrap()
    }

    #[test]
    fn a_whole_form_is_read() {
        let read = delegation(typed().with("ly-do", "Đi công tác"), today()).unwrap();
        assert_eq!((read.form, read.scope.len(), read.reason.as_str()), (Form::Kt, 2, "Đi công tác"));
    }

    #[test]
    fn what_lacks_or_lies_behind_is_told() {
        let form = delegation(typed().with("ly-do", "bận"), "2024-12-01".parse().unwrap()).unwrap_err();
        assert_eq!(form.error("ly-do"), Some(words::REASON_MISSING));
        assert_eq!(form.error("den-ngay"), Some(words::ENDS_IN_PAST));
        let empty = delegation(Filled::default(), today()).unwrap_err();
        for field in ["so-dien-thoai", "ky", "viec", "tu-ngay", "den-ngay", "ly-do"] {
            assert!(empty.error(field).is_some(), "{field}");
        }
    }
}
