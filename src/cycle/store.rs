//! Years and their deadlines.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use super::model::{Calendar, Deadline, Override, Window};
use crate::access::Refused;
use crate::platform::id::{CycleId, RulesetId, UnitId};

/// A year of a ward.
#[derive(Debug, Clone)]
pub struct Cycle {
    /// Its id.
    pub id: CycleId,
    /// The city.
    pub city: UnitId,
    /// The ward.
    pub ward: UnitId,
    /// The pinned ruleset.
    pub ruleset: RulesetId,
    /// Its code.
    pub ruleset_code: String,
    /// Its version.
    pub ruleset_version: i32,
    /// Year, windows, deadlines.
    pub calendar: Calendar,
    /// Late dossiers are not taken.
    pub locks_late: bool,
    /// Who opened it.
    pub opened_by: String,
    /// When.
    pub opened_at: DateTime<Utc>,
    /// Counts changes.
    pub revision: i32,
}

/// A year by its number, through the seat's scope. The primary key of `deadline` leads with ward and year.
///
/// # Errors
/// [`Refused::NotFound`], or what the database says.
pub async fn load(conn: &mut PgConnection, ward: UnitId, year: i32) -> Result<Cycle, Refused> {
    let r = sqlx::query!(
        r#"select c.id as "id: CycleId", c.city_id as "city: UnitId", c.ward_id as "ward: UnitId", c.ruleset_id as "ruleset: RulesetId",
             s.code, s.version, c.year, c.group_window_from, c.group_window_to, c.ward_window_from, c.ward_window_to, c.locks_late,
             c.opened_by, c.opened_at, c.revision,
             (select coalesce(json_agg(json_build_object('code', l.code, 'title', l.title, 'who', l.who, 'stated', l.stated, 'exclusive', l.exclusive,
                      'citation', l.citation, 'internal', l.internal, 'overridden', case when l.was_stated is not null then json_build_object('previous_stated', l.was_stated,
                      'previous_exclusive', l.was_exclusive, 'reason', l.override_reason, 'by', l.override_by) end) order by l.stated), '[]')
                from deadline l where l.ward_id = c.ward_id and l.cycle_id = c.id) as "deadlines!: Json<Vec<Deadline>>"
           from cycle c join ruleset s on s.id = c.ruleset_id where c.ward_id = $1 and c.year = $2"#,
        ward.uuid(),
        year
    )
    .fetch_optional(conn)
    .await?
    .ok_or(Refused::NotFound)?;
    Ok(Cycle {
        id: r.id,
        city: r.city,
        ward: r.ward,
        ruleset: r.ruleset,
        ruleset_code: r.code,
        ruleset_version: r.version,
        calendar: Calendar {
            year: r.year,
            group_window: Window { from: r.group_window_from, to: r.group_window_to },
            ward_window: Window { from: r.ward_window_from, to: r.ward_window_to },
            deadlines: r.deadlines.0,
        },
        locks_late: r.locks_late,
        opened_by: r.opened_by,
        opened_at: r.opened_at,
        revision: r.revision,
    })
}

/// The days on which the groups of a year are judged, through the seat's scope.
///
/// # Errors
/// [`Refused::NotFound`], or what the database says.
pub async fn group_window(conn: &mut PgConnection, cycle: CycleId) -> Result<Window, Refused> {
    sqlx::query_as!(
        Window,
        r#"select group_window_from as "from", group_window_to as "to" from cycle where id = $1"#,
        cycle.uuid()
    )
    .fetch_optional(conn)
    .await?
    .ok_or(Refused::NotFound)
}

/// A year in a list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The year.
    pub year: i32,
    /// The ruleset's code.
    pub ruleset_code: String,
    /// When it was opened.
    pub opened_at: DateTime<Utc>,
    /// By whom.
    pub opened_by: String,
}

/// The years of a ward, newest first.
///
/// # Errors
/// What the database says.
pub async fn list(conn: &mut PgConnection, ward: UnitId) -> Result<Vec<Listed>, Refused> {
    Ok(sqlx::query_as!(
        Listed,
        "select c.year, s.code as ruleset_code, c.opened_at, c.opened_by from cycle c join ruleset s on s.id = c.ruleset_id
          where c.ward_id = $1 order by c.year desc limit 100",
        ward.uuid()
    )
    .fetch_all(conn)
    .await?)
}

/// A version of rules by which some wards of a city run a year.
#[derive(Debug, Clone)]
pub struct InWards {
    /// The year.
    pub year: i32,
    /// The ruleset's code.
    pub ruleset_code: String,
    /// Its version.
    pub ruleset_version: i32,
    /// How many wards.
    pub wards: i64,
    /// Their names, in the city's order.
    pub names: String,
}

/// The years of a city's wards, newest first, with the rules they run by. Index `cycle_by_city`.
///
/// # Errors
/// What the database says.
pub async fn in_city(conn: &mut PgConnection, city: UnitId) -> Result<Vec<InWards>, Refused> {
    Ok(sqlx::query_as!(
        InWards,
        r#"select c.year, s.code as ruleset_code, s.version as ruleset_version, count(*) as "wards!",
             string_agg(w.name, ', ' order by w.ordinal, w.id) as "names!"
           from cycle c join unit w on w.id = c.ward_id join ruleset s on s.id = c.ruleset_id
          where c.city_id = $1 group by c.year, s.code, s.version order by c.year desc, s.code, s.version desc limit 100"#,
        city.uuid()
    )
    .fetch_all(conn)
    .await?)
}

/// Writes a new year with its deadlines.
///
/// # Errors
/// What the database says; `cycle_year_once` when the year exists.
pub async fn insert(conn: &mut PgConnection, cycle: &Cycle) -> Result<(), Refused> {
    let calendar = &cycle.calendar;
    sqlx::query!(
        "insert into cycle (id, city_id, ward_id, year, ruleset_id, group_window_from, group_window_to, ward_window_from, ward_window_to, opened_at, opened_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        cycle.id.uuid(),
        cycle.city.uuid(),
        cycle.ward.uuid(),
        calendar.year,
        cycle.ruleset.uuid(),
        calendar.group_window.from,
        calendar.group_window.to,
        calendar.ward_window.from,
        calendar.ward_window.to,
        cycle.opened_at,
        cycle.opened_by
    )
    .execute(&mut *conn)
    .await?;
    for deadline in &calendar.deadlines {
        sqlx::query!(
            "insert into deadline (cycle_id, city_id, ward_id, code, title, who, stated, exclusive, citation, internal)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            cycle.id.uuid(),
            cycle.city.uuid(),
            cycle.ward.uuid(),
            deadline.code.as_str(),
            deadline.title,
            deadline.who,
            deadline.stated,
            deadline.exclusive,
            deadline.citation,
            deadline.internal
        )
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

/// Moves a deadline; what stood before the first move stays known.
///
/// # Errors
/// What the database says.
pub async fn move_deadline(
    conn: &mut PgConnection,
    cycle: &Cycle,
    moved: &Deadline,
    because: &Override,
) -> Result<(), Refused> {
    sqlx::query!(
        "update deadline set stated = $4, exclusive = $5, was_stated = $6, was_exclusive = $7, override_reason = $8, override_by = $9
          where ward_id = $1 and cycle_id = $2 and code = $3",
        cycle.ward.uuid(),
        cycle.id.uuid(),
        moved.code.as_str(),
        moved.stated,
        moved.exclusive,
        because.previous_stated,
        because.previous_exclusive,
        because.reason,
        because.by
    )
    .execute(&mut *conn)
    .await?;
    Ok(())
}

/// Counts a change of the year, if it still stands at the revision of the form.
///
/// # Errors
/// [`Refused::Stale`].
pub async fn advance(conn: &mut PgConnection, cycle: &Cycle, revision: i32, locks_late: bool) -> Result<(), Refused> {
    let done = sqlx::query!(
        "update cycle set revision = revision + 1, locks_late = $4 where ward_id = $1 and id = $2 and revision = $3",
        cycle.ward.uuid(),
        cycle.id.uuid(),
        revision,
        locks_late
    )
    .execute(conn)
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(Refused::Stale) }
}

/// The groups of a ward that exist on some of these days, in their order: the subjects of a new year. Index `unit_by_ward`.
///
/// # Errors
/// What the database says.
pub async fn groups_of(conn: &mut PgConnection, ward: UnitId, days: Window) -> Result<Vec<Uuid>, Refused> {
    Ok(sqlx::query_scalar!(
        "select id from unit where ward_id = $1 and kind = 'group' and valid_from <= $3 and (valid_to is null or valid_to >= $2) order by ordinal, id",
        ward.uuid(),
        days.from,
        days.to
    )
    .fetch_all(conn)
    .await?)
}
