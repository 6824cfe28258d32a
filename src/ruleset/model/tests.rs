#![allow(clippy::unwrap_used)]

use std::sync::LazyLock;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::ruleset::shipped;

/// Read once: the property below asks for it hundreds of times.
static SHIPPED: LazyLock<Vec<Ruleset>> = LazyLock::new(|| shipped().unwrap());

fn by_code(code: &str) -> Ruleset {
    SHIPPED.iter().find(|it| it.code == code).unwrap().clone()
}

fn codes(rules: &SubjectRules) -> Vec<&str> {
    rules.criteria.iter().map(|it| it.code.as_str()).collect()
}

fn part_codes(rules: &SubjectRules, kind: DossierKind) -> Vec<&str> {
    rules.parts(kind).iter().map(|it| it.code.as_str()).collect()
}

#[test]
fn plan_390_judges_groups_and_the_ward_alone() {
    let rules = by_code("kh390-2024");
    let subjects: Vec<_> = rules.subjects.iter().map(|it| it.subject).collect();
    assert_eq!(subjects, [SubjectKind::Group, SubjectKind::Ward]);
    let group = rules.subject(SubjectKind::Group).unwrap();
    assert_eq!(codes(group), ["1.1", "1.2", "1.3", "2", "3.a", "3.b", "3.c", "3.d", "3.dd", "3.e", "3.g", "4", "5"]);
    let ward = rules.subject(SubjectKind::Ward).unwrap();
    assert_eq!(codes(ward), ["1.1", "1.2", "1.3", "1.4", "2", "3", "4.1", "4.2"]);
    assert_eq!((group.recognised_by, ward.recognised_by), (Level::City, Level::City));
    assert!(group.counts_in_ward_ratio && !ward.counts_in_ward_ratio);
}

#[test]
fn dossiers_have_the_parts_that_plan_and_circular_ask_for() {
    let plan = by_code("kh390-2024");
    let request = ["to-trinh", "bao-cao", "bien-ban", "tai-lieu"];
    for rules in &plan.subjects {
        assert_eq!(part_codes(rules, DossierKind::Registration), ["nghi-quyet", "ke-hoach", "dang-ky"]);
        assert_eq!(part_codes(rules, DossierKind::Request), request);
    }
    let circular = by_code("tt124-2021");
    let group = circular.subject(SubjectKind::Group).unwrap();
    assert_eq!(part_codes(group, DossierKind::Registration), ["nghi-quyet", "dang-ky"]);
}

#[test]
fn party_papers_are_uploads_and_other_papers_are_optional() {
    for rules in shipped().unwrap().iter().flat_map(|it| &it.subjects) {
        for part in rules.registration.iter().chain(&rules.request) {
            assert_eq!(part.upload_only, part.code == "nghi-quyet");
            if part.code == "tai-lieu" {
                assert!(!part.required && !part.needs_number && !part.needs_signer);
            }
        }
    }
}

#[test]
fn the_plan_cites_its_own_articles_beside_those_of_the_circular() {
    let rules = by_code("kh390-2024");
    let group = rules.subject(SubjectKind::Group).unwrap();
    let separatism = group.criterion("3.dd").unwrap();
    assert_eq!(separatism.label, "Khoản 3 điểm đ");
    assert_eq!(separatism.circular, "Điều 4 khoản 3 điểm đ");
    assert_eq!(separatism.plan.as_deref(), Some("Điều 5 khoản 3 điểm đ"));
    let ward = rules.subject(SubjectKind::Ward).unwrap();
    let recognised = ward.criterion("4.2").unwrap();
    assert_eq!(recognised.plan.as_deref(), Some("Điều 6 khoản 4.2"));
    let circular = by_code("tt124-2021");
    assert!(circular.subjects.iter().flat_map(|it| &it.criteria).all(|it| it.plan.is_none()));
}

#[test]
fn badges_stand_where_nobody_has_read_the_source() {
    let rules = by_code("kh390-2024");
    let group = rules.subject(SubjectKind::Group).unwrap();
    let unsure: Vec<_> =
        group.criteria.iter().filter(|it| it.confidence.needs_check()).map(|it| it.code.as_str()).collect();
    assert_eq!(unsure, ["4", "5"]);
    assert_eq!(group.criterion("3.g").unwrap().confidence, Confidence::M);
}

#[test]
fn the_circular_counts_five_kinds_and_lets_the_ward_recognise_four() {
    for code in ["tt124-2021", "tt124-2021-2025"] {
        let rules = by_code(code);
        assert_eq!(rules.subjects.len(), SubjectKind::ALL.len());
        for it in &rules.subjects {
            let is_ward = it.subject == SubjectKind::Ward;
            assert_eq!(it.counts_in_ward_ratio, !is_ward);
            assert_eq!(it.recognised_by == Level::City, is_ward);
        }
    }
    assert_eq!(by_code("tt124-2021").upper_level, UpperLevel::City);
    assert_eq!(by_code("tt124-2021-2025").upper_level, UpperLevel::Province);
}

#[test]
fn each_ruleset_shows_all_six_differences_and_every_deadline() {
    for rules in shipped().unwrap() {
        assert_eq!(rules.differences.len(), 6, "{}", rules.code);
        for code in DeadlineCode::ALL {
            assert!(rules.deadline(*code).is_some(), "{} {code}", rules.code);
        }
    }
}

#[test]
fn the_typing_slip_of_the_plan_is_not_repeated() {
    for rules in shipped().unwrap() {
        assert!(!rules.canonical_json().contains("124/2012"));
    }
}

#[test]
fn canonical_json_survives_any_order_of_keys() {
    fn reversed(value: &Value) -> Value {
        match value {
            Value::Object(map) => map.iter().rev().map(|(key, inner)| (key.clone(), reversed(inner))).collect(),
            Value::Array(list) => list.iter().map(reversed).collect(),
            other => other.clone(),
        }
    }
    for rules in shipped().unwrap() {
        let text = rules.canonical_json();
        let stored = reversed(&serde_json::from_str(&text).unwrap());
        let back = Ruleset::from_json(&stored).unwrap();
        assert_eq!(back, rules);
        assert_eq!(back.sha256(), rules.sha256());
        assert_eq!(rules.sha256().len(), 64);
        let keys: Vec<_> = text.match_indices("\"code\":\"nghi-quyet\"").collect();
        assert_eq!(keys.len(), rules.subjects.len());
    }
}

/// Cycles are pinned to these. They were computed from the files by another program, before a ruleset could have an origin.
#[test]
fn the_hashes_of_what_was_published_stay() {
    let hashes: Vec<String> = SHIPPED.iter().map(Ruleset::sha256).collect();
    assert_eq!(
        hashes,
        [
            "89ba79d707214332c94367a699208251e16b454d6486a2f236b3a578b5f649d8",
            "e84180c3a5085b522b21d7772f976dbacd258ad659c08a1168565ef16ad95b4d",
            "86c8b18619b2ff0d5190fe0ccbc9336cc57275071cbc49de48818e9a96af6513",
        ]
    );
}

#[test]
fn evidence_is_offered_again_for_what_a_criterion_was() {
    let mut rules = by_code("kh390-2024");
    let mut criterion = rules.subjects[0].criteria[0].clone();
    assert_eq!(rules.predecessors(&criterion), ["1.1"]);
    criterion.was = vec!["3.a".to_owned(), "3.b".to_owned()];
    rules.based_on = Some(Origin { code: "kh390-2024".to_owned(), version: 1 });
    assert_eq!(rules.predecessors(&criterion), ["3.a", "3.b"]);
    rules.subjects[0].criteria[0] = criterion;
    let back = Ruleset::from_json(&serde_json::from_str(&rules.canonical_json()).unwrap()).unwrap();
    assert_eq!(back, rules);
}

#[test]
fn from_json_refuses_what_it_does_not_know() {
    let rules = by_code("kh390-2024");
    let mut value = serde_json::to_value(&rules).unwrap();
    value["colour"] = json!("red");
    assert!(Ruleset::from_json(&value).is_err());
}

#[test]
fn a_kind_of_criterion_refuses_foreign_fields() {
    for text in [
        json!({"type": "judgement", "at_least": 1}),
        json!({"type": "count", "metric": "units_total", "at_least": 1, "more": 2}),
    ] {
        assert!(CriterionKind::deserialize(&text).is_err(), "{text}");
    }
}

#[test]
fn judgement_is_found_inside_a_combination() {
    let rules = by_code("kh390-2024");
    let group = rules.subject(SubjectKind::Group).unwrap();
    assert!(group.criterion("5").unwrap().kind.needs_judgement());
    assert!(!group.criterion("4").unwrap().kind.needs_judgement());
    assert_eq!(group.criterion("4").unwrap().kind.leaves().len(), 2);
}

#[test]
fn words_read_back_as_what_they_name() {
    for kind in SubjectKind::ALL {
        assert_eq!(kind.as_str().parse(), Ok(*kind));
        assert_eq!(json!(kind), json!(kind.as_str()));
    }
    for kind in DossierKind::ALL {
        assert_eq!(kind.as_str().parse(), Ok(*kind));
    }
    for code in DeadlineCode::ALL {
        assert_eq!(code.as_str().parse(), Ok(*code));
    }
    assert_eq!("street".parse::<SubjectKind>().unwrap_err().to_string(), "không có loại đơn vị nào mang mã “street”");
}

proptest! {
    /// One changed letter anywhere gives another hash.
    #[test]
    fn the_hash_sees_every_text(which in 0..13_usize, text in "[a-zđê ]{1,20}") {
        let before = by_code("kh390-2024");
        let mut after = before.clone();
        after.subjects[0].criteria[which].text.push_str(&text);
        prop_assert_ne!(before.sha256(), after.sha256());
    }
}
