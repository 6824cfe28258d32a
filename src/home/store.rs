//! What the start pages read: one statement each.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use super::model::{NextDoor, Row, WardRow, Year};
use crate::access::{Actor, Refused, Seat, rules};
use crate::cycle::model::Deadline;
use crate::participation::model::Tally;
use crate::platform::id::{CycleId, RulesetId, UnitId};

/// The year of a ward as the seat sees it: a leader one group, the ward's seats all of them and the ward's own.
/// Reads `dossier_by_cycle` and the primary keys of `verdict` and `self_assessment`, which lead with ward and year. A leader's next door
/// is the first one of `household_walk` that has not signed; that it was in sight is written down by the same statement.
///
/// # Errors
/// What the database says.
pub async fn year(conn: &mut PgConnection, actor: &Actor, cycle: CycleId, now: DateTime<Utc>) -> Result<Year, Refused> {
    let group = match actor.seat {
        Seat::GroupLeader { group, .. } if rules::can_see_register(actor).is_ok() => Some(group.uuid()),
        _ => None,
    };
    let r = sqlx::query!(
        r#"with door as materialized (
             select h.id, h.code, h.head, h.house, h.alley, h.street, p.revision
               from household h join participation p on p.ward_id = h.ward_id and p.cycle_id = $1 and p.household_id = h.id and p.counted and p.pledged_on is null
              where $2::uuid is not null and h.ward_id = $3 and h.group_id = $2
                and not exists (select from cycle o join cycle n on n.ward_id = o.ward_id and n.year > o.year where o.id = $1)
              order by h.walk, h.id limit 1),
           hasty as materialized (select set_config('synchronous_commit', 'off', true) as set from door),
           look as (
             insert into data_access (at, city_id, ward_id, group_id, household_id, account_id, seat_id, actor, seat, what, rows)
             select $4, $5, $3, $2, d.id, $6, $7, $8, $9, 'list', 1 from door d cross join hasty where hasty.set is not null)
           select c.year, c.ruleset_id as "ruleset: RulesetId",
            (select coalesce(json_agg(json_build_object('code', l.code, 'title', l.title, 'who', l.who, 'stated', l.stated, 'exclusive', l.exclusive,
                      'citation', l.citation, 'internal', l.internal, 'overridden', null) order by l.stated), '[]')
               from deadline l where l.ward_id = c.ward_id and l.cycle_id = c.id) as "deadlines!: Json<Vec<Deadline>>",
            (select coalesce(json_agg(json_build_object('id', d.id, 'group', d.group_id, 'kind', d.kind, 'status', d.status, 'version', d.version,
                      'attempt', d.attempt, 'answer_by', d.answer_by, 'late', d.late, 'submitted_at', d.submitted_at, 'updated_at', d.updated_at,
                      'name', u.name, 'short', u.short_name, 'ordinal', u.ordinal, 'receipt', d.receipt,
                      'returned', case when d.status = 'returned' then (select count(*) from dossier_return t join dossier_return_item i
                           on i.ward_id = t.ward_id and i.return_id = t.id where t.ward_id = d.ward_id and t.dossier_id = d.id and t.attempt = d.attempt) else 0 end,
                      'claimed', case when d.kind = 'request' then (select count(*) from self_assessment s where s.ward_id = d.ward_id and s.cycle_id = d.cycle_id and s.subject_id = d.subject_id) else 0 end,
                      'judged', case when d.kind = 'request' then (select count(*) from verdict v where v.ward_id = d.ward_id and v.cycle_id = d.cycle_id and v.subject_id = d.subject_id) else 0 end,
                      'parts_filled', (select count(*) from dossier_part p where p.ward_id = d.ward_id and p.dossier_id = d.id
                           and (p.number is not null or p.content is not null or exists (select 1 from attachment_use x where x.ward_id = p.ward_id and x.part_id = p.id and x.removed_at is null))))
                    order by u.ordinal, d.id), '[]')
               from dossier d join unit u on u.id = d.subject_id where d.ward_id = c.ward_id and d.cycle_id = c.id) as "rows!: Json<Vec<Row>>",
            not exists (select from cycle n where n.ward_id = c.ward_id and n.year > c.year) as "is_newest!",
            (select json_build_object('households', coalesce(sum(t.households), 0), 'registered', coalesce(sum(t.registered), 0),
                      'pledged', coalesce(sum(t.pledged), 0), 'absent', coalesce(sum(t.absent), 0), 'refused', coalesce(sum(t.refused), 0),
                      'away', coalesce(sum(t.away), 0))
               from participation_tally t where t.ward_id = c.ward_id and t.cycle_id = c.id) as "tally!: Json<Tally>",
            exists (select from participation_review w where w.ward_id = c.ward_id and w.cycle_id = c.id and w.group_id = $2) as "is_reviewed!",
            (select json_build_object('id', n.id, 'code', n.code, 'head', n.head, 'address', json_build_object('house', n.house, 'alley', n.alley,
                      'street', n.street), 'revision', n.revision) from door n) as "next_door: Json<NextDoor>"
           from cycle c where c.id = $1"#,
        cycle.uuid(),
        group,
        actor.ward().map(UnitId::uuid),
        now,
        actor.city.uuid(),
        actor.person.account.uuid(),
        actor.seat_id.uuid(),
        actor.person.name,
        actor.seat_words()
    )
    .fetch_optional(conn)
    .await?
    .ok_or(Refused::NotFound)?;
    Ok(Year {
        year: r.year,
        ruleset: r.ruleset,
        deadlines: r.deadlines.0,
        rows: r.rows.0,
        tally: r.tally.0,
        is_newest: r.is_newest,
        is_reviewed: r.is_reviewed,
        next_door: r.next_door.map(|door| door.0),
    })
}

/// The wards of a city in a year: counters always, the ward's own papers once they are sent.
/// Reads `unit_by_city`, `cycle_by_city` and `dossier_tally_by_city`.
///
/// # Errors
/// What the database says.
pub async fn wards(conn: &mut PgConnection, city: UnitId, year: i32) -> Result<Vec<WardRow>, Refused> {
    Ok(sqlx::query_as!(
        WardRow,
        r#"select w.id as "id: UnitId", w.name, c.year as "year?",
             coalesce(t.groups, 0)::bigint as "groups!", coalesce(t.registered, 0)::bigint as "registered!",
             coalesce(t.submitted, 0)::bigint as "submitted!", coalesce(t.recommended, 0)::bigint as "recommended!",
             coalesce(t.recognised, 0)::bigint as "recognised!", coalesce(t.waiting, 0)::bigint as "waiting!",
             g.id as "registration?: Uuid", g.status as "registration_status?", q.id as "request?: Uuid", q.status as "request_status?",
             q.submitted_at as "sent_at?", l.stated as "due_stated?", l.exclusive as "due_exclusive?"
           from unit w
           left join cycle c on c.ward_id = w.id and c.year = $2
           left join lateral (
             select sum(n) filter (where kind = 'request') as groups,
                    sum(n) filter (where kind = 'registration' and status in ('submitted', 'received')) as registered,
                    sum(n) filter (where kind = 'request' and status not in ('draft', 'returned')) as submitted,
                    sum(n) filter (where kind = 'request' and status in ('recommended', 'forwarded', 'recognised', 'not_recognised', 'revoked')) as recommended,
                    sum(n) filter (where kind = 'request' and status = 'recognised') as recognised,
                    sum(n) filter (where kind = 'request' and status = 'forwarded') as waiting
               from dossier_tally t where t.ward_id = c.ward_id and t.cycle_id = c.id and not t.of_ward) t on true
           left join dossier g on g.ward_id = c.ward_id and g.cycle_id = c.id and g.subject_id = w.id and g.kind = 'registration' and g.sent_at is not null
           left join dossier q on q.ward_id = c.ward_id and q.cycle_id = c.id and q.subject_id = w.id and q.kind = 'request' and q.sent_at is not null
           left join deadline l on l.ward_id = c.ward_id and l.cycle_id = c.id and l.code = 'ward_request'
          where w.city_id = $1 and w.kind = 'ward' and w.valid_to is null
          order by w.ordinal, w.name, w.id limit 200"#,
        city.uuid(),
        year
    )
    .fetch_all(conn)
    .await?)
}
