//! What people type, read into what the actions take.

mod carried;
mod delegation;
mod signin;
mod steward;

pub use carried::Carried;
pub use delegation::delegation;
pub use signin::{SignIn, changed_password, first_password, sign_in};
pub use steward::{account, end_day, seat};

use chrono::NaiveDate;

use crate::access::Refused;
use crate::account::model::Phone;
use crate::web::form::Filled;
use crate::words::account as words;

fn phone(form: &mut Filled) -> Option<Phone> {
    let phone = form.value("so-dien-thoai").parse().ok();
    if phone.is_none() {
        form.fail("so-dien-thoai", words::PHONE_MISSING);
    }
    phone
}

/// Two days in order; the second may be missing when `open`.
fn in_order(form: &mut Filled, from: Option<NaiveDate>, to: Option<NaiveDate>) {
    if from.zip(to).is_some_and(|(from, to)| to < from) {
        form.fail("den-ngay", words::SPAN_BACKWARD);
    }
}

/// The form drawn again with what the action found wrong; any other refusal goes on.
///
/// # Errors
/// The refusal, when it is not about the input.
pub fn with_faults(form: Filled, refused: Refused) -> Result<Filled, Refused> {
    match refused {
        Refused::Invalid(faults) => Ok(form.with_faults(faults)),
        other => Err(other),
    }
}
