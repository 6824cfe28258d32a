use super::super::{CheckedFile, check};
use super::*;
use crate::platform::files::{ContentHash, Received, samples};
use chrono::NaiveDate;
use proptest::prelude::*;

const TAKEN: &str = "2024:03:12 19:30:05";

fn taken() -> Option<NaiveDateTime> {
    NaiveDate::from_ymd_opt(2024, 3, 12)?.and_hms_opt(19, 30, 5)
}

fn checked(name: &str, bytes: &[u8]) -> CheckedFile {
    check(name, Received::of_bytes(bytes).unwrap()).unwrap()
}

/// The file as it is kept, and when it was taken.
fn kept(name: &str, bytes: &[u8]) -> (Vec<u8>, Option<NaiveDateTime>) {
    let checked = checked(name, bytes);
    let (hash, size, at) = (checked.hash(), checked.size(), checked.taken_at());
    let bytes = checked.into_bytes().unwrap();
    assert_eq!((hash, size), (ContentHash::of(&bytes), bytes.len() as u64), "hash and size are of what is kept");
    (bytes, at)
}

/// All that a reader finds in a picture.
fn exif_of(picture: &[u8]) -> Option<Exif> {
    Reader::new().read_from_container(&mut Cursor::new(picture)).ok()
}

fn knows_the_place(picture: &[u8]) -> bool {
    let gps = |exif: Exif| exif.fields().any(|it| it.tag.context() == exif::Context::Gps);
    exif_of(picture).is_some_and(gps)
}

#[test]
fn where_it_was_taken_goes_and_when_and_which_way_up_stay() {
    let pictures = [
        ("anh.jpg", samples::photo(6, TAKEN), samples::photo(1, TAKEN)),
        (
            "anh.png",
            samples::png_with(b"eXIf", &samples::exif(6, TAKEN)),
            samples::png_with(b"eXIf", &samples::exif(1, TAKEN)),
        ),
    ];
    for (name, turned, straight) in pictures {
        assert!(knows_the_place(&turned), "the sample is worth nothing without");
        let (bytes, at) = kept(name, &turned);
        assert!(!knows_the_place(&bytes));
        assert_eq!(at, taken());
        let exif = exif_of(&bytes).unwrap();
        assert_eq!((orientation(&exif), exif.fields().len()), (Some(6), 2), "{name}: nothing else is left");
        let (bytes, at) = kept(name, &straight);
        assert_eq!((at, orientation(&exif_of(&bytes).unwrap())), (taken(), None));
        // What was cleaned once comes out as it is.
        assert_eq!(kept(name, &bytes), (bytes, taken()));
    }
}

#[test]
fn a_picture_that_says_nothing_of_itself_is_kept_byte_by_byte() {
    for (name, bytes) in [("anh.jpg", samples::jpeg(8, 8)), ("anh.png", samples::png(1, 1))] {
        assert_eq!(kept(name, &bytes), (bytes, None));
    }
}

#[test]
fn damaged_exif_stops_nothing() {
    let whole = [EXIF_HEAD, &samples::exif(6, TAKEN)].concat();
    for length in 0..whole.len() {
        let (bytes, _) = kept("anh.jpg", &samples::jpeg_with(&[(0xe1, &whole[..length])], b""));
        assert!(!knows_the_place(&bytes), "cut at {length}");
    }
    for wrong in ["0000:00:00 00:00:00", "2024:13:45 99:00:00", "1970:01:01 00:00:00", "hôm qua"] {
        assert_eq!(kept("anh.jpg", &samples::photo(1, wrong)).1, None, "{wrong}");
    }
}

#[test]
fn other_ways_to_tell_the_place_go_too_and_colours_stay() {
    let profile = b"ICC_PROFILE\0\x01\x01colours".as_slice();
    let segments: [(u8, &[u8]); 6] = [
        (0xe1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta exif:GPSLatitude='12,14N'/>"),
        (0xed, b"Photoshop 3.0\08BIM\x04\x04 Phuoc Long"),
        (0xe2, b"MPF\0 a second picture follows"),
        (0xe2, profile),
        (0xee, b"Adobe\0\x64\0\0\0\0\x01"),
        (0xfe, b"12.2386, 109.1967"),
    ];
    let (bytes, at) = kept("anh.jpg", &samples::jpeg_with(&segments, &samples::photo(1, TAKEN)));
    assert_eq!(at, None);
    assert_eq!(bytes, samples::jpeg_with(&[segments[3], segments[4]], b""), "the second picture goes as well");
    for chunk in [b"tEXt", b"iTXt", b"tIME", b"prVt"] {
        assert_eq!(kept("anh.png", &samples::png_with(chunk, b"GPS 12.2386")).0, samples::png(1, 1));
    }
}

#[test]
fn a_time_told_beside_the_picture_is_taken_when_the_picture_has_none() {
    let other = taken().map(|at| at + chrono::Duration::days(1));
    assert_eq!(checked("anh.jpg", &samples::jpeg(8, 8)).or_taken_at(other).taken_at(), other);
    assert_eq!(checked("anh.jpg", &samples::photo(1, TAKEN)).or_taken_at(other).taken_at(), taken());
    assert_eq!(checked("giay.pdf", &samples::pdf()).or_taken_at(other).taken_at(), None);
}

proptest! {
    #[test]
    fn whatever_stands_in_the_segments_the_place_is_gone(
        code in 0xe0_u8..=0xef,
        head in prop_oneof![Just(EXIF_HEAD.to_vec()), Just(b"JFIF\0".to_vec()), Just(vec![]), proptest::collection::vec(any::<u8>(), 0..12)],
        noise in proptest::collection::vec(any::<u8>(), 0..64),
        at in any::<proptest::sample::Index>(),
        way in 1_u16..=8,
        again in any::<bool>(),
    ) {
        let mut exif = samples::exif(way, TAKEN);
        let place = at.index(exif.len());
        exif.splice(place..place, noise);
        let said = [head, exif].concat();
        let real = [EXIF_HEAD, &samples::exif(way, TAKEN)].concat();
        let mut segments = vec![(code, &said[..])];
        if again {
            segments.push((EXIF_MARKER, &real));
        }
        let (bytes, _) = kept("anh.jpg", &samples::jpeg_with(&segments, &real));
        prop_assert!(!knows_the_place(&bytes));
        let longitude = samples::exif(1, TAKEN).windows(8).position(|it| it == [109, 0, 0, 0, 1, 0, 0, 0]).is_some();
        prop_assert!(longitude);
        if code != 0xe0 {
            prop_assert!(!bytes.windows(8).any(|it| it == [109, 0, 0, 0, 1, 0, 0, 0]), "not even as bytes");
        }
    }
}
