//! Who reads counts of incidents, who enters and who confirms them; and who types the figures that no register counts.

use crate::access::{Actor, Denial, DenialCode as Code, Permit, Role, Seat, act};
use crate::incident::model::Count;
use crate::incident::model::figure::Typed;
use crate::incident::model::unit::Listed;
use crate::platform::id::UnitId;
use crate::ruleset::{DossierKind, Metric};

type Answer = Result<(), Denial>;

/// A lent seat reaches the counts when it was lent for the requests, which are judged by them.
fn within_delegation(actor: &Actor) -> Answer {
    match &actor.delegation {
        Some(delegation) if !delegation.scope.contains(&DossierKind::Request) => {
            Err(Denial::always(Code::OutsideDelegation))
        }
        _ => Ok(()),
    }
}

/// Reading: a leader the own group's, an area officer those of the groups looked after, the ward's seats all of them.
///
/// # Errors
/// Another seat.
pub fn can_see_incidents(actor: &Actor) -> Answer {
    within_delegation(actor)?;
    match actor.seat {
        Seat::GroupLeader { .. }
        | Seat::AreaOfficer { .. }
        | Seat::WardOfficer { .. }
        | Seat::CommitteeMember { .. }
        | Seat::WardChair { .. } => Ok(()),
        _ => Err(Denial::by(Code::NotThisSeat, Role::WardOfficer)),
    }
}

/// Entering: the ward police everywhere; an area officer in the own groups, as a draft until a ward officer confirms it.
///
/// # Errors
/// Another seat, or another group.
pub fn can_enter_incident(actor: &Actor, group: Option<UnitId>) -> Answer {
    within_delegation(actor)?;
    let holds = match &actor.seat {
        Seat::WardOfficer { .. } => true,
        Seat::AreaOfficer { groups, .. } => group.is_some_and(|group| groups.contains(&group)),
        _ => false,
    };
    if holds { Ok(()) } else { Err(Denial::by(Code::NotThisSeat, Role::WardOfficer)) }
}

/// Permit to enter a count.
///
/// # Errors
/// Another seat, or another group.
pub fn may_enter_incident(
    actor: &Actor,
    group: Option<UnitId>,
) -> Result<Permit<act::EnterIncident, Option<UnitId>>, Denial> {
    can_enter_incident(actor, group)?;
    Ok(Permit::new(group, actor))
}

/// Confirming: the ward police. A count that nobody confirmed flips no criterion.
///
/// # Errors
/// Another seat.
pub fn can_confirm_incidents(actor: &Actor) -> Answer {
    within_delegation(actor)?;
    match actor.seat {
        Seat::WardOfficer { .. } => Ok(()),
        _ => Err(Denial::by(Code::NotThisSeat, Role::WardOfficer)),
    }
}

/// Permit to confirm counts of a ward.
///
/// # Errors
/// Another seat.
pub fn may_confirm_incidents(actor: &Actor, ward: UnitId) -> Result<Permit<act::ConfirmIncident, UnitId>, Denial> {
    can_confirm_incidents(actor)?;
    Ok(Permit::new(ward, actor))
}

/// Correcting, or striking out: whoever could enter it; once it is confirmed, the ward police alone.
///
/// # Errors
/// Another seat or group, or a count that is sealed for it.
pub fn can_correct_incident(actor: &Actor, count: &Count) -> Answer {
    can_enter_incident(actor, count.facts.group)?;
    if count.void.is_some() {
        return Err(Denial::always(Code::CountSealed));
    }
    if count.confirmed.is_some() && can_confirm_incidents(actor).is_err() {
        return Err(Denial::by(Code::CountSealed, Role::WardOfficer));
    }
    Ok(())
}

/// Permit to correct a count or to strike it out.
///
/// # Errors
/// Another seat or group, or a count that is sealed for it.
pub fn may_correct_incident(actor: &Actor, count: Count) -> Result<Permit<act::CorrectIncident, Count>, Denial> {
    can_correct_incident(actor, &count)?;
    Ok(Permit::new(count, actor))
}

/// Last year's counts, and saying that they are complete: the ward police.
///
/// # Errors
/// Another seat.
pub fn can_keep_last_year(actor: &Actor) -> Answer {
    can_confirm_incidents(actor)
}

/// Permit to bring in the counts of the year before, to strike a list out, to call them complete.
///
/// # Errors
/// Another seat.
pub fn may_keep_last_year(actor: &Actor, ward: UnitId) -> Result<Permit<act::KeepLastYear, UnitId>, Denial> {
    can_keep_last_year(actor)?;
    Ok(Permit::new(ward, actor))
}

/// Typing a figure: the ward's standing office all of them, an area officer those of the own groups, a leader those of the own group.
/// Only the standing office answers for the ward itself.
///
/// # Errors
/// Another seat, another unit, or a figure that the seat does not answer for.
pub fn can_save_figure(actor: &Actor, unit: UnitId, metric: Metric) -> Answer {
    within_delegation(actor)?;
    let of_group = matches!(metric, Metric::Population | Metric::CoreForceDisciplined);
    let holds = match &actor.seat {
        Seat::WardOfficer { .. } => true,
        Seat::AreaOfficer { groups, .. } => of_group && groups.contains(&unit),
        Seat::GroupLeader { group, .. } => of_group && *group == unit,
        _ => false,
    };
    if holds { Ok(()) } else { Err(Denial::by(Code::NotThisSeat, Role::WardOfficer)) }
}

/// Permit to write changed figures, all of them or none.
///
/// # Errors
/// One of them is not the seat's.
pub fn may_save_figures(
    actor: &Actor,
    ward: UnitId,
    typed: Vec<Typed>,
) -> Result<Permit<act::SaveFigures, (UnitId, Vec<Typed>)>, Denial> {
    for one in &typed {
        can_save_figure(actor, one.unit, one.metric)?;
    }
    Ok(Permit::new((ward, typed), actor))
}

/// Writing what the year of an agency, enterprise or school comes to: the ward's standing office.
///
/// # Errors
/// Another seat.
pub fn can_keep_unit_year(actor: &Actor) -> Answer {
    can_confirm_incidents(actor)
}

/// Permit to write what the year of a unit comes to.
///
/// # Errors
/// Another seat.
pub fn may_keep_unit_year(actor: &Actor, unit: Listed) -> Result<Permit<act::KeepUnitYear, Listed>, Denial> {
    can_keep_unit_year(actor)?;
    Ok(Permit::new(unit, actor))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Place;
    use crate::access::matrix::sample_actor;
    use crate::incident::model::{Facts, Void, When};
    use crate::ruleset::Gravity;
    use chrono::DateTime;
    use uuid::Uuid;

    fn unit(n: u128) -> UnitId {
        Uuid::from_u128(n).into()
    }

    fn count(group: Option<u128>, confirmed: bool, void: bool) -> Count {
        let group = group.map(unit);
        let hand = (DateTime::UNIX_EPOCH, "Đặng Thu Hồng".to_owned());
        let facts =
            Facts { kind: "toi-pham".to_owned(), gravity: Gravity::Ordinary, when: When::Year(2023), group, n: 1 };
        Count {
            id: Uuid::nil().into(),
            place: Place { city: unit(1), ward: unit(2), group },
            facts,
            batch: None,
            confirmed: confirmed.then(|| hand.clone()),
            void: void.then(|| Void { at: hand.0, by: hand.1.clone(), reason: "Ghi nhầm.".to_owned() }),
            revision: 1,
            created: hand.clone(),
            updated: hand,
        }
    }

    #[test]
    fn an_area_officer_writes_drafts_of_the_own_groups_alone() {
        let area = sample_actor(Role::AreaOfficer);
        assert!(can_enter_incident(&area, Some(unit(3))).is_ok());
        assert!(can_enter_incident(&area, Some(unit(33))).is_err());
        assert!(can_enter_incident(&area, None).is_err());
        assert!(can_correct_incident(&area, &count(Some(3), false, false)).is_ok());
        let sealed = can_correct_incident(&area, &count(Some(3), true, false)).expect_err("confirmed");
        assert_eq!(sealed, Denial::by(Code::CountSealed, Role::WardOfficer));
        assert!(can_confirm_incidents(&area).is_err());
    }

    #[test]
    fn the_ward_police_correct_what_stands_and_nobody_what_was_struck_out() {
        let officer = sample_actor(Role::WardOfficer);
        assert!(can_correct_incident(&officer, &count(None, true, false)).is_ok());
        let sealed = can_correct_incident(&officer, &count(Some(3), true, true)).expect_err("struck out");
        assert_eq!(sealed, Denial::always(Code::CountSealed));
        for role in [Role::GroupLeader, Role::CommitteeMember, Role::WardChair, Role::StewardWard, Role::CityOfficer] {
            assert!(can_correct_incident(&sample_actor(role), &count(Some(3), false, false)).is_err(), "{role:?}");
        }
    }

    #[test]
    fn a_leader_types_figures_of_the_own_group_and_none_of_the_ward() {
        let leader = sample_actor(Role::GroupLeader);
        assert!(can_save_figure(&leader, unit(3), Metric::CoreForceDisciplined).is_ok());
        assert!(can_save_figure(&leader, unit(33), Metric::CoreForceDisciplined).is_err());
        assert!(can_save_figure(&leader, unit(3), Metric::WardPoliceDisciplined).is_err());
        assert!(can_save_figure(&sample_actor(Role::WardOfficer), unit(2), Metric::WardPoliceDisciplined).is_ok());
        assert!(can_save_figure(&sample_actor(Role::WardChair), unit(2), Metric::Population).is_err());
    }
}
