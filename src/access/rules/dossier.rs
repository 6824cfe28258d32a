//! Who may move a dossier.
//!
//! A dossier has keepers (for a group: its leader, helped by the area officer; for the ward: the standing office) and a desk
//! above (for a group the ward's standing office; for the ward the city's). The chair concludes, and whoever the ruleset
//! names recognises.

use crate::access::{Actor, Denial, DenialCode as Code, Permit, Role, Seat, act};
use crate::dossier::model::{Dossier, Facts, Status};
use crate::ruleset::{DossierKind, Level};

type Answer = Result<(), Denial>;

/// Gives each rule its two faces: the question, and the question with the permit as its answer.
macro_rules! permits {
    ($($(#[$doc:meta])+ $may:ident = $can:ident -> $act:ty;)+) => {$(
        $(#[$doc])+
        ///
        /// # Errors
        /// The same [`Denial`] that the page showed or would have shown.
        pub fn $may(actor: &Actor, dossier: Dossier, facts: &Facts) -> Result<Permit<$act, Dossier>, Denial> {
            $can(actor, &dossier, facts)?;
            Ok(Permit::new(dossier, actor))
        }
    )+};
}

permits! {
    /// Permit to change parts and files.
    may_edit = can_edit -> act::Edit;
    /// Permit to assess oneself.
    may_assess = can_assess -> act::Assess;
    /// Permit to hand in.
    may_submit = can_submit -> act::Submit;
    /// Permit to take back.
    may_withdraw = can_withdraw -> act::Withdraw;
    /// Permit to receive.
    may_receive = can_receive -> act::Receive;
    /// Permit to send back.
    may_return = can_return -> act::Return;
    /// Permit to judge criteria.
    may_judge = can_judge -> act::Judge;
    /// Permit to declare the appraisal complete.
    may_appraise = can_appraise -> act::Appraise;
    /// Permit to recommend.
    may_recommend = can_recommend -> act::Conclude;
    /// Permit not to recommend.
    may_decline = can_decline -> act::Conclude;
    /// Permit to send to the city.
    may_forward = can_forward -> act::Forward;
    /// Permit to recognise.
    may_recognise = can_recognise -> act::Recognise;
    /// Permit to refuse recognition.
    may_refuse = can_refuse -> act::Recognise;
    /// Permit to take a conclusion back.
    may_reopen = can_reopen -> act::Reopen;
    /// Permit to hand a group's request back to its ward.
    may_hand_back = can_hand_back -> act::HandBack;
    /// Permit to take a recognition back.
    may_revoke = can_revoke -> act::Revoke;
}

/// The role that keeps a dossier, for the sentence "who can do it".
const fn keeper_role(dossier: &Dossier) -> Role {
    if dossier.is_of_ward() { Role::WardOfficer } else { Role::GroupLeader }
}

/// The role at the desk above.
const fn desk_role(dossier: &Dossier) -> Role {
    if dossier.is_of_ward() { Role::CityOfficer } else { Role::WardOfficer }
}

fn within_delegation(actor: &Actor, dossier: &Dossier) -> Answer {
    match &actor.delegation {
        Some(delegation) if !delegation.scope.contains(&dossier.kind) => Err(Denial::always(Code::OutsideDelegation)),
        _ => Ok(()),
    }
}

fn is_leader(actor: &Actor, dossier: &Dossier) -> bool {
    matches!(&actor.seat, Seat::GroupLeader { ward, group } if *ward == dossier.place.ward && Some(*group) == dossier.place.group)
}

fn is_helper(actor: &Actor, dossier: &Dossier) -> bool {
    matches!(&actor.seat, Seat::AreaOfficer { ward, groups }
        if *ward == dossier.place.ward && dossier.place.group.is_some_and(|group| groups.contains(&group)))
}

fn is_ward_office(actor: &Actor, dossier: &Dossier) -> bool {
    matches!(&actor.seat, Seat::WardOfficer { ward } if *ward == dossier.place.ward)
}

fn is_ward_chair(actor: &Actor, dossier: &Dossier) -> bool {
    matches!(&actor.seat, Seat::WardChair { ward } if *ward == dossier.place.ward)
}

fn is_city(actor: &Actor, dossier: &Dossier, role: Role) -> bool {
    actor.role() == role && actor.city == dossier.place.city
}

/// Those who fill the dossier in.
fn as_keeper(actor: &Actor, dossier: &Dossier) -> Answer {
    within_delegation(actor, dossier)?;
    let holds = if dossier.is_of_ward() {
        is_ward_office(actor, dossier) || is_ward_chair(actor, dossier)
    } else {
        is_leader(actor, dossier) || is_helper(actor, dossier)
    };
    if holds { Ok(()) } else { Err(Denial::by(Code::NotThisSeat, keeper_role(dossier))) }
}

/// Those who answer for it: an area officer helps and never hands in.
fn as_owner(actor: &Actor, dossier: &Dossier) -> Answer {
    as_keeper(actor, dossier)?;
    if is_helper(actor, dossier) {
        return Err(Denial::by(Code::NotThisSeat, keeper_role(dossier)));
    }
    Ok(())
}

fn as_desk(actor: &Actor, dossier: &Dossier) -> Answer {
    within_delegation(actor, dossier)?;
    let holds = if dossier.is_of_ward() {
        is_city(actor, dossier, Role::CityOfficer) && dossier.sent_at.is_some()
    } else {
        is_ward_office(actor, dossier)
    };
    if holds { Ok(()) } else { Err(Denial::by(Code::NotThisSeat, desk_role(dossier))) }
}

fn in_state(dossier: &Dossier, states: &[Status]) -> Answer {
    if states.contains(&dossier.status) { Ok(()) } else { Err(Denial::always(Code::NotInThisState)) }
}

fn is_request(dossier: &Dossier) -> Answer {
    if dossier.kind == DossierKind::Request { Ok(()) } else { Err(Denial::always(Code::NotInThisState)) }
}

/// Parts and files: the keepers, while the dossier is in their hands. Which parts are open is the part's own flag.
///
/// # Errors
/// Another seat, or another state.
pub fn can_edit(actor: &Actor, dossier: &Dossier, _facts: &Facts) -> Answer {
    as_keeper(actor, dossier)?;
    in_state(dossier, &[Status::Draft, Status::Returned])
}

/// Self-assessment: like parts, on requests.
///
/// # Errors
/// Another seat, another state, a registration.
pub fn can_assess(actor: &Actor, dossier: &Dossier, facts: &Facts) -> Answer {
    is_request(dossier)?;
    can_edit(actor, dossier, facts)
}

/// Handing in: the leader (for the ward: its standing office or chair), with everything required in place.
///
/// # Errors
/// Another seat or state, missing parts or assessments, or late in a year that locks.
pub fn can_submit(actor: &Actor, dossier: &Dossier, facts: &Facts) -> Answer {
    as_owner(actor, dossier)?;
    in_state(dossier, &[Status::Draft, Status::Returned])?;
    // An answer to a return is not late by the first deadline.
    if facts.locks_late && facts.is_late && dossier.status == Status::Draft {
        return Err(Denial::always(Code::LateLocked));
    }
    if facts.parts_missing > 0 {
        return Err(Denial::always(Code::PartsMissing));
    }
    if facts.assessments_missing > 0 {
        return Err(Denial::always(Code::AssessmentsMissing));
    }
    Ok(())
}

/// Taking back, as long as nobody received it.
///
/// # Errors
/// Another seat or state.
pub fn can_withdraw(actor: &Actor, dossier: &Dossier, _facts: &Facts) -> Answer {
    as_owner(actor, dossier)?;
    in_state(dossier, &[Status::Submitted])
}

/// Receiving, at the desk above.
///
/// # Errors
/// Another seat or state.
pub fn can_receive(actor: &Actor, dossier: &Dossier, _facts: &Facts) -> Answer {
    as_desk(actor, dossier)?;
    in_state(dossier, &[Status::Submitted])
}

/// Sending back, at the desk above, until it is concluded.
///
/// # Errors
/// Another seat or state.
pub fn can_return(actor: &Actor, dossier: &Dossier, _facts: &Facts) -> Answer {
    as_desk(actor, dossier)?;
    in_state(dossier, &[Status::Submitted, Status::Received, Status::Appraised])
}

/// Judging a criterion, at the desk above; all year long, even before the dossier comes in.
///
/// # Errors
/// Another seat, a registration, or a dossier already concluded.
pub fn can_judge(actor: &Actor, dossier: &Dossier, _facts: &Facts) -> Answer {
    is_request(dossier)?;
    as_desk(actor, dossier)?;
    if dossier.status.is_concluded() { Err(Denial::always(Code::NotInThisState)) } else { Ok(()) }
}

/// Declaring the appraisal complete.
///
/// # Errors
/// Another seat or state, or criteria without a verdict.
pub fn can_appraise(actor: &Actor, dossier: &Dossier, facts: &Facts) -> Answer {
    is_request(dossier)?;
    as_desk(actor, dossier)?;
    in_state(dossier, &[Status::Received])?;
    if facts.verdicts_missing > 0 { Err(Denial::always(Code::VerdictsMissing)) } else { Ok(()) }
}

fn as_concluder(actor: &Actor, dossier: &Dossier, facts: &Facts) -> Answer {
    is_request(dossier)?;
    within_delegation(actor, dossier)?;
    // The ward's chair concludes on groups; on the ward itself the city's standing office proposes.
    let (holds, who) = if dossier.is_of_ward() {
        (is_city(actor, dossier, Role::CityOfficer), Role::CityOfficer)
    } else {
        (is_ward_chair(actor, dossier), Role::WardChair)
    };
    if !holds {
        return Err(Denial::by(Code::NotThisSeat, who));
    }
    is_ripe(dossier.status, facts.verdicts_missing)
}

/// What a conclusion asks of the dossier itself, whoever concludes: appraised, and every verdict still counts.
pub(super) fn is_ripe(status: Status, verdicts_missing: usize) -> Answer {
    if status != Status::Appraised {
        return Err(Denial::always(Code::NotInThisState));
    }
    if verdicts_missing > 0 { Err(Denial::always(Code::VerdictsMissing)) } else { Ok(()) }
}

/// Recommending: every criterion must hold.
///
/// # Errors
/// Another seat or state, or a criterion that does not hold.
pub fn can_recommend(actor: &Actor, dossier: &Dossier, facts: &Facts) -> Answer {
    as_concluder(actor, dossier, facts)?;
    if facts.not_met > 0 { Err(Denial::always(Code::NotAllMet)) } else { Ok(()) }
}

/// Not recommending, with a reason.
///
/// # Errors
/// Another seat or state.
pub fn can_decline(actor: &Actor, dossier: &Dossier, facts: &Facts) -> Answer {
    as_concluder(actor, dossier, facts)
}

/// Sending a recommended group to the city, where the ruleset has the city decide.
///
/// # Errors
/// Another seat or state, or a ruleset by which the ward decides.
pub fn can_forward(actor: &Actor, dossier: &Dossier, facts: &Facts) -> Answer {
    is_request(dossier)?;
    within_delegation(actor, dossier)?;
    if !is_ward_office(actor, dossier) && !is_ward_chair(actor, dossier) {
        return Err(Denial::by(Code::NotThisSeat, Role::WardOfficer));
    }
    if dossier.is_of_ward() || facts.recognised_by != Level::City {
        return Err(Denial::always(Code::AnotherLevelDecides));
    }
    in_state(dossier, &[Status::Recommended])?;
    still_holds(facts, Role::WardChair)
}

/// A decision that something material overtook carries nothing further (domain: a later material change voids it visibly).
fn still_holds(facts: &Facts, reopens: Role) -> Answer {
    if facts.is_overtaken { Err(Denial::by(Code::Overtaken, reopens)) } else { Ok(()) }
}

/// Who recognises this unit by the ruleset.
const fn recogniser_role(dossier: &Dossier, facts: &Facts) -> Role {
    match (dossier.is_of_ward(), facts.recognised_by) {
        (false, Level::Ward) => Role::WardChair,
        _ => Role::CityChair,
    }
}

fn holds_role(actor: &Actor, dossier: &Dossier, role: Role) -> Answer {
    within_delegation(actor, dossier)?;
    let holds = match role {
        Role::WardOfficer => is_ward_office(actor, dossier),
        Role::WardChair => is_ward_chair(actor, dossier),
        role => is_city(actor, dossier, role) && dossier.sent_at.is_some(),
    };
    if holds { Ok(()) } else { Err(Denial::by(Code::NotThisSeat, role)) }
}

/// Taking a conclusion back, with a reason: whoever made it. The desk its appraisal, the chair (for the ward itself the city's
/// office) its conclusion, the recogniser a refusal.
///
/// # Errors
/// Another seat or state.
pub fn can_reopen(actor: &Actor, dossier: &Dossier, facts: &Facts) -> Answer {
    is_request(dossier)?;
    let role = match dossier.status {
        Status::Appraised => desk_role(dossier),
        Status::Recommended | Status::NotRecommended if dossier.is_of_ward() => Role::CityOfficer,
        Status::Recommended | Status::NotRecommended => Role::WardChair,
        Status::NotRecognised => recogniser_role(dossier, facts),
        _ => return Err(Denial::always(Code::NotInThisState)),
    };
    holds_role(actor, dossier, role)
}

/// Handing a group's request back to its ward, with a reason: the city's office, before it is decided.
///
/// # Errors
/// Another seat or state.
pub fn can_hand_back(actor: &Actor, dossier: &Dossier, _facts: &Facts) -> Answer {
    is_request(dossier)?;
    in_state(dossier, &[Status::Forwarded])?;
    holds_role(actor, dossier, Role::CityOfficer)
}

/// Taking a recognition back by a later decision: whoever recognises.
///
/// # Errors
/// Another seat or state.
pub fn can_revoke(actor: &Actor, dossier: &Dossier, facts: &Facts) -> Answer {
    is_request(dossier)?;
    in_state(dossier, &[Status::Recognised])?;
    holds_role(actor, dossier, recogniser_role(dossier, facts))
}

fn as_recogniser(actor: &Actor, dossier: &Dossier, facts: &Facts) -> Answer {
    is_request(dossier)?;
    within_delegation(actor, dossier)?;
    let by_ward = facts.recognised_by == Level::Ward && !dossier.is_of_ward();
    let (holds, who) = if by_ward {
        (is_ward_chair(actor, dossier), Role::WardChair)
    } else {
        (is_city(actor, dossier, Role::CityChair) && dossier.sent_at.is_some(), Role::CityChair)
    };
    if !holds {
        return Err(Denial::by(Code::NotThisSeat, who));
    }
    if dossier.is_of_ward() {
        in_state(dossier, &[Status::Recommended, Status::NotRecommended])?;
        if facts.groups_pending > 0 {
            return Err(Denial::always(Code::GroupsFirst));
        }
    } else if by_ward {
        in_state(dossier, &[Status::Recommended, Status::NotRecommended])?;
    } else {
        in_state(dossier, &[Status::Forwarded])?;
        if !facts.package_received {
            return Err(Denial::by(Code::PackageNotReceived, Role::CityOfficer));
        }
    }
    still_holds(facts, if dossier.is_of_ward() { Role::CityOfficer } else { Role::WardChair })
}

/// Recognising by decision: every criterion must hold.
///
/// # Errors
/// Another seat, state or level, or a criterion that does not hold.
pub fn can_recognise(actor: &Actor, dossier: &Dossier, facts: &Facts) -> Answer {
    as_recogniser(actor, dossier, facts)?;
    if facts.verdicts_missing > 0 || facts.not_met > 0 { Err(Denial::always(Code::NotAllMet)) } else { Ok(()) }
}

/// Refusing recognition by decision, with a reason.
///
/// # Errors
/// Another seat, state or level.
pub fn can_refuse(actor: &Actor, dossier: &Dossier, facts: &Facts) -> Answer {
    as_recogniser(actor, dossier, facts)
}
