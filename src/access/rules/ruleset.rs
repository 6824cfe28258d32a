//! Who writes rulesets of a ward's or a city's own.

use super::can_administer;
use crate::access::{Actor, Denial, DenialCode as Code, Permit, act};
use crate::ruleset::model::Draft;

/// Writing rulesets, comparing drafts, publishing: the stewards, each for their own place, never with a lent seat.
///
/// # Errors
/// Another seat.
pub fn can_edit_rulesets(actor: &Actor) -> Result<(), Denial> {
    can_administer(actor)
}

/// Changing, publishing or throwing away a draft. What was published stays as it is.
///
/// # Errors
/// Another seat, or a draft that was published.
pub fn may_write_ruleset(actor: &Actor, draft: Draft) -> Result<Permit<act::WriteRuleset, Draft>, Denial> {
    can_edit_rulesets(actor)?;
    // Row-level security keeps the drafts of other places out of sight; this says it once more.
    if draft.city != actor.city || draft.ward != actor.ward() {
        return Err(Denial::always(Code::NotThisSeat));
    }
    if draft.published.is_some() {
        return Err(Denial::always(Code::RulesetPublished));
    }
    Ok(Permit::new(draft, actor))
}
