//! Publishing a wording, and taking an older one again.

use chrono::{DateTime, Utc};
use serde_json::json;
use sqlx::{Connection, PgConnection};

use super::model::{Proposal, Which, faults};
use super::store;
use crate::access::{Actor, Permit, Place as Seat, Refused, act, rules};
use crate::journal::{self, model::Entry};
use crate::paper::model::{Fault, Kind, Wording};
use crate::platform::db::Scoped;
use crate::words::wording as words;

/// Publishes a wording for the seat's own place; `seen` is the newest one that the form was drawn after. Gives the version.
///
/// # Errors
/// A rule; what is wrong with the texts, each at its field; [`Refused::Stale`] when somebody published meanwhile; the database.
pub async fn publish(
    db: &mut Scoped,
    actor: &Actor,
    (kind, seen): (Kind, Which),
    proposal: &Proposal,
    now: DateTime<Utc>,
) -> Result<i32, Refused> {
    let permit = rules::may_publish_wording(actor, kind)?;
    let mut tx = db.begin().await?;
    let in_force = store::in_force(&mut tx, kind).await?;
    if in_force.seen() != seen {
        // The same form sent twice: the first one did it.
        return match in_force.seen() {
            Which::Own(version) if in_force.wording.text == proposal.text => Ok(version),
            _ => Err(Refused::Stale),
        };
    }
    if in_force.faults.is_empty() && in_force.wording.text == proposal.text {
        return Err(Refused::Invalid(vec![("", words::NOTHING_CHANGED.to_owned())]));
    }
    let found = faults(&Wording { kind, version: 0, text: proposal.text.clone() });
    if !found.is_empty() {
        return Err(Refused::Invalid(found.iter().map(told).collect()));
    }
    let version = write(&mut tx, (&permit, proposal), now).await?;
    tx.commit().await?;
    Ok(version)
}

/// Publishes the texts of an older version anew.
///
/// # Errors
/// As [`publish`]; [`Refused::NotFound`] when there is no such version.
pub async fn take_again(
    db: &mut Scoped,
    actor: &Actor,
    (kind, seen): (Kind, Which),
    which: Which,
    now: DateTime<Utc>,
) -> Result<i32, Refused> {
    rules::can_publish_wording(actor, kind)?;
    let wording = match which {
        Which::BuiltIn => Wording::built_in(kind),
        _ => store::find(db, kind, which).await?.ok_or(Refused::NotFound)?.wording,
    };
    let proposal = Proposal { text: wording.text, note: words::taken_again(which) };
    publish(db, actor, (kind, seen), &proposal, now).await
}

/// A fault at the field that it is in.
fn told(fault: &Fault) -> (&'static str, String) {
    (words::field(fault.place), words::fault(fault))
}

async fn write(
    conn: &mut PgConnection,
    (permit, proposal): (&Permit<act::PublishWording, Kind>, &Proposal),
    now: DateTime<Utc>,
) -> Result<i32, Refused> {
    let version = store::insert(conn, permit, proposal, now).await.map_err(|error| {
        let constraint = error.as_database_error().and_then(sqlx::error::DatabaseError::constraint);
        // Two stewards at the same moment.
        if constraint == Some("wording_version_once") { Refused::Stale } else { Refused::from(error) }
    })?;
    let actor = permit.actor();
    let unit = actor.ward().unwrap_or(actor.city);
    let entry = Entry {
        ward: actor.ward(),
        subject: Some(unit),
        reason: Some(&proposal.note),
        detail: json!({ "kind": permit.of().as_str(), "version": version }),
        ..Entry::at(actor, Seat { city: actor.city, ward: unit, group: None }, "wording_published")
    };
    journal::store::write(conn, &entry, now).await?;
    Ok(version)
}
