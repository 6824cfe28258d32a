//! `make bench-import`: a list of 10,000 households read and written, and 300 pledge sheets, on a real PostgreSQL in a release build.
//!
//! Prints one line, `rows=10000 preview_s=… commit_s=… sheets300_s=… rss_mb=…`, and fails above five seconds each.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, ensure};
use binhyen::access::Actor;
use binhyen::account::passwords::Passwords;
use binhyen::account::store::first;
use binhyen::app::{App, Settings};
use binhyen::commands::{self, worker};
use binhyen::demo;
use binhyen::import::actions::{self, Sent};
use binhyen::import::model::State;
use binhyen::import::store;
use binhyen::platform::clock::{Clock, civil, moment_of};
use binhyen::platform::db::{Database, Scoped};
use binhyen::platform::files::{ContentHash, FileStore};
use binhyen::platform::jobs::Bell;
use binhyen::platform::postgres::{TEST_ADMIN_URL, TEST_APP_URL, TEST_DATABASE, TEST_MIGRATE_URL, set_up_cluster};
use binhyen::platform::press::Press;
use binhyen::ruleset::cache::Rulesets;
use binhyen::web::session;
use chrono::{Duration, NaiveDate};
use rust_xlsxwriter::Workbook;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use typeset::{Day, Household, PledgeSheets, Style, pledge_sheets};

const ROWS: u32 = 10_000;
const MOST_SECONDS: f64 = 5.0;
const DATABASE: &str = "bench_import";
/// The ward officer of the reference ward (src/demo/people.rs).
const OFFICER: &str = "0900000300";
const KEY: &str = "bench";

fn main() -> anyhow::Result<ExitCode> {
    tokio::runtime::Runtime::new()?.block_on(run())
}

async fn run() -> anyhow::Result<ExitCode> {
    let folder = tempfile::tempdir()?;
    let app = program(folder.path()).await?;
    let (preview, commit) = bring(&app, list()?).await?;
    app.db.close().await;
    let start = Instant::now();
    let papers = pledge_sheets(&sheets())?;
    let sheets = start.elapsed().as_secs_f64();
    ensure!(papers.starts_with(b"%PDF"), "the sheets are no PDF");
    println!(
        "rows={ROWS} preview_s={preview:.2} commit_s={commit:.2} sheets300_s={sheets:.2} rss_mb={}",
        peak_memory()?
    );
    let fits = [preview, commit, sheets].iter().all(|seconds| *seconds <= MOST_SECONDS);
    Ok(if fits { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The program on a database of its own: the sample ward with an untouched year.
async fn program(folder: &std::path::Path) -> anyhow::Result<App> {
    let url = |name: &str| -> anyhow::Result<String> {
        let url = std::env::var(name).with_context(|| format!("{name} is not set: run make bench-import"))?;
        Ok(url.replacen(&format!("/{TEST_DATABASE}"), &format!("/{DATABASE}"), 1))
    };
    let admin_url = std::env::var(TEST_ADMIN_URL).context("run make bench-import")?;
    let mut admin = PgConnection::connect(&admin_url).await?;
    let gone = format!("drop database if exists {DATABASE} with (force)");
    sqlx::raw_sql(AssertSqlSafe(gone)).execute(&mut admin).await?;
    admin.close().await?;
    set_up_cluster(&admin_url, DATABASE).await?;
    commands::migrate(&url(TEST_MIGRATE_URL)?).await?;
    let opened = NaiveDate::from_ymd_opt(2024, 3, 20).and_then(|day| day.and_hms_opt(8, 0, 0)).context("a day")?;
    let now = moment_of(opened);
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
    demo::load(&url(TEST_MIGRATE_URL)?, &app, now, demo::Year { blank: true, desk_rests: None }).await?;
    let mut owner = PgConnection::connect(&url(TEST_MIGRATE_URL)?).await?;
    first::open_session_of(&mut owner, OFFICER, &session::hash(KEY), now).await?.context("an officer")?;
    owner.close().await?;
    Ok(app)
}

/// A list of the whole ward as people send it: telephone numbers without their 0, groups as numbers.
fn list() -> anyhow::Result<Vec<u8>> {
    const FAMILY: [&str; 8] = ["Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi"];
    const GIVEN: [&str; 10] = ["Lựu", "Hồng", "Sơn", "Quế", "Ánh", "Thảo", "Đức", "Hạnh", "Nhạn", "Cúc"];
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "DANH SÁCH HỘ GIA ĐÌNH PHƯỜNG PHƯỚC LONG")?;
    let heads =
        ["STT", "Họ và tên chủ hộ", "Số nhà", "Đường", "Số nhân khẩu", "Số điện thoại", "Tổ", "Ngày ký cam kết"];
    for (column, head) in (0..).zip(heads) {
        sheet.write(2, column, head)?;
    }
    for n in 0..ROWS {
        let row = n + 3;
        let name = format!("{} Văn {}", FAMILY[n as usize % 8], GIVEN[n as usize / 8 % 10]);
        sheet.write(row, 0, n + 1)?;
        sheet.write(row, 1, name)?;
        sheet.write(row, 2, format!("{}/{}", n / 24 + 1, n % 7 + 1))?;
        sheet.write(row, 3, if n % 2 == 0 { "Trường Sơn" } else { "Dã Tượng" })?;
        sheet.write(row, 4, n % 8 + 1)?;
        sheet.write(row, 5, 900_100_000 + n)?;
        sheet.write(row, 6, n % 24 + 1)?;
        if n % 3 == 0 {
            sheet.write(row, 7, "12/3/2024")?;
        }
    }
    Ok(book.save_to_buffer()?)
}

async fn enter(app: &App) -> anyhow::Result<(Scoped, Actor)> {
    let (db, entrance) = app.db.enter_session(&session::hash(KEY), app.clock.now(), app.settings.idle).await?;
    let person = session::person(&entrance).context("a person")?;
    Ok((db, session::actor(&person, entrance).context("a seat")?))
}

/// Seconds until the list can be looked at, and seconds until it stands in the register.
async fn bring(app: &App, content: Vec<u8>) -> anyhow::Result<(f64, f64)> {
    let now = app.clock.now();
    let sha256 = ContentHash::of(&content).to_string();
    let sent = Sent { group: None, since: civil(now), name: "ca phuong.xlsx".to_owned(), sha256, content };
    let (db, actor) = enter(app).await?;
    let start = Instant::now();
    let id = actions::receive(db, &app.bell, &actor, &sent, now).await?;
    worker::work_off(app).await?;
    let preview = start.elapsed().as_secs_f64();
    let (mut db, actor) = enter(app).await?;
    let batch = store::load(&mut db, id).await?;
    ensure!(
        batch.state == State::Ready && batch.stops == 0,
        "{:?}: {} stops, {:?}",
        batch.state,
        batch.stops,
        batch.fault
    );
    let start = Instant::now();
    actions::start_writing(db, &app.bell, &actor, (id, batch.revision), now).await?;
    worker::work_off(app).await?;
    let commit = start.elapsed().as_secs_f64();
    let (mut db, _) = enter(app).await?;
    let made = store::load(&mut db, id).await?.made;
    ensure!(made == i32::try_from(ROWS)?, "{made} households were written");
    Ok((preview, commit))
}

/// 300 sheets, one for each household.
fn sheets() -> PledgeSheets {
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

/// The most memory that the process has held, in MB.
fn peak_memory() -> anyhow::Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("VmHWM")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<u64>()? / 1024)
}
