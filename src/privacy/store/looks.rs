//! Statements on looks at personal data.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::access::{Actor, Refused};
use crate::platform::id::{AccountId, HouseholdId, UnitId};
use crate::privacy::model::{Look, What};

/// Writes a look down. It does not wait for the disk: a list is read all day long, and the last half second of a log may be lost with the
/// machine, never with the program.
///
/// # Errors
/// What the database says.
pub async fn log(conn: &mut PgConnection, actor: &Actor, look: Look, now: DateTime<Utc>) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "with hasty as materialized (select set_config('synchronous_commit', 'off', true) as set)
         insert into data_access (at, city_id, ward_id, group_id, household_id, account_id, seat_id, actor, seat, what, rows)
         select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11 from hasty where set is not null",
        now,
        actor.city.uuid(),
        actor.ward().map(UnitId::uuid),
        look.group.map(UnitId::uuid),
        look.household.map(HouseholdId::uuid),
        actor.person.account.uuid(),
        actor.seat_id.uuid(),
        actor.person.name,
        actor.seat_words(),
        look.what.as_str(),
        i32::try_from(look.rows).unwrap_or(i32::MAX)
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// How many looks a page of the log shows.
pub const PAGE: usize = 50;

/// What of the log is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// The looks of one person.
    pub account: Option<AccountId>,
    /// The looks at one household, by its code.
    pub code: Option<String>,
    /// Those before this one.
    pub before: Option<Uuid>,
}

/// A look as the log tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its id: where the next page goes on.
    pub id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub account: AccountId,
    /// The name.
    pub actor: String,
    /// In which seat.
    pub seat: String,
    /// In which way.
    pub what: What,
    /// "Tổ 7"; none for the whole ward.
    pub group: Option<String>,
    /// The code of the one household, where the reader may know it: a steward sees no household.
    pub code: Option<String>,
    /// How many households.
    pub rows: i32,
}

/// Looks, newest first, one more than [`PAGE`] when there is another page. Index `data_access_newest`; with a code
/// `data_access_by_household`.
///
/// # Errors
/// What the database says.
pub async fn looks(conn: &mut PgConnection, ward: UnitId, filter: &Filter) -> Result<Vec<Line>, Refused> {
    let rows = sqlx::query!(
        r#"select d.id, d.at, d.account_id as "account: AccountId", d.actor, d.seat, d.what, d.rows, u.short_name as "group?", h.code as "code?"
             from data_access d
             left join unit u on u.id = d.group_id
             left join household h on h.ward_id = d.ward_id and h.id = d.household_id
             left join data_access b on b.id = $4
            where d.ward_id = $1 and ($2::uuid is null or d.account_id = $2)
              and ($3::text is null or d.household_id = (select c.id from household c where c.ward_id = $1 and c.code = $3))
              and (b.id is null or d.at < b.at or (d.at = b.at and d.id > b.id))
            order by d.at desc, d.id limit $5"#,
        ward.uuid(),
        filter.account.map(AccountId::uuid),
        filter.code,
        filter.before,
        i64::try_from(PAGE + 1).unwrap_or(i64::MAX)
    )
    .fetch_all(conn)
    .await?;
    let mut lines = Vec::with_capacity(rows.len());
    for r in rows {
        let what = r.what.parse().map_err(|_| anyhow::anyhow!("a look of kind {:?}", r.what))?;
        let (account, group, code) = (r.account, r.group, r.code);
        lines.push(Line { id: r.id, at: r.at, account, actor: r.actor, seat: r.seat, what, group, code, rows: r.rows });
    }
    Ok(lines)
}

/// What one person saw in a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// The day in Việt Nam.
    pub day: NaiveDate,
    /// Who.
    pub account: AccountId,
    /// The name.
    pub actor: String,
    /// How many looks.
    pub looks: i64,
    /// How many households were in sight, each as often as it was.
    pub rows: i64,
    /// How many of them left the program in a file or on paper.
    pub taken: i64,
}

/// What each person saw day by day since a moment, newest day first, the most at the top. Index `data_access_newest`.
///
/// # Errors
/// What the database says.
pub async fn sums(conn: &mut PgConnection, ward: UnitId, since: DateTime<Utc>) -> Result<Vec<Sum>, Refused> {
    Ok(sqlx::query_as!(
        Sum,
        r#"select civil_day(at) as "day!", account_id as "account: AccountId", max(actor) as "actor!", count(*) as "looks!", sum(rows)::bigint as "rows!",
             coalesce(sum(rows) filter (where what in ('export', 'print')), 0)::bigint as "taken!"
           from data_access where ward_id = $1 and at >= $2
          group by 1, 2 order by 1 desc, 5 desc, 2 limit 200"#,
        ward.uuid(),
        since
    )
    .fetch_all(conn)
    .await?)
}
