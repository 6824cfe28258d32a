//! Puts the households into the register and lets them live through two years, up to the demo's day.

use std::collections::HashMap;

use anyhow::anyhow;
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use sqlx::{Connection, PgConnection};

use super::{asked, invented, marks};
use crate::access::{Actor, Place, Refused, Role};
use crate::demo::people;
use crate::demo::places::Ward;
use crate::demo::stage::Stage;
use crate::demo::store::{self, Marks};
use crate::demo::story::{Who, YEAR};
use crate::household::actions::{self, Seen};
use crate::household::model::End;
use crate::household::store::{Fresh, insert_all};
use crate::participation::model::How;
use crate::platform::clock::{civil, first_moment};
use crate::platform::id::{CycleId, HouseholdId};
use crate::{cycle, participation, ruleset};

/// When the wards write their lists into the register.
const LISTED: (i32, u32, u32) = (2022, 12, 20);
/// When they open the year before the story's: by the circular itself, since the city's plan came later.
const OPENED: (i32, u32, u32) = (YEAR - 1, 1, 10);
const RULESET_BEFORE: &str = "tt124-2021";
/// Group 24 was split off group 23 on this day; its households come into the register with it.
const SPLIT: (i32, u32, u32) = (YEAR - 1, 7, 1);
const YOUNGEST: (Ward, u8) = (Ward::PhuocLong, 24);

/// The households of each group, in the order of its list.
pub type Register = HashMap<(Ward, u8), Vec<HouseholdId>>;

/// What happens to a group's households in the story's year. Who leaves is followed by somebody on the same day, so that a group is
/// as large at the end of the year as at its beginning.
#[derive(Debug, Clone, Copy)]
enum Change {
    /// One moves away, another one moves in.
    Replaced,
    /// One moves away, a young couple splits off another one.
    Split,
    /// A child takes over.
    Heir,
    /// One moves to another group, as the ward writes down.
    MovesTo(u8),
}

fn day((year, month, day): (i32, u32, u32)) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

/// In the evening of a day, when people are at home.
fn evening(day: NaiveDate) -> DateTime<Utc> {
    first_moment(day) + TimeDelta::minutes(19 * 60 + 20)
}

/// Writes the wards' lists, opens the year before the story's, and gives its marks; as far as these days have come.
///
/// # Errors
/// The first step that the program refuses.
pub async fn move_in(stage: &Stage<'_>, as_of: DateTime<Utc>) -> anyhow::Result<Register> {
    lists_and_year_before(stage, as_of).await.map_err(|refused| anyhow!("the register refuses: {refused:?}"))
}

async fn lists_and_year_before(stage: &Stage<'_>, as_of: DateTime<Utc>) -> Result<Register, Refused> {
    let mut register = Register::new();
    for ward in Ward::ALL {
        let groups: Vec<u8> = (1..=ward.groups()).filter(|group| (ward, *group) != YOUNGEST).collect();
        let at = evening(day(LISTED)).min(as_of);
        list(stage, &mut register, (ward, &groups), ("registered", at)).await?;
        let opened = evening(day(OPENED));
        if opened <= as_of {
            open_year_before(stage, ward, opened).await?;
        }
    }
    let split = evening(day(SPLIT));
    if split <= as_of {
        list(stage, &mut register, (YOUNGEST.0, &[YOUNGEST.1]), ("from_group", split)).await?;
    }
    for ward in Ward::ALL {
        sign(stage, &register, (ward, YEAR - 1), as_of).await?;
    }
    Ok(register)
}

/// Writes groups of a ward into the register, and into its newest year if it has one.
async fn list(
    stage: &Stage<'_>,
    register: &mut Register,
    (ward, groups): (Ward, &[u8]),
    (began, at): (&'static str, DateTime<Utc>),
) -> Result<(), Refused> {
    let (mut db, actor) = stage.enter(Who::WardOfficer, ward, at).await?;
    let mut fresh = vec![];
    for group in groups {
        let unit = stage.places.group(ward, *group).ok_or(Refused::NotFound)?;
        let of_group = invented::homes(ward, *group).into_iter().zip(1..).map(|((facts, since), number)| Fresh {
            id: HouseholdId::new(at),
            group: unit,
            code: format!("{group:02}-{number:04}"),
            facts,
            since: if began == "from_group" { civil(at) } else { since.min(civil(at)) },
        });
        let of_group: Vec<Fresh> = of_group.collect();
        register.insert((ward, *group), of_group.iter().map(|it| it.id).collect());
        fresh.extend(of_group);
    }
    let place = Place { city: actor.city, ward: actor.ward().ok_or(Refused::NotFound)?, group: None };
    let mut tx = db.begin().await?;
    insert_all(&mut tx, place, &fresh, (began, None), (&actor.person.name, at)).await?;
    if let Some(cycle) = participation::store::newest_cycle(&mut tx, place.ward).await? {
        let joined: Vec<_> = fresh.iter().map(|it| (it.id, it.group)).collect();
        participation::store::join(&mut tx, cycle, place, &joined).await?;
    }
    tx.commit().await?;
    Ok(())
}

async fn open_year_before(stage: &Stage<'_>, ward: Ward, at: DateTime<Utc>) -> Result<(), Refused> {
    let (mut db, actor) = stage.enter(Who::WardOfficer, ward, at).await?;
    let ruleset = ruleset::store::newest(&mut db, RULESET_BEFORE).await?.ok_or(Refused::NotFound)?;
    cycle::actions::open_year(db, &stage.app.rulesets, &actor, (YEAR - 1, ruleset), at).await
}

/// The year of a ward, if it is open.
async fn year_of(conn: &mut PgConnection, actor: &Actor, year: i32) -> Result<Option<CycleId>, Refused> {
    match cycle::store::load(conn, actor.ward().ok_or(Refused::NotFound)?, year).await {
        Ok(cycle) => Ok(Some(cycle.id)),
        Err(Refused::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}

/// The marks of a ward's year, as far as it has come.
async fn sign(
    stage: &Stage<'_>,
    register: &Register,
    (ward, year): (Ward, i32),
    as_of: DateTime<Utc>,
) -> Result<(), Refused> {
    let (mut db, actor) = stage.enter(Who::WardOfficer, ward, as_of).await?;
    let Some(cycle) = year_of(&mut db, &actor, year).await? else { return Ok(()) };
    let mut given = vec![];
    for group in 1..=ward.groups() {
        let Some(ids) = register.get(&(ward, group)) else { continue };
        let by = leader(ward, group);
        let plans = marks::plans(ward, group, year);
        given.extend(ids.iter().zip(plans).filter_map(|(id, plan)| given_by(*id, by, plan, as_of)));
    }
    store::mark_all(&mut db, cycle, &given).await?;
    Ok(())
}

fn leader(ward: Ward, group: u8) -> &'static str {
    people::holder(Role::GroupLeader, Some(ward), Some(group)).map_or("", |person| person.name)
}

/// Of a plan, what has happened by now.
fn given_by(household: HouseholdId, by: &'static str, plan: marks::Plan, as_of: DateTime<Utc>) -> Option<Marks> {
    let so_far =
        |mark: Option<(NaiveDate, How)>| mark.map(|(day, how)| (evening(day), how)).filter(|(at, _)| *at <= as_of);
    let (registered, pledged) = (so_far(plan.registered), so_far(plan.pledged));
    let why = plan.why.map(|(day, why)| (evening(day), why)).filter(|(at, _)| *at <= as_of && pledged.is_none());
    (registered.is_some() || why.is_some()).then_some(Marks { household, by, registered, pledged, why })
}

/// What the story's year brings: marks, people who come and go, heads that change, and what they ask about their data.
///
/// # Errors
/// The first step that the program refuses.
pub async fn go_through_the_year(stage: &Stage<'_>, register: &Register, as_of: DateTime<Utc>) -> anyhow::Result<()> {
    whole_year(stage, register, as_of).await.map_err(|refused| anyhow!("the register refuses: {refused:?}"))
}

async fn whole_year(stage: &Stage<'_>, register: &Register, as_of: DateTime<Utc>) -> Result<(), Refused> {
    for ward in Ward::ALL {
        sign(stage, register, (ward, YEAR), as_of).await?;
    }
    for group in 1..=YOUNGEST.1 {
        for (which, (on, change)) in changes(group).into_iter().enumerate() {
            let at = evening(on);
            if at <= as_of {
                happen(stage, register, (group, which, change), at).await?;
            }
        }
    }
    asked::look_and_ask(stage, as_of).await
}

/// The changes of a group of the reference ward.
fn changes(group: u8) -> Vec<(NaiveDate, Change)> {
    let after = |month, first| day((YEAR, month, first)) + Days::new(u64::from(group));
    let mut changes = vec![];
    if group % 3 == 1 && group != 7 {
        changes.push((after(4, 12), Change::Replaced));
    }
    if group % 5 == 2 {
        changes.push((after(5, 5), Change::Heir));
    }
    if group % 4 == 2 {
        changes.push((after(6, 10), Change::Split));
    }
    // These two change places.
    match group {
        3 => changes.push((day((YEAR, 8, 1)), Change::MovesTo(5))),
        5 => changes.push((day((YEAR, 8, 1)), Change::MovesTo(3))),
        _ => {}
    }
    changes
}

async fn happen(
    stage: &Stage<'_>,
    register: &Register,
    (group, which, change): (u8, usize, Change),
    at: DateTime<Utc>,
) -> Result<(), Refused> {
    let ward = YOUNGEST.0;
    // Those who signed early, each touched once.
    let order = marks::order(ward, group, YEAR);
    let ids = register.get(&(ward, group)).ok_or(Refused::NotFound)?;
    let someone =
        |rank: usize| order.get(rank).and_then(|place| Some((*place, *ids.get(*place)?))).ok_or(Refused::NotFound);
    let (place, id) = someone(2 * which)?;
    let first = Seen { id, revision: 1 };
    let (db, actor) = stage.enter(Who::Leader(group), ward, at).await?;
    let unit = stage.places.group(ward, group).ok_or(Refused::NotFound)?;
    match change {
        Change::Replaced => {
            leave(stage, group, first, at).await?;
            let facts = invented::newcomer(ward, group, which);
            let new = actions::add(db, &actor, (unit, civil(at)), &facts, at).await?;
            sign_at_the_door(stage, (group, new), at).await
        }
        Change::Split => {
            leave(stage, group, first, at).await?;
            let (elder, facts) = (someone(2 * which + 1)?.1, invented::newcomer(ward, group, which));
            let elder = Seen { id: elder, revision: 1 };
            let new = actions::split(db, &actor, elder, (&facts, civil(at)), at).await?;
            sign_at_the_door(stage, (group, new), at).await
        }
        Change::Heir => {
            let after = invented::heir(ward, group, &invented::homes(ward, group).swap_remove(place).0);
            actions::edit(db, &actor, first, (&after, Some("Chủ hộ cũ đã mất, con lên thay.")), at).await
        }
        Change::MovesTo(other) => {
            let to = stage.places.group(ward, other).ok_or(Refused::NotFound)?;
            let (db, officer) = stage.enter(Who::WardOfficer, ward, at).await?;
            actions::move_to(db, &officer, first, (to, civil(at), Some("Gia đình mua nhà ở tổ khác.")), at).await
        }
    }
}

async fn leave(stage: &Stage<'_>, group: u8, seen: Seen, at: DateTime<Utc>) -> Result<(), Refused> {
    let (db, actor) = stage.enter(Who::Leader(group), YOUNGEST.0, at).await?;
    let last = civil(at) - Days::new(1);
    actions::end(db, &actor, seen, (End::Moved, last, Some("Chuyển về quê.")), at).await
}

/// Whoever is new registers and signs on the day of moving in.
async fn sign_at_the_door(
    stage: &Stage<'_>,
    (group, household): (u8, HouseholdId),
    at: DateTime<Utc>,
) -> Result<(), Refused> {
    let (mut db, actor) = stage.enter(Who::Leader(group), YOUNGEST.0, at).await?;
    let Some(cycle) = year_of(&mut db, &actor, YEAR).await? else { return Ok(()) };
    let given = Some((at, How::Door));
    let by = leader(YOUNGEST.0, group);
    let marks = Marks { household, by, registered: given, pledged: given, why: None };
    Ok(store::mark_all(&mut db, cycle, &[marks]).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_leaves_had_signed_and_nobody_is_touched_twice() {
        for group in 1..=YOUNGEST.1 {
            let ward = YOUNGEST.0;
            let plans = marks::plans(ward, group, YEAR);
            let order = marks::order(ward, group, YEAR);
            for (which, (on, _)) in changes(group).into_iter().enumerate() {
                let signed = plans[order[2 * which]].pledged.unwrap().0;
                assert!(signed < on, "{group}: signed on {signed}, gone on {on}");
                assert!(2 * which + 1 < order.len());
            }
        }
    }
}
