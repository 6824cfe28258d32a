//! What the benchmarks share: the program on a database of its own, the sheets that they set, and the memory they took.

use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use binhyen::account::passwords::Passwords;
use binhyen::account::store::first;
use binhyen::app::{App, Settings};
use binhyen::commands;
use binhyen::demo;
use binhyen::platform::clock::Clock;
use binhyen::platform::db::Database;
use binhyen::platform::files::FileStore;
use binhyen::platform::jobs::Bell;
use binhyen::platform::postgres::{TEST_ADMIN_URL, TEST_APP_URL, TEST_DATABASE, TEST_MIGRATE_URL, set_up_cluster};
use binhyen::platform::press::Press;
use binhyen::ruleset::cache::Rulesets;
use binhyen::web::session;
use chrono::{DateTime, Duration, Utc};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use typeset::{Day, Household, PledgeSheets, Style};

/// The ward officer of the reference ward (src/demo/people.rs).
const OFFICER: &str = "0900000300";
/// Of the officer's session.
pub const KEY: &str = "bench";

/// 300 sheets, one for each household.
pub fn sheets() -> PledgeSheets {
    let household = |n: u32| Household {
        code: format!("07-{n:04}"),
        head: format!("Nguyễn Văn Lựu {n}"),
        address: format!("{n} Trường Sơn"),
        members: Some(4),
        qr: format!("HTTPS://BINHYEN.EXAMPLE/Q/PL/2024/07-{n:04}"),
    };
    PledgeSheets {
        ward: "phường Phước Long".to_owned(),
        group: "Tổ dân phố 7".to_owned(),
        year: 2024,
        place: "Phước Long".to_owned(),
        printed: Day { year: 2024, month: 3, day: 20 },
        style: Style::Each,
        text: vec!["Gia đình tham gia phong trào Toàn dân bảo vệ an ninh Tổ quốc.".to_owned()],
        reasons: vec![],
        households: (1..=300).map(household).collect(),
    }
}

/// The program on a database of its own, with the sample ward in that state and a session of its officer.
pub async fn program(database: &str, folder: &Path, now: DateTime<Utc>, year: demo::Year) -> anyhow::Result<App> {
    let url = |name: &str| -> anyhow::Result<String> {
        let url =
            std::env::var(name).with_context(|| format!("{name} is not set: run make bench-import or bench-papers"))?;
        Ok(url.replacen(&format!("/{TEST_DATABASE}"), &format!("/{database}"), 1))
    };
    let admin_url = std::env::var(TEST_ADMIN_URL).context("run make bench-import or bench-papers")?;
    let mut admin = PgConnection::connect(&admin_url).await?;
    let gone = format!("drop database if exists {database} with (force)");
    sqlx::raw_sql(AssertSqlSafe(gone)).execute(&mut admin).await?;
    admin.close().await?;
    set_up_cluster(&admin_url, database).await?;
    commands::migrate(&url(TEST_MIGRATE_URL)?).await?;
    let scratch = folder.join("scratch");
    std::fs::create_dir_all(&scratch)?;
    let app = App {
        db: Database::connect(&url(TEST_APP_URL)?, 4).await?,
        clock: Clock::by_hand(now),
        files: FileStore::local(&folder.join("files"))?,
        rulesets: Rulesets::default(),
        passwords: Passwords::for_tests(),
        bell: Bell::default(),
        press: Press::default(),
        settings: Arc::new(Settings {
            idle: Duration::minutes(15),
            demo: false,
            proxies: vec![],
            scratch,
            public_url: "http://localhost:8390".to_owned(),
        }),
    };
    demo::load(&url(TEST_MIGRATE_URL)?, &app, now, year).await?;
    let mut owner = PgConnection::connect(&url(TEST_MIGRATE_URL)?).await?;
    first::open_session_of(&mut owner, OFFICER, &session::hash(KEY), now).await?.context("an officer")?;
    owner.close().await?;
    Ok(app)
}

/// The most memory that the process has held, in MB.
pub fn peak_memory() -> anyhow::Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("VmHWM")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<u64>()? / 1024)
}
