//! The checklist at the beginning of a year.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use sqlx::PgConnection;
use sqlx::types::Json;

use super::street::own_groups;
use crate::access::{Actor, Permit, Refused, act};
use crate::participation::model::Tally;
use crate::participation::model::review::{Checklist, Moved, NewHead};
use crate::participation::model::street::Choice;
use crate::platform::clock::civil;
use crate::platform::id::{CycleId, UnitId};

/// The year before, as the statement gives it.
#[derive(Debug, Deserialize)]
struct Last {
    year: i32,
    tally: Option<Tally>,
}

/// What changed in a group's list since last year was opened, or since this one when it is the first. Indexes `household_stay_by_group`
/// and the primary key of `household_version`, which leads with ward and household.
///
/// # Errors
/// [`Refused::NotFound`] without a year, without a group, or with one that is not this seat's; or what the database says.
pub async fn checklist(
    conn: &mut PgConnection,
    actor: &Actor,
    group: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Checklist, Refused> {
    let (Some(ward), Some(cycle)) = (actor.ward(), actor.cycle) else { return Err(Refused::NotFound) };
    let groups = own_groups(actor);
    let r = sqlx::query!(
        r#"with here as materialized (
             select u.id, u.code, u.name, u.short_name from unit u
              where u.ward_id = $1 and u.kind = 'group' and ($3::uuid[] is null or u.id = any ($3)) and ($4::text is null or u.code = $4)
              order by u.valid_to is not null, u.ordinal, u.id limit 1),
           years as materialized (
             select c.id, c.year, c.opened_at, b.id as last_id, b.year as last_year, civil_day(coalesce(b.opened_at, c.opened_at)) as since,
                    coalesce(b.opened_at, c.opened_at) as since_at
               from cycle c
               left join lateral (select b.id, b.year, b.opened_at from cycle b where b.ward_id = c.ward_id and b.year < c.year order by b.year desc limit 1) b on true
              where c.ward_id = $1 and c.id = $2),
           moves as materialized (
             select s.household_id, s.since, s.until, s.began, s.ended, y.since as day,
                    case when h.id is null then null else json_build_object('code', h.code, 'head', h.head,
                      'address', json_build_object('house', h.house, 'alley', h.alley, 'street', h.street)) end as known
               from here g cross join years y join household_stay s on s.ward_id = $1 and s.group_id = g.id
               left join household h on h.ward_id = $1 and h.id = s.household_id
              where s.since > y.since or s.until >= y.since)
           select g.id as "group: UnitId", g.code, g.name, g.short_name as short, y.year, y.since as "since!",
             not exists (select from cycle n where n.ward_id = $1 and n.year > y.year) as "is_newest!",
             (select json_build_object('year', y.last_year, 'tally', (select json_build_object('households', t.households, 'registered', t.registered,
                      'pledged', t.pledged, 'absent', t.absent, 'refused', t.refused, 'away', t.away) from participation_tally t
                      where t.ward_id = $1 and t.cycle_id = y.last_id and t.group_id = g.id)) where y.last_id is not null) as "last: Json<Last>",
             (select json_build_object('households', t.households, 'registered', t.registered, 'pledged', t.pledged, 'absent', t.absent,
                      'refused', t.refused, 'away', t.away) from participation_tally t
               where t.ward_id = $1 and t.cycle_id = y.id and t.group_id = g.id) as "now: Json<Tally>",
             (select coalesce(json_agg(json_build_object('id', m.household_id, 'known', m.known, 'on', m.since, 'how', m.began) order by m.since, m.household_id), '[]')
                from moves m where m.since > m.day and m.until is null) as "came!: Json<Vec<Moved>>",
             (select coalesce(json_agg(json_build_object('id', m.household_id, 'known', m.known, 'on', m.until, 'how', m.ended) order by m.until, m.household_id), '[]')
                from moves m where m.until >= m.day) as "left!: Json<Vec<Moved>>",
             (select coalesce(json_agg(json_build_object('id', h.id, 'code', h.code, 'old', v.head, 'new', h.head, 'at', v.replaced_at) order by h.code), '[]')
                from household h
                join lateral (select v.head, v.replaced_at from household_version v where v.ward_id = $1 and v.household_id = h.id and v.replaced_at >= y.since_at
                               order by v.revision limit 1) v on v.head <> h.head
               where h.ward_id = $1 and h.group_id = g.id and h.ended_on is null) as "heads!: Json<Vec<NewHead>>",
             w.reviewed_at as "reviewed_at?", w.reviewed_by as "reviewed_by?",
             (select coalesce(json_agg(json_build_object('code', u.code, 'short', u.short_name) order by u.ordinal, u.id), '[]') from unit u
               where u.ward_id = $1 and u.kind = 'group' and ($3::uuid[] is null or u.id = any ($3)) and (u.valid_to is null or u.valid_to >= $5))
               as "groups!: Json<Vec<Choice>>"
           from here g cross join years y
           left join participation_review w on w.ward_id = $1 and w.cycle_id = y.id and w.group_id = g.id"#,
        ward.uuid(),
        cycle.uuid(),
        groups.as_deref() as _,
        group,
        civil(now)
    )
    .fetch_optional(conn)
    .await?
    .ok_or(Refused::NotFound)?;
    let last = r.last.map(|last| last.0);
    Ok(Checklist {
        group: r.group,
        code: r.code,
        name: r.name,
        short: r.short,
        year: r.year,
        is_newest: r.is_newest,
        last_year: last.as_ref().map(|last| last.year),
        last: last.and_then(|last| last.tally).unwrap_or_default(),
        now: r.now.map(|now| now.0).unwrap_or_default(),
        since: r.since,
        came: r.came.0,
        left: r.left.0,
        heads: r.heads.0,
        reviewed: r.reviewed_at.zip(r.reviewed_by),
        groups: r.groups.0,
    })
}

/// Writes that a group went through its list; false when that was written already.
///
/// # Errors
/// What the database says.
pub async fn finish(
    conn: &mut PgConnection,
    permit: &Permit<act::Record, UnitId>,
    (city, ward, cycle): (UnitId, UnitId, CycleId),
    (by, now): (&str, DateTime<Utc>),
) -> Result<bool, Refused> {
    let done = sqlx::query!(
        "insert into participation_review (city_id, ward_id, group_id, cycle_id, reviewed_at, reviewed_by) values ($1, $2, $3, $4, $5, $6)
         on conflict do nothing",
        city.uuid(),
        ward.uuid(),
        permit.of().uuid(),
        cycle.uuid(),
        now,
        by
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}
