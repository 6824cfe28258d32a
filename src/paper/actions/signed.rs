//! Taking in the same paper signed: by a token as PDF, or by hand and scanned.

use chrono::{DateTime, Utc};
use sqlx::Connection;

use super::tell;
use crate::access::{Actor, Refused, rules};
use crate::dossier;
use crate::paper::model::{Signed, Told};
use crate::paper::store;
use crate::platform::db::Scoped;
use crate::platform::files::StoredFile;
use crate::platform::id::PaperId;
use crate::ruleset::cache::Rulesets;

/// A signed file that is kept, and what was found in it.
#[derive(Debug)]
pub struct Brought {
    /// The file.
    pub stored: StoredFile,
    /// The signatures as they stand in it; none for a scan.
    pub found: Option<Vec<Told>>,
}

/// Keeps it beside the paper, and in the paper's part of the dossier where that is open.
///
/// # Errors
/// A rule, or what the database says.
pub async fn add_signed(
    mut db: Scoped,
    rulesets: &Rulesets,
    actor: &Actor,
    (id, brought): (PaperId, &Brought),
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    let whole = store::load(&mut tx, id).await?;
    let (slot, dossier) = (whole.paper.slot, whole.paper.dossier);
    let number = whole.paper.issued.as_ref().and_then(|it| it.number.clone());
    let permit = rules::may_sign_paper(actor, whole.paper)?;
    let Brought { stored, found } = brought;
    let signed = Signed {
        how: if found.is_some() { "token" } else { "scan" }.to_owned(),
        media_type: stored.kind.media_type().to_owned(),
        sha256: stored.hash.to_string(),
        size: i64::try_from(stored.size).map_err(anyhow::Error::from)?,
        found: found.clone(),
        at: now,
        by: actor.person.name.clone(),
    };
    if !store::add_signed(&mut tx, &permit, &signed).await? {
        // The same file sent twice.
        return Ok(());
    }
    if let (Some(dossier), Some((_, part)), true) =
        (dossier, slot.kind.part(), whole.standing.is_some_and(|it| it.open))
    {
        let paper = dossier::actions::OwnPaper { part, stored, bearing: None, replaces: &[] };
        dossier::actions::put_paper(&mut tx, rulesets, actor, (dossier, &paper), now).await?;
    }
    tell(&mut tx, (actor, (&slot, dossier)), ("paper_signed", number.as_deref()), now).await?;
    tx.commit().await?;
    Ok(())
}
