//! Writes a ZIP into a nameless file on the disk, piece by piece, and remembers what it wrote. Everything here blocks.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use chrono::{DateTime, Datelike, Timelike, Utc};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::index;
use super::manifest::{Entry, Head, Manifest, Missing, SCHEMA, sums};
use crate::platform::clock::civil_time;
use crate::platform::files::{ContentHash, Made, StoreError};

/// What became of an item, for the index page.
#[derive(Debug, Clone)]
pub struct Written {
    /// Its section.
    pub section: usize,
    /// What it is.
    pub title: String,
    /// Its path and bytes, or why it is not there.
    pub outcome: Result<(String, u64), &'static str>,
}

/// A ZIP that is being written.
#[derive(Debug)]
pub struct Packer {
    zip: ZipWriter<BufWriter<File>>,
    at: zip::DateTime,
    entries: Vec<Entry>,
    missing: Vec<Missing>,
    written: Vec<Written>,
}

/// A finished ZIP.
#[derive(Debug)]
pub struct Packed {
    /// Its bytes.
    pub made: Made,
    /// Files in it, with the index, the manifest and the sums.
    pub files: usize,
    /// Files that were not found any more.
    pub missing: usize,
}

fn trouble(error: ZipError) -> StoreError {
    match error {
        ZipError::Io(error) => StoreError::of_disk(error),
        other => StoreError::of_disk(io::Error::other(other)),
    }
}

/// What is small already is only stored.
fn is_compact(path: &str) -> bool {
    ["pdf", "jpg", "png", "docx"].iter().any(|kind| path.ends_with(&format!(".{kind}")))
}

fn zip_time(at: DateTime<Utc>) -> zip::DateTime {
    let at = civil_time(at);
    let small = |number: u32| u8::try_from(number).unwrap_or(0);
    let year = u16::try_from(at.year()).unwrap_or(1980);
    zip::DateTime::from_date_and_time(
        year,
        small(at.month()),
        small(at.day()),
        small(at.hour()),
        small(at.minute()),
        small(at.second()),
    )
    .unwrap_or_default()
}

impl Packer {
    /// Begins one in that folder.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn begin(folder: &Path, now: DateTime<Utc>) -> Result<Self, StoreError> {
        let zip = ZipWriter::new(BufWriter::new(Made::begin(folder)?));
        Ok(Self { zip, at: zip_time(now), entries: vec![], missing: vec![], written: vec![] })
    }

    fn put(&mut self, path: &str, bytes: &[u8]) -> Result<String, StoreError> {
        let method = if is_compact(path) { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(self.at)
            .unix_permissions(0o644)
            .large_file(u32::try_from(bytes.len()).is_err());
        self.zip.start_file(path, options).map_err(trouble)?;
        self.zip.write_all(bytes).map_err(StoreError::of_disk)?;
        Ok(ContentHash::of(bytes).to_string())
    }

    /// Adds a file.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn add(&mut self, section: usize, (path, what): (&str, &str), bytes: &[u8]) -> Result<(), StoreError> {
        let sha256 = self.put(path, bytes)?;
        let size = bytes.len() as u64;
        self.entries.push(Entry { path: path.to_owned(), size, sha256, what: what.to_owned() });
        self.written.push(Written { section, title: what.to_owned(), outcome: Ok((path.to_owned(), size)) });
        Ok(())
    }

    /// Says that a file is not there, instead of breaking off.
    pub fn lack(&mut self, section: usize, (what, sha256): (&str, &str), why: &'static str) {
        self.missing.push(Missing { what: what.to_owned(), sha256: sha256.to_owned(), why });
        self.written.push(Written { section, title: what.to_owned(), outcome: Err(why) });
    }

    /// Adds index page, manifest and sums, and ends it.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn finish(mut self, head: &Head, sections: &[(String, Vec<String>)]) -> Result<Packed, StoreError> {
        let broken = |error: anyhow::Error| StoreError::of_disk(io::Error::other(error));
        let page = index::page(head, sections, &self.written).map_err(broken)?;
        let sha256 = self.put(index::NAME, page.as_bytes())?;
        let what = "Mục lục".to_owned();
        self.entries.push(Entry { path: index::NAME.to_owned(), size: page.len() as u64, sha256, what });
        let program = concat!("binhyen ", env!("CARGO_PKG_VERSION"));
        let manifest = Manifest { schema: SCHEMA, program, head, files: &self.entries, missing: &self.missing };
        let manifest = serde_json::to_vec_pretty(&manifest).map_err(|error| broken(error.into()))?;
        let of_manifest = self.put("manifest.json", &manifest)?;
        let lines = self.entries.iter().map(|entry| (entry.path.as_str(), entry.sha256.as_str()));
        let lines = sums(lines.chain([("manifest.json", of_manifest.as_str())]));
        self.put("SHA256SUMS", lines.as_bytes())?;
        let file = self.zip.finish().map_err(trouble)?;
        let file = file.into_inner().map_err(|error| StoreError::of_disk(error.into_error()))?;
        let made = Made::finish(file)?;
        Ok(Packed { made, files: self.entries.len() + 2, missing: self.missing.len() })
    }
}

#[cfg(test)]
mod tests;
