//! What the first steward's command writes, with the migration role.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::account::model::Phone;
use crate::platform::clock::civil;
use crate::platform::id::{AccountId, SeatId};

/// A unit to be found, or made.
#[derive(Debug)]
pub struct New<'a> {
    /// province, city or ward.
    pub kind: &'a str,
    /// Its name.
    pub name: &'a str,
    /// The unit above.
    pub parent: Option<Uuid>,
    /// Of a ward; a city is its own.
    pub city: Option<Uuid>,
    /// The piece of a receipt number.
    pub code: &'a str,
}

/// Whether there is a steward already. Holds others off until the transaction ends: two commands at once would both find none.
///
/// # Errors
/// What the database says.
pub async fn steward_exists(conn: &mut PgConnection) -> Result<bool, sqlx::Error> {
    sqlx::query!("lock table seat in share row exclusive mode").execute(&mut *conn).await?;
    sqlx::query_scalar!(
        r#"select exists (select from seat where role in ('steward_ward', 'steward_city')) as "exists!""#
    )
    .fetch_one(conn)
    .await
}

/// An account without a password.
///
/// # Errors
/// What the database says.
pub async fn add_account(
    conn: &mut PgConnection,
    id: AccountId,
    phone: &Phone,
    name: &str,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into account (id, phone, full_name, honorific, must_change, created_at) values ($1, $2, $3, 'bạn', true, $4)",
        id.uuid(),
        phone.as_str(),
        name,
        now
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A steward's seat: of the ward, or of the city when there is none.
///
/// # Errors
/// What the database says.
pub async fn add_steward(
    conn: &mut PgConnection,
    account: AccountId,
    (city, ward): (Uuid, Option<Uuid>),
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into seat (id, account_id, role, city_id, ward_id, valid_from) values ($1, $2, $3, $4, $5, $6)",
        SeatId::new(now).uuid(),
        account.uuid(),
        if ward.is_some() { "steward_ward" } else { "steward_city" },
        city,
        ward,
        civil(now)
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A one-time link, by the SHA-256 of its token.
///
/// # Errors
/// What the database says.
pub async fn add_invite(
    conn: &mut PgConnection,
    token_hash: &[u8],
    account: AccountId,
    expires_at: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into invite (token_hash, account_id, expires_at) values ($1, $2, $3)",
        token_hash,
        account.uuid(),
        expires_at
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The unit of that name in its place.
///
/// # Errors
/// What the database says.
pub async fn find_unit(conn: &mut PgConnection, new: &New<'_>) -> Result<Option<Uuid>, sqlx::Error> {
    sqlx::query_scalar!(
        "select id from unit where kind = $1 and lower(name) = lower($2) and parent_id is not distinct from $3 and valid_to is null",
        new.kind,
        new.name,
        new.parent
    )
    .fetch_optional(conn)
    .await
}

/// A unit that begins today.
///
/// # Errors
/// What the database says.
pub async fn add_unit(
    conn: &mut PgConnection,
    id: Uuid,
    new: &New<'_>,
    short_name: &str,
    today: NaiveDate,
) -> Result<(), sqlx::Error> {
    let (city, ward) = match new.kind {
        "city" => (Some(id), None),
        "ward" => (new.city, Some(id)),
        _ => (None, None),
    };
    sqlx::query!(
        "insert into unit (id, kind, parent_id, city_id, ward_id, code, name, short_name, valid_from)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        id,
        new.kind,
        new.parent,
        city,
        ward,
        new.code,
        new.name,
        short_name,
        today
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Opens a session for whoever has this number, in the first seat that keeps a register: for a command that acts in a person's name.
/// None when there is nobody.
///
/// # Errors
/// What the database says.
pub async fn open_session_of(
    conn: &mut PgConnection,
    phone: &str,
    key_hash: &[u8],
    now: DateTime<Utc>,
) -> Result<Option<Uuid>, sqlx::Error> {
    sqlx::query_scalar!(
        "insert into session (id, key_hash, account_id, seat_id, device, created_at, last_seen_at)
         select gen_random_uuid(), $2, a.id, s.id, 'dòng lệnh', $3, $3 from account a join seat s on s.account_id = a.id
          where a.phone = $1 and a.disabled_at is null and s.role in ('ward_officer', 'area_officer', 'group_leader')
            and s.valid_from <= civil_day($3) and (s.valid_to is null or s.valid_to >= civil_day($3))
          order by s.role desc, s.id limit 1 returning id",
        phone,
        key_hash,
        now
    )
    .fetch_optional(conn)
    .await
}

/// Ends that session.
///
/// # Errors
/// What the database says.
pub async fn close_session(conn: &mut PgConnection, session: Uuid) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from session where id = $1", session).execute(conn).await?;
    Ok(())
}
