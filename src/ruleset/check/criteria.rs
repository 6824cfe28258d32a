//! Mistakes in criteria: what they name must exist, and no criterion may rest on itself.

use std::collections::{HashMap, HashSet};

use super::{Faults, Place};
use crate::ruleset::model::{Criterion, CriterionKind, Ruleset, SubjectKind, SubjectRules};

/// As long as a title may get before it breaks the matrix of groups by criteria.
const TITLE_CHARS: usize = 70;

pub(super) fn check(ruleset: &Ruleset, rules: &SubjectRules, at: &Place, faults: &mut Faults) {
    let mut seen = HashSet::new();
    if rules.criteria.is_empty() {
        let sentence = "Chưa có tiêu chí nào.".to_owned();
        faults.add(at.clone().key("criteria"), sentence);
    }
    for (index, criterion) in rules.criteria.iter().enumerate() {
        let at = criterion_place(at, index, criterion);
        faults.require_code(&at, &criterion.code);
        faults.require_unique(&at, &criterion.code, seen.insert(&criterion.code));
        faults.require_text(&at, "label", &criterion.label);
        faults.require_text(&at, "title", &criterion.title);
        faults.require_text(&at, "text", &criterion.text);
        faults.require_text(&at, "circular", &criterion.circular);
        let length = criterion.title.chars().count();
        if length > TITLE_CHARS {
            faults.add(at.clone().key("title"), format!("Tên tiêu chí dài {length} chữ cái. Rút còn {TITLE_CHARS}."));
        }
        check_kind(ruleset, rules, &criterion.kind, at.key("kind"), faults);
    }
}

fn criterion_place(subject: &Place, index: usize, criterion: &Criterion) -> Place {
    subject.clone().within(&criterion.code).key("criteria").item(index)
}

fn check_kind(ruleset: &Ruleset, rules: &SubjectRules, kind: &CriterionKind, at: Place, faults: &mut Faults) {
    match kind {
        CriterionKind::DocumentDated { part, .. } => {
            dated_part(rules, part, at.key("part"), faults);
        }
        CriterionKind::Ratio { at_least_percent, .. } if *at_least_percent > 100 => {
            faults.add(at.key("at_least_percent"), format!("Ngưỡng {at_least_percent}% vượt 100%. Ghi từ 0 đến 100."));
        }
        CriterionKind::ZeroEvents { types, .. } => {
            incidents(ruleset, types, &at.key("types"), faults);
        }
        CriterionKind::Trend { categories } => {
            incidents(ruleset, categories, &at.key("categories"), faults);
        }
        CriterionKind::RollUp { subject, of } => {
            roll_up(ruleset, *subject, of, &at.key("of"), faults);
        }
        CriterionKind::All { of } => {
            let at = at.key("of");
            require_some(of.is_empty(), &at, faults);
            for (index, inner) in of.iter().enumerate() {
                check_kind(ruleset, rules, inner, at.clone().item(index), faults);
            }
        }
        CriterionKind::Ratio { .. }
        | CriterionKind::Count { .. }
        | CriterionKind::CountZero { .. }
        | CriterionKind::Judgement => {}
    }
}

fn dated_part(rules: &SubjectRules, code: &str, at: Place, faults: &mut Faults) {
    let mut parts = rules.registration.iter().chain(&rules.request);
    if !parts.any(|it| it.code == code) {
        let subject = rules.subject.name_vi();
        let sentence = format!("Thành phần “{code}” không có trong hồ sơ của {subject}.");
        faults.add(at, sentence);
    }
}

/// An empty list would make the criterion hold by itself.
fn require_some(is_empty: bool, at: &Place, faults: &mut Faults) {
    if is_empty {
        let sentence = "Danh sách này trống thì tiêu chí luôn đạt. Ghi ít nhất một mục.".to_owned();
        faults.add(at.clone(), sentence);
    }
}

fn incidents(ruleset: &Ruleset, codes: &[String], at: &Place, faults: &mut Faults) {
    require_some(codes.is_empty(), at, faults);
    for (index, code) in codes.iter().enumerate() {
        if !ruleset.incident_types.iter().any(|it| it.code == *code) {
            let sentence = format!("Loại vụ việc “{code}” chưa khai ở mục incident_types.");
            faults.add(at.clone().item(index), sentence);
        }
    }
}

fn roll_up(ruleset: &Ruleset, subject: SubjectKind, codes: &[String], at: &Place, faults: &mut Faults) {
    require_some(codes.is_empty(), at, faults);
    for (index, code) in codes.iter().enumerate() {
        let rules = ruleset.subject(subject);
        if rules.and_then(|it| it.criterion(code)).is_none() {
            let sentence = format!("Không có tiêu chí “{code}” của {}.", subject.name_vi());
            faults.add(at.clone().item(index), sentence);
        }
    }
}

type Node<'r> = (SubjectKind, &'r str);

/// Each circle is told once, at the criterion of it that stands first in the file.
pub(super) fn check_circles(ruleset: &Ruleset, faults: &mut Faults) {
    let edges = edges(ruleset);
    let mut told = HashSet::new();
    for (s, rules) in ruleset.subjects.iter().enumerate() {
        for (c, criterion) in rules.criteria.iter().enumerate() {
            let start = (rules.subject, criterion.code.as_str());
            if told.contains(&start) {
                continue;
            }
            let Some(circle) = circle_through(start, &edges) else {
                continue;
            };
            let way: Vec<String> = circle.iter().map(|(_, code)| format!("“{code}”")).collect();
            told.extend(circle);
            let subject = Place::new(rules.subject.as_str()).key("subjects").item(s);
            faults.add(
                criterion_place(&subject, c, criterion).key("kind"),
                format!(
                    "Tiêu chí dựa vào chính nó: {} rồi về “{}”. Bỏ một mắt trong vòng.",
                    way.join(", "),
                    criterion.code
                ),
            );
        }
    }
}

fn edges(ruleset: &Ruleset) -> HashMap<Node<'_>, Vec<Node<'_>>> {
    let mut edges: HashMap<Node<'_>, Vec<Node<'_>>> = HashMap::new();
    for rules in &ruleset.subjects {
        for criterion in &rules.criteria {
            for leaf in criterion.kind.leaves() {
                if let CriterionKind::RollUp { subject, of } = leaf {
                    edges
                        .entry((rules.subject, &criterion.code))
                        .or_default()
                        .extend(of.iter().map(|code| (*subject, code.as_str())));
                }
            }
        }
    }
    edges
}

/// The criteria on a way from `start` back to itself, beginning with it; `None` without a circle.
fn circle_through<'r>(start: Node<'r>, edges: &HashMap<Node<'r>, Vec<Node<'r>>>) -> Option<Vec<Node<'r>>> {
    let mut came_from: HashMap<Node<'r>, Node<'r>> = HashMap::new();
    let mut open = vec![start];
    while let Some(node) = open.pop() {
        for &next in edges.get(&node).into_iter().flatten() {
            if next == start {
                let mut way = vec![node];
                while let Some(&before) = way.last().and_then(|last| came_from.get(last)) {
                    way.push(before);
                }
                way.reverse();
                return Some(way);
            }
            if let std::collections::hash_map::Entry::Vacant(slot) = came_from.entry(next) {
                slot.insert(node);
                open.push(next);
            }
        }
    }
    None
}
