//! The demo's people. All of them are invented, and their telephone numbers belong to nobody.

use Honorific::{Anh, Ba, Chi, Ong};

use super::places::{CITY, Ward};
use crate::access::{Honorific, Role};

/// The password of every sample account: easy to type, and strong enough for the program's own rule.
pub const PASSWORD: &str = "tuan tra dem 2024";

/// A seat that an invented person holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleSeat {
    /// The role.
    pub role: Role,
    /// The ward; none for seats of the city.
    pub ward: Option<Ward>,
    /// The groups led or looked after, by number.
    pub groups: Vec<u8>,
}

/// An invented person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SamplePerson {
    /// Signs in with it.
    pub phone: String,
    /// How to speak to the person.
    pub honorific: Honorific,
    /// Full name.
    pub name: &'static str,
    /// One seat, for one person two.
    pub seats: Vec<SampleSeat>,
}

/// One seat with the account that opens it, for lists and tests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleAccount {
    /// The role.
    pub role: Role,
    /// "Tổ 7, phường Phước Long".
    pub place: String,
    /// "ông Trần Văn Lựu".
    pub name: String,
    /// Signs in with it.
    pub phone: String,
}

/// Leaders of the 24 groups of Phước Long, in order: 0900000201 to 0900000224.
const LEADERS_PL: [(Honorific, &str); 24] = [
    (Ong, "Nguyễn Đình Khoát"),
    (Ba, "Lê Thị Bích Liễu"),
    (Ong, "Phan Trọng Nghị"),
    (Ba, "Huỳnh Thị Kim Thoa"),
    (Ong, "Võ Tấn Lực"),
    (Ong, "Đỗ Quang Chiểu"),
    (Ong, "Trần Văn Lựu"),
    (Ba, "Ngô Thị Thu Cúc"),
    (Ong, "Bùi Hữu Đệ"),
    (Ba, "Phạm Thị Nhạn"),
    (Ong, "Mai Xuân Lộc"),
    (Ong, "Cao Bá Thiệp"),
    (Ba, "Trịnh Thị Tố Uyên"),
    (Ong, "Lương Ngọc Ẩn"),
    (Ba, "Đinh Thị Lệ Hà"),
    (Ong, "Hồ Sĩ Quyền"),
    (Ong, "Tạ Minh Đáng"),
    (Ba, "Dương Thị Hồng Phấn"),
    (Ong, "Nguyễn Thế Vịnh"),
    (Ba, "Tô Thị Ánh Sương"),
    (Ong, "Kiều Văn Thuận"),
    (Ong, "Lâm Chí Hiền"),
    (Ba, "Vũ Thị Minh Châu"),
    (Ong, "Châu Thành Nhơn"),
];

/// Leaders in Phước Hải: 0900000501 to 0900000506.
const LEADERS_PH: [(Honorific, &str); 6] = [
    (Ong, "Phùng Văn Khải"),
    (Ba, "Hà Thị Mộng Thu"),
    (Ong, "Trương Đắc Lộc"),
    (Ba, "Nguyễn Thị Xuân Mỹ"),
    (Ong, "Đoàn Công Trứ"),
    (Ong, "Lê Phước Hậu"),
];

/// Leaders in Vĩnh Nguyên: 0900000601 to 0900000608.
const LEADERS_VN: [(Honorific, &str); 8] = [
    (Ong, "Trần Đăng Khôi"),
    (Ba, "Phạm Thị Ngọc Yến"),
    (Ong, "Võ Văn Sanh"),
    (Ong, "Nguyễn Bá Duệ"),
    (Ba, "Đặng Thị Kiều Oanh"),
    (Ong, "Hoàng Trọng Tín"),
    (Ba, "Bùi Thị Lan Chi"),
    (Ong, "Mạc Đình Sửu"),
];

/// Area officers of Phước Long, each with six groups: 0900000101 to 0900000104.
const AREA_OFFICERS: [(Honorific, &str, [u8; 6]); 4] = [
    (Anh, "Đào Nhật Trường", [1, 2, 3, 4, 5, 6]),
    (Anh, "Lê Hoàng Quế", [7, 8, 9, 10, 11, 12]),
    (Chi, "Nguyễn Thị Như Ngà", [13, 14, 15, 16, 17, 18]),
    (Anh, "Phan Đức Toản", [19, 20, 21, 22, 23, 24]),
];

/// Telephone (its last three digits), person, and the seats of a ward that carry no group.
type Desk = (u16, Honorific, &'static str, &'static [Role]);

const DESK_PL: [Desk; 6] = [
    (300, Chi, "Đặng Thu Hồng", &[Role::WardOfficer]),
    (301, Ba, "Thái Thị Diệu Hiền", &[Role::CommitteeMember]),
    (302, Ong, "Lưu Quốc Bảo Toàn", &[Role::CommitteeMember]),
    // One person with two seats, for the picker.
    (303, Anh, "Ngô Đức Phú", &[Role::WardOfficer, Role::CommitteeMember]),
    (310, Ba, "Võ Thị Thanh Tâm", &[Role::WardChair]),
    (320, Anh, "Trần Gia Huy", &[Role::StewardWard]),
];
const DESK_PH: [Desk; 2] =
    [(590, Anh, "Huỳnh Nhật Minh", &[Role::WardOfficer]), (591, Ong, "Cao Thanh Liêm", &[Role::WardChair])];
const DESK_VN: [Desk; 2] =
    [(690, Chi, "Lý Thị Hải Âu", &[Role::WardOfficer]), (691, Ong, "Tống Phước Sang", &[Role::WardChair])];
const DESK_CITY: [Desk; 3] = [
    (400, Anh, "Hồ Minh Thạch", &[Role::CityOfficer]),
    (401, Ba, "Lê Thị Ngọc Diệp", &[Role::CityChair]),
    (402, Chi, "Phạm Khánh Vy", &[Role::StewardCity]),
];

fn phone(tail: u16) -> String {
    format!("0900000{tail:03}")
}

/// Everybody in the demo.
#[must_use]
pub fn people() -> Vec<SamplePerson> {
    let leaders = |ward: Ward, first: u16, names: &[(Honorific, &'static str)]| -> Vec<SamplePerson> {
        let numbered = names.iter().zip(1_u8..);
        numbered
            .map(|(&(honorific, name), number)| {
                let seat = SampleSeat { role: Role::GroupLeader, ward: Some(ward), groups: vec![number] };
                SamplePerson { phone: phone(first + u16::from(number)), honorific, name, seats: vec![seat] }
            })
            .collect()
    };
    let desk = |ward: Option<Ward>, desks: &[Desk]| -> Vec<SamplePerson> {
        let seated = |roles: &[Role]| roles.iter().map(|&role| SampleSeat { role, ward, groups: vec![] }).collect();
        let one = |&(tail, honorific, name, roles): &Desk| SamplePerson {
            phone: phone(tail),
            honorific,
            name,
            seats: seated(roles),
        };
        desks.iter().map(one).collect()
    };
    let area = AREA_OFFICERS.iter().zip(101..).map(|(&(honorific, name, groups), tail)| {
        let seat = SampleSeat { role: Role::AreaOfficer, ward: Some(Ward::PhuocLong), groups: groups.to_vec() };
        SamplePerson { phone: phone(tail), honorific, name, seats: vec![seat] }
    });
    let mut all = leaders(Ward::PhuocLong, 200, &LEADERS_PL);
    all.extend(area);
    all.extend(desk(Some(Ward::PhuocLong), &DESK_PL));
    all.extend(desk(None, &DESK_CITY));
    all.extend(leaders(Ward::PhuocHai, 500, &LEADERS_PH));
    all.extend(desk(Some(Ward::PhuocHai), &DESK_PH));
    all.extend(leaders(Ward::VinhNguyen, 600, &LEADERS_VN));
    all.extend(desk(Some(Ward::VinhNguyen), &DESK_VN));
    all
}

/// The person in a seat; for a leader or an area officer, by one of the groups.
#[must_use]
pub fn holder(role: Role, ward: Option<Ward>, group: Option<u8>) -> Option<SamplePerson> {
    let fits = |seat: &SampleSeat| {
        seat.role == role && seat.ward == ward && group.is_none_or(|group| seat.groups.contains(&group))
    };
    people().into_iter().find(|person| person.seats.iter().any(fits))
}

impl SampleSeat {
    /// Where it is, in words.
    #[must_use]
    pub fn place(&self) -> String {
        let Some(ward) = self.ward else { return CITY.to_owned() };
        match self.groups.as_slice() {
            [] => ward.name(),
            [one] => format!("Tổ {one}, {}", ward.name()),
            [first, .., last] => format!("Tổ {first} đến {last}, {}", ward.name()),
        }
    }
}

/// Every seat with the account that opens it.
#[must_use]
pub fn sample_accounts() -> Vec<SampleAccount> {
    let seats_of = |person: SamplePerson| {
        let (name, phone) = (format!("{} {}", person.honorific, person.name), person.phone);
        let account = move |seat: SampleSeat| SampleAccount {
            role: seat.role,
            place: seat.place(),
            name: name.clone(),
            phone: phone.clone(),
        };
        person.seats.into_iter().map(account).collect::<Vec<_>>()
    };
    people().into_iter().flat_map(seats_of).collect()
}

/// One account for each role, all of them around group 7 of Phước Long.
#[must_use]
pub fn one_per_role() -> Vec<SampleAccount> {
    let accounts = sample_accounts();
    let around_seven = |role: Role| {
        let tail = match role {
            Role::GroupLeader => "207",
            Role::AreaOfficer => "102",
            _ => "",
        };
        accounts.iter().find(|account| account.role == role && account.phone.ends_with(tail)).cloned()
    };
    Role::ALL.into_iter().filter_map(around_seven).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn phones_and_names_are_unique_and_of_the_right_shape() {
        let people = people();
        let phones: HashSet<_> = people.iter().map(|person| person.phone.clone()).collect();
        assert_eq!(phones.len(), people.len());
        assert!(phones.iter().all(|phone| phone.len() == 10 && phone.starts_with("0900000")));
        let names: HashSet<_> = people.iter().map(|person| person.name).collect();
        assert_eq!(names.len(), people.len());
    }

    #[test]
    fn every_group_has_one_leader_and_in_phuoc_long_one_area_officer() {
        let people = people();
        let holding = |role, ward, number| {
            let seats = people.iter().flat_map(|person| &person.seats);
            seats.filter(|seat| seat.role == role && seat.ward == Some(ward) && seat.groups.contains(&number)).count()
        };
        for ward in Ward::ALL {
            for number in 1..=ward.groups() {
                assert_eq!(holding(Role::GroupLeader, ward, number), 1, "{ward:?} {number}");
            }
        }
        assert!((1..=24).all(|number| holding(Role::AreaOfficer, Ward::PhuocLong, number) == 1));
    }

    #[test]
    fn there_is_a_sample_for_every_role_and_somebody_with_two_seats() {
        let samples = one_per_role();
        assert_eq!(samples.iter().map(|account| account.role).collect::<Vec<_>>(), Role::ALL);
        assert_eq!((samples[0].name.as_str(), samples[0].phone.as_str()), ("ông Trần Văn Lựu", "0900000207"));
        assert_eq!(samples[0].place, "Tổ 7, phường Phước Long");
        assert_eq!(samples[1].place, "Tổ 7 đến 12, phường Phước Long");
        assert!(people().iter().any(|person| person.seats.len() == 2));
    }

    #[test]
    fn the_shared_password_passes_the_programs_own_rule_for_everybody() {
        use crate::account::policy::{check, known_of};
        for person in people() {
            let place = person.seats[0].place();
            let known = known_of(person.name, person.phone.parse().ok().as_ref(), &[&place]);
            assert_eq!(check(&secrecy::SecretString::from(PASSWORD), &known), Ok(()), "{}", person.name);
        }
    }
}
