//! Names inside a ZIP: plain letters that every system takes, however the file was called before.

use std::collections::HashSet;

use crate::platform::fold::fold;

/// The longest piece of a path.
const LONGEST: usize = 60;
/// Names that Windows keeps for devices, with whatever extension.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// "Tờ trình số 05/TTr-BCĐ" becomes "to-trinh-so-05-ttr-bcd": never empty, never a way out of its folder.
#[must_use]
pub fn slug(text: &str) -> String {
    let mut plain = String::new();
    for letter in fold(text).chars() {
        if letter.is_ascii_alphanumeric() {
            plain.push(letter);
        } else if !plain.is_empty() && !plain.ends_with('-') {
            plain.push('-');
        }
        if plain.len() >= LONGEST {
            break;
        }
    }
    let plain = plain.trim_end_matches('-');
    let is_port =
        |stem: &str| plain.strip_prefix(stem).is_some_and(|it| it.len() == 1 && it.as_bytes()[0].is_ascii_digit());
    match plain {
        "" => "tep".to_owned(),
        device if DEVICES.contains(&device) || is_port("com") || is_port("lpt") => format!("{device}-tep"),
        plain => plain.to_owned(),
    }
}

/// The extension of a media type.
#[must_use]
pub fn extension(media_type: &str) -> &'static str {
    crate::platform::files::FileKind::from_media_type(media_type).map_or("bin", |kind| kind.extension())
}

/// The stem of a file's own name, as a plain name.
#[must_use]
pub fn stem(name: &str) -> String {
    slug(name.rsplit_once('.').map_or(name, |(stem, _)| stem))
}

/// Hands out paths, each once.
#[derive(Debug, Default)]
pub struct Paths(HashSet<String>);

impl Paths {
    /// A path in that folder; a second one of the same name is counted.
    pub fn free(&mut self, folder: &str, stem: &str, extension: &str) -> String {
        let with = |count: usize| match count {
            1 => format!("{folder}/{stem}.{extension}"),
            count => format!("{folder}/{stem}-{count}.{extension}"),
        };
        let path = (1..).map(with).find(|path| !self.0.contains(path)).unwrap_or_default();
        self.0.insert(path.clone());
        path
    }

    /// A folder for a unit, that no other unit has.
    pub fn folder(&mut self, name: &str) -> String {
        let with = |count: usize| if count == 1 { name.to_owned() } else { format!("{name}-{count}") };
        let folder = (1..).map(with).find(|folder| !self.0.contains(folder)).unwrap_or_default();
        self.0.insert(folder.clone());
        folder
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_plain_and_readable() {
        assert_eq!(slug("Tờ trình số 05/TTr-BCĐ"), "to-trinh-so-05-ttr-bcd");
        assert_eq!(slug("Ảnh họp tổ (1)"), "anh-hop-to-1");
        assert_eq!(slug("CON"), "con-tep");
        assert_eq!(slug("lpt1"), "lpt1-tep");
        assert_eq!((slug("com12"), slug("../../etc/passwd")), ("com12".to_owned(), "etc-passwd".to_owned()));
        for nothing in ["", "..", "../..", "/", "\\", "李", "\u{202e}"] {
            assert_eq!(slug(nothing), "tep", "{nothing:?}");
        }
        assert_eq!(stem("Biên bản.v2.docx"), "bien-ban-v2");
    }

    #[test]
    fn each_path_is_given_once() {
        let mut paths = Paths::default();
        let given: Vec<String> = (0..3).map(|_| paths.free("to-07", "anh", "jpg")).collect();
        assert_eq!(given, ["to-07/anh.jpg", "to-07/anh-2.jpg", "to-07/anh-3.jpg"]);
        assert_eq!([paths.folder("to-07"), paths.folder("to-07")], ["to-07", "to-07-2"]);
    }

    proptest! {
        #[test]
        fn no_name_leads_out_of_its_folder(text in any::<String>()) {
            let name = slug(&text);
            prop_assert!(!name.is_empty() && name.len() <= LONGEST + 4);
            prop_assert!(name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'));
            prop_assert!(!name.starts_with('-') && !name.ends_with('-'));
        }
    }
}
