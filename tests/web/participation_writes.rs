//! Counts under pressure: many writers at once over a few groups, households moving between them meanwhile, and not one count wrong.

use std::sync::Arc;

use binhyen::access::{Actor, Refused};
use binhyen::app::App;
use binhyen::household::actions::{Seen, move_to};
use binhyen::household::model::Status;
use binhyen::participation::actions::{Tap, Ticked, record, record_many};
use binhyen::participation::model::{How, Mark, Why, Wish};
use binhyen::platform::db::Database;
use binhyen::platform::id::{HouseholdId, UnitId};
use binhyen::web::session;
use chrono::Duration;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};

use super::participation::{counts_agree, settle};
use crate::support::{World, people};

/// How many writes; fewer on a slow machine: `BINHYEN_WRITES=1000`.
fn writes() -> usize {
    std::env::var("BINHYEN_WRITES").ok().and_then(|count| count.parse().ok()).unwrap_or(10_000)
}

const WRITERS: usize = 16;

/// One person of many who write at the same time.
struct Writer {
    app: App,
    key: Vec<u8>,
    households: Arc<Vec<HouseholdId>>,
    groups: Arc<Vec<UnitId>>,
    rng: StdRng,
}

impl Writer {
    async fn enter(&self) -> (binhyen::platform::db::Scoped, Actor) {
        let now = self.app.clock.now();
        let (db, entrance) = self.app.db.enter_session(&self.key, now, Duration::minutes(15)).await.unwrap();
        let person = session::person(&entrance).unwrap();
        (db, session::actor(&person, entrance).unwrap())
    }

    /// Writes something; what is refused as stale or not allowed was not written, and everything else has to succeed.
    async fn write(&mut self) -> bool {
        let done = match self.rng.random_range(0..100) {
            0..=3 => self.tick().await,
            4..=7 => self.regroup().await,
            _ => self.tap().await,
        };
        match done {
            Ok(is_done) => is_done,
            Err(Refused::Stale | Refused::NotFound | Refused::Denied(_) | Refused::Invalid(_)) => false,
            Err(Refused::Failed(error)) => panic!("a write failed: {error:#}"),
        }
    }

    async fn tap(&mut self) -> Result<bool, Refused> {
        let marks = [Mark::Registered, Mark::Pledged];
        let wish = match self.rng.random_range(0..10) {
            0..=3 => Wish::Give(*marks.choose(&mut self.rng).unwrap()),
            4..=6 => Wish::TakeBack(*marks.choose(&mut self.rng).unwrap()),
            7..=8 => Wish::Explain(Why::ALL.choose(&mut self.rng).copied()),
            _ => Wish::Explain(None),
        };
        let household = *self.households.choose(&mut self.rng).unwrap();
        let (mut db, actor) = self.enter().await;
        let revision: i32 = sqlx::query_scalar("select revision from participation where household_id = $1")
            .bind(household.uuid())
            .fetch_one(&mut *db)
            .await
            .unwrap();
        let tap = Tap { household, year: 2024, revision, wish, on: None, how: How::Door };
        Ok(record(db, &actor, tap, self.app.clock.now()).await?.is_done)
    }

    async fn tick(&mut self) -> Result<bool, Refused> {
        let households: Vec<HouseholdId> = self.households.sample(&mut self.rng, 12).copied().collect();
        let group = *self.groups.choose(&mut self.rng).unwrap();
        let (db, actor) = self.enter().await;
        let ticked = Ticked { group, year: 2024, mark: Mark::Pledged, households, on: None, how: How::Meeting };
        Ok(record_many(db, &actor, &ticked, self.app.clock.now()).await? > 0)
    }

    async fn regroup(&mut self) -> Result<bool, Refused> {
        let id = *self.households.choose(&mut self.rng).unwrap();
        let group = *self.groups.choose(&mut self.rng).unwrap();
        let (mut db, actor) = self.enter().await;
        let household = binhyen::household::store::load(&mut db, id).await?;
        assert_eq!(household.status, Status::Resident);
        let since: chrono::NaiveDate =
            sqlx::query_scalar("select since from household_stay where household_id = $1 and until is null")
                .bind(id.uuid())
                .fetch_one(&mut *db)
                .await
                .unwrap();
        let seen = Seen { id, revision: household.revision };
        move_to(db, &actor, seen, (group, since + chrono::Days::new(1), None), self.app.clock.now()).await?;
        Ok(true)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_ten_thousand_random_writes_every_count_is_right() {
    let world = World::new().await;
    let (mut households, mut groups) = (vec![], vec![]);
    for code in ["07", "08", "09"] {
        let (group, ids) = settle(&world, code, 40).await;
        groups.push(group);
        households.extend(ids);
    }
    let officer = world.client(people::OFFICER).await;
    let db = Database::connect(&world.urls.app, 16).await.unwrap();
    let app = App { db, ..world.app.clone() };
    let (households, groups) = (Arc::new(households), Arc::new(groups));
    let begun = std::time::Instant::now();
    let tasks: Vec<_> = (0..WRITERS)
        .map(|seed| {
            let mut writer = Writer {
                app: app.clone(),
                key: session::hash(officer.session_key()),
                households: Arc::clone(&households),
                groups: Arc::clone(&groups),
                rng: StdRng::seed_from_u64(seed as u64),
            };
            tokio::spawn(async move {
                let mut done = 0;
                for _ in 0..writes() / WRITERS {
                    done += usize::from(writer.write().await);
                }
                done
            })
        })
        .collect();
    let mut done = 0;
    for task in tasks {
        done += task.await.unwrap();
    }
    eprintln!("{} writes, {done} of them done, in {:.1} s", writes(), begun.elapsed().as_secs_f64());
    assert!(done > writes() / 2, "most of {} writes do something: {done}", writes());
    counts_agree(&world).await;
    let whole: i64 = world.ask("select sum(households)::bigint from participation_tally").await;
    assert_eq!(whole, 120, "households moved between groups and none was lost");
    let deadlocks: i64 = world.ask("select deadlocks from pg_stat_database where datname = current_database()").await;
    assert_eq!(deadlocks, 0);
    app.db.close().await;
}
