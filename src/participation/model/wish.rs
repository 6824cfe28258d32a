//! What a tap at a door wishes, and what becomes of the household by it.

use std::str::FromStr;

use super::{Given, Mark, Participation, Why};
use crate::access::UnknownWord;

/// What a tap wishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// The mark is given.
    Give(Mark),
    /// The mark was a slip.
    TakeBack(Mark),
    /// Not signed, and this is why; none takes the reason out.
    Explain(Option<Why>),
}

/// Each wish with its word in forms.
const WORDS: [(Wish, &str); 8] = [
    (Wish::Give(Mark::Pledged), "ky"),
    (Wish::TakeBack(Mark::Pledged), "bo-ky"),
    (Wish::Give(Mark::Registered), "dang-ky"),
    (Wish::TakeBack(Mark::Registered), "bo-dang-ky"),
    (Wish::Explain(Some(Why::Absent)), "vang"),
    (Wish::Explain(Some(Why::Refused)), "tu-choi"),
    (Wish::Explain(Some(Why::Away)), "di-xa"),
    (Wish::Explain(None), "bo-ly-do"),
];

impl Wish {
    /// As forms name it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        WORDS.iter().find(|(wish, _)| *wish == self).map_or("", |(_, word)| word)
    }

    /// What the journal calls it.
    #[must_use]
    pub const fn verb(self) -> &'static str {
        match self {
            Self::Give(Mark::Registered) => "registered",
            Self::Give(Mark::Pledged) => "pledged",
            Self::TakeBack(Mark::Registered) => "registration_taken_back",
            Self::TakeBack(Mark::Pledged) => "pledge_taken_back",
            Self::Explain(Some(_)) => "not_signed",
            Self::Explain(None) => "reason_taken_back",
        }
    }
}

impl FromStr for Wish {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        WORDS.iter().find(|(_, word)| *word == text).map(|(wish, _)| *wish).ok_or(UnknownWord)
    }
}

impl Participation {
    /// Whether that mark was given.
    #[must_use]
    pub const fn has(&self, mark: Mark) -> bool {
        match mark {
            Mark::Registered => self.registered.is_some(),
            Mark::Pledged => self.pledged.is_some(),
        }
    }

    /// Whether everything is already as wished: the same tap once more, or somebody else's that wished the same.
    #[must_use]
    pub fn fulfils(&self, wish: Wish) -> bool {
        match wish {
            Wish::Give(mark) => self.has(mark),
            Wish::TakeBack(mark) => !self.has(mark),
            Wish::Explain(why) => self.pledged.is_none() && self.why == why,
        }
    }

    /// The household as wished; `None` when that cannot be: a reason why it has not signed when it has.
    #[must_use]
    pub fn put(&self, wish: Wish, given: &Given) -> Option<Self> {
        match wish {
            Wish::Give(mark) => self.given(mark, given),
            Wish::TakeBack(mark) => self.taken_back(mark),
            Wish::Explain(why) => self.explained(why),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_is_read_from_the_word_that_forms_send() {
        for (wish, word) in WORDS {
            assert_eq!(word.parse::<Wish>().ok(), Some(wish));
            assert_eq!(wish.as_str(), word);
        }
        assert!("xoa".parse::<Wish>().is_err());
    }
}
