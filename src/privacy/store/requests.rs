//! Statements on what people ask about their own data.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use sqlx::PgConnection;
use sqlx::types::Json;

use crate::access::{Actor, Permit, Refused, act};
use crate::household::model::Status;
use crate::platform::id::{HouseholdId, SubjectRequestId, UnitId};
use crate::privacy::model::{NewRequest, Outcome, Request, What, answer_by, due_on};

/// A request as the list shows it: no name, no address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its id.
    pub id: SubjectRequestId,
    /// The household's code.
    pub code: String,
    /// "Tổ 7".
    pub group: String,
    /// What is asked.
    pub kind: String,
    /// When it came.
    pub received_on: NaiveDate,
    /// The last day for an answer.
    pub answer_by: NaiveDate,
    /// The last day for doing it.
    pub due_on: NaiveDate,
    /// When it was answered.
    pub answered_at: Option<DateTime<Utc>>,
    /// How it ended.
    pub outcome: Option<String>,
}

/// Requests of a ward: the open ones, soonest due first, or the last hundred that were closed. Index `subject_request_open`.
///
/// # Errors
/// What the database says.
pub async fn list(conn: &mut PgConnection, ward: UnitId, closed: bool) -> Result<Vec<Row>, Refused> {
    Ok(sqlx::query_as!(
        Row,
        r#"select q.id as "id: SubjectRequestId", h.code, u.short_name as "group", q.kind, q.received_on, q.answer_by, q.due_on, q.answered_at, q.outcome
             from subject_request q
             join household h on h.ward_id = q.ward_id and h.id = q.household_id
             join unit u on u.id = q.group_id
            where q.ward_id = $1 and (q.closed_at is not null) = $2
            order by q.closed_at desc, q.due_on, q.id limit 100"#,
        ward.uuid(),
        closed
    )
    .fetch_all(conn)
    .await?)
}

/// One request through the seat's scope.
///
/// # Errors
/// [`Refused::NotFound`], or what the database says.
pub async fn load(conn: &mut PgConnection, id: SubjectRequestId) -> Result<Request, Refused> {
    let r = sqlx::query!(
        r#"select q.id as "id: SubjectRequestId", q.household_id as "household: HouseholdId", h.code, u.short_name as "group", h.status, h.anonymised_at,
             q.kind, q.asked_by, q.detail, q.received_on, q.answer_by, q.due_on, q.answered_at, q.answer, q.closed_at, q.outcome, q.written_by, q.revision
           from subject_request q
           join household h on h.ward_id = q.ward_id and h.id = q.household_id
           join unit u on u.id = q.group_id
          where q.id = $1"#,
        id.uuid()
    )
    .fetch_optional(conn)
    .await?
    .ok_or(Refused::NotFound)?;
    let unknown = |word: &str| anyhow::anyhow!("a request with {word:?}");
    let outcome: Option<Outcome> = r.outcome.map(|word| word.parse().map_err(|_| unknown(&word))).transpose()?;
    Ok(Request {
        id: r.id,
        household: r.household,
        code: r.code,
        group: r.group,
        is_resident: r.status == Status::Resident.as_str(),
        is_anonymous: r.anonymised_at.is_some(),
        wish: r.kind.parse().map_err(|_| unknown(&r.kind))?,
        asked_by: r.asked_by.parse().map_err(|_| unknown(&r.asked_by))?,
        detail: r.detail,
        received_on: r.received_on,
        answer_by: r.answer_by,
        due_on: r.due_on,
        answered: r.answered_at.zip(r.answer),
        closed: r.closed_at.zip(outcome),
        written_by: r.written_by,
        revision: r.revision,
    })
}

/// Locks a request until the transaction ends.
///
/// # Errors
/// [`Refused::NotFound`] out of sight, or what the database says.
pub async fn lock(conn: &mut PgConnection, id: SubjectRequestId) -> Result<(), Refused> {
    sqlx::query_scalar!("select id from subject_request where id = $1 for update", id.uuid())
        .fetch_optional(conn)
        .await?
        .map(|_| ())
        .ok_or(Refused::NotFound)
}

/// The household with that code, and its group.
///
/// # Errors
/// What the database says.
pub async fn household_of_code(
    conn: &mut PgConnection,
    ward: UnitId,
    code: &str,
) -> Result<Option<(HouseholdId, UnitId)>, Refused> {
    let found = sqlx::query!(
        r#"select id as "id: HouseholdId", group_id as "group: UnitId" from household where ward_id = $1 and code = $2"#,
        ward.uuid(),
        code
    )
    .fetch_optional(conn)
    .await?;
    Ok(found.map(|r| (r.id, r.group)))
}

/// Writes a request down, with both its days.
///
/// # Errors
/// What the database says.
pub async fn insert(
    conn: &mut PgConnection,
    permit: &Permit<act::AnswerSubject, HouseholdId>,
    new: &NewRequest,
    (by, now): (&str, DateTime<Utc>),
) -> Result<SubjectRequestId, Refused> {
    let id = SubjectRequestId::new(now);
    sqlx::query!(
        "insert into subject_request (id, city_id, ward_id, group_id, household_id, kind, asked_by, detail, received_on, answer_by, due_on, written_by)
         select $1, city_id, ward_id, group_id, id, $3, $4, $5, $6, $7, $8, $9 from household where id = $2",
        id.uuid(),
        permit.of().uuid(),
        new.wish.as_str(),
        new.asked_by.as_str(),
        new.detail,
        new.received_on,
        answer_by(new.received_on),
        due_on(new.received_on),
        by
    )
    .execute(conn)
    .await?;
    Ok(id)
}

/// Writes the answer that was given.
///
/// # Errors
/// [`Refused::Stale`] when somebody else was first.
pub async fn answer(
    conn: &mut PgConnection,
    (_, request): (&Permit<act::AnswerSubject, HouseholdId>, &Request),
    text: &str,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let done = sqlx::query!(
        "update subject_request set answered_at = coalesce(answered_at, $3), answer = $4, revision = revision + 1
          where id = $1 and revision = $2 and closed_at is null",
        request.id.uuid(),
        request.revision,
        now,
        text
    )
    .execute(conn)
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(Refused::Stale) }
}

/// Closes a request that was answered.
///
/// # Errors
/// [`Refused::Stale`] when somebody else was first.
pub async fn close(
    conn: &mut PgConnection,
    (_, request): (&Permit<act::AnswerSubject, HouseholdId>, &Request),
    outcome: Outcome,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let done = sqlx::query!(
        "update subject_request set closed_at = $2, outcome = $3, revision = revision + 1 where id = $1 and closed_at is null",
        request.id.uuid(),
        now,
        outcome.as_str()
    )
    .execute(conn)
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(Refused::Stale) }
}

/// The marks of a year.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Mark {
    /// The year.
    pub year: i32,
    /// When it registered.
    pub registered_on: Option<NaiveDate>,
    /// When it signed.
    pub pledged_on: Option<NaiveDate>,
    /// Why it has not signed, as the database names it.
    pub reason: Option<String>,
}

/// How often somebody looked at the household itself.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct LookedBy {
    /// The seat: who sits there is not told to those who ask.
    pub seat: String,
    /// How often.
    pub looks: i64,
    /// The last time.
    pub last: DateTime<Utc>,
}

/// What is kept about a household beside the register itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Year by year.
    pub marks: Vec<Mark>,
    /// Seat by seat.
    pub looks: Vec<LookedBy>,
    /// How many lists, files and sheets of its group were opened since it is in the register.
    pub lists: i64,
}

/// What is kept about a household beside the register, and in the same statement a line of the log: somebody reads it all. Primary
/// key of `participation`, index `data_access_by_household`.
///
/// # Errors
/// What the database says.
pub async fn kept(
    conn: &mut PgConnection,
    (actor, household): (&Actor, HouseholdId),
    now: DateTime<Utc>,
) -> Result<Kept, Refused> {
    let r = sqlx::query!(
        r#"with looked as (
             insert into data_access (at, city_id, ward_id, group_id, household_id, account_id, seat_id, actor, seat, what, rows)
             select $2, h.city_id, h.ward_id, h.group_id, h.id, $3, $4, $5, $6, $7, 1 from household h where h.id = $1)
           select
             (select coalesce(json_agg(json_build_object('year', c.year, 'registered_on', p.registered_on, 'pledged_on', p.pledged_on, 'reason', p.reason)
                      order by c.year desc), '[]')
                from participation p join cycle c on c.ward_id = p.ward_id and c.id = p.cycle_id
               where p.ward_id = h.ward_id and p.household_id = h.id) as "marks!: Json<Vec<Mark>>",
             (select coalesce(json_agg(json_build_object('seat', l.seat, 'looks', l.looks, 'last', l.last) order by l.last desc), '[]')
                from (select d.seat, count(*) as looks, max(d.at) as last from data_access d
                       where d.ward_id = h.ward_id and d.household_id = h.id group by 1) l) as "looks!: Json<Vec<LookedBy>>",
             (select count(*) from data_access d
               where d.ward_id = h.ward_id and d.household_id is null and (d.group_id is null or d.group_id = h.group_id) and d.at >= h.created_at) as "lists!"
           from household h where h.id = $1"#,
        household.uuid(),
        now,
        actor.person.account.uuid(),
        actor.seat_id.uuid(),
        actor.person.name,
        actor.seat_words(),
        What::Request.as_str()
    )
    .fetch_optional(conn)
    .await?
    .ok_or(Refused::NotFound)?;
    Ok(Kept { marks: r.marks.0, looks: r.looks.0, lists: r.lists })
}
