//! A paper that the program drafted becomes a part of a dossier.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;

use super::fill::{editable, entry};
use super::open;
use crate::access::{Actor, Refused};
use crate::dossier::model::PartInput;
use crate::dossier::store::{self, NewFile, Purpose};
use crate::journal;
use crate::platform::files::StoredFile;
use crate::platform::id::DossierId;
use crate::ruleset::cache::Rulesets;

/// What a paper bears, for the fields of its part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bearing {
    /// Number and symbol.
    pub number: Option<String>,
    /// The day on it.
    pub on: NaiveDate,
    /// Who signs it.
    pub signer: String,
}

/// A paper on its way into a dossier.
#[derive(Debug, Clone, Copy)]
pub struct OwnPaper<'a> {
    /// The part, by code.
    pub part: &'a str,
    /// Its file.
    pub stored: &'a StoredFile,
    /// Set when it is the part itself; without, it lies beside what is there.
    pub bearing: Option<&'a Bearing>,
    /// SHA-256 of earlier editions: they are taken out.
    pub replaces: &'a [String],
}

/// Puts it there within the caller's transaction: file, number, day and signer.
///
/// # Errors
/// A rule, a part that is closed, or what the database says.
pub async fn put_paper(
    conn: &mut PgConnection,
    rulesets: &Rulesets,
    actor: &Actor,
    (id, paper): (DossierId, &OwnPaper<'_>),
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    store::lock(conn, id).await?;
    let opened = open(conn, rulesets, id).await?;
    let part = editable(actor, &opened, paper.part, now)?;
    let (dossier, by) = (&opened.whole.dossier, &actor.person.name);
    for old in part.files.iter().filter(|file| paper.replaces.contains(&file.sha256)) {
        store::remove_file(conn, dossier, old.use_id, by, now).await?;
    }
    let sha256 = paper.stored.hash.to_string();
    if !part.files.iter().any(|file| file.sha256 == sha256) {
        let new = NewFile { file: paper.stored, day: None, piece: None, replaces: None };
        store::add_file(conn, dossier, Purpose::Part(part.id), &new, actor, now).await?;
    }
    match paper.bearing {
        Some(bearing) => {
            let input = PartInput {
                number: bearing.number.clone().or_else(|| part.number.clone()),
                issued_on: Some(bearing.on),
                signer: Some(bearing.signer.clone()),
                content: part.content.clone(),
            };
            store::save_part(conn, part.id, part.revision, &input, by, now).await?;
        }
        None => store::touch_part(conn, dossier, paper.part, by, now).await?,
    }
    let detail = serde_json::json!({ "part": paper.part, "files": [paper.stored.name] });
    Ok(journal::store::write(conn, &entry(actor, &opened.whole, "part_changed", detail), now).await?)
}
