//! A meeting: planned, open, closed; the people, the agenda, what was voted and concluded.

mod agenda;
mod closing;
mod step;
mod votes;

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::access::{Place, words};
use crate::platform::id::{AttendeeId, CycleId, DossierId, MeetingId, RulesetId};

pub use agenda::{Found, Paper, Risk, Seen, by_risk};
pub use closing::{Fault, faults};
pub use step::{Step, close, open};
pub use votes::{Choice, Quorum, VOTES_MAX, Votes, VotesFault};

/// The most people on a list.
pub const PEOPLE_MAX: usize = 40;

/// How far a meeting is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Its people and its day may change.
    Planned,
    /// The roll was called: votes are taken.
    Open,
    /// Nothing changes any more.
    Closed,
}

/// How votes are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ballot {
    /// Show of hands.
    Hand,
    /// Secret: counts alone exist.
    Secret,
    /// Opinions in writing, where a meeting cannot be held.
    Written,
}

words!(Ballot { Hand = "hand", Secret = "secret", Written = "written" });

/// As what somebody takes part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Leads it.
    Chair,
    /// Writes it down.
    Secretary,
    /// Belongs to the body that meets.
    Member,
    /// Listens, and has no vote.
    Guest,
}

words!(Part { Chair = "chair", Secretary = "secretary", Member = "member", Guest = "guest" });

/// What follows from a dossier's turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Conclusion {
    /// To ask for recognition.
    Recommend,
    /// Not to ask.
    Decline,
    /// Put off: nothing follows.
    Postpone,
}

words!(Conclusion { Recommend = "recommend", Decline = "decline", Postpone = "postpone" });

/// A meeting's own row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// Its id.
    pub id: MeetingId,
    /// The ward's committee, or the group whose meeting it is.
    pub place: Place,
    /// The year.
    pub cycle: CycleId,
    /// "Họp Ban chỉ đạo xét hồ sơ đề nghị năm 2024".
    pub title: String,
    /// Where.
    pub venue: Option<String>,
    /// When it is to begin.
    pub planned_at: DateTime<Utc>,
    /// When it began.
    pub opened_at: Option<DateTime<Utc>>,
    /// When it ended, and who closed it.
    pub closed: Option<(DateTime<Utc>, String)>,
    /// How votes are given.
    pub ballot: Ballot,
    /// Share of the invited voters that must be there: a convention of the house.
    pub quorum_percent: Option<u32>,
    /// Counts changes; a form carries the one it was drawn from.
    pub revision: i32,
}

impl Meeting {
    /// How far it is.
    #[must_use]
    pub const fn state(&self) -> State {
        match (self.opened_at, &self.closed) {
            (_, Some(_)) => State::Closed,
            (Some(_), None) => State::Open,
            (None, None) => State::Planned,
        }
    }

    /// The ward committee's, over the dossiers of its groups.
    #[must_use]
    pub const fn is_of_committee(&self) -> bool {
        self.place.group.is_none()
    }
}

/// Somebody invited.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Attendee {
    /// The person at this meeting.
    pub id: AttendeeId,
    /// Full name.
    pub name: String,
    /// "Trưởng ban công tác Mặt trận".
    pub office: String,
    /// As what.
    pub part: Part,
    /// Has a vote.
    pub votes: bool,
    /// Came; none before the roll is called.
    pub present: Option<bool>,
}

/// Somebody to be invited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    /// Full name.
    pub name: String,
    /// The office.
    pub office: String,
    /// As what.
    pub part: Part,
    /// Has a vote.
    pub votes: bool,
}

/// What is planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The title.
    pub title: String,
    /// Where.
    pub venue: Option<String>,
    /// When.
    pub planned_at: DateTime<Utc>,
    /// How votes are given.
    pub ballot: Ballot,
    /// A convention of the house.
    pub quorum_percent: Option<u32>,
    /// Who is invited, in order.
    pub people: Vec<Invited>,
}

/// A dossier's turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The dossier.
    pub dossier: DossierId,
    /// Its place on the agenda.
    pub ordinal: i32,
    /// What was put to the vote, and the votes.
    pub vote: Option<(Conclusion, Votes)>,
    /// What was concluded.
    pub conclusion: Option<Conclusion>,
    /// Why.
    pub reason: Option<String>,
    /// What was in front of the meeting.
    pub seen: Option<Seen>,
    /// Counts changes.
    pub revision: i32,
    /// The last change, and by whom.
    pub updated: Option<(DateTime<Utc>, String)>,
}

impl Item {
    /// The conclusion goes another way than the vote.
    #[must_use]
    pub fn overrules_the_vote(&self) -> bool {
        match (self.vote, self.conclusion) {
            (Some((motion, votes)), Some(concluded)) if concluded != Conclusion::Postpone => {
                (concluded == motion) != votes.carries()
            }
            _ => false,
        }
    }
}

/// What one person said about one dossier.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Opinion {
    /// The dossier.
    pub dossier: DossierId,
    /// The person.
    pub attendee: AttendeeId,
    /// What.
    pub choice: Choice,
    /// In their words.
    pub said: Option<String>,
}

/// A meeting with everything around it.
#[derive(Debug, Clone)]
pub struct Whole {
    /// Its own row.
    pub meeting: Meeting,
    /// The year.
    pub year: i32,
    /// The pinned ruleset.
    pub ruleset: RulesetId,
    /// "phường Phước Long".
    pub ward_name: String,
    /// "Tổ dân phố 7"; none for the committee's.
    pub group_name: Option<String>,
    /// Who is invited, in order.
    pub people: Vec<Attendee>,
    /// The agenda, in order.
    pub items: Vec<Item>,
    /// What single people said; never of a secret ballot.
    pub opinions: Vec<Opinion>,
}

impl Whole {
    /// Whoever takes part as that.
    #[must_use]
    pub fn in_part(&self, part: Part) -> Option<&Attendee> {
        self.people.iter().find(|person| person.part == part)
    }

    /// The person of that id.
    #[must_use]
    pub fn person(&self, id: AttendeeId) -> Option<&Attendee> {
        self.people.iter().find(|person| person.id == id)
    }

    /// The turn of a dossier.
    #[must_use]
    pub fn item(&self, dossier: DossierId) -> Option<&Item> {
        self.items.iter().find(|item| item.dossier == dossier)
    }

    /// What people said about a dossier.
    pub fn opinions_on(&self, dossier: DossierId) -> impl Iterator<Item = &Opinion> {
        self.opinions.iter().filter(move |opinion| opinion.dossier == dossier)
    }

    /// Who votes and is there; in writing everybody who votes.
    pub fn voters(&self) -> impl Iterator<Item = &Attendee> {
        let written = self.meeting.ballot == Ballot::Written;
        self.people.iter().filter(move |person| person.votes && (written || person.present == Some(true)))
    }

    /// How many could vote now.
    #[must_use]
    pub fn voter_count(&self) -> u32 {
        u32::try_from(self.voters().count()).unwrap_or(u32::MAX)
    }

    /// Whether enough people are there; in writing, whether enough wrote.
    #[must_use]
    pub fn quorum(&self) -> Quorum {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let present = if self.meeting.ballot == Ballot::Written {
            let wrote = |person: &&Attendee| self.opinions.iter().any(|opinion| opinion.attendee == person.id);
            count(self.people.iter().filter(|person| person.votes).filter(wrote).count())
        } else {
            self.voter_count()
        };
        let invited = count(self.people.iter().filter(|person| person.votes).count());
        Quorum { percent: self.meeting.quorum_percent, present, invited }
    }

    /// Grows with every change of the meeting and of its agenda: a form that closes carries the one it was drawn from.
    #[must_use]
    pub fn edition(&self) -> i32 {
        self.items.iter().fold(self.meeting.revision, |sum, item| sum.saturating_add(item.revision))
    }

    /// What was planned, as the form writes it.
    #[must_use]
    pub fn plan(&self) -> Plan {
        let person = |it: &Attendee| Invited {
            name: it.name.clone(),
            office: it.office.clone(),
            part: it.part,
            votes: it.votes,
        };
        Plan {
            title: self.meeting.title.clone(),
            venue: self.meeting.venue.clone(),
            planned_at: self.meeting.planned_at,
            ballot: self.meeting.ballot,
            quorum_percent: self.meeting.quorum_percent,
            people: self.people.iter().map(person).collect(),
        }
    }

    /// The roll as it was called last; none before.
    #[must_use]
    pub fn roll(&self) -> Option<Roll> {
        let present: Vec<AttendeeId> =
            self.people.iter().filter(|person| person.present == Some(true)).map(|person| person.id).collect();
        let (chair, secretary) = (self.in_part(Part::Chair)?.id, self.in_part(Part::Secretary)?.id);
        let called = self.people.iter().any(|person| person.present.is_some());
        called.then_some(Roll { present, chair, secretary })
    }

    /// What people wrote about a dossier, counted.
    ///
    /// # Errors
    /// [`VotesFault::Nobody`] when nobody wrote.
    pub fn counted_opinions(&self, dossier: DossierId) -> Result<Votes, VotesFault> {
        Votes::of(self.opinions_on(dossier).map(|opinion| opinion.choice))
    }

    /// How many dossiers are concluded.
    #[must_use]
    pub fn concluded(&self) -> usize {
        self.items.iter().filter(|item| item.conclusion.is_some()).count()
    }

    /// How many came to that conclusion.
    #[must_use]
    pub fn tally(&self, conclusion: Conclusion) -> usize {
        self.items.iter().filter(|item| item.conclusion == Some(conclusion)).count()
    }
}

/// Who came, in the order of the list, and who leads and writes down today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roll {
    /// Who is there.
    pub present: Vec<AttendeeId>,
    /// Who leads.
    pub chair: AttendeeId,
    /// Who writes down.
    pub secretary: AttendeeId,
}

/// What the meeting says about one dossier, as a form writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// The dossier.
    pub dossier: DossierId,
    /// The revision on the form.
    pub revision: i32,
    /// The state of the dossier on the form.
    pub seen: Seen,
    /// What was put to the vote, and the votes; none when it is put off unvoted.
    pub vote: Option<(Conclusion, Votes)>,
    /// What was concluded.
    pub conclusion: Conclusion,
    /// Why.
    pub reason: Option<String>,
}

impl Turn {
    /// Whether the row already says exactly this, one revision later: the form was sent twice.
    #[must_use]
    pub fn is_written_in(&self, item: &Item, by: &str) -> bool {
        item.revision == self.revision + 1
            && item.vote == self.vote
            && item.conclusion == Some(self.conclusion)
            && item.reason == self.reason
            && item.updated.as_ref().is_some_and(|(_, name)| name == by)
    }
}
