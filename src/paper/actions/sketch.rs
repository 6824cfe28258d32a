//! A draft as it would be printed, without writing anything.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use super::{drafted, signing_unit};
use crate::access::Refused;
use crate::paper::model::{Names, Slot};
use crate::paper::print::{HouseholdRow, Printing, Stage, set};
use crate::paper::store;
use crate::ruleset::cache::Rulesets;

/// The draft that people are writing over, or what the program would write now. `households` are the rows of a list of them.
///
/// # Errors
/// [`Refused::NotFound`] out of sight, or what the database says.
pub async fn sketch(
    conn: &mut PgConnection,
    rulesets: &Rulesets,
    (slot, names): (&Slot, &Names),
    households: &[HouseholdRow],
    now: DateTime<Utc>,
) -> Result<typeset::Paper, Refused> {
    let (text, facts, facts_at) = match store::find(conn, slot).await? {
        Some(id) => {
            let paper = store::load(conn, id).await?.paper;
            (paper.written, paper.facts, paper.facts_at)
        }
        None => {
            let draft = drafted(conn, rulesets, slot, now).await?;
            (draft.text, draft.facts, now)
        }
    };
    let settings = store::body(conn, signing_unit(slot), slot.kind.body()).await?;
    let head = settings.letterhead(slot.kind, names);
    let printing = Printing { kind: slot.kind, text: &text, facts: &facts, facts_at, households, head: &head, now };
    Ok(set(&printing, Stage::Draft))
}
