//! The same mistakes, asked about one edit: what is wrong where it was typed, and what it broke elsewhere.

use super::{Fault, Step, check};
use crate::ruleset::model::{Piece, Ruleset, SubjectKind};

/// What is wrong at the place that was written, with the way from there on, and every mistake elsewhere that was not there before, with
/// the last step of its way. A mistake that somebody else left at another place does not stop an edit.
#[must_use]
pub fn check_edit(before: &Ruleset, after: &Ruleset, written: &Piece) -> Vec<Fault> {
    let known = check(before);
    let is_known = |fault: &Fault| known.iter().any(|it| it.rule == fault.rule && it.sentence == fault.sentence);
    let place = place(after, written);
    let told = |fault: Fault| match within(&fault.path, &place, written) {
        Some(rest) => Some(Fault { path: rest.to_vec(), ..fault }),
        None if is_known(&fault) => None,
        None => Some(Fault { path: fault.path.last().copied().into_iter().collect(), ..fault }),
    };
    check(after).into_iter().filter_map(told).collect()
}

/// The rest of a way that leads through a place.
fn within<'p>(path: &'p [Step], place: &[Step], piece: &Piece) -> Option<&'p [Step]> {
    let rest = path.strip_prefix(place)?;
    match (piece, rest) {
        // The top of a ruleset holds everything; its head is its single fields.
        (Piece::Head, [Step::Key("title" | "note" | "valid_from" | "valid_to")]) => Some(rest),
        (Piece::Head, _) => None,
        (Piece::Conditions(..), [Step::Key("kind"), inner @ ..]) => Some(inner),
        (Piece::Conditions(..), _) => None,
        _ => Some(rest),
    }
}

/// The way to a piece of a ruleset.
fn place(ruleset: &Ruleset, piece: &Piece) -> Vec<Step> {
    let found = match piece {
        Piece::Head | Piece::Whole => Some(vec![]),
        Piece::Window(kind) => below(ruleset, *kind, "window", None),
        Piece::Part(kind, code) => ["registration", "request"].into_iter().find_map(|list| {
            let rules = ruleset.subject(*kind)?;
            let parts = if list == "request" { &rules.request } else { &rules.registration };
            below(ruleset, *kind, list, Some(parts.iter().position(|part| part.code == *code)?))
        }),
        Piece::Deadline(code) => top("deadlines", ruleset.deadlines.iter().position(|it| it.code == *code)),
        // Of two with the same code the later one is the new one.
        Piece::IncidentType(code) => {
            top("incident_types", ruleset.incident_types.iter().rposition(|it| it.code == *code))
        }
        Piece::Criterion(kind, code) | Piece::Conditions(kind, code) => ruleset.subject(*kind).and_then(|rules| {
            below(ruleset, *kind, "criteria", Some(rules.criteria.iter().rposition(|it| it.code == *code)?))
        }),
        Piece::NewIncidentType | Piece::NewCriterion(_) => None,
    };
    // A piece that is not there any more has no place; a way that nothing has stands for it.
    found.unwrap_or_else(|| vec![Step::Item(usize::MAX)])
}

fn top(list: &'static str, at: Option<usize>) -> Option<Vec<Step>> {
    Some(vec![Step::Key(list), Step::Item(at?)])
}

fn below(ruleset: &Ruleset, kind: SubjectKind, key: &'static str, at: Option<usize>) -> Option<Vec<Step>> {
    let subject = ruleset.subjects.iter().position(|rules| rules.subject == kind)?;
    let head = [Step::Key("subjects"), Step::Item(subject), Step::Key(key)];
    Some(head.into_iter().chain(at.map(Step::Item)).collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "in a test the place that fails is the message")]

    use super::*;
    use crate::ruleset::model::{CriterionKind, Edit, Head};
    use crate::ruleset::shipped;

    const GROUP: SubjectKind = SubjectKind::Group;

    fn plan() -> Ruleset {
        shipped().unwrap().remove(0)
    }

    fn asked(before: &Ruleset, edit: &Edit) -> Vec<(Vec<Step>, String)> {
        let faults = check_edit(before, &edit.apply(before).unwrap(), &edit.written());
        faults.into_iter().map(|fault| (fault.path, fault.sentence)).collect()
    }

    #[test]
    fn the_way_begins_at_what_was_written() {
        let mut plan = plan();
        let mut window = plan.subjects[0].window.clone();
        (window.to.day, window.to.month) = (31, 11);
        let told = asked(&plan, &Edit::Window(GROUP, window));
        assert_eq!(told, [(vec![Step::Key("to")], "Ngày 31/11 không có trong lịch.".to_owned())]);
        // What is wrong elsewhere already does not stand in the way of a head.
        plan.deadlines[0].day = 40;
        let head = Head { valid_to: Some(plan.valid_from.pred_opt().unwrap()), ..Head::of(&plan) };
        let told = asked(&plan, &Edit::Head(head));
        assert_eq!(told, [(vec![Step::Key("valid_to")], "Ngày hết hiệu lực đứng trước ngày có hiệu lực.".to_owned())]);
    }

    #[test]
    fn a_circle_is_told_wherever_it_is_closed() {
        let plan = plan();
        // The ward's second criterion rests on the group's second one; this closes the circle from the group's side.
        let of_ward = CriterionKind::RollUp { subject: SubjectKind::Ward, of: vec!["2".to_owned()] };
        let told = asked(&plan, &Edit::Conditions(GROUP, "2".to_owned(), of_ward));
        assert_eq!(told.len(), 1);
        assert!(told[0].0.is_empty() && told[0].1.starts_with("Tiêu chí dựa vào chính nó"), "{told:?}");
        // And from the side of the one that stands later in the file.
        let of_group = CriterionKind::RollUp { subject: GROUP, of: vec!["5".to_owned()] };
        let before = Edit::Conditions(
            GROUP,
            "5".to_owned(),
            CriterionKind::RollUp { subject: SubjectKind::Ward, of: vec!["3".to_owned()] },
        );
        let before = before.apply(&plan).unwrap();
        let told = asked(&before, &Edit::Conditions(SubjectKind::Ward, "3".to_owned(), of_group));
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].0, [Step::Key("kind")]);
    }

    #[test]
    fn a_code_that_is_taken_is_told_at_the_code() {
        let plan = plan();
        let stands = plan.subjects[0].criteria[0].clone();
        let taken = crate::ruleset::Criterion { code: "1.2".to_owned(), ..stands };
        let told = asked(&plan, &Edit::Criterion(GROUP, "1.1".to_owned(), taken));
        assert!(told.iter().any(|(path, said)| *path == [Step::Key("code")] && said.contains("đã dùng")), "{told:?}");
    }
}
