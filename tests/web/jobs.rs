//! The queue: one worker for a job, in the seat of whoever asked for it, and nobody's job for ever.

use binhyen::access::{Actor, Role};
use binhyen::commands::worker;
use binhyen::platform::db::Scoped;
use binhyen::platform::jobs::{self, Job};
use binhyen::web::session;
use chrono::Duration;
use uuid::Uuid;

use crate::support::{World, people};

/// No noun knows this kind: what a job does is tested with its noun.
const KIND: &str = "sample_work";

/// Enters as a person does who is signed in.
pub async fn enter(world: &World, phone: &str) -> (Scoped, Actor) {
    let client = world.client(phone).await;
    let key = session::hash(client.session_key());
    let (db, entrance) = world.app.db.enter_session(&key, world.app.clock.now(), Duration::minutes(15)).await.unwrap();
    let person = session::person(&entrance).expect("a person");
    let actor = session::actor(&person, entrance).expect("a seat");
    (db, actor)
}

/// A job that a person puts in, about something.
async fn put(world: &World, phone: &str) -> Uuid {
    let (mut db, actor) = enter(world, phone).await;
    let about = Uuid::from_u128(77);
    jobs::store::add(&mut db, KIND, about, actor.person.session, world.app.clock.now()).await.unwrap();
    about
}

fn lease() -> Duration {
    Duration::minutes(2)
}

async fn claim(world: &World) -> Option<Job> {
    let mut db = world.app.db.enter_public().await.unwrap();
    jobs::store::claim(&mut db, world.app.clock.now(), lease()).await.unwrap()
}

/// Who the job acts as; none when whoever asked may not enter any more.
async fn acts_as(world: &World, job: &Job) -> Option<(Scoped, Actor)> {
    let (db, entrance) = world.app.db.enter_job(job.id, world.app.clock.now()).await.unwrap();
    let person = session::person(&entrance)?;
    Some((db, session::actor(&person, entrance)?))
}

async fn hidden_sessions(world: &World) -> i64 {
    world.ask("select count(*) from session where device = 'job'").await
}

#[tokio::test]
async fn one_of_two_workers_gets_a_job() {
    let world = World::new().await;
    let about = put(&world, people::OFFICER).await;
    let (one, other) = tokio::join!(claim(&world), claim(&world));
    let got: Vec<Job> = one.into_iter().chain(other).collect();
    assert_eq!(got.len(), 1);
    assert_eq!((got[0].kind.as_str(), got[0].about, got[0].attempts), (KIND, about, 1));
    assert_eq!(claim(&world).await, None);
}

#[tokio::test]
async fn a_job_acts_in_the_scope_of_whoever_asked() {
    let world = World::new().await;
    put(&world, people::LEADER_7).await;
    let job = claim(&world).await.unwrap();
    let (mut db, actor) = acts_as(&world, &job).await.expect("the leader");
    assert_eq!(actor.role(), Role::GroupLeader);
    assert_eq!(actor.person.name, "Trần Văn Lựu");
    let groups: Vec<String> =
        sqlx::query_scalar("select distinct u.code from dossier d join unit u on u.id = d.group_id")
            .fetch_all(&mut *db)
            .await
            .unwrap();
    assert_eq!(groups, ["07"], "the dossiers of the leader's group and no other");
    assert_eq!(hidden_sessions(&world).await, 0, "the session of the job is gone before its work begins");
}

#[tokio::test]
async fn a_job_is_put_in_by_a_session_of_ones_own_alone() {
    let world = World::new().await;
    let (_, officer) = enter(&world, people::OFFICER).await;
    let (mut db, _) = enter(&world, people::LEADER_7).await;
    let now = world.app.clock.now();
    let stolen = jobs::store::add(&mut db, KIND, Uuid::nil(), officer.person.session, now).await;
    assert!(stolen.unwrap_err().to_string().contains("a job needs a session"));
    assert_eq!(claim(&world).await, None);
}

#[tokio::test]
async fn a_seat_that_ended_and_a_locked_account_do_nothing_any_more() {
    for change in [
        "update seat set valid_to = '2024-03-24' where account_id = (select id from account where phone = $1)",
        "update account set disabled_at = '2024-03-25' where phone = $1",
    ] {
        let world = World::new().await;
        let about = put(&world, people::OFFICER).await;
        let mut owner = world.owner().await;
        // As a steward does; the pages for it are tested with the steward.
        sqlx::query(change).bind(people::OFFICER).execute(&mut owner).await.unwrap();
        let job = claim(&world).await.unwrap();
        assert!(acts_as(&world, &job).await.is_none(), "{change}");
        assert_eq!(hidden_sessions(&world).await, 0);
        world.app.clock.advance(lease() + Duration::seconds(1));
        assert_eq!(worker::work_off(&world.app).await.unwrap(), 1);
        let state: String = sqlx::query_scalar("select state from job where about_id = $1")
            .bind(about)
            .fetch_one(&mut owner)
            .await
            .unwrap();
        assert_eq!(state, "failed", "{change}");
    }
}

#[tokio::test]
async fn a_job_whose_worker_died_is_begun_anew_and_given_up_after_three_deaths() {
    let world = World::new().await;
    let about = put(&world, people::OFFICER).await;
    for attempt in 1..=3 {
        let job = claim(&world).await.unwrap();
        assert_eq!((job.about, job.attempts), (about, attempt));
        world.app.clock.advance(lease() - Duration::seconds(1));
        assert_eq!(claim(&world).await, None, "its worker may still live");
        world.app.clock.advance(Duration::seconds(2));
    }
    assert_eq!(claim(&world).await, None);
    let (mut db, _) = enter(&world, people::OFFICER).await;
    assert_eq!(jobs::store::progress(&mut db, about).await.unwrap().unwrap().state, "failed");
}

#[tokio::test]
async fn a_worker_that_says_how_far_it_is_keeps_its_job() {
    let world = World::new().await;
    let about = put(&world, people::OFFICER).await;
    let job = claim(&world).await.unwrap();
    world.app.clock.advance(Duration::seconds(100));
    let (mut db, _) = acts_as(&world, &job).await.unwrap();
    let until = world.app.clock.now() + lease();
    jobs::store::advance(&mut db, job.id, (30, 100), until).await.unwrap();
    world.app.clock.advance(Duration::seconds(100));
    assert_eq!(claim(&world).await, None);
    let told = jobs::store::progress(&mut db, about).await.unwrap().unwrap();
    assert_eq!((told.state.as_str(), told.done, told.total), ("running", 30, 100));
    jobs::store::finish(&mut db, job.id, true, world.app.clock.now()).await.unwrap();
    let told = jobs::store::progress(&mut db, about).await.unwrap().unwrap();
    assert_eq!((told.state.as_str(), told.done), ("done", 100));
    // Another ward does not hear of it.
    let (mut other, _) = enter(&world, people::OTHER_OFFICER).await;
    assert_eq!(jobs::store::progress(&mut other, about).await.unwrap(), None);
}
