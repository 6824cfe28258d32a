//! Who may open a year and move its dates, keep the units, the accounts, and lend a seat.

use crate::access::{Actor, Denial, DenialCode as Code, Role, Seat};

type Answer = Result<(), Denial>;

/// Opening a year, moving a deadline, locking late dossiers: the ward's standing office or its chair.
///
/// # Errors
/// Another seat.
pub fn can_keep_cycle(actor: &Actor) -> Answer {
    match actor.seat {
        Seat::WardOfficer { .. } | Seat::WardChair { .. } => Ok(()),
        _ => Err(Denial::by(Code::NotThisSeat, Role::WardOfficer)),
    }
}

/// Units, accounts and seats: the stewards, each in their own place.
///
/// # Errors
/// Another seat; a lent seat never administers.
pub fn can_administer(actor: &Actor) -> Answer {
    match actor.seat {
        Seat::WardSteward { .. } | Seat::CitySteward if actor.delegation.is_none() => Ok(()),
        _ => Err(Denial::by(Code::NotThisSeat, Role::StewardWard)),
    }
}

/// Lending one's own seat: those who sign and those who keep the desk; a lent seat is not lent on.
///
/// # Errors
/// Another seat, or a seat that is itself lent.
pub fn can_delegate(actor: &Actor) -> Answer {
    if actor.delegation.is_some() {
        return Err(Denial::always(Code::OutsideDelegation));
    }
    match actor.role() {
        Role::WardOfficer | Role::WardChair | Role::CityOfficer | Role::CityChair | Role::GroupLeader => Ok(()),
        Role::AreaOfficer | Role::CommitteeMember | Role::StewardWard | Role::StewardCity => {
            Err(Denial::by(Code::NotThisSeat, Role::WardChair))
        }
    }
}
