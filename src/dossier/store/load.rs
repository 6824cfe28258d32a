//! A dossier with all that its page and its rules need, in one statement.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use sqlx::types::Json;

use crate::access::{Place, Refused};
use crate::cycle::model::{Deadline, Window};
use crate::dossier::model::{
    AssessmentRow, DecisionRow, Dossier, FactRow, FigureRow, FileRow, LastReturn, PartRow, ReturnItem, Status,
    VerdictRow, Whole,
};
use crate::journal::model::Line;
use crate::platform::id::{CycleId, DossierId, RulesetId, UnitId};
use crate::ruleset::{DossierKind, engine};

/// The columns of `load.sql`.
struct Loaded {
    id: DossierId,
    city: UnitId,
    ward: UnitId,
    group: Option<UnitId>,
    cycle: CycleId,
    subject: UnitId,
    kind: String,
    status: String,
    version: i32,
    attempt: i32,
    receipt: Option<String>,
    late_reason: Option<String>,
    sent_at: Option<DateTime<Utc>>,
    submitted_at: Option<DateTime<Utc>>,
    received_at: Option<DateTime<Utc>>,
    answer_by: Option<NaiveDate>,
    subject_name: String,
    subject_short: String,
    subject_code: String,
    ward_name: String,
    ward_code: String,
    city_name: String,
    year: i32,
    ruleset: RulesetId,
    locks_late: bool,
    group_window_from: NaiveDate,
    group_window_to: NaiveDate,
    ward_window_from: NaiveDate,
    ward_window_to: NaiveDate,
    package_received: bool,
    groups_pending: i64,
    deadlines: Json<Vec<Deadline>>,
    parts: Json<Vec<PartRow>>,
    last_return: Option<Json<LastReturn>>,
    handed_back: Option<Json<LastReturn>>,
    recalled: Json<Vec<ReturnItem>>,
    assessments: Json<Vec<AssessmentRow>>,
    evidence: Json<Vec<FileRow>>,
    facts_said: Json<Vec<FactRow>>,
    figures: Json<Vec<FigureRow>>,
    standing: Option<Json<engine::Facts>>,
    verdicts: Json<Vec<VerdictRow>>,
    decisions: Json<Vec<DecisionRow>>,
    timeline: Json<Vec<Line>>,
}

impl Loaded {
    fn dossier(&self) -> anyhow::Result<Dossier> {
        Ok(Dossier {
            id: self.id,
            place: Place { city: self.city, ward: self.ward, group: self.group },
            cycle: self.cycle,
            subject: self.subject,
            kind: self.kind.parse::<DossierKind>()?,
            status: self.status.parse::<Status>()?,
            version: self.version,
            attempt: self.attempt,
            receipt: self.receipt.clone(),
            late_reason: self.late_reason.clone(),
            sent_at: self.sent_at,
            submitted_at: self.submitted_at,
            received_at: self.received_at,
            answer_by: self.answer_by,
        })
    }

    const fn window(&self) -> Window {
        if self.group.is_none() {
            Window { from: self.ward_window_from, to: self.ward_window_to }
        } else {
            Window { from: self.group_window_from, to: self.group_window_to }
        }
    }
}

impl TryFrom<Loaded> for Whole {
    type Error = anyhow::Error;

    fn try_from(row: Loaded) -> anyhow::Result<Self> {
        Ok(Self {
            dossier: row.dossier()?,
            window: row.window(),
            subject_name: row.subject_name,
            subject_short: row.subject_short,
            subject_code: row.subject_code,
            ward_name: row.ward_name,
            ward_code: row.ward_code,
            city_name: row.city_name,
            year: row.year,
            ruleset: row.ruleset,
            locks_late: row.locks_late,
            package_received: row.package_received,
            groups_pending: row.groups_pending,
            deadlines: row.deadlines.0,
            parts: row.parts.0,
            last_return: row.last_return.map(|found| found.0),
            handed_back: row.handed_back.map(|found| found.0),
            recalled: row.recalled.0,
            assessments: row.assessments.0,
            evidence: row.evidence.0,
            facts_said: row.facts_said.0,
            figures: row.figures.0,
            standing: row.standing.map(|found| found.0),
            verdicts: row.verdicts.0,
            decisions: row.decisions.0,
            timeline: row.timeline.0,
        })
    }
}

/// Loads a dossier through the seat's scope: what is outside it is not found.
///
/// # Errors
/// [`Refused::NotFound`], or what the database says.
pub async fn load(conn: &mut PgConnection, id: DossierId) -> Result<Whole, Refused> {
    let row = sqlx::query_file_as!(Loaded, "src/dossier/store/load.sql", id.uuid()).fetch_optional(conn).await?;
    Ok(row.ok_or(Refused::NotFound)?.try_into()?)
}
