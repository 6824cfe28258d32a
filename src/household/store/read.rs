//! Reading one household, and who lives where.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use sqlx::PgConnection;
use sqlx::types::Json;

use crate::access::Refused;
use crate::household::model::{Address, Facts, Household};
use crate::participation::model::{How, Why};
use crate::platform::id::{BatchId, HouseholdId, UnitId};

/// A household as the database holds it.
struct Row {
    id: HouseholdId,
    city: UnitId,
    ward: UnitId,
    group: UnitId,
    code: String,
    head: String,
    house: String,
    alley: String,
    street: String,
    members: Option<i32>,
    phone: Option<String>,
    note: Option<String>,
    status: String,
    since: NaiveDate,
    ended_on: Option<NaiveDate>,
    batch: Option<BatchId>,
    revision: i32,
    anonymised_at: Option<DateTime<Utc>>,
}

impl TryFrom<Row> for Household {
    type Error = anyhow::Error;

    fn try_from(r: Row) -> anyhow::Result<Self> {
        Ok(Self {
            id: r.id,
            city: r.city,
            ward: r.ward,
            group: r.group,
            code: r.code,
            facts: Facts {
                head: r.head,
                address: Address { house: r.house, alley: r.alley, street: r.street },
                members: r.members,
                phone: r.phone,
                note: r.note,
            },
            status: r.status.parse().map_err(|_| anyhow::anyhow!("household with status {:?}", r.status))?,
            since: r.since,
            ended_on: r.ended_on,
            batch: r.batch,
            revision: r.revision,
            anonymised_at: r.anonymised_at,
        })
    }
}

/// A household through the seat's scope.
///
/// # Errors
/// [`Refused::NotFound`], or what the database says.
pub async fn load(conn: &mut PgConnection, id: HouseholdId) -> Result<Household, Refused> {
    let row = sqlx::query_as!(
        Row,
        r#"select id as "id: HouseholdId", city_id as "city: UnitId", ward_id as "ward: UnitId", group_id as "group: UnitId", code, head, house,
             alley, street, members, phone, note, status, since, ended_on, batch_id as "batch: BatchId", revision, anonymised_at
           from household where id = $1"#,
        id.uuid()
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.ok_or(Refused::NotFound)?.try_into()?)
}

/// Locks households until the transaction ends, in the order of their ids, so that two people change them one after the other.
///
/// # Errors
/// [`Refused::NotFound`] when one of them is out of sight, or what the database says.
pub async fn lock(conn: &mut PgConnection, ids: &[HouseholdId]) -> Result<(), Refused> {
    let ids: Vec<_> = ids.iter().map(|id| id.uuid()).collect();
    let found = sqlx::query_scalar!("select id from household where id = any ($1) order by id for update", &ids)
        .fetch_all(conn)
        .await?;
    if found.len() == ids.len() { Ok(()) } else { Err(Refused::NotFound) }
}

/// Where a household lived.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Stay {
    /// "Tổ 7".
    pub group: String,
    /// First day.
    pub since: NaiveDate,
    /// Last day; none while it lasts.
    pub until: Option<NaiveDate>,
    /// Why it ended, or why that was taken back.
    pub reason: Option<String>,
}

/// What stood of a household before a change.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Version {
    /// The head then.
    pub head: String,
    /// The address then.
    pub house: String,
    /// The alley then.
    pub alley: String,
    /// The street then.
    pub street: String,
    /// The members then.
    pub members: Option<i32>,
    /// Until when it stood.
    pub replaced_at: DateTime<Utc>,
    /// Who replaced it.
    pub replaced_by: String,
    /// Why.
    pub reason: Option<String>,
}

/// A household that this one came from, or that came from it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Origin {
    /// The other household.
    pub id: HouseholdId,
    /// Its code.
    pub code: String,
    /// Its head.
    pub head: String,
    /// "split" or "merge".
    pub how: String,
    /// The other one is the earlier of the two.
    pub earlier: bool,
    /// Since when.
    pub since: NaiveDate,
}

/// The marks of a household in one year.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct YearOf {
    /// The year.
    pub year: i32,
    /// Whether it is part of that year's whole.
    pub counted: bool,
    /// When it registered.
    pub registered_on: Option<NaiveDate>,
    /// When it signed.
    pub pledged_on: Option<NaiveDate>,
    /// Who wrote the pledge down.
    pub pledged_by: Option<String>,
    /// How the pledge was taken.
    pub pledged_how: Option<How>,
    /// Why it has not signed.
    pub why: Option<Why>,
}

/// A household with its past.
#[derive(Debug, Clone)]
pub struct Story {
    /// The household.
    pub household: Household,
    /// "Tổ dân phố 7".
    pub group_name: String,
    /// "07".
    pub group_code: String,
    /// Where it lived, first stay first.
    pub stays: Vec<Stay>,
    /// What stood of it, newest first.
    pub versions: Vec<Version>,
    /// Its kin.
    pub origins: Vec<Origin>,
    /// Its marks, newest year first.
    pub years: Vec<YearOf>,
}

/// A household with its past, in one statement; primary keys lead with ward and household.
///
/// # Errors
/// [`Refused::NotFound`], or what the database says.
pub async fn story(conn: &mut PgConnection, id: HouseholdId) -> Result<Story, Refused> {
    let r = sqlx::query!(
        r#"select h.id as "id: HouseholdId", h.city_id as "city: UnitId", h.ward_id as "ward: UnitId", h.group_id as "group: UnitId", h.code, h.head,
             h.house, h.alley, h.street, h.members, h.phone, h.note, h.status, h.since, h.ended_on, h.batch_id as "batch: BatchId", h.revision,
             h.anonymised_at, g.name as group_name, g.code as group_code,
             (select coalesce(json_agg(json_build_object('group', u.short_name, 'since', s.since, 'until', s.until, 'reason', s.reason) order by s.since), '[]')
                from household_stay s join unit u on u.id = s.group_id where s.ward_id = h.ward_id and s.household_id = h.id) as "stays!: Json<Vec<Stay>>",
             (select coalesce(json_agg(json_build_object('head', v.head, 'house', v.house, 'alley', v.alley, 'street', v.street, 'members', v.members,
                      'replaced_at', v.replaced_at, 'replaced_by', v.replaced_by, 'reason', v.reason) order by v.revision desc), '[]')
                from household_version v where v.ward_id = h.ward_id and v.household_id = h.id) as "versions!: Json<Vec<Version>>",
             (select coalesce(json_agg(json_build_object('id', k.id, 'code', k.code, 'head', k.head, 'how', o.how, 'earlier', o.household_id = h.id,
                      'since', o.since) order by o.since, k.code), '[]')
                from household_origin o join household k on k.ward_id = o.ward_id and k.id = case when o.household_id = h.id then o.predecessor_id else o.household_id end
               where o.ward_id = h.ward_id and h.id in (o.household_id, o.predecessor_id)) as "origins!: Json<Vec<Origin>>",
             (select coalesce(json_agg(json_build_object('year', c.year, 'counted', p.counted, 'registered_on', p.registered_on, 'pledged_on', p.pledged_on,
                      'pledged_by', p.pledged_by, 'pledged_how', p.pledged_how, 'why', p.reason) order by c.year desc), '[]')
                from participation p join cycle c on c.ward_id = p.ward_id and c.id = p.cycle_id
               where p.ward_id = h.ward_id and p.household_id = h.id) as "years!: Json<Vec<YearOf>>"
           from household h join unit g on g.id = h.group_id where h.id = $1"#,
        id.uuid()
    )
    .fetch_optional(conn)
    .await?
    .ok_or(Refused::NotFound)?;
    let row = Row {
        id: r.id,
        city: r.city,
        ward: r.ward,
        group: r.group,
        code: r.code,
        head: r.head,
        house: r.house,
        alley: r.alley,
        street: r.street,
        members: r.members,
        phone: r.phone,
        note: r.note,
        status: r.status,
        since: r.since,
        ended_on: r.ended_on,
        batch: r.batch,
        revision: r.revision,
        anonymised_at: r.anonymised_at,
    };
    Ok(Story {
        household: row.try_into()?,
        group_name: r.group_name,
        group_code: r.group_code,
        stays: r.stays.0,
        versions: r.versions.0,
        origins: r.origins.0,
        years: r.years.0,
    })
}

/// A group that stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The group.
    pub id: UnitId,
    /// Its code, the first piece of its households' codes.
    pub code: String,
    /// Its number.
    pub ordinal: i32,
    /// "Tổ dân phố 7".
    pub name: String,
    /// "Tổ 7".
    pub short: String,
}

/// The groups of a ward that stand on a day, in their order. Index `unit_by_ward`.
///
/// # Errors
/// What the database says.
pub async fn groups(conn: &mut PgConnection, ward: UnitId, day: NaiveDate) -> Result<Vec<Group>, Refused> {
    Ok(sqlx::query_as!(
        Group,
        r#"select id as "id: UnitId", code, ordinal, name, short_name as short from unit
            where ward_id = $1 and kind = 'group' and valid_from <= $2 and (valid_to is null or valid_to >= $2) order by ordinal, id"#,
        ward.uuid(),
        day
    )
    .fetch_all(conn)
    .await?)
}

/// How many households live in a group on a day, and how many of them had registered for a year by the end of it: criterion k1.3.
/// Index `household_stay_by_group`.
///
/// # Errors
/// What the database says.
pub async fn residents_on(
    conn: &mut PgConnection,
    (ward, group): (UnitId, UnitId),
    cycle: crate::platform::id::CycleId,
    day: NaiveDate,
) -> Result<(i64, i64), Refused> {
    let r = sqlx::query!(
        r#"select count(*) as "residents!", count(p.registered_on) filter (where p.registered_on <= $4) as "registered!"
             from household_stay s left join participation p on p.ward_id = s.ward_id and p.household_id = s.household_id and p.cycle_id = $3
            where s.ward_id = $1 and s.group_id = $2 and s.since <= $4 and (s.until is null or s.until >= $4)"#,
        ward.uuid(),
        group.uuid(),
        cycle.uuid(),
        day
    )
    .fetch_one(conn)
    .await?;
    Ok((r.residents, r.registered))
}
