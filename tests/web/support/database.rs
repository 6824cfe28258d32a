//! One migrated database with the sample units and accounts and an untouched year 2024; each test works on a copy of it.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, LazyLock, Mutex};

use binhyen::account::passwords::Passwords;
use binhyen::app::{App, Settings};
use binhyen::platform::clock::Clock;
use binhyen::platform::db::Database;
use binhyen::platform::files::FileStore;
use binhyen::platform::jobs::Bell;
use binhyen::platform::postgres::{TEST_ADMIN_URL, TEST_APP_URL, TEST_DATABASE, TEST_MIGRATE_URL, set_up_cluster};
use binhyen::platform::press::Press;
use binhyen::ruleset::cache::Rulesets;
use binhyen::{commands, demo};
use chrono::Duration;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tokio::sync::OnceCell;

use super::world::day;

/// The day that the sample year is made on: the wards have opened it, nobody has written anything.
pub const MADE_ON: &str = "2024-03-20T08:00";

static TEMPLATE: OnceCell<String> = OnceCell::const_new();
static NEXT: AtomicU32 = AtomicU32::new(1);

/// The addresses of one database.
#[derive(Debug, Clone)]
pub struct Urls {
    pub name: String,
    pub app: String,
    pub migrate: String,
}

fn from_environment(variable: &str) -> String {
    std::env::var(variable).unwrap_or_else(|_| panic!("{variable} is not set: run make test"))
}

pub fn admin_url() -> String {
    from_environment(TEST_ADMIN_URL)
}

/// The address of another database on the same server.
pub fn beside(url: &str, database: &str) -> String {
    let known = format!("/{TEST_DATABASE}");
    assert!(url.contains(&known), "{url} names another database than {TEST_DATABASE}");
    // A test that loses the machine's power may lose its rows: it need not wait for the disk.
    let url = url.replacen(&known, &format!("/{database}"), 1);
    let joint = if url.contains('?') { '&' } else { '?' };
    format!("{url}{joint}options=-c%20synchronous_commit%3Doff")
}

impl Urls {
    pub fn of(name: &str) -> Self {
        let of_role = |variable| beside(&from_environment(variable), name);
        Self { name: name.to_owned(), app: of_role(TEST_APP_URL), migrate: of_role(TEST_MIGRATE_URL) }
    }
}

/// Runs one statement as the superuser. Names come from this file alone.
pub async fn as_admin(statement: String) {
    let mut admin = PgConnection::connect(&admin_url()).await.expect("the superuser's connection");
    sqlx::raw_sql(AssertSqlSafe(statement.clone()))
        .execute(&mut admin)
        .await
        .unwrap_or_else(|error| panic!("{statement}: {error}"));
    admin.close().await.expect("closing");
}

/// A program on that database, with its own clock and folder.
pub async fn program(urls: &Urls, clock: Clock, folder: &std::path::Path) -> App {
    let scratch = folder.join("scratch");
    std::fs::create_dir_all(&scratch).expect("a folder");
    App {
        db: Database::connect(&urls.app, 4).await.expect("the program's connection"),
        clock,
        files: FileStore::local(&folder.join("files")).expect("a file store"),
        rulesets: Rulesets::default(),
        passwords: Passwords::for_tests(),
        bell: Bell::default(),
        press: Press::default(),
        settings: Arc::new(Settings {
            idle: Duration::minutes(15),
            demo: false,
            public_url: "https://binhyen.example".to_owned(),
            proxies: vec![],
            scratch,
        }),
    }
}

/// An empty database with its roles, under a name of this process.
pub async fn empty(purpose: &str) -> Urls {
    let name = format!("web_{purpose}_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    as_admin(format!("drop database if exists {name} with (force)")).await;
    set_up_cluster(&admin_url(), &name).await.expect("roles and database");
    Urls::of(&name)
}

async fn make_template() -> String {
    commands::start_log("error", false);
    sweep().await;
    let urls = empty("template").await;
    commands::migrate(&urls.migrate).await.expect("migrations");
    let folder = tempfile::tempdir().expect("a folder");
    let made_on = day(MADE_ON);
    let app = program(&urls, Clock::by_hand(made_on), folder.path()).await;
    demo::load(&urls.migrate, &app, made_on, demo::Year { blank: true, desk_rests: None })
        .await
        .expect("the sample year");
    app.db.close().await;
    urls.name
}

/// Databases of processes that are gone.
async fn sweep() {
    let mut admin = PgConnection::connect(&admin_url()).await.expect("the superuser's connection");
    let names: Vec<String> = sqlx::query_scalar("select datname::text from pg_database where datname like 'web\\_%'")
        .fetch_all(&mut admin)
        .await
        .expect("a list");
    admin.close().await.expect("closing");
    for name in names {
        let process = name.split('_').nth(2).unwrap_or_default();
        if process.is_empty() || !std::path::Path::new("/proc").join(process).exists() {
            throw_away(name);
        }
    }
}

/// A copy of the sample year.
pub async fn copy() -> Urls {
    copy_of(TEMPLATE.get_or_init(make_template).await).await
}

/// A copy of a database that nobody is connected to.
pub async fn copy_of(template: &str) -> Urls {
    let name = format!("web_copy_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    as_admin(format!("create database {name} template {template} owner binhyen_owner")).await;
    as_admin(format!(
        "revoke all on database {name} from public; grant connect on database {name} to binhyen_migrate, binhyen_app, binhyen_backup"
    ))
    .await;
    Urls::of(&name)
}

/// Databases to be dropped. A drop waits for a checkpoint, and no test should wait for that; what is left when the process ends
/// is swept by the next one.
static DROPS: LazyLock<Mutex<Sender<String>>> = LazyLock::new(|| {
    let (sender, names) = std::sync::mpsc::channel::<String>();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        for name in names {
            runtime.block_on(as_admin(format!("drop database if exists {name} with (force)")));
        }
    });
    Mutex::new(sender)
});

/// Throws a database away, sooner or later.
pub fn throw_away(name: String) {
    if let Ok(drops) = DROPS.lock() {
        // The thread that drops is gone only when the process is going.
        let _ = drops.send(name);
    }
}
