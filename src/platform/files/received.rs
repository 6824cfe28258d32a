//! Bytes that arrived from outside, counted and hashed, but not yet looked into.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use sha2::{Digest, Sha256};
use tokio::io::AsyncWriteExt;

use super::ContentHash;

/// A file that arrived whole. It lies in a temporary file without a name, so that the operating
/// system takes it away even when the program is killed.
#[derive(Debug)]
pub struct Received {
    file: File,
    size: u64,
    hash: ContentHash,
}

impl Received {
    /// Puts bytes at hand into a temporary file. Blocks: for tests, imports and small files.
    pub fn of_bytes(bytes: &[u8]) -> io::Result<Self> {
        let mut file = tempfile::tempfile()?;
        file.write_all(bytes)?;
        Ok(Self { file, size: bytes.len() as u64, hash: ContentHash::of(bytes) })
    }

    /// Size in bytes.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// SHA-256 of all its bytes.
    pub fn hash(&self) -> ContentHash {
        self.hash
    }

    /// The whole content in memory: for files that are read as one. Blocks.
    ///
    /// # Errors
    /// When the temporary file cannot be read.
    pub fn into_bytes(mut self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(usize::try_from(self.size).unwrap_or_default());
        self.file.seek(SeekFrom::Start(0))?;
        self.file.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Puts other bytes into its place.
    pub(super) fn replace(&mut self, bytes: &[u8]) -> io::Result<()> {
        let file = self.rewound()?;
        file.set_len(0)?;
        file.write_all(bytes)?;
        self.size = bytes.len() as u64;
        self.hash = ContentHash::of(bytes);
        Ok(())
    }

    /// The content from its first byte.
    pub(super) fn rewound(&mut self) -> io::Result<&mut File> {
        self.file.seek(SeekFrom::Start(0))?;
        Ok(&mut self.file)
    }

    pub(super) fn into_file(self) -> File {
        self.file
    }
}

/// Takes a file piece by piece, up to a limit.
#[derive(Debug)]
pub struct Receiver {
    file: tokio::fs::File,
    hasher: Sha256,
    size: u64,
    limit: u64,
}

impl Receiver {
    /// Starts a temporary file in `folder` that may grow to `limit` bytes.
    pub async fn new(folder: &Path, limit: u64) -> io::Result<Self> {
        let folder = folder.to_owned();
        let file =
            tokio::task::spawn_blocking(move || tempfile::tempfile_in(folder)).await.map_err(io::Error::other)??;
        Ok(Self { file: tokio::fs::File::from_std(file), hasher: Sha256::new(), size: 0, limit })
    }

    /// Adds a piece. `false`: the piece would go over the limit and was not taken; the file can
    /// only be dropped then.
    pub async fn write(&mut self, piece: &[u8]) -> io::Result<bool> {
        let size = self.size + piece.len() as u64;
        if size > self.limit {
            return Ok(false);
        }
        self.file.write_all(piece).await?;
        self.hasher.update(piece);
        self.size = size;
        Ok(true)
    }

    /// All pieces are in.
    pub async fn finish(mut self) -> io::Result<Received> {
        // tokio writes in the background; an error of the last write appears only here.
        self.file.flush().await?;
        Ok(Received { file: self.file.into_std().await, size: self.size, hash: ContentHash::finish(self.hasher) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[tokio::test]
    async fn counts_and_hashes_the_pieces_and_stops_at_the_limit() {
        let mut receiver = Receiver::new(&std::env::temp_dir(), 5).await.unwrap();
        assert!(receiver.write(b"abc").await.unwrap());
        assert!(receiver.write(b"de").await.unwrap());
        assert!(!receiver.write(b"f").await.unwrap());
        let mut received = receiver.finish().await.unwrap();
        assert_eq!(received.size(), 5);
        assert_eq!(received.hash(), ContentHash::of(b"abcde"));
        let mut text = String::new();
        received.rewound().unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, "abcde");
    }
}
