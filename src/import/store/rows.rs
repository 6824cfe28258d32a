//! Rows of a file.

use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use crate::access::Refused;
use crate::import::model::{Batch, Decision, Draft, Line, Same, stops, warns};
use crate::platform::id::{BatchId, HouseholdId, UnitId};

/// A row about to be kept.
#[derive(Debug)]
pub struct Stored {
    /// What it says.
    pub draft: Draft,
    /// The household that it seems to be, and how likely.
    pub same: Option<(HouseholdId, i16)>,
    /// What becomes of it.
    pub decision: Decision,
}

/// Throws the rows of a file away, before it is read again or when it was dropped.
///
/// # Errors
/// What the database says.
pub async fn forget(conn: &mut PgConnection, batch: BatchId) -> Result<(), Refused> {
    sqlx::query!("select import_forget_rows($1)", batch.uuid()).execute(conn).await?;
    Ok(())
}

/// Keeps rows, numbered from `first`.
///
/// # Errors
/// What the database says.
pub async fn insert_rows(conn: &mut PgConnection, batch: &Batch, first: i32, rows: &[Stored]) -> Result<(), Refused> {
    let seqs: Vec<i32> = (first..).take(rows.len()).collect();
    sqlx::query!(
        "insert into import_row (batch_id, city_id, ward_id, group_id, seq, draft, stops, warns, same_as, likeness, decision)
         select $1, $2, $3, $4, t.seq, t.draft, t.stops, t.warns, t.same_as, t.likeness, t.decision
           from unnest($5::int[], $6::jsonb[], $7::bool[], $8::bool[], $9::uuid[], $10::smallint[], $11::text[])
             t (seq, draft, stops, warns, same_as, likeness, decision)",
        batch.id.uuid(),
        batch.place.city.uuid(),
        batch.place.ward.uuid(),
        batch.place.group.map(UnitId::uuid),
        &seqs,
        &rows.iter().map(|row| serde_json::to_value(&row.draft)).collect::<Result<Vec<_>, _>>().map_err(anyhow::Error::from)?,
        &rows.iter().map(|row| stops(&row.draft, row.decision)).collect::<Vec<_>>(),
        &rows.iter().map(|row| warns(&row.draft, row.decision)).collect::<Vec<_>>(),
        &rows.iter().map(|row| row.same.map(|same| same.0.uuid())).collect::<Vec<_>>() as _,
        &rows.iter().map(|row| row.same.map(|same| same.1)).collect::<Vec<_>>() as _,
        &rows.iter().map(|row| row.decision.as_str().to_owned()).collect::<Vec<_>>()
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Which rows are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filter {
    /// Those that hold the file up.
    Stops,
    /// Those with something to know.
    Warns,
    /// Those that seem to be in the register.
    Same,
    /// All.
    All,
}

/// What a row looks like in the database.
struct Row {
    seq: i32,
    draft: Json<Draft>,
    same: Option<Json<Same>>,
    likeness: Option<i16>,
    decision: String,
    revision: i32,
}

impl TryFrom<Row> for Line {
    type Error = anyhow::Error;

    fn try_from(r: Row) -> anyhow::Result<Self> {
        Ok(Self {
            seq: r.seq,
            draft: r.draft.0,
            same: r.same.map(|same| same.0),
            likeness: r.likeness,
            decision: r.decision.parse().map_err(|_| anyhow::anyhow!("import row with decision {:?}", r.decision))?,
            revision: r.revision,
        })
    }
}

/// Up to `most` rows after one, each with the household that it seems to be. Primary key, or `import_row_stops`.
///
/// # Errors
/// What the database says.
pub async fn lines(
    conn: &mut PgConnection,
    batch: &Batch,
    filter: Filter,
    after: i32,
    most: i64,
) -> Result<Vec<Line>, Refused> {
    let rows = sqlx::query_as!(
        Row,
        r#"select r.seq, r.draft as "draft!: Json<Draft>", r.likeness, r.decision, r.revision,
             case when h.id is not null then json_build_object('id', h.id, 'code', h.code, 'head', h.head, 'house', h.house, 'alley', h.alley, 'street', h.street,
               'members', h.members, 'phone', h.phone, 'note', h.note) end as "same: Json<Same>"
           from import_row r left join household h on h.ward_id = r.ward_id and h.id = r.same_as
          where r.ward_id = $1 and r.batch_id = $2 and r.seq > $3 and r.draft is not null
            and (not $4 or r.stops) and (not $5 or r.warns) and (not $6 or r.same_as is not null)
          order by r.seq limit $7"#,
        batch.place.ward.uuid(),
        batch.id.uuid(),
        after,
        filter == Filter::Stops,
        filter == Filter::Warns,
        filter == Filter::Same,
        most
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(TryInto::try_into).collect::<anyhow::Result<_>>()?)
}

/// One row.
///
/// # Errors
/// [`Refused::NotFound`], or what the database says.
pub async fn line(conn: &mut PgConnection, batch: &Batch, seq: i32) -> Result<Line, Refused> {
    let found = lines(conn, batch, Filter::All, seq - 1, 1).await?.pop();
    found.filter(|line| line.seq == seq).ok_or(Refused::NotFound)
}

/// All drafts in their order: to find twins anew.
///
/// # Errors
/// What the database says.
pub async fn drafts(conn: &mut PgConnection, batch: &Batch) -> Result<Vec<(i32, Draft)>, Refused> {
    let rows = sqlx::query!(
        r#"select seq, draft as "draft!: Json<Draft>" from import_row where ward_id = $1 and batch_id = $2 and draft is not null order by seq"#,
        batch.place.ward.uuid(),
        batch.id.uuid()
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.seq, row.draft.0)).collect())
}

/// Writes what a person mended and decided.
///
/// # Errors
/// [`Refused::Stale`] when somebody else was first.
pub async fn save_line(conn: &mut PgConnection, batch: &Batch, line: &Line) -> Result<(), Refused> {
    let done = sqlx::query!(
        "update import_row set draft = $5, decision = $6, stops = $7, warns = $8, revision = revision + 1
          where ward_id = $1 and batch_id = $2 and seq = $3 and revision = $4",
        batch.place.ward.uuid(),
        batch.id.uuid(),
        line.seq,
        line.revision,
        Json(&line.draft) as _,
        line.decision.as_str(),
        stops(&line.draft, line.decision),
        warns(&line.draft, line.decision)
    )
    .execute(conn)
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(Refused::Stale) }
}

/// Writes rows whose problems changed because another row did.
///
/// # Errors
/// What the database says.
pub async fn save_problems(conn: &mut PgConnection, batch: &Batch, changed: &[(i32, Draft)]) -> Result<(), Refused> {
    let seqs: Vec<i32> = changed.iter().map(|(seq, _)| *seq).collect();
    let drafts = changed.iter().map(|(_, draft)| serde_json::to_value(draft)).collect::<Result<Vec<_>, _>>();
    sqlx::query!(
        "update import_row r set draft = t.draft, stops = t.stops and r.decision <> 'skip', warns = t.warns and r.decision <> 'skip'
           from unnest($3::int[], $4::jsonb[], $5::bool[], $6::bool[]) t (seq, draft, stops, warns)
          where r.ward_id = $1 and r.batch_id = $2 and r.seq = t.seq",
        batch.place.ward.uuid(),
        batch.id.uuid(),
        &seqs,
        &drafts.map_err(anyhow::Error::from)?,
        &changed.iter().map(|(_, draft)| stops(draft, Decision::Add)).collect::<Vec<_>>(),
        &changed.iter().map(|(_, draft)| warns(draft, Decision::Add)).collect::<Vec<_>>()
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The same decision for every row that seems to be in the register; gives how many.
///
/// # Errors
/// What the database says.
pub async fn decide_same(conn: &mut PgConnection, batch: &Batch, decision: Decision) -> Result<u64, Refused> {
    let done = sqlx::query!(
        "update import_row set decision = $3, revision = revision + 1,
                stops = $3 <> 'skip' and jsonb_path_exists(draft, '$.problems[*] ? (@.severity == \"stops\")'),
                warns = $3 <> 'skip' and jsonb_array_length(draft -> 'problems') > 0 and not jsonb_path_exists(draft, '$.problems[*] ? (@.severity == \"stops\")')
          where ward_id = $1 and batch_id = $2 and same_as is not null and draft is not null",
        batch.place.ward.uuid(),
        batch.id.uuid(),
        decision.as_str()
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// Every row that is to be written, in its order, with the household that an update is about.
///
/// # Errors
/// What the database says.
pub async fn to_write(conn: &mut PgConnection, batch: &Batch) -> Result<Vec<(i32, Draft, Option<Uuid>)>, Refused> {
    let rows = sqlx::query!(
        r#"select seq, draft as "draft!: Json<Draft>", case when decision = 'update' then same_as end as same_as
             from import_row where ward_id = $1 and batch_id = $2 and decision <> 'skip' and draft is not null order by seq"#,
        batch.place.ward.uuid(),
        batch.id.uuid()
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.seq, row.draft.0, row.same_as)).collect())
}

/// Keeps how the households of updating rows stand, and their marks of the file's year, before anything is written over them.
///
/// # Errors
/// What the database says.
pub async fn keep_before(conn: &mut PgConnection, batch: &Batch, rows: &[(i32, HouseholdId)]) -> Result<(), Refused> {
    let (seqs, ids): (Vec<i32>, Vec<Uuid>) = rows.iter().map(|(seq, id)| (*seq, id.uuid())).unzip();
    sqlx::query!(
        "update import_row r set before = jsonb_build_object('household', to_jsonb(h), 'marks', to_jsonb(p))
           from unnest($3::int[], $4::uuid[]) t (seq, id)
           join household h on h.id = t.id
           left join participation p on p.ward_id = $1 and p.cycle_id = $5 and p.household_id = t.id
          where r.ward_id = $1 and r.batch_id = $2 and r.seq = t.seq",
        batch.place.ward.uuid(),
        batch.id.uuid(),
        &seqs,
        &ids,
        batch.cycle.map(|cycle| cycle.uuid())
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Adds the revisions after writing to what was kept: undoing compares them.
///
/// # Errors
/// What the database says.
pub async fn settle_before(conn: &mut PgConnection, batch: &Batch) -> Result<(), Refused> {
    sqlx::query!(
        "update import_row r set before = r.before || jsonb_build_object('revision_after', h.revision, 'marks_revision_after', p.revision)
           from household h left join participation p on p.ward_id = h.ward_id and p.household_id = h.id and p.cycle_id = $3
          where r.ward_id = $1 and r.batch_id = $2 and r.before is not null and h.ward_id = r.ward_id and h.id = r.same_as",
        batch.place.ward.uuid(),
        batch.id.uuid(),
        batch.cycle.map(|cycle| cycle.uuid())
    )
    .execute(conn)
    .await?;
    Ok(())
}
