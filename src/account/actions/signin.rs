//! Signing in and out, and the one-time link.

use chrono::{DateTime, Utc};
use secrecy::SecretString;

use crate::account::model::Phone;
use crate::account::store::signin::{self as store, Found, NewSession};
use crate::app::App;
use crate::platform::id::key32;
use crate::web::session::hash;

/// A try to sign in.
#[derive(Debug)]
pub struct Try<'a> {
    /// The number.
    pub phone: &'a Phone,
    /// The password as typed.
    pub password: &'a SecretString,
    /// Where it came from, for the throttle.
    pub address: &'a str,
    /// Browser and device in words.
    pub device: &'a str,
    /// SHA-256 of the session key this browser held before: that session ends.
    pub replaces: Option<&'a [u8]>,
}

/// What came of it.
#[derive(Debug)]
pub enum SignedIn {
    /// In: the key for the cookie, and whether a seat was taken.
    In {
        /// 32 random bytes in hexadecimal.
        key: String,
        /// A seat was taken; otherwise one has to be chosen.
        seated: bool,
    },
    /// Unknown number or wrong password: nobody is told which.
    Wrong,
    /// Rest until then.
    Resting(DateTime<Utc>),
}

/// Signs in. The connection is given back while the password is verified.
///
/// # Errors
/// What the database or the hashing says.
pub async fn sign_in(app: &App, attempt: &Try<'_>, now: DateTime<Utc>) -> anyhow::Result<SignedIn> {
    let mut db = app.db.enter_public().await?;
    let found = store::begin(&mut db, attempt.phone, attempt.address, now).await?;
    drop(db);
    let (account, kept) = match found {
        Found::Resting(until) => return Ok(SignedIn::Resting(until)),
        Found::Nobody => {
            app.passwords.verify_nobody(attempt.password.clone()).await?;
            return Ok(SignedIn::Wrong);
        }
        Found::Account(account, kept) => (account, kept),
    };
    if !app.passwords.verify(attempt.password.clone(), &kept).await? {
        return Ok(SignedIn::Wrong);
    }
    let key = hex::encode(key32(&mut rand::rng()));
    let new = NewSession {
        key_hash: &hash(&key),
        account,
        verified_hash: &kept,
        address: attempt.address,
        replaces: attempt.replaces,
        device: attempt.device,
    };
    let mut db = app.db.enter_public().await?;
    // None: reset or shut while the password was being verified.
    Ok(store::open(&mut db, &new, now).await?.map_or(SignedIn::Wrong, |seated| SignedIn::In { key, seated }))
}

/// Signs out: whoever holds the key may end it.
///
/// # Errors
/// What the database says.
pub async fn sign_out(app: &App, key_hash: &[u8]) -> anyhow::Result<()> {
    let mut db = app.db.enter_public().await?;
    store::end(&mut db, key_hash).await?;
    Ok(())
}

/// Sets the first password through a one-time link; false when the link is spent or too old by now.
///
/// # Errors
/// What the database or the hashing says.
pub async fn redeem_invite(
    app: &App,
    token_hash: &[u8],
    password: SecretString,
    now: DateTime<Utc>,
) -> anyhow::Result<bool> {
    let kept = app.passwords.hash(password).await?;
    let mut db = app.db.enter_public().await?;
    Ok(store::redeem_invite(&mut db, token_hash, &kept, now).await?)
}
