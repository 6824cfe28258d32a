use chrono::DateTime;
use proptest::prelude::*;
use uuid::Uuid;

use super::super::agenda::tests::{paper, sample_criteria};
use super::super::{Attendee, Item, Meeting, Opinion, Seen, State, Votes, VotesFault};
use super::*;
use crate::access::Place;
use crate::dossier::model::Finding;

fn person(number: u128, part: Part) -> Attendee {
    Attendee {
        id: Uuid::from_u128(number).into(),
        name: format!("Người {number}"),
        office: String::new(),
        part,
        votes: part != Part::Guest,
        present: Some(true),
    }
}

fn item(number: u8, conclusion: Conclusion) -> Item {
    let paper = paper(number);
    Item {
        dossier: paper.dossier,
        ordinal: i32::from(number),
        vote: Votes::unanimous(3).ok().map(|votes| (Conclusion::Recommend, votes)),
        conclusion: Some(conclusion),
        reason: None,
        seen: Some(paper.seen),
        revision: 2,
        updated: None,
    }
}

/// A committee of three who are there, over three dossiers that they recommended.
fn whole() -> Whole {
    let moment = DateTime::UNIX_EPOCH;
    Whole {
        meeting: Meeting {
            id: Uuid::from_u128(9).into(),
            place: Place { city: Uuid::from_u128(1).into(), ward: Uuid::from_u128(2).into(), group: None },
            cycle: Uuid::from_u128(5).into(),
            title: "Họp Ban chỉ đạo".to_owned(),
            venue: None,
            planned_at: moment,
            opened_at: Some(moment),
            closed: None,
            ballot: Ballot::Hand,
            quorum_percent: None,
            revision: 2,
        },
        year: 2024,
        ruleset: Uuid::from_u128(6).into(),
        ward_name: "phường Phước Long".to_owned(),
        group_name: None,
        people: vec![
            person(1, Part::Chair),
            person(2, Part::Secretary),
            person(3, Part::Member),
            person(4, Part::Guest),
        ],
        items: (1..=3).map(|number| item(number, Conclusion::Recommend)).collect(),
        opinions: vec![],
    }
}

fn now() -> Vec<(Paper, bool)> {
    (1..=3).map(|number| (paper(number), true)).collect()
}

#[test]
fn a_whole_meeting_can_be_closed() {
    assert_eq!(whole().meeting.state(), State::Open);
    assert_eq!(faults(&whole(), &now()), []);
}

#[test]
fn people_come_first() {
    let mut away = whole();
    away.people[0].present = Some(false);
    assert_eq!(faults(&away, &now()), [Fault::Missing(Part::Chair)]);
    let mut uncalled = whole();
    uncalled.people.iter_mut().for_each(|person| person.present = None);
    assert_eq!(faults(&uncalled, &now()), [Fault::NoRoll]);
    let mut few = whole();
    few.meeting.quorum_percent = Some(67);
    few.people[2].present = Some(false);
    assert_eq!(few.quorum(), Quorum { percent: Some(67), present: 2, invited: 3 });
    assert!(matches!(faults(&few, &now())[..], [Fault::Quorum(_)]), "two of three are 66.7 percent");
}

#[test]
fn each_dossier_is_voted_and_concluded_and_stands_where_it_stood() {
    let dossier = |number| paper(number).dossier;
    let mut held = whole();
    held.items[0].vote = None;
    held.items[1].conclusion = None;
    assert_eq!(faults(&held, &now()), [Fault::NotVoted(dossier(1)), Fault::NotConcluded(dossier(2))]);
    held = whole();
    let mut moved = now();
    moved[1].0.seen = Seen { version: 5, verdicts: 13 };
    moved.remove(2);
    assert_eq!(faults(&held, &moved), [Fault::Moved(dossier(2)), Fault::Moved(dossier(3))]);
    // What is put off needs nothing.
    held.items[1] = Item { vote: None, ..item(2, Conclusion::Postpone) };
    held.items[2] = item(3, Conclusion::Postpone);
    assert_eq!(faults(&held, &moved), []);
}

#[test]
fn a_criterion_that_does_not_hold_keeps_from_recommending_alone() {
    let mut papers = now();
    papers[0].1 = false;
    assert_eq!(faults(&whole(), &papers), [Fault::NotAllMet(paper(1).dossier)]);
    let mut declined = whole();
    declined.items[0].conclusion = Some(Conclusion::Decline);
    assert_eq!(faults(&declined, &papers), []);
}

#[test]
fn nobody_is_named_beyond_the_count() {
    let mut held = whole();
    let opinion = |person: usize, choice| Opinion {
        dossier: paper(1).dossier,
        attendee: held.people[person].id,
        choice,
        said: Some("Cần xem lại khoản 4.".to_owned()),
    };
    let (against, other) = (opinion(2, Choice::Against), opinion(1, Choice::Other));
    held.items[0].vote = Votes::new(3, 2, 1, 0).ok().map(|votes| (Conclusion::Recommend, votes));
    held.opinions = vec![against.clone()];
    assert_eq!(faults(&held, &now()), []);
    held.opinions = vec![against, other];
    assert_eq!(faults(&held, &now()), [Fault::NamedMore(paper(1).dossier)]);
}

#[test]
fn a_conclusion_against_the_vote_shows() {
    let mut held = item(1, Conclusion::Recommend);
    assert!(!held.overrules_the_vote());
    held.vote = Votes::new(3, 1, 2, 0).ok().map(|votes| (Conclusion::Recommend, votes));
    assert!(held.overrules_the_vote());
    held.conclusion = Some(Conclusion::Decline);
    assert!(!held.overrules_the_vote());
    held.conclusion = Some(Conclusion::Postpone);
    assert!(!held.overrules_the_vote());
}

#[test]
fn in_writing_those_count_who_wrote() {
    let mut held = whole();
    held.meeting.ballot = Ballot::Written;
    held.people.iter_mut().for_each(|person| person.present = None);
    assert_eq!(held.quorum().present, 0);
    assert_eq!(held.counted_opinions(paper(1).dossier), Err(VotesFault::Nobody));
    held.opinions =
        vec![Opinion { dossier: paper(1).dossier, attendee: held.people[2].id, choice: Choice::For, said: None }];
    assert_eq!(held.quorum().present, 1);
    assert_eq!(held.counted_opinions(paper(1).dossier).map(Votes::voters), Ok(1));
}

proptest! {
    /// Whatever stands in a dossier, a meeting that can be closed recommends none with a criterion that does not hold, and none that moved.
    #[test]
    fn nothing_slips_through(kinds in proptest::collection::vec((0_u8..3, 0_usize..3, any::<bool>(), any::<bool>()), 1..20)) {
        let criteria = sample_criteria();
        let mut held = whole();
        held.items.clear();
        let mut papers = vec![];
        for ((finding, conclusion, voted, moved), number) in kinds.iter().zip(1_u8..) {
            let mut paper = paper(number);
            paper.found[0].finding = [Finding::Met, Finding::NotMet, Finding::Insufficient][usize::from(*finding)];
            let mut item = item(number, Conclusion::ALL[*conclusion]);
            if !voted {
                item.vote = None;
            }
            paper.seen.version += i32::from(*moved);
            let holds = paper.risk(criteria).failing() == 0;
            papers.push((paper, holds));
            held.items.push(item);
        }
        if faults(&held, &papers).is_empty() {
            for (item, (paper, holds)) in held.items.iter().zip(&papers) {
                let follows = item.conclusion != Some(Conclusion::Postpone);
                prop_assert!(!follows || (item.vote.is_some() && item.seen == Some(paper.seen)));
                prop_assert!(item.conclusion != Some(Conclusion::Recommend) || *holds);
            }
        }
    }
}
