//! Names, doors and telephones that belong to nobody.

use chrono::{Days, NaiveDate};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};

use super::{count, seed};
use crate::demo::places::Ward;
use crate::household::model::{Address, Facts};

/// Family names, the frequent ones more than once.
const FAMILY: [&str; 24] = [
    "Nguyễn", "Nguyễn", "Nguyễn", "Nguyễn", "Trần", "Trần", "Lê", "Lê", "Phạm", "Phan", "Huỳnh", "Võ", "Đặng", "Bùi",
    "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Mai", "Cao", "Trịnh", "Đinh", "Lương",
];
const MEN: [&str; 12] = ["Văn", "Văn", "Văn", "Hữu", "Đình", "Quang", "Minh", "Ngọc", "Thanh", "Xuân", "Công", "Quốc"];
const WOMEN: [&str; 8] = ["Thị", "Thị", "Thị", "Thị Ngọc", "Thị Kim", "Thị Thanh", "Thị Mỹ", "Ngọc"];
const GIVEN_OF_MEN: [&str; 24] = [
    "An", "Bình", "Cường", "Dũng", "Đạt", "Hải", "Hiếu", "Hòa", "Hùng", "Khánh", "Lâm", "Long", "Nam", "Nghĩa",
    "Phong", "Phúc", "Quân", "Sơn", "Tài", "Tâm", "Thắng", "Toàn", "Tuấn", "Vinh",
];
const GIVEN_OF_WOMEN: [&str; 24] = [
    "Ánh",
    "Bích",
    "Chi",
    "Cúc",
    "Diệu",
    "Duyên",
    "Hà",
    "Hạnh",
    "Hoa",
    "Hồng",
    "Hương",
    "Lan",
    "Liên",
    "Loan",
    "Mai",
    "Nga",
    "Nhung",
    "Oanh",
    "Phượng",
    "Thảo",
    "Thu",
    "Thủy",
    "Trang",
    "Yến",
];
const NOTES: [&str; 4] =
    ["Đi làm ca tối, gặp sau 19 giờ.", "Nhà có chó, gọi trước khi vào.", "Nhà cho thuê tầng trệt.", "Cổng ở phía hẻm."];

/// Streets of Nha Trang. Which group lies at which of them is invented.
const fn streets(ward: Ward) -> &'static [&'static str] {
    match ward {
        Ward::PhuocLong => &["Trường Sơn", "Dã Tượng", "Phước Long", "Lê Hồng Phong", "Châu Văn Liêm"],
        Ward::PhuocHai => &["Nguyễn Trãi", "Lê Hồng Phong"],
        Ward::VinhNguyen => &["Trần Phú", "Võ Thị Sáu"],
    }
}

/// How many doors lie between two alleys of a street.
const DOORS_OF_STREET: usize = 34;
/// How many doors an alley has.
const DOORS_OF_ALLEY: usize = 21;
/// After so many stretches and alleys a group goes on in the next street.
const ROUNDS_OF_STRETCH: usize = 4;
/// No group lies at more streets.
const STRETCHES: usize = 3;
/// Numbers are `0900` and six digits; sample accounts have those below 100.000.
const FIRST_PHONE: u64 = 100_000;

/// The households of a group in the order in which they are listed, with the day since when each lives there.
#[must_use]
pub(super) fn homes(ward: Ward, group: u8) -> Vec<(Facts, NaiveDate)> {
    let mut rng = StdRng::seed_from_u64(seed(ward, group));
    (0..count(ward, group)).map(|door| (home(&mut rng, ward, group, door), since(&mut rng))).collect()
}

/// A household that comes later, at the end of the group's list; `which` tells it from others of its group.
#[must_use]
pub(super) fn newcomer(ward: Ward, group: u8, which: usize) -> Facts {
    let mut rng = StdRng::seed_from_u64(seed(ward, group) + 10_000 * (1 + which as u64));
    home(&mut rng, ward, group, count(ward, group) + which)
}

fn home(rng: &mut StdRng, ward: Ward, group: u8, door: usize) -> Facts {
    let phone = rng.random_bool(0.7).then(|| format!("0900{:06}", FIRST_PHONE + seed(ward, group) * 600 + door as u64));
    Facts {
        head: name(rng),
        address: address(ward, group, door),
        members: rng.random_bool(0.9).then(|| rng.random_range(1..=4) + rng.random_range(0..=3)),
        phone,
        note: rng.random_bool(0.03).then(|| pick(rng, &NOTES).to_owned()),
    }
}

/// Another head of the same family, as when a child takes over.
#[must_use]
pub(super) fn heir(ward: Ward, group: u8, of: &Facts) -> Facts {
    let mut rng = StdRng::seed_from_u64(seed(ward, group) + 5_000);
    let family = of.head.split(' ').next().unwrap_or_default().to_owned();
    let rest: String = name(&mut rng).split_once(' ').map(|(_, rest)| rest.to_owned()).unwrap_or_default();
    Facts { head: format!("{family} {rest}"), ..of.clone() }
}

fn name(rng: &mut StdRng) -> String {
    let (middle, given) = if rng.random_bool(0.6) { (&MEN[..], &GIVEN_OF_MEN) } else { (&WOMEN[..], &GIVEN_OF_WOMEN) };
    format!("{} {} {}", pick(rng, &FAMILY), pick(rng, middle), pick(rng, given))
}

fn pick(rng: &mut StdRng, from: &[&'static str]) -> &'static str {
    from.choose(rng).copied().unwrap_or_default()
}

/// A stretch of the street, then an alley, then the next stretch: each group lies at up to three streets.
fn address(ward: Ward, group: u8, door: usize) -> Address {
    let streets = streets(ward);
    let round = door / (DOORS_OF_STREET + DOORS_OF_ALLEY);
    let within = door % (DOORS_OF_STREET + DOORS_OF_ALLEY);
    let (group, stretch) = (usize::from(group), round / ROUNDS_OF_STRETCH);
    let street = streets[(group + stretch) % streets.len()].to_owned();
    // Of the groups at one street each has its own run of numbers.
    let run = group / streets.len() * STRETCHES + stretch;
    let first = (run * ROUNDS_OF_STRETCH + round % ROUNDS_OF_STRETCH) * DOORS_OF_STREET;
    match within.checked_sub(DOORS_OF_STREET) {
        None => Address { house: (first + within + 1).to_string(), alley: String::new(), street },
        Some(inside) => {
            let alley = (first + DOORS_OF_STREET).to_string();
            // Every seventh door of an alley was divided.
            let house = if inside % 7 == 6 { format!("{inside}/1") } else { (inside + 1).to_string() };
            Address { house, alley, street }
        }
    }
}

/// Most have lived there for long.
fn since(rng: &mut StdRng) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(2011, 1, 1).unwrap_or_default();
    first + Days::new(rng.random_range(0..4_300))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn a_group_is_always_the_same_and_no_door_and_no_telephone_comes_twice() {
        let mut doors = HashSet::new();
        let mut phones = HashSet::new();
        for ward in Ward::ALL {
            for group in 1..=ward.groups() {
                let homes = homes(ward, group);
                assert_eq!(homes, super::homes(ward, group));
                assert_eq!(homes.len(), count(ward, group));
                for (home, since) in homes {
                    assert!(doors.insert((ward, home.address.clone())), "{ward:?} {group} {}", home.address);
                    assert!(home.phone.is_none_or(|phone| phone.len() == 10 && phones.insert(phone)));
                    assert!(since < NaiveDate::from_ymd_opt(2022, 12, 1).unwrap());
                    assert!(home.members.is_none_or(|members| (1..=7).contains(&members)));
                }
            }
        }
    }

    #[test]
    fn an_heir_keeps_the_family_and_the_door() {
        let (home, _) = homes(Ward::PhuocLong, 7).swap_remove(3);
        let heir = heir(Ward::PhuocLong, 7, &home);
        assert_eq!(heir.address, home.address);
        assert_ne!(heir.head, home.head);
        assert_eq!(heir.head.split(' ').next(), home.head.split(' ').next());
    }
}
