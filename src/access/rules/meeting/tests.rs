use chrono::DateTime;
use uuid::Uuid;

use super::*;
use crate::access::matrix::{complete, sample_actor, sample_dossier};
use crate::meeting::model::Ballot;
use crate::ruleset::{DossierKind, Level};

/// A meeting of the sample ward's committee, or of the sample group.
fn meeting(group: Option<u128>, state: State) -> Meeting {
    let moment = DateTime::UNIX_EPOCH;
    Meeting {
        id: Uuid::from_u128(9).into(),
        place: Place {
            city: Uuid::from_u128(1).into(),
            ward: Uuid::from_u128(2).into(),
            group: group.map(|group| Uuid::from_u128(group).into()),
        },
        cycle: Uuid::from_u128(5).into(),
        title: "Họp Ban chỉ đạo".to_owned(),
        venue: None,
        planned_at: moment,
        opened_at: (state != State::Planned).then_some(moment),
        closed: (state == State::Closed).then(|| (moment, "Võ Thị Thanh Tâm".to_owned())),
        ballot: Ballot::Hand,
        quorum_percent: None,
        revision: 1,
    }
}

fn roles(rule: impl Fn(&Actor) -> Answer) -> Vec<Role> {
    Role::ALL.into_iter().filter(|role| rule(&sample_actor(*role)).is_ok()).collect()
}

#[test]
fn a_committee_is_kept_by_the_office_and_a_group_by_its_leader() {
    let office = [Role::WardOfficer, Role::WardChair];
    let committee = meeting(None, State::Open);
    assert_eq!(roles(|actor| can_plan_meeting(actor, None)), office);
    assert_eq!(roles(|actor| can_keep_meeting(actor, &committee)), office);
    assert_eq!(roles(|actor| can_close_meeting(actor, &committee)), office);
    let own = meeting(Some(3), State::Open);
    assert_eq!(roles(|actor| can_keep_meeting(actor, &own)), [Role::GroupLeader, Role::AreaOfficer]);
    assert_eq!(roles(|actor| can_close_meeting(actor, &own)), [Role::GroupLeader]);
    let other = meeting(Some(33), State::Open);
    assert_eq!(roles(|actor| can_keep_meeting(actor, &other)), []);
}

#[test]
fn only_the_wards_own_seats_see_meetings() {
    let seeing = [Role::GroupLeader, Role::AreaOfficer, Role::WardOfficer, Role::CommitteeMember, Role::WardChair];
    assert_eq!(roles(can_see_meetings), seeing);
}

#[test]
fn each_act_belongs_to_one_step() {
    let chair = sample_actor(Role::WardChair);
    for (state, changes, keeps) in
        [(State::Planned, true, false), (State::Open, false, true), (State::Closed, false, false)]
    {
        let held = meeting(None, state);
        assert_eq!(can_change_meeting(&chair, &held).is_ok(), changes, "{state:?}");
        assert_eq!(may_open_meeting(&chair, held.clone()).is_ok(), changes, "{state:?}");
        assert_eq!(can_keep_meeting(&chair, &held).is_ok(), keeps, "{state:?}");
        assert_eq!(may_close_meeting(&chair, held).is_ok(), keeps, "{state:?}");
    }
}

#[test]
fn a_conclusion_needs_the_permit_to_close_and_a_ripe_dossier() {
    let officer = sample_actor(Role::WardOfficer);
    let closing = may_close_meeting(&officer, meeting(None, State::Open)).expect("the office closes");
    let facts = complete(Level::City);
    let request = |status| sample_dossier(DossierKind::Request, false, status);
    for status in Status::ALL {
        let permit = may_conclude_by_meeting(&closing, (request(status), &facts), true);
        assert_eq!(permit.is_ok(), status == Status::Appraised, "{status:?}");
    }
    let failing = Facts { not_met: 1, ..facts.clone() };
    let conclude = |facts: &Facts, recommends| {
        may_conclude_by_meeting(&closing, (request(Status::Appraised), facts), recommends)
            .map(|_| ())
            .map_err(|denial| denial.code)
    };
    assert_eq!(conclude(&failing, true), Err(Code::NotAllMet));
    assert_eq!(conclude(&failing, false), Ok(()));
    assert_eq!(conclude(&Facts { verdicts_missing: 1, ..facts.clone() }, false), Err(Code::VerdictsMissing));
    let own = sample_dossier(DossierKind::Request, true, Status::Appraised);
    assert!(may_conclude_by_meeting(&closing, (own, &facts), true).is_err(), "the ward's own is the city's");
    let leader = sample_actor(Role::GroupLeader);
    let group = may_close_meeting(&leader, meeting(Some(3), State::Open)).expect("the leader closes");
    let of_group = may_conclude_by_meeting(&group, (request(Status::Appraised), &facts), true);
    assert!(of_group.is_err(), "a group's meeting concludes on nothing but itself");
}
