//! Rules as sentences: how a criterion is decided, when something is due, who recognises.

pub mod compare;
pub mod edit;
pub mod facts;

use crate::ruleset::{
    CriterionKind, DayRule, DeadlineRule, DossierKind, Gravity, Level, Period, Ruleset, SubjectKind, UpperLevel,
    WindowRule, WindowYear,
};

use crate::web::filters::dates;

/// Shown beside what nobody has compared with the source yet.
pub const NEEDS_CHECK: &str = "cần đối chiếu văn bản gốc";

/// The kind of unit as a heading.
#[must_use]
pub const fn subject(kind: SubjectKind) -> &'static str {
    match kind {
        SubjectKind::Group => "Tổ dân phố",
        SubjectKind::Ward => "Phường",
        SubjectKind::Agency => "Cơ quan",
        SubjectKind::Enterprise => "Doanh nghiệp",
        SubjectKind::School => "Nhà trường",
    }
}

/// How grave an incident was.
#[must_use]
pub const fn gravity(gravity: Gravity) -> &'static str {
    match gravity {
        Gravity::Ordinary => "Thường",
        Gravity::High => "Nghiêm trọng",
    }
}

/// The dossier as a heading.
#[must_use]
pub const fn dossier(kind: DossierKind) -> &'static str {
    match kind {
        DossierKind::Registration => "Hồ sơ đăng ký",
        DossierKind::Request => "Hồ sơ đề nghị xét duyệt",
    }
}

/// "Chọn được từ 25/3/2024 đến 31/12/2025".
#[must_use]
pub fn validity(ruleset: &Ruleset) -> String {
    let from = dates::day(ruleset.valid_from);
    match ruleset.valid_to {
        Some(last) => format!("Chọn được từ {from} đến {}", dates::day(last)),
        None => format!("Chọn được từ {from}"),
    }
}

/// Who recognises.
#[must_use]
pub const fn recogniser(level: Level, above: UpperLevel) -> &'static str {
    match (level, above) {
        (Level::Ward, _) => "Phường",
        (Level::City, UpperLevel::City) => "Thành phố",
        (Level::City, UpperLevel::Province) => "Tỉnh",
    }
}

/// "16/11 năm trước đến hết 15/11".
#[must_use]
pub fn window(window: &WindowRule) -> String {
    let day = |rule: DayRule| match rule.year {
        WindowYear::Previous => format!("{}/{} năm trước", rule.day, rule.month),
        WindowYear::Cycle => format!("{}/{}", rule.day, rule.month),
    };
    format!("{} đến hết {}", day(window.from), day(window.to))
}

/// "trước 31/3", "hết 17/11".
#[must_use]
pub fn due(rule: &DeadlineRule) -> String {
    format!("{} {}/{}", before_or_until(rule.exclusive), rule.day, rule.month)
}

/// The word before the day of a deadline, as its rule has it.
#[must_use]
pub const fn before_or_until(exclusive: bool) -> &'static str {
    if exclusive { "trước" } else { "hết" }
}

/// The kinds of conditions as choices; those that roll criteria up say whose, so a ruleset adds them.
pub const KINDS: [(&str, &str); 7] = [
    ("judgement", "Người thẩm định kết luận theo minh chứng"),
    ("document_dated", "Văn bản có ngày trong kỳ"),
    ("ratio", "Đạt tỷ lệ phần trăm"),
    ("count", "Đủ số lượng"),
    ("count_zero", "Không có trường hợp nào (số liệu là 0)"),
    ("zero_events", "Không có vụ việc trong kỳ"),
    ("trend", "Số vụ việc được kiềm chế so với kỳ năm trước"),
];

/// How a criterion of these rules is decided: one sentence for each condition.
#[must_use]
pub fn decided(ruleset: &Ruleset, subject: SubjectKind, kind: &CriterionKind) -> Vec<String> {
    kind.leaves().into_iter().map(|leaf| leaf_sentence(ruleset, subject, leaf)).collect()
}

fn leaf_sentence(ruleset: &Ruleset, subject: SubjectKind, leaf: &CriterionKind) -> String {
    match leaf {
        CriterionKind::DocumentDated { part, period } => {
            let days = match period {
                Period::QuarterOne => "trong quý I, từ 1/1 đến hết 31/3",
                Period::Window => "trong kỳ đánh giá",
            };
            format!("{} có ngày {days}.", part_title(ruleset, subject, part))
        }
        CriterionKind::Ratio { numerator, denominator, at_least_percent: 100 } => {
            format!("{} bằng {}.", capital(numerator.name_vi()), denominator.name_vi())
        }
        CriterionKind::Ratio { numerator, denominator, at_least_percent } => {
            format!("{} từ {at_least_percent}% {} trở lên.", capital(numerator.name_vi()), denominator.name_vi())
        }
        CriterionKind::Count { metric, at_least } => format!("{}: từ {at_least} trở lên.", capital(metric.name_vi())),
        CriterionKind::CountZero { metric } => format!("{} là 0.", capital(metric.name_vi())),
        CriterionKind::ZeroEvents { types, gravity: Some(Gravity::High) } => {
            format!("Trong kỳ không có vụ ở mức độ cao: {}.", incidents(ruleset, types))
        }
        CriterionKind::ZeroEvents { types, .. } => {
            format!("Trong kỳ không có vụ việc đã xác nhận: {}.", incidents(ruleset, types))
        }
        CriterionKind::Trend { categories } => {
            format!("Số vụ được kiềm chế so với kỳ năm trước: {}.", incidents(ruleset, categories))
        }
        CriterionKind::RollUp { subject: of_whom, of } => {
            let labels: Vec<&str> = of.iter().map(|code| label(ruleset, *of_whom, code)).collect();
            format!(
                "{} của tiêu chí {} cũng đạt, xét trên toàn {}.",
                labels.join(", "),
                of_whom.name_vi(),
                subject.name_vi()
            )
        }
        // `leaves` opens what holds others, so this says the same of both.
        CriterionKind::Judgement | CriterionKind::All { .. } => "Người thẩm định kết luận theo minh chứng.".to_owned(),
    }
}

pub(super) fn part_title<'a>(ruleset: &'a Ruleset, subject: SubjectKind, code: &'a str) -> &'a str {
    let parts = ruleset.subject(subject).map(|rules| rules.registration.iter().chain(&rules.request));
    parts.and_then(|mut parts| parts.find(|part| part.code == code)).map_or(code, |part| &part.title)
}

pub(super) fn incidents(ruleset: &Ruleset, codes: &[String]) -> String {
    let title = |code: &String| {
        let known = ruleset.incident_types.iter().find(|it| it.code == *code);
        let title = known.map_or(code.as_str(), |it| &it.title);
        lower(title)
    };
    codes.iter().map(title).collect::<Vec<_>>().join(", ")
}

pub(super) fn label<'a>(ruleset: &'a Ruleset, subject: SubjectKind, code: &'a str) -> &'a str {
    ruleset.subject(subject).and_then(|rules| rules.criterion(code)).map_or(code, |criterion| &criterion.label)
}

pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

pub(super) fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().collect::<String>() + letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan() -> Ruleset {
        crate::ruleset::shipped().expect("shipped").into_iter().find(|it| it.code == "kh390-2024").expect("plan 390")
    }

    fn said(subject: SubjectKind, code: &str) -> Vec<String> {
        let ruleset = plan();
        let criterion = ruleset.subject(subject).and_then(|rules| rules.criterion(code)).expect("criterion").clone();
        decided(&ruleset, subject, &criterion.kind)
    }

    #[test]
    fn a_criterion_says_how_it_is_decided() {
        let of_group = |code| said(SubjectKind::Group, code);
        assert_eq!(of_group("1.1"), ["Nghị quyết của chi bộ có ngày trong quý I, từ 1/1 đến hết 31/3."]);
        assert_eq!(of_group("1.3"), ["Số hộ đăng ký bằng số hộ đang cư trú."]);
        assert_eq!(of_group("3.dd"), ["Trong kỳ không có vụ việc đã xác nhận: hoạt động ly khai."]);
        assert_eq!(of_group("4").len(), 2);
        assert_eq!(of_group("5")[0], "Người thẩm định kết luận theo minh chứng.");
        let share = said(SubjectKind::Ward, "4.2");
        assert_eq!(share, ["Số đơn vị được công nhận từ 70% số đơn vị thuộc phường trở lên."]);
    }

    #[test]
    fn every_shipped_rule_becomes_a_sentence() {
        for ruleset in crate::ruleset::shipped().expect("shipped") {
            for rules in &ruleset.subjects {
                for criterion in &rules.criteria {
                    for sentence in decided(&ruleset, rules.subject, &criterion.kind) {
                        assert!(
                            sentence.ends_with('.') && !sentence.contains('_'),
                            "{} {}: {sentence}",
                            ruleset.code,
                            criterion.code
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn days_are_said_as_the_rule_has_them() {
        let ruleset = plan();
        let rules = ruleset.subject(SubjectKind::Group).expect("groups");
        assert_eq!(window(&rules.window), "16/11 năm trước đến hết 15/11");
        let due: Vec<String> = ruleset.deadlines.iter().map(due).collect();
        assert!(due.contains(&"trước 31/3".to_owned()), "{due:?}");
        assert_eq!(recogniser(rules.recognised_by, ruleset.upper_level), "Thành phố");
    }
}
