//! Where this machine keeps the programs of PostgreSQL.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use super::{OLDEST_VERSION, PostgresError};

/// Folders whose children are versions of PostgreSQL: Debian and Ubuntu, Homebrew (Apple, Intel, Linux), Postgres.app.
const FAMILIES: [(&str, &str); 5] = [
    ("/usr/lib/postgresql", ""),
    ("/opt/homebrew/opt", "postgresql@"),
    ("/usr/local/opt", "postgresql@"),
    ("/home/linuxbrew/.linuxbrew/opt", "postgresql@"),
    ("/Applications/Postgres.app/Contents/Versions", ""),
];

/// One installation of PostgreSQL.
#[derive(Debug)]
pub(super) struct Programs {
    bin: PathBuf,
}

impl Programs {
    /// The installation for a folder made by major version `wanted`, or for a folder still to be made. PATH comes first, since whoever
    /// put something there meant it; then the known places, newest version first.
    pub(super) fn find(folder: &Path, wanted: Option<u32>) -> Result<Self, PostgresError> {
        let mut found = Vec::new();
        for bin in candidates() {
            // A binary that does not answer (another architecture, a broken link) is no installation.
            let Some(major) = major_of(&bin) else {
                continue;
            };
            if wanted.map_or(major >= OLDEST_VERSION, |wanted| wanted == major) {
                return Ok(Self { bin });
            }
            if !found.contains(&major) {
                found.push(major);
            }
        }
        found.sort_unstable_by(|a, b| b.cmp(a));
        let listed = found.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
        Err(match wanted {
            _ if found.is_empty() => PostgresError::Missing,
            Some(wanted) => PostgresError::OtherVersion { folder: folder.to_path_buf(), wanted, found: listed },
            None => PostgresError::TooOld { found: listed },
        })
    }

    /// The server.
    pub(super) fn postgres(&self) -> PathBuf {
        self.bin.join("postgres")
    }

    /// The program that makes a data folder.
    pub(super) fn initdb(&self) -> PathBuf {
        self.bin.join("initdb")
    }
}

/// Every folder with both programs, in the order of preference.
fn candidates() -> Vec<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    // A relative entry of PATH depends on where somebody stands: not for a program that may run as root.
    let mut folders: Vec<PathBuf> = env::split_paths(&path).filter(|p| p.is_absolute()).collect();
    for (parent, prefix) in FAMILIES {
        folders.extend(newest_first(Path::new(parent), prefix));
    }
    folders.into_iter().filter(|bin| bin.join("postgres").is_file() && bin.join("initdb").is_file()).collect()
}

/// `parent/<prefix><version>/bin` for every version there, newest first. Names that are no version ("latest") are left out: they are
/// links to one that is.
fn newest_first(parent: &Path, prefix: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(parent) else {
        return Vec::new();
    };
    let mut versions: Vec<(u32, PathBuf)> = entries
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name();
            let major = leading_number(name.to_str()?.strip_prefix(prefix)?)?;
            Some((major, entry.path().join("bin")))
        })
        .collect();
    versions.sort_by_key(|(major, _)| std::cmp::Reverse(*major));
    versions.into_iter().map(|(_, bin)| bin).collect()
}

/// The major version that the binaries in `bin` call themselves.
fn major_of(bin: &Path) -> Option<u32> {
    let output = Command::new(bin.join("postgres")).arg("--version").output().ok()?;
    parse_version(std::str::from_utf8(&output.stdout).ok()?)
}

/// The major version in "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)".
fn parse_version(text: &str) -> Option<u32> {
    leading_number(text.split_once("(PostgreSQL)")?.1.trim_start())
}

/// The number that `text` begins with. Also right for "9.6" (9: too old anyway) and "18beta1".
pub(super) fn leading_number(text: &str) -> Option<u32> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text[..end].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_version_as_distributions_write_it() {
        for (text, major) in [
            ("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n", Some(15)),
            ("postgres (PostgreSQL) 17.5\n", Some(17)),
            ("postgres (PostgreSQL) 18beta1", Some(18)),
            ("postgres (PostgreSQL) 9.6.24", Some(9)),
            ("postgres (EnterpriseDB) 15", None),
            ("", None),
        ] {
            assert_eq!(parse_version(text), major, "{text:?}");
        }
    }

    #[test]
    fn the_newest_version_of_a_family_comes_first() {
        let parent = tempfile::tempdir().unwrap();
        for name in ["9.6", "15", "17", "latest", "postgresql@16"] {
            fs::create_dir_all(parent.path().join(name).join("bin")).unwrap();
        }
        let names = |prefix: &str| -> Vec<String> {
            newest_first(parent.path(), prefix)
                .iter()
                .map(|bin| bin.strip_prefix(parent.path()).unwrap().display().to_string())
                .collect()
        };
        assert_eq!(names(""), ["17/bin", "15/bin", "9.6/bin"]);
        assert_eq!(names("postgresql@"), ["postgresql@16/bin"]);
        assert!(newest_first(Path::new("/nowhere/at/all"), "").is_empty());
    }

    #[test]
    fn a_folder_of_a_version_that_is_gone_is_an_error_that_names_it() {
        // Version 1 will not come back, so this holds on a machine with any PostgreSQL; without one the answer is `Missing`.
        let error = Programs::find(Path::new("/srv/data"), Some(1)).unwrap_err();
        assert!(matches!(error, PostgresError::OtherVersion { wanted: 1, .. } | PostgresError::Missing), "{error}");
    }
}
