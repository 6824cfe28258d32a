//! Which passwords are taken: long enough, and not easily guessed by somebody who knows the person.

use secrecy::{ExposeSecret, SecretString};
use zxcvbn::Score;
use zxcvbn::feedback::{Suggestion, Warning};

use super::model::Phone;
use super::passwords::normalised;
use crate::platform::fold::fold;

/// The fewest and the most characters.
pub const SHORTEST: usize = 12;
/// See [`SHORTEST`].
pub const LONGEST: usize = 128;

/// So many letters must be left when what is known of the person is taken out.
const OWN_LETTERS: usize = 8;

/// What many people in Việt Nam begin a password with. The estimate's own lists are English.
const COMMON: [&str; 12] = [
    "mật khẩu",
    "anh yêu em",
    "em yêu anh",
    "yêu em",
    "gia đình",
    "không biết",
    "không có",
    "Việt Nam",
    "Hà Nội",
    "Sài Gòn",
    "công an",
    "tổ quốc",
];

/// Why a password is not taken.
#[derive(Debug, Clone, PartialEq)]
pub enum Weakness {
    /// So many characters, fewer than [`SHORTEST`].
    TooShort(usize),
    /// So many characters, more than [`LONGEST`].
    TooLong(usize),
    /// Little more than what is known of the person: name, number, places.
    Known,
    /// Easily guessed.
    Guessable {
        /// What makes it so, when one thing does.
        warning: Option<Warning>,
        /// What helps.
        suggestions: Vec<Suggestion>,
    },
}

/// What somebody who wants to guess knows of the person: number, name, places, the name of the program.
#[must_use]
pub fn known_of(name: &str, phone: Option<&Phone>, places: &[&str]) -> Vec<String> {
    let mut known = Vec::new();
    for text in places.iter().copied().chain([name, "Bình Yên", "an ninh trật tự"]) {
        let folded = fold(text);
        known.push(text.to_lowercase());
        // "phuoclong" of "phường Phước Long": every run of words, written in one piece.
        let words: Vec<&str> = folded.split(' ').collect();
        known.extend((2..=words.len()).flat_map(|run| words.windows(run).map(<[&str]>::concat)));
        known.extend(folded.split(' ').filter(|word| word.len() > 1).map(str::to_owned));
        known.extend(text.to_lowercase().split_whitespace().filter(|word| word.chars().count() > 1).map(str::to_owned));
        known.push(folded);
    }
    if let Some(phone) = phone {
        let digits = phone.as_str();
        known.extend(
            [digits, &digits[1..], &digits[digits.len() - 6..], &digits[digits.len() - 4..]].map(str::to_owned),
        );
    }
    known
}

/// Judges a password.
///
/// # Errors
/// The weakness, for `words::account::weakness` to say.
pub fn check(password: &SecretString, known: &[String]) -> Result<(), Weakness> {
    let password = normalised(password);
    let text = password.expose_secret();
    let length = text.chars().count();
    if length < SHORTEST {
        return Err(Weakness::TooShort(length));
    }
    if length > LONGEST {
        return Err(Weakness::TooLong(length));
    }
    if letters_of_ones_own(text, known) < OWN_LETTERS {
        return Err(Weakness::Known);
    }
    let common: Vec<String> = COMMON.iter().flat_map(|words| spellings(words)).collect();
    let known: Vec<&str> = known.iter().chain(&common).map(String::as_str).collect();
    // A guesser leaves the marks out too, and the blanks, each of which the estimate takes for a piece of its own: the
    // password is as strong as the weakest of the readings.
    let folded = fold(text);
    let joined: String = folded.chars().filter(|c| c.is_alphanumeric()).collect();
    for reading in [text.to_owned(), folded, joined] {
        let judged = zxcvbn::zxcvbn(&reading, &known);
        if judged.score() < Score::Three {
            return Err(Weakness::Guessable {
                warning: judged.feedback().and_then(zxcvbn::feedback::Feedback::warning),
                suggestions: judged.feedback().map(|said| said.suggestions().to_vec()).unwrap_or_default(),
            });
        }
    }
    Ok(())
}

/// With marks, without, and written in one piece.
fn spellings(words: &str) -> [String; 3] {
    let folded = fold(words);
    [words.to_lowercase(), folded.clone(), folded.replace(' ', "")]
}

/// How many letters are neither a known word nor part of a known name written in one piece. The estimate below counts each
/// known word as a choice among several; somebody who puts the whole name and the ward in a row has chosen nothing.
fn letters_of_ones_own(text: &str, known: &[String]) -> usize {
    let words = fold(text);
    let mut rest: String =
        words.split(|c: char| !c.is_alphanumeric()).filter(|word| !known.iter().any(|known| known == word)).collect();
    // The longest first, so that a short piece does not break a long one.
    let mut names: Vec<&String> = known.iter().filter(|name| name.len() > 5).collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    for name in names {
        rest = rest.replace(name.as_str(), "");
    }
    rest.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(text: &str) -> Result<(), Weakness> {
        let phone = "0900000207".parse().unwrap();
        check(
            &SecretString::from(text.to_owned()),
            &known_of("Trần Văn Lựu", Some(&phone), &["phường Phước Long", "Tổ dân phố 7"]),
        )
    }

    #[test]
    fn four_ordinary_words_are_taken() {
        for good in ["suối mai tre lúa", "meo den ngu tren mai", "Chiều nay bà đi chợ cá", "suoi-mai-tre-lua-4711"]
        {
            assert_eq!(judged(good), Ok(()), "{good}");
        }
    }

    #[test]
    fn length_counts_letters_not_bytes_and_after_composing() {
        assert_eq!(judged("ngắn quá"), Err(Weakness::TooShort(8)));
        assert_eq!(judged("ừừừừừừừ"), Err(Weakness::TooShort(7)));
        let decomposed: String = unicode_normalization::UnicodeNormalization::nfd("ừừừừừừừ").collect();
        assert_eq!(judged(&decomposed), Err(Weakness::TooShort(7)));
        assert_eq!(judged(&"a b ".repeat(40)), Err(Weakness::TooLong(160)));
    }

    #[test]
    fn what_is_known_of_the_person_does_not_count() {
        for weak in [
            "0900000207 0207",
            "Trần Văn Lựu 207",
            "tranvanluu0207",
            "Bình Yên Phước Long",
            "binhyen123456",
            "tran.van.luu.phuoc.long",
            "phuoclongtodanpho7",
        ] {
            assert!(matches!(judged(weak), Err(Weakness::Known | Weakness::Guessable { .. })), "{weak}");
        }
    }

    #[test]
    fn what_everybody_begins_with_counts_little() {
        for weak in ["mat khau 12345", "Mật khẩu 2024", "matkhau@12345", "anhyeuem2024", "vietnam123456"] {
            assert!(matches!(judged(weak), Err(Weakness::Guessable { .. })), "{weak}: {:?}", judged(weak));
        }
    }

    #[test]
    fn rows_and_repeats_are_told_apart() {
        let warning = |text: &str| match judged(text) {
            Err(Weakness::Guessable { warning, .. }) => warning,
            other => panic!("{text}: {other:?}"),
        };
        assert_eq!(warning("aaaaaaaaaaaaaa"), Some(Warning::RepeatsLikeAaaAreEasyToGuess));
        assert_eq!(warning("passwordpassword"), Some(Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess));
        assert!(matches!(judged("123456789012"), Err(Weakness::Guessable { .. })));
        assert!(matches!(judged("qwertyuiopas"), Err(Weakness::Guessable { .. })));
    }
}
