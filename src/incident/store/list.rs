//! The list of a year: a piece of it, the sums behind it, and what they are compared with, in one statement.

use chrono::NaiveDate;
use serde::Deserialize;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use crate::access::Refused;
use crate::incident::model::compare::Sum;
use crate::incident::model::{Group, View, Year};
use crate::platform::id::{CycleId, IncidentId, RulesetId, UnitId};
use crate::ruleset::{Gravity, Window};

/// What a list is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The ward.
    pub ward: UnitId,
    /// The year that is looked at.
    pub cycle: CycleId,
    /// The groups that the seat is bound to.
    pub bound: Option<&'a [UnitId]>,
    /// A group by its code.
    pub group: Option<&'a str>,
    /// A type by its code.
    pub kind: Option<&'a str>,
    /// Which counts.
    pub view: View,
    /// The last count of the piece before.
    pub after: Option<IncidentId>,
    /// How many at once.
    pub size: i64,
}

/// A count in a list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Listed {
    /// Its id.
    pub id: IncidentId,
    /// "Tổ 7"; none for what lies in no group.
    pub group: Option<String>,
    /// The code of its type.
    pub kind: String,
    /// How grave.
    pub gravity: Gravity,
    /// The day.
    pub happened_on: Option<NaiveDate>,
    /// How many.
    pub n: i32,
    /// Somebody confirmed it.
    pub is_confirmed: bool,
    /// It was struck out.
    pub is_void: bool,
    /// Who entered it.
    pub created_by: String,
    /// Counts changes.
    pub revision: i32,
}

/// A piece of a list.
#[derive(Debug, Clone)]
pub struct Piece {
    /// The year.
    pub year: Year,
    /// The counts, newest first.
    pub rows: Vec<Listed>,
    /// Whether more follow.
    pub more: bool,
    /// How many counts wait to be confirmed.
    pub pending: i64,
    /// The counts of this window and of the one before, by type and day.
    pub sums: Vec<Sum>,
    /// How many people live there; none when somebody did not type it.
    pub population: Option<i64>,
}

/// A piece of the list. Counts of a day come by `incident_by_day`, those of a year by `incident_by_year`; a piece begins behind the last
/// one of the piece before. The days are those of groups where groups are looked at, and the ward's otherwise, as the engine has it.
///
/// # Errors
/// [`Refused::NotFound`], or what the database says.
pub async fn list(conn: &mut PgConnection, asked: &Asked<'_>) -> Result<Piece, Refused> {
    let bound: Option<Vec<Uuid>> = asked.bound.map(|groups| groups.iter().map(|id| id.uuid()).collect());
    let r = sqlx::query!(
        r#"with y as materialized (
             select c.*, case when $3::text is not null or $4::uuid[] is not null then c.group_window_from else c.ward_window_from end as first_day,
                    case when $3::text is not null or $4::uuid[] is not null then c.group_window_to else c.ward_window_to end as last_day
               from cycle c where c.ward_id = $1 and c.id = $2),
           g as materialized (
             select u.id, u.code, u.ordinal, u.name, u.short_name as short, u.valid_from as "from", u.valid_to as "to" from unit u, y
              where u.ward_id = $1 and u.kind = 'group' and u.valid_from <= y.group_window_to
                and (u.valid_to is null or u.valid_to >= y.group_window_from - interval '1 year')),
           one as materialized (select g.id from g where g.code = $3 order by g."to" is null desc, g.id desc limit 1),
           found as materialized (
             select i.id, i.group_id, i.kind, i.gravity, i.happened_on, i.n, i.confirmed_at is not null as is_confirmed, i.voided_at is not null as is_void,
                    i.created_by, i.revision, coalesce(i.happened_on, y.first_day) as at
               from incident i, y
              where i.ward_id = $1 and ($3::text is null or i.group_id = (select id from one)) and ($5::text is null or i.kind = $5)
                and (i.happened_on between y.first_day and y.last_day or i.of_year = y.year)
                and (i.voided_at is not null) = ($6 = 'void') and ($6 <> 'pending' or i.confirmed_at is null)
                and ($7::uuid is null or (coalesce(i.happened_on, y.first_day), i.id)
                                         < (select coalesce(l.happened_on, y.first_day), l.id from incident l where l.ward_id = $1 and l.id = $7))
              order by at desc, i.id desc limit $8::bigint + 1)
           select y.year, y.ruleset_id as "ruleset: RulesetId", y.group_window_from, y.group_window_to, y.ward_window_from, y.ward_window_to,
             exists (select 1 from incident_period p where p.ward_id = $1 and p.year = y.year - 1) as "is_closed!",
             (select coalesce(json_agg(g order by g.ordinal, g.id), '[]') from g) as "groups!: Json<Vec<Group>>",
             (select coalesce(json_agg(json_build_object('id', f.id, 'group', u.short_name, 'kind', f.kind, 'gravity', f.gravity, 'happened_on', f.happened_on,
                     'n', f.n, 'is_confirmed', f.is_confirmed, 'is_void', f.is_void, 'created_by', f.created_by, 'revision', f.revision) order by f.at desc, f.id desc), '[]')
                from found f left join unit u on u.id = f.group_id) as "rows!: Json<Vec<Listed>>",
             (select count(*) from incident i
               where i.ward_id = $1 and i.voided_at is null and i.confirmed_at is null and ($3::text is null or i.group_id = (select id from one))
                 and ($5::text is null or i.kind = $5) and i.happened_on between y.first_day and y.last_day) as "pending!",
             (select coalesce(json_agg(s), '[]') from (
                select i.kind, i.happened_on as "on", i.of_year, i.confirmed_at is not null as confirmed, sum(i.n) as n from incident i
                 where i.ward_id = $1 and i.voided_at is null and ($3::text is null or i.group_id = (select id from one)) and ($5::text is null or i.kind = $5)
                   and (i.happened_on between (y.first_day - interval '1 year')::date and y.last_day or i.of_year in (y.year, y.year - 1))
                 group by 1, 2, 3, 4) s) as "sums!: Json<Vec<Sum>>",
             (select case when count(*) = count(f.value) then sum(f.value) end
                from unnest(case when $3::text is not null then array[(select id from one)] else coalesce($4::uuid[], array[$1]) end) t (unit)
                left join unit_figure f on f.ward_id = $1 and f.cycle_id = $2 and f.subject_id = t.unit and f.metric = 'population') as population
             from y"#,
        asked.ward.uuid(),
        asked.cycle.uuid(),
        asked.group,
        bound.as_deref(),
        asked.kind,
        asked.view.as_str(),
        asked.after.map(IncidentId::uuid),
        asked.size
    )
    .fetch_optional(conn)
    .await?
    .ok_or(Refused::NotFound)?;
    let mut rows = r.rows.0;
    let size = usize::try_from(asked.size).map_err(anyhow::Error::from)?;
    let more = rows.len() > size;
    rows.truncate(size);
    Ok(Piece {
        year: Year {
            cycle: asked.cycle,
            year: r.year,
            ruleset: r.ruleset,
            of_groups: Window { from: r.group_window_from, to: r.group_window_to },
            of_ward: Window { from: r.ward_window_from, to: r.ward_window_to },
            groups: r.groups.0,
            is_closed: r.is_closed,
        },
        rows,
        more,
        pending: r.pending,
        sums: r.sums.0,
        population: r.population,
    })
}
