//! `binhyen work`: what goes on beside the requests. Jobs as they come, old sessions every ten minutes, and once a day the households
//! whose time of keeping is over.

use std::sync::Arc;
use std::time::Duration as Wait;

use chrono::{Duration, NaiveDate};

use super::{file_store, worker};
use crate::app::{App, Settings};
use crate::config::{Files, Work};
use crate::platform::clock::{Clock, civil};
use crate::platform::db::Database;
use crate::platform::jobs::Bell;
use crate::platform::press::Press;
use crate::ruleset::cache::Rulesets;
use crate::{account, bundle, import, privacy, upload};

/// How often old sessions are swept.
const SWEEP: Wait = Wait::from_secs(600);

/// Works until it is stopped, or once.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn run(settings: Work) -> anyhow::Result<()> {
    let app = program(&settings.database.get()?, &settings.files).await?;
    let mut last = None;
    if settings.once {
        tidy(&app, &mut last).await?;
        let jobs = worker::work_off(&app).await?;
        tracing::info!(jobs, "jobs worked off");
        return Ok(());
    }
    let jobs = tokio::spawn(worker::run(app.clone()));
    let outcome = loop {
        if let Err(error) = tidy(&app, &mut last).await {
            break error;
        }
        tokio::time::sleep(SWEEP).await;
    };
    // The process ends and is started anew by whoever keeps it; a job cut short is begun anew when its lease has run out.
    jobs.abort();
    Err(outcome)
}

/// The program without its pages, for work beside the requests.
pub(super) async fn program(url: &str, files: &Files) -> anyhow::Result<App> {
    let scratch = files.data.join("scratch");
    std::fs::create_dir_all(&scratch)?;
    Ok(App {
        db: Database::connect(url, 4).await?,
        clock: Clock::real(),
        files: file_store(files)?,
        rulesets: Rulesets::default(),
        passwords: account::passwords::Passwords::new(),
        bell: Bell::default(),
        press: Press::default(),
        // Nobody signs in here, and nothing is printed.
        settings: Arc::new(Settings {
            idle: Duration::zero(),
            demo: false,
            public_url: String::new(),
            proxies: vec![],
            scratch,
        }),
    })
}

/// Sweeps, and on the first time of a day takes names and addresses out of what is past its years. `last` is the day of the last
/// run; a run too many finds nothing.
async fn tidy(app: &App, last: &mut Option<NaiveDate>) -> anyhow::Result<()> {
    let now = app.clock.now();
    let swept = account::sweep(&app.db, now).await?;
    tracing::info!(swept, "old sessions and locks swept");
    let today = civil(now);
    if *last != Some(today) {
        let households = privacy::anonymise_expired(&app.db, now).await?;
        tracing::info!(households, "households anonymised");
        let files = import::sweep(&app.db, now).await?;
        tracing::info!(files, "forgotten lists thrown away");
        let uploads = upload::sweep(&app.db, &app.settings.scratch, now).await?;
        tracing::info!(uploads, "uploads of the last days thrown away");
        let bundles = bundle::sweep(&app.db, &app.files, now).await?;
        tracing::info!(bundles, "bundles of the last days thrown away");
        *last = Some(today);
    }
    Ok(())
}
