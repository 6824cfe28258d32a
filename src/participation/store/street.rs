//! A page of doors: everything that it needs as one statement, the look at it written down by the same one.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use crate::access::{Actor, Refused, Seat};
use crate::cycle::model::Deadline;
use crate::household::model::Query;
use crate::participation::model::street::{Choice, Door, Only, Street, Stretch, View};
use crate::participation::model::{Mark, Tally};
use crate::platform::clock::civil;
use crate::platform::id::UnitId;
use crate::privacy::model::What;

/// What is asked of a group's doors.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// Which doors.
    pub view: &'a View,
    /// How many at most.
    pub limit: i64,
    /// How they are looked at.
    pub what: What,
}

/// The groups of a seat that does not see its whole ward.
pub(super) fn own_groups(actor: &Actor) -> Option<Vec<Uuid>> {
    match &actor.seat {
        Seat::GroupLeader { group, .. } => Some(vec![group.uuid()]),
        Seat::AreaOfficer { groups, .. } => Some(groups.iter().map(|group| group.uuid()).collect()),
        _ => None,
    }
}

/// The doors of a group in walking order. Reads `household_walk` from end to end (a group has some hundred doors, and each stretch
/// says how many of its own are open), joined through `participation_of_list`; the counts come from the tally.
///
/// # Errors
/// [`Refused::NotFound`] without a year, without a group, or with one that is not this seat's; or what the database says.
pub async fn street(
    conn: &mut PgConnection,
    actor: &Actor,
    ask: Ask<'_>,
    now: DateTime<Utc>,
) -> Result<Street, Refused> {
    let (Some(ward), Some(cycle)) = (actor.ward(), actor.cycle) else { return Err(Refused::NotFound) };
    let (needles, others) = Query::read(&ask.view.words).columns();
    let marked = match ask.view.only {
        Only::All => None,
        Only::Open => Some(false),
        Only::Done => Some(true),
    };
    let groups = own_groups(actor);
    let r = sqlx::query!(
        r#"with here as materialized (
             select u.id, u.code, u.name, u.short_name from unit u
              where u.ward_id = $1 and u.kind = 'group' and ($3::uuid[] is null or u.id = any ($3)) and ($4::text is null or u.code = $4)
              order by u.valid_to is not null, u.ordinal, u.id limit 1),
           list as materialized (
             select h.id, h.code, h.head, h.house, h.alley, h.street, h.members, h.search, h.walk,
                    split_part(h.walk, e'\t', 1) || e'\t' || split_part(h.walk, e'\t', 2) || e'\t' || split_part(h.walk, e'\t', 3) as stretch,
                    p.revision, p.registered_on, p.registered_at, p.pledged_on, p.pledged_at, p.reason,
                    case when $5 then p.pledged_on else p.registered_on end is not null as marked
               from here g join household h on h.ward_id = $1 and h.group_id = g.id
               join participation p on p.ward_id = $1 and p.cycle_id = $2 and p.household_id = h.id and p.group_id = g.id and p.counted),
           page as materialized (
             select l.* from list l
              where ($6::boolean is null or l.marked = $6 or l.code = $7)
                and not exists (select from unnest($8::text[], $9::text[]) n (a, b) where strpos(l.search, n.a) = 0 and strpos(l.search, n.b) = 0)
                and ((l.walk, l.id) >= (select f.walk, f.id from list f where f.code = $10)) is not false
              order by l.walk, l.id limit $11::bigint + 1),
           hasty as materialized (select set_config('synchronous_commit', 'off', true) as set),
           look as (
             insert into data_access (at, city_id, ward_id, group_id, account_id, seat_id, actor, seat, what, rows)
             select $12, $13, $1, g.id, $14, $15, $16, $17, $18, least((select count(*) from page), $11)::int
               from here g cross join hasty where hasty.set is not null)
           select g.id as "group: UnitId", g.code, g.name, g.short_name as short, c.year, c.group_window_from as first_day,
             not exists (select from cycle n where n.ward_id = c.ward_id and n.year > c.year) as "is_newest!",
             (select json_build_object('code', l.code, 'title', l.title, 'who', l.who, 'stated', l.stated, 'exclusive', l.exclusive, 'citation', l.citation,
                     'internal', l.internal, 'overridden', null)
                from deadline l where l.ward_id = c.ward_id and l.cycle_id = c.id and l.code = 'group_registration') as "due: Json<Deadline>",
             (select json_build_object('households', t.households, 'registered', t.registered, 'pledged', t.pledged, 'absent', t.absent,
                     'refused', t.refused, 'away', t.away)
                from participation_tally t where t.ward_id = c.ward_id and t.cycle_id = c.id and t.group_id = g.id) as "tally: Json<Tally>",
             (select coalesce(json_agg(json_build_object('id', d.id, 'code', d.code, 'head', d.head, 'address', json_build_object('house', d.house, 'alley', d.alley,
                      'street', d.street), 'members', d.members, 'stretch', d.stretch, 'revision', d.revision, 'registered_on', d.registered_on,
                      'registered_at', d.registered_at, 'pledged_on', d.pledged_on, 'pledged_at', d.pledged_at, 'why', d.reason) order by d.walk, d.id), '[]')
                from page d) as "doors!: Json<Vec<Door>>",
             (select coalesce(json_agg(json_build_object('key', s.stretch, 'open', s.open, 'all', s.n)), '[]')
                from (select l.stretch, count(*) filter (where not l.marked) as open, count(*) as n from list l
                       where l.stretch in (select d.stretch from page d) group by 1) s) as "stretches!: Json<Vec<Stretch>>",
             (select coalesce(json_agg(json_build_object('code', u.code, 'short', u.short_name) order by u.ordinal, u.id), '[]') from unit u
               where u.ward_id = $1 and u.kind = 'group' and ($3::uuid[] is null or u.id = any ($3)) and (u.valid_to is null or u.valid_to >= $19))
               as "groups!: Json<Vec<Choice>>"
           from cycle c cross join here g
          where c.ward_id = $1 and c.id = $2"#,
        ward.uuid(),
        cycle.uuid(),
        groups.as_deref() as _,
        ask.view.group,
        ask.view.mark == Mark::Pledged,
        marked,
        ask.view.kept,
        &needles,
        &others,
        ask.view.from,
        ask.limit,
        now,
        actor.city.uuid(),
        actor.person.account.uuid(),
        actor.seat_id.uuid(),
        actor.person.name,
        actor.seat_words(),
        ask.what.as_str(),
        civil(now)
    )
    .fetch_optional(conn)
    .await?
    .ok_or(Refused::NotFound)?;
    let mut doors = r.doors.0;
    // One more than the page was read, to know whether the walk goes on and where.
    let whole = usize::try_from(ask.limit).unwrap_or(usize::MAX);
    let next = doors.get(whole).map(|door| door.code.clone());
    doors.truncate(whole);
    Ok(Street {
        group: r.group,
        code: r.code,
        name: r.name,
        short: r.short,
        year: r.year,
        is_newest: r.is_newest,
        first_day: r.first_day,
        due: r.due.map(|due| due.0),
        tally: r.tally.map(|tally| tally.0).unwrap_or_default(),
        doors,
        stretches: r.stretches.0,
        groups: r.groups.0,
        next,
    })
}
