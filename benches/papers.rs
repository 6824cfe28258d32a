//! `make bench-papers`: papers as they are set, and the ward's package made by the worker on a real PostgreSQL, in a release build.
//!
//! Prints one line, `paper_ms=… certificates24_s=… sheets300_s=… list3000_s=… rss_mb=… package_s=…`, and fails above 150 ms, three times
//! five seconds, 300 MB and ten seconds. The long list comes first, so that the memory told is its own.

mod stage;

use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, ensure};
use binhyen::bundle;
use binhyen::commands::worker;
use binhyen::demo;
use binhyen::paper::model::{Capacity, Facts, Kind, Letterhead, Text, Wording};
use binhyen::paper::print::{HouseholdRow, Printing, Stage, set};
use binhyen::platform::clock::moment_of;
use binhyen::web::session;
use binhyen::wording::model::sample;
use chrono::{DateTime, NaiveDate, Utc};
use typeset::paper::Signature;
use typeset::{Certificate, Day, Paper};

const ROUNDS: usize = 9;
const MOST_MILLISECONDS: f64 = 150.0;
const MOST_SECONDS: f64 = 5.0;
const MOST_MEGABYTES: u64 = 300;
const MOST_PACKAGE_SECONDS: f64 = 10.0;

fn main() -> anyhow::Result<ExitCode> {
    let now = moment(2024, 11, 14)?;
    let list = seconds(|| Ok(typeset::papers(&[households(3_000, now)?])?))?;
    let memory = stage::peak_memory()?;
    let letter = report(now)?;
    let mut rounds = vec![];
    for _ in 0..ROUNDS {
        rounds.push(seconds(|| Ok(typeset::papers(std::slice::from_ref(&letter))?))? * 1_000.0);
    }
    rounds.sort_by(f64::total_cmp);
    let paper = rounds[ROUNDS / 2];
    let certificates: Vec<Certificate> = (1..=24).map(certificate).collect();
    let certificates = seconds(|| Ok(typeset::certificates(&certificates)?))?;
    let sheets = seconds(|| Ok(typeset::pledge_sheets(&stage::sheets())?))?;
    let package = tokio::runtime::Runtime::new()?.block_on(package(now))?;
    println!(
        "paper_ms={paper:.0} certificates24_s={certificates:.2} sheets300_s={sheets:.2} list3000_s={list:.2} rss_mb={memory} package_s={package:.2}"
    );
    let fits = paper <= MOST_MILLISECONDS
        && [certificates, sheets, list].iter().all(|it| *it <= MOST_SECONDS)
        && memory <= MOST_MEGABYTES
        && package <= MOST_PACKAGE_SECONDS;
    Ok(if fits { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn moment(year: i32, month: u32, day: u32) -> anyhow::Result<DateTime<Utc>> {
    let day = NaiveDate::from_ymd_opt(year, month, day).and_then(|day| day.and_hms_opt(15, 20, 0));
    Ok(moment_of(day.context("a day")?))
}

/// Seconds until the PDF is there.
fn seconds(make: impl FnOnce() -> anyhow::Result<Vec<u8>>) -> anyhow::Result<f64> {
    let start = Instant::now();
    let pdf = make()?;
    let passed = start.elapsed().as_secs_f64();
    ensure!(pdf.starts_with(b"%PDF"), "no PDF");
    Ok(passed)
}

/// The paper of that kind as the program drafts it, issued.
fn issued(kind: Kind, facts: &Facts, rows: &[HouseholdRow], now: DateTime<Utc>) -> anyhow::Result<Paper> {
    let text: Text = Wording::built_in(kind).draft(facts).map_err(|faults| anyhow::anyhow!("{faults:?}"))?;
    let head = Letterhead {
        parent: Some("ỦY BAN NHÂN DÂN PHƯỜNG PHƯỚC LONG".to_owned()),
        name: "TỔ DÂN PHỐ 7".to_owned(),
        symbol: "TDP7".to_owned(),
        place: "Phước Long".to_owned(),
    };
    let on = NaiveDate::from_ymd_opt(2024, 11, 14).context("a day")?;
    let stage =
        Stage::Issued {
            number: Some("05/BC-TDP7"), on, signer: "Trần Văn Lựu", capacity: Capacity::Own, title: ""
        };
    let printing = Printing { kind, text: &text, facts, facts_at: now, households: rows, head: &head, now };
    Ok(set(&printing, stage))
}

/// A report of a group: two pages.
fn report(now: DateTime<Utc>) -> anyhow::Result<Paper> {
    issued(Kind::GroupReport, &sample::full(Kind::GroupReport), &[], now)
}

/// The list of so many households.
fn households(count: usize, now: DateTime<Utc>) -> anyhow::Result<Paper> {
    let row = |n: usize| HouseholdRow {
        head: format!("Nguyễn Thị Ngọc Ánh {n}"),
        address: format!("{n}/2 hẻm 24 Dã Tượng"),
        members: "4".to_owned(),
        registered: "12/3/2024".to_owned(),
        pledged: if n.is_multiple_of(7) { String::new() } else { "15/3/2024".to_owned() },
    };
    let rows: Vec<HouseholdRow> = (1..=count).map(row).collect();
    issued(Kind::GroupHouseholds, &sample::full(Kind::GroupHouseholds), &rows, now)
}

fn certificate(number: u32) -> Certificate {
    Certificate {
        body: "CHỦ TỊCH ỦY BAN NHÂN DÂN THÀNH PHỐ NHA TRANG".to_owned(),
        title: "GIẤY CÔNG NHẬN".to_owned(),
        unit: format!("Tổ dân phố {number}"),
        unit_place: "phường Phước Long, thành phố Nha Trang".to_owned(),
        achievement: "Đạt tiêu chuẩn “An toàn về an ninh, trật tự” năm 2024".to_owned(),
        basis: "Theo Quyết định số 6120/QĐ-UBND ngày 18 tháng 12 năm 2024".to_owned(),
        number: format!("Số: {number:02}/GCN-UBND"),
        place: "Nha Trang".to_owned(),
        day: Day { year: 2024, month: 12, day: 18 },
        signature: Signature {
            capacity: vec!["CHỦ TỊCH".to_owned()],
            hint: String::new(),
            name: "Lê Thị Ngọc Diệp".to_owned(),
        },
        qr: format!("https://binhyen.example/xac-minh/0000000000000000000000{number:04}"),
        code: format!("0000 0000 0000 0000 0000 00 {number:04}"),
        check: "binhyen.example/xac-minh".to_owned(),
    }
}

/// Seconds from the press to the whole package of the sample year in the store.
async fn package(now: DateTime<Utc>) -> anyhow::Result<f64> {
    let folder = tempfile::tempdir()?;
    let app = stage::program("bench_papers", folder.path(), now, demo::Year { blank: false, desk_rests: None }).await?;
    let (mut db, entrance) = app.db.enter_session(&session::hash(stage::KEY), now, app.settings.idle).await?;
    let person = session::person(&entrance).context("a person")?;
    let actor = session::actor(&person, entrance).context("a seat")?;
    let ward = actor.ward().context("a ward")?;
    let year = bundle::store::year(&mut db, ward, 2024).await?;
    let order = bundle::actions::order(bundle::model::Kind::Package, &year, bundle::model::Wish::default());
    let start = Instant::now();
    let leads_to = app.settings.public_url.clone();
    let id = bundle::actions::ask(db, (&app.bell, &leads_to), &actor, (order, year.sent), now).await?;
    worker::work_off(&app).await?;
    let passed = start.elapsed().as_secs_f64();
    let (mut db, _) = app.db.enter_session(&session::hash(stage::KEY), now, app.settings.idle).await?;
    let made = bundle::store::load(&mut db, id, now).await?;
    let product = made.product.context("the package is not made")?;
    ensure!(product.files > 100, "{} files are no package of 24 groups", product.files);
    drop(db);
    app.db.close().await;
    Ok(passed)
}
