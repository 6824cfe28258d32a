//! How long what ended is kept, and taking people out of it.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use crate::access::{Actor, Permit, Refused, act};
use crate::platform::id::{HouseholdId, UnitId};
use crate::privacy::model::YEARS_UNLESS_SET;

/// How long a ward keeps what ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keeping {
    /// After how many years name and address go.
    pub years: i32,
    /// When it was set and by whom; none where nobody did.
    pub set: Option<(DateTime<Utc>, String)>,
    /// How many households the next run anonymises.
    pub next: i32,
}

/// How long the seat's ward keeps what ended. Primary key of `retention`, index `household_ended`.
///
/// # Errors
/// What the database says.
pub async fn keeping(conn: &mut PgConnection, ward: UnitId, now: DateTime<Utc>) -> Result<Keeping, Refused> {
    let r = sqlx::query!(
        r#"select r.years as "years?", r.set_at as "set_at?", r.set_by as "set_by?", household_expired_count($2) as "next!"
           from (select $1::uuid as ward) w left join retention r on r.ward_id = w.ward"#,
        ward.uuid(),
        now
    )
    .fetch_one(conn)
    .await?;
    let years = r.years.unwrap_or(YEARS_UNLESS_SET);
    Ok(Keeping { years, set: r.set_at.zip(r.set_by), next: r.next })
}

/// Sets after how many years name and address go.
///
/// # Errors
/// What the database says.
pub async fn set_years(
    conn: &mut PgConnection,
    (actor, ward): (&Actor, UnitId),
    years: i32,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    sqlx::query!(
        "insert into retention (ward_id, city_id, years, set_at, set_by) values ($1, $2, $3, $4, $5)
         on conflict (ward_id) do update set years = excluded.years, set_at = excluded.set_at, set_by = excluded.set_by",
        ward.uuid(),
        actor.city.uuid(),
        years,
        now,
        actor.person.name
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The run by the calendar, over every ward; gives of how many households name and address were taken out.
///
/// # Errors
/// What the database says.
pub async fn anonymise_expired(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<i32, sqlx::Error> {
    sqlx::query_scalar!(r#"select household_anonymise_expired($1) as "count!""#, now).fetch_one(conn).await
}

/// Takes name and address out of a household that asked for it and does not live here any more.
///
/// # Errors
/// [`Refused::Stale`] when it lives here after all, or is anonymous already; or what the database says.
pub async fn anonymise_one(
    conn: &mut PgConnection,
    permit: &Permit<act::AnswerSubject, HouseholdId>,
    (by, now): (&str, DateTime<Utc>),
) -> Result<(), Refused> {
    let count =
        sqlx::query_scalar!(r#"select household_anonymise_one($1, $2, $3) as "count!""#, permit.of().uuid(), now, by)
            .fetch_one(conn)
            .await?;
    if count == 1 { Ok(()) } else { Err(Refused::Stale) }
}
