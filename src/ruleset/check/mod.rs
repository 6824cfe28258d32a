//! What a well-formed ruleset may still get wrong. Pure, so that a file and an editor on screen get
//! the same answers; each fault carries the way to its place.

mod criteria;
mod edit;

use std::collections::HashSet;

use chrono::NaiveDate;

pub use edit::check_edit;

use super::model::{DayRule, DeadlineCode, PartRule, Ruleset, SubjectKind, SubjectRules, WindowRule, WindowYear};

/// One step on the way from the top of a ruleset to a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// A named field.
    Key(&'static str),
    /// A place in a list, from 0.
    Item(usize),
}

/// One mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where it is.
    pub path: Vec<Step>,
    /// Code of the rule, such as `group 3.dd`.
    pub rule: String,
    /// What is wrong and what to do, for the person who wrote it.
    pub sentence: String,
}

/// Every mistake in a ruleset, in the order of its fields; empty when it may be published.
#[must_use]
pub fn check(ruleset: &Ruleset) -> Vec<Fault> {
    let mut faults = Faults::default();
    head(ruleset, &mut faults);
    incident_types(ruleset, &mut faults);
    let mut seen = HashSet::new();
    for (index, rules) in ruleset.subjects.iter().enumerate() {
        let at = Place::new(rules.subject.as_str()).key("subjects").item(index);
        if !seen.insert(rules.subject) {
            faults
                .add(at.clone().key("subject"), format!("Loại đơn vị “{}” đã có ở trên. Gộp làm một.", rules.subject));
        }
        subject(rules, &at, &mut faults);
        criteria::check(ruleset, rules, &at, &mut faults);
    }
    criteria::check_circles(ruleset, &mut faults);
    deadlines(ruleset, &mut faults);
    faults.0
}

/// A place being looked at: the way to it, and the rule it belongs to.
#[derive(Clone)]
struct Place {
    path: Vec<Step>,
    rule: String,
}

impl Place {
    fn new(rule: &str) -> Self {
        Self { path: Vec::new(), rule: rule.to_owned() }
    }

    fn key(mut self, key: &'static str) -> Self {
        self.path.push(Step::Key(key));
        self
    }

    fn item(mut self, index: usize) -> Self {
        self.path.push(Step::Item(index));
        self
    }

    /// The same place, seen as belonging to a rule inside this one.
    fn within(mut self, code: &str) -> Self {
        self.rule = format!("{} {code}", self.rule);
        self
    }
}

#[derive(Default)]
struct Faults(Vec<Fault>);

impl Faults {
    fn add(&mut self, at: Place, sentence: String) {
        self.0.push(Fault { path: at.path, rule: at.rule, sentence });
    }

    /// A text that a person has to be able to read.
    fn require_text(&mut self, at: &Place, key: &'static str, text: &str) {
        if text.trim().is_empty() {
            let sentence = if key.contains("citation") || key == "circular" {
                format!("Chưa có căn cứ ở mục “{key}”. Ghi điều, khoản của văn bản.")
            } else {
                format!("Mục “{key}” đang trống.")
            };
            self.add(at.clone().key(key), sentence);
        }
    }

    /// Codes stand in addresses: lower-case ascii letters, digits, dots and hyphens, and no dot at
    /// either end, since browsers resolve `.` and `..` away.
    fn require_code(&mut self, at: &Place, code: &str) {
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-".contains(c);
        let ends_with_dot = code.starts_with('.') || code.ends_with('.');
        if code.is_empty() || ends_with_dot || !code.chars().all(allowed) {
            self.add(
                at.clone().key("code"),
                format!(
                    "Mã “{code}” không đưa vào địa chỉ được. Dùng chữ thường không dấu, số, dấu \
                     chấm và gạch nối, ví dụ 3.dd."
                ),
            );
        }
    }

    fn require_unique(&mut self, at: &Place, code: &str, is_new: bool) {
        if !is_new {
            let sentence = format!("Mã “{code}” đã dùng ở trên. Chọn mã khác.");
            self.add(at.clone().key("code"), sentence);
        }
    }
}

fn head(ruleset: &Ruleset, faults: &mut Faults) {
    let at = Place::new(&ruleset.code);
    faults.require_code(&at, &ruleset.code);
    faults.require_text(&at, "title", &ruleset.title);
    if ruleset.version == 0 {
        faults.add(at.clone().key("version"), "Phiên bản tính từ 1.".to_owned());
    }
    if ruleset.valid_to.is_some_and(|to| to < ruleset.valid_from) {
        faults.add(at.key("valid_to"), "Ngày hết hiệu lực đứng trước ngày có hiệu lực.".to_owned());
    }
    for kind in [SubjectKind::Group, SubjectKind::Ward] {
        if ruleset.subject(kind).is_none() {
            let sentence = format!("Chưa có quy định cho {}.", kind.name_vi());
            faults.add(Place::new(kind.as_str()).key("subjects"), sentence);
        }
    }
    for (index, instrument) in ruleset.instruments.iter().enumerate() {
        let at = Place::new(&instrument.number).key("instruments").item(index);
        faults.require_text(&at, "number", &instrument.number);
        faults.require_text(&at, "title", &instrument.title);
    }
}

fn incident_types(ruleset: &Ruleset, faults: &mut Faults) {
    let mut seen = HashSet::new();
    for (index, kind) in ruleset.incident_types.iter().enumerate() {
        let at = Place::new(&kind.code).key("incident_types").item(index);
        faults.require_code(&at, &kind.code);
        faults.require_text(&at, "title", &kind.title);
        faults.require_unique(&at, &kind.code, seen.insert(&kind.code));
    }
}

fn subject(rules: &SubjectRules, at: &Place, faults: &mut Faults) {
    faults.require_text(at, "recognition_citation", &rules.recognition_citation);
    window(&rules.window, at.clone().key("window"), faults);
    // Unique over both dossiers, since a criterion names a part by its code alone.
    let mut seen = HashSet::new();
    for (list, parts) in [("registration", &rules.registration), ("request", &rules.request)] {
        for (index, part) in parts.iter().enumerate() {
            let at = at.clone().within(&part.code).key(list).item(index);
            faults.require_unique(&at, &part.code, seen.insert(&part.code));
            part_texts(part, &at, faults);
        }
        if parts.is_empty() {
            let sentence = format!("Danh sách thành phần “{list}” đang trống.");
            faults.add(at.clone().key(list), sentence);
        }
    }
}

fn part_texts(part: &PartRule, at: &Place, faults: &mut Faults) {
    faults.require_code(at, &part.code);
    faults.require_text(at, "title", &part.title);
    faults.require_text(at, "short_title", &part.short_title);
    faults.require_text(at, "hint", &part.hint);
    faults.require_text(at, "citation", &part.citation);
}

fn window(rule: &WindowRule, at: Place, faults: &mut Faults) {
    let at = at.within("window");
    faults.require_text(&at, "citation", &rule.citation);
    let days_exist = [("from", rule.from), ("to", rule.to)].map(|(key, day)| {
        let exists = exists_every_year(day.day, day.month);
        if !exists {
            faults.add(at.clone().key(key), no_such_day(day.day, day.month));
        }
        exists
    });
    if days_exist == [true, true] && order(rule.from) > order(rule.to) {
        faults.add(at.key("to"), format!("Kỳ không có ngày nào: {} đứng sau {}.", day_vi(rule.from), day_vi(rule.to)));
    }
}

fn order(day: DayRule) -> (WindowYear, u32, u32) {
    (day.year, day.month, day.day)
}

fn day_vi(day: DayRule) -> String {
    let year = match day.year {
        WindowYear::Previous => "năm trước",
        WindowYear::Cycle => "năm nay",
    };
    format!("{}/{} {year}", day.day, day.month)
}

fn deadlines(ruleset: &Ruleset, faults: &mut Faults) {
    let mut seen = HashSet::new();
    for (index, rule) in ruleset.deadlines.iter().enumerate() {
        let at = Place::new(rule.code.as_str()).key("deadlines").item(index);
        faults.require_unique(&at, rule.code.as_str(), seen.insert(rule.code));
        faults.require_text(&at, "title", &rule.title);
        faults.require_text(&at, "who", &rule.who);
        faults.require_text(&at, "citation", &rule.citation);
        if !exists_every_year(rule.day, rule.month) {
            // The month is the wrong one of the two only when no day of it could be right.
            let key = if (1..=12).contains(&rule.month) { "day" } else { "month" };
            faults.add(at.key(key), no_such_day(rule.day, rule.month));
        }
    }
    for code in DeadlineCode::ALL {
        if !seen.contains(code) {
            faults.add(Place::new(code.as_str()).key("deadlines"), format!("Chưa có hạn “{code}”."));
        }
    }
}

/// 2023 has no 29 February, and a rule has to hold in every year.
fn exists_every_year(day: u32, month: u32) -> bool {
    NaiveDate::from_ymd_opt(2023, month, day).is_some()
}

fn no_such_day(day: u32, month: u32) -> String {
    if (day, month) == (29, 2) {
        "Ngày 29/2 không phải năm nào cũng có. Ghi 28/2 hoặc 1/3.".to_owned()
    } else {
        format!("Ngày {day}/{month} không có trong lịch.")
    }
}
