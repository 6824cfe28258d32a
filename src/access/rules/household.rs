//! Who may look into the register of households, who writes in it, and who answers for the data in it.

use crate::access::{Actor, Denial, DenialCode as Code, Permit, Role, Seat, act};
use crate::household::model::{Household, Status};
use crate::platform::id::{HouseholdId, UnitId};
use crate::ruleset::DossierKind;

type Answer = Result<(), Denial>;

/// A lent seat reaches the register when it was lent for the registration of the year.
fn within_delegation(actor: &Actor) -> Answer {
    match &actor.delegation {
        Some(delegation) if !delegation.scope.contains(&DossierKind::Registration) => {
            Err(Denial::always(Code::OutsideDelegation))
        }
        _ => Ok(()),
    }
}

/// Looking: those who keep the register, and the chair who answers for it. Never a city, never a steward
/// (Luật 91/2025/QH15: no more people than needed).
///
/// # Errors
/// Another seat.
pub fn can_see_register(actor: &Actor) -> Answer {
    within_delegation(actor)?;
    match actor.seat {
        Seat::GroupLeader { .. } | Seat::AreaOfficer { .. } | Seat::WardOfficer { .. } | Seat::WardChair { .. } => {
            Ok(())
        }
        _ => Err(Denial::by(Code::NotThisSeat, Role::WardOfficer)),
    }
}

/// Reading how many households register and sign, without any name: those who keep the register, and the ward's committee.
///
/// # Errors
/// Another seat.
pub fn can_see_counts(actor: &Actor) -> Answer {
    match actor.seat {
        Seat::CommitteeMember { .. } => within_delegation(actor),
        _ => can_see_register(actor),
    }
}

/// Writing in the register of a group: its leader, its area officer, the ward's standing office.
///
/// # Errors
/// Another seat, or another group.
pub fn can_keep_register(actor: &Actor, group: UnitId) -> Answer {
    within_delegation(actor)?;
    let holds = match &actor.seat {
        Seat::GroupLeader { group: own, .. } => *own == group,
        Seat::AreaOfficer { groups, .. } => groups.contains(&group),
        // Row-level security keeps other wards' groups out of sight.
        Seat::WardOfficer { .. } => true,
        _ => false,
    };
    if holds { Ok(()) } else { Err(Denial::by(Code::NotThisSeat, Role::GroupLeader)) }
}

/// Permit to change what is written of a household, to end it, split it or merge it.
///
/// # Errors
/// Another seat, another group, or a household that does not live here any more.
pub fn may_keep_household(actor: &Actor, household: Household) -> Result<Permit<act::KeepRegister, Household>, Denial> {
    can_keep_register(actor, household.group)?;
    if household.status != Status::Resident {
        return Err(Denial::always(Code::HouseholdEnded));
    }
    Ok(Permit::new(household, actor))
}

/// Permit to take a wrongly written end back.
///
/// # Errors
/// Another seat, another group, or a household that was anonymised: nothing leads back from there.
pub fn may_resume_household(
    actor: &Actor,
    household: Household,
) -> Result<Permit<act::KeepRegister, Household>, Denial> {
    can_keep_register(actor, household.group)?;
    if household.status == Status::Resident || household.is_anonymous() {
        return Err(Denial::always(Code::HouseholdEnded));
    }
    Ok(Permit::new(household, actor))
}

/// Permit to write a new household into a group.
///
/// # Errors
/// Another seat, or another group.
pub fn may_add_household(actor: &Actor, group: UnitId) -> Result<Permit<act::KeepRegister, UnitId>, Denial> {
    can_keep_register(actor, group)?;
    Ok(Permit::new(group, actor))
}

/// Moving between groups is the ward's act: two leaders' lists change.
///
/// # Errors
/// Another seat.
pub fn can_move_household(actor: &Actor) -> Answer {
    within_delegation(actor)?;
    match actor.seat {
        Seat::WardOfficer { .. } => Ok(()),
        _ => Err(Denial::by(Code::NotThisSeat, Role::WardOfficer)),
    }
}

/// Permit to move a household to another group.
///
/// # Errors
/// Another seat, or a household that does not live here any more.
pub fn may_move_household(
    actor: &Actor,
    household: Household,
) -> Result<Permit<act::MoveHousehold, Household>, Denial> {
    can_move_household(actor)?;
    if household.status != Status::Resident {
        return Err(Denial::always(Code::HouseholdEnded));
    }
    Ok(Permit::new(household, actor))
}

/// Permit to record registrations and pledges of a group.
///
/// # Errors
/// Another seat, or another group.
pub fn may_record(actor: &Actor, group: UnitId) -> Result<Permit<act::Record, UnitId>, Denial> {
    can_keep_register(actor, group)?;
    Ok(Permit::new(group, actor))
}

/// Bringing a spreadsheet in: those who write in the register; a list of the whole ward is the ward's.
///
/// # Errors
/// Another seat, or another group.
pub fn can_import(actor: &Actor, group: Option<UnitId>) -> Answer {
    match group {
        Some(group) => can_keep_register(actor, group),
        None => can_move_household(actor),
    }
}

/// Answering what people ask about their own data: the ward's standing office.
///
/// # Errors
/// Another seat.
pub fn can_answer_subjects(actor: &Actor) -> Answer {
    can_move_household(actor)
}

/// Permit to write down, answer or close what somebody asks about a household's data.
///
/// # Errors
/// Another seat.
pub fn may_answer_subject(
    actor: &Actor,
    household: HouseholdId,
) -> Result<Permit<act::AnswerSubject, HouseholdId>, Denial> {
    can_answer_subjects(actor)?;
    Ok(Permit::new(household, actor))
}

/// Reading what people asked about their own data: whoever answers, and the chair.
///
/// # Errors
/// Another seat.
pub fn can_read_requests(actor: &Actor) -> Answer {
    match actor.seat {
        Seat::WardChair { .. } => within_delegation(actor),
        _ => can_answer_subjects(actor),
    }
}

/// Reading who looked at personal data: those who answer for it, and the ward's steward.
///
/// # Errors
/// Another seat; a lent seat does not read over its owner's shoulder.
pub fn can_read_access_log(actor: &Actor) -> Answer {
    match actor.seat {
        Seat::WardOfficer { .. } | Seat::WardChair { .. } | Seat::WardSteward { .. } if actor.delegation.is_none() => {
            Ok(())
        }
        _ => Err(Denial::by(Code::NotThisSeat, Role::WardChair)),
    }
}

/// Setting after how many years a household is anonymised.
///
/// # Errors
/// Another seat.
pub fn can_set_retention(actor: &Actor) -> Answer {
    match actor.seat {
        Seat::WardOfficer { .. } | Seat::WardSteward { .. } if actor.delegation.is_none() => Ok(()),
        _ => Err(Denial::by(Code::NotThisSeat, Role::StewardWard)),
    }
}

#[cfg(test)]
mod tests;
