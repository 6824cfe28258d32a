//! What the program does when it is called: one function per subcommand.

pub mod import;
mod serve;
mod tally;
mod work;
pub mod worker;

use std::process::ExitCode;

use anyhow::Context;
use sqlx::{Connection, PgConnection};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer};

use crate::config::{Cli, Command, FirstSteward, ImportCommand, RulesetCommand};
use crate::platform::clock::Clock;
use crate::platform::db;
use crate::web::flights::FlightCounter;
use crate::{access, account, demo, platform, ruleset};

pub use serve::{file_store, run as run_server, settings};

/// Sets the log up: what the filter lets through goes to standard error; the counter sees every statement.
pub fn start_log(filter: &str, json: bool) {
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_target(false);
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let lines =
        if json { lines.json().with_filter(filter).boxed() } else { lines.compact().with_filter(filter).boxed() };
    let counter =
        FlightCounter.with_filter(tracing_subscriber::filter::filter_fn(|meta| meta.target() == "sqlx::query"));
    // A second call (tests) keeps the first set-up.
    let _ = tracing_subscriber::registry().with(lines).with(counter).try_init();
}

/// Runs one command.
///
/// # Errors
/// What went wrong, for the person who typed the command.
pub async fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    start_log(&cli.log, cli.log_json);
    match cli.command {
        Command::Demo(settings) => demo::run(settings).await?,
        Command::Serve(settings) => serve::production(settings).await?,
        Command::Work(settings) => work::run(settings).await?,
        Command::Tally(settings) => return tally::run(&settings.database.get()?, settings.mend).await,
        Command::Migrate(settings) => migrate(&settings.database.get()?).await?,
        Command::FirstSteward(settings) => first_steward(settings).await?,
        Command::Ruleset(RulesetCommand::Check { file }) => {
            let ruleset = read_ruleset(&file)?;
            println!("{} phiên bản {}: không có lỗi.", ruleset.code, ruleset.version);
        }
        Command::Ruleset(RulesetCommand::Publish { file, database }) => {
            publish(&database.get()?, &[read_ruleset(&file)?]).await?;
        }
        Command::Import(ImportCommand::Households(settings)) => return import::households(settings).await,
        Command::Permissions => print!("{}", access::matrix::markdown()),
        Command::Healthcheck { listen } => return Ok(serve::healthcheck(listen).await),
        Command::WithPostgres { dir, command } => {
            return platform::postgres::with_postgres(dir.as_deref(), command).await;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn read_ruleset(file: &std::path::Path) -> anyhow::Result<ruleset::Ruleset> {
    let text = std::fs::read_to_string(file).with_context(|| format!("không đọc được {}", file.display()))?;
    Ok(ruleset::parse(&file.display().to_string(), &text)?)
}

/// Lays the schema and publishes the rulesets that come with the program.
///
/// # Errors
/// When the database cannot be reached, or a migration or a ruleset fails.
pub async fn migrate(url: &str) -> anyhow::Result<()> {
    db::migrate(url).await?;
    publish(url, &ruleset::shipped()?).await
}

async fn publish(url: &str, rulesets: &[ruleset::Ruleset]) -> anyhow::Result<()> {
    let mut conn = PgConnection::connect(url).await?;
    let now = Clock::real().now();
    for ruleset in rulesets {
        if ruleset::store::publish(&mut conn, ruleset, now).await? {
            tracing::info!(code = ruleset.code, version = ruleset.version, "ruleset published");
        }
    }
    conn.close().await?;
    Ok(())
}

async fn first_steward(settings: FirstSteward) -> anyhow::Result<()> {
    let url = settings.database.get()?;
    let now = Clock::real().now();
    let link = account::first_steward(&url, &settings, now).await?;
    println!(
        "Liên kết đặt mật khẩu, dùng một lần, hết hạn sau 24 giờ:\n{}{link}",
        settings.public_url.trim_end_matches('/')
    );
    Ok(())
}
