//! Who keeps which units.

use crate::access::{Actor, Denial, DenialCode as Code, Role};
use crate::area::model::{Kind, Unit};

use super::can_administer;

type Answer = Result<(), Denial>;

/// Adding a unit: a ward's steward adds what lies in the ward, a city's steward wards and the city's own offices.
///
/// # Errors
/// Another seat.
pub fn can_add_unit(actor: &Actor, kind: Kind) -> Answer {
    can_administer(actor)?;
    match (actor.ward(), kind) {
        (Some(_), Kind::Group | Kind::Office | Kind::Agency | Kind::Enterprise | Kind::School) => Ok(()),
        (None, Kind::Ward | Kind::Office) => Ok(()),
        // Provinces and cities are laid with the installation.
        (_, Kind::Province | Kind::City) => Err(Denial::always(Code::NotThisSeat)),
        (Some(_), Kind::Ward) => Err(Denial::by(Code::NotThisSeat, Role::StewardCity)),
        (None, _) => Err(Denial::by(Code::NotThisSeat, Role::StewardWard)),
    }
}

/// Giving a unit another name: whoever could add it, in its place; a city's steward also the city itself.
///
/// # Errors
/// Another seat.
pub fn can_rename_unit(actor: &Actor, unit: &Unit) -> Answer {
    if unit.kind == Kind::City && actor.ward().is_none() {
        return can_administer(actor);
    }
    can_add_unit(actor, unit.kind)?;
    if unit.kind == Kind::Ward || unit.ward == actor.ward() {
        return Ok(());
    }
    Err(Denial::by(Code::NotThisSeat, Role::StewardWard))
}

/// Ending a unit: as renaming, but a city does not end here.
///
/// # Errors
/// Another seat.
pub fn can_close_unit(actor: &Actor, unit: &Unit) -> Answer {
    if unit.kind == Kind::City {
        return Err(Denial::always(Code::NotThisSeat));
    }
    can_rename_unit(actor, unit)
}
