//! Lending the seat at hand, and taking it back.

use chrono::{DateTime, Utc};
use serde_json::json;
use sqlx::Connection;

use super::at_seat;
use crate::access::{Actor, Denial, DenialCode, Refused, Role, rules};
use crate::account::store::delegation::{self as store, Made, NewDelegation};
use crate::journal::{self, model::Entry};
use crate::platform::db::Scoped;
use crate::platform::id::DelegationId;
use crate::words::account as words;

/// Lends the seat at hand to another person of the city.
///
/// # Errors
/// A rule; a number that nobody here has, one's own, or days in which it is lent to that person already.
pub async fn delegate(mut db: Scoped, actor: Actor, new: NewDelegation, now: DateTime<Utc>) -> Result<(), Refused> {
    rules::can_delegate(&actor)?;
    let at_phone = |sentence: &str| Refused::Invalid(vec![("so-dien-thoai", sentence.to_owned())]);
    let mut tx = db.begin().await?;
    let deputy = match store::make(&mut tx, actor.seat_id, &new, now).await? {
        Made::To(deputy) => deputy,
        Made::NotYours => return Err(Denial::by(DenialCode::NotThisSeat, Role::WardChair).into()),
        Made::UnknownPhone => return Err(at_phone(words::DEPUTY_UNKNOWN)),
        Made::Oneself => return Err(at_phone(words::DEPUTY_ONESELF)),
        Made::Overlaps => return Err(at_phone(words::DEPUTY_OVERLAPS)),
    };
    let scope: Vec<&str> = new.scope.iter().map(|kind| kind.as_str()).collect();
    let detail = json!({ "deputy": deputy, "form": new.form.as_str(), "scope": scope, "from": new.from, "to": new.to });
    let entry = Entry { reason: Some(&new.reason), ..at_seat(&actor, "delegated", detail) };
    journal::store::write(&mut tx, &entry, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes a lent seat back; the deputy is out with the next page.
///
/// # Errors
/// A rule. What is not one's own is not found; what was taken back already is not found either.
pub async fn revoke(mut db: Scoped, actor: Actor, id: DelegationId, now: DateTime<Utc>) -> Result<(), Refused> {
    rules::can_delegate(&actor)?;
    let mut tx = db.begin().await?;
    let deputy = store::revoke(&mut tx, id, now).await?.ok_or(Refused::NotFound)?;
    journal::store::write(&mut tx, &at_seat(&actor, "delegation_revoked", json!({ "deputy": deputy })), now).await?;
    tx.commit().await?;
    Ok(())
}
