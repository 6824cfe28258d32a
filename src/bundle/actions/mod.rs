//! One function per verb: ask for a bundle, have it tried again, make it.

mod make;
mod print;

use chrono::{DateTime, Utc};
use serde_json::json;
use sqlx::Connection;

use super::model::{Bundle, Order, State, Wish, Year};
use super::store;
use crate::access::{Actor, Place, Refused, rules};
use crate::journal::{self, model::Entry};
use crate::platform::db::Scoped;
use crate::platform::id::BundleId;
use crate::platform::jobs::{self, Bell};
use crate::privacy;
use crate::privacy::model::{Look, What};

pub use make::make;

/// The job that makes one.
pub const JOB: &str = "bundle";

/// What is wanted of a year, as an order.
#[must_use]
pub fn order(kind: super::model::Kind, year: &Year, wish: Wish) -> Order {
    let is_sheets = kind == super::model::Kind::Sheets;
    Order {
        kind,
        place: Place { group: wish.group.filter(|_| kind.of_a_group()), ..year.place },
        cycle: year.cycle,
        each: is_sheets && wish.each,
        open_only: is_sheets && wish.open_only,
    }
}

/// Has one made. The same that this person waits for already is not begun twice.
///
/// # Errors
/// A rule, a ward that sent the city nothing, or what the database says.
pub async fn ask(
    mut db: Scoped,
    (bell, leads_to): (&Bell, &str),
    actor: &Actor,
    (order, sent): (Order, bool),
    now: DateTime<Utc>,
) -> Result<BundleId, Refused> {
    let permit = rules::may_make_bundle(actor, order)?;
    if actor.role().is_city() && !sent {
        return Err(Refused::NotFound);
    }
    let mut tx = db.begin().await?;
    if let Some(id) = store::waiting(&mut tx, actor, &order).await?
        && jobs::store::progress(&mut tx, id.uuid()).await?.is_some_and(|it| it.state != "failed")
    {
        return Ok(id);
    }
    let id = BundleId::new(now);
    store::insert(&mut tx, &permit, (id, leads_to), now).await?;
    jobs::store::add(&mut tx, JOB, id.uuid(), actor.person.session, now).await?;
    let entry = Entry {
        cycle: Some(order.cycle),
        detail: json!({ "bundle": order.kind.as_str() }),
        ..Entry::at(actor, order.place, "bundle_asked")
    };
    journal::store::write(&mut tx, &entry, now).await?;
    tx.commit().await?;
    bell.ring();
    Ok(id)
}

/// Has one tried again that was not made.
///
/// # Errors
/// A rule, [`Refused::NotFound`], or what the database says.
pub async fn again(
    mut db: Scoped,
    bell: &Bell,
    actor: &Actor,
    id: BundleId,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let mut tx = db.begin().await?;
    let bundle = store::load(&mut tx, id, now).await?;
    rules::can_make_bundle(actor, bundle.order.kind, bundle.order.place.group)?;
    let last = jobs::store::progress(&mut tx, id.uuid()).await?;
    let is_given_up = last.is_none_or(|it| it.state == "failed");
    match bundle.state {
        State::Failed => {}
        State::Waiting if is_given_up => {}
        // The button pressed twice.
        State::Waiting | State::Done => return Ok(()),
    }
    store::again(&mut tx, id, now).await?;
    jobs::store::add(&mut tx, JOB, id.uuid(), actor.person.session, now).await?;
    tx.commit().await?;
    bell.ring();
    Ok(())
}

/// Whoever fetches a file that names households looks at them: that is written down, and only those may who keep the register.
///
/// # Errors
/// A rule, or what the database says.
pub async fn fetched(
    conn: &mut sqlx::PgConnection,
    actor: &Actor,
    bundle: &Bundle,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    rules::can_make_bundle(actor, bundle.order.kind, bundle.order.place.group)?;
    let households = bundle.product.as_ref().map_or(0, |it| it.households);
    if households > 0 {
        rules::can_see_register(actor)?;
        let rows = usize::try_from(households).unwrap_or(0);
        let look = Look { what: What::Export, group: bundle.order.place.group, household: None, rows };
        privacy::store::log(conn, actor, look, now).await?;
    }
    Ok(())
}
