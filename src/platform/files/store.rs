//! Where checked files are kept: a local folder, or anything that speaks S3.
//!
//! A file's address is the SHA-256 of its content (`aa/bb/<sha>`), so the same bytes handed in
//! twice are one object, nothing is ever changed in place, and every read can be checked.

use std::error::Error as StdError;
use std::fmt;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use chrono::NaiveDateTime;
use futures_util::stream::{BoxStream, StreamExt, TryStreamExt};
use object_store::aws::AmazonS3Builder;
use object_store::client::ClientOptions;
use object_store::local::LocalFileSystem;
use object_store::path::Path as ObjectPath;
use object_store::{MultipartUpload, ObjectStore, ObjectStoreExt, RetryConfig};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

use super::{CheckedFile, ContentHash, FileKind, Received};

/// Files up to this size go in one request; larger ones in parts of it. S3 wants at least 5 MB.
const PART_BYTES: usize = 8 * 1024 * 1024;

/// How to reach an S3-compatible server.
#[derive(Debug, Clone)]
pub struct S3Settings {
    /// `https://s3.example.vn`; plain `http://` is taken as it is written (own network, tests).
    pub endpoint: String,
    /// An existing bucket. Files lie at its root.
    pub bucket: String,
    /// Region name; most own servers take any, often `us-east-1`.
    pub region: String,
    /// Access key.
    pub key: String,
    /// Secret key.
    pub secret: SecretString,
    /// `true`: `endpoint/bucket/...` (own servers); `false`: `bucket.endpoint/...`.
    pub path_style: bool,
}

/// A file that is safely kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFile {
    /// Its address.
    pub hash: ContentHash,
    /// Size in bytes.
    pub size: u64,
    /// What it is.
    pub kind: FileKind,
    /// The cleaned name for people.
    pub name: String,
    /// When the picture was taken, if its camera or its sender's device said so.
    pub taken_at: Option<NaiveDateTime>,
}

/// A stored file on its way out.
pub struct Reading {
    /// Size in bytes, for `Content-Length`.
    pub size: u64,
    /// The content. The last item is an error when the whole does not match its hash, so that a
    /// download of damaged bytes breaks off instead of looking complete.
    pub pieces: BoxStream<'static, Result<Bytes, StoreError>>,
}

impl fmt::Debug for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reading").field("size", &self.size).finish()
    }
}

/// Why the store could not do it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Nothing is kept under this hash.
    #[error("no stored file {0}")]
    NotFound(ContentHash),
    /// What is kept under this hash is not what was stored.
    #[error("stored file {0} is damaged")]
    Damaged(ContentHash),
    /// The disk or the bucket has no room left.
    #[error("no room for files")]
    Full(#[source] Box<dyn StdError + Send + Sync>),
    /// The folder or server cannot be reached, or does not let us in.
    #[error("file store unavailable")]
    Unavailable(#[source] Box<dyn StdError + Send + Sync>),
}

/// The door to the stored files. Cheap to clone.
#[derive(Debug, Clone)]
pub struct FileStore {
    pub(super) objects: Arc<dyn ObjectStore>,
}

impl FileStore {
    /// Files in a local folder, which is made, readable to its owner alone, when it is missing.
    ///
    /// A put is a temporary file beside its place, fsync, rename, fsync of the folders: after a
    /// power cut the file is whole or absent. A kill may leave a `<sha>#1` behind, never read.
    pub fn local(folder: &Path) -> Result<Self, StoreError> {
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(from_io)?;
        let objects = LocalFileSystem::new_with_prefix(folder).map_err(from_object)?.with_fsync(true);
        Ok(Self { objects: Arc::new(objects) })
    }

    /// Files in a bucket. Does not connect yet: an unreachable server shows at the first use.
    pub fn s3(settings: &S3Settings) -> Result<Self, StoreError> {
        // The HTTP client has no TLS of its own. A second call finds it installed: no error.
        let _ = rustls::crypto::ring::default_provider().install_default();
        // A person waits for the answer, so give up sooner than the default three minutes.
        let retry = RetryConfig { max_retries: 3, retry_timeout: Duration::from_secs(20), ..RetryConfig::default() };
        let client =
            ClientOptions::new().with_connect_timeout(Duration::from_secs(5)).with_timeout(Duration::from_secs(60));
        let objects = AmazonS3Builder::new()
            .with_client_options(client)
            .with_endpoint(&settings.endpoint)
            .with_allow_http(settings.endpoint.starts_with("http://"))
            .with_bucket_name(&settings.bucket)
            .with_region(&settings.region)
            .with_access_key_id(&settings.key)
            .with_secret_access_key(settings.secret.expose_secret())
            .with_virtual_hosted_style_request(!settings.path_style)
            .with_retry(retry)
            .build()
            .map_err(from_object)?;
        Ok(Self { objects: Arc::new(objects) })
    }

    /// Keeps a file; it is durable when this returns.
    ///
    /// The same bytes again are written again over themselves (one object): another request that
    /// is still writing them may not have reached the disk, and a damaged object is healed.
    pub async fn put(&self, checked: CheckedFile) -> Result<StoredFile, StoreError> {
        let (name, kind, received, taken_at) = checked.into_parts();
        let (hash, size) = (received.hash(), received.size());
        self.write(received).await?;
        Ok(StoredFile { hash, size, kind, name, taken_at })
    }

    /// The whole file in memory (at most 20 MB), compared with its hash.
    pub async fn get(&self, hash: ContentHash) -> Result<Bytes, StoreError> {
        let reading = self.get_stream(hash).await?;
        let mut whole = BytesMut::new();
        let mut pieces = reading.pieces;
        while let Some(piece) = pieces.try_next().await? {
            whole.extend_from_slice(&piece);
        }
        Ok(whole.freeze())
    }

    /// The file piece by piece, for sending.
    pub async fn get_stream(&self, hash: ContentHash) -> Result<Reading, StoreError> {
        self.stream_of(&path_of(hash), hash).await
    }

    /// What lies at that place, compared with its hash while it flows.
    pub(super) async fn stream_of(&self, path: &ObjectPath, hash: ContentHash) -> Result<Reading, StoreError> {
        let found = self.objects.get(path).await;
        let found = found.map_err(|error| missing(hash, error))?;
        let size = found.meta.size;
        let pieces = found.into_stream().map_err(from_object).boxed();
        Ok(Reading { size, pieces: verified(hash, pieces) })
    }

    /// Whether something is kept under this hash.
    pub async fn exists(&self, hash: ContentHash) -> Result<bool, StoreError> {
        match self.objects.head(&path_of(hash)).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(from_object(error)),
        }
    }

    async fn write(&self, received: Received) -> Result<(), StoreError> {
        let (path, size) = (path_of(received.hash()), received.size());
        self.write_file(&path, received.into_file(), size).await
    }

    /// Writes a file of that size to its place.
    pub(super) async fn write_file(&self, path: &ObjectPath, mut file: File, size: u64) -> Result<(), StoreError> {
        let whole = usize::try_from(size).is_ok_and(|size| size <= PART_BYTES);
        file.seek(SeekFrom::Start(0)).map_err(from_io)?;
        let (mut file, first) = next_part(file).await?;
        if whole {
            let put = self.objects.put(path, first.into()).await;
            return put.map(drop).map_err(from_object);
        }
        let mut upload = self.objects.put_multipart(path).await.map_err(from_object)?;
        let mut part = first;
        let outcome = loop {
            if part.is_empty() {
                break upload.complete().await.map(drop).map_err(from_object);
            }
            if let Err(error) = upload.put_part(part.into()).await {
                break Err(from_object(error));
            }
            match next_part(file).await {
                Ok(next) => (file, part) = next,
                Err(error) => break Err(error),
            }
        };
        if outcome.is_err() {
            give_up(upload).await;
        }
        outcome
    }
}

/// Parts of a broken-off upload cost room until they are dropped.
async fn give_up(mut upload: Box<dyn MultipartUpload>) {
    if let Err(error) = upload.abort().await {
        tracing::warn!(%error, "parts of a failed upload were left behind");
    }
}

/// Reads on the blocking pool; empty at the end of the file.
async fn next_part(mut file: File) -> Result<(File, Bytes), StoreError> {
    let read = tokio::task::spawn_blocking(move || {
        let mut part = Vec::new();
        let outcome = file.by_ref().take(PART_BYTES as u64).read_to_end(&mut part);
        outcome.map(|_| (file, Bytes::from(part)))
    });
    read.await.map_err(io::Error::other).and_then(|outcome| outcome).map_err(from_io)
}

/// `aa/bb/<sha>`: two levels keep a local folder's listings short.
fn path_of(hash: ContentHash) -> ObjectPath {
    let hex = hash.to_string();
    ObjectPath::from_iter([&hex[..2], &hex[2..4], &hex])
}

/// Passes the pieces on and adds an error at the end when they do not add up to the hash.
fn verified(
    expected: ContentHash,
    pieces: BoxStream<'static, Result<Bytes, StoreError>>,
) -> BoxStream<'static, Result<Bytes, StoreError>> {
    let state = (pieces, Some(Sha256::new()));
    futures_util::stream::try_unfold(state, move |(mut pieces, hasher)| async move {
        let Some(mut hasher) = hasher else {
            return Ok(None);
        };
        match pieces.try_next().await? {
            Some(piece) => {
                hasher.update(&piece);
                Ok(Some((piece, (pieces, Some(hasher)))))
            }
            None if ContentHash::finish(hasher) == expected => Ok(None),
            None => Err(StoreError::Damaged(expected)),
        }
    })
    .boxed()
}

fn missing(hash: ContentHash, error: object_store::Error) -> StoreError {
    match error {
        object_store::Error::NotFound { .. } => StoreError::NotFound(hash),
        other => from_object(other),
    }
}

pub(super) fn from_object(error: object_store::Error) -> StoreError {
    match is_full(&error) {
        true => StoreError::Full(error.into()),
        false => StoreError::Unavailable(error.into()),
    }
}

pub(super) fn from_io(error: io::Error) -> StoreError {
    match is_full(&error) {
        true => StoreError::Full(error.into()),
        false => StoreError::Unavailable(error.into()),
    }
}

/// Looks for "no room" anywhere in the chain of causes: an error of the disk, or an S3 server's
/// answer 507 or one of the codes that servers give for a full disk or a spent quota.
fn is_full(error: &(dyn StdError + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<io::Error>()
            && matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
        {
            return true;
        }
        cause = error.source();
    }
    let text = error.to_string();
    ["507 Insufficient Storage", "StorageFull", "QuotaExceeded"].iter().any(|code| text.contains(code))
}

#[cfg(test)]
mod tests;
