#![allow(clippy::unwrap_used, reason = "in a test the place that fails is the message")]

use super::criterion::Spot;
use super::*;
use crate::ruleset::model::{Criterion, CriterionKind};
use crate::ruleset::shipped;

const GROUP: SubjectKind = SubjectKind::Group;

fn plan() -> Ruleset {
    shipped().unwrap().remove(0)
}

fn faults(form: &Filled) -> Vec<(&str, &str)> {
    form.errors().iter().map(|error| (error.field.as_str(), error.sentence.as_str())).collect()
}

/// Every piece of every shipped ruleset, drawn as a form and read back, is what it was.
#[test]
fn what_is_drawn_is_read_back() {
    for ruleset in shipped().unwrap() {
        let unchanged = |edit: Result<Edit, Filled>| assert_eq!(edit.unwrap().apply(&ruleset).as_ref(), Ok(&ruleset));
        unchanged(head(of_head(&Head::of(&ruleset)), &ruleset));
        for rule in &ruleset.deadlines {
            unchanged(deadline(of_deadline(rule), &ruleset, rule));
        }
        for rules in &ruleset.subjects {
            unchanged(window(of_window(&rules.window), (&ruleset, rules.subject)));
            for stands in rules.registration.iter().chain(&rules.request) {
                unchanged(part(of_part(stands), (&ruleset, rules.subject), stands));
            }
            for it in &rules.criteria {
                let spot = Spot { draft: &ruleset, base: &ruleset, kind: rules.subject };
                unchanged(criterion(of_criterion(it), spot, &it.code));
                let chosen = kinds(of_kinds(&it.kind), (&ruleset, slots(&it.kind))).unwrap();
                let form = of_conditions(&chosen, &it.kind);
                unchanged(conditions(form, (&ruleset, rules.subject, &it.code), &chosen));
            }
        }
    }
}

fn typed(kinds: &[&str], fields: &[(&str, &str)]) -> Result<Edit, Filled> {
    let chosen: Vec<(usize, String)> = kinds.iter().enumerate().map(|(at, it)| (at + 1, (*it).to_owned())).collect();
    let form = fields.iter().fold(Filled::default(), |form, (name, value)| form.with(name, *value));
    conditions(form, (&plan(), GROUP, "5"), &chosen)
}

#[test]
fn a_wrong_condition_is_said_at_its_field() {
    let ratio = [("tu-so-2", "households_pledged"), ("mau-so-2", "households_resident"), ("nguong-2", "120")];
    let form = typed(&["judgement", "ratio"], &ratio).unwrap_err();
    assert_eq!(faults(&form), [("nguong-2", "Ngưỡng 120% vượt 100%. Ghi từ 0 đến 100.")]);
    let alone = [("tu-so-1", "households_pledged"), ("mau-so-1", "households_resident"), ("nguong-1", "101")];
    assert_eq!(faults(&typed(&["ratio"], &alone).unwrap_err())[0].0, "nguong-1");
    let forged = [("so-lieu-1", "households_happy"), ("it-nhat-1", "nhiều")];
    let form = typed(&["count"], &forged).unwrap_err();
    assert_eq!(form.errors().iter().map(|it| it.field.as_str()).collect::<Vec<_>>(), ["so-lieu-1", "it-nhat-1"]);
    // What cannot be read in one condition hides nothing of another.
    let both = [("nguong-1", "120"), ("tu-so-1", "units_total"), ("mau-so-1", "units_total")];
    let form = typed(&["ratio", "zero_events"], &both).unwrap_err();
    assert_eq!(form.errors().iter().map(|it| it.field.as_str()).collect::<Vec<_>>(), ["muc-do-2", "nguong-1", "vu-2"]);
    let form = typed(&["document_dated", "trend"], &[("phan-1", "giay"), ("ky-1", "window")]).unwrap_err();
    assert_eq!(form.errors().iter().map(|it| it.field.as_str()).collect::<Vec<_>>(), ["phan-1", "vu-2"]);
    let form = typed(&["zero_events"], &[("muc-do-1", "moi"), ("vu-1", "chua-khai")]).unwrap_err();
    assert_eq!(faults(&form), [("vu-1", "Loại vụ việc “chua-khai” chưa khai ở mục incident_types.")]);
}

#[test]
fn a_circle_is_said_at_the_roll_up() {
    let form = typed(&["judgement", "roll_up.group"], &[("cua-2", "5")]).unwrap_err();
    assert_eq!(faults(&form), [("cua-2", "Tiêu chí dựa vào chính nó: “5” rồi về “5”. Bỏ một mắt trong vòng.")]);
    assert_eq!(faults(&typed(&["roll_up.group"], &[]).unwrap_err())[0].0, "cua-1");
}

#[test]
fn a_criterion_keeps_what_it_was_and_says_what_is_wrong() {
    let plan = plan();
    let spot = Spot { draft: &plan, base: &plan, kind: GROUP };
    let stands = plan.subjects[0].criterion("2").unwrap().clone();
    let renamed = criterion(of_criterion(&stands).replaced("ma", "2.1"), spot, "2").unwrap();
    let Edit::Criterion(_, _, Criterion { was, .. }) = &renamed else { panic!("{renamed:?}") };
    assert_eq!(*was, ["2"]);
    let taken = criterion(of_criterion(&stands).replaced("ma", "1.1"), spot, "2").unwrap_err();
    assert_eq!(faults(&taken)[0].0, "ma");
    let long = of_criterion(&stands).replaced("ten", "a".repeat(71)).replaced("tiep-noi", "2, 99");
    assert_eq!(
        faults(&criterion(long, spot, "2").unwrap_err()).iter().map(|it| it.0).collect::<Vec<_>>(),
        ["tiep-noi", "ten"]
    );
}

#[test]
fn a_provincial_criterion_waits_for_its_document() {
    let plan = plan();
    let spot = Spot { draft: &plan, base: &plan, kind: GROUP };
    let named = [("ma", "6"), ("dieu-khoan", "Khoản 6"), ("ten", "Lắp camera ngõ"), ("noi-dung", "Mọi ngõ có camera.")];
    let form = named.iter().fold(of_province(), |form, (name, value)| form.with(name, *value));
    let refused = new_criterion(form.clone(), spot).unwrap_err();
    assert_eq!(faults(&refused), [("thong-tu", words::PROVINCE_MISSING)]);
    let cited = form.replaced("thong-tu", "Điều 8 khoản 1; Công văn 12/UBND-NC của tỉnh");
    let Edit::AddCriterion(_, new) = new_criterion(cited, spot).unwrap() else { panic!("another edit") };
    assert_eq!((new.confidence, new.kind), (Confidence::M, CriterionKind::Judgement));
}

#[test]
fn a_code_fits_an_address() {
    let code_of = |typed: &str| {
        let mut form = Filled::default().with("ma", typed);
        let code = code(&mut form);
        form.finish(code).ok()
    };
    assert_eq!(code_of("PL-2025").as_deref(), Some("pl-2025"));
    for bad in ["", "ab", "phường", "a b c", "soan", "a.b.c"] {
        assert_eq!(code_of(bad), None, "{bad}");
    }
}

#[test]
fn a_day_is_a_day_of_every_year() {
    let plan = plan();
    let rule = plan.deadlines[0].clone();
    for (typed, said) in
        [("31/11", "Ngày 31/11"), ("29/2", "Ngày 29/2"), ("mai", "Ghi ngày và tháng"), ("1/1/2025", "Ghi")]
    {
        let form = deadline(of_deadline(&rule).replaced("ngay", typed), &plan, &rule).unwrap_err();
        assert!(form.error("ngay").is_some_and(|it| it.starts_with(said)), "{typed}: {form:?}");
    }
}

#[test]
fn a_file_with_mistakes_shows_all_of_them() {
    let text = include_str!("../files/kh390-2024.toml")
        .replacen("at_least_percent = 100", "at_least_percent = 101", 1)
        .replacen("types = [\"ly-khai\"]", "types = [\"x\"]", 1);
    let (form, problems) = file(Filled::default(), ("bo.toml", text.as_bytes())).unwrap_err();
    assert_eq!(problems.len(), 2);
    assert!(form.error("tep").is_some_and(|it| it.contains("2 chỗ")));
    assert!(file(Filled::default(), ("bo.toml", &[0xff, 0xfe])).unwrap_err().1.is_empty());
    let marked = format!("\u{feff}{}", include_str!("../files/kh390-2024.toml"));
    assert!(file(Filled::default(), ("bo.toml", marked.as_bytes())).is_ok());
}
