//! What papers rest on beside the dossiers themselves: the year, its groups, the last meeting.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use sqlx::PgConnection;
use sqlx::types::Json;

use crate::access::{Place, Refused};
use crate::cycle::model::{Deadline, Window};
use crate::dossier::model::Status;
use crate::household::model::Address;
use crate::paper::model::Slot;
use crate::participation::model::Tally;
use crate::platform::id::{CycleId, DossierId, MeetingId, RulesetId, UnitId};

/// A group of the year.
#[derive(Debug, Clone, Deserialize)]
pub struct GroupRow {
    /// Its request.
    pub request: DossierId,
    /// "Tổ dân phố 7".
    pub name: String,
    /// Its households.
    pub tally: Option<Tally>,
    /// When its registration was handed in.
    pub registered_at: Option<DateTime<Utc>>,
    /// Where its request stands.
    pub status: Status,
    /// Why it was declined or refused, by the decision that it now rests on.
    pub reason: Option<String>,
    /// Votes of the committee: for, against, other.
    pub votes: Option<(i32, i32, i32)>,
}

/// The year as papers speak of it.
#[derive(Debug, Clone)]
pub struct Ground {
    /// The year.
    pub year: i32,
    /// "thành phố Nha Trang".
    pub city_name: String,
    /// "phường Phước Long".
    pub ward_name: String,
    /// "Tổ dân phố 7".
    pub group_name: Option<String>,
    /// The pinned ruleset.
    pub ruleset: RulesetId,
    /// The days that count for groups.
    pub group_window: Window,
    /// The days that count for the ward.
    pub ward_window: Window,
    /// The deadlines.
    pub deadlines: Vec<Deadline>,
    /// The unit's registration.
    pub registration: Option<DossierId>,
    /// The unit's request.
    pub request: Option<DossierId>,
    /// The last closed meeting of the group, or of the committee.
    pub meeting: Option<MeetingId>,
    /// The unit's households.
    pub tally: Tally,
    /// The groups of the year that the seat sees.
    pub groups: Vec<GroupRow>,
}

/// The year of a ward by its number, through the seat's scope.
///
/// # Errors
/// [`Refused::NotFound`], or what the database says.
pub async fn cycle_of(conn: &mut PgConnection, ward: UnitId, year: i32) -> Result<(CycleId, UnitId), Refused> {
    let row = sqlx::query!(
        r#"select id as "id: CycleId", city_id as "city: UnitId" from cycle where ward_id = $1 and year = $2"#,
        ward.uuid(),
        year
    )
    .fetch_optional(conn)
    .await?;
    row.map(|r| (r.id, r.city)).ok_or(Refused::NotFound)
}

/// Reads it, in one statement. Indexes `dossier_by_cycle`, `meeting_by_cycle`, primary keys that lead with ward and year.
///
/// # Errors
/// [`Refused::NotFound`] without such a year or group in scope; or what the database says.
pub async fn ground(conn: &mut PgConnection, slot: &Slot) -> Result<Ground, Refused> {
    let Place { ward, group, .. } = slot.place;
    let r = sqlx::query_file!("src/paper/store/ground.sql", ward.uuid(), slot.cycle.uuid(), group.map(UnitId::uuid))
        .fetch_optional(conn)
        .await?
        .ok_or(Refused::NotFound)?;
    Ok(Ground {
        year: r.year,
        city_name: r.city_name,
        ward_name: r.ward_name,
        group_name: r.group_name,
        ruleset: r.ruleset,
        group_window: Window { from: r.group_window_from, to: r.group_window_to },
        ward_window: Window { from: r.ward_window_from, to: r.ward_window_to },
        deadlines: r.deadlines.0,
        registration: r.registration,
        request: r.request,
        meeting: r.meeting,
        tally: r.tally.0,
        groups: r.groups.0,
    })
}

/// A household of the year, as a list names it.
#[derive(Debug, Clone)]
pub struct Registered {
    /// "07-0123".
    pub code: String,
    /// Its head.
    pub head: String,
    /// Where it lives.
    pub address: Address,
    /// How many people.
    pub members: Option<i32>,
    /// Registered to take part.
    pub registered_on: Option<NaiveDate>,
    /// Signed the pledge.
    pub pledged_on: Option<NaiveDate>,
}

/// The households of a group in a year, in walking order. Index `participation_by_group`. Whoever reads it writes the look down.
///
/// # Errors
/// What the database says.
pub async fn households(conn: &mut PgConnection, slot: &Slot) -> Result<Vec<Registered>, Refused> {
    let Some(group) = slot.place.group else { return Ok(vec![]) };
    let rows = sqlx::query!(
        r#"select h.code, h.head, h.house, h.alley, h.street, h.members, p.registered_on, p.pledged_on
             from participation p join household h on h.ward_id = p.ward_id and h.id = p.household_id
            where p.ward_id = $1 and p.cycle_id = $2 and p.group_id = $3 and p.counted
            order by h.walk, h.id"#,
        slot.place.ward.uuid(),
        slot.cycle.uuid(),
        group.uuid()
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Registered {
            code: r.code,
            head: r.head,
            address: Address { house: r.house, alley: r.alley, street: r.street },
            members: r.members,
            registered_on: r.registered_on,
            pledged_on: r.pledged_on,
        })
        .collect())
}
