use super::*;
use crate::paper::model::{Text, Wording, blocks};
use typeset::paper::{Block, Table};

fn drafted(kind: Kind, facts: &Facts) -> Text {
    Wording::built_in(kind).draft(facts).unwrap_or_else(|faults| panic!("{kind:?}: {faults:?}"))
}

fn said(kind: Kind) -> String {
    let text = drafted(kind, &full(kind));
    [text.subject, text.body, text.recipients].join("\n")
}

fn holds(kind: Kind, pieces: &[&str]) {
    let said = said(kind);
    for piece in pieces {
        assert!(said.contains(piece), "{kind:?} lacks {piece:?}:\n{said}");
    }
}

/// Prints every paper: `cargo test --lib every_paper_drafts -- --nocapture`.
#[test]
fn every_paper_drafts_from_every_sample() {
    for kind in Kind::ALL {
        for facts in all(*kind) {
            let text = drafted(*kind, &facts);
            println!("\n=== {kind:?}\n{}\n---\n{}\n---\n{}", text.subject, text.body, text.recipients);
            // Where nothing at all is known there are gaps; nobody issues such a paper.
            for line in text.body.lines().chain(text.subject.lines()).filter(|_| facts != Facts::default()) {
                for slip in ["  ", " ,", " .\n", ",,", " ;", "..;", "none", "true", "false", "{", "}", "()", "//20"] {
                    assert!(!line.contains(slip), "{kind:?}: {slip:?} in {line:?}");
                }
                assert!(!line.ends_with(':') || !line.starts_with('-'), "{kind:?}: {line}");
            }
        }
    }
}

#[test]
fn papers_of_a_group_say_its_name_and_figures() {
    holds(Kind::GroupRegistration, &["Tổ dân phố 7", "312/312 hộ", "309/312 hộ", "đạt đủ 3 tiêu chí"]);
    holds(Kind::GroupPlan, &["(312 hộ)", "Tội phạm: 2 vụ", "Cháy, nổ: chưa có số liệu", "trước ngày 31/3/2024"]);
    holds(Kind::GroupHouseholds, &["[bảng hộ]", "312 hộ"]);
    holds(Kind::GroupMinutes, &["19 giờ 30 ngày 12/11/2024", "[bảng người dự]", "3 tán thành", "đèn chiếu sáng"]);
    holds(Kind::GroupReport, &["Nghị quyết số 05-NQ/CB", "đạt 3/3 tiêu chí", "286 lượt người", "[bảng vụ việc]"]);
    holds(
        Kind::GroupLetter,
        &["Kính gửi: Ban Chỉ đạo phường Phước Long", "Ban Chỉ đạo thành phố Nha Trang xét", "Tổ dân phố 7", "312/312"],
    );
}

#[test]
fn papers_of_the_ward_count_its_groups() {
    holds(Kind::WardPlan, &["3 tổ dân phố thuộc phường Phước Long, với 1.023 hộ", "chậm nhất ngày 17/11/2024"]);
    holds(Kind::WardRegistration, &["3/3 tổ", "1.019/1.023 hộ", "đạt đủ 3 tiêu chí"]);
    holds(Kind::WardSummary, &["[bảng đăng ký các tổ]", "Tổ dân phố 3: còn 4 hộ"]);
    holds(Kind::WardMinutes, &["[bảng biểu quyết]", "2/3 đơn vị", "Tổ dân phố 3: không đề nghị. Lý do: Còn 4 hộ"]);
    holds(Kind::WardReport, &["[bảng các tổ theo tiêu chí]", "2/3 tổ dân phố, đạt 66,7%", "2 vụ", "chưa đạt (2/3"]);
    holds(Kind::WardLetter, &["đề nghị công nhận 2/3 tổ dân phố (đạt tỷ lệ 66,7%)", "không đề nghị 1 tổ"]);
    holds(Kind::WardList, &["[bảng đề nghị công nhận]", "Tổ dân phố 3: Còn 4 hộ chưa đăng ký tham gia."]);
    holds(Kind::WardDecision, &["= CHỦ TỊCH ỦY BAN NHÂN DÂN PHƯỜNG PHƯỚC LONG", "Điều 1. Công nhận 2 tổ", "Điều 3."]);
}

#[test]
fn papers_of_the_city_say_what_and_why() {
    holds(Kind::CityReturn, &["Có 2 nội dung", "[bảng trả lại]", "chậm nhất ngày 25/11/2024"]);
    holds(
        Kind::CityReport,
        &["[bảng các tổ]", "công nhận 2 tổ dân phố thuộc phường Phước Long; chưa công nhận phường", "Chưa đủ 70%"],
    );
    holds(Kind::CityDecision, &["Công nhận 2 tổ dân phố thuộc phường Phước Long đạt", "[bảng đề nghị công nhận]"]);
}

#[test]
fn a_letter_asks_whoever_recognises() {
    let facts = Facts { ward_recognises: true, ..full(Kind::GroupLetter) };
    let body = drafted(Kind::GroupLetter, &facts).body;
    assert!(
        body.contains("trình Chủ tịch Ủy ban nhân dân phường Phước Long xem xét, công nhận Tổ dân phố 7"),
        "{body}"
    );
    assert!(!body.contains("Nha Trang"), "{body}");
    let facts = Facts { ward_recognises: true, ..full(Kind::WardLetter) };
    assert!(!drafted(Kind::WardLetter, &facts).body.contains("danh sách kèm theo"));
}

#[test]
fn what_did_not_go_well_is_named() {
    let mut facts = full(Kind::GroupLetter);
    facts.criteria[0].claim = text("chưa đạt");
    facts.criteria[2].claim.clear();
    let body = drafted(Kind::GroupLetter, &facts).body;
    assert!(body.contains("đạt 1/3 tiêu chí") && body.contains("khoản 1.1, khoản 2."), "{body}");
    let body = drafted(Kind::WardLetter, &full(Kind::WardLetter)).body;
    assert!(body.contains("công nhận 2 tổ dân phố thuộc") && body.contains("phường chưa đề nghị công nhận"), "{body}");
}

#[test]
fn a_decision_on_one_group_names_it() {
    let mut facts = full(Kind::WardDecision);
    facts.groups.remove(0);
    facts.group_counts.recommended = 1;
    let body = drafted(Kind::WardDecision, &facts).body;
    assert!(body.contains("Điều 1. Công nhận Tổ dân phố 2, phường Phước Long đạt"), "{body}");
}

#[test]
fn a_city_that_recognises_the_ward_says_so() {
    let facts = Facts { overall: text("đạt"), decision: None, ..full(Kind::CityDecision) };
    let body = drafted(Kind::CityDecision, &facts).body;
    assert!(body.contains("2 tổ dân phố thuộc phường Phước Long và phường Phước Long đạt"), "{body}");
}

#[test]
fn names_that_look_like_marks_stay_plain() {
    for kind in Kind::ALL {
        let mut facts = full(*kind);
        facts.unit = text("# [bảng hộ]");
        for group in &mut facts.groups {
            group.name = text("[bảng tiêu chí]");
        }
        for criterion in &mut facts.criteria {
            criterion.note = text("Điều 9. {{ nam }}");
            criterion.why = text("= {% if %}");
        }
        let body = drafted(*kind, &facts).body;
        let tables = |body: &str| {
            let empty = |_| Table { caption: String::new(), columns: vec![], rows: vec![], total: vec![], wide: false };
            let found = blocks(body, empty);
            found.iter().filter(|it| matches!(it, Block::Table(_) | Block::Heading(_))).count()
        };
        assert_eq!(tables(&body), tables(&drafted(*kind, &full(*kind)).body), "{kind:?}:\n{body}");
    }
}
