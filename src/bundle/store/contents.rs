//! What goes into a bundle, as the seat that asked may see it: the wall of the database sorts out the rest.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use sqlx::types::Json;

use crate::access::Refused;
use crate::bundle::model::{Count, Decided, Dossier, Event, Issued, Judged, Kept, Part, SignedFile, Turn};
use crate::platform::id::{CycleId, UnitId};

struct DossierRow {
    subject: UnitId,
    name: String,
    code: Option<String>,
    kind: String,
    status: String,
    receipt: Option<String>,
    submitted_at: Option<DateTime<Utc>>,
    late_reason: Option<String>,
    parts: Json<Vec<Part>>,
    evidence: Json<Vec<Kept>>,
    facts: Json<Vec<(NaiveDate, String, String)>>,
    criteria: Json<Vec<Judged>>,
    decisions: Json<Vec<Decided>>,
}

impl TryFrom<DossierRow> for Dossier {
    type Error = anyhow::Error;

    fn try_from(r: DossierRow) -> anyhow::Result<Self> {
        Ok(Self {
            subject: r.subject,
            name: r.name,
            code: r.code,
            kind: r.kind.parse()?,
            status: r.status.parse()?,
            receipt: r.receipt,
            submitted_at: r.submitted_at,
            late_reason: r.late_reason,
            parts: r.parts.0,
            evidence: r.evidence.0,
            facts: r.facts.0,
            criteria: r.criteria.0,
            decisions: r.decisions.0,
        })
    }
}

/// The dossiers of a year, the ward's own first; or only the requests that were handed in. One statement; index `dossier_by_cycle`.
///
/// # Errors
/// What the database says.
pub async fn dossiers(
    conn: &mut PgConnection,
    (ward, cycle): (UnitId, CycleId),
    only_requests: bool,
) -> Result<Vec<Dossier>, Refused> {
    let rows =
        sqlx::query_file_as!(DossierRow, "src/bundle/store/dossiers.sql", ward.uuid(), cycle.uuid(), only_requests)
            .fetch_all(conn)
            .await?;
    Ok(rows.into_iter().map(Dossier::try_from).collect::<Result<_, _>>()?)
}

/// The issued papers of a year, unit by unit, kind by kind, oldest first. Index `paper_by_cycle`.
///
/// # Errors
/// What the database says.
pub async fn papers(conn: &mut PgConnection, (ward, cycle): (UnitId, CycleId)) -> Result<Vec<Issued>, Refused> {
    let rows = sqlx::query!(
        r#"select p.subject_id as "subject: UnitId", p.kind, p.number, p.issued_on as "on!", p.sha256 as "sha256!",
             (select coalesce(json_agg(json_build_object('sha256', s.sha256, 'media_type', s.media_type) order by s.added_at, s.id), '[]')
                from paper_signed s where s.ward_id = p.ward_id and s.paper_id = p.id) as "signed!: Json<Vec<SignedFile>>"
           from paper p where p.ward_id = $1 and p.cycle_id = $2 and p.issued_at is not null
          order by p.subject_id, p.kind, p.created_at, p.id"#,
        ward.uuid(),
        cycle.uuid()
    )
    .fetch_all(conn)
    .await?;
    let issued = rows.into_iter().map(|r| -> Result<Issued, Refused> {
        let kind = r.kind.parse().map_err(anyhow::Error::from)?;
        let (subject, number, on, sha256) = (r.subject, r.number, r.on, r.sha256);
        Ok(Issued { subject, kind, number, on, sha256, signed: r.signed.0 })
    });
    issued.collect()
}

/// The registration papers that groups issued last, as they were printed. Index `paper_by_cycle`.
///
/// # Errors
/// What the database says.
pub async fn registrations(
    conn: &mut PgConnection,
    (ward, cycle): (UnitId, CycleId),
) -> Result<Vec<(UnitId, typeset::Paper)>, Refused> {
    let rows = sqlx::query!(
        r#"select distinct on (subject_id) subject_id as "subject: UnitId", printed as "printed!: Json<typeset::Paper>"
             from paper where ward_id = $1 and cycle_id = $2 and kind = 'to-dang-ky' and printed is not null
            order by subject_id, issued_at desc"#,
        ward.uuid(),
        cycle.uuid()
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|r| (r.subject, r.printed.0)).collect())
}

/// The journal of a year, oldest first. It holds codes of households and never a name of theirs.
///
/// # Errors
/// What the database says.
pub async fn events(conn: &mut PgConnection, (ward, cycle): (UnitId, CycleId)) -> Result<Vec<Event>, Refused> {
    Ok(sqlx::query_as!(
        Event,
        r#"select e.at, u.name as "unit?", e.actor, e.seat, e.on_behalf_of, e.verb, e.reason, e.detail
             from event e left join unit u on u.id = e.subject_id
            where e.ward_id = $1 and (e.cycle_id = $2 or exists (select from dossier d where d.ward_id = e.ward_id and d.id = e.dossier_id and d.cycle_id = $2))
            order by e.seq"#,
        ward.uuid(),
        cycle.uuid()
    )
    .fetch_all(conn)
    .await?)
}

/// Counts of incidents of a year's windows, struck-out ones left out.
///
/// # Errors
/// What the database says.
pub async fn counts(conn: &mut PgConnection, (ward, cycle): (UnitId, CycleId)) -> Result<Vec<Count>, Refused> {
    Ok(sqlx::query_as!(
        Count,
        r#"select i.kind, u.name as "unit?", i.happened_on as on, i.of_year, i.n, i.confirmed_at is not null as "confirmed!"
             from cycle c join incident i on i.ward_id = c.ward_id left join unit u on u.id = i.group_id
            where c.ward_id = $1 and c.id = $2 and i.voided_at is null
              and (i.of_year = c.year or i.happened_on between least(c.group_window_from, c.ward_window_from) and greatest(c.group_window_to, c.ward_window_to))
            order by i.happened_on, i.id"#,
        ward.uuid(),
        cycle.uuid()
    )
    .fetch_all(conn)
    .await?)
}

/// What the closed meetings of a year voted and concluded, in their order.
///
/// # Errors
/// What the database says.
pub async fn turns(conn: &mut PgConnection, (ward, cycle): (UnitId, CycleId)) -> Result<Vec<Turn>, Refused> {
    let rows = sqlx::query!(
        r#"select m.title, m.closed_at as "closed_at!", u.name, i.votes_for, i.votes_against, i.votes_other, i.conclusion, i.reason,
             (select a.name from meeting_attendee a where a.ward_id = m.ward_id and a.meeting_id = m.id and a.part = 'chair' and not a.left_out) as chair
           from meeting m join meeting_item i on i.ward_id = m.ward_id and i.meeting_id = m.id
             join dossier d on d.ward_id = i.ward_id and d.id = i.dossier_id join unit u on u.id = d.subject_id
          where m.ward_id = $1 and m.cycle_id = $2 and m.closed_at is not null order by m.closed_at, m.id, i.ordinal, i.dossier_id"#,
        ward.uuid(),
        cycle.uuid()
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Turn {
            meeting: r.title,
            closed_at: r.closed_at,
            chair: r.chair,
            unit: r.name,
            votes: [r.votes_for, r.votes_against, r.votes_other],
            conclusion: r.conclusion,
            reason: r.reason,
        })
        .collect())
}
