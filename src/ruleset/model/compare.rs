//! Two rulesets side by side: what came, what went, what changed, and for whom.

use super::{
    Criterion, CriterionKind, DeadlineRule, Difference, DossierKind, IncidentType, Instrument, Origin, PartRule,
    Ruleset, SubjectKind, SubjectRules,
};

/// One thing that the two do not have alike.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Delta<'a, T> {
    /// Only the new one has it.
    Added(&'a T),
    /// Only the old one has it.
    Removed(&'a T),
    /// Both have it, in different words: the old, then the new.
    Changed(&'a T, &'a T),
}

/// How many things differ.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// In the new one only.
    pub added: usize,
    /// In the old one only.
    pub removed: usize,
    /// In both, differently.
    pub changed: usize,
}

impl Counts {
    /// Whether nothing differs.
    #[must_use]
    pub const fn is_nothing(self) -> bool {
        self.added + self.removed + self.changed == 0
    }

    fn take<T>(&mut self, deltas: &[Delta<'_, T>]) {
        for delta in deltas {
            match delta {
                Delta::Added(_) => self.added += 1,
                Delta::Removed(_) => self.removed += 1,
                Delta::Changed(..) => self.changed += 1,
            }
        }
    }
}

/// What differs for one kind of unit.
#[derive(Debug, Clone, PartialEq)]
pub struct SubjectComparison<'a> {
    /// Whom it concerns.
    pub subject: SubjectKind,
    /// The kind of unit is judged in one of the two only, or its window or who recognises it changed.
    pub rules: Option<Delta<'a, SubjectRules>>,
    /// Papers of the dossiers.
    pub parts: Vec<(DossierKind, Delta<'a, PartRule>)>,
    /// Criteria, in the order of the new list, those that went at the end.
    pub criteria: Vec<Delta<'a, Criterion>>,
    /// Criteria that both have stand in another order.
    pub reordered: bool,
}

impl SubjectComparison<'_> {
    /// How many things differ for this kind of unit.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        counts.take(self.rules.as_slice());
        counts.take(&self.criteria);
        for (_, part) in &self.parts {
            counts.take(std::slice::from_ref(part));
        }
        counts.changed += usize::from(self.reordered);
        counts
    }
}

/// Everything in which two rulesets differ; code, version and origin aside, which are names and not rules.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison<'a> {
    /// The ruleset compared with.
    pub old: &'a Ruleset,
    /// The ruleset that may take its place.
    pub new: &'a Ruleset,
    /// Title, note, validity or the level above differ.
    pub head: bool,
    /// Legal instruments.
    pub instruments: Vec<Delta<'a, Instrument>>,
    /// Kinds of incidents.
    pub incident_types: Vec<Delta<'a, IncidentType>>,
    /// Dates of the year.
    pub deadlines: Vec<Delta<'a, DeadlineRule>>,
    /// Points where plan and circular differ.
    pub differences: Vec<Delta<'a, Difference>>,
    /// The kinds of units for which something differs, in the order of the law.
    pub subjects: Vec<SubjectComparison<'a>>,
}

impl<'a> Comparison<'a> {
    /// Compares two rulesets. Criteria are the same when they bear the same code, or when the new one says that it was that one.
    #[must_use]
    pub fn of(old: &'a Ruleset, new: &'a Ruleset) -> Self {
        let facts = |it: &'a Ruleset| (&it.title, &it.note, it.valid_from, it.valid_to, it.upper_level);
        let subjects = SubjectKind::ALL.iter().map(|kind| subject(old, new, *kind));
        Self {
            old,
            new,
            head: facts(old) != facts(new),
            instruments: deltas(&old.instruments, &new.instruments, |it| it.number.as_str()),
            incident_types: deltas(&old.incident_types, &new.incident_types, |it| it.code.as_str()),
            deadlines: deltas(&old.deadlines, &new.deadlines, |it| it.code.as_str()),
            differences: deltas(&old.differences, &new.differences, |it| it.point.as_str()),
            subjects: subjects.filter(|it| !it.counts().is_nothing()).collect(),
        }
    }

    /// What differs for one kind of unit; none when nothing does.
    #[must_use]
    pub fn subject(&self, kind: SubjectKind) -> Option<&SubjectComparison<'a>> {
        self.subjects.iter().find(|it| it.subject == kind)
    }

    /// How many things differ in all.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts { changed: usize::from(self.head), ..Counts::default() };
        counts.take(&self.instruments);
        counts.take(&self.incident_types);
        counts.take(&self.deadlines);
        counts.take(&self.differences);
        for subject in self.subjects.iter().map(SubjectComparison::counts) {
            counts.added += subject.added;
            counts.removed += subject.removed;
            counts.changed += subject.changed;
        }
        counts
    }
}

impl<'a> Delta<'a, Criterion> {
    /// The criterion that is, or was last.
    #[must_use]
    pub const fn latest(&self) -> &'a Criterion {
        match self {
            Self::Added(it) | Self::Removed(it) | Self::Changed(_, it) => it,
        }
    }
}

/// Pairs by a key, in the order of the new list, and what went after it.
fn deltas<'a, T: PartialEq>(old: &'a [T], new: &'a [T], key: impl Fn(&T) -> &str) -> Vec<Delta<'a, T>> {
    let same = |list: &'a [T], one: &T| list.iter().find(|other| key(other) == key(one));
    let kept = new.iter().filter_map(|it| match same(old, it) {
        None => Some(Delta::Added(it)),
        Some(before) if before != it => Some(Delta::Changed(before, it)),
        Some(_) => None,
    });
    let gone = old.iter().filter(|it| same(new, it).is_none()).map(Delta::Removed);
    kept.chain(gone).collect()
}

fn subject<'a>(old: &'a Ruleset, new: &'a Ruleset, kind: SubjectKind) -> SubjectComparison<'a> {
    let (before, after) = (old.subject(kind), new.subject(kind));
    let rules = match (before, after) {
        (None, Some(after)) => Some(Delta::Added(after)),
        (Some(before), None) => Some(Delta::Removed(before)),
        (Some(before), Some(after)) if own(before) != own(after) => Some(Delta::Changed(before, after)),
        _ => None,
    };
    let parts = DossierKind::ALL.iter().flat_map(|dossier| {
        let of = |rules: Option<&'a SubjectRules>| rules.map_or(&[][..], |rules| rules.parts(*dossier));
        deltas(of(before), of(after), |part| part.code.as_str()).into_iter().map(|delta| (*dossier, delta))
    });
    let list = |rules: Option<&'a SubjectRules>| rules.map_or(&[][..], |rules| &rules.criteria);
    let kin = Kin { maps: is_copy_of(new, old), old: list(before), new: list(after) };
    SubjectComparison {
        subject: kind,
        rules,
        parts: parts.collect(),
        criteria: kin.deltas(),
        reordered: kin.is_reordered(),
    }
}

/// What a kind of unit has besides lists.
fn own(rules: &SubjectRules) -> impl PartialEq + '_ {
    (&rules.window, rules.recognised_by, &rules.recognition_citation, rules.counts_in_ward_ratio)
}

fn is_copy_of(new: &Ruleset, old: &Ruleset) -> bool {
    new.based_on == Some(Origin { code: old.code.clone(), version: old.version })
}

/// The criteria of a kind of unit before and after.
struct Kin<'a> {
    /// The new ruleset was copied from the old one, so its mapping speaks of the old one's codes.
    maps: bool,
    old: &'a [Criterion],
    new: &'a [Criterion],
}

impl<'a> Kin<'a> {
    /// What a criterion was before.
    fn before(&self, criterion: &Criterion) -> Option<&'a Criterion> {
        let mapped = if self.maps { criterion.was.first() } else { None };
        let code = mapped.unwrap_or(&criterion.code);
        self.old.iter().find(|it| it.code == *code)
    }

    fn deltas(&self) -> Vec<Delta<'a, Criterion>> {
        let kept = self.new.iter().filter_map(|it| match self.before(it) {
            None => Some(Delta::Added(it)),
            Some(before) if !is_alike(before, it) => Some(Delta::Changed(before, it)),
            Some(_) => None,
        });
        let stays = |old: &Criterion| self.new.iter().filter_map(|it| self.before(it)).any(|it| it.code == old.code);
        let gone = self.old.iter().filter(|it| !stays(it)).map(Delta::Removed);
        kept.chain(gone).collect()
    }

    fn is_reordered(&self) -> bool {
        let before: Vec<&str> = self.new.iter().filter_map(|it| self.before(it)).map(|it| it.code.as_str()).collect();
        let kept = |it: &&Criterion| before.contains(&it.code.as_str());
        let stood: Vec<&str> = self.old.iter().filter(kept).map(|it| it.code.as_str()).collect();
        before != stood
    }
}

/// The same rule; what it was called in a third ruleset is no part of it.
fn is_alike(one: &Criterion, other: &Criterion) -> bool {
    type Words<'c> = (&'c str, &'c str, &'c str, &'c str, &'c CriterionKind);
    fn words(it: &Criterion) -> Words<'_> {
        (&it.code, &it.label, &it.title, &it.text, &it.kind)
    }
    let sources = |it: &Criterion| (it.confidence, it.circular.clone(), it.plan.clone(), it.evidence.clone());
    words(one) == words(other) && sources(one) == sources(other)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "in a test the place that fails is the message")]

    use super::*;
    use crate::ruleset::shipped;

    fn by_code(code: &str) -> Ruleset {
        shipped().unwrap().into_iter().find(|it| it.code == code).unwrap()
    }

    fn copy_of(base: &Ruleset) -> Ruleset {
        let based_on = Some(Origin { code: base.code.clone(), version: base.version });
        Ruleset { code: "moi".to_owned(), based_on, ..base.clone() }
    }

    #[test]
    fn a_copy_differs_in_nothing() {
        for base in shipped().unwrap() {
            let copy = copy_of(&base);
            let compared = Comparison::of(&base, &copy);
            assert!(compared.counts().is_nothing() && compared.subjects.is_empty(), "{compared:?}");
        }
    }

    #[test]
    fn criteria_come_go_and_change_for_those_they_judge() {
        let base = by_code("kh390-2024");
        let mut copy = copy_of(&base);
        let groups = &mut copy.subjects[0].criteria;
        groups[2].text = "Lời khác.".to_owned();
        let gone = groups.remove(3);
        let more = Criterion { code: "6".to_owned(), ..groups[0].clone() };
        groups.push(more.clone());
        let compared = Comparison::of(&base, &copy);
        assert_eq!(compared.counts(), Counts { added: 1, removed: 1, changed: 1 });
        let [of_groups] = compared.subjects.as_slice() else { panic!("{compared:?}") };
        assert_eq!(of_groups.subject, SubjectKind::Group);
        let told: Vec<&str> = of_groups.criteria.iter().map(|delta| delta.latest().code.as_str()).collect();
        assert_eq!(told, ["1.3", "6", "2"]);
        assert_eq!(of_groups.criteria[2], Delta::Removed(&gone));
        assert!(!of_groups.reordered);
    }

    #[test]
    fn a_criterion_with_another_code_is_compared_with_what_it_was() {
        let base = by_code("kh390-2024");
        let mut copy = copy_of(&base);
        let renamed = &mut copy.subjects[0].criteria[3];
        renamed.code = "2.1".to_owned();
        renamed.was = vec!["2".to_owned()];
        let compared = Comparison::of(&base, &copy);
        assert_eq!(compared.counts(), Counts { added: 0, removed: 0, changed: 1 });
        // Of a ruleset that it was not copied from, the mapping says nothing.
        let stranger = Ruleset { version: 7, ..base.clone() };
        assert_eq!(Comparison::of(&stranger, &copy).counts(), Counts { added: 1, removed: 1, changed: 0 });
    }

    #[test]
    fn order_window_papers_and_dates_are_seen() {
        let base = by_code("tt124-2021");
        let mut copy = copy_of(&base);
        copy.title = "Bộ của tỉnh".to_owned();
        copy.deadlines[0].day = 20;
        let ward = copy.subjects.iter_mut().find(|it| it.subject == SubjectKind::Ward).unwrap();
        ward.criteria.swap(0, 1);
        ward.window.from.day = 17;
        ward.request[1].hint = "Lời khác.".to_owned();
        let compared = Comparison::of(&base, &copy);
        assert!(compared.head && compared.deadlines.len() == 1);
        let of_ward = compared.subject(SubjectKind::Ward).unwrap();
        assert!(of_ward.reordered && of_ward.criteria.is_empty());
        assert!(matches!(of_ward.rules, Some(Delta::Changed(..))));
        assert!(matches!(of_ward.parts[..], [(DossierKind::Request, Delta::Changed(..))]));
        assert_eq!(compared.counts(), Counts { added: 0, removed: 0, changed: 5 });
    }

    #[test]
    fn a_kind_of_unit_that_only_one_judges_is_said() {
        let (plan, circular) = (by_code("kh390-2024"), by_code("tt124-2021"));
        let compared = Comparison::of(&plan, &circular);
        assert!(matches!(compared.subject(SubjectKind::School).unwrap().rules, Some(Delta::Added(_))));
        let back = Comparison::of(&circular, &plan);
        assert!(matches!(back.subject(SubjectKind::School).unwrap().rules, Some(Delta::Removed(_))));
    }
}
