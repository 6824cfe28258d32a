//! Who writes the texts from which papers are drafted.

use super::can_administer;
use crate::access::{Actor, Denial, DenialCode as Code, Permit, Role, act};
use crate::paper::model::{Keeper, Kind};

/// Reading wordings, their versions and what they say in a sample: the stewards.
///
/// # Errors
/// Another seat.
pub fn can_edit_wordings(actor: &Actor) -> Result<(), Denial> {
    can_administer(actor)
}

/// Publishing a wording for the own place. Papers of the city are the city's; of all others a ward may have its own.
///
/// # Errors
/// Another seat.
pub fn can_publish_wording(actor: &Actor, kind: Kind) -> Result<(), Denial> {
    can_edit_wordings(actor)?;
    if kind.keeper() == Keeper::City && actor.ward().is_some() {
        return Err(Denial::by(Code::NotThisSeat, Role::StewardCity));
    }
    Ok(())
}

/// Publishing a wording.
///
/// # Errors
/// As [`can_publish_wording`].
pub fn may_publish_wording(actor: &Actor, kind: Kind) -> Result<Permit<act::PublishWording, Kind>, Denial> {
    can_publish_wording(actor, kind)?;
    Ok(Permit::new(kind, actor))
}
