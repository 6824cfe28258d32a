//! The private PostgreSQL, with the real binaries of this machine: without them every test here fails and says what to type.

use std::fs::{self, Permissions};
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use binhyen::platform::postgres::{Embedded, PostgresError, set_up_cluster};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use sqlx::{Connection, PgConnection, Row};
use tempfile::TempDir;

/// A folder that the account `postgres` can walk into when tests run as root.
fn room() -> Result<TempDir> {
    Ok(tempfile::Builder::new().prefix("binhyen-").permissions(Permissions::from_mode(0o755)).tempdir()?)
}

async fn ask(url: &str, question: &'static str) -> Result<String> {
    let mut connection = PgConnection::connect(url).await?;
    let answer = sqlx::query_scalar(question).fetch_one(&mut connection).await?;
    connection.close().await?;
    Ok(answer)
}

/// What the server answers to a statement that it should refuse.
async fn refusal(url: &str, statement: &'static str) -> Result<String> {
    let mut connection = PgConnection::connect(url).await?;
    match sqlx::query(statement).execute(&mut connection).await {
        Ok(_) => bail!("{statement} went through"),
        Err(sqlx::Error::Database(answer)) => Ok(answer.code().unwrap_or_default().into_owned()),
        Err(other) => Err(other.into()),
    }
}

fn is_running(pid: i32) -> bool {
    // A zombie has ended too, even where nobody collects it.
    let zombie = fs::read_to_string(format!("/proc/{pid}/stat"))
        .is_ok_and(|text| text.rsplit(") ").next().is_some_and(|t| t.starts_with('Z')));
    kill(Pid::from_raw(pid), None).is_ok() && !zombie
}

fn wait_until_gone(pid: i32) -> Result<()> {
    let patience = Instant::now() + Duration::from_secs(20);
    while is_running(pid) {
        ensure!(Instant::now() < patience, "process {pid} is still there");
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}

/// `binhyen with-postgres --dir <dir> -- sh -c <script>`.
fn with_postgres(dir: &Path, script: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_binhyen"));
    command.args(["with-postgres", "--dir"]).arg(dir);
    command.args(["--", "sh", "-c", script]).stdin(Stdio::null());
    command
}

/// Starts the command and returns it with the first line that its script prints.
fn start_and_hear(mut command: Command) -> Result<(Child, String)> {
    let mut program = command.stdout(Stdio::piped()).spawn()?;
    let out = program.stdout.take().context("no output")?;
    let mut line = String::new();
    BufReader::new(out).read_line(&mut line)?;
    ensure!(!line.is_empty(), "the script was not reached");
    Ok((program, line.trim().to_owned()))
}

fn server_pid(dir: &Path) -> Result<i32> {
    let text = fs::read_to_string(dir.join("data/postmaster.pid"))?;
    Ok(text.lines().next().context("empty pid file")?.parse()?)
}

#[tokio::test]
async fn starts_twice_on_the_same_data_in_a_folder_of_any_name() -> Result<()> {
    let room = room()?;
    let dir = room.path().join("Tổ 7, \"phường\" & 100%");
    let server = Embedded::start(Some(&dir)).await?;
    assert!(!server.was_running());
    let admin = server.admin_url();
    for (question, answer) in [
        ("select current_user::text", "postgres"),
        ("show listen_addresses", ""),
        ("show jit", "off"),
        ("show fsync", "on"),
        ("show random_page_cost", "1.1"),
        ("show shared_buffers", "64MB"),
        ("show server_encoding", "UTF8"),
        ("select lower('ĐƯỜNG')", "đường"),
        ("select datcollate::text from pg_database where datname = 'postgres'", "C.UTF-8"),
    ] {
        assert_eq!(ask(&admin, question).await?, answer, "{question}");
    }
    assert_eq!(fs::metadata(&dir)?.permissions().mode() & 0o777, 0o700);
    sqlx::query("create table kept as select 'còn đây' as word")
        .execute(&mut PgConnection::connect(&admin).await?)
        .await?;
    let first = server.pid();
    server.stop().await?;
    assert!(!is_running(first));
    assert!(!dir.join(".s.PGSQL.5432").exists());

    let server = Embedded::start(Some(&dir)).await?;
    assert_eq!(ask(&server.admin_url(), "select word from kept").await?, "còn đây");
    server.stop().await?;
    Ok(())
}

#[tokio::test]
async fn two_starts_at_once_make_one_server_and_the_last_to_leave_stops_it() -> Result<()> {
    let room = room()?;
    let dir = room.path().join("pg");
    let (one, two) = tokio::join!(Embedded::start(Some(&dir)), Embedded::start(Some(&dir)));
    let (one, two) = (one?, two?);
    assert_eq!(one.pid(), two.pid());
    assert_ne!(one.was_running(), two.was_running());
    let pid = one.pid();
    // The one that started it leaves first: the other must not notice.
    let (starter, guest) = if one.was_running() { (two, one) } else { (one, two) };
    starter.stop().await?;
    assert_eq!(ask(&guest.admin_url(), "select 'ở lại'").await?, "ở lại");
    guest.stop().await?;
    wait_until_gone(pid)
}

#[tokio::test]
async fn a_server_left_by_a_killed_program_is_taken_over_and_stopped() -> Result<()> {
    let room = room()?;
    let dir = room.path().join("pg");
    let (mut program, script) = start_and_hear(with_postgres(&dir, "echo $$; exec sleep 600"))?;
    let script: i32 = script.parse()?;
    let left = server_pid(&dir)?;
    program.kill()?; // SIGKILL: no time to say goodbye
    program.wait()?;
    assert!(is_running(left), "the server lives in a group of its own");

    let server = Embedded::start(Some(&dir)).await?;
    assert!(server.was_running());
    assert_eq!(server.pid(), left);
    assert_eq!(ask(&server.admin_url(), "select 'vẫn chạy'").await?, "vẫn chạy");
    server.stop().await?;
    let _ = kill(Pid::from_raw(script), Signal::SIGKILL);
    wait_until_gone(left)
}

#[tokio::test]
async fn a_server_that_was_itself_killed_is_started_again() -> Result<()> {
    let room = room()?;
    let dir = room.path().join("pg");
    let server = Embedded::start(Some(&dir)).await?;
    sqlx::query("create table kept as select 1")
        .execute(&mut PgConnection::connect(&server.admin_url()).await?)
        .await?;
    let first = server.pid();
    kill(Pid::from_raw(first), Signal::SIGKILL)?;
    wait_until_gone(first)?;
    drop(server);
    let server = Embedded::start(Some(&dir)).await?;
    assert!(!server.was_running());
    assert_eq!(ask(&server.admin_url(), "select count(*)::text from kept").await?, "1");
    server.stop().await?;
    Ok(())
}

#[tokio::test]
async fn a_server_dropped_on_the_way_out_ends_too() -> Result<()> {
    let room = room()?;
    let server = Embedded::start(Some(&room.path().join("pg"))).await?;
    let pid = server.pid();
    drop(server);
    wait_until_gone(pid)
}

#[tokio::test]
async fn each_role_can_do_its_own_work_and_no_more() -> Result<()> {
    let room = room()?;
    let server = Embedded::start(Some(&room.path().join("pg"))).await?;
    let admin = server.admin_url();
    // Several at once, as parallel tests do, and once more: nothing changes.
    let (one, two, three) = tokio::join!(
        set_up_cluster(&admin, "thu_mot"),
        set_up_cluster(&admin, "thu_hai"),
        set_up_cluster(&admin, "thu_mot"),
    );
    one.and(two).and(three)?;
    set_up_cluster(&admin, "thu_mot").await?;

    let migrate = server.url("binhyen_migrate", "thu_mot");
    assert_eq!(ask(&migrate, "select current_user::text").await?, "binhyen_owner");
    let mut migration = PgConnection::connect(&migrate).await?;
    sqlx::raw_sql(
        "create extension pg_trgm;
         create table paper (word text);
         insert into paper values ('một'), ('hai');
         alter table paper enable row level security;
         create policy one on paper using (word = 'một');
         grant select on paper to binhyen_app;",
    )
    .execute(&mut migration)
    .await?;
    migration.close().await?;

    let app = server.url("binhyen_app", "thu_mot");
    assert_eq!(ask(&app, "select string_agg(word, ',') from paper").await?, "một");
    assert_eq!(ask(&app, "show statement_timeout").await?, "15s");
    assert_eq!(ask(&app, "show lock_timeout").await?, "5s");
    assert_eq!(ask(&app, "show idle_in_transaction_session_timeout").await?, "30s");
    for statement in [
        "create table mine (word text)",
        "create temporary table mine (word text)",
        "create schema mine",
        "delete from paper",
        "alter table paper disable row level security",
        "set role binhyen_owner",
        "create role friend",
    ] {
        assert_eq!(refusal(&app, statement).await?, "42501", "{statement}");
    }

    let backup = server.url("binhyen_backup", "thu_mot");
    assert_eq!(ask(&backup, "select count(*)::text from paper").await?, "2");
    assert_eq!(refusal(&backup, "delete from paper").await?, "42501");

    let mut connection = PgConnection::connect(&admin).await?;
    let roles: Vec<String> = sqlx::query(
        "select rolname, rolcanlogin, rolsuper, rolbypassrls, rolcreatedb or rolcreaterole or rolreplication
         from pg_roles where rolname like 'binhyen%' order by rolname",
    )
    .fetch_all(&mut connection)
    .await?
    .iter()
    .map(|row| {
        let flag = |at: usize| if row.get::<bool, _>(at) { 't' } else { 'f' };
        format!("{} {}{}{}{}", row.get::<String, _>(0), flag(1), flag(2), flag(3), flag(4))
    })
    .collect();
    assert_eq!(roles, ["binhyen_app tfff", "binhyen_backup tftf", "binhyen_migrate tfff", "binhyen_owner ffff"]);
    sqlx::raw_sql("create role stranger login").execute(&mut connection).await?;
    connection.close().await?;
    let stranger = PgConnection::connect(&server.url("stranger", "thu_mot")).await;
    assert!(
        matches!(&stranger, Err(sqlx::Error::Database(answer)) if answer.code().as_deref() == Some("42501")),
        "the database is closed to others: {stranger:?}"
    );
    server.stop().await?;
    Ok(())
}

#[test]
fn the_command_gets_three_addresses_and_its_exit_code_comes_back() -> Result<()> {
    let room = room()?;
    let dir = room.path().join("pg");
    let script =
        "printf '%s\\n' \"$BINHYEN_TEST_ADMIN_URL\" \"$BINHYEN_TEST_APP_URL\" \"$BINHYEN_TEST_MIGRATE_URL\"; exit 7";
    let output = with_postgres(&dir, script).output()?;
    assert_eq!(output.status.code(), Some(7), "{output:?}");
    let lines = String::from_utf8(output.stdout)?;
    let starts: Vec<&str> = lines.lines().filter_map(|line| line.split('?').next()).collect();
    assert_eq!(
        starts,
        [
            "postgres://postgres@localhost:5432/postgres",
            "postgres://binhyen_app@localhost:5432/binhyen_test",
            "postgres://binhyen_migrate@localhost:5432/binhyen_test",
        ]
    );
    assert!(!dir.join("data/postmaster.pid").exists(), "the server was stopped");

    let killed = with_postgres(&dir, "kill -TERM $$").output()?;
    assert_eq!(killed.status.code(), Some(128 + 15));
    let missing = Command::new(env!("CARGO_BIN_EXE_binhyen"))
        .args(["with-postgres", "--dir"])
        .arg(&dir)
        .args(["--", "/no/such/program"])
        .output()?;
    assert!(!missing.status.success());
    assert!(String::from_utf8_lossy(&missing.stderr).contains("/no/such/program"));
    assert!(!dir.join("data/postmaster.pid").exists());
    Ok(())
}

#[test]
fn ctrl_c_reaches_the_command_which_may_finish_its_work() -> Result<()> {
    let room = room()?;
    let dir = room.path().join("pg");
    let script = "trap 'exit 3' INT; echo ready; while :; do sleep 0.1; done";
    let (mut program, line) = start_and_hear(with_postgres(&dir, script))?;
    assert_eq!(line, "ready");
    let server = server_pid(&dir)?;
    kill(Pid::from_raw(program.id().cast_signed()), Signal::SIGINT)?;
    assert_eq!(program.wait()?.code(), Some(3));
    wait_until_gone(server)
}

#[tokio::test]
async fn what_cannot_be_is_said_with_what_to_type() -> Result<()> {
    let room = room()?;
    let long = room.path().join("x".repeat(110));
    let error = Embedded::start(Some(&long)).await.err().context("too long")?;
    assert!(matches!(error, PostgresError::PathTooLong { .. }), "{error}");

    let dir = room.path().join("pg");
    fs::create_dir(&dir)?;
    fs::create_dir(dir.join("data"))?;
    fs::write(dir.join("data/PG_VERSION"), "9\n")?;
    if nix::unistd::geteuid().is_root() {
        let error = Embedded::start(Some(&dir)).await.err().context("foreign")?;
        assert!(matches!(error, PostgresError::ForeignOwner { .. }), "{error}");
        let closed = room.path().join("closed");
        fs::create_dir(&closed)?;
        fs::set_permissions(&closed, Permissions::from_mode(0o700))?;
        let error = Embedded::start(Some(&closed.join("pg"))).await.err().context("closed")?;
        assert!(matches!(error, PostgresError::Unreachable { .. }), "{error}");
        let account = nix::unistd::User::from_name("postgres")?.context("no account postgres")?;
        std::os::unix::fs::chown(&dir, Some(account.uid.as_raw()), Some(account.gid.as_raw()))?;
    }
    let error = Embedded::start(Some(&dir)).await.err().context("old data")?;
    assert!(matches!(error, PostgresError::OtherVersion { wanted: 9, .. }), "{error}");
    assert!(error.to_string().contains("postgresql-9"), "{error}");
    Ok(())
}

#[tokio::test]
async fn the_container_script_makes_the_same_roles_and_takes_passwords_from_files() -> Result<()> {
    let room = room()?;
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let secrets = room.path().join("secrets");
    let make = || -> Result<String> {
        let output = Command::new(top.join("docker/make-secrets.sh")).arg(&secrets).output()?;
        ensure!(output.status.success(), "{output:?}");
        Ok(fs::read_to_string(secrets.join("app_password"))?)
    };
    let password = make()?;
    assert_eq!(password.len(), 64);
    assert_eq!(make()?, password, "made once, then kept");
    let address = fs::read_to_string(secrets.join("database_url"))?;
    assert!(address.contains(&password), "{address}");

    let dir = room.path().join("pg");
    let server = Embedded::start(Some(&dir)).await?;
    let admin = server.admin_url();
    sqlx::raw_sql("create database binhyen").execute(&mut PgConnection::connect(&admin).await?).await?;
    // Sourced, as the image does with a script that is not executable, by a shell with settings of its own.
    let script = |secrets: &Path| {
        Command::new("bash")
            .args(["-c", "set -Eeo pipefail; . \"$0\"; echo after"])
            .arg(top.join("docker/initdb.sh"))
            .env("POSTGRES_USER", "postgres")
            .env("POSTGRES_DB", "binhyen")
            .env("PGHOST", &dir)
            .env("BINHYEN_SECRETS", secrets)
            .env("BINHYEN_CLUSTER_SQL", top.join("src/platform/cluster.sql"))
            .output()
    };
    let without = script(room.path())?;
    assert!(!without.status.success());
    assert!(String::from_utf8_lossy(&without.stderr).contains("app_password"));
    let output = script(&secrets)?;
    ensure!(output.status.success(), "{output:?}");
    assert_eq!(String::from_utf8(output.stdout)?, "after\n");
    assert_eq!(
        ask(
            &admin,
            "select string_agg(rolname || ' ' || coalesce(left(rolpassword, 5), '-'), ', ' order by rolname)
             from pg_authid where rolname like 'binhyen%'",
        )
        .await?,
        "binhyen_app SCRAM, binhyen_backup SCRAM, binhyen_migrate SCRAM, binhyen_owner -"
    );
    let log = fs::read_to_string(dir.join("postgres.log"))?;
    assert!(!log.contains(&password));
    server.stop().await?;
    Ok(())
}
