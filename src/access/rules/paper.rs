//! Who drafts papers, issues them, takes the signed ones in, and says how a body issues. A group's papers are its leader's, helped by the
//! area officer, who answers for nothing; a ward's are its standing office's and its chair's, a city's likewise.

use crate::access::{Actor, Denial, DenialCode as Code, Permit, Role, Seat, act};
use crate::paper::model::{Keeper, Kind, Paper, Slot};
use crate::platform::id::UnitId;
use crate::ruleset::DossierKind;

type Answer = Result<(), Denial>;

/// A lent seat covers the kinds of dossier that its owner named.
fn covers(actor: &Actor, kind: Kind) -> Answer {
    let of = kind.part().map_or(DossierKind::Request, |(of, _)| of);
    match &actor.delegation {
        Some(delegation) if !delegation.scope.contains(&of) => Err(Denial::always(Code::OutsideDelegation)),
        _ => Ok(()),
    }
}

const fn office(keeper: Keeper) -> Role {
    match keeper {
        Keeper::Group => Role::GroupLeader,
        Keeper::Ward => Role::WardOfficer,
        Keeper::City => Role::CityOfficer,
    }
}

/// Reading papers: everybody who works on dossiers. Row-level security keeps a group's people to their groups, and a city to what was sent.
///
/// # Errors
/// A steward's seat.
pub fn can_see_papers(actor: &Actor) -> Answer {
    match actor.seat {
        Seat::WardSteward { .. } | Seat::CitySteward => Err(Denial::by(Code::NotThisSeat, Role::WardOfficer)),
        _ => Ok(()),
    }
}

fn holds(actor: &Actor, keeper: Keeper, group: Option<UnitId>) -> bool {
    match (&actor.seat, keeper, group) {
        (Seat::GroupLeader { group: own, .. }, Keeper::Group, Some(group)) => *own == group,
        (Seat::AreaOfficer { groups, .. }, Keeper::Group, Some(group)) => groups.contains(&group),
        (Seat::WardOfficer { .. } | Seat::WardChair { .. }, Keeper::Ward, None) => true,
        (Seat::CityOfficer | Seat::CityChair, Keeper::City, None) => true,
        _ => false,
    }
}

/// Drafting and writing over a paper of that kind: of the group, or of ward and city.
///
/// # Errors
/// Another seat, another group, or a lent seat that does not cover it.
pub fn can_draft_paper(actor: &Actor, kind: Kind, group: Option<UnitId>) -> Answer {
    covers(actor, kind)?;
    let keeper = kind.keeper();
    if holds(actor, keeper, group) { Ok(()) } else { Err(Denial::by(Code::NotThisSeat, office(keeper))) }
}

/// Permit to draft a paper there.
///
/// # Errors
/// As [`can_draft_paper`], or another ward's.
pub fn may_draft_paper(actor: &Actor, slot: Slot) -> Result<Permit<act::DraftPaper, Slot>, Denial> {
    can_draft_paper(actor, slot.kind, slot.place.group)?;
    if actor.ward().is_some_and(|ward| ward != slot.place.ward) || actor.city != slot.place.city {
        return Err(Denial::always(Code::NotThisSeat));
    }
    Ok(Permit::new(slot, actor))
}

fn is_open(paper: &Paper) -> Answer {
    if paper.issued.is_none() { Ok(()) } else { Err(Denial::always(Code::PaperIssued)) }
}

/// Writing over a draft, or drafting it anew.
///
/// # Errors
/// As [`can_draft_paper`], or a paper that is issued.
pub fn can_write_paper(actor: &Actor, paper: &Paper) -> Answer {
    can_draft_paper(actor, paper.slot.kind, paper.slot.place.group)?;
    is_open(paper)
}

/// Permit to write over a draft.
///
/// # Errors
/// As [`can_write_paper`].
pub fn may_write_paper(actor: &Actor, paper: Paper) -> Result<Permit<act::DraftPaper, Paper>, Denial> {
    can_write_paper(actor, &paper)?;
    Ok(Permit::new(paper, actor))
}

/// Issuing: it takes a number and stands still from then on.
///
/// # Errors
/// As [`can_write_paper`], or the seat of an area officer.
pub fn can_issue_paper(actor: &Actor, paper: &Paper) -> Answer {
    can_write_paper(actor, paper)?;
    match actor.seat {
        Seat::AreaOfficer { .. } => Err(Denial::by(Code::NotThisSeat, Role::GroupLeader)),
        _ => Ok(()),
    }
}

/// Permit to issue.
///
/// # Errors
/// As [`can_issue_paper`].
pub fn may_issue_paper(actor: &Actor, paper: Paper) -> Result<Permit<act::IssuePaper, Paper>, Denial> {
    can_issue_paper(actor, &paper)?;
    Ok(Permit::new(paper, actor))
}

/// Taking in the signed file of an issued paper, or making the paper a part of its dossier; whether the part is open is asked again there.
///
/// # Errors
/// As [`can_draft_paper`], or a paper that is not issued.
pub fn can_sign_paper(actor: &Actor, paper: &Paper) -> Answer {
    can_draft_paper(actor, paper.slot.kind, paper.slot.place.group)?;
    if paper.issued.is_some() { Ok(()) } else { Err(Denial::always(Code::PaperNotIssued)) }
}

/// Permit to take the signed file in.
///
/// # Errors
/// As [`can_sign_paper`].
pub fn may_sign_paper(actor: &Actor, paper: Paper) -> Result<Permit<act::SignPaper, Paper>, Denial> {
    can_sign_paper(actor, &paper)?;
    Ok(Permit::new(paper, actor))
}

/// Whose body's letterhead, register and recipients this seat keeps.
///
/// # Errors
/// A seat that issues nothing.
pub fn can_keep_paper_body(actor: &Actor) -> Result<Keeper, Denial> {
    match actor.seat {
        Seat::GroupLeader { .. } => Ok(Keeper::Group),
        Seat::WardOfficer { .. } | Seat::WardChair { .. } => Ok(Keeper::Ward),
        Seat::CityOfficer | Seat::CityChair => Ok(Keeper::City),
        _ => Err(Denial::by(Code::NotThisSeat, Role::WardOfficer)),
    }
}
