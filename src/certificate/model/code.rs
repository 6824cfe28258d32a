//! The code on a certificate: 128 bits of chance in Crockford's base32, made to be read from paper and typed.

use std::fmt;
use std::str::FromStr;

use rand::CryptoRng;

/// No I, L, O and U: nothing that looks like something else.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// 128 bits in letters of five; the first one carries three.
const LENGTH: usize = 26;
/// Letters of a group on paper.
const GROUP: usize = 4;
/// More than any typing of a code or its address needs.
const LONGEST: usize = 200;

/// The code of a certificate.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Code([u8; LENGTH]);

/// A text that is no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a code")]
pub struct BadCode;

impl Code {
    /// A code that nobody can guess. The generator is a parameter, so that a test can seed it.
    #[must_use]
    pub fn random(rng: &mut impl CryptoRng) -> Self {
        let mut bytes = [0; 16];
        rng.fill_bytes(&mut bytes);
        Self::of(u128::from_be_bytes(bytes))
    }

    fn of(mut bits: u128) -> Self {
        let mut letters = [0; LENGTH];
        for letter in letters.iter_mut().rev() {
            *letter = LETTERS[(bits & 31) as usize];
            bits >>= 5;
        }
        Self(letters)
    }

    /// The 26 letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Only letters of the alphabet above ever get in.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// In groups of four, as on paper.
    #[must_use]
    pub fn grouped(&self) -> String {
        let groups: Vec<&str> =
            (0..LENGTH).step_by(GROUP).map(|at| &self.as_str()[at..(at + GROUP).min(LENGTH)]).collect();
        groups.join("-")
    }
}

impl FromStr for Code {
    type Err = BadCode;

    /// Forgives what eyes and hands do: small letters, blanks, hyphens, O for 0, I and L for 1, and the whole address.
    fn from_str(typed: &str) -> Result<Self, BadCode> {
        if typed.len() > LONGEST {
            return Err(BadCode);
        }
        let typed = typed.trim().trim_end_matches('/');
        let typed = typed.rsplit_once('/').map_or(typed, |(_, code)| code);
        let mut letters = [0; LENGTH];
        let mut count = 0;
        for letter in typed.chars().filter(|it| !it.is_whitespace() && !matches!(it, '-' | '–' | '.' | '_')) {
            let letter = match letter.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let byte = u8::try_from(letter).map_err(|_| BadCode)?;
            if count == LENGTH || !LETTERS.contains(&byte) {
                return Err(BadCode);
            }
            letters[count] = byte;
            count += 1;
        }
        // 26 letters hold 130 bits; a code has 128.
        if count == LENGTH && letters[0] <= b'7' { Ok(Self(letters)) } else { Err(BadCode) }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    #[test]
    fn a_seed_gives_its_code() {
        let code = |seed| Code::random(&mut StdRng::seed_from_u64(seed));
        assert_eq!(code(7), code(7));
        assert_ne!(code(7), code(8));
        assert_eq!(Code::of(0).as_str(), "0".repeat(26));
        assert_eq!(Code::of(u128::MAX).as_str(), format!("7{}", "Z".repeat(25)));
    }

    #[test]
    fn it_is_shown_in_groups() {
        let grouped = Code::of(u128::MAX).grouped();
        assert_eq!(grouped, "7ZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZ");
        assert_eq!(grouped.parse(), Ok(Code::of(u128::MAX)));
    }

    #[test]
    fn typing_is_forgiven_and_other_texts_are_not_codes() {
        let code: Code = "01ABCDEFGHJKMNPQRSTVWXYZ01".parse().unwrap();
        for typed in [
            " oiab cdef ghjk mnpq rstv wxyz ol ",
            "0lAB-CDEF-GHJK-MNPQ-RSTV-WXYZ-01",
            "https://binhyen.example/xac-minh/01abcdefghjkmnpqrstvwxyz01/",
        ] {
            assert_eq!(typed.parse(), Ok(code), "{typed}");
        }
        let long = "0".repeat(1000);
        for typed in ["", "01AB", "0UABCDEFGHJKMNPQRSTVWXYZ01", "81ABCDEFGHJKMNPQRSTVWXYZ01", "мã", long.as_str()] {
            assert_eq!(typed.parse::<Code>(), Err(BadCode), "{typed}");
        }
        assert_eq!("01ABCDEFGHJKMNPQRSTVWXYZ012".parse::<Code>(), Err(BadCode));
    }

    proptest! {
        #[test]
        fn whatever_the_bits_the_code_reads_back(bits: u128) {
            let code = Code::of(bits);
            prop_assert_eq!(code.as_str().len(), LENGTH);
            prop_assert_eq!(code.grouped().to_lowercase().parse(), Ok(code));
        }

        #[test]
        fn no_text_breaks_the_reader(text in ".{0,80}") {
            let _ = text.parse::<Code>();
        }
    }
}
