//! Starting, sharing and stopping the private server.

use std::fs::{self, File};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Stdio};
use std::str::FromStr;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions, Connection};

use super::PostgresError;
use super::binaries::Programs;
use super::home::{Home, PORT, at, last_lines};

/// The superuser of the private server.
const SUPERUSER: &str = "postgres";
/// How long a server may take to answer: the replay of a long log after a power cut.
const START_PATIENCE: Duration = Duration::from_secs(120);
/// How long a process that is written down, but answers nothing, is given before it is taken for dead.
const SILENCE_PATIENCE: Duration = Duration::from_secs(3);
/// How long a fast shutdown may take: it writes a checkpoint.
const STOP_PATIENCE: Duration = Duration::from_secs(60);
/// Between two looks at something that takes milliseconds.
const BLINK: Duration = Duration::from_millis(10);
/// SQLSTATE `cannot_connect_now`: the server is starting, recovering or shutting down.
const NOT_NOW: &str = "57P03";

/// What this use asks of the server: few connections beside a program on the same machine, on a disk without moving parts, with short
/// queries that compiling would only delay. Data must survive a power cut, so `fsync` stays on whatever a file says.
const SETTINGS: [&str; 6] =
    ["listen_addresses=", "shared_buffers=64MB", "random_page_cost=1.1", "jit=off", "fsync=on", "timezone=UTC"];

/// A private server in use by this program. [`Embedded::stop`] ends it; dropping only asks it to end, without waiting.
#[derive(Debug)]
pub struct Embedded {
    home: Home,
    pid: i32,
    /// The process, when this program started it. Kept so that it can be waited for.
    child: Option<Child>,
    /// Says to other programs that the server is in use. `None` once this program has left.
    in_use: Option<File>,
}

impl Embedded {
    /// Starts the server of folder `dir` ([`super::default_folder`] when `None`), making the folder and its data the first time. A server that
    /// runs there already, left by a program that was killed or in use by another one, is taken as it is.
    ///
    /// Asynchronous, for a tokio runtime; only the first start blocks its thread, for the second or two that `initdb` takes.
    ///
    /// # Errors
    /// Each [`PostgresError`] says what to type.
    pub async fn start(dir: Option<&Path>) -> Result<Self, PostgresError> {
        let home = Home::prepare(dir)?;
        let _starting = home.start_lock().await?;
        let in_use = home.join_users()?;
        if let Some(pid) = running(&home).await? {
            return Ok(Self { home, pid, child: None, in_use: Some(in_use) });
        }
        let major = home.major()?;
        let programs = Programs::find(home.folder(), major)?;
        if major.is_none() {
            initdb(&home, &programs)?;
        }
        let child = launch(&home, &programs)?;
        let mut server = Self { home, pid: child.id().cast_signed(), child: Some(child), in_use: Some(in_use) };
        server.wait_until_ready().await?;
        Ok(server)
    }

    /// Address of `database` for `role`, for sqlx and for libpq (psql, pg_dump). Without a password: the folder is the guard.
    #[must_use]
    pub fn url(&self, role: &str, database: &str) -> String {
        socket_url(self.home.folder(), role, database)
    }

    /// Address of the database `postgres` for the superuser: for [`super::set_up_cluster`].
    #[must_use]
    pub fn admin_url(&self) -> String {
        self.url(SUPERUSER, "postgres")
    }

    /// Process id of the server.
    #[must_use]
    pub fn pid(&self) -> i32 {
        self.pid
    }

    /// Whether the server ran before this program came.
    #[must_use]
    pub fn was_running(&self) -> bool {
        self.child.is_none()
    }

    /// Leaves the server, and ends it (fast shutdown: open transactions are rolled back) unless another program uses it. Returns when it has
    /// ended.
    ///
    /// # Errors
    /// [`PostgresError::NotStopped`] after a minute.
    pub async fn stop(mut self) -> Result<(), PostgresError> {
        let _stopping = self.home.start_lock().await?;
        self.in_use = None;
        if self.home.has_users() {
            return Ok(());
        }
        interrupt(self.pid);
        let patience = Instant::now() + STOP_PATIENCE;
        while !self.has_ended() {
            if Instant::now() > patience {
                return Err(PostgresError::NotStopped { pid: self.pid, seconds: STOP_PATIENCE.as_secs() });
            }
            tokio::time::sleep(BLINK).await;
        }
        Ok(())
    }

    fn has_ended(&mut self) -> bool {
        match &mut self.child {
            Some(child) => !matches!(child.try_wait(), Ok(None)),
            // Not our child, so its process may stay as a zombie that nobody collects: its file, removed last, tells as well.
            None => !is_alive(self.pid) || self.home.written_pid() != Some(self.pid),
        }
    }

    async fn wait_until_ready(&mut self) -> Result<(), PostgresError> {
        let patience = Instant::now() + START_PATIENCE;
        loop {
            if let Ok(connection) = connect(&self.home).await {
                // A courtesy only: the server would notice the closed socket too.
                let _ = connection.close().await;
                return Ok(());
            }
            if self.has_ended() || Instant::now() > patience {
                return Err(not_started(&self.home));
            }
            tokio::time::sleep(BLINK).await;
        }
    }
}

impl Drop for Embedded {
    fn drop(&mut self) {
        // `stop` was not reached (an error, a panic). Under the lock, and only if nobody else is there; else the server is left to the next start.
        if self.in_use.take().is_some()
            && let Some(_stopping) = self.home.try_start_lock()
            && !self.home.has_users()
        {
            interrupt(self.pid);
        }
        // A server that died before us is collected: PostgreSQL takes an uncollected process for a running one and refuses the next start.
        if let Some(child) = &mut self.child {
            let _ = child.try_wait();
        }
    }
}

/// The process of the server that runs in this folder already. Waits for one that is starting up or shutting down.
async fn running(home: &Home) -> Result<Option<i32>, PostgresError> {
    let began = Instant::now();
    loop {
        match connect(home).await {
            Ok(connection) => {
                let _ = connection.close().await;
                // A server that answers keeps its file, so it is there; if a hand removed it, the next start says so in the log.
                return Ok(home.written_pid());
            }
            Err(sqlx::Error::Database(answer)) if answer.code().as_deref() != Some(NOT_NOW) => {
                return Err(PostgresError::Cluster {
                    database: SUPERUSER.to_owned(),
                    source: sqlx::Error::Database(answer),
                });
            }
            Err(sqlx::Error::Database(_)) => {
                if began.elapsed() > START_PATIENCE {
                    return Err(not_started(home));
                }
            }
            // Nobody listens: nobody runs, or it is about to listen, or has just ceased to.
            Err(_) => {
                let silent = began.elapsed() > SILENCE_PATIENCE;
                if silent || !home.written_pid().is_some_and(is_alive) {
                    return Ok(None);
                }
            }
        }
        tokio::time::sleep(BLINK).await;
    }
}

async fn connect(home: &Home) -> Result<PgConnection, sqlx::Error> {
    PgConnectOptions::from_str(&socket_url(home.folder(), SUPERUSER, "postgres"))?.connect().await
}

/// Makes the data beside its place and moves it there when it is whole, so that a kill in the middle leaves nothing half made.
fn initdb(home: &Home, programs: &Programs) -> Result<(), PostgresError> {
    let unfinished = home.folder().join("data.new");
    if unfinished.exists() {
        fs::remove_dir_all(&unfinished).map_err(at(&unfinished))?;
    }
    // Bytes order, the same on every machine; columns that people read in order declare a Vietnamese collation. macOS lacks C.UTF-8.
    let locale = if cfg!(target_os = "macos") { "en_US.UTF-8" } else { "C.UTF-8" };
    let program = programs.initdb();
    let output = home
        .command(&program)
        .arg("-D")
        .arg(&unfinished)
        .args(["--auth=trust", "--encoding=UTF8", "--no-instructions"])
        .arg(format!("--username={SUPERUSER}"))
        .arg(format!("--locale={locale}"))
        .stdin(Stdio::null())
        .output()
        .map_err(|source| PostgresError::Spawn { program: program.clone(), source })?;
    if !output.status.success() {
        return Err(PostgresError::Initdb {
            folder: home.folder().to_path_buf(),
            output: last_lines(&String::from_utf8_lossy(&output.stderr), 12),
        });
    }
    fs::rename(&unfinished, home.data()).map_err(at(&unfinished))
}

/// Starts the server without waiting for it.
fn launch(home: &Home, programs: &Programs) -> Result<Child, PostgresError> {
    let log = home.open_log()?;
    let errors = log.try_clone().map_err(at(&home.log()))?;
    let program = programs.postgres();
    let mut command = home.command(&program);
    command.arg("-D").arg(home.data()).args(["-p", PORT]);
    command.arg("-k").arg(quoted(home.folder()));
    for setting in SETTINGS {
        command.args(["-c", setting]);
    }
    command
        .stdin(Stdio::null())
        .stdout(log)
        .stderr(errors)
        .process_group(0)
        .spawn()
        .map_err(|source| PostgresError::Spawn { program, source })
}

/// A folder as one item of PostgreSQL's list of socket folders, where a comma would begin another.
fn quoted(folder: &Path) -> std::ffi::OsString {
    let mut bytes = vec![b'"'];
    for byte in folder.as_os_str().as_bytes() {
        if *byte == b'"' {
            bytes.push(b'"');
        }
        bytes.push(*byte);
    }
    bytes.push(b'"');
    std::os::unix::ffi::OsStringExt::from_vec(bytes)
}

fn socket_url(folder: &Path, role: &str, database: &str) -> String {
    format!(
        "postgres://{}@localhost:{PORT}/{}?host={}",
        percent_encoded(role.as_bytes()),
        percent_encoded(database.as_bytes()),
        percent_encoded(folder.as_os_str().as_bytes()),
    )
}

/// `bytes` as part of an address (RFC 3986: everything but unreserved characters is escaped).
fn percent_encoded(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for &byte in bytes {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push('%');
            text.push_str(&hex::encode_upper([byte]));
        }
    }
    text
}

/// Whether `pid` is a process, and, where the machine tells names, one of PostgreSQL: numbers are used again.
fn is_alive(pid: i32) -> bool {
    match kill(Pid::from_raw(pid), None) {
        Ok(()) | Err(nix::errno::Errno::EPERM) => {
            fs::read_to_string(format!("/proc/{pid}/comm")).map_or(true, |name| {
                let name = name.trim_end();
                name == "postgres" || name == "postmaster"
            })
        }
        Err(_) => false,
    }
}

/// Asks the server for a fast shutdown.
fn interrupt(pid: i32) {
    if is_alive(pid) {
        // An error means that it ended in between.
        let _ = kill(Pid::from_raw(pid), Signal::SIGINT);
    }
}

fn not_started(home: &Home) -> PostgresError {
    PostgresError::NotStarted { log: home.log(), tail: home.log_tail() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_escapes_what_would_end_a_part_of_it() {
        assert_eq!(
            socket_url(Path::new("/srv/Bình Yên,a?&"), "binhyen_app", "binhyen"),
            "postgres://binhyen_app@localhost:5432/binhyen?host=%2Fsrv%2FB%C3%ACnh%20Y%C3%AAn%2Ca%3F%26"
        );
    }

    #[test]
    fn a_folder_with_commas_and_quotes_is_one_item_of_the_list() {
        assert_eq!(quoted(Path::new(r#"/a,b"c"#)), r#""/a,b""c""#);
    }

    #[test]
    fn a_process_of_another_name_is_not_the_server() {
        let own = std::process::id().cast_signed();
        assert_eq!(is_alive(own), !Path::new("/proc/self/comm").exists());
    }
}
