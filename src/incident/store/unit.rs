//! Agencies, enterprises and schools in a year of the ward.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use sqlx::types::Json;

use crate::access::{Permit, Refused, act};
use crate::incident::model::unit::{Listed, Participation};
use crate::platform::id::{CycleId, RulesetId, UnitId};

/// The units of a year with what is written of them, by kind; and the ruleset of the year. Index `unit_by_ward`.
///
/// # Errors
/// [`Refused::NotFound`], or what the database says.
pub async fn units(
    conn: &mut PgConnection,
    (ward, cycle): (UnitId, CycleId),
) -> Result<(RulesetId, Vec<Listed>), Refused> {
    let r = sqlx::query!(
        r#"select c.ruleset_id as "ruleset: RulesetId",
             (select coalesce(json_agg(json_build_object('id', u.id, 'kind', u.kind, 'name', u.name, 'counted', coalesce(p.counted, true),
                      'left_out_reason', p.left_out_reason, 'registered_on', p.registered_on, 'standing', coalesce(p.standing, 'open'), 'number', p.number,
                      'decided_on', p.decided_on, 'revision', coalesce(p.revision, 0), 'updated_by', p.updated_by) order by u.kind, u.ordinal, u.id), '[]')
                from unit u left join unit_participation p on p.ward_id = u.ward_id and p.cycle_id = c.id and p.unit_id = u.id
               where u.ward_id = c.ward_id and u.kind in ('agency', 'enterprise', 'school') and u.valid_from <= c.ward_window_to
                 and (u.valid_to is null or u.valid_to >= c.ward_window_to)) as "units!: Json<Vec<Listed>>"
           from cycle c where c.ward_id = $1 and c.id = $2"#,
        ward.uuid(),
        cycle.uuid()
    )
    .fetch_optional(conn)
    .await?
    .ok_or(Refused::NotFound)?;
    Ok((r.ruleset, r.units.0))
}

/// One unit of a year.
///
/// # Errors
/// [`Refused::NotFound`], or what the database says.
pub async fn load_unit(conn: &mut PgConnection, place: (UnitId, CycleId), id: UnitId) -> Result<Listed, Refused> {
    let (_, units) = units(conn, place).await?;
    units.into_iter().find(|unit| unit.id == id).ok_or(Refused::NotFound)
}

/// Writes what a unit's year comes to.
///
/// # Errors
/// [`Refused::Stale`] when somebody else was first; what the database says.
pub async fn save_unit(
    conn: &mut PgConnection,
    permit: &Permit<act::KeepUnitYear, Listed>,
    ((city, ward), cycle): ((UnitId, UnitId), CycleId),
    to: &Participation,
    (by, now): (&str, DateTime<Utc>),
) -> Result<(), Refused> {
    let before = permit.of();
    let done = sqlx::query!(
        "insert into unit_participation as p (city_id, ward_id, cycle_id, unit_id, counted, left_out_reason, registered_on, standing, number, decided_on,
                                              updated_at, updated_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         on conflict (ward_id, cycle_id, unit_id) do update
            set counted = excluded.counted, left_out_reason = excluded.left_out_reason, registered_on = excluded.registered_on, standing = excluded.standing,
                number = excluded.number, decided_on = excluded.decided_on, revision = p.revision + 1, updated_at = excluded.updated_at,
                updated_by = excluded.updated_by
          where p.revision = $13",
        city.uuid(),
        ward.uuid(),
        cycle.uuid(),
        before.id.uuid(),
        to.counted,
        to.left_out_reason,
        to.registered_on,
        to.standing.as_str(),
        to.number,
        to.decided_on,
        now,
        by,
        before.revision
    )
    .execute(conn)
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(Refused::Stale) }
}
