//! What the ward police write down in the demo: counts of 2023 and 2024 by day and group, and the figures that no register counts.
//!
//! The counts fit the papers of the story: one theft in most groups against two the year before, a fire that the report of group 16
//! forgot, and a dispute in group 9 that went on.

use anyhow::{Context, anyhow};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};

use super::places::Ward;
use super::stage::Stage;
use super::story::{Who, YEAR};
use crate::access::{Actor, Refused};
use crate::cycle;
use crate::incident::actions::{self, Titled};
use crate::incident::model::figure::Typed;
use crate::incident::model::{Facts, When};
use crate::platform::clock::moment_of;
use crate::platform::db::Scoped;
use crate::platform::id::{IncidentId, UnitId};
use crate::ruleset::{Gravity, Metric, Ruleset, SubjectKind};

/// The demo's first morning of counting: last year's figures, and the typed ones.
const BEGUN: (u32, u32) = (1, 22);
/// When a count is written down on its day.
const EVENING: TimeDelta = TimeDelta::hours(17);

/// A type, a day of the story's year (or the whole year before), a group, and how many.
type Row = (&'static str, Option<(u32, u32)>, u8, i32);

/// The reference ward's counts. Groups 1 to 24; none of high gravity.
fn counts() -> Vec<Row> {
    let mut rows = vec![];
    for group in 1..=24_u8 {
        rows.push(("toi-pham", None, group, 2));
        if group % 3 == 0 {
            rows.push(("te-nan-xa-hoi", None, group, 1));
        }
        if group % 4 == 0 {
            rows.push(("chay-no", None, group, 1));
        }
        if group % 2 == 1 {
            rows.push(("toi-pham", Some((2 + u32::from(group) % 8, 3 + u32::from(group))), group, 1));
        }
    }
    rows.push(("chay-no", Some((8, 14)), 16, 1));
    rows.push(("mau-thuan-keo-dai", Some((6, 18)), 9, 1));
    rows.push(("te-nan-xa-hoi", Some((5, 9)), 12, 1));
    rows
}

fn moment(year: i32, (month, day): (u32, u32)) -> DateTime<Utc> {
    moment_of(NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default().and_time(NaiveTime::MIN)) + EVENING
}

/// Writes down what happened by then.
///
/// # Errors
/// The first step that the program refuses.
pub async fn count(stage: &Stage<'_>, as_of: DateTime<Utc>) -> anyhow::Result<()> {
    for ward in Ward::ALL {
        let began = moment(YEAR, BEGUN);
        if began <= as_of {
            figures(stage, ward, began).await.map_err(|refused| anyhow!("{refused:?}")).context("figures")?;
        }
    }
    for row in counts() {
        let at = moment(YEAR, row.1.unwrap_or(BEGUN));
        if at <= as_of {
            enter(stage, row, at)
                .await
                .map_err(|refused| anyhow!("{refused:?}"))
                .with_context(|| format!("{row:?}"))?;
        }
    }
    Ok(())
}

async fn seat(stage: &Stage<'_>, ward: Ward, at: DateTime<Utc>) -> Result<(Scoped, Actor), Refused> {
    stage.enter(Who::WardOfficer, ward, at).await
}

/// Nobody was disciplined, the ward has three initiatives, and the counts of the year before are complete.
async fn figures(stage: &Stage<'_>, ward: Ward, at: DateTime<Utc>) -> Result<(), Refused> {
    let (mut db, actor) = seat(stage, ward, at).await?;
    let unit = stage.places.ward(ward);
    let cycle = cycle::store::load(&mut db, unit, YEAR).await?;
    let group = |number: u8| stage.places.group(ward, number).ok_or(Refused::NotFound);
    let typed = |unit: UnitId, kind, metric, value| Typed { unit, kind, metric, value: Some(value), revision: 0 };
    let mut all = vec![
        typed(unit, SubjectKind::Ward, Metric::EffectiveInitiatives, 3),
        typed(unit, SubjectKind::Ward, Metric::WardPoliceDisciplined, 0),
        typed(unit, SubjectKind::Ward, Metric::CoreForceDisciplined, 0),
    ];
    for number in 1..=ward.groups() {
        // One in Vĩnh Nguyên: its group 6 is told so in the story.
        let disciplined = i32::from(ward == Ward::VinhNguyen && number == 6);
        all.push(typed(group(number)?, SubjectKind::Group, Metric::CoreForceDisciplined, disciplined));
        let people = i32::try_from(super::households::count(ward, number)).unwrap_or(0) * 4;
        all.push(typed(group(number)?, SubjectKind::Group, Metric::Population, people));
    }
    actions::save_figures(db, &actor, cycle.id, all, at).await?;
    let (db, actor) = seat(stage, ward, at).await?;
    actions::close(db, &actor, YEAR - 1, at).await
}

async fn enter(stage: &Stage<'_>, (kind, on, group, n): Row, at: DateTime<Utc>) -> Result<(), Refused> {
    let (db, actor) = seat(stage, Ward::PhuocLong, at).await?;
    let when = match on {
        Some((month, day)) => When::Day(NaiveDate::from_ymd_opt(YEAR, month, day).unwrap_or_default()),
        None => When::Year(YEAR - 1),
    };
    let facts = Facts {
        kind: kind.to_owned(),
        gravity: Gravity::Ordinary,
        when,
        group: Some(stage.places.group(Ward::PhuocLong, group).ok_or(Refused::NotFound)?),
        n,
    };
    let title = title(kind)?;
    actions::enter(db, &actor, (IncidentId::new(at), &Titled { facts, title }), true, at).await
}

fn title(kind: &str) -> Result<String, Refused> {
    let rulesets: Vec<Ruleset> = crate::ruleset::shipped().map_err(anyhow::Error::from)?;
    let types = rulesets.iter().flat_map(|ruleset| &ruleset.incident_types);
    Ok(types.into_iter().find(|it| it.code == kind).map_or_else(|| kind.to_owned(), |it| it.title.clone()))
}
