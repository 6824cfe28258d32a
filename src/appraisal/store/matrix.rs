//! The groups of a year against their criteria, in one statement.

use sqlx::PgConnection;
use sqlx::types::Json;

use crate::access::Refused;
use crate::appraisal::model::{Matrix, Row};
use crate::cycle::model::Window;
use crate::platform::id::{CycleId, DossierId, RulesetId};

/// Every group's request of a year that the seat sees.
///
/// # Errors
/// [`Refused::NotFound`] without such a year in scope, or what the database says.
pub async fn matrix(conn: &mut PgConnection, cycle: CycleId) -> Result<Matrix, Refused> {
    let r = sqlx::query_file!("src/appraisal/store/matrix.sql", cycle.uuid())
        .fetch_optional(conn)
        .await?
        .ok_or(Refused::NotFound)?;
    Ok(Matrix {
        year: r.year,
        ruleset: r.ruleset,
        window: Window { from: r.group_window_from, to: r.group_window_to },
        rows: r.rows.0,
    })
}

/// The ward's own request of a year.
///
/// # Errors
/// [`Refused::NotFound`] without such a year in scope, or what the database says.
pub async fn own_request(conn: &mut PgConnection, cycle: CycleId) -> Result<DossierId, Refused> {
    let found = sqlx::query_scalar!(
        r#"select id as "id: DossierId" from dossier where cycle_id = $1 and kind = 'request' and group_id is null"#,
        cycle.uuid()
    );
    found.fetch_optional(conn).await?.ok_or(Refused::NotFound)
}
