//! What is printed on a certificate: units, numbers and names put into the words of the paper.

use chrono::{Datelike, NaiveDate};
use rand::CryptoRng;
use typeset::Day;
use typeset::paper::Signature;

use super::model::{Book, Code, Draft, Typed, Unit};
use super::urls;
use crate::web::page::capital;
use crate::words::certificate as words;

/// The first certificate as it would look: no code leads to it, and it says so itself.
#[must_use]
pub fn trial(drafts: Vec<Draft>, public_url: &str) -> Option<typeset::Certificate> {
    let paper = drafts.into_iter().next()?.paper;
    let (qr, code) = (format!("{public_url}{}", urls::CHECK), words::TRIAL.to_owned());
    Some(typeset::Certificate { qr, code, check: words::TRIAL_WARNING.to_owned(), ..paper })
}

/// A certificate for each of these units, numbered in their order from the first number on. The codes come from `rng`.
pub fn drafts(
    book: &Book,
    units: &[&Unit],
    typed: &Typed,
    (public_url, rng): (&str, &mut impl CryptoRng),
) -> Vec<Draft> {
    let draft = |(number, unit): (i32, &&Unit)| {
        let code = Code::random(rng);
        let paper = paper(book, unit, typed, (number, code, public_url));
        Draft { unit: (*unit).clone(), number, symbol: typed.symbol.clone(), code, paper }
    };
    (typed.first..).zip(units).map(draft).collect()
}

fn paper(
    book: &Book,
    unit: &Unit,
    typed: &Typed,
    (number, code, public_url): (i32, Code, &str),
) -> typeset::Certificate {
    typeset::Certificate {
        body: words::body(&book.body.name),
        title: words::TITLE.to_owned(),
        unit: capital(&unit.name),
        unit_place: place(book, unit),
        achievement: words::achievement(book.year),
        basis: words::basis(&unit.decision_number, unit.decided_on),
        number: words::number(number, &typed.symbol),
        place: book.body.short.clone(),
        day: day(typed.issued_on),
        signature: Signature {
            capacity: words::capacity_lines(typed.capacity),
            hint: String::new(),
            name: typed.signer.clone(),
        },
        qr: format!("{public_url}{}", urls::checked(code)),
        code: code.grouped(),
        check: words::check_at(public_url, urls::CHECK),
    }
}

/// Where the unit lies: a group in its ward, each in what is above it.
fn place(book: &Book, unit: &Unit) -> String {
    let ward = unit.place.group.is_some().then_some(book.ward_name.as_str());
    let above = [ward, Some(book.city_name.as_str()), book.province.as_deref()];
    let mut named: Vec<&str> = above.into_iter().flatten().collect();
    // In a two-tier ruleset the upper level is the province itself.
    named.dedup();
    named.join(", ")
}

fn day(day: NaiveDate) -> Day {
    let small = |number: u32| u8::try_from(number).unwrap_or(1);
    Day { year: day.year(), month: small(day.month()), day: small(day.day()) }
}
