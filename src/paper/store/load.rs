//! Reading papers.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use sqlx::PgConnection;
use sqlx::types::Json;

use crate::access::{Place, Refused};
use crate::paper::model::{Facts, Issued, Kind, Names, Paper, Settings, Signed, Slot, Text};
use crate::platform::id::{CycleId, DossierId, PaperId, UnitId};

/// The newest paper of a kind, as a list shows it.
#[derive(Debug, Clone, Deserialize)]
pub struct Line {
    /// The paper.
    pub id: PaperId,
    /// Its kind.
    pub kind: String,
    /// Its number.
    pub number: Option<String>,
    /// The day on it.
    pub issued_on: Option<NaiveDate>,
    /// Once issued.
    pub issued_at: Option<DateTime<Utc>>,
    /// The last change.
    pub updated_at: DateTime<Utc>,
    /// By whom.
    pub updated_by: String,
    /// Lies in its dossier: its PDF, or the same signed.
    pub attached: bool,
}

/// What a list of papers needs beside them.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The year.
    pub cycle: CycleId,
    /// Its number.
    pub year: i32,
    /// The ward's place.
    pub city: UnitId,
    /// The ward.
    pub ward_name: String,
    /// The group asked for.
    pub group_name: Option<String>,
    /// The pinned ruleset.
    pub ruleset: crate::platform::id::RulesetId,
    /// The newest of each kind.
    pub lines: Vec<Line>,
    /// The groups of the year: id, name, how many papers are issued.
    pub groups: Vec<(UnitId, String, i64)>,
}

/// The newest paper of each kind of a unit and year, through the seat's scope, with the ward's groups. Index `paper_by_cycle`.
///
/// # Errors
/// [`Refused::NotFound`] without such a year or group in scope; or what the database says.
pub async fn list(
    conn: &mut PgConnection,
    (ward, year): (UnitId, i32),
    group: Option<UnitId>,
) -> Result<Listed, Refused> {
    let r = sqlx::query!(
        r#"select c.id as "cycle: CycleId", c.year, c.city_id as "city: UnitId", c.ruleset_id as "ruleset: crate::platform::id::RulesetId", w.name as ward_name, g.name as "group_name?",
             (select coalesce(json_agg(l order by l.kind), '[]') from (
               select distinct on (p.kind) p.id, p.kind, p.number, p.issued_on, p.issued_at, p.updated_at, p.updated_by,
                 exists (select from dossier_part t join attachment_use x on x.ward_id = t.ward_id and x.part_id = t.id and x.removed_at is null
                           join attachment a on a.ward_id = x.ward_id and a.id = x.attachment_id
                          where t.ward_id = p.ward_id and t.dossier_id = p.dossier_id
                            and (a.sha256 = p.sha256 or exists (select from paper_signed s where s.ward_id = p.ward_id and s.paper_id = p.id and s.sha256 = a.sha256))) as attached
                 from paper p where p.ward_id = c.ward_id and p.cycle_id = c.id and p.subject_id = coalesce($3, c.ward_id)
                order by p.kind, p.created_at desc, p.id desc) l) as "lines!: Json<Vec<Line>>",
             (select coalesce(json_agg(json_build_array(u.id, u.name, (select count(distinct p.kind) from paper p
                      where p.ward_id = c.ward_id and p.cycle_id = c.id and p.subject_id = u.id and p.issued_at is not null)) order by u.ordinal, u.id), '[]')
                from dossier d join unit u on u.id = d.subject_id
               where $3::uuid is null and d.ward_id = c.ward_id and d.cycle_id = c.id and d.kind = 'registration' and d.group_id is not null) as "groups!: Json<Vec<(UnitId, String, i64)>>"
           from cycle c join unit w on w.id = c.ward_id left join unit g on g.id = $3 and g.ward_id = c.ward_id
          where c.ward_id = $1 and c.year = $2 and ($3::uuid is null or g.id is not null)"#,
        ward.uuid(),
        year,
        group.map(UnitId::uuid)
    )
    .fetch_optional(conn)
    .await?
    .ok_or(Refused::NotFound)?;
    Ok(Listed {
        cycle: r.cycle,
        year: r.year,
        city: r.city,
        ward_name: r.ward_name,
        group_name: r.group_name,
        ruleset: r.ruleset,
        lines: r.lines.0,
        groups: r.groups.0,
    })
}

/// How the paper's part stands in its dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The part is open: files may be added.
    pub open: bool,
    /// The paper lies in it.
    pub attached: bool,
}

/// A paper with all around it.
#[derive(Debug, Clone)]
pub struct Whole {
    /// The paper.
    pub paper: Paper,
    /// The units that it speaks of.
    pub names: Names,
    /// The year.
    pub year: i32,
    /// How its body issues.
    pub settings: Settings,
    /// The same paper signed, newest first.
    pub signed: Vec<Signed>,
    /// Its part in the dossier, where it becomes one.
    pub standing: Option<Standing>,
    /// SHA-256 of papers of the same slot that were issued before it.
    pub earlier: Vec<String>,
    /// All that was printed.
    pub printed: Option<typeset::Paper>,
}

#[derive(Deserialize)]
struct BodyRow {
    parent: Option<String>,
    name: Option<String>,
    symbol: Option<String>,
    place: Option<String>,
    register: String,
    recipients: std::collections::BTreeMap<String, String>,
    revision: i32,
}

impl BodyRow {
    fn settings(self) -> anyhow::Result<Settings> {
        Ok(Settings {
            parent: self.parent,
            name: self.name,
            symbol: self.symbol,
            place: self.place,
            register: self.register.parse()?,
            recipients: self.recipients,
            revision: self.revision,
        })
    }
}

struct Row {
    id: PaperId,
    city: UnitId,
    ward: UnitId,
    group: Option<UnitId>,
    cycle: CycleId,
    kind: String,
    dossier: Option<DossierId>,
    drafted: Json<Text>,
    written: Json<Text>,
    facts: Json<Facts>,
    facts_at: DateTime<Utc>,
    wording: i32,
    revision: i32,
    updated_at: DateTime<Utc>,
    updated_by: String,
    number: Option<String>,
    issued: Option<Json<Issued>>,
    printed: Option<Json<typeset::Paper>>,
    year: i32,
    city_name: String,
    city_short: String,
    ward_name: String,
    ward_short: String,
    group_name: Option<String>,
    group_code: Option<String>,
    body: Option<Json<BodyRow>>,
    signed: Json<Vec<Signed>>,
    part_open: Option<bool>,
    attached: bool,
    earlier: Vec<String>,
}

impl TryFrom<Row> for Whole {
    type Error = anyhow::Error;

    fn try_from(r: Row) -> anyhow::Result<Self> {
        let kind: Kind = r.kind.parse()?;
        let settings = r.body.map(|Json(body)| body.settings()).transpose()?.unwrap_or_default();
        Ok(Self {
            paper: Paper {
                id: r.id,
                slot: Slot { place: Place { city: r.city, ward: r.ward, group: r.group }, cycle: r.cycle, kind },
                dossier: r.dossier,
                drafted: r.drafted.0,
                written: r.written.0,
                facts: r.facts.0,
                facts_at: r.facts_at,
                wording: r.wording,
                revision: r.revision,
                updated: (r.updated_at, r.updated_by),
                issued: r.issued.map(|Json(issued)| Issued { number: r.number, ..issued }),
            },
            names: Names {
                city: r.city_name,
                city_short: r.city_short,
                ward: r.ward_name,
                ward_short: r.ward_short,
                group: r.group_name.zip(r.group_code),
            },
            year: r.year,
            settings,
            signed: r.signed.0,
            standing: r.part_open.map(|open| Standing { open, attached: r.attached }),
            earlier: r.earlier,
            printed: r.printed.map(|it| it.0),
        })
    }
}

/// A paper through the seat's scope, in one statement.
///
/// # Errors
/// [`Refused::NotFound`], or what the database says.
pub async fn load(conn: &mut PgConnection, id: PaperId) -> Result<Whole, Refused> {
    let parts: Vec<(String, String)> =
        Kind::ALL.iter().filter_map(|kind| Some((kind.as_str().to_owned(), kind.part()?.1.to_owned()))).collect();
    let (kinds, codes): (Vec<String>, Vec<String>) = parts.into_iter().unzip();
    let row =
        sqlx::query_file_as!(Row, "src/paper/store/load.sql", id.uuid(), &kinds, &codes).fetch_optional(conn).await?;
    Ok(row.ok_or(Refused::NotFound)?.try_into()?)
}

/// Locks a paper's row until the transaction ends.
///
/// # Errors
/// [`Refused::NotFound`] out of sight, or what the database says.
pub async fn lock(conn: &mut PgConnection, id: PaperId) -> Result<(), Refused> {
    sqlx::query_scalar!("select revision from paper where id = $1 for update", id.uuid())
        .fetch_optional(conn)
        .await?
        .map(|_| ())
        .ok_or(Refused::NotFound)
}

/// The open draft of a slot, if there is one. Index `paper_one_draft`.
///
/// # Errors
/// What the database says.
pub async fn find(conn: &mut PgConnection, slot: &Slot) -> Result<Option<PaperId>, Refused> {
    Ok(sqlx::query_scalar!(
        r#"select id as "id: PaperId" from paper where ward_id = $1 and cycle_id = $2 and subject_id = $3 and kind = $4 and issued_at is null"#,
        slot.place.ward.uuid(),
        slot.cycle.uuid(),
        slot.subject().uuid(),
        slot.kind.as_str()
    )
    .fetch_optional(conn)
    .await?)
}
