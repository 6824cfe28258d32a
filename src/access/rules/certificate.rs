//! Who issues certificates, and who looks at a ward's list of them.

use crate::access::rules::many::covers_requests;
use crate::access::{Actor, Denial, DenialCode as Code, Permit, Place, Role, Seat, act};
use crate::certificate::model::Unit;
use crate::dossier::model::{Dossier, Facts, Status};
use crate::ruleset::{DossierKind, Level};

type Answer = Result<(), Denial>;

/// The chair who recognised, and the standing office beside the chair: of the ward where the ruleset lets it recognise its groups,
/// else of the city.
fn as_issuer(actor: &Actor, place: Place, recognised_by: Level) -> Answer {
    covers_requests(actor)?;
    let by_ward = place.group.is_some() && recognised_by == Level::Ward;
    let holds = match &actor.seat {
        Seat::WardOfficer { ward } | Seat::WardChair { ward } => by_ward && *ward == place.ward,
        Seat::CityOfficer | Seat::CityChair => !by_ward && actor.city == place.city,
        _ => false,
    };
    let who = if by_ward { Role::WardChair } else { Role::CityChair };
    if holds { Ok(()) } else { Err(Denial::by(Code::NotThisSeat, who)) }
}

/// Issuing the certificate of one recognised unit.
///
/// # Errors
/// Another seat, or a unit that is not recognised.
pub fn can_certify(actor: &Actor, dossier: &Dossier, facts: &Facts) -> Answer {
    if dossier.kind != DossierKind::Request || dossier.status != Status::Recognised {
        return Err(Denial::always(Code::NotInThisState));
    }
    as_issuer(actor, dossier.place, facts.recognised_by)
}

/// The same of a unit in the list of its ward.
///
/// # Errors
/// As [`can_certify`].
pub fn can_certify_unit(actor: &Actor, unit: &Unit) -> Answer {
    if unit.status != Status::Recognised || unit.is_void {
        return Err(Denial::always(Code::NotInThisState));
    }
    as_issuer(actor, unit.place, unit.recognised_by)
}

/// Permit to issue the certificate of a unit.
///
/// # Errors
/// As [`can_certify`].
pub fn may_certify(actor: &Actor, unit: Unit) -> Result<Permit<act::Certify, Unit>, Denial> {
    can_certify_unit(actor, &unit)?;
    Ok(Permit::new(unit, actor))
}

/// Reading which units of a ward have their certificate: the seats that may issue one, whoever recognises in that year.
///
/// # Errors
/// Another seat.
pub fn can_see_certificates(actor: &Actor) -> Answer {
    covers_requests(actor)?;
    match actor.seat {
        Seat::WardOfficer { .. } | Seat::WardChair { .. } | Seat::CityOfficer | Seat::CityChair => Ok(()),
        _ => Err(Denial::by(Code::NotThisSeat, Role::CityChair)),
    }
}
