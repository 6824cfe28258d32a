//! Reading meetings.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use sqlx::PgConnection;
use sqlx::types::Json;

use crate::access::{Place, Refused, Role};
use crate::meeting::model::{
    Attendee, Conclusion, Found, Invited, Item, Meeting, Opinion, Paper, Part, Seen, Votes, Whole,
};
use crate::platform::id::{CycleId, DossierId, MeetingId, RulesetId, UnitId};

/// A meeting in the list of a year.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its id.
    pub id: MeetingId,
    /// "Tổ dân phố 7"; none for the committee's.
    pub group: Option<String>,
    /// The title.
    pub title: String,
    /// When it is to begin.
    pub planned_at: DateTime<Utc>,
    /// When it began.
    pub opened_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub closed_at: Option<DateTime<Utc>>,
    /// How many dossiers are on its agenda, and how many of them concluded.
    pub items: i64,
    /// How many are concluded.
    pub concluded: i64,
}

/// The meetings of a year that the seat sees, newest first. Index `meeting_by_cycle`.
///
/// # Errors
/// What the database says.
pub async fn list(conn: &mut PgConnection, ward: UnitId, cycle: CycleId) -> Result<Vec<Line>, Refused> {
    Ok(sqlx::query_as!(
        Line,
        r#"select m.id as "id: MeetingId", g.name as "group?", m.title, m.planned_at, m.opened_at, m.closed_at,
             (select count(*) from meeting_item i where i.ward_id = m.ward_id and i.meeting_id = m.id) as "items!",
             (select count(i.conclusion) from meeting_item i where i.ward_id = m.ward_id and i.meeting_id = m.id) as "concluded!"
           from meeting m left join unit g on g.id = m.group_id
          where m.ward_id = $1 and m.cycle_id = $2
          order by m.group_id is not null, m.planned_at desc, m.id desc limit 200"#,
        ward.uuid(),
        cycle.uuid()
    )
    .fetch_all(conn)
    .await?)
}

/// Locks a meeting's row until the transaction ends.
///
/// # Errors
/// [`Refused::NotFound`] out of sight, or what the database says.
pub async fn lock(conn: &mut PgConnection, id: MeetingId) -> Result<(), Refused> {
    sqlx::query_scalar!("select revision from meeting where id = $1 for update", id.uuid())
        .fetch_optional(conn)
        .await?
        .map(|_| ())
        .ok_or(Refused::NotFound)
}

/// A row of the agenda, as JSON brings it.
#[derive(Deserialize)]
struct ItemRow {
    dossier: DossierId,
    ordinal: i32,
    votes_for: Option<u32>,
    votes_against: Option<u32>,
    votes_other: Option<u32>,
    motion: Option<Conclusion>,
    conclusion: Option<Conclusion>,
    reason: Option<String>,
    seen_version: Option<i32>,
    seen_verdicts: Option<i64>,
    revision: i32,
    updated_at: Option<DateTime<Utc>>,
    updated_by: Option<String>,
}

impl TryFrom<ItemRow> for Item {
    type Error = anyhow::Error;

    fn try_from(row: ItemRow) -> anyhow::Result<Self> {
        let counts = row.votes_for.zip(row.votes_against).zip(row.votes_other);
        let vote = match row.motion.zip(counts) {
            Some((motion, ((agree, against), other))) => {
                Some((motion, Votes::new(agree + against + other, agree, against, other)?))
            }
            None => None,
        };
        Ok(Self {
            dossier: row.dossier,
            ordinal: row.ordinal,
            vote,
            conclusion: row.conclusion,
            reason: row.reason,
            seen: row.seen_version.zip(row.seen_verdicts).map(|(version, verdicts)| Seen { version, verdicts }),
            revision: row.revision,
            updated: row.updated_at.zip(row.updated_by),
        })
    }
}

/// The columns of a meeting with all around it.
struct Loaded {
    id: MeetingId,
    city: UnitId,
    ward: UnitId,
    group: Option<UnitId>,
    cycle: CycleId,
    title: String,
    venue: Option<String>,
    planned_at: DateTime<Utc>,
    opened_at: Option<DateTime<Utc>>,
    closed_at: Option<DateTime<Utc>>,
    closed_by: Option<String>,
    ballot: String,
    quorum_percent: Option<i32>,
    revision: i32,
    year: i32,
    ruleset: RulesetId,
    ward_name: String,
    group_name: Option<String>,
    people: Json<Vec<Attendee>>,
    items: Json<Vec<ItemRow>>,
    opinions: Json<Vec<Opinion>>,
}

impl TryFrom<Loaded> for Whole {
    type Error = anyhow::Error;

    fn try_from(row: Loaded) -> anyhow::Result<Self> {
        let meeting = Meeting {
            id: row.id,
            place: Place { city: row.city, ward: row.ward, group: row.group },
            cycle: row.cycle,
            title: row.title,
            venue: row.venue,
            planned_at: row.planned_at,
            opened_at: row.opened_at,
            closed: row.closed_at.zip(row.closed_by),
            ballot: row.ballot.parse()?,
            quorum_percent: row.quorum_percent.map(u32::try_from).transpose()?,
            revision: row.revision,
        };
        Ok(Self {
            meeting,
            year: row.year,
            ruleset: row.ruleset,
            ward_name: row.ward_name,
            group_name: row.group_name,
            people: row.people.0,
            items: row.items.0.into_iter().map(Item::try_from).collect::<anyhow::Result<_>>()?,
            opinions: row.opinions.0,
        })
    }
}

/// A meeting through the seat's scope, in one statement.
///
/// # Errors
/// [`Refused::NotFound`], or what the database says.
pub async fn load(conn: &mut PgConnection, id: MeetingId) -> Result<Whole, Refused> {
    let row = sqlx::query_as!(
        Loaded,
        r#"select m.id as "id: MeetingId", m.city_id as "city: UnitId", m.ward_id as "ward: UnitId", m.group_id as "group: UnitId",
             m.cycle_id as "cycle: CycleId", m.title, m.place as venue, m.planned_at, m.opened_at, m.closed_at, m.closed_by, m.ballot, m.quorum_percent,
             m.revision, c.year, c.ruleset_id as "ruleset: RulesetId", w.name as ward_name, g.name as "group_name?",
             (select coalesce(json_agg(json_build_object('id', a.id, 'name', a.name, 'office', a.office, 'part', a.part, 'votes', a.votes, 'present', a.present)
                      order by a.ordinal, a.id), '[]')
                from meeting_attendee a where a.ward_id = m.ward_id and a.meeting_id = m.id and not a.left_out) as "people!: Json<Vec<Attendee>>",
             (select coalesce(json_agg(json_build_object('dossier', i.dossier_id, 'ordinal', i.ordinal, 'votes_for', i.votes_for, 'votes_against', i.votes_against,
                      'votes_other', i.votes_other, 'motion', i.motion, 'conclusion', i.conclusion, 'reason', i.reason, 'seen_version', i.seen_version,
                      'seen_verdicts', i.seen_verdicts, 'revision', i.revision, 'updated_at', i.updated_at, 'updated_by', i.updated_by)
                      order by i.ordinal, i.dossier_id), '[]')
                from meeting_item i where i.ward_id = m.ward_id and i.meeting_id = m.id) as "items!: Json<Vec<ItemRow>>",
             (select coalesce(json_agg(json_build_object('dossier', o.dossier_id, 'attendee', o.attendee_id, 'choice', o.choice, 'said', o.said)
                      order by o.given_at, o.attendee_id), '[]')
                from meeting_opinion o where o.ward_id = m.ward_id and o.meeting_id = m.id) as "opinions!: Json<Vec<Opinion>>"
           from meeting m join cycle c on c.ward_id = m.ward_id and c.id = m.cycle_id join unit w on w.id = m.ward_id left join unit g on g.id = m.group_id
          where m.id = $1"#,
        id.uuid()
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.ok_or(Refused::NotFound)?.try_into()?)
}

/// The dossiers that this meeting speaks about or could: of a group its own request; of the committee those that are appraised and those
/// on its agenda, whatever became of them. In the order of the ward. Reads `dossier_by_cycle` and the primary key of `verdict`.
///
/// # Errors
/// What the database says.
pub async fn papers(conn: &mut PgConnection, meeting: &Meeting) -> Result<Vec<Paper>, Refused> {
    let rows = sqlx::query!(
        r#"select d.id as "id: DossierId", d.group_id as "group!: UnitId", d.version, d.status, d.late, u.name, u.short_name, u.ordinal,
             (select count(*) from dossier_return t where t.ward_id = d.ward_id and t.dossier_id = d.id) as "returns!",
             (select coalesce(sum(v.revision), 0)::bigint from verdict v
               where v.ward_id = d.ward_id and v.cycle_id = d.cycle_id and v.subject_id = d.subject_id) as "verdicts!",
             (select coalesce(json_agg(json_build_object('criterion', v.criterion, 'finding', v.finding,
                      'changed', coalesce(s.revision, 0) > v.looked_at_revision
                                 -- A claim that came after the verdict and says the same is no change.
                                 and not (v.basis is not null and v.basis -> 'claim' = 'null'::jsonb and s.finding = v.finding))), '[]')
                from verdict v left join self_assessment s on s.ward_id = v.ward_id and s.cycle_id = v.cycle_id and s.subject_id = v.subject_id
                 and s.criterion = v.criterion
               where v.ward_id = d.ward_id and v.cycle_id = d.cycle_id and v.subject_id = d.subject_id) as "found!: Json<Vec<Found>>"
           from dossier d join unit u on u.id = d.subject_id
          where d.ward_id = $1 and d.cycle_id = $2 and d.kind = 'request' and d.group_id is not null
            and case when $3::uuid is not null then d.group_id = $3
                else d.status = 'appraised' or exists (select from meeting_item i where i.ward_id = $1 and i.meeting_id = $4 and i.dossier_id = d.id) end
          order by u.ordinal, d.id"#,
        meeting.place.ward.uuid(),
        meeting.cycle.uuid(),
        meeting.place.group.map(UnitId::uuid),
        meeting.id.uuid()
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|r| {
            Ok(Paper {
                dossier: r.id,
                group: r.group,
                name: r.name,
                short: r.short_name,
                ordinal: r.ordinal,
                status: r.status.parse().map_err(anyhow::Error::from)?,
                seen: Seen { version: r.version, verdicts: r.verdicts },
                late: r.late,
                returns: r.returns,
                found: r.found.0,
            })
        })
        .collect()
}

/// Who was invited to the last meeting of the same body: offered again. Index `meeting_by_cycle` for the ward's few meetings.
///
/// # Errors
/// What the database says.
pub async fn last_people(
    conn: &mut PgConnection,
    ward: UnitId,
    group: Option<UnitId>,
) -> Result<Vec<Invited>, Refused> {
    let rows = sqlx::query!(
        "select name, office, part, votes from meeting_attendee
          where ward_id = $1 and not left_out and meeting_id = (select id from meeting where ward_id = $1 and group_id is not distinct from $2
                order by planned_at desc, id desc limit 1)
          order by ordinal, id",
        ward.uuid(),
        group.map(UnitId::uuid)
    )
    .fetch_all(conn)
    .await?;
    let person = |name, office, part: &str, votes| {
        Ok(Invited { name, office, part: part.parse::<Part>().map_err(anyhow::Error::from)?, votes })
    };
    rows.into_iter().map(|r| person(r.name, r.office, &r.part, r.votes)).collect()
}

/// Who sits in the body that is to meet: names and roles, through a function that looks at the asking ward alone.
///
/// # Errors
/// What the database says.
pub async fn seats(
    conn: &mut PgConnection,
    group: Option<UnitId>,
    now: DateTime<Utc>,
) -> Result<Vec<(String, Role)>, Refused> {
    let rows = sqlx::query!(
        r#"select full_name as "name!", role as "role!" from meeting_seats($1, $2)"#,
        group.map(UnitId::uuid),
        now
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(|r| Ok((r.name, r.role.parse().map_err(anyhow::Error::from)?))).collect()
}
