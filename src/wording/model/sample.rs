//! Facts of a year that never was, on which wordings are tried and shown: a full one, and those in which something is missing.

use crate::paper::model::{
    Criterion, Decision, Facts, Group, GroupCounts, Households, Incident, Keeper, Kind, Meeting, Milestone, Person,
    Returned, ReturnedItem, Vote,
};

/// The facts that pages show beside a wording: everything that a paper of this kind may speak of is there.
#[must_use]
pub fn full(kind: Kind) -> Facts {
    let facts = common();
    match kind.keeper() {
        Keeper::Group => of_group(facts),
        Keeper::Ward => of_ward(facts),
        Keeper::City => of_city(of_ward(facts)),
    }
}

/// Every year on which a wording is tried before it is taken: the full one, one in which little went well, and one of which
/// nothing is known yet.
#[must_use]
pub fn all(kind: Kind) -> [Facts; 3] {
    [full(kind), poor(full(kind)), Facts::default()]
}

fn text(text: &str) -> String {
    text.to_owned()
}

fn common() -> Facts {
    let milestone = |title: &str, who: &str, by: &str| Milestone { title: text(title), who: text(who), by: text(by) };
    Facts {
        year: text("2024"),
        ward: text("phường Phước Long"),
        city: text("thành phố Nha Trang"),
        from: text("16/11/2023"),
        to: text("15/11/2024"),
        grounds: vec![
            text("Thông tư số 124/2021/TT-BCA ngày 28/12/2021 của Bộ Công an"),
            text("Kế hoạch số 390/KH-BCĐ ngày 25/3/2024 của Ban Chỉ đạo phường Phước Long"),
        ],
        deadline: text("trước ngày 16/11/2024"),
        milestones: vec![
            milestone(
                "Hồ sơ đăng ký của tổ dân phố",
                "Tổ dân phố nộp Thường trực Ban Chỉ đạo phường, qua Công an phường",
                "trước ngày 31/3/2024",
            ),
            milestone(
                "Hồ sơ đề nghị của tổ dân phố",
                "Tổ dân phố nộp Thường trực Ban Chỉ đạo phường",
                "trước ngày 16/11/2024",
            ),
            milestone(
                "Hồ sơ đề nghị của phường",
                "Phường nộp Thường trực Ban Chỉ đạo thành phố",
                "chậm nhất ngày 17/11/2024",
            ),
        ],
        incidents: [("Tội phạm", 1, Some(2)), ("Tệ nạn xã hội", 0, Some(0)), ("Cháy, nổ", 1, None)]
            .map(|(title, now, before)| Incident { title: text(title), now, before })
            .to_vec(),
        ..Facts::default()
    }
}

fn households(all: i64, registered: i64, pledged: i64) -> Households {
    let share = |part: i64| match all {
        0 => String::new(),
        _ if part == all => text("100%"),
        _ => format!("{},{}%", part * 100 / all, part * 1000 / all % 10),
    };
    Households { all, registered, pledged, registered_share: share(registered), pledged_share: share(pledged) }
}

fn criterion(code: &str, article: u8, (title, finding, why): (&str, &str, &str)) -> Criterion {
    Criterion {
        code: text(code),
        label: format!("Khoản {code}"),
        citation: format!("Điều {article} khoản {code}"),
        title: text(title),
        claim: text(finding),
        verdict: text(finding),
        why: text(why),
        note: String::new(),
    }
}

fn person((name, office): (&str, &str)) -> Person {
    Person { name: text(name), office: text(office) }
}

fn of_group(facts: Facts) -> Facts {
    let criteria = [
        ("1.1", ("Nghị quyết của chi bộ trong quý I", "đạt", "Nghị quyết số 05-NQ/CB ngày 20/02/2024.")),
        ("1.3", ("100% hộ đăng ký tham gia", "đạt", "Đã đăng ký 312/312 hộ, đủ 100%.")),
        ("2", ("Thực hiện đường lối, pháp luật và quy định của địa phương", "đạt", "")),
    ];
    let mut criteria: Vec<Criterion> = criteria.into_iter().map(|(code, said)| criterion(code, 5, said)).collect();
    criteria[2].note = text("Tổ họp tuyên truyền 4 lần, có 286 lượt người dự.");
    Facts {
        unit: text("Tổ dân phố 7"),
        households: households(312, 312, 309),
        met: 3,
        overall: text("đạt"),
        criteria,
        meeting: Some(Meeting {
            title: text("Họp đánh giá năm 2024, Tổ dân phố 7"),
            began: text("19 giờ 30 ngày 12/11/2024"),
            ended: text("20 giờ 45 ngày 12/11/2024"),
            venue: text("Nhà sinh hoạt cộng đồng Tổ dân phố 7"),
            chair: person(("Trần Văn Lựu", "Tổ trưởng tổ dân phố")),
            secretary: person(("Nguyễn Thị Hạnh", "Chi hội trưởng Phụ nữ")),
            present: vec![
                person(("Trần Văn Lựu", "Tổ trưởng tổ dân phố")),
                person(("Nguyễn Thị Hạnh", "Chi hội trưởng Phụ nữ")),
                person(("Lê Quang Minh", "Cảnh sát khu vực")),
            ],
            absent: vec![person(("Phạm Văn Đông", "Bí thư chi đoàn Thanh niên"))],
            ballot: text("giơ tay"),
            votes: vec![vote("Tổ dân phố 7", (3, 0, 0), "đề nghị công nhận", "")],
            opinions: vec![text("Bà Nguyễn Thị Hạnh: đề nghị thêm đèn chiếu sáng ở hẻm 12")],
        }),
        ..facts
    }
}

fn vote(unit: &str, (agree, against, other): (u32, u32, u32), concluded: &str, reason: &str) -> Vote {
    Vote {
        unit: text(unit),
        motion: text("đề nghị công nhận"),
        agree,
        against,
        other,
        concluded: text(concluded),
        reason: text(reason),
    }
}

fn of_ward(facts: Facts) -> Facts {
    let criteria = [
        ("1.1", ("Nghị quyết của Đảng ủy phường trong quý I", "đạt", "Nghị quyết số 21-NQ/ĐU ngày 15/01/2024.")),
        ("4.1", ("100% đơn vị thuộc phường đăng ký", "đạt", "Đã đăng ký 3/3 tổ dân phố, đủ 100%.")),
        ("4.2", ("Ít nhất 70% đơn vị thuộc phường được công nhận", "chưa đạt", "Đề nghị 2/3 tổ dân phố, cần 3.")),
    ];
    Facts {
        unit: text("phường Phước Long"),
        households: households(1023, 1019, 1002),
        criteria: criteria.into_iter().map(|(code, said)| criterion(code, 6, said)).collect(),
        met: 2,
        overall: text("chưa đạt"),
        groups: vec![
            group("Tổ dân phố 1", households(401, 401, 396), "đề nghị công nhận", ""),
            group("Tổ dân phố 2", households(310, 310, 301), "đề nghị công nhận", ""),
            group("Tổ dân phố 3", households(312, 308, 305), "không đề nghị", "Còn 4 hộ chưa đăng ký tham gia."),
        ],
        group_counts: GroupCounts {
            all: 3,
            registered: 3,
            recommended: 2,
            declined: 1,
            recognised: 0,
            recommended_share: text("66,7%"),
            recognised_share: text("0%"),
        },
        meeting: Some(committee()),
        ..facts
    }
}

fn committee() -> Meeting {
    Meeting {
        title: text("Họp Ban Chỉ đạo xét hồ sơ đề nghị năm 2024"),
        began: text("14 giờ 00 ngày 16/11/2024"),
        ended: text("16 giờ 20 ngày 16/11/2024"),
        venue: text("Hội trường Ủy ban nhân dân phường"),
        chair: person(("Võ Thị Thu", "Trưởng Ban Chỉ đạo")),
        secretary: person(("Đặng Hữu Phúc", "Thường trực Ban Chỉ đạo")),
        present: vec![
            person(("Võ Thị Thu", "Trưởng Ban Chỉ đạo")),
            person(("Đặng Hữu Phúc", "Thường trực Ban Chỉ đạo")),
            person(("Bùi Thanh Sơn", "Thành viên Ban Chỉ đạo")),
        ],
        absent: vec![person(("Hồ Ngọc Lan", "Thành viên Ban Chỉ đạo"))],
        ballot: text("giơ tay"),
        votes: vec![
            vote("Tổ dân phố 1", (3, 0, 0), "đề nghị công nhận", ""),
            vote("Tổ dân phố 2", (2, 0, 1), "đề nghị công nhận", ""),
            vote("Tổ dân phố 3", (0, 3, 0), "không đề nghị", "Còn 4 hộ chưa đăng ký tham gia."),
        ],
        opinions: vec![text("Ông Bùi Thanh Sơn: Tổ dân phố 2 cần duy trì nhóm liên lạc")],
    }
}

fn group(name: &str, households: Households, concluded: &str, reason: &str) -> Group {
    let is_met = reason.is_empty();
    Group {
        name: text(name),
        registered_on: text("27/3/2024"),
        cells: ["Đ", if is_met { "Đ" } else { "K" }, "Đ"].map(text).to_vec(),
        met: if is_met { 3 } else { 2 },
        overall: text(if is_met { "đạt" } else { "chưa đạt" }),
        concluded: text(concluded),
        is_proposed: is_met,
        votes: text(if is_met { "3/0/0" } else { "0/3/0" }),
        reason: text(reason),
        households,
    }
}

fn of_city(facts: Facts) -> Facts {
    let item = |title: &str, reason: &str| ReturnedItem { title: text(title), reason: text(reason) };
    Facts {
        deadline: text("chậm nhất ngày 17/11/2024"),
        returned: Some(Returned {
            on: text("20/11/2024"),
            answer_by: text("25/11/2024"),
            items: vec![
                item("Báo cáo kết quả", "Chưa có số liệu so sánh với kỳ trước."),
                item("Khoản 4.2", "Danh sách đề nghị chưa khớp với biên bản họp."),
            ],
        }),
        decision: Some(Decision {
            on: text("18/12/2024"),
            outcome: false,
            reason: text("Chưa đủ 70% tổ dân phố được công nhận."),
            ..Decision::default()
        }),
        ..facts
    }
}

/// The same year with hardly anything in it: one group without households, opinions in writing, nothing for sure.
fn poor(mut facts: Facts) -> Facts {
    facts.ward_recognises = true;
    facts.households = Households::default();
    facts.grounds.clear();
    facts.milestones.clear();
    facts.incidents.clear();
    facts.groups.truncate(1);
    for group in &mut facts.groups {
        *group = Group { name: group.name.clone(), ..Group::default() };
    }
    facts.group_counts = GroupCounts { all: facts.groups.len(), ..GroupCounts::default() };
    for criterion in &mut facts.criteria {
        (criterion.claim, criterion.verdict, criterion.why) = Default::default();
    }
    (facts.met, facts.overall) = (0, text("chưa đủ căn cứ"));
    if let Some(meeting) = &mut facts.meeting {
        (meeting.venue, meeting.ballot) = (String::new(), text("lấy ý kiến bằng văn bản"));
        meeting.opinions.clear();
        meeting.absent.clear();
        meeting.votes.truncate(1);
    }
    if let Some(returned) = &mut facts.returned {
        returned.answer_by.clear();
    }
    facts.decision = None;
    facts
}

#[cfg(test)]
mod tests;
