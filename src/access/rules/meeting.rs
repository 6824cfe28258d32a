//! Who calls a meeting, keeps it, closes it. A group's meeting is its leader's, helped by the area officer; the committee's is kept by
//! the ward's standing office or its chair. A meeting is its ward's matter: a city does not see it.

use super::dossier::is_ripe;
use super::many::covers_requests;
use crate::access::{Actor, Denial, DenialCode as Code, Permit, Place, Role, Seat, act};
use crate::dossier::model::{Dossier, Facts, Status};
use crate::meeting::model::{Meeting, State};
use crate::platform::id::UnitId;

type Answer = Result<(), Denial>;

/// Looking at meetings: those who hold them, and the committee's members. Row-level security keeps a group's people to their groups.
///
/// # Errors
/// Another seat.
pub fn can_see_meetings(actor: &Actor) -> Answer {
    covers_requests(actor)?;
    match actor.seat {
        Seat::GroupLeader { .. }
        | Seat::AreaOfficer { .. }
        | Seat::WardOfficer { .. }
        | Seat::CommitteeMember { .. }
        | Seat::WardChair { .. } => Ok(()),
        _ => Err(Denial::by(Code::NotThisSeat, Role::WardOfficer)),
    }
}

/// Calling a meeting of that group, or of the ward's committee.
///
/// # Errors
/// Another seat, or another group.
pub fn can_plan_meeting(actor: &Actor, group: Option<UnitId>) -> Answer {
    covers_requests(actor)?;
    let (holds, who) = match (&actor.seat, group) {
        (Seat::GroupLeader { group: own, .. }, Some(group)) => (*own == group, Role::GroupLeader),
        (Seat::AreaOfficer { groups, .. }, Some(group)) => (groups.contains(&group), Role::GroupLeader),
        (Seat::WardOfficer { .. } | Seat::WardChair { .. }, None) => (true, Role::WardOfficer),
        (_, Some(_)) => (false, Role::GroupLeader),
        (_, None) => (false, Role::WardOfficer),
    };
    if holds { Ok(()) } else { Err(Denial::by(Code::NotThisSeat, who)) }
}

/// Permit to call a meeting there.
///
/// # Errors
/// Another seat, or another place.
pub fn may_plan_meeting(actor: &Actor, place: Place) -> Result<Permit<act::PlanMeeting, Place>, Denial> {
    can_plan_meeting(actor, place.group)?;
    if actor.ward() != Some(place.ward) {
        return Err(Denial::always(Code::NotThisSeat));
    }
    Ok(Permit::new(place, actor))
}

fn in_step(meeting: &Meeting, state: State) -> Answer {
    if meeting.state() == state { Ok(()) } else { Err(Denial::always(Code::MeetingInAnotherStep)) }
}

/// Changing what was planned, or opening: whoever may call it, until it begins.
///
/// # Errors
/// Another seat, or a meeting that began.
pub fn can_change_meeting(actor: &Actor, meeting: &Meeting) -> Answer {
    can_plan_meeting(actor, meeting.place.group)?;
    in_step(meeting, State::Planned)
}

/// Permit to change what was planned.
///
/// # Errors
/// As [`can_change_meeting`].
pub fn may_change_meeting(actor: &Actor, meeting: Meeting) -> Result<Permit<act::ChangeMeeting, Meeting>, Denial> {
    can_change_meeting(actor, &meeting)?;
    Ok(Permit::new(meeting, actor))
}

/// Permit to open.
///
/// # Errors
/// As [`can_change_meeting`].
pub fn may_open_meeting(actor: &Actor, meeting: Meeting) -> Result<Permit<act::OpenMeeting, Meeting>, Denial> {
    can_change_meeting(actor, &meeting)?;
    Ok(Permit::new(meeting, actor))
}

/// Keeping the roll, the votes and the opinions while it is open.
///
/// # Errors
/// Another seat, or a meeting that is not open.
pub fn can_keep_meeting(actor: &Actor, meeting: &Meeting) -> Answer {
    can_plan_meeting(actor, meeting.place.group)?;
    in_step(meeting, State::Open)
}

/// Permit to keep roll, votes and opinions.
///
/// # Errors
/// As [`can_keep_meeting`].
pub fn may_keep_meeting(actor: &Actor, meeting: Meeting) -> Result<Permit<act::KeepMeeting, Meeting>, Denial> {
    can_keep_meeting(actor, &meeting)?;
    Ok(Permit::new(meeting, actor))
}

/// Closing: the ward's chair, or its standing office, which keeps the meeting for the chair; a group's meeting is closed by its leader,
/// an area officer helps and answers for nothing.
///
/// # Errors
/// Another seat, or a meeting that is not open.
pub fn can_close_meeting(actor: &Actor, meeting: &Meeting) -> Answer {
    can_plan_meeting(actor, meeting.place.group)?;
    if actor.role() == Role::AreaOfficer {
        return Err(Denial::by(Code::NotThisSeat, Role::GroupLeader));
    }
    in_step(meeting, State::Open)
}

/// Permit to close.
///
/// # Errors
/// As [`can_close_meeting`].
pub fn may_close_meeting(actor: &Actor, meeting: Meeting) -> Result<Permit<act::CloseMeeting, Meeting>, Denial> {
    can_close_meeting(actor, &meeting)?;
    Ok(Permit::new(meeting, actor))
}

/// What the committee may conclude on a dossier of one of its groups: nothing before every verdict counts, and no recommendation while a
/// criterion does not hold. The verdicts come as counts: missing, and other than met.
///
/// # Errors
/// A dossier in another state, verdicts missing, or a criterion that does not hold.
pub fn can_conclude_by_meeting(status: Status, (missing, not_met): (usize, usize), recommends: bool) -> Answer {
    is_ripe(status, missing)?;
    if recommends && not_met > 0 { Err(Denial::always(Code::NotAllMet)) } else { Ok(()) }
}

/// Permit to conclude on a dossier as the committee did. It asks for the permit to close: the act is the meeting's, so whoever may not
/// close it cannot conclude by it. Who closed signs; who led is told beside it.
///
/// # Errors
/// As [`can_conclude_by_meeting`], or a dossier that is not the committee's to speak about.
pub fn may_conclude_by_meeting(
    closing: &Permit<act::CloseMeeting, Meeting>,
    (dossier, facts): (Dossier, &Facts),
    recommends: bool,
) -> Result<Permit<act::Conclude, Dossier>, Denial> {
    let meeting = closing.of();
    if !meeting.is_of_committee() || dossier.is_of_ward() || dossier.place.ward != meeting.place.ward {
        return Err(Denial::always(Code::NotInThisState));
    }
    can_conclude_by_meeting(dossier.status, (facts.verdicts_missing, facts.not_met), recommends)?;
    Ok(Permit::new(dossier, closing.actor()))
}

#[cfg(test)]
mod tests;
