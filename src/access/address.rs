//! How a person is spoken to, and how a deputy signs.

use std::fmt;
use std::str::FromStr;

use super::UnknownWord;

/// How the program speaks to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Honorific {
    /// Ông.
    Ong,
    /// Bà.
    Ba,
    /// Anh.
    Anh,
    /// Chị.
    Chi,
    /// Bạn: when we do not know.
    Ban,
}

impl Honorific {
    /// Every way, in the order of the form.
    pub const ALL: [Self; 5] = [Self::Ong, Self::Ba, Self::Anh, Self::Chi, Self::Ban];

    /// The word, in lower case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ong => "ông",
            Self::Ba => "bà",
            Self::Anh => "anh",
            Self::Chi => "chị",
            Self::Ban => "bạn",
        }
    }

    /// The word at the beginning of a sentence.
    #[must_use]
    pub const fn capital(self) -> &'static str {
        match self {
            Self::Ong => "Ông",
            Self::Ba => "Bà",
            Self::Anh => "Anh",
            Self::Chi => "Chị",
            Self::Ban => "Bạn",
        }
    }
}

impl fmt::Display for Honorific {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Honorific {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        Self::ALL.into_iter().find(|word| word.as_str() == text).ok_or(UnknownWord)
    }
}

/// How a deputy signs (Nghị định 30/2020/NĐ-CP): ký thay, thừa lệnh, thừa ủy quyền, quyền.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// KT. – ký thay.
    Kt,
    /// TL. – thừa lệnh.
    Tl,
    /// TUQ. – thừa ủy quyền.
    Tuq,
    /// Q. – quyền.
    Q,
}

impl Form {
    /// Every form, in the order of the choice.
    pub const ALL: [Self; 4] = [Self::Kt, Self::Tl, Self::Tuq, Self::Q];

    /// As written before the title on paper.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Kt => "KT.",
            Self::Tl => "TL.",
            Self::Tuq => "TUQ.",
            Self::Q => "Q.",
        }
    }
}

impl FromStr for Form {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        Self::ALL.into_iter().find(|form| form.as_str() == text).ok_or(UnknownWord)
    }
}
