//! Two rulesets side by side, in words: what changes for whom.

use super::facts::{self, Facts, apart, lines};
use crate::ruleset::model::{Comparison, Counts, Delta, SubjectComparison};
use crate::ruleset::{Criterion, DossierKind, Ruleset, SubjectKind, SubjectRules};
use crate::words::dossier::Tag;

/// Everything that changes for somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Whom it concerns, or what.
    pub heading: &'static str,
    /// What happens, in one line.
    pub summary: String,
    /// One by one.
    pub entries: Vec<Entry>,
}

/// One thing that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it is.
    pub title: String,
    /// Added, removed, changed.
    pub tag: Tag,
    /// The old words; none when there were none.
    pub old: Option<String>,
    /// The new words; none when there are none any more.
    pub new: Option<String>,
}

/// How a thing stands to the ruleset it was copied from.
#[must_use]
pub const fn tag<T>(delta: &Delta<'_, T>) -> Tag {
    match delta {
        Delta::Added(_) => Tag { word: "Thêm", icon: "circle-check", tone: "good" },
        Delta::Removed(_) => Tag { word: "Bỏ", icon: "circle-x", tone: "bad" },
        Delta::Changed(..) => CHANGED,
    }
}

/// The tag of what changed.
pub const CHANGED: Tag = Tag { word: "Sửa", icon: "pencil-line", tone: "soon" };

/// "thêm 1, bỏ 0, sửa 2".
#[must_use]
pub fn counts(counts: Counts) -> String {
    if counts.is_nothing() {
        return "không khác bộ gốc".to_owned();
    }
    format!("thêm {}, bỏ {}, sửa {}", counts.added, counts.removed, counts.changed)
}

/// The kind of unit of a sentence that goes on.
fn summary(of: &SubjectComparison<'_>) -> String {
    match of.rules {
        Some(Delta::Added(_)) => return "Bộ cũ không xét, bộ mới xét.".to_owned(),
        Some(Delta::Removed(_)) => return "Bộ cũ xét, bộ mới không xét.".to_owned(),
        _ => {}
    }
    let mut said = vec![];
    let mut criteria = Counts::default();
    for delta in &of.criteria {
        match delta {
            Delta::Added(_) => criteria.added += 1,
            Delta::Removed(_) => criteria.removed += 1,
            Delta::Changed(..) => criteria.changed += 1,
        }
    }
    if !criteria.is_nothing() {
        said.push(format!("tiêu chí: {}", counts(criteria)));
    }
    if of.reordered {
        said.push("tiêu chí xếp lại thứ tự".to_owned());
    }
    if !of.parts.is_empty() {
        said.push(format!("{} thành phần hồ sơ khác trước", of.parts.len()));
    }
    if of.rules.is_some() {
        said.push("kỳ đánh giá hoặc cấp công nhận khác trước".to_owned());
    }
    format!("{}.", super::capital(&said.join("; ")))
}

fn entry<T>(title: String, delta: &Delta<'_, T>, old: impl Fn(&T) -> Facts, new: impl Fn(&T) -> Facts) -> Entry {
    let (before, after) = match delta {
        Delta::Added(it) => (None, Some(lines(&new(it)))),
        Delta::Removed(it) => (Some(lines(&old(it))), None),
        Delta::Changed(before, after) => {
            let (before, after) = apart(&old(before), &new(after));
            (Some(lines(&before)), Some(lines(&after)))
        }
    };
    Entry { title, tag: tag(delta), old: before, new: after }
}

/// The thing that is, or was last.
const fn latest<'a, T>(delta: &Delta<'a, T>) -> &'a T {
    match delta {
        Delta::Added(it) | Delta::Removed(it) | Delta::Changed(_, it) => it,
    }
}

fn simple<T>(
    heading: &'static str,
    deltas: &[Delta<'_, T>],
    title: fn(&T) -> &str,
    facts: fn(&T) -> Facts,
) -> Option<Section> {
    let entries: Vec<Entry> =
        deltas.iter().map(|delta| entry(title(latest(delta)).to_owned(), delta, facts, facts)).collect();
    let summary = format!("{} chỗ khác.", entries.len());
    (!entries.is_empty()).then_some(Section { heading, summary, entries })
}

fn heading_of_criterion(it: &Criterion) -> String {
    format!("{}. {}", it.label, it.title)
}

/// A kind of unit that one of the two does not judge: its criteria say enough.
fn alone(ruleset: &Ruleset, rules: &SubjectRules) -> Facts {
    facts::subject(ruleset, rules)
}

fn of_subject(all: &Comparison<'_>, of: &SubjectComparison<'_>) -> Section {
    let kind: SubjectKind = of.subject;
    let mut entries = vec![];
    if let Some(rules) = &of.rules {
        entries.push(entry(
            "Kỳ đánh giá và công nhận".to_owned(),
            rules,
            |it| alone(all.old, it),
            |it| alone(all.new, it),
        ));
    }
    for delta in &of.criteria {
        let title = heading_of_criterion(delta.latest());
        entries.push(entry(
            title,
            delta,
            |it| facts::criterion(all.old, kind, it),
            |it| facts::criterion(all.new, kind, it),
        ));
    }
    if of.reordered {
        let order = |ruleset: &Ruleset| {
            let criteria = ruleset.subject(kind).map_or(&[][..], |rules| &rules.criteria);
            criteria.iter().map(|it| it.label.as_str()).collect::<Vec<_>>().join("\n")
        };
        let (old, new) = (Some(order(all.old)), Some(order(all.new)));
        entries.push(Entry { title: "Thứ tự tiêu chí".to_owned(), tag: CHANGED, old, new });
    }
    for (dossier, delta) in &of.parts {
        let dossier: DossierKind = *dossier;
        let title = format!("{}: {}", super::capital(dossier.name_vi()), latest(delta).title);
        entries.push(entry(title, delta, facts::part, facts::part));
    }
    Section { heading: super::subject(kind), summary: summary(of), entries }
}

/// What changes, and for whom; empty when nothing does.
#[must_use]
pub fn sections(all: &Comparison<'_>) -> Vec<Section> {
    let mut sections: Vec<Section> = all.subjects.iter().map(|of| of_subject(all, of)).collect();
    sections.extend(simple("Các hạn trong năm", &all.deadlines, |it| &it.title, facts::deadline));
    sections.extend(simple("Loại vụ việc", &all.incident_types, |it| &it.title, facts::incident));
    if all.head {
        let changed = Delta::Changed(all.old, all.new);
        let named = entry("Tên, ghi chú, thời gian chọn".to_owned(), &changed, facts::whole_head, facts::whole_head);
        let summary = "Cách gọi và thời gian chọn khác trước.".to_owned();
        sections.push(Section { heading: "Phần đầu", summary, entries: vec![named] });
    }
    sections.extend(simple("Văn bản làm căn cứ", &all.instruments, |it| &it.number, facts::instrument));
    sections.extend(simple(
        "Chỗ kế hoạch và thông tư khác nhau",
        &all.differences,
        (|it| &it.point, facts::difference),
    ));
    sections
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "in a test the place that fails is the message")]

    use super::*;
    use crate::ruleset::shipped;

    #[test]
    fn only_what_differs_is_set_side_by_side() {
        let plan = shipped().unwrap().remove(0);
        let mut new = plan.clone();
        new.subjects[0].criteria[2].text = "Lời khác.".to_owned();
        let told = sections(&Comparison::of(&plan, &new));
        assert_eq!(told.len(), 1);
        assert_eq!((told[0].heading, told[0].summary.as_str()), ("Tổ dân phố", "Tiêu chí: thêm 0, bỏ 0, sửa 1."));
        let [entry] = told[0].entries.as_slice() else { panic!("{told:?}") };
        assert_eq!(entry.new.as_deref(), Some("Nội dung: Lời khác."));
        assert!(entry.old.as_deref().unwrap().starts_with("Nội dung: "));
    }

    #[test]
    fn every_pair_of_shipped_rulesets_can_be_told() {
        let all = shipped().unwrap();
        for (old, new) in all.iter().flat_map(|old| all.iter().map(move |new| (old, new))) {
            let told = sections(&Comparison::of(old, new));
            assert_eq!(told.is_empty(), old == new, "{} {}", old.code, new.code);
            for entry in told.iter().flat_map(|section| &section.entries) {
                assert!(entry.old != entry.new, "{} says nothing", entry.title);
            }
        }
    }
}
