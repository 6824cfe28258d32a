//! Sheets to sign on, as they are given to the typesetter. Pure.

use chrono::{Datelike, NaiveDate};
use typeset::{Day, PledgeSheets, Style};

use super::model::sheet::{Sheet, Signer, Symbol};
use crate::words::sheet as words;

/// In whose name sheets are printed, by which rules, and where their symbols lead.
#[derive(Debug, Clone)]
pub struct Whose<'a> {
    /// "phường Phước Long".
    pub ward: String,
    /// "Phước Long", before the day.
    pub place: String,
    /// The ruleset's code.
    pub ruleset: &'a str,
    /// Where the program is opened.
    pub public_url: &'a str,
}

/// A day as the typesetter takes it.
#[must_use]
pub fn printed(day: NaiveDate) -> Day {
    let small = |number: u32| u8::try_from(number).unwrap_or(1);
    Day { year: day.year(), month: small(day.month()), day: small(day.day()) }
}

/// How many people, where the typesetter has room for it.
#[must_use]
pub fn members(signer: &Signer) -> Option<u16> {
    signer.members.and_then(|members| u16::try_from(members).ok())
}

/// Puts a group's sheets together.
#[must_use]
pub fn pledge_sheets(whose: &Whose<'_>, sheet: Sheet, (style, today): (Style, NaiveDate)) -> PledgeSheets {
    let household = |signer: Signer| typeset::Household {
        members: members(&signer),
        qr: Symbol { ward: sheet.ward_code.clone(), year: sheet.year, code: signer.code.clone() }
            .text(whose.public_url),
        address: signer.address.to_string(),
        head: signer.head,
        code: signer.code,
    };
    PledgeSheets {
        ward: whose.ward.clone(),
        group: sheet.name,
        year: sheet.year,
        place: whose.place.clone(),
        printed: printed(today),
        text: words::pledge(whose.ruleset, sheet.year),
        reasons: words::reasons(),
        style,
        households: sheet.signers.into_iter().map(household).collect(),
    }
}
