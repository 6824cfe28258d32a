//! The private PostgreSQL: a server of the machine's own binaries, run as a child process, for trying the program out and for
//! tests. In production `DATABASE_URL` names a server that somebody looks after, and nothing here but [`set_up_cluster`] is used.
//!
//! The server listens on a Unix socket inside a folder that only its owner may enter, and on nothing else. Whoever can enter the
//! folder is trusted, so there is no password to keep.
//!
//! It runs in a process group of its own: Ctrl-C reaches the program first, which finishes its requests and then stops the
//! server. When the program is killed the server stays, and the next start takes it over. Several programs may share one
//! folder; the last one to leave stops the server.

mod binaries;
mod cluster;
mod error;
mod home;
mod run;
mod server;

pub use cluster::set_up_cluster;
pub use error::PostgresError;
pub use home::default_folder;
pub use run::{TEST_ADMIN_URL, TEST_APP_URL, TEST_DATABASE, TEST_MIGRATE_URL, with_postgres};
pub use server::Embedded;

/// The oldest major version of PostgreSQL that the program works with: the one in Debian 12.
pub const OLDEST_VERSION: u32 = 15;
