//! Who may look at many dossiers at once, and act on several: the ward's table, the city's packages.

use crate::access::{Actor, Denial, DenialCode as Code, Role, Seat};
use crate::ruleset::DossierKind;

type Answer = Result<(), Denial>;

/// Reading all groups against all criteria: the ward's seats, and an area officer for the groups looked after.
///
/// # Errors
/// Another seat.
pub fn can_see_matrix(actor: &Actor) -> Answer {
    covers_requests(actor)?;
    match actor.seat {
        Seat::WardOfficer { .. } | Seat::WardChair { .. } | Seat::CommitteeMember { .. } | Seat::AreaOfficer { .. } => {
            Ok(())
        }
        _ => Err(Denial::by(Code::NotThisSeat, Role::WardOfficer)),
    }
}

/// Judging cells of groups one after the other, and approving several together; each dossier is asked again.
///
/// # Errors
/// Another seat.
pub fn can_judge_groups(actor: &Actor) -> Answer {
    covers_requests(actor)?;
    match actor.seat {
        Seat::WardOfficer { .. } => Ok(()),
        _ => Err(Denial::by(Code::NotThisSeat, Role::WardOfficer)),
    }
}

/// Reading where the ward itself stands, live: its own seats.
///
/// # Errors
/// Another seat.
pub fn can_see_ward_standing(actor: &Actor) -> Answer {
    covers_requests(actor)?;
    match actor.seat {
        Seat::WardOfficer { .. } | Seat::WardChair { .. } | Seat::CommitteeMember { .. } => Ok(()),
        _ => Err(Denial::by(Code::NotThisSeat, Role::WardOfficer)),
    }
}

/// Computing where every unit of the city stands, and reading it: those who review or decide for the city.
///
/// # Errors
/// Another seat.
pub fn can_compute_city(actor: &Actor) -> Answer {
    match actor.seat {
        Seat::CityOfficer | Seat::CityChair => Ok(()),
        _ => Err(Denial::by(Code::NotThisSeat, Role::CityOfficer)),
    }
}

/// Opening a ward's package: those who review or decide for the city.
///
/// # Errors
/// Another seat.
pub fn can_open_package(actor: &Actor) -> Answer {
    match actor.seat {
        Seat::CityOfficer | Seat::CityChair => Ok(()),
        _ => Err(Denial::by(Code::NotThisSeat, Role::CityOfficer)),
    }
}

pub(super) fn covers_requests(actor: &Actor) -> Answer {
    match &actor.delegation {
        Some(delegation) if !delegation.scope.contains(&DossierKind::Request) => {
            Err(Denial::always(Code::OutsideDelegation))
        }
        _ => Ok(()),
    }
}

/// Deciding several groups of a package by one paper; whether each may be decided is asked again for each.
///
/// # Errors
/// Another seat, or a delegation that does not cover requests.
pub fn can_decide_package(actor: &Actor) -> Answer {
    covers_requests(actor)?;
    match actor.seat {
        Seat::CityChair => Ok(()),
        _ => Err(Denial::by(Code::NotThisSeat, Role::CityChair)),
    }
}

/// Sending to the city what was recommended after the package had gone; each dossier is asked again.
///
/// # Errors
/// Another seat, or a delegation that does not cover requests.
pub fn can_send_package(actor: &Actor) -> Answer {
    covers_requests(actor)?;
    match actor.seat {
        Seat::WardOfficer { .. } | Seat::WardChair { .. } => Ok(()),
        _ => Err(Denial::by(Code::NotThisSeat, Role::WardOfficer)),
    }
}
