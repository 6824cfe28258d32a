//! What the demo writes past the program's own door, with the migration role: units, people and seats, as an installation would
//! have them before the year begins, and the sessions in which the story is played. Dossiers are never written here; of households only the
//! marks of a year, for many at once.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

use super::places::Places;
use crate::access::Role;
use crate::participation::model::{How, Why};
use crate::platform::id::{AccountId, CycleId, DelegationId, DossierId, HouseholdId, SeatId, SessionId, UnitId};
use crate::ruleset::DossierKind;

/// Writes every unit, its former names, and what was split off what.
///
/// # Errors
/// What the database says.
pub async fn insert_places(conn: &mut PgConnection, places: &Places) -> Result<(), sqlx::Error> {
    let units = &places.units;
    let column = |of: fn(&super::places::Unit) -> Option<UnitId>| {
        units.iter().map(|unit| of(unit).map(UnitId::uuid)).collect::<Vec<_>>()
    };
    let texts = |of: fn(&super::places::Unit) -> &str| units.iter().map(|unit| of(unit).to_owned()).collect::<Vec<_>>();
    sqlx::query!(
        "insert into unit (id, kind, parent_id, city_id, ward_id, code, ordinal, name, short_name, valid_from)
         select * from unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::int[], $8::text[], $9::text[], $10::date[])",
        &units.iter().map(|unit| unit.id.uuid()).collect::<Vec<_>>(),
        &texts(|unit| unit.kind),
        &column(|unit| unit.parent) as _,
        &column(|unit| unit.city) as _,
        &column(|unit| unit.ward) as _,
        &texts(|unit| &unit.code),
        &units.iter().map(|unit| unit.ordinal).collect::<Vec<_>>(),
        &texts(|unit| &unit.name),
        &texts(|unit| &unit.short_name),
        &units.iter().map(|unit| unit.valid_from).collect::<Vec<_>>()
    )
    .execute(&mut *conn)
    .await?;
    for old in &places.old_names {
        sqlx::query!(
            "insert into unit_name (unit_id, city_id, ward_id, name, short_name, used_from, used_to) values ($1, $2, $3, $4, $5, $6, $7)",
            old.unit.uuid(),
            places.city.uuid(),
            old.ward.uuid(),
            old.name,
            old.short_name,
            old.from,
            old.to
        )
        .execute(&mut *conn)
        .await?;
    }
    for (younger, elder, ward, since) in &places.splits {
        sqlx::query!(
            "insert into unit_predecessor (unit_id, predecessor_id, city_id, ward_id, how, since) values ($1, $2, $3, $4, 'split', $5)",
            younger.uuid(),
            elder.uuid(),
            places.city.uuid(),
            ward.uuid(),
            since
        )
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

/// A sample account to be written.
#[derive(Debug)]
pub struct NewAccount<'a> {
    /// Its id.
    pub id: AccountId,
    /// Digits only.
    pub phone: &'a str,
    /// Full name.
    pub name: &'a str,
    /// "ông", "bà", …
    pub honorific: &'a str,
}

/// Writes the accounts, marked as samples, all with the same password, which nobody has to change.
///
/// # Errors
/// What the database says.
pub async fn insert_accounts(
    conn: &mut PgConnection,
    accounts: &[NewAccount<'_>],
    password_hash: &str,
    at: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let texts = |of: fn(&NewAccount<'_>) -> String| accounts.iter().map(of).collect::<Vec<_>>();
    sqlx::query!(
        "insert into account (id, phone, full_name, honorific, password_hash, must_change, sample, created_at)
         select t.id, t.phone, t.name, t.honorific, $5, false, true, $6
           from unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) t (id, phone, name, honorific)",
        &accounts.iter().map(|account| account.id.uuid()).collect::<Vec<_>>(),
        &texts(|account| account.phone.to_owned()),
        &texts(|account| account.name.to_owned()),
        &texts(|account| account.honorific.to_owned()),
        password_hash,
        at
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A seat to be written.
#[derive(Debug)]
pub struct NewSeat {
    /// Its id.
    pub id: SeatId,
    /// Who sits in it.
    pub account: AccountId,
    /// The role.
    pub role: Role,
    /// The ward; none for seats of the city.
    pub ward: Option<UnitId>,
    /// The groups of a leader or an area officer.
    pub groups: Vec<UnitId>,
}

/// Writes the seats with their groups.
///
/// # Errors
/// What the database says.
pub async fn insert_seats(
    conn: &mut PgConnection,
    city: UnitId,
    seats: &[NewSeat],
    from: NaiveDate,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into seat (id, account_id, role, city_id, ward_id, valid_from)
         select t.id, t.account, t.role, $5, t.ward, $6 from unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[]) t (id, account, role, ward)",
        &seats.iter().map(|seat| seat.id.uuid()).collect::<Vec<_>>(),
        &seats.iter().map(|seat| seat.account.uuid()).collect::<Vec<_>>(),
        &seats.iter().map(|seat| seat.role.as_str().to_owned()).collect::<Vec<_>>(),
        &seats.iter().map(|seat| seat.ward.map(UnitId::uuid)).collect::<Vec<_>>() as _,
        city.uuid(),
        from
    )
    .execute(&mut *conn)
    .await?;
    let bound: (Vec<Uuid>, Vec<Uuid>) =
        seats.iter().flat_map(|seat| seat.groups.iter().map(|group| (seat.id.uuid(), group.uuid()))).unzip();
    sqlx::query!(
        "insert into seat_group (seat_id, group_id) select * from unnest($1::uuid[], $2::uuid[])",
        &bound.0,
        &bound.1
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Lends a seat for requests, "TL.", between two days.
///
/// # Errors
/// What the database says.
pub async fn insert_delegation(
    conn: &mut PgConnection,
    (seat, deputy): (SeatId, AccountId),
    reason: &str,
    (from, to): (NaiveDate, NaiveDate),
    at: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into delegation (id, seat_id, account_id, form, scope, reason, valid_from, valid_to, created_at)
         values ($1, $2, $3, 'TL.', array['request'], $4, $5, $6, $7)",
        DelegationId::new(at).uuid(),
        seat.uuid(),
        deputy.uuid(),
        reason,
        from,
        to,
        at
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Opens a session in a seat. It counts as seen at `until`, so that it opens the door at every earlier moment of the story.
///
/// # Errors
/// What the database says.
pub async fn open_session(
    conn: &mut PgConnection,
    (account, seat): (AccountId, SeatId),
    key_hash: &[u8],
    until: DateTime<Utc>,
) -> Result<SessionId, sqlx::Error> {
    let id = SessionId::new(until);
    sqlx::query!(
        "insert into session (id, key_hash, account_id, seat_id, device, created_at, last_seen_at) values ($1, $2, $3, $4, 'dữ liệu mẫu', $5, $5)",
        id.uuid(),
        key_hash,
        account.uuid(),
        seat.uuid(),
        until
    )
    .execute(conn)
    .await?;
    Ok(id)
}

/// Ends the story's sessions.
///
/// # Errors
/// What the database says.
pub async fn close_sessions(conn: &mut PgConnection, ids: &[Uuid]) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from session where id = any ($1)", ids).execute(conn).await?;
    Ok(())
}

/// The dossiers of a year, by unit and kind.
///
/// # Errors
/// What the database says.
pub async fn dossiers(conn: &mut PgConnection, year: i32) -> anyhow::Result<HashMap<(UnitId, DossierKind), DossierId>> {
    let rows = sqlx::query!(
        r#"select d.id as "id: DossierId", d.subject_id as "subject: UnitId", d.kind
             from dossier d join cycle c on c.ward_id = d.ward_id and c.id = d.cycle_id where c.year = $1"#,
        year
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(|row| Ok(((row.subject, row.kind.parse()?), row.id))).collect()
}

/// The marks of a household in a year, as the demo's people gave them.
#[derive(Debug)]
pub struct Marks {
    /// The household.
    pub household: HouseholdId,
    /// Who wrote them down.
    pub by: &'static str,
    /// When it registered, and how.
    pub registered: Option<(DateTime<Utc>, How)>,
    /// When it signed, and how.
    pub pledged: Option<(DateTime<Utc>, How)>,
    /// Why it has not signed.
    pub why: Option<(DateTime<Utc>, Why)>,
}

/// Writes the marks of many households of a year through the seat that is entered: row-level security and the counts hold as for
/// people. Only the journal is left out, which would have an event for each.
///
/// # Errors
/// What the database says.
pub async fn mark_all(conn: &mut PgConnection, cycle: CycleId, marks: &[Marks]) -> Result<(), sqlx::Error> {
    let at = |of: fn(&Marks) -> Option<DateTime<Utc>>| marks.iter().map(of).collect::<Vec<_>>();
    let words =
        |of: fn(&Marks) -> Option<&'static str>| marks.iter().map(|it| of(it).map(str::to_owned)).collect::<Vec<_>>();
    sqlx::query!(
        "update participation p
            set registered_on = civil_day(t.registered), registered_at = t.registered, registered_how = t.registered_how,
                registered_by = case when t.registered is not null then t.by end,
                pledged_on = civil_day(t.pledged), pledged_at = t.pledged, pledged_how = t.pledged_how,
                pledged_by = case when t.pledged is not null then t.by end,
                reason = t.why, reason_at = t.why_at, revision = p.revision + 1
           from unnest($2::uuid[], $3::text[], $4::timestamptz[], $5::text[], $6::timestamptz[], $7::text[], $8::timestamptz[], $9::text[])
             t (id, by, registered, registered_how, pledged, pledged_how, why_at, why)
          where p.cycle_id = $1 and p.household_id = t.id",
        cycle.uuid(),
        &marks.iter().map(|it| it.household.uuid()).collect::<Vec<_>>(),
        &marks.iter().map(|it| it.by.to_owned()).collect::<Vec<_>>(),
        &at(|it| it.registered.map(|(at, _)| at)) as _,
        &words(|it| it.registered.map(|(_, how)| how.as_str())) as _,
        &at(|it| it.pledged.map(|(at, _)| at)) as _,
        &words(|it| it.pledged.map(|(_, how)| how.as_str())) as _,
        &at(|it| it.why.map(|(at, _)| at)) as _,
        &words(|it| it.why.map(|(_, why)| why.as_str())) as _
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The hash of some file that the database knows of; none when nobody handed one in.
///
/// # Errors
/// What the database says.
pub async fn some_file(conn: &mut PgConnection) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar!("select sha256 from attachment order by id limit 1").fetch_optional(conn).await
}

/// The note on a database, as the superuser of the private server reads it.
///
/// # Errors
/// What the server says.
pub async fn note_on(admin: &mut PgConnection, database: &str) -> Result<Option<String>, sqlx::Error> {
    let note: Option<Option<String>> =
        sqlx::query_scalar("select shobj_description(oid, 'pg_database') from pg_database where datname = $1")
            .bind(database)
            .fetch_optional(admin)
            .await?;
    Ok(note.flatten())
}

/// Puts a note on a database.
///
/// # Errors
/// What the server says.
pub async fn put_note_on(admin: &mut PgConnection, database: &str, note: &str) -> Result<(), sqlx::Error> {
    // Neither can be a parameter of the statement itself, so the server quotes them.
    let statement: String = sqlx::query_scalar("select format('comment on database %I is %L', $1::text, $2::text)")
        .bind(database)
        .bind(note)
        .fetch_one(&mut *admin)
        .await?;
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(admin).await?;
    Ok(())
}

/// Whether a program is connected to a database.
///
/// # Errors
/// What the server says.
pub async fn is_in_use(admin: &mut PgConnection, database: &str) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar(
        "select exists (select from pg_stat_activity where datname = $1 and backend_type = 'client backend')",
    )
    .bind(database)
    .fetch_one(admin)
    .await
}

/// Throws a database away, if there is one.
///
/// # Errors
/// What the server says; also when somebody is connected to it.
pub async fn drop_database(admin: &mut PgConnection, database: &str) -> Result<(), sqlx::Error> {
    let statement: String = sqlx::query_scalar("select format('drop database if exists %I', $1::text)")
        .bind(database)
        .fetch_one(&mut *admin)
        .await?;
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(admin).await?;
    Ok(())
}
