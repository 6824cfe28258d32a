use chrono::NaiveDate;
use uuid::Uuid;

use super::*;
use crate::access::matrix::sample_actor;
use crate::access::{Delegation, Form};
use crate::household::model::Facts;
use crate::platform::id::DelegationId;

/// The group in which `sample_actor` sits.
fn own() -> UnitId {
    UnitId::from(Uuid::from_u128(3))
}

fn other() -> UnitId {
    UnitId::from(Uuid::from_u128(33))
}

fn household(group: UnitId, status: Status) -> Household {
    let day = NaiveDate::from_ymd_opt(2024, 3, 25).unwrap();
    Household {
        id: HouseholdId::from(Uuid::from_u128(7)),
        city: UnitId::from(Uuid::from_u128(1)),
        ward: UnitId::from(Uuid::from_u128(2)),
        group,
        code: "07-0001".to_owned(),
        facts: Facts::default(),
        status,
        since: day,
        ended_on: (status != Status::Resident).then_some(day),
        batch: None,
        revision: 1,
        anonymised_at: None,
    }
}

fn those(rule: impl Fn(&Actor) -> bool) -> Vec<Role> {
    Role::ALL.into_iter().filter(|role| rule(&sample_actor(*role))).collect()
}

/// The seat lent for these kinds of dossiers.
fn lent(role: Role, scope: Vec<DossierKind>) -> Actor {
    let on_behalf_of = "Trần Văn Lựu".to_owned();
    let id = DelegationId::from(Uuid::from_u128(9));
    let form = "TL.".parse::<Form>().unwrap();
    Actor { delegation: Some(Delegation { id, form, scope, on_behalf_of }), ..sample_actor(role) }
}

#[test]
fn nobody_sees_the_register_but_those_who_keep_it_and_the_chair() {
    let see = [Role::GroupLeader, Role::AreaOfficer, Role::WardOfficer, Role::WardChair];
    assert_eq!(those(|actor| can_see_register(actor).is_ok()), see);
    let keep = [Role::GroupLeader, Role::AreaOfficer, Role::WardOfficer];
    assert_eq!(those(|actor| can_keep_register(actor, own()).is_ok()), keep);
    assert_eq!(those(|actor| may_record(actor, own()).is_ok()), keep);
    assert_eq!(those(|actor| may_add_household(actor, own()).is_ok()), keep);
}

#[test]
fn a_leader_and_an_area_officer_stay_in_their_groups() {
    let officer = [Role::WardOfficer];
    assert_eq!(those(|actor| can_keep_register(actor, other()).is_ok()), officer);
    assert_eq!(those(|actor| can_import(actor, Some(other())).is_ok()), officer);
    assert_eq!(those(|actor| may_keep_household(actor, household(other(), Status::Resident)).is_ok()), officer);
}

#[test]
fn what_changes_two_lists_is_the_wards_act() {
    assert_eq!(those(|actor| can_move_household(actor).is_ok()), [Role::WardOfficer]);
    assert_eq!(those(|actor| can_import(actor, None).is_ok()), [Role::WardOfficer]);
}

#[test]
fn a_household_that_left_is_only_read_and_one_that_lives_here_has_no_end_to_take_back() {
    let leader = sample_actor(Role::GroupLeader);
    let officer = sample_actor(Role::WardOfficer);
    for gone in [Status::Moved, Status::Dissolved] {
        let refused = may_keep_household(&leader, household(own(), gone)).unwrap_err();
        assert_eq!(refused, Denial::always(Code::HouseholdEnded));
        assert!(may_move_household(&officer, household(own(), gone)).is_err());
        assert!(may_resume_household(&leader, household(own(), gone)).is_ok());
        let anonymous = Household { anonymised_at: Some(chrono::DateTime::UNIX_EPOCH), ..household(own(), gone) };
        assert!(may_resume_household(&leader, anonymous).is_err(), "nothing leads back from there");
    }
    assert!(may_resume_household(&leader, household(own(), Status::Resident)).is_err());
    assert!(may_move_household(&officer, household(own(), Status::Resident)).is_ok());
}

#[test]
fn people_are_answered_by_the_wards_office_and_its_chair_reads_along() {
    assert_eq!(those(|actor| can_answer_subjects(actor).is_ok()), [Role::WardOfficer]);
    assert_eq!(those(|actor| can_read_requests(actor).is_ok()), [Role::WardOfficer, Role::WardChair]);
    let log = [Role::WardOfficer, Role::WardChair, Role::StewardWard];
    assert_eq!(those(|actor| can_read_access_log(actor).is_ok()), log);
    assert_eq!(those(|actor| can_set_retention(actor).is_ok()), [Role::WardOfficer, Role::StewardWard]);
}

#[test]
fn a_lent_seat_reaches_the_register_only_for_registrations() {
    let kinds = [DossierKind::Registration, DossierKind::Request];
    for kind in kinds {
        let fits = kind == DossierKind::Registration;
        let leader = lent(Role::GroupLeader, vec![kind]);
        assert_eq!(can_see_register(&leader).is_ok(), fits, "{kind:?}");
        assert_eq!(may_record(&leader, own()).is_ok(), fits, "{kind:?}");
        let officer = lent(Role::WardOfficer, vec![kind]);
        assert_eq!(can_move_household(&officer).is_ok(), fits, "{kind:?}");
        assert_eq!(can_answer_subjects(&officer).is_ok(), fits, "{kind:?}");
    }
    // The log and the years of keeping are answered for in person.
    let deputy = lent(Role::WardOfficer, kinds.to_vec());
    assert!(can_read_access_log(&deputy).is_err() && can_set_retention(&deputy).is_err());
}
