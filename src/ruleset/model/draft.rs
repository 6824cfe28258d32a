//! A ruleset that a steward writes, before it is published.

use chrono::{DateTime, NaiveDate, Utc};
use sha2::{Digest, Sha256};

use super::{
    Criterion, CriterionKind, DeadlineCode, DeadlineRule, DossierKind, IncidentType, PartRule, Ruleset, SubjectKind,
    SubjectRules, WindowRule,
};
use crate::platform::id::{RulesetDraftId, RulesetId, UnitId};

/// A draft. Its body is always well-formed; what may still be wrong with it, `ruleset::check` finds.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Its id.
    pub id: RulesetDraftId,
    /// The city of whoever writes it.
    pub city: UnitId,
    /// The ward, for a ward's own rules.
    pub ward: Option<UnitId>,
    /// The published ruleset it was copied from.
    pub based_on: RulesetId,
    /// What is written so far.
    pub body: Ruleset,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
    /// By whom.
    pub updated_by: String,
    /// Code and version under which it was published; it can then be changed no more.
    pub published: Option<(String, i32)>,
}

/// What a ruleset says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// What a person calls it.
    pub title: String,
    /// For whom it is meant.
    pub note: String,
    /// First day on which it may be chosen.
    pub valid_from: NaiveDate,
    /// Last day on which it may be chosen.
    pub valid_to: Option<NaiveDate>,
}

impl Head {
    /// The head of a ruleset.
    #[must_use]
    pub fn of(ruleset: &Ruleset) -> Self {
        let (title, note) = (ruleset.title.clone(), ruleset.note.clone());
        Self { title, note, valid_from: ruleset.valid_from, valid_to: ruleset.valid_to }
    }
}

/// A place of a ruleset that one page edits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Title, note, validity.
    Head,
    /// The days that count for a kind of unit.
    Window(SubjectKind),
    /// A paper of a dossier, by its code.
    Part(SubjectKind, String),
    /// A date of the year.
    Deadline(DeadlineCode),
    /// A kind of incident, by its code.
    IncidentType(String),
    /// A kind of incident that is not there yet.
    NewIncidentType,
    /// The words of a criterion, by its code.
    Criterion(SubjectKind, String),
    /// A criterion that is not there yet.
    NewCriterion(SubjectKind),
    /// How a criterion is decided.
    Conditions(SubjectKind, String),
    /// All of it, as a file holds it.
    Whole,
}

impl Piece {
    /// Tells what stands at this place now, so that a form drawn from something else is known to be stale; none when nothing stands there.
    #[must_use]
    pub fn mark(&self, ruleset: &Ruleset) -> Option<String> {
        let stands = match self {
            Self::Head => format!("{:?}", Head::of(ruleset)),
            Self::Window(kind) => format!("{:?}", ruleset.subject(*kind)?.window),
            Self::Part(kind, code) => format!("{:?}", part(ruleset.subject(*kind)?, code)?),
            Self::Deadline(code) => format!("{:?}", ruleset.deadline(*code)?),
            Self::IncidentType(code) => format!("{:?}", ruleset.incident_types.iter().find(|it| it.code == *code)?),
            // Two people who add something are not in each other's way.
            Self::NewIncidentType | Self::NewCriterion(_) => String::new(),
            Self::Criterion(kind, code) => {
                let criterion = ruleset.subject(*kind)?.criterion(code)?.clone();
                format!("{:?}", Criterion { kind: CriterionKind::Judgement, ..criterion })
            }
            Self::Conditions(kind, code) => format!("{:?}", ruleset.subject(*kind)?.criterion(code)?.kind),
            Self::Whole => ruleset.canonical_json(),
        };
        Some(hex::encode(&Sha256::digest(stands.as_bytes())[..8]))
    }
}

/// A paper of either dossier; codes are unique over both.
fn part<'a>(rules: &'a SubjectRules, code: &str) -> Option<&'a PartRule> {
    DossierKind::ALL.iter().find_map(|kind| rules.part(*kind, code))
}

/// One change of a draft.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// Another head.
    Head(Head),
    /// Other days that count.
    Window(SubjectKind, WindowRule),
    /// Another wording of a paper.
    Part(SubjectKind, PartRule),
    /// Another date.
    Deadline(DeadlineRule),
    /// One more kind of incident.
    AddIncidentType(IncidentType),
    /// Another name for one.
    RenameIncidentType(IncidentType),
    /// One kind less.
    RemoveIncidentType(String),
    /// One more criterion, at the end of the list.
    AddCriterion(SubjectKind, Criterion),
    /// Other words for the criterion of that code; how it is decided stays.
    Criterion(SubjectKind, String, Criterion),
    /// Another way of deciding.
    Conditions(SubjectKind, String, CriterionKind),
    /// One criterion less.
    RemoveCriterion(SubjectKind, String),
    /// A criterion at another place of the list, from 0.
    PlaceCriterion(SubjectKind, String, usize),
    /// Everything anew; code, version and origin stay the draft's own.
    Whole(Box<Ruleset>),
}

/// Why an edit cannot be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unfit {
    /// What it is about is not there any more.
    Gone,
    /// Criteria rest on it: label and kind of unit of each.
    InUse(Vec<(String, SubjectKind)>),
}

impl Edit {
    /// The place it is about.
    #[must_use]
    pub fn piece(&self) -> Piece {
        match self {
            Self::Head(_) => Piece::Head,
            Self::Window(kind, _) => Piece::Window(*kind),
            Self::Part(kind, part) => Piece::Part(*kind, part.code.clone()),
            Self::Deadline(rule) => Piece::Deadline(rule.code),
            Self::AddIncidentType(_) => Piece::NewIncidentType,
            Self::RenameIncidentType(kind) => Piece::IncidentType(kind.code.clone()),
            Self::RemoveIncidentType(code) => Piece::IncidentType(code.clone()),
            Self::AddCriterion(kind, _) => Piece::NewCriterion(*kind),
            Self::Criterion(kind, code, _)
            | Self::RemoveCriterion(kind, code)
            | Self::PlaceCriterion(kind, code, _) => Piece::Criterion(*kind, code.clone()),
            Self::Conditions(kind, code, _) => Piece::Conditions(*kind, code.clone()),
            Self::Whole(_) => Piece::Whole,
        }
    }

    /// Where what it wrote stands afterwards: a criterion may have got another code, a new thing has a place of its own.
    #[must_use]
    pub fn written(&self) -> Piece {
        match self {
            Self::AddIncidentType(kind) => Piece::IncidentType(kind.code.clone()),
            Self::AddCriterion(kind, new) | Self::Criterion(kind, _, new) => Piece::Criterion(*kind, new.code.clone()),
            other => other.piece(),
        }
    }

    /// The ruleset with the edit done. Doing it twice gives what doing it once gave.
    ///
    /// # Errors
    /// [`Unfit`].
    pub fn apply(&self, before: &Ruleset) -> Result<Ruleset, Unfit> {
        let mut after = before.clone();
        match self {
            Self::Head(head) => write_head(&mut after, head),
            Self::Window(kind, window) => subject(&mut after, *kind)?.window = window.clone(),
            Self::Part(kind, new) => *part_mut(subject(&mut after, *kind)?, &new.code)? = new.clone(),
            Self::Deadline(rule) => {
                let stands = after.deadlines.iter_mut().find(|it| it.code == rule.code);
                *stands.ok_or(Unfit::Gone)? = rule.clone();
            }
            Self::AddIncidentType(kind) => add(&mut after.incident_types, kind),
            Self::RenameIncidentType(kind) => {
                let stands = after.incident_types.iter_mut().find(|it| it.code == kind.code);
                stands.ok_or(Unfit::Gone)?.title.clone_from(&kind.title);
            }
            Self::RemoveIncidentType(code) => {
                free(before, |leaf, _| counts(leaf, code))?;
                after.incident_types.retain(|it| it.code != *code);
            }
            Self::AddCriterion(kind, new) => add(&mut subject(&mut after, *kind)?.criteria, new),
            Self::Criterion(kind, code, new) => reword(&mut after, *kind, (code, new))?,
            Self::Conditions(kind, code, new) => criterion(&mut after, *kind, code)?.kind = new.clone(),
            Self::RemoveCriterion(kind, code) => {
                free(before, |leaf, own| own != (*kind, code) && rests_on(leaf, *kind, code))?;
                subject(&mut after, *kind)?.criteria.retain(|it| it.code != *code);
            }
            Self::PlaceCriterion(kind, code, to) => place(subject(&mut after, *kind)?, code, *to)?,
            Self::Whole(new) => {
                let (code, version, based_on) = (before.code.clone(), before.version, before.based_on.clone());
                after = Ruleset { code, version, based_on, ..(**new).clone() };
            }
        }
        Ok(after)
    }
}

fn write_head(ruleset: &mut Ruleset, head: &Head) {
    ruleset.title.clone_from(&head.title);
    ruleset.note.clone_from(&head.note);
    (ruleset.valid_from, ruleset.valid_to) = (head.valid_from, head.valid_to);
}

/// Adds at the end, but not the very same thing twice.
fn add<T: PartialEq + Clone>(list: &mut Vec<T>, one: &T) {
    if !list.contains(one) {
        list.push(one.clone());
    }
}

fn subject(ruleset: &mut Ruleset, kind: SubjectKind) -> Result<&mut SubjectRules, Unfit> {
    ruleset.subjects.iter_mut().find(|rules| rules.subject == kind).ok_or(Unfit::Gone)
}

fn part_mut<'a>(rules: &'a mut SubjectRules, code: &str) -> Result<&'a mut PartRule, Unfit> {
    rules.registration.iter_mut().chain(&mut rules.request).find(|part| part.code == code).ok_or(Unfit::Gone)
}

fn criterion<'a>(ruleset: &'a mut Ruleset, kind: SubjectKind, code: &str) -> Result<&'a mut Criterion, Unfit> {
    subject(ruleset, kind)?.criteria.iter_mut().find(|it| it.code == code).ok_or(Unfit::Gone)
}

/// Writes other words for a criterion. Whoever rests on its old code rests on the new one from now on.
fn reword(ruleset: &mut Ruleset, kind: SubjectKind, (code, new): (&str, &Criterion)) -> Result<(), Unfit> {
    // Sent twice with another code: the first one did it.
    let code = if criterion(ruleset, kind, code).is_ok() { code } else { &new.code };
    let stands = criterion(ruleset, kind, code)?;
    *stands = Criterion { kind: stands.kind.clone(), ..new.clone() };
    if code != new.code {
        let all = ruleset.subjects.iter_mut().flat_map(|rules| &mut rules.criteria);
        all.for_each(|it| follow(&mut it.kind, kind, (code, &new.code)));
    }
    Ok(())
}

fn follow(leaf: &mut CriterionKind, kind: SubjectKind, (from, to): (&str, &str)) {
    match leaf {
        CriterionKind::RollUp { subject, of } if *subject == kind => {
            of.iter_mut().filter(|code| *code == from).for_each(|code| to.clone_into(code));
        }
        CriterionKind::All { of } => of.iter_mut().for_each(|inner| follow(inner, kind, (from, to))),
        _ => {}
    }
}

fn place(rules: &mut SubjectRules, code: &str, to: usize) -> Result<(), Unfit> {
    let at = rules.criteria.iter().position(|it| it.code == code).ok_or(Unfit::Gone)?;
    let moved = rules.criteria.remove(at);
    rules.criteria.insert(to.min(rules.criteria.len()), moved);
    Ok(())
}

/// Refuses while a criterion rests on something: `rests` is asked about each condition and the criterion it belongs to.
fn free(ruleset: &Ruleset, rests: impl Fn(&CriterionKind, (SubjectKind, &String)) -> bool) -> Result<(), Unfit> {
    let mut users = vec![];
    for rules in &ruleset.subjects {
        let uses = |it: &&Criterion| it.kind.leaves().iter().any(|leaf| rests(leaf, (rules.subject, &it.code)));
        users.extend(rules.criteria.iter().filter(uses).map(|it| (it.label.clone(), rules.subject)));
    }
    if users.is_empty() { Ok(()) } else { Err(Unfit::InUse(users)) }
}

fn counts(leaf: &CriterionKind, code: &str) -> bool {
    match leaf {
        CriterionKind::ZeroEvents { types: codes, .. } | CriterionKind::Trend { categories: codes } => {
            codes.iter().any(|it| it == code)
        }
        _ => false,
    }
}

fn rests_on(leaf: &CriterionKind, kind: SubjectKind, code: &str) -> bool {
    matches!(leaf, CriterionKind::RollUp { subject, of } if *subject == kind && of.iter().any(|it| it == code))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "in a test the place that fails is the message")]

    use super::*;
    use crate::ruleset::{check, shipped};

    const GROUP: SubjectKind = SubjectKind::Group;

    fn plan() -> Ruleset {
        shipped().unwrap().into_iter().find(|it| it.code == "kh390-2024").unwrap()
    }

    fn criterion_of(ruleset: &Ruleset, code: &str) -> Criterion {
        ruleset.subject(GROUP).unwrap().criterion(code).unwrap().clone()
    }

    #[test]
    fn an_edit_done_twice_is_an_edit_done_once() {
        let plan = plan();
        let new = Criterion { code: "6".to_owned(), ..criterion_of(&plan, "2") };
        let incident = IncidentType { code: "ma-tuy".to_owned(), title: "Ma túy".to_owned() };
        for edit in [
            Edit::Head(Head { title: "Khác".to_owned(), ..Head::of(&plan) }),
            Edit::AddCriterion(GROUP, new.clone()),
            Edit::Criterion(GROUP, "2".to_owned(), new),
            Edit::RemoveCriterion(GROUP, "5".to_owned()),
            Edit::PlaceCriterion(GROUP, "5".to_owned(), 0),
            Edit::Conditions(GROUP, "5".to_owned(), CriterionKind::Judgement),
            Edit::AddIncidentType(incident),
        ] {
            let once = edit.apply(&plan).unwrap();
            assert_ne!(once, plan, "{edit:?}");
            assert_eq!(edit.apply(&once).as_ref(), Ok(&once), "{edit:?}");
        }
    }

    #[test]
    fn what_rests_on_a_code_follows_it() {
        let plan = plan();
        let renamed = Criterion { code: "2.1".to_owned(), ..criterion_of(&plan, "2") };
        let after = Edit::Criterion(GROUP, "2".to_owned(), renamed).apply(&plan).unwrap();
        assert_eq!(check(&after), []);
        let of_ward = after.subject(SubjectKind::Ward).unwrap().criterion("2").unwrap();
        assert!(rests_on(of_ward.kind.leaves()[0], GROUP, "2.1"));
    }

    #[test]
    fn what_criteria_use_is_not_removed() {
        let plan = plan();
        let unfit = Edit::RemoveIncidentType("ly-khai".to_owned()).apply(&plan).unwrap_err();
        assert_eq!(unfit, Unfit::InUse(vec![("Khoản 3 điểm đ".to_owned(), GROUP)]));
        let unfit = Edit::RemoveCriterion(GROUP, "3.a".to_owned()).apply(&plan).unwrap_err();
        assert_eq!(unfit, Unfit::InUse(vec![("Khoản 2".to_owned(), SubjectKind::Ward)]));
        assert!(Edit::RemoveCriterion(GROUP, "5".to_owned()).apply(&plan).is_ok());
    }

    #[test]
    fn a_mark_changes_with_its_place_alone() {
        let plan = plan();
        let five = |piece: fn(SubjectKind, String) -> Piece| piece(GROUP, "5".to_owned());
        let (words, kind) = (five(Piece::Criterion), five(Piece::Conditions));
        let after = Edit::Conditions(GROUP, "5".to_owned(), CriterionKind::Judgement).apply(&plan).unwrap();
        assert_eq!(words.mark(&plan), words.mark(&after));
        assert_ne!(kind.mark(&plan), kind.mark(&after));
        assert_ne!(Piece::Whole.mark(&plan), Piece::Whole.mark(&after));
        assert_eq!(Piece::Criterion(GROUP, "99".to_owned()).mark(&plan), None);
    }

    #[test]
    fn a_file_brings_rules_and_no_name() {
        let plan = plan();
        let draft = Ruleset { code: "pl-2025".to_owned(), version: 3, ..plan.clone() };
        let circular = shipped().unwrap().remove(1);
        let after = Edit::Whole(Box::new(circular.clone())).apply(&draft).unwrap();
        assert_eq!((after.code.as_str(), after.version, &after.based_on), ("pl-2025", 3, &draft.based_on));
        assert_eq!(after.subjects, circular.subjects);
    }
}
