//! Who stands on a sheet, and whom a symbol leads to.

use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use super::street::own_groups;
use crate::access::{Actor, Refused};
use crate::household::model::Address;
use crate::participation::model::Tally;
use crate::participation::model::sheet::{Scanned, Sheet, Signer, Symbol, given};
use crate::participation::model::street::Choice;
use crate::platform::id::{HouseholdId, UnitId};

/// Which households of a group are asked for.
#[derive(Debug, Clone, Copy)]
pub enum Which<'a> {
    /// None: only the group and its counts.
    Nobody,
    /// Everybody who is part of the year.
    All,
    /// Who has not signed.
    Open,
    /// These, if they belong to the group.
    Codes(&'a [String]),
    /// These, if they belong to the group.
    Ids(&'a [HouseholdId]),
}

impl Which<'_> {
    /// A word for the statement, with the codes and the ids that it may need.
    fn columns(self) -> (&'static str, Vec<String>, Vec<Uuid>) {
        match self {
            Self::Nobody => ("nobody", vec![], vec![]),
            Self::All => ("all", vec![], vec![]),
            Self::Open => ("open", vec![], vec![]),
            Self::Codes(codes) => ("named", codes.to_vec(), vec![]),
            Self::Ids(ids) => ("named", vec![], ids.iter().map(|id| id.uuid()).collect()),
        }
    }
}

/// A group of the seat (the one of that code, or its first) in the year at hand, with the households asked for in walking order. Indexes
/// `participation_of_list` and the primary key of `household`.
///
/// # Errors
/// [`Refused::NotFound`] without a year, without a group, or with one that is not this seat's; or what the database says.
pub async fn sheet(
    conn: &mut PgConnection,
    actor: &Actor,
    group: Option<&str>,
    which: Which<'_>,
) -> Result<Sheet, Refused> {
    let (Some(ward), Some(cycle)) = (actor.ward(), actor.cycle) else { return Err(Refused::NotFound) };
    let groups = own_groups(actor);
    let (word, codes, ids) = which.columns();
    let r = sqlx::query!(
        r#"with here as materialized (
             select u.id, u.code, u.name, u.short_name from unit u
              where u.ward_id = $1 and u.kind = 'group' and ($3::uuid[] is null or u.id = any ($3)) and ($4::text is null or u.code = $4)
              order by u.valid_to is not null, u.ordinal, u.id limit 1)
           select w.code as ward_code, g.id as "group: UnitId", g.code, g.name, g.short_name as short, c.year, c.group_window_from as first_day,
             not exists (select from cycle n where n.ward_id = c.ward_id and n.year > c.year) as "is_newest!",
             (select json_build_object('households', t.households, 'registered', t.registered, 'pledged', t.pledged, 'absent', t.absent,
                     'refused', t.refused, 'away', t.away)
                from participation_tally t where t.ward_id = c.ward_id and t.cycle_id = c.id and t.group_id = g.id) as "tally: Json<Tally>",
             (select coalesce(json_agg(json_build_object('id', h.id, 'code', h.code, 'head', h.head, 'address', json_build_object('house', h.house,
                      'alley', h.alley, 'street', h.street), 'members', h.members, 'pledged_on', p.pledged_on, 'why', p.reason) order by h.walk, h.id), '[]')
                from participation p join household h on h.ward_id = $1 and h.id = p.household_id
               where p.ward_id = $1 and p.cycle_id = $2 and p.group_id = g.id and p.counted
                 and ($5 = 'all' or ($5 = 'open' and p.pledged_on is null) or ($5 = 'named' and (h.code = any ($6) or h.id = any ($7)))))
               as "signers!: Json<Vec<Signer>>",
             (select coalesce(json_agg(json_build_object('code', u.code, 'short', u.short_name) order by u.ordinal, u.id), '[]') from unit u
               where u.ward_id = $1 and u.kind = 'group' and ($3::uuid[] is null or u.id = any ($3)) and u.valid_to is null) as "groups!: Json<Vec<Choice>>"
           from cycle c join unit w on w.id = c.ward_id cross join here g
          where c.ward_id = $1 and c.id = $2"#,
        ward.uuid(),
        cycle.uuid(),
        groups.as_deref() as _,
        group,
        word,
        &codes,
        &ids
    )
    .fetch_optional(conn)
    .await?
    .ok_or(Refused::NotFound)?;
    Ok(Sheet {
        ward_code: r.ward_code,
        group: r.group,
        code: r.code,
        name: r.name,
        short: r.short,
        year: r.year,
        is_newest: r.is_newest,
        first_day: r.first_day,
        tally: r.tally.map(|tally| tally.0).unwrap_or_default(),
        signers: r.signers.0,
        groups: r.groups.0,
    })
}

/// The household that a symbol names, through the seat's scope. Unique keys `cycle_year_once` and `household_code_once`.
///
/// # Errors
/// [`Refused::NotFound`] when it is another ward's, out of sight, or not part of that year; or what the database says.
pub async fn scanned(conn: &mut PgConnection, ward: UnitId, symbol: &Symbol) -> Result<Scanned, Refused> {
    let r = sqlx::query!(
        r#"select h.id as "id: HouseholdId", h.code, h.head, h.house, h.alley, h.street, h.members, p.counted, p.revision, p.reason,
             p.registered_on, p.registered_at, p.registered_by, p.registered_how, p.pledged_on, p.pledged_at, p.pledged_by, p.pledged_how,
             g.id as "group: UnitId", g.code as group_code, g.name as group_name, c.year,
             not exists (select from cycle n where n.ward_id = c.ward_id and n.year > c.year) as "is_newest!"
           from unit w join cycle c on c.ward_id = w.id and c.year = $3
           join household h on h.ward_id = w.id and h.code = $4
           join participation p on p.ward_id = w.id and p.cycle_id = c.id and p.household_id = h.id
           join unit g on g.id = p.group_id
          where w.id = $1 and w.code = $2"#,
        ward.uuid(),
        symbol.ward,
        symbol.year,
        symbol.code
    )
    .fetch_optional(conn)
    .await?
    .ok_or(Refused::NotFound)?;
    Ok(Scanned {
        signer: Signer {
            id: r.id,
            code: r.code,
            head: r.head,
            address: Address { house: r.house, alley: r.alley, street: r.street },
            members: r.members,
            pledged_on: r.pledged_on,
            why: r.reason.and_then(|why| why.parse().ok()),
        },
        group: r.group,
        group_code: r.group_code,
        group_name: r.group_name,
        year: r.year,
        is_newest: r.is_newest,
        counted: r.counted,
        registered: given(r.registered_on, r.registered_at, r.registered_by, r.registered_how),
        pledged: given(r.pledged_on, r.pledged_at, r.pledged_by, r.pledged_how),
        revision: r.revision,
    })
}
