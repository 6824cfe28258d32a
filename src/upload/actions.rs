//! One function per verb: begin an upload, add a piece, take what a form names.

use bytes::Bytes;
use chrono::{DateTime, Utc};
use sqlx::Connection;
use uuid::Uuid;

use super::model::{Announced, Misfit, Upload};
use super::store;
use crate::access::{Actor, Refused};
use crate::platform::db::Scoped;
use crate::platform::files::{Pieces, Received};
use crate::platform::id::UploadId;
use crate::words::upload as words;

/// Begins one.
///
/// # Errors
/// When this person has too much on the way already.
pub async fn begin(
    mut db: Scoped,
    actor: &Actor,
    announced: &Announced,
    now: DateTime<Utc>,
) -> Result<UploadId, Refused> {
    let id = UploadId::new(now);
    if store::begin(&mut db, actor, id, announced, now).await? {
        Ok(id)
    } else {
        Err(Refused::Invalid(vec![("tep", words::TOO_MUCH.to_owned())]))
    }
}

/// Adds a piece at its place; gives how much is here, or where to go on when the piece does not fit.
///
/// # Errors
/// [`Refused::NotFound`] for what is not this person's, or does not lie on this machine.
pub async fn append(
    mut db: Scoped,
    pieces: &Pieces,
    id: UploadId,
    (from, piece): (u64, Bytes),
) -> Result<Result<u64, Misfit>, Refused> {
    let mut tx = db.begin().await?;
    // Two pieces for one place come one after the other; the second finds the place taken.
    let upload = store::lock(&mut tx, id).await?.ok_or(Refused::NotFound)?;
    let to = match upload.grown(from, piece.len() as u64) {
        Ok(to) => to,
        Err(misfit) => return Ok(Err(misfit)),
    };
    if !pieces.write(id.uuid(), from, piece).await.map_err(anyhow::Error::from)? {
        return Err(Refused::NotFound);
    }
    store::grow(&mut tx, id, to).await?;
    tx.commit().await?;
    Ok(Ok(to))
}

/// What became of the files that a form names.
#[derive(Debug, Default)]
pub struct Taken {
    /// Whole, and no form had them yet.
    pub files: Vec<(Upload, Received)>,
    /// A form took them before: this form was sent twice.
    pub repeated: Vec<UploadId>,
    /// Unknown, unfinished, or gone.
    pub lost: usize,
}

/// Takes copies of the files that a form names. Only a write that uses them calls [`store::used`].
///
/// # Errors
/// When the database or the disk does not answer.
pub async fn take(db: &mut Scoped, pieces: &Pieces, ids: &[Uuid], purpose: &str) -> Result<Taken, Refused> {
    let mut taken = Taken::default();
    if ids.is_empty() {
        return Ok(taken);
    }
    let known = store::of_form(db, ids, purpose).await?;
    taken.lost = ids.len().saturating_sub(known.len());
    for upload in known {
        if upload.is_used {
            taken.repeated.push(upload.id);
            continue;
        }
        let content = match upload.is_whole() {
            true => pieces.read(upload.id.uuid(), upload.size).await.map_err(anyhow::Error::from)?,
            false => None,
        };
        match content {
            Some(content) => taken.files.push((upload, content)),
            None => taken.lost += 1,
        }
    }
    Ok(taken)
}
