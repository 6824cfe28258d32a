//! Units, their earlier names and their kin. Nothing here begins or commits.

use chrono::NaiveDate;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use super::model::{How, Kind, NewUnit, PastName, Relation, Rename, Story, Unit};
use crate::access::Refused;
use crate::platform::id::UnitId;

/// More units of one ward than anybody has; a list never grows beyond it.
const LIST_LIMIT: i64 = 1000;

struct Row {
    id: UnitId,
    kind: String,
    ward: Option<UnitId>,
    parent_name: Option<String>,
    code: String,
    ordinal: i32,
    name: String,
    short_name: String,
    valid_from: NaiveDate,
    valid_to: Option<NaiveDate>,
    revision: i32,
}

impl TryFrom<Row> for Unit {
    type Error = Refused;

    fn try_from(row: Row) -> Result<Self, Refused> {
        Ok(Self {
            id: row.id,
            kind: row.kind.parse().map_err(|_| anyhow::anyhow!("unit {} of unknown kind {}", row.id, row.kind))?,
            ward: row.ward,
            parent_name: row.parent_name,
            code: row.code,
            ordinal: row.ordinal,
            name: row.name,
            short_name: row.short_name,
            valid_from: row.valid_from,
            valid_to: row.valid_to,
            revision: row.revision,
        })
    }
}

/// The units of a ward, without the ward itself, by kind and place. Index `unit_by_ward`.
///
/// # Errors
/// What the database says.
pub async fn of_ward(conn: &mut PgConnection, ward: UnitId) -> Result<Vec<Unit>, Refused> {
    let rows = sqlx::query_as!(
        Row,
        r#"select id as "id: UnitId", kind, ward_id as "ward: UnitId", null::text as parent_name, code, ordinal, name, short_name, valid_from, valid_to, revision
             from unit where ward_id = $1 and kind <> 'ward' order by kind, ordinal, id limit $2"#,
        ward.uuid(),
        LIST_LIMIT
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// The wards of a city and its own offices. Index `unit_by_city`.
///
/// # Errors
/// What the database says.
pub async fn of_city(conn: &mut PgConnection, city: UnitId) -> Result<Vec<Unit>, Refused> {
    let rows = sqlx::query_as!(
        Row,
        r#"select id as "id: UnitId", kind, ward_id as "ward: UnitId", null::text as parent_name, code, ordinal, name, short_name, valid_from, valid_to, revision
             from unit where city_id = $1 and kind in ('ward', 'office') and (kind = 'ward' or ward_id is null) order by kind, ordinal, id limit $2"#,
        city.uuid(),
        LIST_LIMIT
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// A unit with its names and its kin, through the seat's scope.
///
/// # Errors
/// [`Refused::NotFound`], or what the database says.
pub async fn story(conn: &mut PgConnection, id: UnitId) -> Result<Story, Refused> {
    let r = sqlx::query!(
        r#"select u.id as "id: UnitId", u.kind, u.ward_id as "ward: UnitId", p.name as "parent_name?", u.code, u.ordinal, u.name, u.short_name,
             u.valid_from, u.valid_to, u.revision,
             (select coalesce(json_agg(json_build_object('name', n.name, 'short_name', n.short_name, 'used_from', n.used_from, 'used_to', n.used_to)
                      order by n.used_from), '[]') from unit_name n where n.unit_id = u.id) as "past!: Json<Vec<PastName>>",
             (select coalesce(json_agg(json_build_object('id', o.id, 'name', o.name, 'how', k.how, 'since', k.since, 'earlier', k.unit_id = u.id)
                      order by k.since, o.ordinal), '[]')
                from unit_predecessor k join unit o on o.id = case when k.unit_id = u.id then k.predecessor_id else k.unit_id end
               where k.unit_id = u.id or k.predecessor_id = u.id) as "kin!: Json<Vec<Relation>>"
           from unit u left join unit p on p.id = u.parent_id and p.id <> u.id where u.id = $1"#,
        id.uuid()
    )
    .fetch_optional(conn)
    .await?
    .ok_or(Refused::NotFound)?;
    let unit = Row {
        id: r.id,
        kind: r.kind,
        ward: r.ward,
        parent_name: r.parent_name,
        code: r.code,
        ordinal: r.ordinal,
        name: r.name,
        short_name: r.short_name,
        valid_from: r.valid_from,
        valid_to: r.valid_to,
        revision: r.revision,
    };
    Ok(Story { unit: unit.try_into()?, past: r.past.0, kin: r.kin.0 })
}

/// Locks a unit's row until the transaction ends, so that two stewards change it one after the other.
///
/// # Errors
/// [`Refused::NotFound`], or what the database says.
pub async fn lock(conn: &mut PgConnection, id: UnitId) -> Result<(), Refused> {
    let found = sqlx::query_scalar!("select revision from unit where id = $1 for update", id.uuid())
        .fetch_optional(conn)
        .await?;
    found.map(|_| ()).ok_or(Refused::NotFound)
}

/// The units of a kind that began before a day, newest first, locked: among them a new unit finds those it comes from.
///
/// # Errors
/// What the database says.
pub async fn before(conn: &mut PgConnection, parent: UnitId, kind: Kind, day: NaiveDate) -> Result<Vec<Unit>, Refused> {
    let rows = sqlx::query_as!(
        Row,
        r#"select id as "id: UnitId", kind, ward_id as "ward: UnitId", null::text as parent_name, code, ordinal, name, short_name, valid_from, valid_to, revision
             from unit where parent_id = $1 and kind = $2 and valid_from < $3 order by valid_from desc, id for update"#,
        parent.uuid(),
        kind.as_str(),
        day
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Whether a unit of that kind bears the code on that day or later.
///
/// # Errors
/// What the database says.
pub async fn is_code_taken(conn: &mut PgConnection, parent: UnitId, new: &NewUnit) -> Result<bool, Refused> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select 1 from unit where parent_id = $1 and kind = $2 and code = $3 and (valid_to is null or valid_to >= $4)) as "taken!""#,
        parent.uuid(),
        new.kind.as_str(),
        new.code,
        new.from
    )
    .fetch_one(conn)
    .await?)
}

/// Where a new unit is put.
#[derive(Debug, Clone, Copy)]
pub struct Spot {
    /// Its id.
    pub id: UnitId,
    /// The city or ward it lies in.
    pub parent: UnitId,
    /// The city.
    pub city: UnitId,
    /// The ward; a ward names itself.
    pub ward: Option<UnitId>,
}

/// Writes a new unit; without a place of its own it comes last among its kind.
///
/// # Errors
/// What the database says; `unit_code_once` when somebody else took the code meanwhile.
pub async fn insert(conn: &mut PgConnection, spot: Spot, new: &NewUnit) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into unit (id, kind, parent_id, city_id, ward_id, code, ordinal, name, short_name, valid_from)
         values ($1, $2, $3, $4, $5, $6, coalesce($7, (select coalesce(max(ordinal), 0) + 1 from unit where parent_id = $3 and kind = $2)), $8, $9, $10)",
        spot.id.uuid(),
        new.kind.as_str(),
        spot.parent.uuid(),
        spot.city.uuid(),
        spot.ward.map(UnitId::uuid),
        new.code,
        new.ordinal,
        new.name,
        new.short_name,
        new.from
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes which units a new one came from.
///
/// # Errors
/// What the database says.
pub async fn insert_origin(
    conn: &mut PgConnection,
    spot: Spot,
    how: How,
    earlier: &[Unit],
    since: NaiveDate,
) -> Result<(), Refused> {
    let ids: Vec<Uuid> = earlier.iter().map(|unit| unit.id.uuid()).collect();
    sqlx::query!(
        "insert into unit_predecessor (unit_id, predecessor_id, city_id, ward_id, how, since)
         select $1, t.id, $2, $3, $4, $5 from unnest($6::uuid[]) t (id)",
        spot.id.uuid(),
        spot.city.uuid(),
        spot.ward.map(UnitId::uuid),
        how.as_str(),
        since,
        &ids
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Gives a unit another name and keeps the old one with its days.
///
/// # Errors
/// [`Refused::Stale`] when the unit changed since `revision`.
pub async fn rename(
    conn: &mut PgConnection,
    unit: &Unit,
    revision: i32,
    to: &Rename,
    kept: &PastName,
) -> Result<(), Refused> {
    let done = sqlx::query!(
        "update unit set name = $3, short_name = $4, revision = revision + 1 where id = $1 and revision = $2",
        unit.id.uuid(),
        revision,
        to.name,
        to.short_name
    )
    .execute(&mut *conn)
    .await?;
    if done.rows_affected() != 1 {
        return Err(Refused::Stale);
    }
    sqlx::query!(
        "insert into unit_name (unit_id, city_id, ward_id, name, short_name, used_from, used_to)
         select id, city_id, ward_id, $2, $3, $4, $5 from unit where id = $1",
        unit.id.uuid(),
        kept.name,
        kept.short_name,
        kept.used_from,
        kept.used_to
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes the last day of a unit.
///
/// # Errors
/// [`Refused::Stale`] when the unit changed since `revision`.
pub async fn close(conn: &mut PgConnection, id: UnitId, revision: i32, last: NaiveDate) -> Result<(), Refused> {
    let done = sqlx::query!(
        "update unit set valid_to = $3, revision = revision + 1 where id = $1 and revision = $2",
        id.uuid(),
        revision,
        last
    )
    .execute(conn)
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(Refused::Stale) }
}
