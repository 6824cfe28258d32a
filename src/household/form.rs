//! What people type about a household.

use chrono::NaiveDate;

use super::model::{
    ALLEY_MAX, Address, End, Facts, HEAD_MAX, HOUSE_MAX, MEMBERS_MAX, NOTE_MAX, STREET_MAX, holds_identity_number,
};
use super::store::Group;
use crate::account::model::phone::{Phone, spaced};
use crate::platform::id::UnitId;
use crate::web::filters::dates;
use crate::web::form::Filled;
use crate::words::household as words;

/// The longest reason, as the database checks it.
const REASON_MAX: usize = 300;
/// The longest code of a household.
const CODE_MAX: usize = 12;

/// A new household.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// Its group.
    pub group: UnitId,
    /// What is written of it.
    pub facts: Facts,
    /// Since when.
    pub since: NaiveDate,
}

/// Reads the form of a new household; `groups` are those in which the seat may write.
///
/// # Errors
/// The form with its sentences.
pub fn added(mut form: Filled, groups: &[Group]) -> Result<Added, Filled> {
    let group = picked(&mut form, "to", groups, words::GROUP_MISSING);
    let facts = facts(&mut form);
    let since = form.day("tu-ngay", words::SINCE_MISSING);
    form.finish(group.zip(facts).zip(since).map(|((group, facts), since)| Added { group, facts, since }))
}

/// The group whose code was chosen.
fn picked(form: &mut Filled, name: &str, groups: &[Group], missing: &str) -> Option<UnitId> {
    let group = groups.iter().find(|group| group.code == form.value(name)).map(|group| group.id);
    if group.is_none() {
        form.fail(name, missing);
    }
    group
}

/// Reads other facts of a household, and why they changed.
///
/// # Errors
/// The form with its sentences.
pub fn changed(mut form: Filled) -> Result<(Facts, Option<String>), Filled> {
    let facts = facts(&mut form);
    let reason = form.text_optional("ly-do", REASON_MAX);
    form.finish(facts.map(|facts| (facts, reason)))
}

/// Reads a household that splits off.
///
/// # Errors
/// The form with its sentences.
pub fn split(mut form: Filled) -> Result<(Facts, NaiveDate), Filled> {
    let facts = facts(&mut form);
    let since = form.day("tu-ngay", words::SPLIT_DAY_MISSING);
    form.finish(facts.zip(since))
}

fn facts(form: &mut Filled) -> Option<Facts> {
    let head = form.text("ten", HEAD_MAX, words::HEAD_MISSING);
    let house = form.text_optional("so-nha", HOUSE_MAX).unwrap_or_default();
    let alley = form.text_optional("hem", ALLEY_MAX).unwrap_or_default();
    let street = form.text_optional("duong", STREET_MAX).unwrap_or_default();
    let address = Address::written(&house, &alley, &street);
    if address.house.is_empty() && address.street.is_empty() {
        form.fail("so-nha", words::ADDRESS_MISSING);
    }
    let members = if form.value("so-nguoi").trim().is_empty() {
        None
    } else {
        form.whole("so-nguoi", 1..=MEMBERS_MAX, "").and_then(|members| i32::try_from(members).ok())
    };
    let phone = phone(form);
    let note = form.text_optional("ghi-chu", NOTE_MAX);
    if note.as_deref().is_some_and(holds_identity_number) {
        form.fail("ghi-chu", words::NOTE_HAS_IDENTITY);
    }
    head.map(|head| Facts { head, address, members, phone, note })
}

fn phone(form: &mut Filled) -> Option<String> {
    let typed = form.text_optional("dien-thoai", 40)?;
    let phone = typed.parse::<Phone>().ok();
    if phone.is_none() {
        form.fail("dien-thoai", words::PHONE_SHAPE);
    }
    phone.map(|phone| phone.as_str().to_owned())
}

/// The facts as they are, to be changed.
#[must_use]
pub fn of_facts(facts: &Facts) -> Filled {
    of_address(&facts.address)
        .with("ten", &facts.head)
        .with("so-nguoi", facts.members.map_or_else(String::new, |members| members.to_string()))
        .with("dien-thoai", facts.phone.as_deref().map_or_else(String::new, spaced))
        .with("ghi-chu", facts.note.as_deref().unwrap_or_default())
}

/// The address alone: a household that splits off lives at the same door.
#[must_use]
pub fn of_address(address: &Address) -> Filled {
    Filled::default().with("so-nha", &address.house).with("hem", &address.alley).with("duong", &address.street)
}

/// An empty form of today.
#[must_use]
pub fn empty(group: &str, today: NaiveDate) -> Filled {
    Filled::default().with("to", group).with("tu-ngay", dates::day(today))
}

/// Reads how a household ended, its last day, and why.
///
/// # Errors
/// The form with its sentences.
pub fn ended(mut form: Filled) -> Result<(End, NaiveDate, Option<String>), Filled> {
    let how = form.one_of::<End>("cach", words::HOW_MISSING);
    let last = form.day("den-ngay", words::LAST_MISSING);
    let reason = form.text_optional("ly-do", REASON_MAX);
    form.finish(how.zip(last).map(|(how, last)| (how, last, reason)))
}

/// Reads why an end is taken back.
///
/// # Errors
/// The form with its sentence.
pub fn resumed(mut form: Filled) -> Result<String, Filled> {
    let reason = form.text("ly-do", REASON_MAX, words::RESUME_REASON_MISSING);
    form.finish(reason)
}

/// Reads into which household another one is merged: its code, the group's piece of it perhaps left out; and the last day.
///
/// # Errors
/// The form with its sentences.
pub fn merged(mut form: Filled, own_code: &str) -> Result<(String, NaiveDate), Filled> {
    let typed = form.text("vao-ho", CODE_MAX, words::INTO_MISSING);
    let last = form.day("den-ngay", words::LAST_MISSING);
    let code = typed.map(|typed| whole_code(&typed, own_code));
    form.finish(code.zip(last))
}

/// "123" beside 07-0001 is 07-0123.
fn whole_code(typed: &str, own_code: &str) -> String {
    let typed = typed.to_uppercase().replace(' ', "");
    match own_code.rsplit_once('-') {
        Some((prefix, _)) if !typed.contains('-') => format!("{prefix}-{typed:0>4}"),
        _ => typed,
    }
}

/// Reads to which group a household moves, from which day on, and why.
///
/// # Errors
/// The form with its sentences.
pub fn moved(mut form: Filled, groups: &[Group]) -> Result<(UnitId, NaiveDate, Option<String>), Filled> {
    let to = picked(&mut form, "sang-to", groups, words::TO_MISSING);
    let from = form.day("tu-ngay", words::MOVE_DAY_MISSING);
    let reason = form.text_optional("ly-do", REASON_MAX);
    form.finish(to.zip(from).map(|(to, from)| (to, from, reason)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> Filled {
        pairs.iter().fold(Filled::default(), |form, (name, value)| form.with(name, *value))
    }

    fn faults(form: Filled) -> Vec<String> {
        changed(form).expect_err("wrong").errors().iter().map(|error| error.field.clone()).collect()
    }

    #[test]
    fn an_address_leaves_out_the_words_that_the_page_writes() {
        let form = typed(&[("ten", "Trần Văn Lựu"), ("so-nha", "15"), ("hem", "Hẻm 24"), ("duong", "đường Dã Tượng")]);
        let (facts, _) = changed(form).expect("right");
        assert_eq!(facts.address.to_string(), "15 hẻm 24 Dã Tượng");
    }

    #[test]
    fn every_wrong_place_is_said_at_once() {
        assert_eq!(faults(Filled::default()), ["ten", "so-nha"]);
        let wrong =
            [("ten", "A"), ("duong", "B"), ("so-nguoi", "51"), ("dien-thoai", "12"), ("ghi-chu", "cc 056099001234")];
        assert_eq!(faults(typed(&wrong)), ["so-nguoi", "dien-thoai", "ghi-chu"]);
    }

    #[test]
    fn a_code_may_leave_out_its_group() {
        assert_eq!(whole_code("123", "07-0001"), "07-0123");
        assert_eq!(whole_code("08-0005", "07-0001"), "08-0005");
        assert_eq!(whole_code("b1-7", "07-0001"), "B1-7");
    }
}
