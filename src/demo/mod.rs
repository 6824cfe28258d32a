//! `binhyen demo`: a ward of Nha Trang to try the program on. A private PostgreSQL, invented people, and the year 2024 played up
//! to a chosen day.
//!
//! The demo's database carries a note that says which day, which schema and which story it was made for. The same again starts
//! in a moment; anything else is made anew.

mod households;
mod load;
mod notice;
mod papers;
pub mod people;
pub mod places;
mod police;
mod stage;
mod store;
mod story;

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

use anyhow::Context;
use chrono::{DateTime, NaiveDate, Utc};
use nix::unistd::geteuid;
use sha2::{Digest, Sha256};
use sqlx::{Connection, PgConnection};
use tokio::net::TcpListener;

use crate::account::passwords::Passwords;
use crate::app::App;
use crate::platform::clock::{Clock, civil_time};
use crate::platform::db::{Database, MIGRATIONS};
use crate::platform::files::ContentHash;
use crate::platform::jobs::Bell;
use crate::platform::postgres::{Embedded, default_folder, set_up_cluster};
use crate::platform::press::Press;
use crate::ruleset::cache::Rulesets;
use crate::{commands, config, ruleset};

pub use load::load;
pub use people::{PASSWORD, SampleAccount, one_per_role, sample_accounts};

/// How much of the year is played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Year {
    /// Nothing but its opening.
    pub blank: bool,
    /// From this day on the desk of the reference ward does nothing.
    pub desk_rests: Option<NaiveDate>,
}

/// The demo's database in the private server.
const DATABASE: &str = "binhyen_demo";
/// Counts changes of the story, the people or the places: a demo with an older one is made anew.
const STORY: u32 = 4;

/// Starts the demo and serves it until it is asked to end. PostgreSQL is stopped whatever happened.
///
/// # Errors
/// When an address is taken, PostgreSQL does not start, or the demo cannot be loaded.
pub async fn run(settings: config::Demo) -> anyhow::Result<()> {
    let address = settings.listen.listen;
    let free = TcpListener::bind(address).await;
    drop(free.with_context(|| {
        format!("Không mở được {address}. Nếu một bản chạy thử khác đang mở, dừng nó hoặc thêm --listen 127.0.0.1:8391")
    })?);
    let folder = folder(&settings)?;
    let server = tokio::select! {
        started = Embedded::start(Some(&folder)) => started?,
        _ = tokio::signal::ctrl_c() => return Ok(()),
    };
    let outcome = serve(&server, &settings).await;
    let stopped = server.stop().await;
    outcome?;
    Ok(stopped?)
}

async fn serve(server: &Embedded, settings: &config::Demo) -> anyhow::Result<()> {
    let app = tokio::select! {
        ready = prepare(server, settings) => ready?,
        _ = tokio::signal::ctrl_c() => return Ok(()),
    };
    print!("{}", notice::welcome(settings.listen.listen, app.clock.now()));
    commands::run_server(app, &settings.listen).await
}

/// The private server's folder. Root's server runs as another account, which may not be able to enter the data folder, so it lives
/// below /var/lib; its name follows the data folder, because the files of one demo belong to the database of the same.
fn folder(settings: &config::Demo) -> anyhow::Result<PathBuf> {
    if let Some(folder) = &settings.pg {
        return Ok(folder.clone());
    }
    let data = &settings.files.data;
    if !geteuid().is_root() {
        return Ok(data.join("pg-demo"));
    }
    let whole = std::path::absolute(data).with_context(|| format!("không đọc được {}", data.display()))?;
    let name = hex::encode(Sha256::digest(whole.as_os_str().as_encoded_bytes()));
    let base = default_folder();
    Ok(base.parent().unwrap_or(Path::new("/")).join(format!("demo-{}", &name[..8])))
}

/// Loads the demo unless this very demo is there, and puts the program together.
async fn prepare(server: &Embedded, settings: &config::Demo) -> anyhow::Result<App> {
    let as_of = DateTime::<Utc>::from(settings.as_of);
    let year = Year { blank: settings.blank, desk_rests: settings.desk_rests };
    let wanted = note(as_of, year)?;
    let mut admin = PgConnection::connect(&server.admin_url()).await?;
    let there = store::note_on(&mut admin, DATABASE).await?;
    let migrate_url = server.url("binhyen_migrate", DATABASE);
    let app_url = server.url("binhyen_app", DATABASE);
    let is_wanted = |found: &String| *found == wanted || (settings.keep && same_but_for_the_day(found, &wanted));
    if !settings.fresh && there.as_ref().is_some_and(is_wanted) {
        set_up_cluster(&server.admin_url(), DATABASE).await?;
        let app = assemble(&app_url, settings).await?;
        if has_its_files(&migrate_url, &app).await? {
            return Ok(app);
        }
        app.db.close().await;
    }
    make_room(&mut admin).await?;
    eprintln!("Đang lập dữ liệu thử cho {}…", civil_time(as_of).format("%H:%M ngày %-d/%-m/%Y"));
    set_up_cluster(&server.admin_url(), DATABASE).await?;
    commands::migrate(&migrate_url).await?;
    // A thousand small steps need not each wait for the disk: the note, written after them, does so for all.
    let hasty = assemble(&format!("{app_url}&options[synchronous_commit]=off"), settings).await?;
    let loaded = load(&migrate_url, &hasty, as_of, year).await;
    hasty.db.close().await;
    loaded?;
    // Only a demo that was loaded to its end gets the note.
    store::put_note_on(&mut admin, DATABASE, &wanted).await?;
    admin.close().await?;
    assemble(&app_url, settings).await
}

async fn assemble(url: &str, settings: &config::Demo) -> anyhow::Result<App> {
    Ok(App {
        db: Database::connect(url, settings.listen.connections).await?,
        clock: Clock::starting_at(settings.as_of),
        files: commands::file_store(&settings.files)?,
        rulesets: Rulesets::default(),
        passwords: Passwords::new(),
        bell: Bell::default(),
        press: Press::default(),
        settings: Arc::new(commands::settings(&settings.listen, &settings.files, true)?),
    })
}

/// Throws the old demo away, if nobody is looking at it.
async fn make_room(admin: &mut PgConnection) -> anyhow::Result<()> {
    if store::is_in_use(admin, DATABASE).await? {
        anyhow::bail!("Một bản chạy thử khác đang dùng dữ liệu này. Dừng nó trước, hoặc thêm --data và --listen khác.");
    }
    Ok(store::drop_database(admin, DATABASE).await?)
}

/// A database whose files were thrown away is no demo any more.
async fn has_its_files(migrate_url: &str, app: &App) -> anyhow::Result<bool> {
    let mut conn = PgConnection::connect(migrate_url).await?;
    let known = store::some_file(&mut conn).await?;
    conn.close().await?;
    match known {
        Some(hash) => Ok(app.files.exists(ContentHash::from_str(&hash)?).await?),
        None => Ok(true),
    }
}

/// What the demo's database says of itself: the day, how much of the year, and a digest of schema, rulesets and story.
fn note(as_of: DateTime<Utc>, year: Year) -> anyhow::Result<String> {
    let mut digest = Sha256::new();
    digest.update(STORY.to_be_bytes());
    for migration in MIGRATIONS.iter() {
        digest.update(migration.version.to_be_bytes());
        digest.update(&*migration.checksum);
    }
    for ruleset in ruleset::shipped()? {
        digest.update(ruleset.sha256());
    }
    let digest = hex::encode(digest.finalize());
    let year = match (year.blank, year.desk_rests) {
        (true, _) => "blank".to_owned(),
        (false, None) => "full".to_owned(),
        (false, Some(day)) => format!("full-until-{day}"),
    };
    Ok(format!("demo {} {year} {}", civil_time(as_of).format("%Y-%m-%dT%H:%M:%S"), &digest[..12]))
}

/// Whether two notes tell of the same schema and story, on whatever day.
fn same_but_for_the_day(one: &str, other: &str) -> bool {
    let without_day = |note: &str| {
        note.split(' ')
            .enumerate()
            .filter(|(place, _)| *place != 1)
            .map(|(_, word)| word.to_owned())
            .collect::<Vec<_>>()
    };
    without_day(one) == without_day(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FULL: Year = Year { blank: false, desk_rests: None };
    const BLANK: Year = Year { blank: true, desk_rests: None };

    #[test]
    fn the_note_tells_days_and_blank_years_apart() {
        let day = "2024-11-14T08:20:00Z".parse().unwrap();
        let full = note(day, FULL).unwrap();
        assert!(full.starts_with("demo 2024-11-14T15:20:00 full "), "{full}");
        assert_eq!(full, note(day, FULL).unwrap());
        assert_ne!(full, note(day, BLANK).unwrap());
        let later = note(day + chrono::TimeDelta::minutes(1), FULL).unwrap();
        assert_ne!(full, later);
        assert!(same_but_for_the_day(&full, &later));
        assert!(!same_but_for_the_day(&full, &note(day, BLANK).unwrap()));
    }
}
