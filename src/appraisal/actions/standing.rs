//! Where every unit of a city stands, computed in one job: a city asks, a worker goes from ward to ward.

use chrono::{DateTime, Utc};
use sqlx::Connection;

use crate::access::{Actor, Refused, rules};
use crate::appraisal::model::{Standing, standing};
use crate::appraisal::store;
use crate::platform::clock::civil;
use crate::platform::db::Scoped;
use crate::platform::jobs::{self, Bell, Reporter};
use crate::ruleset::cache::Rulesets;

/// The job that computes where every unit of a city stands.
pub const STANDING_JOB: &str = "standing";

/// How many wards are read and written at once.
const WARDS_AT_ONCE: usize = 25;

/// Has every ward of the city computed anew.
///
/// # Errors
/// A rule, or what the database says.
pub async fn ask_standing(mut db: Scoped, bell: &Bell, actor: &Actor, now: DateTime<Utc>) -> Result<(), Refused> {
    rules::can_compute_city(actor)?;
    let mut tx = db.begin().await?;
    jobs::store::add(&mut tx, STANDING_JOB, actor.city.uuid(), actor.person.session, now).await?;
    tx.commit().await?;
    bell.ring();
    Ok(())
}

/// Computes the newest year of every ward and keeps the results. Bears being begun twice: it writes what it finds.
///
/// # Errors
/// A rule, a ruleset that cannot be read, or what the database says.
pub async fn compute_standing(
    mut db: Scoped,
    rulesets: &Rulesets,
    actor: &Actor,
    reporter: &Reporter,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    rules::can_compute_city(actor)?;
    let cycles = store::newest_cycles(&mut db, actor.city).await?;
    let mut done = 0;
    for some in cycles.chunks(WARDS_AT_ONCE) {
        let mut found: Vec<Standing> = vec![];
        for year in store::years(&mut db, some).await? {
            let ruleset = rulesets.get(&mut db, year.ruleset).await?;
            found.extend(year.units.iter().filter_map(|unit| standing(&year, unit, &ruleset, civil(now))));
        }
        let mut tx = db.begin().await?;
        store::save_standings(&mut tx, actor.city, &found, now).await?;
        tx.commit().await?;
        done += some.len();
        reporter.reached(done, cycles.len()).await?;
    }
    Ok(())
}
