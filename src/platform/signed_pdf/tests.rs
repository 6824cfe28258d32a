//! Papers as the typesetter makes them, signed as programs beside a token sign, and what people do to them afterwards.

#[path = "../../../tests/web/support/signing.rs"]
mod signing;

use std::ops::Range;
use std::sync::LazyLock;

use chrono::TimeZone;
use proptest::prelude::*;
use signing::{Key, Token, Update, sign, sign_update};
use typeset::{Day, Household, PledgeSheets, Style};

use super::*;
use crate::platform::files::samples;

static PAPER: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let household = Household {
        code: "07-0012".to_owned(),
        head: "Trần Thị Hồng Nhung".to_owned(),
        address: "12 Yết Kiêu".to_owned(),
        members: Some(4),
        qr: "HTTPS://BINHYEN.EXAMPLE/Q/PL/2024/07-0012".to_owned(),
    };
    typeset::pledge_sheets(&PledgeSheets {
        ward: "phường Bắc Nha Trang".to_owned(),
        group: "Tổ dân phố 7".to_owned(),
        year: 2024,
        place: "Bắc Nha Trang".to_owned(),
        printed: Day { year: 2024, month: 3, day: 5 },
        text: vec!["Hộ gia đình chúng tôi cam kết:".to_owned()],
        reasons: vec!["vắng".to_owned()],
        style: Style::List,
        households: vec![household],
    })
    .unwrap()
});

fn at() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2024, 11, 18, 2, 30, 0).unwrap()
}

fn chair() -> Token {
    Token::of("Nguyễn Văn Lựu", Key::P256)
}

fn signed(issued: &[u8]) -> Vec<u8> {
    sign(issued, &chair(), at())
}

/// What becomes of the paper with that update, signed.
fn with(update: impl FnOnce(&mut Update)) -> Result<Examined, Fault> {
    let mut changed = Update::of(&PAPER);
    update(&mut changed);
    examine(&PAPER, &sign_update(changed, &chair(), at(), 0, "[20 20 220 120]"))
}

fn place(bytes: &[u8], word: &str) -> usize {
    bytes.windows(word.len()).rposition(|it| it == word.as_bytes()).unwrap()
}

/// Where the last signature stands, its angle brackets left out.
fn hole(bytes: &[u8]) -> Range<usize> {
    let begin = place(bytes, "/Contents <") + "/Contents <".len();
    begin..begin + bytes[begin..].iter().position(|it| *it == b'>').unwrap()
}

fn verdicts(examined: &Examined) -> Vec<(Verdict, After)> {
    examined.signatures.iter().map(|it| (it.verdict(), it.after)).collect()
}

#[test]
fn a_paper_signed_with_any_key_is_right_and_shows_its_certificate() {
    for key in [Key::Rsa, Key::RsaPss, Key::P256, Key::P384] {
        let examined = examine(&PAPER, &sign(&PAPER, &Token::of("Nguyễn Văn Lựu", key), at())).unwrap();
        assert_eq!(verdicts(&examined), [(Verdict::Right, After::Nothing)], "{key:?}");
        let seen = &examined.signatures[0];
        assert!(seen.covers_whole_file() && seen.covers_issued);
        assert_eq!((seen.claimed_at, seen.was_valid()), (Some(at()), Some(true)));
        let certificate = seen.certificate.as_ref().unwrap();
        assert_eq!(certificate.name.as_deref(), Some("Nguyễn Văn Lựu"));
        assert_eq!(certificate.organisation.as_deref(), Some("UBND phường Bắc Nha Trang"));
        assert_eq!((certificate.issuer.as_deref(), certificate.serial.as_str()), (Some("Chứng thư thử"), "4a11"));
        assert_eq!(certificate.until, Some(Utc.with_ymd_and_hms(2024, 12, 31, 23, 59, 59).unwrap()));
    }
}

#[test]
fn a_certificate_that_had_ended_is_told() {
    let late = Utc.with_ymd_and_hms(2025, 1, 2, 0, 0, 0).unwrap();
    let examined = examine(&PAPER, &sign(&PAPER, &chair(), late)).unwrap();
    assert_eq!(examined.signatures[0].was_valid(), Some(false));
}

#[test]
fn two_sign_one_after_the_other() {
    let once = sign(&PAPER, &Token::of("Trần Thị Kim Oanh", Key::Rsa), at());
    let examined = examine(&PAPER, &signed(&once)).unwrap();
    assert_eq!(verdicts(&examined), [(Verdict::Right, After::SignedLater), (Verdict::Right, After::Nothing)]);
    let names = examined.signatures.iter().filter_map(|it| it.certificate.as_ref()?.name.as_deref());
    assert_eq!(names.collect::<Vec<_>>(), ["Trần Thị Kim Oanh", "Nguyễn Văn Lựu"]);
    // A paper that was kept signed is issued again, and signed by the second alone.
    assert_eq!(verdicts(&examine(&once, &signed(&once)).unwrap()), [(Verdict::Right, After::Nothing)]);
}

#[test]
fn another_file_is_not_the_issued_one() {
    let mut other = signed(&PAPER);
    other[PAPER.len() / 2] ^= 1;
    assert_eq!(examine(&PAPER, &other), Err(Fault::AnotherFile));
    assert_eq!(examine(&PAPER, &signed(&samples::pdf())), Err(Fault::AnotherFile));
    assert_eq!(examine(&PAPER, &PAPER), Err(Fault::Unchanged));
    assert_eq!(examine(&PAPER, &PAPER[..PAPER.len() - 9]), Err(Fault::AnotherFile));
}

#[test]
fn a_page_drawn_anew_is_told_even_under_a_right_signature() {
    let number = |update: &Update, entry: &str| {
        let page = update.object(update.page());
        let (_, behind) = page.split_once(entry).unwrap();
        behind.trim_start().split(' ').next().unwrap().parse::<u32>().unwrap()
    };
    let text = "<< /Length 9 >>\nstream\n0 0 m S Q\nendstream";
    let changed = Err(Fault::Changed(Change::Page));
    assert_eq!(with(|it| it.put(number(it, "/Contents"), text)), changed);
    assert_eq!(with(|it| it.put(number(it, "/Resources"), "<< >>")), changed);
    let elsewhere = |it: &mut Update| {
        let (page, stream) = (it.page(), it.add(text));
        let (old, dict) = (number(it, "/Contents"), it.object(page));
        it.put(page, &dict.replace(&format!("/Contents {old} "), &format!("/Contents {stream} ")));
    };
    assert_eq!(with(elsewhere), changed);
}

#[test]
fn a_document_that_does_more_than_before_is_told() {
    let changed = Err(Fault::Changed(Change::Document));
    let in_catalog = |entry: &'static str| {
        move |it: &mut Update| {
            let catalog = it.object(it.catalog());
            it.put(it.catalog(), &format!("{} {entry} >>", catalog.strip_suffix(">>").unwrap()));
        }
    };
    assert_eq!(with(in_catalog("/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>")), changed);
    let (proofs, form) = ("/DSS << /Certs [] >>", "/AcroForm << /XFA (x) >>");
    assert!(with(in_catalog(proofs)).is_ok());
    let mut update = Update::of(&PAPER);
    in_catalog(form)(&mut update);
    assert_eq!(examine(&PAPER, &update.done()), changed);
    let fewer = |it: &mut Update| it.put(1, "<< /Type /Pages /Count 0 /Kids [] >>");
    assert_eq!(with(fewer), changed);
}

#[test]
fn a_form_that_was_issued_may_get_another_field_and_no_page_of_its_own() {
    let mut update = Update::of(&PAPER);
    let (form, root) = (update.add("<< /SigFlags 1 /Fields [] >>"), update.catalog());
    let catalog = update.object(root);
    update.put(root, &format!("{} /AcroForm {form} 0 R >>", catalog.strip_suffix(">>").unwrap()));
    let issued = update.done();
    let with = |object: &str| {
        let mut update = Update::of(&issued);
        update.put(form, object);
        examine(&issued, &update.done())
    };
    assert_eq!(with("<< /SigFlags 3 /Fields [1 0 R] >>"), Err(Fault::NoSignature));
    assert_eq!(with("<< /SigFlags 3 /Fields [] /XFA (x) >>"), Err(Fault::Changed(Change::Document)));
}

#[test]
fn whatever_is_laid_over_a_page_is_told() {
    let note = Err(Fault::Changed(Change::Note));
    let box_of = |more: &str| format!("<< /Type /Annot /Rect [50 50 300 90] {more} >>");
    let note_with = |more: &str| with(|it| _ = it.annotate(&box_of(more)));
    assert_eq!(note_with("/Subtype /FreeText /Contents (Đồng ý) /DA (/Helv 12 Tf)"), note);
    assert_eq!(note_with("/Subtype /Widget /FT /Tx /V (x)"), note);
    assert_eq!(note_with("/Subtype /Widget /FT /Sig /A << /S /URI >>"), note);
    assert!(note_with("/Subtype /Widget /FT /Sig").is_ok(), "a field for the next who signs");
    let wide = sign_update(Update::of(&PAPER), &chair(), at(), 0, "[0 0 595 842]");
    assert_eq!(examine(&PAPER, &wide), Err(Fault::Changed(Change::LargeField)));
    // After the signature as well: nobody signed it, and it would be shown.
    let mut after = Update::of(&signed(&PAPER));
    after.annotate(&box_of("/Subtype /Text /Contents (x)"));
    assert_eq!(examine(&PAPER, &after.done()), note);
}

#[test]
fn what_follows_a_signature_or_precedes_it_unsigned_is_told() {
    let mut after = Update::of(&signed(&PAPER));
    after.add("<< /Harmless true >>");
    assert_eq!(verdicts(&examine(&PAPER, &after.done()).unwrap()), [(Verdict::Right, After::Unsigned)]);
    let part = sign_update(Update::of(&PAPER), &chair(), at(), 100, "[20 20 220 120]");
    let examined = examine(&PAPER, &part).unwrap();
    assert!(!examined.signatures[0].covers_issued);
    assert_eq!(verdicts(&examined)[0].0, Verdict::Wrong);
}

#[test]
fn wrong_sums_are_told_apart() {
    let whole = signed(&PAPER);
    let mut bytes = whole.clone();
    let reason = place(&bytes, "/M (D:2024") + 6;
    bytes[reason + 3] = b'3';
    let seen = |bytes: &[u8]| examine(&PAPER, bytes).unwrap().signatures.remove(0);
    assert_eq!((seen(&bytes).digest_matches, seen(&bytes).signature_holds), (Some(false), Some(true)));
    // The time that the signature itself claims, one second on: the digest is still that of the file.
    let mut bytes = whole.clone();
    let time = place(&whole, &hex::encode("241118023000Z")) + 23;
    bytes[time] = b'1';
    assert_eq!((seen(&bytes).digest_matches, seen(&bytes).signature_holds), (Some(true), Some(false)));
    // An algorithm that nobody knows is never right, and not wrong either.
    let mut bytes = whole.clone();
    let algorithm = place(&whole, "06082a8648ce3d040302") + 19;
    bytes[algorithm] = b'9';
    assert_eq!((seen(&bytes).signature_holds, seen(&bytes).verdict()), (None, Verdict::Unsure));
}

#[test]
fn junk_is_refused_and_says_what_it_is() {
    let appended = |more: &[u8]| examine(&PAPER, &[&PAPER, more].concat());
    let tables = Err(Fault::Malformed(Broken::Tables));
    assert_eq!(examine(&PAPER, b"no paper"), Err(Fault::NotPdf));
    assert_eq!(examine(&PAPER, b""), Err(Fault::NotPdf));
    assert_eq!(examine(&PAPER, &vec![0; 30 * 1024 * 1024]), Err(Fault::TooLarge { limit: MAX_FILE_BYTES }));
    assert_eq!(appended(b"\n\n"), Err(Fault::NoSignature));
    assert_eq!(appended(&vec![0; 5_000]), tables);
    assert_eq!(appended(b"\nstartxref\n0\n%%EOF"), tables);
    assert_eq!(examine(&PAPER, &Update::of(&PAPER).done()), Err(Fault::NoSignature));
    let mut signature = signed(&PAPER);
    let begin = hole(&signature).start;
    signature[begin..begin + 2].copy_from_slice(b"31");
    assert_eq!(examine(&PAPER, &signature), Err(Fault::Malformed(Broken::Cms)));
    let mut locked = Update::of(&samples::pdf()).done();
    let entry = place(&locked, "/Prev");
    locked.splice(entry..entry, b"/Encrypt 9 0 R ".iter().copied());
    assert_eq!(examine(&PAPER, &locked), Err(Fault::Encrypted));
}

#[test]
fn a_file_cut_short_is_never_right() {
    let (issued, whole) = (samples::pdf(), signed(&samples::pdf()));
    assert!(examine(&issued, &whole).is_ok());
    for length in (0..whole.len() - 1).step_by(13) {
        let right = examine(&issued, &whole[..length]).map(|it| verdicts(&it)[0].0);
        assert!(right.is_err() || right == Ok(Verdict::Wrong), "{length} of {}: {right:?}", whole.len());
    }
}

#[test]
fn values_deep_in_each_other_and_rows_on_one_object_end_soon() {
    for (open, close) in [("[", "]"), ("<< /A ", ">>"), ("(", ")")] {
        let deep = format!("<< /ByteRange {}{} >>", open.repeat(300_000), close.repeat(300_000));
        let mut update = Update::of(&PAPER);
        update.add(&deep);
        assert!(examine(&PAPER, &update.done()).is_err());
    }
    let mut update = Update::of(&PAPER);
    let large = update.add(&format!("[{}]", "0 ".repeat(90_000)));
    update.alias(large, 50_000);
    assert_eq!(examine(&PAPER, &update.done()), Err(Fault::Malformed(Broken::Tables)));
}

#[test]
fn papers_of_newer_programs_have_tables_that_are_streams() {
    let whole = sign_update(Update::of(&PAPER).compressed(), &chair(), at(), 0, "[20 20 220 120]");
    assert_eq!(verdicts(&examine(&PAPER, &whole).unwrap()), [(Verdict::Right, After::Nothing)]);
    let mut noted = Update::of(&PAPER).compressed();
    noted.annotate("<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] >>");
    let whole = sign_update(noted, &chair(), at(), 0, "[20 20 220 120]");
    assert_eq!(examine(&PAPER, &whole), Err(Fault::Changed(Change::Note)));
}

static SMALL: LazyLock<(Vec<u8>, Vec<u8>)> = LazyLock::new(|| {
    let issued = samples::pdf();
    let whole = signed(&issued);
    (issued, whole)
});

proptest! {
    #![proptest_config(ProptestConfig::with_cases(800))]

    #[test]
    fn no_byte_outside_the_signature_can_differ(at in any::<prop::sample::Index>(), mask in 1_u8..) {
        let (issued, whole) = &*SMALL;
        let hole = hole(whole);
        let at = at.index(whole.len() - hole.len());
        let at = if at < hole.start { at } else { at + hole.len() };
        let mut bytes = whole.clone();
        bytes[at] ^= mask;
        if let Ok(examined) = examine(issued, &bytes) {
            prop_assert_eq!(verdicts(&examined)[0].0, Verdict::Wrong);
        }
    }

    #[test]
    fn no_byte_of_the_signature_ends_the_program(at in any::<prop::sample::Index>(), digit in "[0-9a-f>(\\[]") {
        let (issued, whole) = &*SMALL;
        let hole = hole(whole);
        // Behind the signature proper there is padding, which may hold anything.
        let mut bytes = whole.clone();
        bytes[hole.start + at.index(1_600)] = digit.as_bytes()[0];
        if let Ok(examined) = examine(issued, &bytes) {
            prop_assert!(examined.signatures[0].digest_matches != Some(true) || examined.signatures.len() == 1);
        }
    }

    #[test]
    fn nothing_that_is_appended_ends_the_program(more in prop::collection::vec(any::<u8>(), 0..400), cut in any::<prop::sample::Index>()) {
        let (issued, whole) = &*SMALL;
        let cut = issued.len() + cut.index(whole.len() - issued.len());
        let bytes = [&whole[..cut], &more, &whole[cut..]].concat();
        if let Ok(examined) = examine(issued, &bytes) {
            prop_assert!(more.is_empty() || verdicts(&examined)[0].0 != Verdict::Right || hole(whole).contains(&cut));
        }
    }
}
