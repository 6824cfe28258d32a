//! File names as people see them again: on the page, in a download, in a package.

use unicode_normalization::UnicodeNormalization;

use super::FileKind;

/// Longest name, in characters.
const MAX_CHARS: usize = 120;
/// Most file systems stop at 255 bytes; Vietnamese letters take up to three.
const MAX_BYTES: usize = 240;
/// A longer tail after the last dot is part of the name, not an extension.
const MAX_EXTENSION: usize = 10;
/// What a file without a usable name is called.
const NAMELESS: &str = "tep";

/// A name that is safe to show, to send and to write to a disk.
///
/// Only the last part of a path stays (`/` and `\` both part); control characters, invisible
/// characters and those that turn the direction of writing go; what Windows forbids becomes `-`;
/// letters are composed (NFC), so that the same name typed on a Mac is the same name here. At most
/// 120 characters, keeping the extension; never empty.
pub fn clean_name(raw: &str) -> String {
    let composed: String = raw.nfc().collect();
    let last = composed.rsplit(['/', '\\']).next().unwrap_or_default();
    let visible: String =
        last.chars().filter(|c| !is_hidden(*c)).map(|c| if r#"<>:"|?*"#.contains(c) { '-' } else { c }).collect();
    let trimmed = visible
        .trim_start_matches(|c: char| c.is_whitespace() || c == '.')
        .trim_end_matches(|c: char| c.is_whitespace() || c == '.');
    // ".pdf" has lost its dot by now: a bare extension is no name.
    let bare_extension = visible.trim_start().starts_with('.') && !trimmed.contains('.');
    match (trimmed.is_empty(), bare_extension) {
        (true, _) => NAMELESS.to_owned(),
        (false, true) => fitted(NAMELESS, Some(trimmed)),
        (false, false) => {
            let (stem, extension) = split(trimmed);
            fitted(stem, extension)
        }
    }
}

/// [`clean_name`] with the extension that the content calls for: `IMG_1.JPEG` stays as it is,
/// a PNG named `.jpg` becomes `.png`, and a name that promises nothing gets the extension added.
pub(super) fn name_for(raw: &str, kind: FileKind) -> String {
    let name = clean_name(raw);
    let (stem, extension) = split(&name);
    match extension.and_then(FileKind::from_extension) {
        Some(promised) if promised == kind => name,
        Some(_) => fitted(stem, Some(kind.extension())),
        None => fitted(&name, Some(kind.extension())),
    }
}

/// The kind that the name promises by its extension.
pub(super) fn promised_kind(raw: &str) -> Option<FileKind> {
    let name = clean_name(raw);
    split(&name).1.and_then(FileKind::from_extension)
}

/// Stem and extension (without the dot). "Biên bản 12.2024" has no extension.
fn split(name: &str) -> (&str, Option<&str>) {
    match name.rsplit_once('.') {
        Some((stem, tail))
            if !stem.is_empty()
                && !tail.is_empty()
                && tail.len() <= MAX_EXTENSION
                && tail.bytes().all(|b| b.is_ascii_alphanumeric())
                && tail.bytes().any(|b| b.is_ascii_alphabetic()) =>
        {
            (stem, Some(tail))
        }
        _ => (name, None),
    }
}

/// Joins both again, shortening the stem until the whole fits.
fn fitted(stem: &str, extension: Option<&str>) -> String {
    let tail = extension.map(|e| format!(".{e}")).unwrap_or_default();
    let mut stem: String = stem.chars().take(MAX_CHARS.saturating_sub(tail.chars().count())).collect();
    while stem.len() + tail.len() > MAX_BYTES && stem.pop().is_some() {}
    let stem = stem.trim_end_matches(|c: char| c.is_whitespace() || c == '.');
    format!("{stem}{tail}")
}

/// Control characters, and those that are not seen but change how a name reads: a name that shows
/// as "biên bản fdp.exe" reversed must not hide what it is.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{00AD}'
                | '\u{061C}'
                | '\u{180E}'
                | '\u{200B}'..='\u{200F}'
                | '\u{2028}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}'
                | '\u{FEFF}'
                | '\u{FFF9}'..='\u{FFFB}'
                | '\u{E0000}'..='\u{E007F}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_the_last_part_of_a_path_stays() {
        assert_eq!(clean_name("../../etc/passwd"), "passwd");
        assert_eq!(clean_name(r"C:\Users\Hoa\Biên bản.docx"), "Biên bản.docx");
        assert_eq!(clean_name(r"a/b\c/d.pdf"), "d.pdf");
        assert_eq!(clean_name("đăng ký/.."), "tep");
    }

    #[test]
    fn a_name_is_never_empty() {
        for raw in ["", " ", "...", "/", "\u{202e}", "\0", ".."] {
            assert_eq!(clean_name(raw), "tep", "{raw:?}");
        }
        assert_eq!(clean_name(".pdf"), "tep.pdf");
    }

    #[test]
    fn what_is_not_seen_goes() {
        assert_eq!(clean_name("anh\u{202e}gpj.exe"), "anhgpj.exe");
        assert_eq!(clean_name("a\r\nContent-Type: x.pdf"), "aContent-Type- x.pdf");
        assert_eq!(clean_name("a\u{200b}b.png"), "ab.png");
    }

    #[test]
    fn a_name_from_a_mac_is_composed() {
        let decomposed = "Bie\u{302}n ba\u{309}n.pdf";
        assert_eq!(clean_name(decomposed), "Biên bản.pdf");
        assert_eq!(clean_name(decomposed).chars().count(), 12);
    }

    #[test]
    fn a_long_name_keeps_its_extension() {
        let name = clean_name(&format!("{}.pdf", "a".repeat(500)));
        assert_eq!(name.chars().count(), 120);
        assert!(name.ends_with("a.pdf"));
        let name = clean_name(&format!("{}.docx", "ế".repeat(500)));
        assert!(name.len() <= 240 && name.ends_with("ế.docx"), "{name}");
    }

    #[test]
    fn the_content_decides_the_extension() {
        assert_eq!(name_for("IMG_1.JPEG", FileKind::Jpeg), "IMG_1.JPEG");
        assert_eq!(name_for("anh.jpg", FileKind::Png), "anh.png");
        assert_eq!(name_for("image", FileKind::Jpeg), "image.jpg");
        assert_eq!(name_for("Số 390.KH-BCĐ", FileKind::Pdf), "Số 390.KH-BCĐ.pdf");
        assert_eq!(name_for("", FileKind::Pdf), "tep.pdf");
    }

    proptest! {
        #[test]
        fn any_name_comes_out_clean_and_stays_as_it_is(raw in any::<String>()) {
            let name = clean_name(&raw);
            prop_assert!(!name.is_empty());
            prop_assert!(name.chars().count() <= MAX_CHARS && name.len() <= MAX_BYTES);
            let no_path = !name.contains(['/', '\\', '\0', '\n']) && !name.starts_with('.');
            prop_assert!(no_path);
            prop_assert_eq!(clean_name(&name), name);
        }
    }
}
