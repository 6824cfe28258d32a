//! What every request shares.

use std::sync::Arc;

use chrono::Duration;

use crate::account::passwords::Passwords;
use crate::platform::clock::Clock;
use crate::platform::db::Database;
use crate::platform::files::FileStore;
use crate::platform::jobs::Bell;
use crate::platform::press::Press;
use crate::ruleset::cache::Rulesets;

/// The program's parts, cheap to clone.
#[derive(Clone, Debug)]
pub struct App {
    /// The one door to the database.
    pub db: Database,
    /// What time it is.
    pub clock: Clock,
    /// Where files lie.
    pub files: FileStore,
    /// Published rulesets by id: they never change, so they are read once.
    pub rulesets: Rulesets,
    /// Password hashing, bounded.
    pub passwords: Passwords,
    /// Wakes the worker of this process.
    pub bell: Bell,
    /// Sets type and reads photographs, bounded.
    pub press: Press,
    /// How this installation is set up.
    pub settings: Arc<Settings>,
}

/// What may differ between installations.
#[derive(Debug, Clone)]
pub struct Settings {
    /// A session that rests longer has to sign in again (15 minutes unless set).
    pub idle: Duration,
    /// Sample accounts and a chosen day: says so on every page.
    pub demo: bool,
    /// Where people open the program, without a slash at the end; what is printed leads there.
    pub public_url: String,
    /// Proxies whose `X-Forwarded-For` is believed, beside this machine itself.
    pub proxies: Vec<std::net::IpAddr>,
    /// Uploaded bytes wait here until they are checked.
    pub scratch: std::path::PathBuf,
}
