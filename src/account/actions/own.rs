//! One's own password.

use chrono::{DateTime, Utc};
use secrecy::SecretString;

use crate::account::store::own::{self as store, Confirm};
use crate::app::App;
use crate::platform::db::Scoped;
use crate::platform::id::SessionId;

/// What came of changing the password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changed {
    /// Changed; the other sessions ended.
    Done,
    /// The present password was wrong.
    Wrong,
    /// Rest until then.
    Resting(DateTime<Utc>),
}

/// Changes one's own password. The connection is given back while passwords are verified and hashed; `key_hash` enters again.
///
/// # Errors
/// What the database or the hashing says.
pub async fn change_password(
    app: &App,
    mut db: Scoped,
    (key_hash, session): (&[u8], SessionId),
    (present, new): (SecretString, SecretString),
    now: DateTime<Utc>,
) -> anyhow::Result<Changed> {
    let kept = match store::password(&mut db, now).await? {
        Confirm::Resting(until) => return Ok(Changed::Resting(until)),
        Confirm::Against(kept) => kept,
    };
    drop(db);
    if !app.passwords.verify(present, &kept).await? {
        return Ok(Changed::Wrong);
    }
    let hashed = app.passwords.hash(new).await?;
    let (mut db, _) = app.db.enter_session(key_hash, now, app.settings.idle).await?;
    let done = store::change_password(&mut db, &kept, &hashed, session).await?;
    // Not done: a steward reset it, or shut the account, while it was being hashed. The old one is no longer right.
    Ok(if done { Changed::Done } else { Changed::Wrong })
}
