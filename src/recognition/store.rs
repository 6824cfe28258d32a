//! Published results, and the lists of a ward's package.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use sqlx::PgConnection;
use sqlx::types::Json;

use crate::access::Refused;
use crate::dossier::model::{Status, Whole};
use crate::platform::id::{CycleId, DossierId, EventId, UnitId};
use crate::recognition::model::{Results, WardResults, YearSum};
use crate::ruleset::DossierKind;

/// Publishes a unit's result (Thông tư 124/2021/TT-BCA, Điều 3). Names of units only.
///
/// # Errors
/// What the database says.
pub async fn publish(
    conn: &mut PgConnection,
    whole: &Whole,
    recognised: bool,
    number: &str,
    decided_on: NaiveDate,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    sqlx::query!(
        "insert into publication (id, city_id, ward_id, unit_id, year, unit_name, ward_name, city_name, recognised, number, decided_on, published_at, groups)
         select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, coalesce(sum(t.n), 0)
           from dossier_tally t where t.ward_id = $3 and t.cycle_id = $13 and t.kind = 'request' and not t.of_ward
         on conflict (ward_id, unit_id, year) do update set recognised = excluded.recognised, number = excluded.number,
           decided_on = excluded.decided_on, published_at = excluded.published_at, revoked_number = null, revoked_on = null",
        EventId::new(now).uuid(),
        whole.dossier.place.city.uuid(),
        whole.dossier.place.ward.uuid(),
        whole.dossier.subject.uuid(),
        whole.year,
        whole.subject_name,
        whole.ward_name,
        whole.city_name,
        recognised,
        number,
        decided_on,
        now,
        whole.dossier.cycle.uuid()
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Publishes that a recognition was taken back.
///
/// # Errors
/// What the database says.
pub async fn revoke(
    conn: &mut PgConnection,
    whole: &Whole,
    number: &str,
    decided_on: NaiveDate,
) -> Result<(), Refused> {
    sqlx::query!(
        "update publication set recognised = false, revoked_number = $4, revoked_on = $5 where ward_id = $1 and unit_id = $2 and year = $3",
        whole.dossier.place.ward.uuid(),
        whole.dossier.subject.uuid(),
        whole.year,
        number,
        decided_on
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The recommended group dossiers of a year that wait to be sent to the city.
///
/// # Errors
/// What the database says.
pub async fn to_forward(conn: &mut PgConnection, ward: UnitId, cycle: CycleId) -> Result<Vec<DossierId>, Refused> {
    Ok(sqlx::query_scalar!(
        r#"select id as "id: DossierId" from dossier
            where ward_id = $1 and cycle_id = $2 and kind = 'request' and status = 'recommended' and group_id is not null
            order by id for update"#,
        ward.uuid(),
        cycle.uuid()
    )
    .fetch_all(conn)
    .await?)
}

/// Whether the ward's own request of the year has gone to the city: the package that later ones follow.
///
/// # Errors
/// What the database says.
pub async fn package_is_sent(conn: &mut PgConnection, ward: UnitId, cycle: CycleId) -> Result<bool, Refused> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select 1 from dossier where ward_id = $1 and cycle_id = $2 and subject_id = $1 and kind = 'request'
                            and sent_at is not null) as "sent!""#,
        ward.uuid(),
        cycle.uuid()
    )
    .fetch_one(conn)
    .await?)
}

/// The results of one year (the newest when none is named, or one without results), ward by ward, with the sums of all years: one
/// statement. Counts come from `published_counts`; names from the rows that everybody may read, by `publication_once`.
///
/// # Errors
/// What the database says.
pub async fn published(conn: &mut PgConnection, year: Option<i32>) -> Result<Results, Refused> {
    let r = sqlx::query!(
        r#"with counts as materialized (select * from published_counts()),
             shown as (select coalesce((select year from counts where year = $1 limit 1), (select max(year) from counts)) as year)
           select s.year as "year?",
             (select coalesce(json_agg(y order by y.year desc), '[]') from (
                select c.year, count(*) as wards, count(*) filter (where c.ward_recognised) as wards_recognised,
                       sum(c.groups) as groups, sum(c.groups_recognised) as groups_recognised
                  from counts c group by c.year) y) as "years!: Json<Vec<YearSum>>",
             (select coalesce(json_agg(w order by w.name collate "vi-x-icu", w.city collate "vi-x-icu"), '[]') from (
                select c.ward_name as name, c.city_name as city, c.groups, c.groups_recognised, c.ward_recognised,
                  (select coalesce(json_agg(u order by u.of_ward desc, char_length(u.name), u.name), '[]') from (
                     select p.unit_name as name, p.unit_id = p.ward_id as of_ward, p.number, p.decided_on, p.revoked_number, p.revoked_on
                       from publication p where p.ward_id = c.ward_id and p.year = c.year
                        and (p.recognised or p.revoked_number is not null)) u) as units
                  from counts c where c.year = s.year) w) as "wards!: Json<Vec<WardResults>>"
             from shown s"#,
        year
    )
    .fetch_one(conn)
    .await?;
    Ok(Results { year: r.year, years: r.years.0, wards: r.wards.0 })
}

/// A ward's package of a year as the city opens it.
#[derive(Debug, Clone)]
pub struct Package {
    /// The ward, as "phường Phước Long".
    pub ward_name: String,
    /// The year.
    pub year: i32,
    /// First day of the groups' evaluation window.
    pub window_from: NaiveDate,
    /// Groups with a request dossier this year, sent or not.
    pub groups: i64,
    /// Every dossier that was sent, the ward's own first.
    pub rows: Vec<PackageRow>,
}

/// A sent dossier of a package.
#[derive(Debug, Clone, Deserialize)]
pub struct PackageRow {
    /// The dossier.
    pub id: DossierId,
    /// Its group; none for the ward's own.
    pub group_id: Option<UnitId>,
    /// registration or request.
    pub kind: DossierKind,
    /// Its status.
    pub status: Status,
    /// Its version, for forms.
    pub version: i32,
    /// The unit's name.
    pub name: String,
    /// Verdicts "đạt" of the level that judged.
    pub met: i64,
    /// Verdicts made.
    pub judged: i64,
    /// Parts with a file or a text.
    pub parts_filled: i64,
    /// Parts.
    pub parts: i64,
    /// When it was sent.
    pub sent_at: DateTime<Utc>,
}

/// The package of a ward and year, through the city's scope: one statement. Reads `cycle_year_once`, `dossier_by_cycle`
/// and the tally that the city may read while papers are still the ward's.
///
/// # Errors
/// [`Refused::NotFound`] without such a year in scope, or what the database says.
pub async fn package(conn: &mut PgConnection, ward: UnitId, year: i32) -> Result<Package, Refused> {
    let r = sqlx::query!(
        r#"select w.name as ward_name, c.year, c.group_window_from,
             (select coalesce(sum(t.n), 0) from dossier_tally t
               where t.ward_id = c.ward_id and t.cycle_id = c.id and t.kind = 'request' and not t.of_ward) as "groups!",
             (select coalesce(json_agg(row order by row.group_id is not null, row.kind, row.ordinal, row.id), '[]') from (
               select d.id, d.group_id, d.kind, d.status, d.version, u.name, u.ordinal, d.sent_at,
                 (select count(*) from verdict v where v.ward_id = d.ward_id and v.cycle_id = d.cycle_id and v.subject_id = d.subject_id
                     and d.kind = 'request' and v.finding = 'met') as met,
                 (select count(*) from verdict v where v.ward_id = d.ward_id and v.cycle_id = d.cycle_id and v.subject_id = d.subject_id
                     and d.kind = 'request') as judged,
                 (select count(*) from dossier_part p where p.ward_id = d.ward_id and p.dossier_id = d.id
                     and (p.content is not null or exists (select 1 from attachment_use x
                           where x.ward_id = p.ward_id and x.part_id = p.id and x.removed_at is null))) as parts_filled,
                 (select count(*) from dossier_part p where p.ward_id = d.ward_id and p.dossier_id = d.id) as parts
               from dossier d join unit u on u.id = d.subject_id
              where d.ward_id = c.ward_id and d.cycle_id = c.id and d.sent_at is not null) row) as "rows!: Json<Vec<PackageRow>>"
           from cycle c join unit w on w.id = c.ward_id
          where c.ward_id = $1 and c.year = $2"#,
        ward.uuid(),
        year
    )
    .fetch_optional(conn)
    .await?
    .ok_or(Refused::NotFound)?;
    Ok(Package {
        ward_name: r.ward_name,
        year: r.year,
        window_from: r.group_window_from,
        groups: r.groups,
        rows: r.rows.0,
    })
}
