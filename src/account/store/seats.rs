//! The seats a person may act in, and the year looked at.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;

use crate::access::Role;
use crate::platform::id::{DelegationId, SeatId};

/// A seat to choose, one's own or lent.
#[derive(Debug, Clone)]
pub struct Choice {
    /// The seat.
    pub seat: SeatId,
    /// The delegation through which it is held.
    pub delegation: Option<DelegationId>,
    /// Its role.
    pub role: Role,
    /// City, ward and groups by name.
    pub city: String,
    /// The ward.
    pub ward: Option<String>,
    /// "Tổ 7", or several.
    pub groups: Option<String>,
    /// Whose seat it is, when lent, and how the deputy signs.
    pub lent: Option<(String, String)>,
    /// The last day, when there is one.
    pub until: Option<NaiveDate>,
}

/// The seats of the person who entered, own ones first.
///
/// # Errors
/// What the database says; a role it does not know.
pub async fn mine(conn: &mut PgConnection, now: DateTime<Utc>) -> anyhow::Result<Vec<Choice>> {
    let rows = sqlx::query!(
        r#"select seat_id as "seat!", delegation_id, role as "role!", city as "city!", ward, groups, on_behalf_of, form, until from my_seats($1)"#,
        now
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Choice {
                seat: row.seat.into(),
                delegation: row.delegation_id.map(Into::into),
                role: row.role.parse()?,
                city: row.city,
                ward: row.ward,
                groups: row.groups,
                lent: row.on_behalf_of.zip(row.form),
                until: row.until,
            })
        })
        .collect()
}

/// Sits down; false when the seat is not this person's today.
///
/// # Errors
/// What the database says.
pub async fn choose(
    conn: &mut PgConnection,
    key_hash: &[u8],
    (seat, delegation): (SeatId, Option<DelegationId>),
    now: DateTime<Utc>,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query_scalar!(
        "select choose_seat($1, $2, $3, $4)",
        key_hash,
        seat.uuid(),
        delegation.map(DelegationId::uuid),
        now
    )
    .fetch_one(conn)
    .await?;
    Ok(done.unwrap_or(false))
}

/// Looks at another year; false when there is no such year where the seat is.
///
/// # Errors
/// What the database says.
pub async fn choose_year(conn: &mut PgConnection, key_hash: &[u8], year: i32) -> Result<bool, sqlx::Error> {
    Ok(sqlx::query_scalar!("select choose_year($1, $2)", key_hash, year).fetch_one(conn).await?.unwrap_or(false))
}
