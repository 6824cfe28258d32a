//! `binhyen with-postgres -- CMD`: a command with a private server around it.

use std::ffi::{OsStr, OsString};
use std::io::IsTerminal;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{ExitCode, ExitStatus};

use anyhow::Context;
use nix::sys::signal::{self, Signal};
use nix::unistd::Pid;
use tokio::process::{Child, Command};
use tokio::signal::unix::{self, SignalKind};

use super::{Embedded, set_up_cluster};

/// Variable with the address of the database `postgres` for the superuser.
pub const TEST_ADMIN_URL: &str = "BINHYEN_TEST_ADMIN_URL";
/// Variable with the address of [`TEST_DATABASE`] for the role that serves people.
pub const TEST_APP_URL: &str = "BINHYEN_TEST_APP_URL";
/// Variable with the address of [`TEST_DATABASE`] for the role that runs migrations.
pub const TEST_MIGRATE_URL: &str = "BINHYEN_TEST_MIGRATE_URL";
/// The database that the last two name. It is empty the first time, and kept.
pub const TEST_DATABASE: &str = "binhyen_test";

/// Runs `command` with the server of folder `dir` ([`super::default_folder`] when `None`), its roles set up, and the three variables above in
/// its environment. Stops the server afterwards, whatever happened, and ends as the command did (128 + number of the signal that ended it).
/// Ctrl-C and other requests to end are the command's to answer.
///
/// # Errors
/// When the server cannot be started, set up or stopped, or the command cannot be run.
pub async fn with_postgres(dir: Option<&Path>, command: Vec<OsString>) -> anyhow::Result<ExitCode> {
    let (program, arguments) =
        command.split_first().context("Chưa có lệnh cần chạy. Gõ, ví dụ: binhyen with-postgres -- cargo test")?;
    let mut requests = Requests::listen()?;
    // Asked to end while the server starts: the start is dropped, and asks the server to end in its turn.
    let server = tokio::select! {
        started = Embedded::start(dir) => started?,
        request = requests.next() => return Ok(ended_by(request)),
    };
    let outcome = run(&server, program, arguments, &mut requests).await;
    server.stop().await?;
    outcome
}

async fn run(
    server: &Embedded,
    program: &OsStr,
    arguments: &[OsString],
    requests: &mut Requests,
) -> anyhow::Result<ExitCode> {
    set_up_cluster(&server.admin_url(), TEST_DATABASE).await?;
    let mut child = Command::new(program)
        .args(arguments)
        .env(TEST_ADMIN_URL, server.admin_url())
        .env(TEST_APP_URL, server.url("binhyen_app", TEST_DATABASE))
        .env(TEST_MIGRATE_URL, server.url("binhyen_migrate", TEST_DATABASE))
        .spawn()
        .with_context(|| format!("Chưa chạy được lệnh {}", program.display()))?;
    loop {
        tokio::select! {
            status = child.wait() => return Ok(exit_code(status?)),
            request = requests.next() => pass_on(request, &child),
        }
    }
}

/// Hands a request to end on to the command. A terminal sends Ctrl-C to the command as well as to us, and many programs take a second
/// one for "at once".
fn pass_on(request: Signal, child: &Child) {
    let from_terminal = request == Signal::SIGINT && std::io::stdin().is_terminal();
    if let Some(pid) = child.id().filter(|_| !from_terminal) {
        // An error means that it ended in between.
        let _ = signal::kill(Pid::from_raw(pid.cast_signed()), request);
    }
}

fn exit_code(status: ExitStatus) -> ExitCode {
    match (status.code(), status.signal()) {
        (Some(code), _) => ExitCode::from(u8::try_from(code).unwrap_or(1)),
        (None, Some(number)) => ExitCode::from(u8::try_from(128 + number).unwrap_or(1)),
        (None, None) => ExitCode::FAILURE,
    }
}

fn ended_by(request: Signal) -> ExitCode {
    ExitCode::from(u8::try_from(128 + request as i32).unwrap_or(1))
}

/// The ways in which a process is asked to end.
struct Requests {
    interrupt: unix::Signal,
    terminate: unix::Signal,
    hang_up: unix::Signal,
}

impl Requests {
    fn listen() -> std::io::Result<Self> {
        Ok(Self {
            interrupt: unix::signal(SignalKind::interrupt())?,
            terminate: unix::signal(SignalKind::terminate())?,
            hang_up: unix::signal(SignalKind::hangup())?,
        })
    }

    async fn next(&mut self) -> Signal {
        tokio::select! {
            _ = self.interrupt.recv() => Signal::SIGINT,
            _ = self.terminate.recv() => Signal::SIGTERM,
            _ = self.hang_up.recv() => Signal::SIGHUP,
        }
    }
}
