//! What a steward may publish, what is in force, and what the names in a wording say. Pure.

mod said;
pub mod sample;

pub use said::said;

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};

use crate::paper::model::{Fault, Kind, Text, Wording};

/// Which wording of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Which {
    /// The one that comes with the program.
    BuiltIn,
    /// A version of the city, as a ward sees it.
    OfCity(i32),
    /// A version of the seat's own place.
    Own(i32),
}

impl fmt::Display for Which {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BuiltIn => f.write_str("goc"),
            Self::OfCity(version) => write!(f, "tp-{version}"),
            Self::Own(version) => write!(f, "{version}"),
        }
    }
}

impl FromStr for Which {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        let number = |digits: &str| digits.parse().ok().filter(|it| *it > 0).ok_or(());
        match (word, word.strip_prefix("tp-")) {
            ("goc", _) => Ok(Self::BuiltIn),
            (_, Some(digits)) => number(digits).map(Self::OfCity),
            _ => number(word).map(Self::Own),
        }
    }
}

/// A version as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Which one.
    pub which: Which,
    /// What its writer said of it.
    pub note: String,
    /// When it was published.
    pub published_at: DateTime<Utc>,
    /// By whom.
    pub published_by: String,
}

/// A version with its texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Which one, of when, by whom.
    pub version: Version,
    /// What it says.
    pub wording: Wording,
}

/// What a kind of paper is drafted from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InForce {
    /// The wording.
    pub wording: Wording,
    /// The newest that was published; none while nobody published any.
    pub newest: Option<Version>,
    /// Why the newest was left aside; empty while it works.
    pub faults: Vec<Fault>,
}

impl InForce {
    /// The newest one that was published, if it still works; otherwise the one of the program.
    #[must_use]
    pub fn of(kind: Kind, newest: Option<Stored>) -> Self {
        let Some(Stored { version, wording }) = newest else {
            return Self { wording: Wording::built_in(kind), newest: None, faults: vec![] };
        };
        let faults = faults(&wording);
        let wording = if faults.is_empty() { wording } else { Wording::built_in(kind) };
        Self { wording, newest: Some(version), faults }
    }

    /// The newest that was published, whether it works or not: what a form that publishes was drawn after.
    #[must_use]
    pub fn seen(&self) -> Which {
        self.newest.as_ref().map_or(Which::BuiltIn, |it| it.which)
    }

    /// Which one papers are drafted from.
    #[must_use]
    pub fn which(&self) -> Which {
        if self.faults.is_empty() { self.seen() } else { Which::BuiltIn }
    }
}

/// What a steward wants to publish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The three texts.
    pub text: Text,
    /// What was changed, in short.
    pub note: String,
}

/// What is wrong with a wording: it is tried on every sample year, and the first fault of each text is told.
#[must_use]
pub fn faults(wording: &Wording) -> Vec<Fault> {
    let mut found: Vec<Fault> = vec![];
    for facts in sample::all(wording.kind) {
        for fault in wording.draft(&facts).err().unwrap_or_default() {
            if found.iter().all(|known| known.place != fault.place) {
                found.push(fault);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::model::{Place, What};

    fn stored(body: &str) -> Stored {
        let text = Text { subject: String::new(), body: body.to_owned(), recipients: String::new() };
        Stored {
            version: Version {
                which: Which::Own(3),
                note: "Sửa".to_owned(),
                published_at: DateTime::UNIX_EPOCH,
                published_by: "A".to_owned(),
            },
            wording: Wording { kind: Kind::GroupReport, version: 3, text },
        }
    }

    #[test]
    fn words_and_versions_go_both_ways() {
        for which in [Which::BuiltIn, Which::OfCity(2), Which::Own(13)] {
            assert_eq!(which.to_string().parse(), Ok(which));
        }
        for word in ["", "0", "-1", "tp-", "tp-0", "x"] {
            assert_eq!(word.parse::<Which>(), Err(()), "{word}");
        }
    }

    #[test]
    fn no_wording_of_the_program_is_broken() {
        for kind in Kind::ALL {
            assert_eq!(faults(&Wording::built_in(*kind)), [], "{kind:?}");
        }
    }

    #[test]
    fn a_fault_that_only_a_poor_year_shows_is_found() {
        let broken = stored("{% if not ho.tong %}\n{{ nhan_khau }}\n{% endif %}").wording;
        let found = faults(&broken);
        let [fault] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((fault.place, fault.line), (Place::Body, 2));
        assert!(matches!(&fault.what, What::UnknownName(Some(name)) if name == "nhan_khau"), "{fault:?}");
    }

    #[test]
    fn a_wording_that_works_no_longer_is_left_aside() {
        let works = InForce::of(Kind::GroupReport, Some(stored("{{ nam }}")));
        assert_eq!((works.which(), works.wording.version), (Which::Own(3), 3));
        let broken = InForce::of(Kind::GroupReport, Some(stored("{{ dan_so }}")));
        assert_eq!(broken.wording, Wording::built_in(Kind::GroupReport));
        assert_eq!((broken.which(), broken.seen(), broken.faults.len()), (Which::BuiltIn, Which::Own(3), 1));
        assert_eq!(InForce::of(Kind::GroupReport, None).which(), Which::BuiltIn);
    }
}
