//! What the people of the story write. Everything is invented; files say so themselves.

use chrono::{Datelike, Days, NaiveDate};

use super::{Subject, Who, keeper};
use crate::demo::households as register;
use crate::demo::people;
use crate::demo::places::Ward;
use crate::dossier::model::{AssessmentInput, Finding, PartInput};
use crate::platform::fold::fold;
use crate::ruleset::DossierKind;
use crate::web::filters::dates;

/// A file that goes along with a form: its name and its bytes.
pub type Enclosure = (String, Vec<u8>);

/// Secretaries of party cells, who sign the resolutions. Invented like everybody else.
const SECRETARIES: [&str; 8] = [
    "Nguyễn Hữu Trí",
    "Lê Thị Mỹ Dung",
    "Phạm Hồng Quang",
    "Trần Thị Tuyết",
    "Đỗ Văn Cảnh",
    "Huỳnh Công Lý",
    "Bùi Thị Sáu",
    "Võ Minh Triết",
];

/// Households of a group, as the register has them: who left this year was followed by others.
fn households(ward: Ward, group: u8) -> i32 {
    i32::try_from(register::count(ward, group)).unwrap_or(i32::MAX)
}

/// "Tổ dân phố 7, phường Phước Long", or the ward.
fn name(ward: Ward, subject: Subject) -> String {
    match subject {
        Some(group) => format!("Tổ dân phố {group}, {}", ward.name()),
        None => format!("Ủy ban nhân dân {}", ward.name()),
    }
}

fn signer(ward: Ward, subject: Subject, part: &str) -> String {
    let at = usize::from(subject.unwrap_or(0)) % SECRETARIES.len();
    let signs = match (part, subject) {
        ("nghi-quyet", _) => return SECRETARIES[at].to_owned(),
        (_, Some(_)) => keeper(subject),
        (_, None) => Who::WardChair,
    };
    let (role, ward, group) = signs.seat(ward);
    people::holder(role, ward, group).map_or(SECRETARIES[at], |person| person.name).to_owned()
}

/// Number and symbol, as a group or a ward counts its own papers.
fn number(subject: Subject, part: &str) -> Option<String> {
    let place = usize::from(subject.unwrap_or(40));
    let body = if subject.is_some() { "TDP" } else { "UBND" };
    Some(match part {
        "nghi-quyet" if subject.is_some() => format!("{:02}-NQ/CB", 3 + place % 5),
        "nghi-quyet" => "12-NQ/ĐU".to_owned(),
        "ke-hoach" => format!("{:02}/KH-{body}", 2 + place % 4),
        "dang-ky" => format!("{:02}/ĐK-{body}", 3 + place % 4),
        "to-trinh" => format!("{:02}/TTr-{body}", 5 + place % 4),
        "bao-cao" => format!("{:02}/BC-{body}", 8 + place % 6),
        "bien-ban" => format!("{:02}/BB-{body}", 4 + place % 5),
        _ => return None,
    })
}

/// The day on a paper that is filled in on `today`: a resolution is older than the form it comes with.
fn issued_on(part: &str, today: NaiveDate) -> Option<NaiveDate> {
    let days = match part {
        "nghi-quyet" => 12,
        "ke-hoach" => 5,
        "dang-ky" => 2,
        "to-trinh" | "bao-cao" | "bien-ban" => 0,
        _ => return None,
    };
    Some(today - Days::new(days))
}

/// What a keeper types about a part on that day.
#[must_use]
pub fn part(ward: Ward, subject: Subject, kind: DossierKind, code: &str, again: bool, today: NaiveDate) -> PartInput {
    PartInput {
        number: number(subject, code),
        issued_on: issued_on(code, today),
        signer: issued_on(code, today).map(|_| signer(ward, subject, code)),
        content: content(ward, subject, (kind, code), again, today),
    }
}

fn content(ward: Ward, subject: Subject, part: (DossierKind, &str), again: bool, today: NaiveDate) -> Option<String> {
    let who = name(ward, subject);
    let homes = subject.map_or_else(
        || (1..=ward.groups()).map(|group| households(ward, group)).sum(),
        |group| households(ward, group),
    );
    match (part.1, subject) {
        ("tai-lieu", _) => Some(
            "Danh sách hộ đăng ký, ảnh các buổi tuyên truyền, sổ trực của lực lượng nòng cốt. Bản giấy lưu tại tổ."
                .to_owned(),
        ),
        ("dang-ky", _) => Some(promise(&who, homes, again || subject != Some(19), today.year())),
        (code, Some(_)) => of_group(code, &who, (ward, subject, homes), again, today),
        (code, None) => of_ward(code, &who, (ward, homes), today),
    }
}

/// The registration itself; one group forgets its figures the first time.
fn promise(who: &str, homes: i32, with_figures: bool, year: i32) -> String {
    let promise = format!("{who} đăng ký phấn đấu đạt tiêu chuẩn an toàn về an ninh, trật tự năm {year}.");
    if with_figures {
        format!("{promise}\n\nSố hộ: {homes}. Số hộ đã đăng ký tham gia: {homes}.")
    } else {
        promise
    }
}

/// The typed papers of a group. Resolutions of the Party are uploads only.
fn of_group(
    code: &str,
    who: &str,
    (ward, subject, homes): (Ward, Subject, i32),
    again: bool,
    today: NaiveDate,
) -> Option<String> {
    let year = today.year();
    let held = if again { today - Days::new(4) } else { today };
    Some(match code {
        "ke-hoach" => format!(
            "{who} bảo đảm an ninh, trật tự năm {year}.\n\n1. Họp tổ mỗi quý một lần, nghe cảnh sát khu vực thông báo tình hình.\n2. Vận động đủ {homes} hộ đăng ký tham gia và ký cam kết giao ước thi đua.\n3. Giữ nhóm liên lạc của tổ, báo tin trong ngày cho Công an phường.\n4. Cùng lực lượng của phường tuần tra đêm theo lịch, từ 19 giờ đến 5 giờ."
        ),
        "to-trinh" => {
            format!("{who} đã tự đánh giá theo các tiêu chí và đề nghị Ban chỉ đạo phường xét năm {year}.")
        }
        "bao-cao" => report((ward, subject, homes), again, today),
        "bien-ban" if subject == Some(4) && !again => {
            format!("{who} họp tối {}. Cuộc họp nhất trí đề nghị phường xét.", dates::day(today))
        }
        "bien-ban" => format!(
            "{who} họp tối {}. Dự họp {} hộ trên {homes} hộ, có chi bộ, ban công tác Mặt trận, cảnh sát khu vực. Biểu quyết giơ tay: tất cả nhất trí đề nghị.",
            dates::day(held),
            homes * 7 / 10
        ),
        _ => return None,
    })
}

/// The typed papers of the ward.
fn of_ward(code: &str, who: &str, (ward, homes): (Ward, i32), today: NaiveDate) -> Option<String> {
    let year = today.year();
    Some(match code {
        "ke-hoach" => format!(
            "{who} bảo đảm an ninh, trật tự năm {year}, theo kế hoạch của Ban chỉ đạo thành phố.\n\n1. Quý I: các tổ dân phố đăng ký, ký cam kết.\n2. Cả năm: tuyên truyền, giữ mô hình tự quản, tuần tra khép kín ban đêm.\n3. Tháng 11: các tổ tự đánh giá, phường thẩm định và gửi hồ sơ lên thành phố."
        ),
        "to-trinh" => {
            format!("{who} đã thẩm định hồ sơ các tổ dân phố, đề nghị Ban chỉ đạo thành phố xét, công nhận năm {year}.")
        }
        "bao-cao" => format!(
            "Kết quả năm {year} của {who}.\n\nSố tổ dân phố đăng ký: {0} trên {0}. Số hộ đăng ký: {homes}. Phường giữ 3 mô hình: camera tự quản, cổng nhà an toàn, nhóm liên lạc của tổ. Tuần tra đêm đủ lịch. So với kỳ trước, vụ phạm pháp về trật tự xã hội giảm.",
            ward.groups()
        ),
        "bien-ban" => format!(
            "Ban chỉ đạo phường họp 14 giờ ngày {}. Xem từng hồ sơ của {} tổ dân phố, biểu quyết từng tổ. Danh sách đề nghị kèm theo.",
            dates::day(today),
            ward.groups()
        ),
        _ => return None,
    })
}

/// A group's report; two of them have to be mended after a return.
fn report((ward, subject, homes): (Ward, Subject, i32), again: bool, today: NaiveDate) -> String {
    let stated = if subject == Some(24) && ward == Ward::PhuocLong && !again { homes - 9 } else { homes };
    let fires = match subject {
        Some(16) if ward == Ward::PhuocLong && again => "1 vụ cháy nhỏ, không thiệt hại về người",
        _ => "không có vụ cháy",
    };
    let signed = subject.map_or(0, |group| register::signed_by(ward, group, today));
    format!(
        "Kết quả của {}.\n\nSố hộ: {stated}, đều đã đăng ký tham gia. Số hộ đã ký cam kết: {signed}. Họp tổ 4 lần, tuyên truyền 6 buổi. Trong kỳ {fires}. Trộm cắp 1 vụ, kỳ trước 2 vụ. Lực lượng nòng cốt tuần tra theo lịch, không ai bị kỷ luật.",
        name(ward, subject)
    )
}

/// The file that goes with a part that bears this day: a resolution is only ever a file.
#[must_use]
pub fn part_file(ward: Ward, subject: Subject, code: &str, again: bool, issued_on: NaiveDate) -> Option<Enclosure> {
    if code != "nghi-quyet" {
        return None;
    }
    let number = number(subject, code).unwrap_or_default();
    let day = dates::day(issued_on);
    // Group 12 forgot the second page the first time.
    let pages = if subject == Some(12) && !again { "Trang 1/2" } else { "Du cac trang" };
    let lines: Vec<String> = [
        "VAN BAN MAU, CHI DE CHAY THU".to_owned(),
        fold(&name(ward, subject)).to_uppercase(),
        format!("Nghi quyet so {}, ngay {day}", ascii(&number)),
        "Ve bao dam an ninh, trat tu nam 2024".to_owned(),
        pages.to_owned(),
    ]
    .into();
    let unit = subject.map_or_else(|| "phuong".to_owned(), |group| format!("to-{group:02}"));
    let file = format!("nghi-quyet-{unit}{}.pdf", if again { "-du-trang" } else { "" });
    Some((file, crate::demo::papers::pdf(&lines)))
}

/// Capitals too: `fold` gives small letters.
fn ascii(text: &str) -> String {
    text.chars().map(|letter| if letter == 'Đ' { 'D' } else { letter }).collect()
}

/// What a keeper says about a criterion.
#[must_use]
pub fn assessment(ward: Ward, subject: Subject, criterion: &str, again: bool) -> AssessmentInput {
    let homes = subject.map(|group| households(ward, group));
    let groups = i32::from(ward.groups());
    let (figures, note) = match (criterion, homes) {
        ("1.1", _) => (None, "Nghị quyết đã nộp cùng hồ sơ đăng ký, ký trong quý I.".to_owned()),
        ("1.2", Some(_)) => (None, "Bản đăng ký đã nộp cùng hồ sơ đăng ký, phường đã tiếp nhận.".to_owned()),
        ("1.2", None) => (None, "Kế hoạch ký trong quý I, đã gửi các tổ dân phố.".to_owned()),
        ("1.3", Some(homes)) => (Some((homes, homes)), "Đủ các hộ cư trú tại tổ, có danh sách kèm theo.".to_owned()),
        ("1.3", None) => (None, "Phường đăng ký với thành phố trong tháng 3, thành phố đã tiếp nhận.".to_owned()),
        ("1.4", _) => (None, "Ba mô hình đang giữ: camera tự quản, cổng nhà an toàn, nhóm liên lạc của tổ.".to_owned()),
        ("2", Some(_)) => {
            (None, "Họp tổ 4 lần, tuyên truyền 6 buổi, trong đó có buổi tháng 9 ở sân nhà văn hóa.".to_owned())
        }
        ("2", None) => (None, "Các khoản 2, 3 và 4 tính trên toàn phường đều đạt.".to_owned()),
        ("3", _) => (None, "Công an phường tham mưu đủ các kế hoạch, không ai bị kỷ luật.".to_owned()),
        ("4.1", _) => (Some((groups, groups)), "Mọi tổ dân phố đã đăng ký và được tiếp nhận.".to_owned()),
        ("4.2", _) => {
            let refused = if ward == Ward::PhuocLong { 2 } else { i32::from(ward == Ward::VinhNguyen) };
            (Some((groups - refused, groups)), "Số dự kiến, tính theo các tổ được đề nghị.".to_owned())
        }
        ("4", _) => (None, "Trộm cắp 1 vụ, kỳ trước 2 vụ. Không có vụ ở mức độ cao.".to_owned()),
        ("5", _) => (None, "Lực lượng nòng cốt trực và tuần tra theo lịch, không ai bị kỷ luật.".to_owned()),
        _ => (None, "Trong kỳ không ghi nhận vụ nào.".to_owned()),
    };
    let evidence_on = again.then(|| NaiveDate::from_ymd_opt(super::YEAR, 9, 14)).flatten();
    AssessmentInput { finding: Finding::Met, note: Some(note), figures, evidence_on, piece: None }
}

/// The picture that supports criterion 2 in Phước Long: group 7 has to send its own again, with the day.
///
/// # Errors
/// When memory cannot be written to.
pub fn evidence(ward: Ward, subject: Subject, criterion: &str, again: bool) -> std::io::Result<Option<Enclosure>> {
    let Some(group) = subject.filter(|_| criterion == "2" && ward == Ward::PhuocLong) else { return Ok(None) };
    let name =
        if again { format!("tuyen-truyen-to-{group}-14-9-2024.png") } else { format!("tuyen-truyen-to-{group}.png") };
    Ok(Some((name, crate::demo::papers::picture(group + if again { 100 } else { 0 })?)))
}

/// What the desk above finds: three groups fall short of one criterion each.
#[must_use]
pub fn verdict(ward: Ward, subject: Subject, criterion: &str) -> (Finding, Option<&'static str>) {
    match (ward, subject, criterion) {
        (Ward::PhuocLong, Some(9), "3.e") => {
            (Finding::NotMet, Some("Còn một vụ tranh chấp lối đi kéo dài từ tháng 6, hòa giải hai lần chưa thành."))
        }
        (Ward::PhuocLong, Some(21), "1.3") => {
            (Finding::Insufficient, Some("Danh sách hộ đăng ký thiếu một hẻm, chưa xác định được tỷ lệ 100%."))
        }
        (Ward::VinhNguyen, Some(6), "5") => (Finding::NotMet, Some("Trong kỳ có một trường hợp bị kỷ luật.")),
        (_, None, "4.2") => {
            (Finding::Met, Some("Số dự kiến theo các tổ được đề nghị; số chính thức có sau quyết định."))
        }
        // What the program computes of a ward counts its groups that fall short; the city says why it finds otherwise.
        (_, None, _) => (Finding::Met, Some("Đã đối chiếu hồ sơ giấy và báo cáo của phường.")),
        _ => (Finding::Met, None),
    }
}
