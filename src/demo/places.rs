//! The demo's units: province, city, three wards, their groups, and what else a ward has. Offices, agencies, enterprises and
//! schools are there for the picture; the plan of 2024 judges the ward and its groups only.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};

use crate::platform::clock::civil;
use crate::platform::id::UnitId;

/// A ward of the demo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Ward {
    /// The reference ward of plan 390/KH-BCĐ, with 24 groups.
    PhuocLong,
    /// A neighbour with 6 groups.
    PhuocHai,
    /// A neighbour with 8 groups.
    VinhNguyen,
}

impl Ward {
    /// Every ward, the reference first.
    pub const ALL: [Self; 3] = [Self::PhuocLong, Self::PhuocHai, Self::VinhNguyen];

    /// The piece of a receipt number.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::PhuocLong => "PL",
            Self::PhuocHai => "PH",
            Self::VinhNguyen => "VN",
        }
    }

    /// The name without "phường".
    #[must_use]
    pub const fn short_name(self) -> &'static str {
        match self {
            Self::PhuocLong => "Phước Long",
            Self::PhuocHai => "Phước Hải",
            Self::VinhNguyen => "Vĩnh Nguyên",
        }
    }

    /// The whole name.
    #[must_use]
    pub fn name(self) -> String {
        format!("phường {}", self.short_name())
    }

    /// How many groups it has; they are numbered from 1.
    #[must_use]
    pub const fn groups(self) -> u8 {
        match self {
            Self::PhuocLong => 24,
            Self::PhuocHai => 6,
            Self::VinhNguyen => 8,
        }
    }
}

/// The city's name.
pub const CITY: &str = "thành phố Nha Trang";

/// A unit as it is written.
#[derive(Debug, Clone)]
pub struct Unit {
    /// Its id.
    pub id: UnitId,
    /// The kind, as the database names it.
    pub kind: &'static str,
    /// The unit above.
    pub parent: Option<UnitId>,
    /// The city; none for the province.
    pub city: Option<UnitId>,
    /// The ward; none for what lies above.
    pub ward: Option<UnitId>,
    /// The code within its parent.
    pub code: String,
    /// Its place in lists.
    pub ordinal: i32,
    /// The whole name.
    pub name: String,
    /// The name for narrow columns.
    pub short_name: String,
    /// Since when.
    pub valid_from: NaiveDate,
}

/// A name that a unit bore before.
#[derive(Debug, Clone)]
pub struct OldName {
    /// The unit.
    pub unit: UnitId,
    /// Its ward.
    pub ward: UnitId,
    /// The name then.
    pub name: String,
    /// The short name then.
    pub short_name: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
}

/// All units of the demo and how to find them.
#[derive(Debug)]
pub struct Places {
    /// In an order in which every parent comes before its children.
    pub units: Vec<Unit>,
    /// Former names.
    pub old_names: Vec<OldName>,
    /// A unit, the one it was split from, its ward, and since when.
    pub splits: Vec<(UnitId, UnitId, UnitId, NaiveDate)>,
    /// The city.
    pub city: UnitId,
    wards: HashMap<Ward, UnitId>,
    groups: HashMap<(Ward, u8), UnitId>,
}

impl Places {
    /// The ward's id; the city's for what is no ward, which does not happen.
    #[must_use]
    pub fn ward(&self, ward: Ward) -> UnitId {
        self.wards.get(&ward).copied().unwrap_or(self.city)
    }

    /// The id of a group, if the ward has that number.
    #[must_use]
    pub fn group(&self, ward: Ward, number: u8) -> Option<UnitId> {
        self.groups.get(&(ward, number)).copied()
    }
}

/// A civil date that is written in this room.
const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(day) => day,
        // Every call below names a day that exists, and is a constant: it fails while compiling.
        None => panic!("no such day"),
    }
}

/// Older than everything the demo tells of.
const LONG_AGO: NaiveDate = day(2010, 1, 1);
/// Tổ dân phố 24 was split off Tổ dân phố 23.
const SPLIT: NaiveDate = day(2023, 7, 1);
/// "Bảo vệ dân phố" has another name from this day.
const RENAMED: NaiveDate = day(2024, 7, 1);
const LAST_DAY_OF_OLD_NAME: NaiveDate = day(2024, 6, 30);

/// The office that was renamed, before and after.
const GUARD: (&str, &str) = ("Ban Bảo vệ dân phố", "Bảo vệ dân phố");
const GUARD_SINCE: (&str, &str) = ("Lực lượng tham gia bảo vệ an ninh, trật tự ở cơ sở", "Lực lượng bảo vệ ANTT");

/// Kind, code, name, short name. Agencies, enterprises and schools are invented, and say so.
const OFFICES: [(&str, &str, &str, &str); 6] = [
    ("office", "CA", "Công an phường", "Công an"),
    ("office", "QS", "Ban Chỉ huy Quân sự phường", "Quân sự"),
    ("office", "MT", "Ủy ban Mặt trận Tổ quốc phường", "Mặt trận"),
    ("office", "PN", "Hội Liên hiệp Phụ nữ phường", "Hội Phụ nữ"),
    ("office", "TN", "Đoàn Thanh niên phường", "Đoàn Thanh niên"),
    ("office", "CCB", "Hội Cựu chiến binh phường", "Cựu chiến binh"),
];
const OTHERS: [(&str, &str, &str, &str); 7] = [
    ("agency", "YT", "Trạm Y tế phường (mẫu)", "Trạm Y tế"),
    ("agency", "CHO", "Ban Quản lý chợ Bình Minh (mẫu)", "Chợ Bình Minh"),
    ("enterprise", "SN", "Công ty TNHH Sóng Nam (mẫu)", "Sóng Nam"),
    ("enterprise", "HY", "Công ty cổ phần Yến sào Hòn Yên (mẫu)", "Hòn Yên"),
    ("enterprise", "BX", "Hợp tác xã vận tải Biển Xanh (mẫu)", "Biển Xanh"),
    ("school", "THCS", "Trường THCS Hoa Phượng (mẫu)", "THCS Hoa Phượng"),
    ("school", "THPT", "Trường THPT Biển Đông (mẫu)", "THPT Biển Đông"),
];

/// The units as they stand on the demo's day.
#[must_use]
pub fn places(as_of: DateTime<Utc>) -> Places {
    let id = || UnitId::new(as_of);
    let (province, city) = (id(), id());
    let top = |id, kind, parent, code: &str, name: &str, short_name: &str| Unit {
        id,
        kind,
        parent,
        city: (kind != "province").then_some(city),
        ward: None,
        code: code.to_owned(),
        ordinal: 0,
        name: name.to_owned(),
        short_name: short_name.to_owned(),
        valid_from: LONG_AGO,
    };
    let mut places = Places {
        units: vec![
            top(province, "province", None, "KH", "tỉnh Khánh Hòa", "Khánh Hòa"),
            top(city, "city", Some(province), "NT", CITY, "Nha Trang"),
        ],
        old_names: vec![],
        splits: vec![],
        city,
        wards: HashMap::new(),
        groups: HashMap::new(),
    };
    for (ward, ordinal) in Ward::ALL.into_iter().zip(1..) {
        let ward_id = id();
        places.wards.insert(ward, ward_id);
        let row = top(ward_id, "ward", Some(city), ward.code(), &ward.name(), ward.short_name());
        places.units.push(Unit { ward: Some(ward_id), ordinal, ..row });
        add_groups(&mut places, ward, ward_id, id);
    }
    add_offices(&mut places, civil(as_of), id);
    let (younger, elder) = (places.group(Ward::PhuocLong, 24), places.group(Ward::PhuocLong, 23));
    places
        .splits
        .extend(younger.zip(elder).map(|(younger, elder)| (younger, elder, places.wards[&Ward::PhuocLong], SPLIT)));
    places
}

fn add_groups(places: &mut Places, ward: Ward, ward_id: UnitId, id: impl Fn() -> UnitId) {
    for number in 1..=ward.groups() {
        let group = id();
        places.groups.insert((ward, number), group);
        places.units.push(Unit {
            id: group,
            kind: "group",
            parent: Some(ward_id),
            city: Some(places.city),
            ward: Some(ward_id),
            code: format!("{number:02}"),
            ordinal: i32::from(number),
            name: format!("Tổ dân phố {number}"),
            short_name: format!("Tổ {number}"),
            valid_from: if ward == Ward::PhuocLong && number == 24 { SPLIT } else { LONG_AGO },
        });
    }
}

/// What else the reference ward has, with the one office that changed its name.
fn add_offices(places: &mut Places, today: NaiveDate, id: impl Fn() -> UnitId) {
    let ward = places.ward(Ward::PhuocLong);
    let city = places.city;
    let renamed = today >= RENAMED;
    let guard = if renamed { GUARD_SINCE } else { GUARD };
    let all = OFFICES.into_iter().chain([("office", "BV", guard.0, guard.1)]).chain(OTHERS);
    for ((kind, code, name, short_name), ordinal) in all.zip(1..) {
        let unit = id();
        if code == "BV" && renamed {
            let (name, short_name) = (GUARD.0.to_owned(), GUARD.1.to_owned());
            places.old_names.push(OldName { unit, ward, name, short_name, from: LONG_AGO, to: LAST_DAY_OF_OLD_NAME });
        }
        places.units.push(Unit {
            id: unit,
            kind,
            parent: Some(ward),
            city: Some(city),
            ward: Some(ward),
            code: code.to_owned(),
            ordinal,
            name: name.to_owned(),
            short_name: short_name.to_owned(),
            valid_from: LONG_AGO,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn on(text: &str) -> Places {
        places(text.parse().unwrap())
    }

    #[test]
    fn parents_come_before_their_children_and_codes_are_unique_below_them() {
        let places = on("2024-11-14T08:20:00Z");
        let mut seen = HashSet::new();
        let mut codes = HashSet::new();
        for unit in &places.units {
            assert!(unit.parent.is_none_or(|parent| seen.contains(&parent)), "{unit:?}");
            assert!(codes.insert((unit.parent, unit.kind, unit.code.clone())), "{unit:?}");
            assert!(
                unit.code.len() <= 12 && unit.code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()),
                "{unit:?}"
            );
            assert!((1..=60).contains(&unit.short_name.chars().count()), "{unit:?}");
            seen.insert(unit.id);
        }
        assert_eq!(places.units.iter().filter(|unit| unit.kind == "group").count(), 24 + 6 + 8);
    }

    #[test]
    fn the_office_bears_its_new_name_from_the_first_of_july_and_keeps_the_old_one() {
        let name = |places: &Places| places.units.iter().find(|unit| unit.code == "BV").unwrap().name.clone();
        let before = on("2024-06-30T16:59:00Z");
        assert_eq!((name(&before).as_str(), before.old_names.len()), (GUARD.0, 0));
        let after = on("2024-06-30T17:00:00Z");
        assert_eq!((name(&after).as_str(), after.old_names[0].name.as_str()), (GUARD_SINCE.0, GUARD.0));
    }
}
