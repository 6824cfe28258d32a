//! Many households at once: what a spreadsheet is compared with, and what it writes over.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::access::Refused;
use crate::household::model::{Address, Facts};
use crate::platform::id::{HouseholdId, UnitId};

/// A household as far as a list is compared with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The household.
    pub id: HouseholdId,
    /// Its code.
    pub code: String,
    /// The code of its group.
    pub group: String,
    /// What is written of it.
    pub facts: Facts,
}

/// Everybody who lives in a ward, or in one group of it, as far as the seat sees. Reads `household_walk`.
///
/// # Errors
/// What the database says.
pub async fn known(conn: &mut PgConnection, ward: UnitId, group: Option<UnitId>) -> Result<Vec<Known>, Refused> {
    let rows = sqlx::query!(
        r#"select h.id as "id: HouseholdId", h.code, g.code as group_code, h.head, h.house, h.alley, h.street, h.members, h.phone, h.note
             from household h join unit g on g.id = h.group_id
            where h.ward_id = $1 and ($2::uuid is null or h.group_id = $2) and h.status = 'resident'"#,
        ward.uuid(),
        group.map(UnitId::uuid)
    )
    .fetch_all(conn)
    .await?;
    let known = rows.into_iter().map(|r| Known {
        id: r.id,
        code: r.code,
        group: r.group_code,
        facts: Facts {
            head: r.head,
            address: Address { house: r.house, alley: r.alley, street: r.street },
            members: r.members,
            phone: r.phone,
            note: r.note,
        },
    });
    Ok(known.collect())
}

/// Which of these codes are taken in the ward, by households that the seat may not see too.
///
/// # Errors
/// What the database says.
pub async fn codes_taken(conn: &mut PgConnection, codes: &[String]) -> Result<Vec<String>, Refused> {
    Ok(sqlx::query_scalar!(r#"select household_codes_taken($1) as "code!""#, codes).fetch_all(conn).await?)
}

/// Other facts of a household, by a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The household.
    pub id: HouseholdId,
    /// Its code.
    pub code: String,
    /// What is written of it from now on.
    pub to: Facts,
}

/// Writes other facts of many households, what stood before kept for each; two statements.
///
/// # Errors
/// What the database says.
pub async fn update_all(
    conn: &mut PgConnection,
    changes: &[Change],
    reason: &str,
    (by, now): (&str, DateTime<Utc>),
) -> Result<(), Refused> {
    let ids: Vec<Uuid> = changes.iter().map(|it| it.id.uuid()).collect();
    sqlx::query!(
        "insert into household_version (household_id, city_id, ward_id, group_id, revision, head, house, alley, street, members, phone, note,
                                        replaced_at, replaced_by, reason)
         select id, city_id, ward_id, group_id, revision, head, house, alley, street, members, phone, note, $2, $3, $4
           from household where id = any ($1)",
        &ids,
        now,
        by,
        reason
    )
    .execute(&mut *conn)
    .await?;
    let keys: Vec<_> = changes.iter().map(|it| it.to.keys(&it.code)).collect();
    let texts = |of: fn(&Change) -> &str| changes.iter().map(|it| of(it).to_owned()).collect::<Vec<_>>();
    let maybe =
        |of: fn(&Change) -> Option<&str>| changes.iter().map(|it| of(it).map(str::to_owned)).collect::<Vec<_>>();
    sqlx::query!(
        "update household h set head = t.head, house = t.house, alley = t.alley, street = t.street, members = t.members, phone = t.phone, note = t.note,
                search = t.search, by_given = t.by_given, walk = t.walk, revision = h.revision + 1, updated_at = $2, updated_by = $3
           from unnest($1::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::int[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[])
             t (id, head, house, alley, street, members, phone, note, search, by_given, walk)
          where h.id = t.id",
        &ids,
        now,
        by,
        &texts(|it| &it.to.head),
        &texts(|it| &it.to.address.house),
        &texts(|it| &it.to.address.alley),
        &texts(|it| &it.to.address.street),
        &changes.iter().map(|it| it.to.members).collect::<Vec<_>>() as _,
        &maybe(|it| it.to.phone.as_deref()) as _,
        &maybe(|it| it.to.note.as_deref()) as _,
        &keys.iter().map(|it| it.search.clone()).collect::<Vec<_>>(),
        &keys.iter().map(|it| it.by_given.clone()).collect::<Vec<_>>(),
        &keys.iter().map(|it| it.walk.clone()).collect::<Vec<_>>()
    )
    .execute(conn)
    .await?;
    Ok(())
}
