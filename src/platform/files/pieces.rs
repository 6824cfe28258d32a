//! Files that come in piece by piece, over hours if need be. Each lies in a folder of its own kind under its id; an id begins with the
//! time, so a folder is tidied without asking anybody.

use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::{DirBuilderExt, FileExt};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Received, Receiver};

/// How much is read at once when a file is taken out.
const STEP: usize = 256 * 1024;

/// The folder of half files. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Pieces {
    folder: PathBuf,
    scratch: PathBuf,
}

impl Pieces {
    /// A folder of its own inside the scratch folder; made when the first piece comes.
    #[must_use]
    pub fn within(scratch: &Path) -> Self {
        Self { folder: scratch.join("tung-phan"), scratch: scratch.to_owned() }
    }

    fn path(&self, id: Uuid) -> PathBuf {
        self.folder.join(id.to_string())
    }

    /// Writes a piece at its place; the same piece again changes nothing. `false`: what came before it does not lie here.
    ///
    /// # Errors
    /// When the disk fails.
    pub async fn write(&self, id: Uuid, from: u64, piece: bytes::Bytes) -> io::Result<bool> {
        let (path, folder) = (self.path(id), self.folder.clone());
        let work = move || {
            std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
            let file = OpenOptions::new().create(true).truncate(false).write(true).open(path)?;
            if file.metadata()?.len() < from {
                return Ok(false);
            }
            file.write_all_at(&piece, from)?;
            file.sync_data()?;
            Ok(true)
        };
        tokio::task::spawn_blocking(work).await.map_err(io::Error::other)?
    }

    /// A copy of the first `size` bytes, as if they had come in at once; `None` when they do not lie here.
    ///
    /// # Errors
    /// When the disk fails.
    pub async fn read(&self, id: Uuid, size: u64) -> io::Result<Option<Received>> {
        let mut file = match File::open(self.path(id)) {
            Ok(file) if file.metadata()?.len() >= size => file.take(size),
            Ok(_) => return Ok(None),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let mut receiver = Receiver::new(&self.scratch, size).await?;
        loop {
            let step = move || {
                let mut part = vec![];
                let read = file.by_ref().take(STEP as u64).read_to_end(&mut part);
                read.map(|_| (file, part))
            };
            let (rest, part) = tokio::task::spawn_blocking(step).await.map_err(io::Error::other)??;
            if part.is_empty() {
                return receiver.finish().await.map(Some);
            }
            receiver.write(&part).await?;
            file = rest;
        }
    }

    /// Takes away what was begun before that moment; gives how many files that were.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn sweep(&self, before: DateTime<Utc>) -> io::Result<usize> {
        let entries = match std::fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
            Err(error) => return Err(error),
        };
        let mut gone = 0;
        for entry in entries {
            let entry = entry?;
            let begun = entry.file_name().to_str().and_then(begun);
            if begun.is_some_and(|begun| begun < before.timestamp()) {
                std::fs::remove_file(entry.path())?;
                gone += 1;
            }
        }
        Ok(gone)
    }
}

/// The second in which an id was made.
fn begun(name: &str) -> Option<i64> {
    let (seconds, _) = name.parse::<Uuid>().ok()?.get_timestamp()?.to_unix();
    i64::try_from(seconds).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::files::ContentHash;
    use crate::platform::id::UploadId;
    use bytes::Bytes;
    use chrono::Duration;

    fn at(hour: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_731_000_000, 0).unwrap() + Duration::hours(hour)
    }

    #[tokio::test]
    async fn a_file_grows_by_pieces_and_is_read_as_one() {
        let scratch = tempfile::tempdir().unwrap();
        let pieces = Pieces::within(scratch.path());
        let id = UploadId::new(at(0)).uuid();
        assert!(pieces.read(id, 3).await.unwrap().is_none());
        assert!(!pieces.write(id, 3, Bytes::from_static(b"def")).await.unwrap(), "the beginning lies elsewhere");
        assert!(pieces.write(id, 0, Bytes::from_static(b"abc")).await.unwrap());
        for _ in 0..2 {
            assert!(pieces.write(id, 3, Bytes::from_static(b"def")).await.unwrap());
        }
        assert!(pieces.read(id, 7).await.unwrap().is_none(), "half a file is none");
        let whole = pieces.read(id, 6).await.unwrap().unwrap();
        assert_eq!((whole.size(), whole.hash()), (6, ContentHash::of(b"abcdef")));
        assert!(pieces.read(id, 6).await.unwrap().is_some(), "reading takes nothing away");
    }

    #[tokio::test]
    async fn old_files_go_and_young_ones_stay() {
        let scratch = tempfile::tempdir().unwrap();
        let pieces = Pieces::within(scratch.path());
        assert_eq!(pieces.sweep(at(0)).unwrap(), 0);
        let (old, young) = (UploadId::new(at(0)).uuid(), UploadId::new(at(2)).uuid());
        for id in [old, young] {
            pieces.write(id, 0, Bytes::from_static(b"abc")).await.unwrap();
        }
        assert_eq!(pieces.sweep(at(1)).unwrap(), 1);
        assert!(pieces.read(old, 3).await.unwrap().is_none() && pieces.read(young, 3).await.unwrap().is_some());
    }
}
