//! Bodies: how they issue, which number comes next, who signs.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use sqlx::types::Json;

use crate::access::{Place, Refused};
use crate::paper::model::{Body, Capacity, Keeper, Settings, Signer};
use crate::platform::id::UnitId;

/// How a body issues; what was never set is empty. The primary key.
///
/// # Errors
/// What the database says.
pub async fn body(conn: &mut PgConnection, unit: UnitId, body: Body) -> Result<Settings, Refused> {
    let row = sqlx::query!(
        r#"select parent, name, symbol, place, register, recipients as "recipients: Json<BTreeMap<String, String>>", revision
             from paper_body where unit_id = $1 and body = $2"#,
        unit.uuid(),
        body.as_str()
    )
    .fetch_optional(conn)
    .await?;
    let Some(r) = row else { return Ok(Settings::default()) };
    Ok(Settings {
        parent: r.parent,
        name: r.name,
        symbol: r.symbol,
        place: r.place,
        register: r.register.parse().map_err(anyhow::Error::from)?,
        recipients: r.recipients.0,
        revision: r.revision,
    })
}

/// The place of a body's rows: a city has no ward.
fn columns(place: Place, unit: UnitId) -> (Option<uuid::Uuid>, Option<uuid::Uuid>) {
    let ward = (unit != place.city).then(|| place.ward.uuid());
    let group = place.group.filter(|group| *group == unit).map(UnitId::uuid);
    (ward, group)
}

/// Writes how a body issues; `settings.revision` is the one the form was drawn from.
///
/// # Errors
/// [`Refused::Stale`] when somebody else was first.
pub async fn save_body(
    conn: &mut PgConnection,
    (place, unit, body): (Place, UnitId, Body),
    settings: &Settings,
    (by, now): (&str, DateTime<Utc>),
) -> Result<(), Refused> {
    let (ward, group) = columns(place, unit);
    let done = sqlx::query!(
        "insert into paper_body as b (unit_id, body, city_id, ward_id, group_id, parent, name, symbol, place, register, recipients, updated_at, updated_by)
         select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13
          where $14 = 0 or exists (select from paper_body o where o.unit_id = $1 and o.body = $2)
         on conflict (unit_id, body) do update set parent = excluded.parent, name = excluded.name, symbol = excluded.symbol, place = excluded.place,
           register = excluded.register, recipients = excluded.recipients, updated_at = excluded.updated_at, updated_by = excluded.updated_by, revision = b.revision + 1
         where b.revision = $14",
        unit.uuid(),
        body.as_str(),
        place.city.uuid(),
        ward,
        group,
        settings.parent,
        settings.name,
        settings.symbol,
        settings.place,
        settings.register.as_str(),
        Json(&settings.recipients) as _,
        now,
        by,
        settings.revision
    )
    .execute(conn)
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(Refused::Stale) }
}

/// The last number of a register that the program keeps; none while it has not begun. Tells only what is so now: [`count`] takes the next.
///
/// # Errors
/// What the database says.
pub async fn last(
    conn: &mut PgConnection,
    (unit, body): (UnitId, Body),
    (year, book): (i32, &str),
) -> Result<Option<i32>, Refused> {
    Ok(sqlx::query_scalar!(
        "select last from paper_register where unit_id = $1 and body = $2 and year = $3 and book = $4",
        unit.uuid(),
        body.as_str(),
        year,
        book
    )
    .fetch_optional(conn)
    .await?)
}

/// Takes that number, if it is still the next, or still begins the register: `false` when another paper was first. It waits for whoever
/// is about to take it.
///
/// # Errors
/// What the database says.
pub async fn count(
    conn: &mut PgConnection,
    (place, unit, body): (Place, UnitId, Body),
    (year, book): (i32, &str),
    (count, first): (i32, bool),
) -> Result<bool, Refused> {
    let (ward, group) = columns(place, unit);
    let done = sqlx::query!(
        "insert into paper_register as r (unit_id, body, city_id, ward_id, group_id, year, book, last)
         select $1, $2, $3, $4, $5, $6, $7, $8
          where $9 or exists (select from paper_register o where o.unit_id = $1 and o.body = $2 and o.year = $6 and o.book = $7)
         on conflict (unit_id, body, year, book) do update set last = excluded.last where r.last = excluded.last - 1 and not $9",
        unit.uuid(),
        body.as_str(),
        place.city.uuid(),
        ward,
        group,
        year,
        book,
        count,
        first
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Who may sign for a keeper on that day: the head of the unit, then those to whom the head lent the seat.
///
/// # Errors
/// What the database says.
pub async fn signers(
    conn: &mut PgConnection,
    (keeper, unit): (Keeper, UnitId),
    now: DateTime<Utc>,
) -> Result<Vec<Signer>, Refused> {
    let rows = sqlx::query!(
        r#"select full_name as "name!", form from paper_signers($1, $2, $3)"#,
        keeper.as_str(),
        unit.uuid(),
        now
    )
    .fetch_all(conn)
    .await?;
    let capacity = |form: Option<String>| form.map_or(Ok(Capacity::Own), |form| form.parse());
    rows.into_iter()
        .map(|r| Ok(Signer { name: r.name, capacity: capacity(r.form).map_err(anyhow::Error::from)? }))
        .collect()
}
