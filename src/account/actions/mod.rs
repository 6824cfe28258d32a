//! One function per verb.

mod delegation;
mod own;
mod signin;
mod steward;

pub use delegation::{delegate, revoke};
pub use own::{Changed, change_password};
pub use signin::{SignedIn, Try, redeem_invite, sign_in, sign_out};
pub use steward::{Switch, create, end_seat, give_seat, reset, switch};

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use super::store;
use crate::access::{Actor, Refused, Seat};
use crate::journal::model::Entry;
use crate::platform::id::{DelegationId, SeatId};

/// Sits down in a seat of one's own or a lent one.
///
/// # Errors
/// `Invalid` when it is not to be had any more; what the database says.
pub async fn choose_seat(
    conn: &mut PgConnection,
    key_hash: &[u8],
    seat: (SeatId, Option<DelegationId>),
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    if store::seats::choose(conn, key_hash, seat, now).await? {
        Ok(())
    } else {
        Err(Refused::Invalid(vec![("vai", crate::words::account::SEAT_GONE.to_owned())]))
    }
}

/// Looks at another year from now on, in this session. `key_hash` is that of the session's cookie.
///
/// # Errors
/// `NotFound` when the seat's place has no such year; what the database says.
pub async fn choose_year(conn: &mut PgConnection, key_hash: &[u8], year: i32) -> Result<(), Refused> {
    if store::seats::choose_year(conn, key_hash, year).await? { Ok(()) } else { Err(Refused::NotFound) }
}

/// An event at the place of the acting seat: a city's own has no ward, and a leader's lies in the group.
fn at_seat<'a>(actor: &'a Actor, verb: &'static str, detail: serde_json::Value) -> Entry<'a> {
    let group = match &actor.seat {
        Seat::GroupLeader { group, .. } => Some(*group),
        _ => None,
    };
    Entry {
        actor,
        city: actor.city,
        ward: actor.ward(),
        group,
        cycle: None,
        subject: None,
        dossier: None,
        household: None,
        verb,
        from_version: None,
        reason: None,
        detail,
    }
}
