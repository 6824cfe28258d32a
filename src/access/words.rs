//! Closed lists whose values the database and forms name by a word.

/// Gives an enum its words, both ways: `ALL`, `as_str` and `FromStr`. An unknown word is an error of whoever wrote it.
macro_rules! words {
    ($type:ty { $($variant:ident = $word:literal),+ $(,)? }) => {
        impl $type {
            /// Every value, in the order of forms.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// As the database and forms name it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::str::FromStr for $type {
            type Err = $crate::access::UnknownWord;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|value| value.as_str() == text).ok_or($crate::access::UnknownWord)
            }
        }
    };
}
pub(crate) use words;
