//! The object-store door against a running S3 server. `scripts/try-s3.sh` starts one and runs
//! this; without a server the tests fail, since passing would claim what was not tried.

#![allow(clippy::unwrap_used, reason = "a failure is the finding")]

use binhyen::platform::files::{CheckedFile, ContentHash, FileStore, Received, S3Settings, StoreError, check};
use futures_util::TryStreamExt;

fn settings() -> S3Settings {
    let endpoint = std::env::var("BINHYEN_TEST_S3_ENDPOINT")
        .expect("BINHYEN_TEST_S3_ENDPOINT: the address of a test server (scripts/try-s3.sh)");
    S3Settings {
        endpoint,
        bucket: std::env::var("BINHYEN_TEST_S3_BUCKET").unwrap_or_else(|_| "binhyen".to_owned()),
        region: "us-east-1".to_owned(),
        key: "testing".to_owned(),
        secret: "testing".into(),
        path_style: true,
    }
}

fn store() -> FileStore {
    FileStore::s3(&settings()).unwrap()
}

/// A file of about this many bytes that passes as a PDF; `mark` makes it unlike the others.
fn pdf(mark: &str, size: usize) -> Vec<u8> {
    let mut out = format!("%PDF-1.4\n%{mark}").into_bytes();
    out.extend((0..size).map(|i| b'a' + (i % 23) as u8));
    out.extend_from_slice(b"\ntrailer\n<< >>\nstartxref\n0\n%%EOF");
    out
}

fn checked(bytes: &[u8]) -> CheckedFile {
    check("Biên bản.pdf", Received::of_bytes(bytes).unwrap()).unwrap()
}

#[tokio::test]
async fn a_small_file_goes_in_one_request_and_comes_back() {
    let store = store();
    let bytes = pdf("small", 10_000);
    let hash = ContentHash::of(&bytes);
    let stored = store.put(checked(&bytes)).await.unwrap();
    assert_eq!((stored.hash, stored.size), (hash, bytes.len() as u64));
    assert!(store.exists(hash).await.unwrap());
    assert_eq!(store.get(hash).await.unwrap(), bytes);
}

#[tokio::test]
async fn a_large_file_goes_in_parts_and_comes_back_in_pieces() {
    let store = store();
    let bytes = pdf("large", 19 * 1024 * 1024);
    let stored = store.put(checked(&bytes)).await.unwrap();
    let reading = store.get_stream(stored.hash).await.unwrap();
    assert_eq!(reading.size, bytes.len() as u64);
    let pieces: Vec<_> = reading.pieces.try_collect().await.unwrap();
    assert!(pieces.len() > 1);
    assert_eq!(pieces.concat(), bytes);
}

#[tokio::test]
async fn the_same_bytes_twice_and_at_once_are_one_object() {
    let store = store();
    let bytes = pdf("twice", 9 * 1024 * 1024);
    let (a, b) = tokio::join!(store.put(checked(&bytes)), store.put(checked(&bytes)));
    let again = store.put(checked(&bytes)).await.unwrap();
    assert_eq!(a.unwrap().hash, b.unwrap().hash);
    assert_eq!(store.get(again.hash).await.unwrap(), bytes);
}

#[tokio::test]
async fn what_was_never_stored_is_not_found() {
    let store = store();
    let hash = ContentHash::of(b"never stored");
    assert!(!store.exists(hash).await.unwrap());
    let error = store.get(hash).await.unwrap_err();
    assert!(matches!(error, StoreError::NotFound(h) if h == hash));
}

#[tokio::test]
async fn a_bucket_that_does_not_exist_is_unavailable() {
    let store = FileStore::s3(&S3Settings { bucket: "khong-co-kho-nay".to_owned(), ..settings() }).unwrap();
    let error = store.put(checked(&pdf("no bucket", 10))).await.unwrap_err();
    assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
}
