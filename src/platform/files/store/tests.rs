use std::os::unix::fs::PermissionsExt;

use super::*;
use crate::platform::files::{check, samples};

fn checked(name: &str, bytes: &[u8]) -> CheckedFile {
    check(name, Received::of_bytes(bytes).unwrap()).unwrap()
}

fn files_under(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => found.extend(files_under(&path)),
            false => found.push(path.display().to_string()),
        }
    }
    found
}

#[tokio::test]
async fn a_file_comes_back_as_it_was_and_twice_is_one_object() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("files");
    let store = FileStore::local(&root).unwrap();
    let bytes = samples::pdf();
    let stored = store.put(checked("a/Đăng ký.pdf", &bytes)).await.unwrap();
    let again = store.put(checked("khác.pdf", &bytes)).await.unwrap();

    assert_eq!(stored.hash, again.hash);
    assert_eq!(stored.name, "Đăng ký.pdf");
    assert_eq!((stored.size, stored.kind), (bytes.len() as u64, FileKind::Pdf));
    assert_eq!(store.get(stored.hash).await.unwrap(), bytes);
    assert!(store.exists(stored.hash).await.unwrap());

    let sha = stored.hash.to_string();
    let place = root.join(&sha[..2]).join(&sha[2..4]).join(&sha);
    assert_eq!(files_under(&root), [place.display().to_string()]);
    let mode = std::fs::metadata(&root).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
}

#[tokio::test]
async fn a_large_file_goes_in_parts_and_comes_back_whole() {
    let folder = tempfile::tempdir().unwrap();
    let store = FileStore::local(folder.path()).unwrap();
    for size in [PART_BYTES, PART_BYTES + 1, 2 * PART_BYTES] {
        let bytes = samples::pdf_of(size);
        let stored = store.put(checked("lon.pdf", &bytes)).await.unwrap();
        assert_eq!(stored.size, size as u64);
        let reading = store.get_stream(stored.hash).await.unwrap();
        assert_eq!(reading.size, size as u64);
        let pieces: Vec<Bytes> = reading.pieces.try_collect().await.unwrap();
        assert!(pieces.len() > 1);
        assert_eq!(pieces.concat(), bytes);
    }
}

#[tokio::test]
async fn the_same_file_from_many_at_once_is_one_object() {
    let folder = tempfile::tempdir().unwrap();
    let store = FileStore::local(folder.path()).unwrap();
    let bytes = samples::pdf_of(PART_BYTES + 5);
    let puts = (0..8).map(|_| store.put(checked("x.pdf", &bytes)));
    let stored = futures_util::future::try_join_all(puts).await.unwrap();
    assert_eq!(files_under(folder.path()).len(), 1);
    assert_eq!(store.get(stored[0].hash).await.unwrap(), bytes);
}

#[tokio::test]
async fn what_was_never_stored_is_not_found() {
    let folder = tempfile::tempdir().unwrap();
    let store = FileStore::local(folder.path()).unwrap();
    let hash = ContentHash::of(b"nothing");
    assert!(!store.exists(hash).await.unwrap());
    let error = store.get(hash).await.unwrap_err();
    assert!(matches!(error, StoreError::NotFound(h) if h == hash));
}

#[tokio::test]
async fn a_damaged_object_is_noticed_and_healed_by_storing_it_again() {
    let folder = tempfile::tempdir().unwrap();
    let store = FileStore::local(folder.path()).unwrap();
    let bytes = samples::pdf();
    let stored = store.put(checked("a.pdf", &bytes)).await.unwrap();
    let place = &files_under(folder.path())[0];
    std::fs::write(place, b"something else").unwrap();
    let error = store.get(stored.hash).await.unwrap_err();
    assert!(matches!(error, StoreError::Damaged(_)));
    store.put(checked("a.pdf", &bytes)).await.unwrap();
    assert_eq!(store.get(stored.hash).await.unwrap(), bytes);
}

#[tokio::test]
async fn a_folder_that_goes_away_is_unavailable_not_missing_data() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("files");
    let store = FileStore::local(&root).unwrap();
    std::fs::remove_dir(&root).unwrap();
    std::fs::write(&root, b"a file stands in the way").unwrap();
    let error = store.put(checked("a.pdf", &samples::pdf())).await;
    assert!(matches!(error, Err(StoreError::Unavailable(_))));
    assert!(matches!(FileStore::local(&root), Err(StoreError::Unavailable(_))));
}

#[test]
fn no_room_is_told_apart_from_other_failures() {
    let disk =
        |kind| object_store::Error::Generic { store: "LocalFileSystem", source: Box::new(io::Error::from(kind)) };
    let full = from_object(disk(io::ErrorKind::StorageFull));
    assert!(matches!(full, StoreError::Full(_)));
    let quota = from_io(io::ErrorKind::QuotaExceeded.into());
    assert!(matches!(quota, StoreError::Full(_)));
    let denied = from_object(disk(io::ErrorKind::PermissionDenied));
    assert!(matches!(denied, StoreError::Unavailable(_)));
}

#[tokio::test]
async fn an_s3_server_that_is_not_there_is_unavailable_soon() {
    let store = FileStore::s3(&S3Settings {
        // The discard port on loopback: refused at once.
        endpoint: "http://127.0.0.1:9".to_owned(),
        bucket: "binhyen".to_owned(),
        region: "us-east-1".to_owned(),
        key: "key".to_owned(),
        secret: "very-secret".into(),
        path_style: true,
    })
    .unwrap();
    let asked = store.exists(ContentHash::of(b"x"));
    let answer = tokio::time::timeout(Duration::from_secs(30), asked).await;
    assert!(matches!(answer, Ok(Err(StoreError::Unavailable(_)))));
    assert!(!format!("{store:?}").contains("very-secret"));
}
