//! `make bench-import`: a list of 10,000 households read and written, and 300 pledge sheets, on a real PostgreSQL in a release build.
//!
//! Prints one line, `rows=10000 preview_s=… commit_s=… sheets300_s=… rss_mb=…`, and fails above five seconds each.

mod stage;

use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, ensure};
use binhyen::access::Actor;
use binhyen::app::App;
use binhyen::commands::worker;
use binhyen::demo;
use binhyen::import::actions::{self, Sent};
use binhyen::import::model::State;
use binhyen::import::store;
use binhyen::platform::clock::{civil, moment_of};
use binhyen::platform::db::Scoped;
use binhyen::platform::files::ContentHash;
use binhyen::web::session;
use chrono::NaiveDate;
use rust_xlsxwriter::Workbook;
use typeset::pledge_sheets;

const ROWS: u32 = 10_000;
const MOST_SECONDS: f64 = 5.0;

fn main() -> anyhow::Result<ExitCode> {
    tokio::runtime::Runtime::new()?.block_on(run())
}

async fn run() -> anyhow::Result<ExitCode> {
    let folder = tempfile::tempdir()?;
    let opened = NaiveDate::from_ymd_opt(2024, 3, 20).and_then(|day| day.and_hms_opt(8, 0, 0)).context("a day")?;
    let year = demo::Year { blank: true, desk_rests: None };
    let app = stage::program("bench_import", folder.path(), moment_of(opened), year).await?;
    let (preview, commit) = bring(&app, list()?).await?;
    app.db.close().await;
    let start = Instant::now();
    let papers = pledge_sheets(&stage::sheets())?;
    let sheets = start.elapsed().as_secs_f64();
    ensure!(papers.starts_with(b"%PDF"), "the sheets are no PDF");
    println!(
        "rows={ROWS} preview_s={preview:.2} commit_s={commit:.2} sheets300_s={sheets:.2} rss_mb={}",
        stage::peak_memory()?
    );
    let fits = [preview, commit, sheets].iter().all(|seconds| *seconds <= MOST_SECONDS);
    Ok(if fits { ExitCode::SUCCESS } else { ExitCode::FAILURE })
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
    let (db, entrance) = app.db.enter_session(&session::hash(stage::KEY), app.clock.now(), app.settings.idle).await?;
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
