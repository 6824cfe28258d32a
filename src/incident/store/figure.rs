//! Typed figures of a ward and its groups.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use crate::access::{Permit, Refused, act};
use crate::incident::model::figure::{Row, Typed};
use crate::platform::id::{CycleId, UnitId};
use crate::ruleset::SubjectKind;

/// The ward and the groups of its year with their figures; for a bound seat its groups alone. Index `unit_by_ward`.
///
/// # Errors
/// What the database says.
pub async fn figures(
    conn: &mut PgConnection,
    (ward, cycle): (UnitId, CycleId),
    bound: Option<&[UnitId]>,
) -> Result<Vec<Row>, Refused> {
    let bound: Option<Vec<Uuid>> = bound.map(|groups| groups.iter().map(|id| id.uuid()).collect());
    let rows = sqlx::query_scalar!(
        r#"select coalesce(json_agg(r order by r.of_group, r.ordinal, r.id), '[]') as "rows!: Json<Vec<Row>>" from (
             select u.id, u.kind, u.code, u.name, u.ordinal, u.kind = 'group' as of_group,
                    (select coalesce(json_agg(json_build_object('metric', f.metric, 'value', f.value, 'revision', f.revision)), '[]')
                       from unit_figure f where f.ward_id = c.ward_id and f.cycle_id = c.id and f.subject_id = u.id) as figures
               from cycle c join unit u on u.ward_id = c.ward_id
              where c.ward_id = $1 and c.id = $2 and ($3::uuid[] is null or u.id = any ($3))
                and (u.kind = 'ward' or (u.kind = 'group' and u.valid_from <= c.group_window_to and (u.valid_to is null or u.valid_to >= c.group_window_from)))) r"#,
        ward.uuid(),
        cycle.uuid(),
        bound.as_deref()
    )
    .fetch_one(conn)
    .await?;
    Ok(rows.0)
}

/// Writes all changed figures in one statement, each on the revision that the form saw.
///
/// # Errors
/// [`Refused::Stale`] when somebody else changed one of them; what the database says.
pub async fn save_figures(
    conn: &mut PgConnection,
    permit: &Permit<act::SaveFigures, (UnitId, Vec<Typed>)>,
    (city, cycle): (UnitId, CycleId),
    (by, now): (&str, DateTime<Utc>),
) -> Result<(), Refused> {
    let (ward, typed) = permit.of();
    let units: Vec<Uuid> = typed.iter().map(|it| it.unit.uuid()).collect();
    let of_group: Vec<bool> = typed.iter().map(|it| it.kind == SubjectKind::Group).collect();
    let metrics: Vec<String> = typed.iter().map(|it| it.metric.to_string()).collect();
    let values: Vec<Option<i32>> = typed.iter().map(|it| it.value).collect();
    let revisions: Vec<i32> = typed.iter().map(|it| it.revision).collect();
    let done = sqlx::query!(
        "with t as materialized (select * from unnest($6::uuid[], $7::bool[], $8::text[], $9::int[], $10::int[]) t (unit, of_group, metric, value, revision))
         insert into unit_figure as f (city_id, ward_id, group_id, cycle_id, subject_id, metric, value, updated_at, updated_by)
         select $1, $2, case when t.of_group then t.unit end, $3, t.unit, t.metric, t.value, $4, $5 from t
         on conflict (ward_id, cycle_id, subject_id, metric) do update
            set value = excluded.value, revision = f.revision + 1, updated_at = excluded.updated_at, updated_by = excluded.updated_by
          where f.revision = (select t.revision from t where t.unit = f.subject_id and t.metric = f.metric)",
        city.uuid(),
        ward.uuid(),
        cycle.uuid(),
        now,
        by,
        &units,
        &of_group,
        &metrics,
        &values as _,
        &revisions
    )
    .execute(conn)
    .await?;
    if done.rows_affected() == typed.len() as u64 { Ok(()) } else { Err(Refused::Stale) }
}
