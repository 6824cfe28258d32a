//! November: the groups assess themselves and hand their requests in, and the ward appraises while they come.
//!
//! On Thursday 14/11 at 15:20, the demo's usual moment, eight groups are appraised, four partly judged, five handed in, one
//! handed in again, three sent back (one of them overdue), and three still write.

use chrono::{DateTime, Utc};

use super::{Deed, GROUP_CRITERIA, REQUEST_PARTS, Script, Thing, Who, at, day, evening_before, minutes, next_morning};
use crate::demo::places::Ward;
use crate::ruleset::DossierKind::Request;

const PL: Ward = Ward::PhuocLong;

/// Day of November, hour and minute at which the groups of Phước Long hand in what they prepared the evening before.
const HANDED_IN: [(u8, [u32; 3]); 21] = [
    (1, [5, 9, 10]),
    (3, [5, 15, 40]),
    (6, [6, 10, 5]),
    (9, [6, 16, 20]),
    (13, [7, 9, 30]),
    (17, [7, 14, 15]),
    (16, [7, 20, 10]),
    (21, [8, 10, 45]),
    (23, [8, 16, 5]),
    (7, [8, 19, 25]),
    (11, [11, 9, 20]),
    (14, [11, 14, 30]),
    (4, [11, 19, 30]),
    (19, [12, 10, 10]),
    (22, [12, 15, 25]),
    (24, [12, 20, 15]),
    (2, [13, 10, 15]),
    (5, [13, 15, 50]),
    (10, [13, 19, 40]),
    (15, [14, 8, 35]),
    (20, [14, 11, 20]),
];

/// When the ward receives, and whom.
const RECEIVED: [([u32; 3], &[u8]); 9] = [
    ([6, 8, 15], &[1, 3]),
    ([7, 8, 20], &[6, 9]),
    ([8, 8, 10], &[13, 16, 17]),
    ([11, 8, 15], &[7, 21, 23]),
    ([12, 8, 30], &[4, 11, 14]),
    ([13, 8, 20], &[19, 22, 24]),
    ([15, 8, 20], &[2, 5, 7, 10, 15, 20]),
    ([15, 14, 0], &[4, 8, 16, 24]),
    ([16, 8, 5], &[12, 18]),
];

/// When the ward appraises a group from the first criterion to the last.
const APPRAISED: [([u32; 3], u8); 20] = [
    ([7, 14, 0], 1),
    ([7, 15, 0], 3),
    ([11, 9, 0], 6),
    ([11, 14, 0], 9),
    ([12, 14, 0], 13),
    ([12, 15, 0], 17),
    ([13, 14, 0], 21),
    ([13, 15, 0], 23),
    ([15, 9, 0], 7),
    ([15, 15, 0], 2),
    ([15, 15, 20], 5),
    ([15, 15, 40], 10),
    ([15, 16, 0], 15),
    ([15, 16, 20], 20),
    ([16, 8, 30], 4),
    ([16, 8, 50], 8),
    ([16, 9, 10], 16),
    ([16, 9, 30], 24),
    ([16, 9, 50], 12),
    ([16, 10, 10], 18),
];

/// Groups that the ward begins to judge, how far it comes, and when it goes on.
const IN_TWO_GOES: [(u8, [u32; 3], usize, [u32; 3]); 4] = [
    (11, [13, 16, 0], 8, [15, 9, 30]),
    (14, [14, 9, 0], 6, [15, 9, 50]),
    (19, [14, 10, 0], 5, [15, 10, 10]),
    (22, [14, 14, 0], 9, [15, 10, 30]),
];

/// A return and its answer: group, what, why, sent back, day to answer by, handed in again.
type Back = (u8, Thing, &'static str, [u32; 3], u32, [u32; 3]);

const SENT_BACK: [Back; 4] = [
    (
        7,
        Thing::Criterion("2"),
        "Ảnh tuyên truyền tháng 9 chưa ghi ngày. Ghi ngày chụp rồi nộp lại.",
        [11, 16, 40],
        14,
        [13, 16, 5],
    ),
    (
        16,
        Thing::Part("bao-cao"),
        "Số vụ cháy trong báo cáo chưa khớp với số Công an phường đã ghi. Đối chiếu với cảnh sát khu vực rồi sửa.",
        [8, 16, 30],
        13,
        [15, 9, 15],
    ),
    (
        4,
        Thing::Part("bien-ban"),
        "Biên bản họp tổ chưa ghi số hộ dự họp và kết quả biểu quyết.",
        [13, 10, 20],
        15,
        [14, 20, 5],
    ),
    (
        24,
        Thing::Part("bao-cao"),
        "Báo cáo còn ghi số hộ của năm trước. Sửa theo số hộ ngày 01/11/2024.",
        [13, 15, 10],
        15,
        [15, 10, 0],
    ),
];

pub(super) fn write(script: &mut Script) {
    for (group, handed_in) in HANDED_IN {
        hand_in(script, PL, group, november(handed_in));
    }
    last_three(script);
    for (received, groups) in RECEIVED {
        let subjects = groups.iter().copied().map(Some).collect();
        script.add(november(received), PL, None, Who::WardOfficer, Deed::Receive { kind: Request, subjects });
    }
    // What the registrations prove and the household figures are looked at before anything is sent back.
    for (group, from) in [(16, [8, 15, 0]), (7, [11, 16, 0]), (4, [13, 9, 30]), (24, [13, 11, 30])] {
        script.judge(november(from), PL, Some(group), &GROUP_CRITERIA[..3]);
    }
    for back in SENT_BACK {
        send_back(script, back);
    }
    for (from, group) in APPRAISED {
        script.appraise(november(from), PL, Some(group));
    }
    for (group, from, reached, later) in IN_TWO_GOES {
        script.judge(november(from), PL, Some(group), &GROUP_CRITERIA[..reached]);
        script.judge(november(later), PL, Some(group), &GROUP_CRITERIA[reached..]);
        script.add(november(later) + minutes(15), PL, Some(group), Who::WardOfficer, Deed::Appraise);
    }
    neighbours(script);
}

fn november([of_month, hour, minute]: [u32; 3]) -> DateTime<Utc> {
    at(11, of_month, hour, minute)
}

/// The evening before, the meeting and its papers; in the morning the letter, and off it goes.
fn hand_in(script: &mut Script, ward: Ward, group: u8, handed_in: DateTime<Utc>) {
    let evening = evening_before(handed_in);
    script.assess(evening, ward, Some(group), &GROUP_CRITERIA);
    script.fill(evening + minutes(30), ward, Some(group), Request, &REQUEST_PARTS[..3]);
    script.fill(handed_in - minutes(20), ward, Some(group), Request, &REQUEST_PARTS[3..]);
    submit(script, ward, group, handed_in, None);
}

fn submit(script: &mut Script, ward: Ward, group: u8, at: DateTime<Utc>, late: Option<&'static str>) {
    script.add(at, ward, Some(group), Who::Leader(group), Deed::Submit { kind: Request, late });
}

/// Groups 8, 12 and 18 come last: one lacks only the minutes, one is half-way, one has hardly begun and will be late.
fn last_three(script: &mut Script) {
    script.assess(november([12, 20, 0]), PL, Some(8), &GROUP_CRITERIA);
    script.fill(november([13, 19, 30]), PL, Some(8), Request, &["bao-cao", "tai-lieu", "to-trinh"]);
    script.fill(november([15, 10, 30]), PL, Some(8), Request, &["bien-ban"]);
    submit(script, PL, 8, november([15, 11, 30]), None);

    script.assess(november([13, 20, 0]), PL, Some(12), &GROUP_CRITERIA[..9]);
    script.fill(november([13, 21, 0]), PL, Some(12), Request, &["bao-cao"]);
    script.assess(november([15, 19, 30]), PL, Some(12), &GROUP_CRITERIA[9..]);
    script.fill(november([15, 20, 0]), PL, Some(12), Request, &["bien-ban", "tai-lieu", "to-trinh"]);
    submit(script, PL, 12, november([15, 21, 40]), None);

    script.assess(november([12, 21, 0]), PL, Some(18), &GROUP_CRITERIA[..4]);
    script.assess(november([15, 20, 30]), PL, Some(18), &GROUP_CRITERIA[4..]);
    script.fill(november([15, 22, 0]), PL, Some(18), Request, &REQUEST_PARTS);
    let late = "Tối 15/11 tổ họp xong lúc 22 giờ, biên bản đủ chữ ký sáng hôm sau.";
    submit(script, PL, 18, november([16, 7, 50]), Some(late));
}

fn send_back(script: &mut Script, (group, what, reason, sent, answer_by, again): Back) {
    let (subject, leader, again) = (Some(group), Who::Leader(group), november(again));
    let deed = Deed::SendBack { kind: Request, what, reason, answer_by: day(11, answer_by) };
    script.add(november(sent), PL, subject, Who::WardOfficer, deed);
    let mend = match what {
        Thing::Part(part) => Deed::FillPart { kind: Request, part, again: true },
        Thing::Criterion(criterion) => Deed::Assess { criterion, again: true },
    };
    script.add(again - minutes(12), PL, subject, leader, mend);
    submit(script, PL, group, again, None);
}

/// The other two wards, with what their groups hand in and how far their desks are.
fn neighbours(script: &mut Script) {
    let wards: [(Ward, &[u32], u32); 2] =
        [(Ward::PhuocHai, &[6, 8, 11, 13, 14, 15], 13), (Ward::VinhNguyen, &[7, 8, 12, 13, 14, 14, 15, 15], 14)];
    for (ward, days, desk_begins) in wards {
        for (of_month, group) in days.iter().zip(1_u8..) {
            let handed_in = at(11, *of_month, 14, u32::from(group) * 8);
            hand_in(script, ward, group, handed_in);
            let received = next_morning(handed_in) + minutes(i64::from(group));
            let subjects = vec![Some(group)];
            script.add(received, ward, Some(group), Who::WardOfficer, Deed::Receive { kind: Request, subjects });
            // The first two before the crunch, the others on the Saturday.
            let from = if group <= 2 { at(11, desk_begins, 9, 0) } else { at(11, 16, 9, 0) };
            script.appraise(from + minutes(20 * i64::from(group)), ward, Some(group));
        }
    }
}
