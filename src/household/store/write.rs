//! Writing households.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::access::{Permit, Place, Refused, act};
use crate::household::model::{End, Facts, Household, Status};
use crate::platform::id::{BatchId, HouseholdId, UnitId};

/// A household about to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fresh {
    /// Its id.
    pub id: HouseholdId,
    /// Its group.
    pub group: UnitId,
    /// "07-0123".
    pub code: String,
    /// What is written of it.
    pub facts: Facts,
    /// Since when it lives there.
    pub since: NaiveDate,
}

/// The next free number of the codes that begin with a group's code; nobody else takes one until the transaction ends.
///
/// # Errors
/// What the database says.
pub async fn next_number(conn: &mut PgConnection, prefix: &str) -> Result<i32, Refused> {
    Ok(sqlx::query_scalar!(r#"select household_next_number($1) as "number!""#, prefix).fetch_one(conn).await?)
}

/// Writes new households with their first stays, however many, in two statements. `began` is a word of `household_stay.began`.
///
/// # Errors
/// What the database says; `household_code_once` when a code is taken.
pub async fn insert_all(
    conn: &mut PgConnection,
    place: Place,
    fresh: &[Fresh],
    (began, batch): (&'static str, Option<BatchId>),
    (by, now): (&str, DateTime<Utc>),
) -> Result<(), sqlx::Error> {
    let ids: Vec<Uuid> = fresh.iter().map(|it| it.id.uuid()).collect();
    let groups: Vec<Uuid> = fresh.iter().map(|it| it.group.uuid()).collect();
    let since: Vec<NaiveDate> = fresh.iter().map(|it| it.since).collect();
    let keys: Vec<_> = fresh.iter().map(|it| it.facts.keys(&it.code)).collect();
    let texts = |of: fn(&Fresh) -> &str| fresh.iter().map(|it| of(it).to_owned()).collect::<Vec<_>>();
    let maybe = |of: fn(&Fresh) -> Option<&str>| fresh.iter().map(|it| of(it).map(str::to_owned)).collect::<Vec<_>>();
    sqlx::query!(
        "insert into household (id, city_id, ward_id, group_id, code, head, house, alley, street, members, phone, note, since, search, by_given, walk,
                                batch_id, created_at, updated_at, updated_by)
         select t.id, $1, $2, t.grp, t.code, t.head, t.house, t.alley, t.street, t.members, t.phone, t.note, t.since, t.search, t.by_given, t.walk, $3, $4, $4, $5
           from unnest($6::uuid[], $7::uuid[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::int[], $14::text[], $15::text[], $16::date[],
                       $17::text[], $18::text[], $19::text[])
             t (id, grp, code, head, house, alley, street, members, phone, note, since, search, by_given, walk)",
        place.city.uuid(),
        place.ward.uuid(),
        batch.map(BatchId::uuid),
        now,
        by,
        &ids,
        &groups,
        &texts(|it| &it.code),
        &texts(|it| &it.facts.head),
        &texts(|it| &it.facts.address.house),
        &texts(|it| &it.facts.address.alley),
        &texts(|it| &it.facts.address.street),
        &fresh.iter().map(|it| it.facts.members).collect::<Vec<_>>() as _,
        &maybe(|it| it.facts.phone.as_deref()) as _,
        &maybe(|it| it.facts.note.as_deref()) as _,
        &since,
        &keys.iter().map(|it| it.search.clone()).collect::<Vec<_>>(),
        &keys.iter().map(|it| it.by_given.clone()).collect::<Vec<_>>(),
        &keys.iter().map(|it| it.walk.clone()).collect::<Vec<_>>()
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "insert into household_stay (household_id, city_id, ward_id, group_id, since, began)
         select t.id, $1, $2, t.grp, t.since, $3 from unnest($4::uuid[], $5::uuid[], $6::date[]) t (id, grp, since)",
        place.city.uuid(),
        place.ward.uuid(),
        began,
        &ids,
        &groups,
        &since
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes other facts of a household and keeps what stood before.
///
/// # Errors
/// [`Refused::Stale`] when somebody else was first.
pub async fn update(
    conn: &mut PgConnection,
    permit: &Permit<act::KeepRegister, Household>,
    to: &Facts,
    reason: Option<&str>,
    (by, now): (&str, DateTime<Utc>),
) -> Result<(), Refused> {
    let before = permit.of();
    sqlx::query!(
        "insert into household_version (household_id, city_id, ward_id, group_id, revision, head, house, alley, street, members, phone, note,
                                        replaced_at, replaced_by, reason)
         select id, city_id, ward_id, group_id, revision, head, house, alley, street, members, phone, note, $3, $4, $5
           from household where id = $1 and revision = $2",
        before.id.uuid(),
        before.revision,
        now,
        by,
        reason
    )
    .execute(&mut *conn)
    .await?;
    let keys = to.keys(&before.code);
    let done = sqlx::query!(
        "update household set head = $3, house = $4, alley = $5, street = $6, members = $7, phone = $8, note = $9, search = $10, by_given = $11, walk = $12,
                revision = revision + 1, updated_at = $13, updated_by = $14
          where id = $1 and revision = $2",
        before.id.uuid(),
        before.revision,
        to.head,
        to.address.house,
        to.address.alley,
        to.address.street,
        to.members,
        to.phone,
        to.note,
        keys.search,
        keys.by_given,
        keys.walk,
        now,
        by
    )
    .execute(conn)
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(Refused::Stale) }
}

/// How a household stops living where it lived.
#[derive(Debug, Clone, Copy)]
pub struct Ending<'a> {
    /// What it is from then on.
    pub how: End,
    /// A word of `household_stay.ended`.
    pub ended: &'static str,
    /// Its last day.
    pub last: NaiveDate,
    /// Why, as somebody typed it.
    pub reason: Option<&'a str>,
}

/// Writes the last day of a household here.
///
/// # Errors
/// [`Refused::Stale`] when somebody else was first.
pub async fn end(
    conn: &mut PgConnection,
    permit: &Permit<act::KeepRegister, Household>,
    ending: Ending<'_>,
    (by, now): (&str, DateTime<Utc>),
) -> Result<(), Refused> {
    let before = permit.of();
    let done = sqlx::query!(
        "update household set status = $3, ended_on = $4, revision = revision + 1, updated_at = $5, updated_by = $6
          where id = $1 and revision = $2",
        before.id.uuid(),
        before.revision,
        Status::from(ending.how).as_str(),
        ending.last,
        now,
        by
    )
    .execute(&mut *conn)
    .await?;
    if done.rows_affected() != 1 {
        return Err(Refused::Stale);
    }
    close_stay(conn, before, ending).await
}

/// Ends the stay that lasts. A stay that would end before it began was a slip of the same day.
async fn close_stay(conn: &mut PgConnection, household: &Household, ending: Ending<'_>) -> Result<(), Refused> {
    sqlx::query!(
        "update household_stay set until = greatest($3, since), ended = $4, reason = $5 where ward_id = $1 and household_id = $2 and until is null",
        household.ward.uuid(),
        household.id.uuid(),
        ending.last,
        ending.ended,
        ending.reason
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Takes a wrongly written end back: the last stay goes on as if nothing had been written.
///
/// # Errors
/// [`Refused::Stale`] when somebody else was first.
pub async fn resume(
    conn: &mut PgConnection,
    permit: &Permit<act::KeepRegister, Household>,
    reason: &str,
    (by, now): (&str, DateTime<Utc>),
) -> Result<(), Refused> {
    let before = permit.of();
    let done = sqlx::query!(
        "update household set status = 'resident', ended_on = null, revision = revision + 1, updated_at = $3, updated_by = $4
          where id = $1 and revision = $2",
        before.id.uuid(),
        before.revision,
        now,
        by
    )
    .execute(&mut *conn)
    .await?;
    if done.rows_affected() != 1 {
        return Err(Refused::Stale);
    }
    sqlx::query!(
        "update household_stay s set until = null, ended = null, reason = $3
          where s.ward_id = $1 and s.household_id = $2 and s.since = (select max(l.since) from household_stay l where l.ward_id = $1 and l.household_id = $2)",
        before.ward.uuid(),
        before.id.uuid(),
        reason
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Moves a household to another group from a day on: one stay ends the day before, the next begins.
///
/// # Errors
/// [`Refused::Stale`] when somebody else was first.
pub async fn move_to(
    conn: &mut PgConnection,
    permit: &Permit<act::MoveHousehold, Household>,
    (group, from, reason): (UnitId, NaiveDate, Option<&str>),
    (by, now): (&str, DateTime<Utc>),
) -> Result<(), Refused> {
    let before = permit.of();
    let done = sqlx::query!(
        "update household set group_id = $3, revision = revision + 1, updated_at = $4, updated_by = $5 where id = $1 and revision = $2",
        before.id.uuid(),
        before.revision,
        group.uuid(),
        now,
        by
    )
    .execute(&mut *conn)
    .await?;
    if done.rows_affected() != 1 {
        return Err(Refused::Stale);
    }
    let last = from.pred_opt().unwrap_or(from);
    // The status of a household that moves inside the ward does not change; only the stay is closed.
    close_stay(conn, before, Ending { how: End::Moved, ended: "to_group", last, reason }).await?;
    sqlx::query!(
        "insert into household_stay (household_id, city_id, ward_id, group_id, since, began) values ($1, $2, $3, $4, $5, 'from_group')",
        before.id.uuid(),
        before.city.uuid(),
        before.ward.uuid(),
        group.uuid(),
        from
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes that a household came from another one. `how` is "split" or "merge".
///
/// # Errors
/// What the database says.
pub async fn insert_origin(
    conn: &mut PgConnection,
    (household, predecessor): (HouseholdId, &Household),
    how: &'static str,
    since: NaiveDate,
) -> Result<(), Refused> {
    sqlx::query!(
        "insert into household_origin (household_id, predecessor_id, city_id, ward_id, group_id, how, since) values ($1, $2, $3, $4, $5, $6, $7)",
        household.uuid(),
        predecessor.id.uuid(),
        predecessor.city.uuid(),
        predecessor.ward.uuid(),
        predecessor.group.uuid(),
        how,
        since
    )
    .execute(conn)
    .await?;
    Ok(())
}
