//! What the start pages read: one statement each.

use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use super::model::{Row, WardRow, Year};
use crate::access::Refused;
use crate::cycle::model::Deadline;
use crate::platform::id::{CycleId, RulesetId, UnitId};

/// The year of a ward as the seat sees it: a leader one group, the ward's seats all of them and the ward's own.
/// Reads `dossier_by_cycle` and the primary keys of `verdict` and `self_assessment`, which lead with ward and year.
///
/// # Errors
/// What the database says.
pub async fn year(conn: &mut PgConnection, cycle: CycleId) -> Result<Year, Refused> {
    let r = sqlx::query!(
        r#"select c.year, c.ruleset_id as "ruleset: RulesetId",
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
               from dossier d join unit u on u.id = d.subject_id where d.ward_id = c.ward_id and d.cycle_id = c.id) as "rows!: Json<Vec<Row>>"
           from cycle c where c.id = $1"#,
        cycle.uuid()
    )
    .fetch_optional(conn)
    .await?
    .ok_or(Refused::NotFound)?;
    Ok(Year { year: r.year, ruleset: r.ruleset, deadlines: r.deadlines.0, rows: r.rows.0 })
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
