//! Where every unit of a city stands.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use crate::access::Refused;
use crate::appraisal::model::{Standing, UnitFacts, WardYear};
use crate::cycle::model::Window;
use crate::platform::id::{CycleId, RulesetId, UnitId};

/// The newest year of every ward of a city. Reads `cycle_by_city`.
///
/// # Errors
/// What the database says.
pub async fn newest_cycles(conn: &mut PgConnection, city: UnitId) -> Result<Vec<CycleId>, Refused> {
    Ok(sqlx::query_scalar!(
        r#"select distinct on (ward_id) id as "id: CycleId" from cycle where city_id = $1 order by ward_id, year desc"#,
        city.uuid()
    )
    .fetch_all(conn)
    .await?)
}

/// The columns of a year.
struct Loaded {
    cycle: CycleId,
    ward: UnitId,
    year: i32,
    ruleset: RulesetId,
    group_window_from: NaiveDate,
    group_window_to: NaiveDate,
    ward_window_from: NaiveDate,
    ward_window_to: NaiveDate,
    units: Json<Vec<UnitFacts>>,
}

impl From<Loaded> for WardYear {
    fn from(row: Loaded) -> Self {
        Self {
            cycle: row.cycle,
            ward: row.ward,
            year: row.year,
            ruleset: row.ruleset,
            group_window: Window { from: row.group_window_from, to: row.group_window_to },
            ward_window: Window { from: row.ward_window_from, to: row.ward_window_to },
            units: row.units.0,
        }
    }
}

/// These years with everything that the engine may look at of the ward and its groups.
///
/// # Errors
/// What the database says.
pub async fn years(conn: &mut PgConnection, cycles: &[CycleId]) -> Result<Vec<WardYear>, Refused> {
    let ids: Vec<Uuid> = cycles.iter().map(|id| id.uuid()).collect();
    let rows = sqlx::query_as!(
        Loaded,
        r#"select c.id as "cycle: CycleId", c.ward_id as "ward: UnitId", c.year, c.ruleset_id as "ruleset: RulesetId",
                  c.group_window_from, c.group_window_to, c.ward_window_from, c.ward_window_to,
                  (select coalesce(json_agg(json_build_object('unit', u.id, 'group', case u.kind when 'group' then u.id end,
                            'facts', standing_facts(c.id, u.id))), '[]')
                     from unit u where u.ward_id = c.ward_id and u.kind in ('ward', 'group') and u.valid_from <= c.group_window_to
                      and (u.valid_to is null or u.valid_to >= c.group_window_to)) as "units!: Json<Vec<UnitFacts>>"
             from cycle c where c.id = any ($1)"#,
        &ids
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(WardYear::from).collect())
}

/// Keeps results, in the place of older ones.
///
/// # Errors
/// What the database says.
pub async fn save_standings(
    conn: &mut PgConnection,
    city: UnitId,
    found: &[Standing],
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let ids = |of: fn(&Standing) -> Uuid| found.iter().map(of).collect::<Vec<_>>();
    let counts = |at: usize| found.iter().map(|it| it.counts[at]).collect::<Vec<_>>();
    let groups: Vec<Option<Uuid>> = found.iter().map(|it| it.group.map(UnitId::uuid)).collect();
    let findings: Vec<String> = found.iter().map(|it| it.finding.as_str().to_owned()).collect();
    sqlx::query!(
        "insert into standing (city_id, ward_id, group_id, cycle_id, subject_id, finding, met, not_met, insufficient, computed_at)
         select $1, t.ward, t.grp, t.cycle, t.subject, t.finding, t.met, t.not_met, t.insufficient, $2
           from unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::text[], $8::int[], $9::int[], $10::int[])
             t (ward, grp, cycle, subject, finding, met, not_met, insufficient)
         on conflict (ward_id, cycle_id, subject_id) do update set finding = excluded.finding, met = excluded.met, not_met = excluded.not_met,
           insufficient = excluded.insufficient, computed_at = excluded.computed_at",
        city.uuid(),
        now,
        &ids(|it| it.ward.uuid()),
        &groups as _,
        &ids(|it| it.cycle.uuid()),
        &ids(|it| it.subject.uuid()),
        &findings,
        &counts(0),
        &counts(1),
        &counts(2)
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A ward in the city's forecast.
#[derive(Debug, Clone)]
pub struct Forecast {
    /// Its name.
    pub name: String,
    /// The year that was computed.
    pub year: i32,
    /// Groups whose computed criteria all hold.
    pub met: i64,
    /// Groups with one that does not.
    pub not_met: i64,
    /// The others.
    pub open: i64,
    /// What the ward itself comes to.
    pub own: Option<String>,
    /// When it was computed.
    pub computed_at: DateTime<Utc>,
}

/// The forecast of every ward that was computed. Reads `standing_by_city`.
///
/// # Errors
/// What the database says.
pub async fn forecasts(conn: &mut PgConnection, city: UnitId) -> Result<Vec<Forecast>, Refused> {
    Ok(sqlx::query_as!(
        Forecast,
        r#"select w.name, c.year, count(*) filter (where s.group_id is not null and s.finding = 'met') as "met!",
                  count(*) filter (where s.group_id is not null and s.finding = 'not_met') as "not_met!",
                  count(*) filter (where s.group_id is not null and s.finding = 'insufficient') as "open!",
                  max(s.finding) filter (where s.group_id is null) as own, max(s.computed_at) as "computed_at!"
             from standing s join unit w on w.id = s.ward_id join cycle c on c.ward_id = s.ward_id and c.id = s.cycle_id
            where s.city_id = $1 and not exists (select from cycle n where n.ward_id = c.ward_id and n.year > c.year)
            group by w.id, w.name, w.ordinal, c.year order by w.ordinal, w.name limit 1000"#,
        city.uuid()
    )
    .fetch_all(conn)
    .await?)
}
