use std::io::Read;

use super::*;
use zip::ZipArchive;

fn head() -> Head {
    Head {
        title: "Gói".to_owned(),
        kind: "package",
        ward: "phường Phước Long".to_owned(),
        city: "thành phố Nha Trang".to_owned(),
        year: 2024,
        ruleset: "kh390-2024/1".to_owned(),
        made_at: "2024-11-16T09:00".to_owned(),
        made_by: String::new(),
    }
}

#[test]
fn what_was_written_is_read_back_with_its_hash() {
    let folder = tempfile::tempdir().unwrap();
    let mut packer = Packer::begin(folder.path(), DateTime::UNIX_EPOCH).unwrap();
    packer.add(0, ("phuong/to-trinh.pdf", "Tờ trình"), b"%PDF-1.7").unwrap();
    packer.add(0, ("phuong/noi-dung.txt", "Nội dung"), "Tổ 7 ".repeat(1000).as_bytes()).unwrap();
    packer.lack(0, ("Ảnh", "00"), "không còn trong kho tệp");
    let packed = packer.finish(&head(), &[("Phường".to_owned(), vec![])]).unwrap();
    assert_eq!((packed.files, packed.missing), (5, 1));
    assert!(std::fs::read_dir(folder.path()).unwrap().next().is_none(), "nothing is left on the disk");
    let bytes = {
        let store = crate::platform::files::FileStore::local(&folder.path().join("files")).unwrap();
        let (id, hash) = (uuid::Uuid::nil(), packed.made.hash());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            store.put_made(id, packed.made).await.unwrap();
            let pieces: Vec<_> =
                futures_util::TryStreamExt::try_collect(store.made_stream(id, hash).await.unwrap().pieces)
                    .await
                    .unwrap();
            pieces.concat()
        })
    };
    let mut archive = ZipArchive::new(io::Cursor::new(bytes)).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    assert_eq!(names.len(), 5, "{names:?}");
    let mut text = String::new();
    archive.by_name("manifest.json").unwrap().read_to_string(&mut text).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!((manifest["schema"].as_u64(), manifest["year"].as_i64()), (Some(1), Some(2024)));
    assert_eq!(manifest["missing"][0]["why"], "không còn trong kho tệp");
    for entry in manifest["files"].as_array().unwrap() {
        let mut bytes = vec![];
        archive.by_name(entry["path"].as_str().unwrap()).unwrap().read_to_end(&mut bytes).unwrap();
        assert_eq!(ContentHash::of(&bytes).to_string(), entry["sha256"].as_str().unwrap());
    }
}

#[test]
fn a_folder_that_is_gone_is_an_error_and_no_panic() {
    let folder = tempfile::tempdir().unwrap();
    let gone = folder.path().join("khong-co");
    assert!(matches!(Packer::begin(&gone, DateTime::UNIX_EPOCH), Err(StoreError::Unavailable(_))));
}
