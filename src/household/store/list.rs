//! Lists of households: a piece with its counts and the look at it in one statement; and the groups of a ward with their counts.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use sqlx::PgConnection;
use sqlx::types::Json;

use super::Group;
use crate::access::{Actor, Refused};
use crate::household::model::{Address, Facts, Listing, Order, Status, Within};
use crate::participation::model::{Tally, Why};
use crate::platform::fold::fold;
use crate::platform::id::{CycleId, HouseholdId, UnitId};
use crate::privacy::model::What;

/// A household in a list, with its marks of the year.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Listed {
    /// Its id.
    pub id: HouseholdId,
    /// "07-0123".
    pub code: String,
    /// The head; empty once anonymised.
    pub head: String,
    /// Where it lives.
    #[serde(flatten)]
    pub address: Address,
    /// How many people.
    pub members: Option<i32>,
    /// Digits with the leading 0.
    pub phone: Option<String>,
    /// Anything that helps at the door.
    pub note: Option<String>,
    /// Whether it lives here.
    pub status: Status,
    /// Since when.
    pub since: NaiveDate,
    /// The last day.
    pub ended_on: Option<NaiveDate>,
    /// Whether name and address were taken out.
    pub anonymous: bool,
    /// "Tổ 7".
    pub group: String,
    /// The day on which it registered for the year.
    pub registered_on: Option<NaiveDate>,
    /// The day on which it signed.
    pub pledged_on: Option<NaiveDate>,
    /// Why it has not signed.
    pub why: Option<Why>,
}

/// A piece of a list.
#[derive(Debug, Clone)]
pub struct Piece {
    /// The group asked for; none for the whole ward, or when there is no such group in sight.
    pub group: Option<Group>,
    /// The counts of the place in the year.
    pub tally: Tally,
    /// The households.
    pub rows: Vec<Listed>,
    /// Whether more follow.
    pub more: bool,
}

/// What the statement gives.
struct Row {
    id: Option<UnitId>,
    code: Option<String>,
    ordinal: Option<i32>,
    name: Option<String>,
    short: Option<String>,
    tally: Json<Tally>,
    rows: Json<Vec<Listed>>,
}

/// One statement, in one order. The key is `household.walk`, `by_given` or `head`; the index that leads with ward and group and goes on
/// with it is read from the last household onwards, so that no page counts or sorts what it does not show. A ward is read group by group
/// along the same index. Search words are compared row by row: inside a ward this is fast, and stays so however many wards there are.
macro_rules! in_order_of {
    ($key:tt, $conn:expr, $actor:expr, $asked:expr, $what:expr, $now:expr) => {{
        let (asked, actor): (&Listing, &Actor) = ($asked, $actor);
        let (group, code, ordinal) = match &asked.within {
            Within::Ward => (None, None, None),
            Within::Group(id) => (Some(id.uuid()), None, None),
            Within::Code(code) => (None, Some(code.as_str()), None),
            Within::Ordinal(number) => (None, None, Some(*number)),
        };
        let sieve = asked.view.sieve();
        let (begins, other) = asked.query.columns();
        sqlx::query_as!(
            Row,
            r#"with asked as materialized (
                 select u.id, u.code, u.ordinal, u.name, u.short_name from unit u
                  where u.ward_id = $1 and u.kind = 'group' and (u.id = $2 or u.code = $3 or u.ordinal = $4)
                    and ((select scope_groups()) is null or u.id = any ((select scope_groups())::uuid[]))
                  order by (u.valid_to is null) desc, u.id desc limit 1),
               -- The whole ward, the group, or nothing when there is no such group.
               span as materialized (
                 select coalesce(a.id, '00000000-0000-0000-0000-000000000000') as first,
                        coalesce(a.id, case when num_nonnulls($2, $3, $4) = 0 then 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid
                                            else '00000000-0000-0000-0000-000000000000' end) as last
                   from (select) one left join asked a on true),
               start as materialized (
                 select coalesce(c.group_id, s.first) as grp, coalesce(c."# + $key + r#", '') as key,
                        coalesce(c.id, '00000000-0000-0000-0000-000000000000') as id
                   from span s left join household c on c.ward_id = $1 and c.id = $5),
               found as materialized (
                 select h.id, h.group_id, h."# + $key + r#" as key, h.code, h.head, h.house, h.alley, h.street, h.members, h.phone, h.note, h.status, h.since,
                        h.ended_on, h.anonymised_at is not null as anonymous, p.registered_on, p.pledged_on, p.reason as why
                   from household h
                   left join participation p on p.ward_id = h.ward_id and p.household_id = h.id and p.cycle_id = $6
                  where h.ward_id = $1
                    and (h.group_id, h."# + $key + r#", h.id) > ((select grp from start), (select key from start), (select id from start))
                    -- Says nothing new; but the planner knows two bounds of one column for a short range, and takes the index that is in order.
                    and h.group_id >= (select grp from start) and h.group_id <= (select last from span)
                    and h.status = any ($7) and coalesce(p.counted, false) = any ($8)
                    and (p.registered_on is not null) = any ($9) and (p.pledged_on is not null) = any ($10)
                    and (strpos(h.search, $11) > 0 or strpos(h.search, $12) > 0)
                    and (strpos(h.search, $13) > 0 or strpos(h.search, $14) > 0)
                    and (strpos(h.search, $15) > 0 or strpos(h.search, $16) > 0)
                    and (strpos(h.search, $17) > 0 or strpos(h.search, $18) > 0)
                    and (strpos(h.search, $19) > 0 or strpos(h.search, $20) > 0)
                  order by h.group_id, h."# + $key + r#", h.id limit $21::bigint + 1),
               shown as materialized (select * from found order by group_id, key, id limit $21),
               hasty as materialized (select set_config('synchronous_commit', 'off', true) as set),
               look as (
                 insert into data_access (at, city_id, ward_id, group_id, account_id, seat_id, actor, seat, what, rows)
                 select $22, $23, $1, (select id from asked), $24, $25, $26, $27, $28, (select count(*) from shown)
                   from hasty where set is not null and (num_nonnulls($2, $3, $4) = 0 or exists (select from asked)))
               select a.id as "id?: UnitId", a.code as "code?", a.ordinal as "ordinal?", a.name as "name?", a.short_name as "short?",
                 (select json_build_object('households', coalesce(sum(t.households), 0), 'registered', coalesce(sum(t.registered), 0),
                         'pledged', coalesce(sum(t.pledged), 0), 'absent', coalesce(sum(t.absent), 0), 'refused', coalesce(sum(t.refused), 0),
                         'away', coalesce(sum(t.away), 0))
                    from participation_tally t where t.ward_id = $1 and t.cycle_id = $6 and t.group_id between s.first and s.last) as "tally!: Json<Tally>",
                 (select coalesce(json_agg(json_build_object('id', f.id, 'code', f.code, 'head', f.head, 'house', f.house, 'alley', f.alley, 'street', f.street,
                         'members', f.members, 'phone', f.phone, 'note', f.note, 'status', f.status, 'since', f.since, 'ended_on', f.ended_on,
                         'anonymous', f.anonymous, 'group', g.short_name, 'registered_on', f.registered_on, 'pledged_on', f.pledged_on, 'why', f.why)
                         order by f.group_id, f.key, f.id), '[]')
                    from found f join unit g on g.id = f.group_id) as "rows!: Json<Vec<Listed>>"
                 from span s left join asked a on true"#,
            actor.ward().map(UnitId::uuid) as _,
            group as _,
            code as _,
            ordinal as _,
            asked.after.map(HouseholdId::uuid) as _,
            asked.cycle.map(CycleId::uuid) as _,
            &sieve.statuses.iter().map(|it| it.as_str().to_owned()).collect::<Vec<_>>(),
            sieve.counted,
            sieve.registered,
            sieve.pledged,
            begins[0],
            other[0],
            begins[1],
            other[1],
            begins[2],
            other[2],
            begins[3],
            other[3],
            begins[4],
            other[4],
            i64::try_from(asked.most).unwrap_or(i64::MAX - 1),
            $now,
            actor.city.uuid(),
            actor.person.account.uuid(),
            actor.seat_id.uuid(),
            actor.person.name,
            actor.seat_words(),
            $what.as_str()
        )
        .fetch_one($conn)
        .await?
    }};
}

/// A piece of a list, its counts, and the line in the log of looks. Indexes `household_walk`, `household_by_given`, `household_by_head`;
/// the marks are joined through `participation_of_list`.
///
/// # Errors
/// What the database says.
pub async fn list(
    conn: &mut PgConnection,
    actor: &Actor,
    asked: &Listing,
    what: What,
    now: DateTime<Utc>,
) -> Result<Piece, Refused> {
    let row = match asked.order {
        Order::Walk => in_order_of!("walk", conn, actor, asked, what, now),
        Order::Given => in_order_of!("by_given", conn, actor, asked, what, now),
        Order::Family => in_order_of!("head", conn, actor, asked, what, now),
    };
    let all = (row.id, row.code, row.ordinal, row.name, row.short);
    let group = match all {
        (Some(id), Some(code), Some(ordinal), Some(name), Some(short)) => {
            Some(Group { id, code, ordinal, name, short })
        }
        _ => None,
    };
    let mut rows = row.rows.0;
    let more = rows.len() > asked.most;
    rows.truncate(asked.most);
    Ok(Piece { group, tally: row.tally.0, rows, more })
}

/// A group with its counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The group.
    pub group: Group,
    /// Its counts in the year.
    pub tally: Tally,
}

/// The groups that the seat sees, with their counts of a year: counters alone, no household is read.
/// Index `unit_by_ward`, primary key of `participation_tally`.
///
/// # Errors
/// What the database says.
pub async fn counted(
    conn: &mut PgConnection,
    ward: UnitId,
    cycle: Option<CycleId>,
    day: NaiveDate,
) -> Result<Vec<Counted>, Refused> {
    let rows = sqlx::query!(
        r#"select u.id as "id: UnitId", u.code, u.ordinal, u.name, u.short_name as short, coalesce(t.households, 0)::bigint as "households!",
             coalesce(t.registered, 0)::bigint as "registered!", coalesce(t.pledged, 0)::bigint as "pledged!", coalesce(t.absent, 0)::bigint as "absent!",
             coalesce(t.refused, 0)::bigint as "refused!", coalesce(t.away, 0)::bigint as "away!"
           from unit u left join participation_tally t on t.ward_id = u.ward_id and t.cycle_id = $2 and t.group_id = u.id
          where u.ward_id = $1 and u.kind = 'group' and u.valid_from <= $3 and (u.valid_to is null or u.valid_to >= $3 or t.households > 0)
            and ((select scope_groups()) is null or u.id = any ((select scope_groups())::uuid[]))
          order by u.ordinal, u.id"#,
        ward.uuid(),
        cycle.map(CycleId::uuid) as _,
        day
    )
    .fetch_all(conn)
    .await?;
    let counted = rows.into_iter().map(|r| Counted {
        group: Group { id: r.id, code: r.code, ordinal: r.ordinal, name: r.name, short: r.short },
        tally: Tally {
            households: r.households,
            registered: r.registered,
            pledged: r.pledged,
            absent: r.absent,
            refused: r.refused,
            away: r.away,
        },
    });
    Ok(counted.collect())
}

/// A household that may be the one about to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alike {
    /// Its id.
    pub id: HouseholdId,
    /// Its code.
    pub code: String,
    /// Head, address and members.
    pub facts: Facts,
}

/// Households of a group that may be the one about to be written: the same head, or the same door. Reads one group of `household_walk`.
///
/// # Errors
/// What the database says.
pub async fn alike(
    conn: &mut PgConnection,
    (ward, group): (UnitId, UnitId),
    facts: &Facts,
) -> Result<Vec<Alike>, Refused> {
    let head = fold(&facts.head);
    let rows = sqlx::query!(
        r#"select id as "id: HouseholdId", code, head, house, alley, street, members, walk from household
            where ward_id = $1 and group_id = $2 and status = 'resident' and (starts_with(search, ' ' || $3 || ' ') or walk = $4)
            order by walk, id limit 20"#,
        ward.uuid(),
        group.uuid(),
        head,
        facts.address.walk()
    )
    .fetch_all(conn)
    .await?;
    // "Nguyễn Văn" begins like "Nguyễn Văn Lựu" and is somebody else; a street without a number is no door.
    let is_door = |walk: &str| !facts.address.house.is_empty() && facts.address.walk() == walk;
    let same = rows.into_iter().filter(|r| fold(&r.head) == head || is_door(&r.walk)).map(|r| {
        let address = Address { house: r.house, alley: r.alley, street: r.street };
        Alike { id: r.id, code: r.code, facts: Facts { head: r.head, address, members: r.members, ..Facts::default() } }
    });
    Ok(same.collect())
}

/// The household with that code, among those that the seat sees. Unique key `household_code_once`.
///
/// # Errors
/// What the database says.
pub async fn by_code(
    conn: &mut PgConnection,
    ward: UnitId,
    code: &str,
) -> Result<Option<(HouseholdId, Status)>, Refused> {
    let found = sqlx::query!(
        r#"select id as "id: HouseholdId", status from household where ward_id = $1 and code = $2"#,
        ward.uuid(),
        code
    )
    .fetch_optional(conn)
    .await?;
    let read = |status: &str| status.parse().map_err(|_| anyhow::anyhow!("household with status {status:?}"));
    Ok(found.map(|r| read(&r.status).map(|status| (r.id, status))).transpose()?)
}
