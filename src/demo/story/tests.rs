use std::collections::{HashMap, HashSet};

use super::*;
use crate::ruleset::{SubjectKind, shipped};

/// Whose dossiers a scene touches.
fn touched(scene: &Scene) -> Vec<(Ward, Subject, DossierKind)> {
    let one = |kind| vec![(scene.ward, scene.subject, kind)];
    match &scene.deed {
        Deed::OpenYear | Deed::Certify { .. } => vec![],
        Deed::FillPart { kind, .. } | Deed::Submit { kind, .. } | Deed::SendBack { kind, .. } => one(*kind),
        Deed::Assess { .. } | Deed::Judge { .. } | Deed::Appraise | Deed::Conclude { .. } => one(DossierKind::Request),
        Deed::Receive { kind, subjects } => subjects.iter().map(|subject| (scene.ward, *subject, *kind)).collect(),
        Deed::Recognise { subjects, .. } => {
            subjects.iter().map(|subject| (scene.ward, *subject, DossierKind::Request)).collect()
        }
    }
}

#[test]
fn the_story_goes_forward_in_time_and_stays_in_its_year() {
    let story = story();
    assert!(story.is_sorted_by_key(|scene| scene.at));
    assert!(matches!(story[0].deed, Deed::OpenYear));
    assert!(story.iter().all(|scene| civil(scene.at).year() == YEAR));
}

#[test]
fn no_dossier_is_touched_twice_at_one_moment() {
    let mut last: HashMap<(Ward, Subject, DossierKind), DateTime<Utc>> = HashMap::new();
    for scene in story() {
        for dossier in touched(&scene) {
            let before = last.insert(dossier, scene.at);
            assert!(before.is_none_or(|before| before < scene.at), "{scene:?}");
        }
    }
}

/// The way a dossier went, by the moment given.
fn standing(until: DateTime<Utc>) -> HashMap<(Ward, Subject, DossierKind), &'static str> {
    let mut standing = HashMap::new();
    for scene in story().into_iter().filter(|scene| scene.at <= until) {
        let state = match scene.deed {
            Deed::Submit { .. } => "submitted",
            Deed::Receive { .. } => "received",
            Deed::SendBack { .. } => "returned",
            Deed::Appraise => "appraised",
            Deed::Conclude { refusal: None } => "recommended",
            Deed::Conclude { .. } => "not recommended",
            Deed::Recognise { .. } => "recognised",
            Deed::OpenYear
            | Deed::FillPart { .. }
            | Deed::Assess { .. }
            | Deed::Judge { .. }
            | Deed::Certify { .. } => {
                continue;
            }
        };
        standing.extend(touched(&scene).into_iter().map(|dossier| (dossier, state)));
    }
    standing
}

fn groups_that_are(state: &str, until: DateTime<Utc>) -> Vec<u8> {
    let standing = standing(until);
    (1..=24)
        .filter(|group| standing.get(&(Ward::PhuocLong, Some(*group), DossierKind::Request)) == Some(&state))
        .collect()
}

#[test]
fn the_picture_of_thursday_afternoon() {
    let now = at(11, 14, 15, 20);
    assert_eq!(groups_that_are("appraised", now), [1, 3, 6, 9, 13, 17, 21, 23]);
    assert_eq!(groups_that_are("received", now), [11, 14, 19, 22]);
    assert_eq!(groups_that_are("submitted", now), [2, 5, 7, 10, 15, 20]);
    assert_eq!(groups_that_are("returned", now), [4, 16, 24]);
    let registered = standing(now)
        .iter()
        .filter(|((_, _, kind), state)| *kind == DossierKind::Registration && **state == "received")
        .count();
    assert_eq!(registered, 24 + 6 + 8 + 3);
}

#[test]
fn the_end_of_the_year() {
    let end = at(12, 31, 23, 59);
    assert_eq!(groups_that_are("not recommended", end), [9, 21]);
    assert_eq!(groups_that_are("recognised", end).len(), 22);
    let ward = |ward| standing(end)[&(ward, None, DossierKind::Request)];
    assert_eq!(Ward::ALL.map(ward), ["recognised", "appraised", "received"]);
}

#[test]
fn the_words_of_the_story_are_those_of_its_ruleset() {
    let rulesets = shipped().unwrap();
    let ruleset = rulesets.iter().find(|ruleset| ruleset.code == RULESET).unwrap();
    let set = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect::<HashSet<_>>();
    for (kind, criteria) in
        [(SubjectKind::Group, GROUP_CRITERIA.as_slice()), (SubjectKind::Ward, WARD_CRITERIA.as_slice())]
    {
        let rules = ruleset.subject(kind).unwrap();
        assert_eq!(
            rules.criteria.iter().map(|criterion| criterion.code.clone()).collect::<HashSet<_>>(),
            set(criteria)
        );
        let parts = |of| rules.parts(of).iter().map(|part| part.code.clone()).collect::<HashSet<_>>();
        assert_eq!(parts(DossierKind::Registration), set(&REGISTRATION_PARTS));
        assert_eq!(parts(DossierKind::Request), set(&REQUEST_PARTS));
    }
}

#[test]
fn papers_bear_a_day_of_the_window_and_resolutions_one_of_the_first_quarter() {
    for scene in story() {
        let Deed::FillPart { kind, part, again } = scene.deed else { continue };
        let today = civil(scene.at);
        let input = text::part(scene.ward, scene.subject, kind, part, again, today);
        if let Some(issued_on) = input.issued_on {
            assert!(
                issued_on <= today && (kind == DossierKind::Request || issued_on <= day(3, 31)),
                "{scene:?} {issued_on}"
            );
        }
        assert_eq!(text::part_file(scene.ward, scene.subject, part, again, today).is_some(), part == "nghi-quyet");
        assert!(part == "nghi-quyet" || input.content.is_some_and(|content| content.chars().count() > 40), "{scene:?}");
    }
}
