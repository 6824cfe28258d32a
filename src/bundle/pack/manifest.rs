//! What a ZIP holds, said twice: `manifest.json` for programs, `SHA256SUMS` for `sha256sum -c`.

use std::fmt::Write as _;

use serde::Serialize;

/// Counts changes of the manifest's shape.
pub const SCHEMA: u32 = 1;

/// What it is, and of whom.
#[derive(Debug, Clone, Serialize)]
pub struct Head {
    /// "Gói hồ sơ đề nghị".
    pub title: String,
    /// The kind, as the database names it.
    pub kind: &'static str,
    /// "phường Phước Long".
    pub ward: String,
    /// "thành phố Nha Trang".
    pub city: String,
    /// The year.
    pub year: i32,
    /// The ruleset's code and version.
    pub ruleset: String,
    /// When it was made, as the machine says it.
    pub made_at: String,
    /// The same in a sentence, with the person.
    pub made_by: String,
}

/// A file in it.
#[derive(Debug, Clone, Serialize)]
pub struct Entry {
    /// Its path.
    pub path: String,
    /// Its bytes.
    pub size: u64,
    /// SHA-256 of them.
    pub sha256: String,
    /// What it is.
    pub what: String,
}

/// A file that should be in it.
#[derive(Debug, Clone, Serialize)]
pub struct Missing {
    /// What it is.
    pub what: String,
    /// SHA-256 of what was handed in.
    pub sha256: String,
    /// Why it is not.
    pub why: &'static str,
}

/// The manifest.
#[derive(Debug, Serialize)]
pub struct Manifest<'a> {
    /// The version of this shape.
    pub schema: u32,
    /// The program and its version.
    pub program: &'static str,
    /// What it is.
    #[serde(flatten)]
    pub head: &'a Head,
    /// The files, without this one and the sums.
    pub files: &'a [Entry],
    /// What is missing.
    pub missing: &'a [Missing],
}

/// Lines for `sha256sum -c SHA256SUMS`.
#[must_use]
pub fn sums<'a>(entries: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    entries.fold(String::new(), |mut lines, (path, sha256)| {
        let _ = writeln!(lines, "{sha256}  {path}");
        lines
    })
}
