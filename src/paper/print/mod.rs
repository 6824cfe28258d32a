//! A paper as it is printed: letterhead, words, tables, signatures. Pure.

mod table;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use typeset::paper::Signature;
use typeset::{Day, Paper as Printed};

use super::model::{self, Capacity, Facts, Kind, Letterhead, Text, blocks};
use crate::platform::clock::civil;
use crate::words::paper as words;

pub use table::{HouseholdRow, table};

/// A draft, or what is about to be issued.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Stage<'a> {
    /// Marked on every page; number and day are left open.
    Draft,
    /// With its number, day and signer.
    Issued {
        /// "05/TTr-BCĐ"; none for kinds that bear none.
        number: Option<&'a str>,
        /// The day on it.
        on: NaiveDate,
        /// Who signs.
        signer: &'a str,
        /// In which capacity.
        capacity: Capacity,
        /// What the signer is, where it is not the head.
        title: &'a str,
    },
}

/// What is printed.
#[derive(Debug, Clone, Copy)]
pub struct Printing<'a> {
    /// The kind.
    pub kind: Kind,
    /// The words.
    pub text: &'a Text,
    /// The figures and names.
    pub facts: &'a Facts,
    /// When they were read.
    pub facts_at: DateTime<Utc>,
    /// Rows about households, for the list of them.
    pub households: &'a [HouseholdRow],
    /// Who issues.
    pub head: &'a Letterhead,
    /// The moment of printing.
    pub now: DateTime<Utc>,
}

/// Puts it together.
#[must_use]
pub fn set(printing: &Printing<'_>, stage: Stage<'_>) -> Printed {
    let Printing { kind, text, facts, head, .. } = *printing;
    let printed = day(civil(printing.now));
    let open = || model::number(kind, None, &head.symbol);
    let (number, on, is_draft) = match stage {
        Stage::Draft => (open(), None, true),
        Stage::Issued { number, on, .. } => (number.map(str::to_owned), Some(on), false),
    };
    Printed {
        parent: head.parent.clone(),
        body: head.name.clone(),
        number: number.map(|number| format!("Số: {number}")),
        place: head.place.clone(),
        year: on.map_or(printed.year, |on| on.year()),
        day: on.map(day),
        printed,
        kind: words::title(kind).to_uppercase(),
        subject: text.subject.clone(),
        content: blocks(&text.body, |name| table(name, facts, printing.households)),
        signatures: signatures(kind, facts, stage),
        recipients: text.recipients.lines().map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned).collect(),
        draft: is_draft,
        foot: words::figures_at(printing.facts_at),
    }
}

fn day(on: NaiveDate) -> Day {
    let small = |number: u32| u8::try_from(number).unwrap_or(1);
    Day { year: on.year(), month: small(on.month()), day: small(on.day()) }
}

fn signatures(kind: Kind, facts: &Facts, stage: Stage<'_>) -> Vec<Signature> {
    let hint = "(Ký, ghi rõ họ tên)".to_owned();
    let signature =
        |capacity: Vec<String>, name: &str| Signature { capacity, hint: hint.clone(), name: name.to_owned() };
    if kind.is_minutes() {
        let meeting = facts.meeting.clone().unwrap_or_default();
        let chair = match stage {
            Stage::Issued { signer, .. } if meeting.chair.name.is_empty() => signer.to_owned(),
            _ => meeting.chair.name,
        };
        return vec![
            signature(vec!["THƯ KÝ".to_owned()], &meeting.secretary.name),
            signature(vec!["CHỦ TRÌ".to_owned()], &chair),
        ];
    }
    vec![match stage {
        Stage::Draft => signature(Capacity::Own.lines(kind.body(), ""), ""),
        Stage::Issued { signer, capacity, title, .. } => signature(capacity.lines(kind.body(), title), signer),
    }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::model::{Meeting, Person, Wording};

    fn head() -> Letterhead {
        Letterhead {
            parent: Some("ỦY BAN NHÂN DÂN PHƯỜNG PHƯỚC LONG".to_owned()),
            name: "BAN CHỈ ĐẠO".to_owned(),
            symbol: "BCĐ".to_owned(),
            place: "Phước Long".to_owned(),
        }
    }

    fn printed(kind: Kind, facts: &Facts, stage: Stage<'_>) -> Printed {
        let text = Wording::built_in(kind).draft(facts).unwrap();
        let at = "2024-11-16T02:00:00Z".parse().unwrap();
        let head = head();
        set(&Printing { kind, text: &text, facts, facts_at: at, households: &[], head: &head, now: at }, stage)
    }

    #[test]
    fn a_draft_leaves_number_and_day_open() {
        let paper = printed(Kind::WardLetter, &Facts::default(), Stage::Draft);
        assert!(paper.draft && paper.day.is_none());
        assert_eq!(paper.number.unwrap().split_whitespace().collect::<Vec<_>>(), ["Số:", "/TTr-BCĐ"]);
        assert_eq!(paper.signatures[0].capacity, ["TM. BAN CHỈ ĐẠO", "TRƯỞNG BAN"]);
    }

    #[test]
    fn what_is_issued_says_who_signs_for_whom() {
        let stage = Stage::Issued {
            number: Some("05/TTr-BCĐ"),
            on: NaiveDate::from_ymd_opt(2024, 11, 16).unwrap(),
            signer: "Lê Văn Sáu",
            capacity: Capacity::For,
            title: "",
        };
        let paper = printed(Kind::WardLetter, &Facts::default(), stage);
        assert_eq!((paper.number.as_deref(), paper.draft), (Some("Số: 05/TTr-BCĐ"), false));
        assert_eq!(paper.signatures[0].name, "Lê Văn Sáu");
        assert_eq!(paper.signatures[0].capacity[0], "KT. TRƯỞNG BAN");
        assert_eq!(paper.day.unwrap().day, 16);
    }

    #[test]
    fn secretary_and_chair_sign_minutes() {
        let person = |name: &str| Person { name: name.to_owned(), office: String::new() };
        let meeting = Meeting { chair: person("Bà Tâm"), secretary: person("Ông Phú"), ..Meeting::default() };
        let facts = Facts { meeting: Some(meeting), ..Facts::default() };
        let paper = printed(Kind::WardMinutes, &facts, Stage::Draft);
        let names: Vec<&str> = paper.signatures.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["Ông Phú", "Bà Tâm"]);
    }
}
