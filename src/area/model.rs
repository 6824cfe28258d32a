//! Units and their names over time. Pure: days are parameters.

use std::str::FromStr;

use chrono::NaiveDate;
use serde::Deserialize;

use crate::access::UnknownWord;
use crate::platform::id::UnitId;

/// Kinds of units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Tỉnh.
    Province,
    /// Thành phố.
    City,
    /// Phường, xã.
    Ward,
    /// Tổ dân phố.
    Group,
    /// Công an phường, Ban chỉ huy quân sự, Mặt trận: offices that make their own plan.
    Office,
    /// Cơ quan.
    Agency,
    /// Doanh nghiệp.
    Enterprise,
    /// Nhà trường.
    School,
}

impl Kind {
    /// Every kind, in the order of a list.
    pub const ALL: [Self; 8] = [
        Self::Province,
        Self::City,
        Self::Ward,
        Self::Group,
        Self::Office,
        Self::Agency,
        Self::Enterprise,
        Self::School,
    ];

    /// As the database and a form write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Province => "province",
            Self::City => "city",
            Self::Ward => "ward",
            Self::Group => "group",
            Self::Office => "office",
            Self::Agency => "agency",
            Self::Enterprise => "enterprise",
            Self::School => "school",
        }
    }
}

impl FromStr for Kind {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(UnknownWord)
    }
}

/// How a unit came from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// Tách: the earlier unit may go on beside it.
    Split,
    /// Nhập: the earlier units end.
    Merge,
    /// Thay: the earlier unit ends.
    Replace,
}

impl How {
    /// Every way, in the order of the form.
    pub const ALL: [Self; 3] = [Self::Split, Self::Merge, Self::Replace];

    /// As the database and a form write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Split => "split",
            Self::Merge => "merge",
            Self::Replace => "replace",
        }
    }

    /// Whether the earlier units end on the day before the new one begins.
    #[must_use]
    pub const fn ends_the_earlier(self) -> bool {
        matches!(self, Self::Merge | Self::Replace)
    }
}

impl FromStr for How {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        Self::ALL.into_iter().find(|how| how.as_str() == text).ok_or(UnknownWord)
    }
}

/// A unit as it stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its id.
    pub id: UnitId,
    /// What it is.
    pub kind: Kind,
    /// The ward it lies in; a ward names itself, what belongs to the city has none.
    pub ward: Option<UnitId>,
    /// The name of the unit it lies in.
    pub parent_name: Option<String>,
    /// The piece of a receipt number: "07".
    pub code: String,
    /// Its place among its kind.
    pub ordinal: i32,
    /// The name it bears now.
    pub name: String,
    /// The same for narrow places.
    pub short_name: String,
    /// The first day.
    pub valid_from: NaiveDate,
    /// The last day; none while it goes on.
    pub valid_to: Option<NaiveDate>,
    /// Counts changes.
    pub revision: i32,
}

impl Unit {
    /// Whether the last day has passed.
    #[must_use]
    pub fn has_ended(&self, today: NaiveDate) -> bool {
        self.valid_to.is_some_and(|last| last < today)
    }

    /// Whether the first day is still to come.
    #[must_use]
    pub fn is_to_come(&self, today: NaiveDate) -> bool {
        today < self.valid_from
    }
}

/// A name that a unit bore before.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PastName {
    /// The name.
    pub name: String,
    /// The same for narrow places.
    pub short_name: String,
    /// First day of use.
    pub used_from: NaiveDate,
    /// Last day of use.
    pub used_to: NaiveDate,
}

/// A unit beside this one in time.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Relation {
    /// The other unit.
    pub id: UnitId,
    /// Its present name.
    pub name: String,
    /// How the later one came from the earlier one.
    pub how: How,
    /// Since when.
    pub since: NaiveDate,
    /// Whether the other unit is the earlier one.
    pub earlier: bool,
}

/// A unit with its names and its kin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// As it stands now.
    pub unit: Unit,
    /// Earlier names, oldest first.
    pub past: Vec<PastName>,
    /// Units it came from or went into.
    pub kin: Vec<Relation>,
}

impl Story {
    /// Which name a paper of that day bears. A day before the unit began gets its first name, a day after its end the last.
    #[must_use]
    pub fn name_on(&self, day: NaiveDate) -> &str {
        let earlier = self.past.iter().filter(|past| day <= past.used_to).min_by_key(|past| past.used_to);
        earlier.map_or(&self.unit.name, |past| &past.name)
    }

    /// The first day of the present name.
    #[must_use]
    pub fn named_since(&self) -> NaiveDate {
        let last = self.past.iter().map(|past| past.used_to).max();
        last.and_then(|day| day.succ_opt()).unwrap_or(self.unit.valid_from)
    }

    /// Units it came from.
    pub fn earlier(&self) -> impl Iterator<Item = &Relation> {
        self.kin.iter().filter(|kin| kin.earlier)
    }

    /// Units that came from it.
    pub fn later(&self) -> impl Iterator<Item = &Relation> {
        self.kin.iter().filter(|kin| !kin.earlier)
    }

    /// The present name as a past one, when another takes its place from `change.from` on.
    ///
    /// # Errors
    /// Why the name cannot change on that day.
    pub fn renamed(&self, change: &Rename, today: NaiveDate) -> Result<PastName, Unfit> {
        let unit = &self.unit;
        let used_from = self.named_since();
        if change.name == unit.name && change.short_name == unit.short_name {
            return Err(Unfit::SameName);
        }
        if change.from > today {
            return Err(Unfit::NotYet { day: change.from });
        }
        if let Some(last) = unit.valid_to.filter(|last| *last < change.from) {
            return Err(Unfit::Ended { last });
        }
        // A name that never held for a day cannot be kept as one that did.
        match change.from.pred_opt().filter(|last| used_from <= *last) {
            Some(used_to) => {
                Ok(PastName { name: unit.name.clone(), short_name: unit.short_name.clone(), used_from, used_to })
            }
            None => Err(Unfit::TooEarly { since: used_from }),
        }
    }
}

/// A new unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUnit {
    /// What it is.
    pub kind: Kind,
    /// Full name.
    pub name: String,
    /// Short name.
    pub short_name: String,
    /// Its code among its kind.
    pub code: String,
    /// Its place among its kind; none puts it last.
    pub ordinal: Option<i32>,
    /// The first day.
    pub from: NaiveDate,
    /// How it came from which units, by their codes.
    pub origin: Option<(How, Vec<String>)>,
}

/// Another name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rename {
    /// Full name.
    pub name: String,
    /// Short name.
    pub short_name: String,
    /// The first day of the new name.
    pub from: NaiveDate,
    /// The decision behind it.
    pub reason: Option<String>,
}

/// The end of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Close {
    /// The last day.
    pub last: NaiveDate,
    /// The decision behind it.
    pub reason: Option<String>,
}

/// Why a change of a unit does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unfit {
    /// Another unit of this kind bears the code in those days.
    CodeTaken {
        /// The code.
        code: String,
    },
    /// No unit of this kind bore that code before the new one begins.
    NoSuchEarlier {
        /// The code.
        code: String,
    },
    /// The name is the one it bears.
    SameName,
    /// The day of a new name is still to come.
    NotYet {
        /// The day.
        day: NaiveDate,
    },
    /// The unit ended before.
    Ended {
        /// Its last day.
        last: NaiveDate,
    },
    /// The present name began on that day or later.
    TooEarly {
        /// Its first day.
        since: NaiveDate,
    },
    /// It would end before it began.
    EndsBeforeItBegins {
        /// Its first day.
        from: NaiveDate,
    },
}

/// A code as people type it and as it is kept: "7" and "07" name the same unit.
#[must_use]
pub fn same_code(one: &str, other: &str) -> bool {
    one.trim_start_matches('0') == other.trim_start_matches('0')
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Utc;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn past(name: &str, from: &str, to: &str) -> PastName {
        PastName { name: name.to_owned(), short_name: name.to_owned(), used_from: day(from), used_to: day(to) }
    }

    fn story() -> Story {
        let unit = Unit {
            id: UnitId::new(chrono::DateTime::<Utc>::UNIX_EPOCH),
            kind: Kind::Group,
            ward: None,
            parent_name: None,
            code: "07".to_owned(),
            ordinal: 7,
            name: "Tổ dân phố 7".to_owned(),
            short_name: "Tổ 7".to_owned(),
            valid_from: day("2015-01-01"),
            valid_to: None,
            revision: 3,
        };
        let past = vec![past("Tổ 7A", "2015-01-01", "2018-06-30"), past("Tổ 7 Tây Nam", "2018-07-01", "2021-12-31")];
        Story { unit, past, kin: vec![] }
    }

    fn to(name: &str, from: &str) -> Rename {
        Rename { name: name.to_owned(), short_name: "Tổ 7".to_owned(), from: day(from), reason: None }
    }

    #[test]
    fn a_paper_bears_the_name_of_its_day() {
        let story = story();
        for (on, name) in [
            ("2010-01-01", "Tổ 7A"),
            ("2015-01-01", "Tổ 7A"),
            ("2018-06-30", "Tổ 7A"),
            ("2018-07-01", "Tổ 7 Tây Nam"),
            ("2021-12-31", "Tổ 7 Tây Nam"),
            ("2022-01-01", "Tổ dân phố 7"),
            ("2030-01-01", "Tổ dân phố 7"),
        ] {
            assert_eq!(story.name_on(day(on)), name, "{on}");
        }
        assert_eq!(story.named_since(), day("2022-01-01"));
    }

    #[test]
    fn a_new_name_leaves_the_old_one_without_a_gap() {
        let mut story = story();
        let kept = story.renamed(&to("Tổ dân phố Phước Bình", "2024-03-25"), day("2024-03-25")).unwrap();
        assert_eq!(
            kept,
            PastName { short_name: "Tổ 7".to_owned(), ..past("Tổ dân phố 7", "2022-01-01", "2024-03-24") }
        );
        story.past.push(kept);
        assert_eq!(story.name_on(day("2024-03-24")), "Tổ dân phố 7");
        assert_eq!(story.named_since(), day("2024-03-25"));
    }

    #[test]
    fn a_name_changes_neither_ahead_nor_backwards() {
        let mut story = story();
        let today = day("2024-03-25");
        let said = |story: &Story, name: &str, from: &str| story.renamed(&to(name, from), today).unwrap_err();
        assert_eq!(said(&story, "Tổ dân phố 7", "2024-03-01"), Unfit::SameName);
        assert_eq!(said(&story, "Tổ B", "2024-03-26"), Unfit::NotYet { day: day("2024-03-26") });
        assert_eq!(said(&story, "Tổ B", "2022-01-01"), Unfit::TooEarly { since: day("2022-01-01") });
        assert_eq!(said(&story, "Tổ B", "2019-01-01"), Unfit::TooEarly { since: day("2022-01-01") });
        story.unit.valid_to = Some(day("2023-12-31"));
        assert_eq!(said(&story, "Tổ B", "2024-01-01"), Unfit::Ended { last: day("2023-12-31") });
        assert!(story.renamed(&to("Tổ B", "2023-12-31"), today).is_ok());
    }

    #[test]
    fn the_last_day_still_counts() {
        let mut unit = story().unit;
        unit.valid_to = Some(day("2024-06-30"));
        assert!(!unit.has_ended(day("2024-06-30")) && unit.has_ended(day("2024-07-01")));
        assert!(unit.is_to_come(day("2014-12-31")) && !unit.is_to_come(day("2015-01-01")));
    }

    #[test]
    fn words_lead_back_and_codes_forgive_zeros() {
        for kind in Kind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(kind));
        }
        for how in How::ALL {
            assert_eq!(how.as_str().parse(), Ok(how));
        }
        assert!(same_code("7", "07") && !same_code("7", "70") && !same_code("7", "17"));
    }
}
