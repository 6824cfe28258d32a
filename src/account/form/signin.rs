//! Signing in, and passwords.

use secrecy::{ExposeSecret, SecretString};

use super::phone;
use crate::account::model::Phone;
use crate::account::policy;
use crate::web::form::Filled;
use crate::words::account as words;

/// A number and a password.
#[derive(Debug)]
pub struct SignIn {
    /// The number.
    pub phone: Phone,
    /// As typed.
    pub password: SecretString,
    /// Keep the number on this machine.
    pub remember: bool,
}

/// Reads the sign-in form. The password is not judged: whatever was taken once is taken again.
///
/// # Errors
/// The form with its sentences.
pub fn sign_in(mut form: Filled) -> Result<SignIn, Filled> {
    let phone = phone(&mut form);
    let password = SecretString::from(form.value("mat-khau").to_owned());
    if password.expose_secret().is_empty() {
        form.fail("mat-khau", words::PASSWORD_MISSING);
    }
    let remember = form.has("nho", "co");
    form.finish(phone.map(|phone| SignIn { phone, password, remember }))
}

/// A present and a new password.
#[derive(Debug)]
pub struct NewPassword {
    /// The one that holds now.
    pub present: SecretString,
    /// The one to come.
    pub new: SecretString,
}

/// Reads the change of a password; `known` is what a guesser knows of the person.
///
/// # Errors
/// The form with its sentences.
pub fn changed_password(mut form: Filled, known: &[String]) -> Result<NewPassword, Filled> {
    let present = SecretString::from(form.value("mat-khau").to_owned());
    if present.expose_secret().is_empty() {
        form.fail("mat-khau", words::PASSWORD_MISSING);
    }
    let new = new_password(&mut form, known);
    if new.as_ref().is_some_and(|new| new.expose_secret() == present.expose_secret()) {
        form.fail("mat-khau-moi", words::PASSWORD_SAME);
    }
    form.finish(new.map(|new| NewPassword { present, new }))
}

/// Reads the first password, set through a one-time link.
///
/// # Errors
/// The form with its sentences.
pub fn first_password(mut form: Filled, known: &[String]) -> Result<SecretString, Filled> {
    let new = new_password(&mut form, known);
    form.finish(new)
}

fn new_password(form: &mut Filled, known: &[String]) -> Option<SecretString> {
    let new = SecretString::from(form.value("mat-khau-moi").to_owned());
    if let Err(weakness) = policy::check(&new, known) {
        form.fail("mat-khau-moi", words::weakness(&weakness));
        return None;
    }
    if form.value("mat-khau-moi-lai") != new.expose_secret() {
        form.fail("mat-khau-moi-lai", words::PASSWORDS_DIFFER);
        return None;
    }
    Some(new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_in_any_spelling_and_a_password_sign_in() {
        let typed = Filled::default()
            .with("so-dien-thoai", "+84 900.000.207")
            .with("mat-khau", " có cả dấu cách ")
            .with("nho", "co");
        let read = sign_in(typed).unwrap();
        assert_eq!(
            (read.phone.as_str(), read.password.expose_secret(), read.remember),
            ("0900000207", " có cả dấu cách ", true)
        );
    }

    #[test]
    fn both_lacks_are_told_at_once() {
        let form = sign_in(Filled::default().with("so-dien-thoai", "12")).unwrap_err();
        assert_eq!(form.error("so-dien-thoai"), Some(words::PHONE_MISSING));
        assert_eq!(form.error("mat-khau"), Some(words::PASSWORD_MISSING));
    }

    #[test]
    fn a_new_password_is_judged_then_compared() {
        let typed = |present: &str, new: &str, again: &str| {
            Filled::default().with("mat-khau", present).with("mat-khau-moi", new).with("mat-khau-moi-lai", again)
        };
        let good = "suối mai tre lúa";
        assert!(changed_password(typed("cũ", good, good), &[]).is_ok());
        let fault = |form: Filled, name: &str| changed_password(form, &[]).unwrap_err().error(name).map(str::to_owned);
        assert_eq!(
            fault(typed("cũ", good, "suối mai tre lụa"), "mat-khau-moi-lai").as_deref(),
            Some(words::PASSWORDS_DIFFER)
        );
        assert_eq!(fault(typed(good, good, good), "mat-khau-moi").as_deref(), Some(words::PASSWORD_SAME));
        assert!(fault(typed("cũ", "ngắn", "ngắn"), "mat-khau-moi").unwrap().contains("4 ký tự"));
    }
}
