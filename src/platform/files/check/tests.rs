use super::*;
use crate::platform::files::samples;
use proptest::prelude::*;

fn judged(name: &str, bytes: &[u8]) -> Result<CheckedFile, Rejected> {
    match check(name, Received::of_bytes(bytes).unwrap()) {
        Ok(checked) => Ok(checked),
        Err(CheckError::Rejected(rejected)) => Err(rejected),
        Err(CheckError::Io(error)) => panic!("{error}"),
    }
}

fn refusal(name: &str, bytes: &[u8]) -> Rejected {
    judged(name, bytes).expect_err(name)
}

const WHOLE: [fn() -> Vec<u8>; 4] = [samples::pdf, samples::docx, || samples::jpeg(8, 8), || samples::png(1, 1)];

#[test]
fn the_four_kinds_are_taken_whatever_their_name() {
    for (make, kind) in WHOLE.iter().zip(FileKind::ALL) {
        let bytes = make();
        let right = format!("a.{}", kind.extension().to_uppercase());
        for (name, called) in [
            (right.as_str(), right.clone()),
            ("Minh chứng", format!("Minh chứng.{}", kind.extension())),
            ("", format!("tep.{}", kind.extension())),
        ] {
            let checked = judged(name, &bytes).expect(name);
            assert_eq!(checked.kind(), kind);
            assert_eq!(checked.name(), called);
            assert_eq!(checked.size(), bytes.len() as u64);
            assert_eq!(checked.hash(), ContentHash::of(&bytes));
        }
    }
}

#[test]
fn empty_and_too_large_are_refused_and_the_limit_itself_is_taken() {
    assert_eq!(refusal("a.pdf", b""), Rejected::Empty);
    let limit = MAX_FILE_BYTES;
    let full = samples::pdf_of(limit as usize);
    assert!(judged("a.pdf", &full).is_ok());
    let over = samples::pdf_of(limit as usize + 1);
    assert_eq!(refusal("a.pdf", &over), Rejected::TooLarge { limit });
}

#[test]
fn a_wrong_kind_under_a_right_name_is_named() {
    assert_eq!(
        refusal("giay.pdf", &samples::png(1, 1)),
        Rejected::Misnamed { claimed: FileKind::Pdf, found: FileKind::Png }
    );
    assert_eq!(
        refusal("anh.jpg", &samples::docx()),
        Rejected::Misnamed { claimed: FileKind::Jpeg, found: FileKind::Docx }
    );
    let other = |name, bytes: &[u8]| match refusal(name, bytes) {
        Rejected::NotAccepted { found, .. } => found,
        rejected => panic!("{rejected}"),
    };
    let sheet = samples::zip_of(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<w/>")]);
    assert_eq!(other("a.docx", &sheet), Some(Foreign::Spreadsheet));
    let zip = samples::zip_of(&[("anh.jpg", b"x")]);
    assert_eq!(other("a.docx", &zip), Some(Foreign::Archive));
    assert_eq!(other("a.pdf", b"MZ\x90\0 %PDF-1.4"), Some(Foreign::Program));
    assert_eq!(other("a.pdf", b"<!DOCTYPE html><p>"), Some(Foreign::WebPage));
    assert_eq!(other("a.pdf", "Kính gửi".as_bytes()), Some(Foreign::Text));
    assert_eq!(other("a.png", b"RIFF\x04\0\0\0WEBPVP8 "), Some(Foreign::OtherPicture));
    assert_eq!(other("a", b"\0\0\0\x18ftypmp42\0\0\0\0"), Some(Foreign::Video));
    assert_eq!(other("a.pdf", b"\x01\x02\xfe"), None);
}

#[test]
fn a_png_that_a_phone_named_jpg_is_taken_under_its_right_name() {
    let checked = judged("IMG_0001.jpg", &samples::png(1, 1)).unwrap();
    assert_eq!(checked.kind(), FileKind::Png);
    assert_eq!(checked.name(), "IMG_0001.png");
}

#[test]
fn iphone_pictures_and_old_or_locked_word_have_their_own_answers() {
    for name in ["IMG_1.HEIC", "IMG_1.jpg"] {
        let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic";
        assert_eq!(refusal(name, heic), Rejected::Heic);
    }
    let old = samples::ole(&["Root Entry", "1Table", "WordDocument"]);
    assert_eq!(refusal("a.doc", &old), Rejected::OldWord);
    assert_eq!(refusal("a.docx", &old), Rejected::OldWord);
    let locked = samples::ole(&["Root Entry", "EncryptionInfo", "EncryptedPackage"]);
    assert_eq!(refusal("a.docx", &locked), Rejected::Locked);
}

#[test]
fn a_file_cut_off_anywhere_is_never_taken() {
    for (make, kind) in WHOLE.iter().zip(FileKind::ALL) {
        let bytes = make();
        let name = format!("a.{}", kind.extension());
        for end in 1..bytes.len() {
            let rejected = refusal(&name, &bytes[..end]);
            // Before its signature is whole, nobody can say what it would have been.
            if end > 30 {
                assert_eq!(rejected, Rejected::Damaged { kind }, "{end}");
            }
        }
    }
}

#[test]
fn pictures_without_or_with_too_many_pixels_are_refused() {
    assert!(judged("a.png", &samples::png(10_000, 10_000)).is_ok());
    assert_eq!(
        refusal("a.png", &samples::png(10_000, 10_001)),
        Rejected::TooManyPixels { width: 10_000, height: 10_001 }
    );
    assert!(matches!(refusal("a.jpg", &samples::jpeg(65_500, 65_500)), Rejected::TooManyPixels { .. }));
    for bytes in [samples::png(0, 5), samples::jpeg(5, 0)] {
        assert!(matches!(refusal("a", &bytes), Rejected::Damaged { .. }));
    }
}

#[test]
fn a_pdf_header_may_stand_within_the_first_kilobyte_and_padding_may_follow() {
    let mut bytes = vec![b'\n'; 1019];
    bytes.extend_from_slice(&samples::pdf());
    bytes.extend_from_slice(&[0; 1500]);
    assert!(judged("a.pdf", &bytes).is_ok());
    bytes.insert(0, b'\n');
    assert!(judged("a.pdf", &bytes).is_err());
}

#[test]
fn an_encrypted_pdf_is_taken() {
    let text = String::from_utf8(samples::pdf()).unwrap();
    let locked = text.replace("/Size 4", "/Size 4 /Encrypt 3 0 R");
    assert!(judged("a.pdf", locked.as_bytes()).is_ok());
}

#[test]
fn word_files_with_macros_are_refused_even_under_another_inner_name() {
    let plain = samples::docx_with(&[("word/vbaProject.bin", b"x")]);
    assert_eq!(refusal("a.docx", &plain), Rejected::Macros);
    let nested = samples::docx_with(&[("word/sub/VBAPROJECT.BIN", b"x")]);
    assert_eq!(refusal("a.docx", &nested), Rejected::Macros);
    let types =
        br#"<Types><Override PartName="/word/x.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>"#;
    let renamed =
        samples::zip_of(&[("[Content_Types].xml", types), ("word/document.xml", b"<w/>"), ("word/x.bin", b"x")]);
    assert_eq!(refusal("a.docx", &renamed), Rejected::Macros);
}

#[test]
fn word_files_whose_inner_names_point_outside_are_refused() {
    for name in ["../evil.txt", "word/../../evil.txt", "/etc/evil", r"..\evil.txt", r"C:\evil.txt"] {
        let bytes = samples::docx_with(&[(name, b"x")]);
        assert_eq!(refusal("a.docx", &bytes), Rejected::UnsafeEntry, "{name}");
    }
}

#[test]
fn word_files_with_too_many_entries_are_refused_at_the_limit() {
    let names: Vec<String> = (0..MAX_DOCX_ENTRIES - 2).map(|i| format!("word/media/{i}")).collect();
    let entries: Vec<(&str, &[u8])> = names.iter().map(|n| (n.as_str(), &b"x"[..])).collect();
    let over = samples::docx_with(&entries);
    assert_eq!(refusal("a.docx", &over), Rejected::TooManyEntries);
    let just = samples::docx_with(&entries[1..]);
    assert!(judged("a.docx", &just).is_ok());
}

#[test]
fn an_honest_zip_bomb_is_refused_by_what_it_claims() {
    let zeros = vec![0; 12 * 1024 * 1024];
    let bomb = samples::docx_with(&[("word/media/a.bin", &zeros)]);
    assert!(bomb.len() < 200_000);
    assert_eq!(refusal("a.docx", &bomb), Rejected::Inflates);
}

#[test]
fn a_zip_bomb_that_lies_about_its_size_is_stopped_by_the_count() {
    let zeros = vec![0; 12 * 1024 * 1024];
    let name = "word/media/a.bin";
    for claimed in [0, 1_000, 9 * 1024 * 1024] {
        let mut bomb = samples::docx_with(&[(name, &zeros)]);
        samples::claim_size(&mut bomb, name, claimed);
        assert_eq!(refusal("a.docx", &bomb), Rejected::Inflates, "{claimed}");
    }
    // Claiming more than there is gets nobody anywhere either.
    let mut short = samples::docx_with(&[(name, b"abc")]);
    samples::claim_size(&mut short, name, 4);
    let kind = FileKind::Docx;
    assert_eq!(refusal("a.docx", &short), Rejected::Damaged { kind });
}

#[test]
fn many_small_entries_count_together() {
    let limits = docx::Limits { total: 5_000, ratio: 1_000, ratio_from: 0 };
    let entries: Vec<String> = (0..5).map(|i| format!("word/{i}.bin")).collect();
    let data = [7; 1_000];
    let all: Vec<(&str, &[u8])> = entries.iter().map(|n| (n.as_str(), &data[..])).collect();
    let outcome = |bytes: Vec<u8>| {
        let size = bytes.len() as u64;
        docx::check(&mut io::Cursor::new(bytes), size, &limits)
    };
    assert!(outcome(samples::docx_with(&all[..3])).is_ok());
    assert!(matches!(outcome(samples::docx_with(&all)), Err(CheckError::Rejected(Rejected::Inflates))));
}

#[test]
fn a_word_file_with_a_flipped_byte_inside_is_damaged() {
    let mut bytes = samples::docx_with(&[("word/media/a", &[5; 4_000])]);
    // The stored check sum of the last entry in the table of contents no longer fits.
    let row = bytes.windows(4).rposition(|w| w == b"PK\x01\x02").unwrap();
    bytes[row + 16] ^= 1;
    let kind = FileKind::Docx;
    assert_eq!(refusal("a.docx", &bytes), Rejected::Damaged { kind });
}

#[tokio::test]
async fn looking_off_thread_says_the_same() {
    let received = Received::of_bytes(&samples::docx()).unwrap();
    let checked = check_off_thread("a.docx".to_owned(), received).await;
    assert_eq!(checked.unwrap().kind(), FileKind::Docx);
}

proptest! {
    #[test]
    fn random_bytes_are_never_taken(
        bytes in proptest::collection::vec(any::<u8>(), 0..4_096),
        name in any::<String>(),
    ) {
        prop_assert!(judged(&name, &bytes).is_err());
    }

    #[test]
    fn random_bytes_behind_a_true_signature_are_never_taken(
        bytes in proptest::collection::vec(any::<u8>(), 0..4_096),
        which in 0_usize..6,
    ) {
        let signature: &[u8] = [
            b"%PDF-1.7\n", &b"PK\x03\x04"[..], jpeg::SIGNATURE, png::SIGNATURE, ole::SIGNATURE,
            b"\0\0\0\x18ftyp",
        ][which];
        prop_assert!(judged("a", &[signature, &bytes].concat()).is_err());
    }

    #[test]
    fn a_whole_file_with_some_bytes_changed_never_panics(
        which in 0_usize..4,
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let mut bytes = WHOLE[which]();
        for (at, to) in changes {
            let at = at.index(bytes.len());
            bytes[at] = to;
        }
        let _ = judged("a", &bytes);
    }
}
