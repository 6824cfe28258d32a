//! Bundles themselves, and the years that they are of.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use sqlx::types::Json;

use crate::access::{Actor, Permit, Place, Refused, act};
use crate::bundle::model::{Bundle, KEPT, Order, Product, Year};
use crate::paper::model::Names;
use crate::platform::id::{BundleId, CycleId, RulesetId, UnitId};

/// A ward's year with its groups, through the seat's scope. Unique key `cycle_year_once`, index `dossier_by_cycle`.
///
/// # Errors
/// [`Refused::NotFound`] without such a year in scope, or what the database says.
pub async fn year(conn: &mut PgConnection, ward: UnitId, year: i32) -> Result<Year, Refused> {
    let r = sqlx::query!(
        r#"select c.id as "cycle: CycleId", c.city_id as "city: UnitId", c.year, c.ruleset_id as "ruleset: RulesetId", r.code,
             w.name as ward, w.short_name as ward_short, t.name as city_name, t.short_name as city_short,
             exists (select from dossier d where d.ward_id = c.ward_id and d.cycle_id = c.id and d.sent_at is not null) as "sent!",
             (select coalesce(json_agg(json_build_object('id', u.id, 'code', u.code, 'name', u.name, 'households', coalesce(n.households, 0))
                       order by u.ordinal, u.id), '[]')
                from dossier d join unit u on u.id = d.subject_id
                left join participation_tally n on n.ward_id = d.ward_id and n.cycle_id = d.cycle_id and n.group_id = u.id
               where d.ward_id = c.ward_id and d.cycle_id = c.id and d.kind = 'registration' and d.group_id is not null) as "groups!: Json<Vec<crate::bundle::model::Unit>>"
           from cycle c join ruleset r on r.id = c.ruleset_id join unit w on w.id = c.ward_id join unit t on t.id = c.city_id
          where c.ward_id = $1 and c.year = $2"#,
        ward.uuid(),
        year
    )
    .fetch_optional(conn)
    .await?
    .ok_or(Refused::NotFound)?;
    Ok(Year {
        place: Place { city: r.city, ward, group: None },
        cycle: r.cycle,
        year: r.year,
        ruleset: r.ruleset,
        code: r.code,
        names: Names {
            city: r.city_name,
            ward: r.ward,
            ward_short: r.ward_short,
            city_short: r.city_short,
            group: None,
        },
        sent: r.sent,
        groups: r.groups.0,
    })
}

/// Puts one in that is to be made.
///
/// # Errors
/// What the database says; a city that was sent nothing is refused by the wall.
pub async fn insert(
    conn: &mut PgConnection,
    permit: &Permit<act::MakeBundle, Order>,
    (id, leads_to): (BundleId, &str),
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let (order, actor) = (permit.of(), permit.actor());
    sqlx::query!(
        "insert into bundle (id, city_id, ward_id, group_id, cycle_id, kind, asker, each, open_only, leads_to, account_id, asked_at, asked_by, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        id.uuid(),
        order.place.city.uuid(),
        order.place.ward.uuid(),
        order.place.group.map(UnitId::uuid),
        order.cycle.uuid(),
        order.kind.as_str(),
        if actor.role().is_city() { "city" } else { "ward" },
        order.each,
        order.open_only,
        leads_to,
        actor.person.account.uuid(),
        now,
        actor.person.name,
        now + KEPT
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The same that this person asked for and that is still to be made: a button pressed twice.
///
/// # Errors
/// What the database says.
pub async fn waiting(conn: &mut PgConnection, actor: &Actor, order: &Order) -> Result<Option<BundleId>, Refused> {
    Ok(sqlx::query_scalar!(
        r#"select id as "id: BundleId" from bundle where ward_id = $1 and cycle_id = $2 and kind = $3 and account_id = $4
              and group_id is not distinct from $5 and each = $6 and open_only = $7 and state = 'waiting' order by asked_at desc limit 1"#,
        order.place.ward.uuid(),
        order.cycle.uuid(),
        order.kind.as_str(),
        actor.person.account.uuid(),
        order.place.group.map(UnitId::uuid),
        order.each,
        order.open_only
    )
    .fetch_optional(conn)
    .await?)
}

struct Row {
    id: BundleId,
    city: UnitId,
    ward: UnitId,
    group: Option<UnitId>,
    cycle: CycleId,
    kind: String,
    each: bool,
    open_only: bool,
    state: String,
    asked_at: DateTime<Utc>,
    asked_by: String,
    fault: Option<String>,
    file_name: Option<String>,
    sha256: Option<String>,
    size: Option<i64>,
    files: Option<i32>,
    missing: Option<i32>,
    households: Option<i32>,
    expires_at: DateTime<Utc>,
    leads_to: String,
    group_name: Option<String>,
    ward_name: String,
    year: i32,
}

impl TryFrom<Row> for Bundle {
    type Error = anyhow::Error;

    fn try_from(r: Row) -> anyhow::Result<Self> {
        let product = r.file_name.zip(r.sha256).zip(r.size).map(|((name, sha256), size)| Product {
            name,
            sha256,
            size,
            files: r.files.unwrap_or(0),
            missing: r.missing.unwrap_or(0),
            households: r.households.unwrap_or(0),
        });
        Ok(Self {
            id: r.id,
            order: Order {
                kind: r.kind.parse()?,
                place: Place { city: r.city, ward: r.ward, group: r.group },
                cycle: r.cycle,
                each: r.each,
                open_only: r.open_only,
            },
            state: r.state.parse()?,
            asked_at: r.asked_at,
            asked_by: r.asked_by,
            fault: r.fault,
            product,
            expires_at: r.expires_at,
            leads_to: r.leads_to,
            group_name: r.group_name,
            ward_name: r.ward_name,
            year: r.year,
        })
    }
}

/// One through the seat's scope, while it can be fetched.
///
/// # Errors
/// [`Refused::NotFound`] out of sight or out of date, or what the database says.
pub async fn load(conn: &mut PgConnection, id: BundleId, now: DateTime<Utc>) -> Result<Bundle, Refused> {
    let row = sqlx::query_as!(
        Row,
        r#"select b.id as "id: BundleId", b.city_id as "city: UnitId", b.ward_id as "ward: UnitId", b.group_id as "group: UnitId",
             b.cycle_id as "cycle: CycleId", b.kind, b.each, b.open_only, b.state, b.asked_at, b.asked_by, b.fault, b.file_name, b.sha256, b.size,
             b.files, b.missing, b.households, b.expires_at, b.leads_to, g.name as "group_name?", w.name as ward_name, c.year
           from bundle b join cycle c on c.ward_id = b.ward_id and c.id = b.cycle_id join unit w on w.id = b.ward_id left join unit g on g.id = b.group_id
          where b.id = $1 and b.expires_at > $2"#,
        id.uuid(),
        now
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.ok_or(Refused::NotFound)?.try_into()?)
}

/// The newest of a ward and year that the seat may fetch. Index `bundle_newest`.
///
/// # Errors
/// What the database says.
pub async fn list(
    conn: &mut PgConnection,
    (ward, cycle): (UnitId, CycleId),
    now: DateTime<Utc>,
) -> Result<Vec<Bundle>, Refused> {
    let rows = sqlx::query_as!(
        Row,
        r#"select b.id as "id: BundleId", b.city_id as "city: UnitId", b.ward_id as "ward: UnitId", b.group_id as "group: UnitId",
             b.cycle_id as "cycle: CycleId", b.kind, b.each, b.open_only, b.state, b.asked_at, b.asked_by, b.fault, b.file_name, b.sha256, b.size,
             b.files, b.missing, b.households, b.expires_at, b.leads_to, g.name as "group_name?", w.name as ward_name, c.year
           from bundle b join cycle c on c.ward_id = b.ward_id and c.id = b.cycle_id join unit w on w.id = b.ward_id left join unit g on g.id = b.group_id
          where b.ward_id = $1 and b.cycle_id = $2 and b.expires_at > $3 order by b.asked_at desc, b.id desc limit 20"#,
        ward.uuid(),
        cycle.uuid(),
        now
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(Bundle::try_from).collect::<Result<_, _>>()?)
}

/// Writes what came of it; its days begin. One that another worker finished meanwhile stays as it is.
///
/// # Errors
/// What the database says.
pub async fn done(conn: &mut PgConnection, id: BundleId, product: &Product, now: DateTime<Utc>) -> Result<(), Refused> {
    sqlx::query!(
        "update bundle set state = 'done', fault = null, file_name = $2, sha256 = $3, size = $4, files = $5, missing = $6, households = $7,
                made_at = $8, expires_at = $9 where id = $1 and state <> 'done'",
        id.uuid(),
        product.name,
        product.sha256,
        product.size,
        product.files,
        product.missing,
        product.households,
        now,
        now + KEPT
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes why it was not made.
///
/// # Errors
/// What the database says.
pub async fn failed(conn: &mut PgConnection, id: BundleId, fault: &str) -> Result<(), Refused> {
    sqlx::query!("update bundle set state = 'failed', fault = $2 where id = $1 and state <> 'done'", id.uuid(), fault)
        .execute(conn)
        .await?;
    Ok(())
}

/// It is to be made once more.
///
/// # Errors
/// What the database says.
pub async fn again(conn: &mut PgConnection, id: BundleId, now: DateTime<Utc>) -> Result<(), Refused> {
    sqlx::query!(
        "update bundle set state = 'waiting', fault = null, expires_at = $2 where id = $1 and state <> 'done'",
        id.uuid(),
        now + KEPT
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Those whose days are over, some at a time.
///
/// # Errors
/// What the database says.
pub async fn expired(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<Vec<BundleId>, sqlx::Error> {
    sqlx::query_scalar!(r#"select bundle_expired($1) as "id!: BundleId""#, now).fetch_all(conn).await
}

/// Forgets those whose bytes are gone.
///
/// # Errors
/// What the database says.
pub async fn forget(conn: &mut PgConnection, ids: &[BundleId], now: DateTime<Utc>) -> Result<(), sqlx::Error> {
    let ids: Vec<uuid::Uuid> = ids.iter().map(|id| id.uuid()).collect();
    sqlx::query!("select bundle_forget($1, $2)", &ids, now).execute(conn).await?;
    Ok(())
}
