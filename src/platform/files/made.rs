//! Files that the program makes itself, of any kind and size. They lie apart from what people handed in, each under the id of what it is,
//! so that taking one away can never take away the same bytes of somebody else.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use futures_util::TryStreamExt;
use object_store::path::Path as ObjectPath;
use object_store::{ObjectStore, ObjectStoreExt};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::store::{from_io, from_object};
use super::{ContentHash, FileStore, Reading, StoreError};

/// How much is hashed at once.
const STEP: usize = 256 * 1024;

/// A finished file that has no place yet. It is a temporary file without a name: whatever happens before it is kept, nothing stays.
#[derive(Debug)]
pub struct Made {
    file: File,
    size: u64,
    hash: ContentHash,
}

impl Made {
    /// A nameless file in that folder, to be written to. Blocks.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn begin(folder: &Path) -> Result<File, StoreError> {
        tempfile::tempfile_in(folder).map_err(from_io)
    }

    /// Counts and hashes what was written. Blocks.
    ///
    /// # Errors
    /// When the disk fails, also at one of the writes before.
    pub fn finish(mut file: File) -> Result<Self, StoreError> {
        let mut hash = || -> io::Result<(u64, ContentHash)> {
            file.flush()?;
            file.seek(SeekFrom::Start(0))?;
            let (mut hasher, mut size, mut part) = (Sha256::new(), 0, vec![0; STEP]);
            loop {
                let read = file.read(&mut part)?;
                if read == 0 {
                    return Ok((size, ContentHash::finish(hasher)));
                }
                hasher.update(&part[..read]);
                size += read as u64;
            }
        };
        let (size, hash) = hash().map_err(from_io)?;
        Ok(Self { file, size, hash })
    }

    /// Bytes at hand. Blocks.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn of_bytes(folder: &Path, bytes: &[u8]) -> Result<Self, StoreError> {
        let mut file = Self::begin(folder)?;
        file.write_all(bytes).map_err(from_io)?;
        Self::finish(file)
    }

    /// How many bytes.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// SHA-256 of them.
    #[must_use]
    pub const fn hash(&self) -> ContentHash {
        self.hash
    }
}

impl StoreError {
    /// What a disk says while a file is made.
    #[must_use]
    pub fn of_disk(error: io::Error) -> Self {
        from_io(error)
    }
}

/// `made/<id>`: whatever was made under an id, however often.
fn folder_of(id: Uuid) -> ObjectPath {
    ObjectPath::from_iter(["made", &id.to_string()])
}

fn path_of(id: Uuid, hash: ContentHash) -> ObjectPath {
    ObjectPath::from_iter(["made", &id.to_string(), &hash.to_string()])
}

impl FileStore {
    /// Keeps a file under an id; it is durable when this returns.
    ///
    /// # Errors
    /// When disk or bucket are full or away; then nothing of it is kept.
    pub async fn put_made(&self, id: Uuid, made: Made) -> Result<(), StoreError> {
        self.write_file(&path_of(id, made.hash), made.file, made.size).await
    }

    /// The file piece by piece, for sending.
    ///
    /// # Errors
    /// When it is not there, or disk or bucket are away.
    pub async fn made_stream(&self, id: Uuid, hash: ContentHash) -> Result<Reading, StoreError> {
        self.stream_of(&path_of(id, hash), hash).await
    }

    /// Takes everything away that was made under an id; nothing there is well too.
    ///
    /// # Errors
    /// When disk or bucket are away.
    pub async fn drop_made(&self, id: Uuid) -> Result<(), StoreError> {
        let found: Vec<_> = self.objects.list(Some(&folder_of(id))).try_collect().await.map_err(from_object)?;
        for object in found {
            match self.objects.delete(&object.location).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(from_object(error)),
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn read(store: &FileStore, id: Uuid, hash: ContentHash) -> Result<Vec<u8>, StoreError> {
        let pieces: Vec<_> = store.made_stream(id, hash).await?.pieces.try_collect().await?;
        Ok(pieces.concat())
    }

    #[tokio::test]
    async fn what_is_made_is_kept_read_and_taken_away_without_touching_the_same_bytes_elsewhere() {
        let folder = tempfile::tempdir().unwrap();
        let store = FileStore::local(&folder.path().join("files")).unwrap();
        // Over one part, so that it goes in several.
        let bytes = vec![7; 9 * 1024 * 1024];
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let hash = ContentHash::of(&bytes);
        for id in [one, other] {
            let made = Made::of_bytes(folder.path(), &bytes).unwrap();
            assert_eq!((made.size(), made.hash()), (bytes.len() as u64, hash));
            store.put_made(id, made).await.unwrap();
        }
        store.drop_made(one).await.unwrap();
        store.drop_made(one).await.unwrap();
        assert!(matches!(read(&store, one, hash).await, Err(StoreError::NotFound(_))));
        assert_eq!(read(&store, other, hash).await.unwrap(), bytes);
        assert!(!store.exists(hash).await.unwrap(), "no file that somebody handed in");
    }

    #[test]
    fn a_full_disk_is_told_from_other_troubles() {
        assert!(matches!(StoreError::of_disk(io::ErrorKind::StorageFull.into()), StoreError::Full(_)));
        assert!(matches!(StoreError::of_disk(io::ErrorKind::PermissionDenied.into()), StoreError::Unavailable(_)));
    }
}
