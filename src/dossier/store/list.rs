//! Lists of dossiers.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use crate::access::Refused;
use crate::dossier::model::Status;
use crate::platform::id::{CycleId, DossierId};
use crate::ruleset::DossierKind;

/// A dossier in the list of those who keep it.
#[derive(Debug, Clone)]
pub struct Kept {
    /// Its id.
    pub id: DossierId,
    /// Registration or request.
    pub kind: DossierKind,
    /// Where it stands.
    pub status: Status,
    /// The unit.
    pub subject: String,
    /// The receipt, once submitted.
    pub receipt: Option<String>,
    /// When it was submitted.
    pub submitted_at: Option<DateTime<Utc>>,
}

/// The dossiers that this seat keeps in a year: of its groups, or the ward's own for a seat that sees the whole ward.
/// Reads `dossier_by_cycle`.
///
/// # Errors
/// What the database says.
pub async fn kept(conn: &mut PgConnection, cycle: CycleId) -> Result<Vec<Kept>, Refused> {
    let rows = sqlx::query!(
        r#"select d.id as "id: DossierId", d.kind, d.status, u.name as subject, d.receipt, d.submitted_at
             from dossier d join unit u on u.id = d.subject_id
            where d.cycle_id = $1 and ((select scope_groups()) is not null or d.group_id is null)
            order by u.ordinal, d.kind, d.id"#,
        cycle.uuid()
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|r| {
            Ok(Kept {
                id: r.id,
                kind: r.kind.parse().map_err(anyhow::Error::from)?,
                status: r.status.parse().map_err(anyhow::Error::from)?,
                subject: r.subject,
                receipt: r.receipt,
                submitted_at: r.submitted_at,
            })
        })
        .collect()
}
