//! Works jobs off, one after the other: in the serving process, and in `binhyen work` where jobs have a process of their own.

use std::time::Duration as Wait;

use chrono::Duration;

use crate::access::Actor;
use crate::app::App;
use crate::appraisal::actions as appraisal;
use crate::bundle::actions as bundle;
use crate::import::actions as import;
use crate::platform::db::Scoped;
use crate::platform::jobs::{self, Job, Reporter};
use crate::web::session;

/// For how long a worker has a job before it must say that it lives.
const LEASE: Duration = Duration::minutes(2);
/// How often a worker looks for jobs that another process put in.
const LOOK: Wait = Wait::from_secs(5);

/// Works for ever. A job that fails is written in the log and ended; the worker goes on.
pub async fn run(app: App) {
    loop {
        match work_off(&app).await {
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "the queue does not answer"),
        }
        let _ = tokio::time::timeout(LOOK, app.bell.heard()).await;
    }
}

/// Works off whatever waits; gives how many jobs that were.
///
/// # Errors
/// When the database does not answer.
pub async fn work_off(app: &App) -> anyhow::Result<usize> {
    let mut count = 0;
    while let Some(job) = claim(app).await? {
        count += 1;
        let done = perform(app, &job).await;
        if let Err(error) = &done {
            tracing::error!(job = %job.id, kind = job.kind, %error, "a job failed");
        }
        let mut db = app.db.enter_public().await?;
        jobs::store::finish(&mut db, job.id, done.is_ok(), app.clock.now()).await?;
    }
    Ok(count)
}

async fn claim(app: &App) -> anyhow::Result<Option<Job>> {
    let mut db = app.db.enter_public().await?;
    Ok(jobs::store::claim(&mut db, app.clock.now(), LEASE).await?)
}

/// Enters as the person who asked, and hands the job to the noun that knows its kind.
async fn perform(app: &App, job: &Job) -> anyhow::Result<()> {
    let (db, actor) = enter(app, job).await?;
    let now = app.clock.now();
    let reporter = Reporter::new(app.db.clone(), job.id, app.clock.clone(), LEASE);
    match job.kind.as_str() {
        import::READ_JOB => import::read(db, &actor, (job.about.into(), &reporter), now).await?,
        import::WRITE_JOB => import::write(db, &actor, (job.about.into(), &reporter), now).await?,
        appraisal::STANDING_JOB => {
            appraisal::compute_standing(db, &app.rulesets, &actor, &reporter, now)
                .await
                .map_err(|refused| anyhow::anyhow!("{refused:?}"))?;
        }
        bundle::JOB => bundle::make(db, app, &actor, (job.about.into(), &reporter), now)
            .await
            .map_err(|refused| anyhow::anyhow!("{refused:?}"))?,
        other => anyhow::bail!("nobody knows jobs of kind {other}"),
    }
    Ok(())
}

async fn enter(app: &App, job: &Job) -> anyhow::Result<(Scoped, Actor)> {
    let (db, entrance) = app.db.enter_job(job.id, app.clock.now()).await?;
    let person =
        session::person(&entrance).ok_or_else(|| anyhow::anyhow!("who asked for it may not enter any more"))?;
    let actor = session::actor(&person, entrance).ok_or_else(|| anyhow::anyhow!("the seat has ended"))?;
    Ok((db, actor))
}
