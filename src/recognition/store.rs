//! Published results, and the lists of a ward's package.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::access::Refused;
use crate::dossier::model::Whole;
use crate::platform::id::{CycleId, DossierId, EventId, UnitId};

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
        "insert into publication (id, city_id, ward_id, unit_id, year, unit_name, ward_name, city_name, recognised, number, decided_on, published_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
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
        now
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

/// A result as anybody may read it.
#[derive(Debug, Clone)]
pub struct Published {
    /// The unit, as it was called.
    pub unit_name: String,
    /// Its ward.
    pub ward_name: String,
    /// Its city.
    pub city_name: String,
    /// The year.
    pub year: i32,
    /// Đạt or chưa đạt.
    pub recognised: bool,
    /// The decision.
    pub number: String,
    /// Its day.
    pub decided_on: NaiveDate,
}

/// The results of one year (the newest when none is named), ward by ward, with the years there are.
/// Reads the index `publication_by_year`; a year of one installation is some hundreds of rows.
///
/// # Errors
/// What the database says.
pub async fn published(conn: &mut PgConnection, year: Option<i32>) -> Result<Vec<Published>, Refused> {
    Ok(sqlx::query_as!(
        Published,
        "select unit_name, ward_name, city_name, year, recognised, number, decided_on from publication
          where year = coalesce($1, (select max(year) from publication))
          order by ward_name collate \"vi-x-icu\", char_length(unit_name), unit_name limit 2000",
        year
    )
    .fetch_all(conn)
    .await?)
}

/// The years for which results are published, newest first.
///
/// # Errors
/// What the database says.
pub async fn published_years(conn: &mut PgConnection) -> Result<Vec<i32>, Refused> {
    Ok(sqlx::query_scalar!("select distinct year from publication order by year desc").fetch_all(conn).await?)
}

/// A ward's package as the city opens it: every dossier of the year that was sent.
#[derive(Debug, Clone)]
pub struct PackageRow {
    /// The dossier.
    pub id: Uuid,
    /// Its unit; none for the ward's own.
    pub group_id: Option<Uuid>,
    /// registration or request.
    pub kind: String,
    /// Its status.
    pub status: String,
    /// Its version, for forms.
    pub version: i32,
    /// Submitted again after a return.
    pub attempt: i32,
    /// The unit's name.
    pub name: String,
    /// The unit's order.
    pub ordinal: i32,
    /// The ward.
    pub ward_name: String,
    /// The year.
    pub year: i32,
    /// Verdicts "đạt" of the level that judged.
    pub met: i64,
    /// Verdicts made.
    pub judged: i64,
    /// Parts with a file or a text.
    pub parts_filled: i64,
    /// Parts.
    pub parts: i64,
    /// When it was sent.
    pub sent_at: Option<DateTime<Utc>>,
}

/// The sent dossiers of a ward and year, through the city's scope.
/// Reads `dossier_by_cycle`.
///
/// # Errors
/// What the database says.
pub async fn package(conn: &mut PgConnection, ward: UnitId, year: i32) -> Result<Vec<PackageRow>, Refused> {
    Ok(sqlx::query_as!(
        PackageRow,
        r#"select d.id, d.group_id, d.kind, d.status, d.version, d.attempt, u.name, u.ordinal, w.name as ward_name, c.year, d.sent_at,
             (select count(*) from verdict v where v.ward_id = d.ward_id and v.cycle_id = d.cycle_id and v.subject_id = d.subject_id
                 and d.kind = 'request' and v.finding = 'met') as "met!",
             (select count(*) from verdict v where v.ward_id = d.ward_id and v.cycle_id = d.cycle_id and v.subject_id = d.subject_id
                 and d.kind = 'request') as "judged!",
             (select count(*) from dossier_part p where p.ward_id = d.ward_id and p.dossier_id = d.id
                 and (p.content is not null or exists (select 1 from attachment_use x where x.ward_id = p.ward_id and x.part_id = p.id and x.removed_at is null))) as "parts_filled!",
             (select count(*) from dossier_part p where p.ward_id = d.ward_id and p.dossier_id = d.id) as "parts!"
           from cycle c join dossier d on d.ward_id = c.ward_id and d.cycle_id = c.id
           join unit u on u.id = d.subject_id join unit w on w.id = c.ward_id
          where c.ward_id = $1 and c.year = $2 and d.sent_at is not null
          order by d.group_id is not null, d.kind, u.ordinal, d.id"#,
        ward.uuid(),
        year
    )
    .fetch_all(conn)
    .await?)
}
