//! From 16/11 on: the committee concludes, the ward sends its package, the city reviews and decides.

use super::{Deed, REQUEST_PARTS, Script, Subject, WARD_CRITERIA, Who, at, minutes};
use crate::demo::places::Ward;
use crate::ruleset::DossierKind::Request;

/// Groups that the committee does not recommend, and why.
const NOT_RECOMMENDED: [(Ward, u8, &str); 3] = [
    (
        Ward::PhuocLong,
        9,
        "Khoản 3 điểm e chưa đạt: một vụ tranh chấp lối đi kéo dài từ tháng 6, hòa giải hai lần chưa thành.",
    ),
    (
        Ward::PhuocLong,
        21,
        "Khoản 1.3 chưa đủ căn cứ: danh sách hộ đăng ký thiếu một hẻm, chưa xác định được tỷ lệ 100%.",
    ),
    (Ward::VinhNguyen, 6, "Khoản 5 chưa đạt: trong kỳ có một trường hợp bị kỷ luật."),
];

/// Ward; day of November, hour and minute of the committee's conclusion, the ward's own papers, and the package; why late.
type Package = (Ward, [[u32; 3]; 3], Option<&'static str>);

const PACKAGES: [Package; 3] = [
    (Ward::PhuocLong, [[16, 15, 30], [16, 16, 30], [17, 9, 0]], None),
    (Ward::PhuocHai, [[16, 17, 0], [16, 19, 0], [17, 10, 30]], None),
    (
        Ward::VinhNguyen,
        [[17, 15, 0], [17, 16, 0], [18, 9, 0]],
        Some("Ban chỉ đạo phường họp lại chiều 17/11, biên bản ký xong sáng 18/11."),
    ),
];

pub(super) fn write(script: &mut Script) {
    for (ward, [conclusion, papers, package], late) in PACKAGES {
        let november = |[of_month, hour, minute]: [u32; 3]| at(11, of_month, hour, minute);
        for group in 1..=ward.groups() {
            let moment = november(conclusion) + minutes(i64::from(group));
            let refusal = refusal(ward, Some(group));
            script.add(moment, ward, Some(group), Who::WardChair, Deed::Conclude { refusal });
        }
        script.assess(november(papers), ward, None, &WARD_CRITERIA);
        script.fill(november(papers) + minutes(20), ward, None, Request, &REQUEST_PARTS);
        script.add(november(package), ward, None, Who::WardOfficer, Deed::Submit { kind: Request, late });
    }
    for (ward, of_month, hour) in [(Ward::PhuocLong, 18, 9), (Ward::PhuocHai, 19, 10), (Ward::VinhNguyen, 20, 9)] {
        let subjects = vec![None];
        script.add(at(11, of_month, hour, 30), ward, None, Who::CityOfficer, Deed::Receive { kind: Request, subjects });
    }
    script.appraise(at(11, 26, 9, 0), Ward::PhuocLong, None);
    script.appraise(at(11, 27, 9, 0), Ward::PhuocHai, None);
    script.add(at(11, 28, 15, 0), Ward::PhuocLong, None, Who::CityOfficer, Deed::Conclude { refusal: None });
    // The groups first, then the ward that rests on them.
    let groups = (1..=Ward::PhuocLong.groups()).map(Some);
    let subjects: Vec<Subject> = groups.filter(|group| refusal(Ward::PhuocLong, *group).is_none()).collect();
    let decide = |subjects, number| Deed::Recognise { subjects, number };
    script.add(at(12, 2, 9, 0), Ward::PhuocLong, None, Who::CityChair, decide(subjects, "5512/QĐ-UBND (mẫu)"));
    script.add(at(12, 2, 9, 10), Ward::PhuocLong, None, Who::CityChair, decide(vec![None], "5513/QĐ-UBND (mẫu)"));
    let certify = Deed::Certify { first: 1, symbol: "GCN-UBND (mẫu)" };
    script.add(at(12, 2, 10, 0), Ward::PhuocLong, None, Who::CityOfficer, certify);
}

fn refusal(ward: Ward, subject: Subject) -> Option<&'static str> {
    NOT_RECOMMENDED.iter().find(|(of, group, _)| *of == ward && Some(*group) == subject).map(|(_, _, reason)| *reason)
}
