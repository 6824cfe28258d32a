//! March: every group and every ward hands its registration in.

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    Deed, REGISTRATION_PARTS, Script, Subject, Thing, Who, at, day, evening_before, keeper, minutes, next_morning,
};
use crate::demo::places::Ward;
use crate::ruleset::DossierKind::Registration;

/// Day, month, hour and minute at which the groups of Phước Long hand in, and why late.
const PHUOC_LONG: [(u8, [u32; 4], Option<&str>); 24] = [
    (1, [5, 3, 9, 5], None),
    (2, [6, 3, 10, 20], None),
    (3, [7, 3, 15, 10], None),
    (4, [8, 3, 9, 45], None),
    (5, [11, 3, 14, 30], None),
    (6, [12, 3, 8, 50], None),
    (7, [26, 3, 9, 14], None),
    (8, [13, 3, 16, 15], None),
    (9, [14, 3, 10, 5], None),
    (10, [15, 3, 9, 30], None),
    (11, [18, 3, 14, 50], None),
    (12, [15, 3, 15, 20], None),
    (13, [19, 3, 9, 0], None),
    (14, [20, 3, 10, 40], None),
    (15, [21, 3, 16, 0], None),
    (16, [22, 3, 9, 25], None),
    (17, [22, 3, 15, 35], None),
    (18, [1, 4, 9, 40], Some("Tổ trưởng nằm viện tuần cuối tháng 3, chưa bàn giao được cho tổ phó.")),
    (19, [21, 3, 9, 50], None),
    (20, [25, 3, 10, 10], None),
    (21, [26, 3, 14, 45], None),
    (22, [2, 4, 10, 0], Some("Chi bộ họp muộn, nghị quyết ký ngày cuối quý nên tổ lập hồ sơ sau hạn.")),
    (23, [27, 3, 8, 55], None),
    (24, [29, 3, 16, 30], None),
];

/// A return and its answer: group, part, reason, sent back, to answer by, handed in again.
type Back = (u8, &'static str, &'static str, [u32; 4], [u32; 2], [u32; 4]);

const SENT_BACK: [Back; 2] = [
    (
        12,
        "nghi-quyet",
        "Bản chụp nghị quyết thiếu trang 2, chưa thấy chữ ký. Chụp lại đủ trang.",
        [18, 3, 10, 0],
        [22, 3],
        [20, 3, 19, 15],
    ),
    (
        19,
        "dang-ky",
        "Bản đăng ký chưa ghi số hộ của tổ. Bổ sung số hộ rồi nộp lại.",
        [22, 3, 14, 0],
        [27, 3],
        [25, 3, 20, 0],
    ),
];

/// Days of March on which the groups of the two other wards hand in.
const PHUOC_HAI: [u32; 6] = [12, 13, 14, 18, 20, 25];
const VINH_NGUYEN: [u32; 8] = [11, 13, 15, 19, 21, 22, 26, 28];

/// When the wards hand in their own, and when the city receives it.
const WARDS: [(Ward, [u32; 4], [u32; 4]); 3] = [
    (Ward::PhuocLong, [20, 3, 16, 10], [22, 3, 9, 30]),
    (Ward::PhuocHai, [25, 3, 10, 0], [27, 3, 9, 0]),
    (Ward::VinhNguyen, [28, 3, 15, 0], [29, 3, 14, 20]),
];

pub(super) fn write(script: &mut Script) {
    for (group, moment, late) in PHUOC_LONG {
        register(script, Ward::PhuocLong, Some(group), moment_at(moment), late);
    }
    for back in SENT_BACK {
        send_back(script, back);
    }
    for (ward, days) in [(Ward::PhuocHai, PHUOC_HAI.as_slice()), (Ward::VinhNguyen, VINH_NGUYEN.as_slice())] {
        for (day, group) in days.iter().zip(1_u8..) {
            register(script, ward, Some(group), at(3, *day, 14, u32::from(group) * 7), None);
        }
    }
    for (ward, handed_in, received) in WARDS {
        register(script, ward, None, moment_at(handed_in), None);
        receive(script, moment_at(received), ward, None);
    }
    // Rolling appraisal: what the registrations prove is judged as soon as all of them are there.
    for group in 1..=Ward::PhuocLong.groups() {
        let from = at(4, 10, 8, 30) + minutes(2 * i64::from(group));
        script.judge(from, Ward::PhuocLong, Some(group), &["1.1", "1.2"]);
    }
}

/// The day on which a group hands its registration in for the first time: by then its households have registered.
pub(in crate::demo) fn handed_in_on(ward: Ward, group: u8) -> NaiveDate {
    let place = usize::from(group).saturating_sub(1);
    let of_march = |days: &[u32]| days.get(place).map_or(day(3, 31), |of_month| day(3, *of_month));
    match ward {
        Ward::PhuocLong => {
            PHUOC_LONG.get(place).map_or(day(3, 31), |(_, [of_month, month, ..], _)| date([*of_month, *month]))
        }
        Ward::PhuocHai => of_march(&PHUOC_HAI),
        Ward::VinhNguyen => of_march(&VINH_NGUYEN),
    }
}

fn moment_at([of_month, month, hour, minute]: [u32; 4]) -> DateTime<Utc> {
    at(month, of_month, hour, minute)
}

fn date([of_month, month]: [u32; 2]) -> NaiveDate {
    day(month, of_month)
}

fn register(script: &mut Script, ward: Ward, subject: Subject, handed_in: DateTime<Utc>, late: Option<&'static str>) {
    script.fill(evening_before(handed_in), ward, subject, Registration, &REGISTRATION_PARTS);
    script.add(handed_in, ward, subject, keeper(subject), Deed::Submit { kind: Registration, late });
    if let Some(group) = subject {
        receive(script, next_morning(handed_in) + minutes(i64::from(group)), ward, subject);
    }
}

fn receive(script: &mut Script, at: DateTime<Utc>, ward: Ward, subject: Subject) {
    let who = if subject.is_some() { Who::WardOfficer } else { Who::CityOfficer };
    script.add(at, ward, subject, who, Deed::Receive { kind: Registration, subjects: vec![subject] });
}

fn send_back(script: &mut Script, (group, part, reason, sent, answer_by, again): Back) {
    let (ward, subject, again) = (Ward::PhuocLong, Some(group), moment_at(again));
    let deed = Deed::SendBack { kind: Registration, what: Thing::Part(part), reason, answer_by: date(answer_by) };
    script.add(moment_at(sent), ward, subject, Who::WardOfficer, deed);
    let mend = Deed::FillPart { kind: Registration, part, again: true };
    script.add(again - minutes(15), ward, subject, Who::Leader(group), mend);
    script.add(again, ward, subject, Who::Leader(group), Deed::Submit { kind: Registration, late: None });
    receive(script, next_morning(again) + minutes(i64::from(group)), ward, subject);
}
