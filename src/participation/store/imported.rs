//! Marks that a spreadsheet brings along.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::access::{Place, Refused};
use crate::platform::id::{CycleId, HouseholdId, UnitId};

/// A household with the days on which it registered and signed, as a list says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marked {
    /// The household.
    pub household: HouseholdId,
    /// Its group.
    pub group: UnitId,
    /// Registered.
    pub registered: Option<NaiveDate>,
    /// Signed.
    pub pledged: Option<NaiveDate>,
}

impl Marked {
    /// Whoever signs takes part.
    fn registered(&self) -> Option<NaiveDate> {
        self.registered.or(self.pledged)
    }
}

/// Puts new households into a year, with their marks. Those that came after its counting day are not part of the whole; their marks stay
/// to be read.
///
/// # Errors
/// What the database says.
pub async fn join_marked(
    conn: &mut PgConnection,
    cycle: CycleId,
    place: Place,
    marked: &[Marked],
    (by, now): (&str, DateTime<Utc>),
) -> Result<(), Refused> {
    sqlx::query!(
        "insert into participation (household_id, city_id, ward_id, group_id, cycle_id, counted, registered_on, registered_at, registered_by, registered_how,
                                    pledged_on, pledged_at, pledged_by, pledged_how)
         select t.id, $1, $2, t.grp, $3, h.since <= c.group_window_to, t.registered, case when t.registered is not null then $4::timestamptz end, case when t.registered is not null then $5 end,
                case when t.registered is not null then 'import' end, t.pledged, case when t.pledged is not null then $4 end,
                case when t.pledged is not null then $5 end, case when t.pledged is not null then 'import' end
           from unnest($6::uuid[], $7::uuid[], $8::date[], $9::date[]) t (id, grp, registered, pledged)
           join household h on h.ward_id = $2 and h.id = t.id
           join cycle c on c.ward_id = $2 and c.id = $3",
        place.city.uuid(),
        place.ward.uuid(),
        cycle.uuid(),
        now,
        by,
        &marked.iter().map(|it| it.household.uuid()).collect::<Vec<_>>(),
        &marked.iter().map(|it| it.group.uuid()).collect::<Vec<_>>(),
        &marked.iter().map(Marked::registered).collect::<Vec<_>>() as _,
        &marked.iter().map(|it| it.pledged).collect::<Vec<_>>() as _
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Gives households of a year the marks that they lack; marks that stand already stay. Gives whose row changed.
///
/// # Errors
/// What the database says.
pub async fn give_marks(
    conn: &mut PgConnection,
    (ward, cycle): (UnitId, CycleId),
    marked: &[Marked],
    (by, now): (&str, DateTime<Utc>),
) -> Result<Vec<Uuid>, Refused> {
    Ok(sqlx::query_scalar!(
        "update participation p
            set registered_on = coalesce(p.registered_on, t.registered),
                registered_at = case when p.registered_on is null and t.registered is not null then $3 else p.registered_at end,
                registered_by = case when p.registered_on is null and t.registered is not null then $4 else p.registered_by end,
                registered_how = case when p.registered_on is null and t.registered is not null then 'import' else p.registered_how end,
                pledged_on = coalesce(p.pledged_on, t.pledged),
                pledged_at = case when p.pledged_on is null and t.pledged is not null then $3 else p.pledged_at end,
                pledged_by = case when p.pledged_on is null and t.pledged is not null then $4 else p.pledged_by end,
                pledged_how = case when p.pledged_on is null and t.pledged is not null then 'import' else p.pledged_how end,
                reason = case when p.pledged_on is null and t.pledged is not null then null else p.reason end,
                revision = p.revision + 1
           from unnest($5::uuid[], $6::date[], $7::date[]) t (id, registered, pledged)
          where p.ward_id = $1 and p.cycle_id = $2 and p.household_id = t.id
            and ((p.registered_on is null and t.registered is not null) or (p.pledged_on is null and t.pledged is not null))
         returning p.household_id",
        ward.uuid(),
        cycle.uuid(),
        now,
        by,
        &marked.iter().map(|it| it.household.uuid()).collect::<Vec<_>>(),
        &marked.iter().map(Marked::registered).collect::<Vec<_>>() as _,
        &marked.iter().map(|it| it.pledged).collect::<Vec<_>>() as _
    )
    .fetch_all(conn)
    .await?)
}
