//! Counts in the database. Nothing here begins or commits.

mod figure;
mod last_year;
mod list;
mod unit;
mod write;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use sqlx::PgConnection;
use sqlx::types::Json;

use super::model::{Count, Facts, Group, Void, When, Year};
use crate::access::{Place, Refused};
use crate::platform::id::{CountBatchId, CycleId, IncidentId, RulesetId, UnitId};
use crate::ruleset::{Gravity, Window};

pub use figure::{figures, save_figures};
pub use last_year::{Batch, Held, Overview, batch, close_period, held, overview, written};
pub use list::{Asked, Listed, Piece, list};
pub use unit::{load_unit, save_unit, units};
pub use write::{Sealed, Seen, confirm, correct, insert, insert_all, lock_all, strike, strike_batch};

/// The year that is looked at, with the groups of its window and of the one before. Index `unit_by_ward`.
///
/// # Errors
/// [`Refused::NotFound`], or what the database says.
pub async fn year(conn: &mut PgConnection, ward: UnitId, cycle: CycleId) -> Result<Year, Refused> {
    let r = sqlx::query!(
        r#"select c.year, c.ruleset_id as "ruleset: RulesetId", c.group_window_from, c.group_window_to, c.ward_window_from, c.ward_window_to,
             exists (select 1 from incident_period p where p.ward_id = c.ward_id and p.year = c.year - 1) as "is_closed!",
             (select coalesce(json_agg(json_build_object('id', u.id, 'code', u.code, 'ordinal', u.ordinal, 'name', u.name, 'short', u.short_name,
                      'from', u.valid_from, 'to', u.valid_to) order by u.ordinal, u.id), '[]')
                from unit u where u.ward_id = c.ward_id and u.kind = 'group' and u.valid_from <= c.group_window_to
                 and (u.valid_to is null or u.valid_to >= c.group_window_from - interval '1 year')) as "groups!: Json<Vec<Group>>"
           from cycle c where c.ward_id = $1 and c.id = $2"#,
        ward.uuid(),
        cycle.uuid()
    )
    .fetch_optional(conn)
    .await?
    .ok_or(Refused::NotFound)?;
    Ok(Year {
        cycle,
        year: r.year,
        ruleset: r.ruleset,
        of_groups: Window { from: r.group_window_from, to: r.group_window_to },
        of_ward: Window { from: r.ward_window_from, to: r.ward_window_to },
        groups: r.groups.0,
        is_closed: r.is_closed,
    })
}

/// What a count said before it was corrected.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Version {
    /// The code of its type.
    pub kind: String,
    /// How grave.
    pub gravity: Gravity,
    /// The day.
    pub happened_on: Option<NaiveDate>,
    /// The year, where there is no day.
    pub of_year: Option<i32>,
    /// The group; none for what lies in no group.
    pub group: Option<String>,
    /// How many.
    pub n: i32,
    /// When it was replaced.
    pub replaced_at: DateTime<Utc>,
    /// By whom.
    pub replaced_by: String,
    /// Why.
    pub reason: String,
}

/// A count with its past.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// As it stands.
    pub count: Count,
    /// "Tổ 7"; none for what lies in no group.
    pub group: Option<String>,
    /// As it stood, newest first.
    pub versions: Vec<Version>,
}

/// A count with its past, through the seat's scope. Primary keys.
///
/// # Errors
/// [`Refused::NotFound`], or what the database says.
pub async fn story(conn: &mut PgConnection, id: IncidentId) -> Result<Story, Refused> {
    let r = sqlx::query!(
        r#"select i.city_id as "city: UnitId", i.ward_id as "ward: UnitId", i.group_id as "group: UnitId", i.kind, i.gravity, i.happened_on, i.of_year, i.n,
             i.batch_id as "batch: CountBatchId", i.confirmed_at, i.confirmed_by, i.voided_at, i.voided_by, i.void_reason, i.revision,
             i.created_at, i.created_by, i.updated_at, i.updated_by, g.short_name as "short?",
             (select coalesce(json_agg(json_build_object('kind', v.kind, 'gravity', v.gravity, 'happened_on', v.happened_on, 'of_year', v.of_year,
                      'group', u.short_name, 'n', v.n, 'replaced_at', v.replaced_at, 'replaced_by', v.replaced_by, 'reason', v.reason)
                      order by v.revision desc), '[]')
                from incident_version v left join unit u on u.id = v.group_id
               where v.ward_id = i.ward_id and v.incident_id = i.id) as "versions!: Json<Vec<Version>>"
           from incident i left join unit g on g.id = i.group_id where i.id = $1"#,
        id.uuid()
    )
    .fetch_optional(conn)
    .await?
    .ok_or(Refused::NotFound)?;
    let when = When::of(r.happened_on, r.of_year).ok_or_else(|| anyhow::anyhow!("count {id} of no time"))?;
    let gravity = r.gravity.parse().map_err(anyhow::Error::from)?;
    let void = r.voided_at.zip(r.voided_by).zip(r.void_reason);
    Ok(Story {
        count: Count {
            id,
            place: Place { city: r.city, ward: r.ward, group: r.group },
            facts: Facts { kind: r.kind, gravity, when, group: r.group, n: r.n },
            batch: r.batch,
            confirmed: r.confirmed_at.zip(r.confirmed_by),
            void: void.map(|((at, by), reason)| Void { at, by, reason }),
            revision: r.revision,
            created: (r.created_at, r.created_by),
            updated: (r.updated_at, r.updated_by),
        },
        group: r.short,
        versions: r.versions.0,
    })
}
