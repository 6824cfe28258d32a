//! The counts against a recount.

use sqlx::PgConnection;

/// A group's counts of a year that were not what a recount gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differs {
    /// The ward's short name.
    pub ward: String,
    /// The group's short name.
    pub group: String,
    /// The year.
    pub year: i32,
    /// What was kept: households, registered, pledged, absent, refused, away.
    pub kept: Vec<i32>,
    /// What the recount gives, in the same order.
    pub counted: Vec<i32>,
}

/// Compares every count with a recount, and mends what differs when asked to. Needs the migration role; writers wait meanwhile.
///
/// # Errors
/// What the database says.
pub async fn recount(conn: &mut PgConnection, mend: bool) -> Result<Vec<Differs>, sqlx::Error> {
    sqlx::query_as!(
        Differs,
        r#"select w.short_name as ward, g.short_name as "group", c.year, r.kept as "kept!", r.counted as "counted!"
             from participation_recount($1) r
             join unit w on w.id = r.ward_id join unit g on g.id = r.group_id join cycle c on c.ward_id = r.ward_id and c.id = r.cycle_id
            order by w.short_name, c.year, g.ordinal"#,
        mend
    )
    .fetch_all(conn)
    .await
}
