//! The folder of a private server: who owns it, what lies in it, and who is using it.
//!
//! ```text
//! <folder>/            0700, owned by the account that runs the server
//!   data/              what initdb made
//!   .s.PGSQL.5432      the socket
//!   postgres.log
//!   start.lock         held while a program starts or stops the server
//!   in-use.lock        held, shared, by every program that uses the server
//! ```
//! Both locks vanish with the process that holds them, however it ends.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions, TryLockError};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use nix::unistd::{User, geteuid};

use super::PostgresError;
use super::binaries::leading_number;

/// First length in bytes of a socket's path that the kernel refuses (`sun_path` less the closing zero and one to spare).
const SOCKET_LIMIT: usize = if cfg!(target_os = "macos") { 103 } else { 107 };
/// The port is only a part of the socket's name.
pub(super) const PORT: &str = "5432";
/// How long another program may take to start or stop the server: a first start on a slow disk.
const LOCK_PATIENCE: Duration = Duration::from_secs(120);
/// Above this size, in bytes, the log is set aside at the next start.
const LOG_LIMIT: u64 = 4 * 1024 * 1024;

/// Where the private server lives when nobody says otherwise: `/var/lib/binhyen/pg` for root, whose own home the account `postgres` cannot
/// enter, and `.data/pg` below the current folder for everybody else.
#[must_use]
pub fn default_folder() -> PathBuf {
    PathBuf::from(if geteuid().is_root() { "/var/lib/binhyen/pg" } else { ".data/pg" })
}

/// The folder of a private server, made and checked.
#[derive(Debug)]
pub(super) struct Home {
    folder: PathBuf,
    /// The account to run the server as, when that is not our own.
    account: Option<User>,
}

impl Home {
    /// Makes the folder if need be and checks that a server can live in it.
    pub(super) fn prepare(dir: Option<&Path>) -> Result<Self, PostgresError> {
        let asked = dir.map_or_else(default_folder, Path::to_path_buf);
        let folder = std::path::absolute(&asked).map_err(at(&asked))?;
        let account = if geteuid().is_root() {
            let found = User::from_name("postgres").ok().flatten();
            Some(found.ok_or(PostgresError::NoAccount)?)
        } else {
            None
        };
        let home = Self { folder, account };
        home.check_socket_length()?;
        if let Some(parent) = home.folder.parent() {
            fs::create_dir_all(parent).map_err(at(parent))?;
        }
        match DirBuilder::new().mode(0o700).create(&home.folder) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                return Err(at(&home.folder)(error));
            }
            _ => home.take_possession()?,
        }
        home.check_way_in()?;
        Ok(home)
    }

    /// The folder itself, absolute; the socket lies in it.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// What `initdb` makes.
    pub(super) fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// The server's log.
    pub(super) fn log(&self) -> PathBuf {
        self.folder.join("postgres.log")
    }

    /// The major version that made the data, `None` before the first start.
    pub(super) fn major(&self) -> Result<Option<u32>, PostgresError> {
        let file = self.data().join("PG_VERSION");
        match fs::read_to_string(&file) {
            Ok(text) => Ok(leading_number(text.trim())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(at(&file)(error)),
        }
    }

    /// The process that the server wrote down as its own. It may be long gone.
    pub(super) fn written_pid(&self) -> Option<i32> {
        let text = fs::read_to_string(self.data().join("postmaster.pid")).ok()?;
        text.lines().next()?.trim().parse().ok().filter(|pid| *pid > 1)
    }

    /// The last lines of the log, for a person to read.
    pub(super) fn log_tail(&self) -> String {
        let text = fs::read(self.log()).unwrap_or_default();
        last_lines(&String::from_utf8_lossy(&text), 12)
    }

    /// The log, opened to be written at its end. A long one is set aside first.
    pub(super) fn open_log(&self) -> Result<File, PostgresError> {
        let log = self.log();
        if fs::metadata(&log).is_ok_and(|found| found.len() > LOG_LIMIT) {
            fs::rename(&log, log.with_extension("log.old")).map_err(at(&log))?;
        }
        OpenOptions::new().append(true).create(true).open(&log).map_err(at(&log))
    }

    /// A command that runs inside the folder, as the account that owns it.
    pub(super) fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        // The current folder may be one that the account cannot read, and the variables may speak of another server.
        command.current_dir(&self.folder);
        for name in ["PGDATA", "PGHOST", "PGPORT", "PGOPTIONS"] {
            command.env_remove(name);
        }
        if let Some(account) = &self.account {
            command.uid(account.uid.as_raw()).gid(account.gid.as_raw());
        }
        command
    }

    /// The lock that lets one program at a time start or stop the server.
    pub(super) async fn start_lock(&self) -> Result<File, PostgresError> {
        let path = self.folder.join("start.lock");
        let file = open_lock(&path)?;
        let patience = Instant::now() + LOCK_PATIENCE;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(file),
                Err(TryLockError::WouldBlock) if Instant::now() < patience => {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
                Err(TryLockError::WouldBlock) => {
                    return Err(PostgresError::Busy { lock: path, seconds: LOCK_PATIENCE.as_secs() });
                }
                Err(TryLockError::Error(error)) => return Err(at(&path)(error)),
            }
        }
    }

    /// The start lock if it is free at this moment.
    pub(super) fn try_start_lock(&self) -> Option<File> {
        let file = open_lock(&self.folder.join("start.lock")).ok()?;
        file.try_lock().is_ok().then_some(file)
    }

    /// Notes that this program uses the server, for as long as the file is open. Only under the start lock.
    pub(super) fn join_users(&self) -> Result<File, PostgresError> {
        let path = self.folder.join("in-use.lock");
        let file = open_lock(&path)?;
        // Never waits: the only exclusive holder is `has_users`, which runs under the start lock too.
        file.lock_shared().map_err(at(&path))?;
        Ok(file)
    }

    /// Whether any program uses the server. Only under the start lock, after closing one's own file. When it cannot be told the answer is
    /// yes: a server too many is better than one taken from under somebody.
    pub(super) fn has_users(&self) -> bool {
        open_lock(&self.folder.join("in-use.lock")).map_or(true, |file| file.try_lock().is_err())
    }

    fn check_socket_length(&self) -> Result<(), PostgresError> {
        let socket = self.folder.join(format!(".s.PGSQL.{PORT}"));
        let length = socket.as_os_str().as_bytes().len();
        if length < SOCKET_LIMIT {
            return Ok(());
        }
        Err(PostgresError::PathTooLong { socket, length, limit: SOCKET_LIMIT })
    }

    /// Sees to it that the folder belongs to the account and is closed to everybody else. Data that somebody else made is not touched.
    fn take_possession(&self) -> Result<(), PostgresError> {
        let folder = &self.folder;
        let found = fs::metadata(folder).map_err(at(folder))?;
        let wanted = self.account.as_ref().map_or(geteuid(), |user| user.uid);
        if found.uid() != wanted.as_raw() {
            let empty = fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none());
            let Some(account) = self.account.as_ref().filter(|_| empty) else {
                return Err(PostgresError::ForeignOwner {
                    folder: folder.clone(),
                    owner: found.uid(),
                    wanted: wanted.as_raw(),
                });
            };
            chown(folder, Some(account.uid.as_raw()), Some(account.gid.as_raw())).map_err(at(folder))?;
        }
        if found.mode() & 0o777 != 0o700 {
            fs::set_permissions(folder, Permissions::from_mode(0o700)).map_err(at(folder))?;
        }
        Ok(())
    }

    /// Checks that the account can walk down to the folder: root can make folders where it cannot.
    fn check_way_in(&self) -> Result<(), PostgresError> {
        let Some(account) = &self.account else {
            return Ok(());
        };
        for folder in self.folder.ancestors().skip(1) {
            let found = fs::metadata(folder).map_err(at(folder))?;
            let needed = if found.uid() == account.uid.as_raw() {
                0o100
            } else if found.gid() == account.gid.as_raw() {
                0o010
            } else {
                0o001
            };
            if found.mode() & needed == 0 {
                return Err(PostgresError::Unreachable { folder: folder.to_path_buf() });
            }
        }
        Ok(())
    }
}

/// Turns what the machine said about `path` into our error.
pub(super) fn at(path: &Path) -> impl Fn(io::Error) -> PostgresError {
    move |source| PostgresError::Folder { path: path.to_path_buf(), source }
}

/// The last `count` lines of `text`.
pub(super) fn last_lines(text: &str, count: usize) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(count)..].join("\n")
}

fn open_lock(path: &Path) -> Result<File, PostgresError> {
    OpenOptions::new().write(true).create(true).truncate(false).open(path).map_err(at(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_too_long_for_a_socket_is_refused_before_anything_is_made() {
        let parent = tempfile::tempdir().unwrap();
        let deep = parent.path().join("x".repeat(120));
        let error = Home { folder: deep.clone(), account: None }.check_socket_length().unwrap_err();
        let PostgresError::PathTooLong { length, limit, .. } = &error else {
            panic!("{error}");
        };
        assert!(length > limit);
        assert!(error.to_string().contains("--dir"), "{error}");
        assert!(!deep.exists());
    }

    #[test]
    fn the_longest_path_that_fits_is_taken() {
        let room = SOCKET_LIMIT - "/.s.PGSQL.5432".len();
        let fits = |length: usize| {
            Home { folder: PathBuf::from(format!("/{}", "x".repeat(length - 1))), account: None }
                .check_socket_length()
                .is_ok()
        };
        assert!(fits(room - 1));
        assert!(!fits(room));
    }

    #[test]
    fn only_the_end_of_a_log_is_shown() {
        assert_eq!(last_lines("a\nb\nc\n", 2), "b\nc");
        assert_eq!(last_lines("a", 5), "a");
        assert_eq!(last_lines("", 5), "");
    }
}
