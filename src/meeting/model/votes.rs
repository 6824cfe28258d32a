//! Votes that add up, and people's choices.

use serde::Deserialize;

use crate::access::words;

/// The most votes that a count may have: a slip of the finger is longer.
pub const VOTES_MAX: u32 = 10_000;

/// What somebody said to what was put to the vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// Tán thành.
    For,
    /// Không tán thành.
    Against,
    /// Another opinion, or none.
    Other,
}

words!(Choice { For = "for", Against = "against", Other = "other" });

/// Why counts are no votes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VotesFault {
    /// Nobody could vote.
    #[error("nobody votes")]
    Nobody,
    /// The counts and the people differ.
    #[error("{counted} votes of {voters} voters")]
    DoNotAddUp {
        /// Who could vote.
        voters: u32,
        /// For, against and other together.
        counted: u32,
    },
}

/// Counted votes. There are exactly as many as people who could vote: nothing else can be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Votes {
    agree: u32,
    against: u32,
    other: u32,
}

impl Votes {
    /// The votes of so many people.
    ///
    /// # Errors
    /// A [`VotesFault`] when there is nobody, or the counts do not add up to them.
    pub const fn new(voters: u32, agree: u32, against: u32, other: u32) -> Result<Self, VotesFault> {
        let counted = agree.saturating_add(against).saturating_add(other);
        if voters == 0 {
            return Err(VotesFault::Nobody);
        }
        if counted != voters {
            return Err(VotesFault::DoNotAddUp { voters, counted });
        }
        Ok(Self { agree, against, other })
    }

    /// Everybody is for it.
    ///
    /// # Errors
    /// [`VotesFault::Nobody`].
    pub const fn unanimous(voters: u32) -> Result<Self, VotesFault> {
        Self::new(voters, voters, 0, 0)
    }

    /// Counted from what each person wrote.
    ///
    /// # Errors
    /// [`VotesFault::Nobody`] when nobody wrote.
    pub fn of(choices: impl IntoIterator<Item = Choice>) -> Result<Self, VotesFault> {
        let (mut agree, mut against, mut other) = (0_u32, 0_u32, 0_u32);
        for choice in choices {
            match choice {
                Choice::For => agree += 1,
                Choice::Against => against += 1,
                Choice::Other => other += 1,
            }
        }
        Self::new(agree + against + other, agree, against, other)
    }

    /// How many could vote.
    #[must_use]
    pub const fn voters(self) -> u32 {
        self.agree + self.against + self.other
    }

    /// How many were for it.
    #[must_use]
    pub const fn agree(self) -> u32 {
        self.agree
    }

    /// How many were against it.
    #[must_use]
    pub const fn against(self) -> u32 {
        self.against
    }

    /// How many had another opinion.
    #[must_use]
    pub const fn other(self) -> u32 {
        self.other
    }

    /// Of one kind.
    #[must_use]
    pub const fn count(self, choice: Choice) -> u32 {
        match choice {
            Choice::For => self.agree,
            Choice::Against => self.against,
            Choice::Other => self.other,
        }
    }

    /// Nobody was against it or had another opinion.
    #[must_use]
    pub const fn is_unanimous(self) -> bool {
        self.against == 0 && self.other == 0
    }

    /// More than half were for it.
    #[must_use]
    pub const fn carries(self) -> bool {
        self.agree > self.against + self.other
    }
}

/// Whether so many of those invited are enough. No law was found that says how many: a percentage is a convention of the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quorum {
    /// At least this share, if there is a convention.
    pub percent: Option<u32>,
    /// Who is there, of those who vote.
    pub present: u32,
    /// Who was invited and votes.
    pub invited: u32,
}

impl Quorum {
    /// How many must be there.
    #[must_use]
    pub const fn least(self) -> Option<u32> {
        match self.percent {
            Some(percent) => Some((self.invited * percent).div_ceil(100)),
            None => None,
        }
    }

    /// Enough, or no convention.
    #[must_use]
    pub const fn is_reached(self) -> bool {
        match self.least() {
            Some(least) => self.present >= least,
            None => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn votes_add_up_to_those_who_could_vote() {
        assert_eq!(Votes::new(9, 7, 1, 1).map(Votes::voters), Ok(9));
        assert_eq!(Votes::new(9, 7, 1, 0), Err(VotesFault::DoNotAddUp { voters: 9, counted: 8 }));
        assert_eq!(Votes::new(9, 9, 1, 0), Err(VotesFault::DoNotAddUp { voters: 9, counted: 10 }));
        assert_eq!(Votes::new(0, 0, 0, 0), Err(VotesFault::Nobody));
        assert_eq!(Votes::of([]), Err(VotesFault::Nobody));
    }

    #[test]
    fn a_share_of_the_invited_is_rounded_up() {
        let quorum = |percent, present, invited| Quorum { percent, present, invited };
        assert_eq!(quorum(Some(67), 7, 11).least(), Some(8));
        assert!(!quorum(Some(67), 7, 11).is_reached());
        assert!(quorum(Some(67), 8, 11).is_reached());
        assert!(quorum(None, 0, 11).is_reached());
        assert!(quorum(Some(100), 11, 11).is_reached());
    }

    proptest! {
        #[test]
        fn whatever_is_made_adds_up(voters in 0_u32..40, agree in 0_u32..40, against in 0_u32..40, other in 0_u32..40) {
            match Votes::new(voters, agree, against, other) {
                Ok(votes) => {
                    prop_assert!(voters > 0);
                    prop_assert_eq!(votes.voters(), voters);
                    prop_assert_eq!(Choice::ALL.iter().map(|choice| votes.count(*choice)).sum::<u32>(), voters);
                    prop_assert_eq!(votes.is_unanimous(), votes.agree() == voters);
                    prop_assert!(!votes.is_unanimous() || votes.carries());
                }
                Err(VotesFault::Nobody) => prop_assert_eq!(voters, 0),
                Err(VotesFault::DoNotAddUp { counted, .. }) => prop_assert_ne!(counted, voters),
            }
        }

        #[test]
        fn choices_counted_one_by_one_are_votes(choices in proptest::collection::vec(0_usize..3, 1..40)) {
            let choices: Vec<Choice> = choices.into_iter().map(|place| Choice::ALL[place]).collect();
            let votes = Votes::of(choices.iter().copied()).expect("somebody wrote");
            for choice in Choice::ALL {
                prop_assert_eq!(votes.count(*choice) as usize, choices.iter().filter(|it| *it == choice).count());
            }
        }

        #[test]
        fn more_people_never_lose_a_quorum(percent in 1_u32..=100, present in 0_u32..50, more in 0_u32..50, invited in 1_u32..60) {
            let quorum = Quorum { percent: Some(percent), present, invited };
            let larger = Quorum { present: present + more, ..quorum };
            prop_assert!(!quorum.is_reached() || larger.is_reached());
            // Exactly the share, without rounding in anybody's favour.
            prop_assert_eq!(quorum.is_reached(), present * 100 >= invited * percent);
        }
    }
}
