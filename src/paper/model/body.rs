//! The body in whose name papers are issued: its letterhead, its register, who signs and how.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::kind::{Body, Kind};
use crate::access::words;
use crate::platform::id::UnitId;

/// Who keeps the register of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Register {
    /// The body itself, on paper or elsewhere: numbers are typed.
    #[default]
    Typed,
    /// The program, a register for each kind of paper.
    PerKind,
    /// The program, one register for all kinds.
    Shared,
}

words!(Register { Typed = "typed", PerKind = "per_kind", Shared = "shared" });

impl Register {
    /// The register that a kind is written in; none where the body keeps it.
    #[must_use]
    pub const fn book(self, kind: Kind) -> Option<&'static str> {
        match self {
            _ if kind.abbreviation().is_none() => None,
            Self::Typed => None,
            Self::PerKind => Some(kind.as_str()),
            Self::Shared => Some("*"),
        }
    }
}

/// How a body issues. What it left empty is as the program proposes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// The upper line of the letterhead.
    pub parent: Option<String>,
    /// The lower line.
    pub name: Option<String>,
    /// "BCĐ", after the kind's abbreviation.
    pub symbol: Option<String>,
    /// "Phước Long", before the day.
    pub place: Option<String>,
    /// Who keeps the register.
    pub register: Register,
    /// Recipients of single kinds, by the kind's word, a line each.
    pub recipients: BTreeMap<String, String>,
    /// Counts changes; 0 while nothing was set.
    pub revision: i32,
}

/// The units that a paper speaks of, as they are called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    /// "thành phố Nha Trang".
    pub city: String,
    /// "phường Phước Long".
    pub ward: String,
    /// "Phước Long".
    pub ward_short: String,
    /// "Nha Trang".
    pub city_short: String,
    /// "Tổ dân phố 7", and its code "07"; none for papers of ward and city.
    pub group: Option<(String, String)>,
}

/// The letterhead of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letterhead {
    /// The upper line; none where there is none.
    pub parent: Option<String>,
    /// The lower line.
    pub name: String,
    /// Behind the kind's abbreviation.
    pub symbol: String,
    /// Before the day.
    pub place: String,
}

impl Settings {
    /// The letterhead of a kind of paper (Nghị định 30/2020/NĐ-CP, phụ lục I).
    #[must_use]
    pub fn letterhead(&self, kind: Kind, names: &Names) -> Letterhead {
        let proposed = proposed(kind, names);
        let or = |own: &Option<String>, proposed: String| own.clone().unwrap_or(proposed);
        Letterhead {
            parent: self.parent.clone().or(proposed.parent),
            name: or(&self.name, proposed.name),
            symbol: or(&self.symbol, proposed.symbol),
            place: or(&self.place, proposed.place),
        }
    }
}

fn proposed(kind: Kind, names: &Names) -> Letterhead {
    use super::kind::Keeper;
    let committee_of = |unit: &str| format!("ỦY BAN NHÂN DÂN {}", unit.to_uppercase());
    let (unit, short) = match kind.keeper() {
        Keeper::City => (&names.city, &names.city_short),
        Keeper::Group | Keeper::Ward => (&names.ward, &names.ward_short),
    };
    let (parent, name, symbol) = match kind.body() {
        Body::Group => {
            let (name, code) = names.group.clone().unwrap_or_default();
            (Some(committee_of(unit)), name.to_uppercase(), format!("TDP{}", code.trim_start_matches('0')))
        }
        Body::Committee => (Some(committee_of(unit)), "BAN CHỈ ĐẠO".to_owned(), "BCĐ".to_owned()),
        Body::Chairman => {
            let above = (kind.keeper() == Keeper::Ward).then(|| committee_of(&names.city));
            (above, committee_of(unit), "UBND".to_owned())
        }
    };
    Letterhead { parent, name, symbol, place: short.clone() }
}

/// In which capacity somebody signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Capacity {
    /// The head of the body.
    Own,
    /// Ký thay: a deputy of the head.
    For,
    /// Thừa lệnh: the head of an office under it.
    ByOrder,
    /// Thừa ủy quyền.
    ByAuthority,
    /// Quyền: acting head.
    Acting,
}

words!(Capacity { Own = "truc-tiep", For = "KT.", ByOrder = "TL.", ByAuthority = "TUQ.", Acting = "Q." });

impl Capacity {
    /// The lines above the signature. `title` is what the signer is, where it is not the head itself.
    #[must_use]
    pub fn lines(self, body: Body, title: &str) -> Vec<String> {
        let head = match body {
            Body::Group => "TỔ TRƯỞNG",
            Body::Committee => "TRƯỞNG BAN",
            Body::Chairman => "CHỦ TỊCH",
        };
        let below = |proposed: &str| if title.is_empty() { proposed.to_owned() } else { title.to_uppercase() };
        match self {
            // A committee acts as a whole, and its head signs in its name.
            Self::Own if body == Body::Committee => vec!["TM. BAN CHỈ ĐẠO".to_owned(), head.to_owned()],
            Self::Own if body == Body::Chairman => vec![head.to_owned()],
            Self::Own => vec![head.to_owned()],
            Self::For => vec![format!("KT. {head}"), below(deputy(body))],
            Self::Acting => vec![format!("Q. {head}")],
            Self::ByOrder | Self::ByAuthority => vec![format!("{} {head}", self.as_str()), below("")],
        }
        .into_iter()
        .filter(|line| !line.is_empty())
        .collect()
    }

    /// Whoever signs so says what he or she is.
    #[must_use]
    pub const fn needs_title(self) -> bool {
        matches!(self, Self::ByOrder | Self::ByAuthority)
    }
}

const fn deputy(body: Body) -> &'static str {
    match body {
        Body::Group => "TỔ PHÓ",
        Body::Committee => "PHÓ TRƯỞNG BAN",
        Body::Chairman => "PHÓ CHỦ TỊCH",
    }
}

/// Somebody who may sign for the body on that day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer {
    /// The full name.
    pub name: String,
    /// How.
    pub capacity: Capacity,
}

/// The unit whose settings hold for a body.
#[must_use]
pub const fn unit_of(body: Body, (city, ward, group): (UnitId, UnitId, Option<UnitId>), of_city: bool) -> UnitId {
    match (body, group) {
        (Body::Group, Some(group)) => group,
        _ if of_city => city,
        _ => ward,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names {
        Names {
            city: "thành phố Nha Trang".to_owned(),
            ward: "phường Phước Long".to_owned(),
            ward_short: "Phước Long".to_owned(),
            city_short: "Nha Trang".to_owned(),
            group: Some(("Tổ dân phố 7".to_owned(), "07".to_owned())),
        }
    }

    #[test]
    fn letterheads_follow_the_body() {
        let of = |kind| {
            let head = Settings::default().letterhead(kind, &names());
            (head.parent.unwrap_or_default(), head.name, head.symbol, head.place)
        };
        let same = |a: (String, String, String, String), b: [&str; 4]| assert_eq!([a.0, a.1, a.2, a.3], b);
        same(of(Kind::GroupLetter), ["ỦY BAN NHÂN DÂN PHƯỜNG PHƯỚC LONG", "TỔ DÂN PHỐ 7", "TDP7", "Phước Long"]);
        same(of(Kind::WardLetter), ["ỦY BAN NHÂN DÂN PHƯỜNG PHƯỚC LONG", "BAN CHỈ ĐẠO", "BCĐ", "Phước Long"]);
        same(
            of(Kind::WardDecision),
            ["ỦY BAN NHÂN DÂN THÀNH PHỐ NHA TRANG", "ỦY BAN NHÂN DÂN PHƯỜNG PHƯỚC LONG", "UBND", "Phước Long"],
        );
        same(of(Kind::CityDecision), ["", "ỦY BAN NHÂN DÂN THÀNH PHỐ NHA TRANG", "UBND", "Nha Trang"]);
    }

    #[test]
    fn what_a_body_set_comes_before_what_is_proposed() {
        let settings = Settings { symbol: Some("BCĐ-ANTT".to_owned()), ..Settings::default() };
        assert_eq!(settings.letterhead(Kind::WardPlan, &names()).symbol, "BCĐ-ANTT");
    }

    #[test]
    fn capacities_say_for_whom_somebody_signs() {
        let lines = |capacity: Capacity, body, title| capacity.lines(body, title).join(" / ");
        assert_eq!(lines(Capacity::Own, Body::Group, ""), "TỔ TRƯỞNG");
        assert_eq!(lines(Capacity::Own, Body::Committee, ""), "TM. BAN CHỈ ĐẠO / TRƯỞNG BAN");
        assert_eq!(lines(Capacity::For, Body::Committee, ""), "KT. TRƯỞNG BAN / PHÓ TRƯỞNG BAN");
        assert_eq!(lines(Capacity::For, Body::Chairman, ""), "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH");
        assert_eq!(
            lines(Capacity::ByOrder, Body::Chairman, "Trưởng Công an phường"),
            "TL. CHỦ TỊCH / TRƯỞNG CÔNG AN PHƯỜNG"
        );
        assert_eq!(lines(Capacity::Acting, Body::Group, ""), "Q. TỔ TRƯỞNG");
    }

    #[test]
    fn lists_without_a_number_are_in_no_register() {
        assert_eq!(Register::Shared.book(Kind::WardList), None);
        assert_eq!(Register::Shared.book(Kind::WardLetter), Some("*"));
        assert_eq!(Register::PerKind.book(Kind::WardLetter), Some("phuong-to-trinh"));
        assert_eq!(Register::Typed.book(Kind::WardLetter), None);
    }
}
