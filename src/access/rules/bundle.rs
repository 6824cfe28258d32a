//! Who may have papers and files of a year put together to take away. A package and a year's archive are the ward's office's, and the
//! city's for what was sent to it; lists of households stay with those who keep the register.

use super::can_see_register;
use crate::access::{Actor, Denial, DenialCode as Code, Permit, Role, Seat, act};
use crate::bundle::model::{Kind, Order};
use crate::platform::id::UnitId;
use crate::ruleset::DossierKind;

type Answer = Result<(), Denial>;

/// A lent seat covers the kinds of dossier that its owner named.
fn covers(actor: &Actor, kind: DossierKind) -> Answer {
    match &actor.delegation {
        Some(delegation) if !delegation.scope.contains(&kind) => Err(Denial::always(Code::OutsideDelegation)),
        _ => Ok(()),
    }
}

/// The whole ward, or a group of one's own.
fn reaches(actor: &Actor, group: Option<UnitId>) -> Answer {
    let reaches = match (&actor.seat, group) {
        (Seat::WardOfficer { .. } | Seat::WardChair { .. }, _) => true,
        (Seat::GroupLeader { group: own, .. }, Some(group)) => *own == group,
        (Seat::AreaOfficer { groups, .. }, Some(group)) => groups.contains(&group),
        _ => false,
    };
    if reaches { Ok(()) } else { Err(Denial::by(Code::NotThisSeat, Role::WardOfficer)) }
}

/// Looking at what can be taken away, and taking away what was made: the table shows the seat what it may see.
///
/// # Errors
/// A steward's seat, or a committee member's.
pub fn can_see_bundles(actor: &Actor) -> Answer {
    match actor.seat {
        Seat::WardSteward { .. } | Seat::CitySteward | Seat::CommitteeMember { .. } => {
            Err(Denial::by(Code::NotThisSeat, Role::WardOfficer))
        }
        _ => Ok(()),
    }
}

/// Having such a bundle made, of a group or of the whole ward.
///
/// # Errors
/// Another seat, another group, or a lent seat that does not cover it.
pub fn can_make_bundle(actor: &Actor, kind: Kind, group: Option<UnitId>) -> Answer {
    match kind {
        Kind::Package | Kind::Archive => {
            covers(actor, DossierKind::Request)?;
            if kind == Kind::Archive {
                covers(actor, DossierKind::Registration)?;
            }
            match actor.seat {
                Seat::WardOfficer { .. } | Seat::WardChair { .. } | Seat::CityOfficer | Seat::CityChair => Ok(()),
                _ => Err(Denial::by(Code::NotThisSeat, Role::WardOfficer)),
            }
        }
        Kind::Registrations => {
            covers(actor, DossierKind::Registration)?;
            reaches(actor, group)
        }
        Kind::Sheets | Kind::Households => {
            can_see_register(actor)?;
            reaches(actor, group)
        }
    }
}

/// Permit to have one made.
///
/// # Errors
/// As [`can_make_bundle`], or another ward's.
pub fn may_make_bundle(actor: &Actor, order: Order) -> Result<Permit<act::MakeBundle, Order>, Denial> {
    can_make_bundle(actor, order.kind, order.place.group)?;
    if actor.ward().is_some_and(|ward| ward != order.place.ward) || actor.city != order.place.city {
        return Err(Denial::always(Code::NotThisSeat));
    }
    Ok(Permit::new(order, actor))
}
