//! The marks of a household in a year, and how they are given and taken back.

pub mod review;
pub mod sheet;
pub mod street;
mod wish;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::access::words;
use crate::platform::id::{CycleId, HouseholdId, UnitId};

pub use wish::Wish;

/// How a mark was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// At a meeting, from its list.
    Meeting,
    /// On a signed sheet.
    Sheet,
    /// From door to door.
    Door,
    /// By the QR code of the household.
    Qr,
    /// Brought along by a spreadsheet.
    Import,
}

/// Why a household has not signed yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Vắng nhà.
    Absent,
    /// Từ chối.
    Refused,
    /// Đi làm xa.
    Away,
}

/// The two marks, kept apart: the circular asks for registration, the plan for pledges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Đăng ký tham gia (Thông tư 124/2021/TT-BCA, Điều 4 khoản 1).
    Registered,
    /// Ký cam kết giao ước thi đua (kế hoạch 390/KH-BCĐ). Whoever signs takes part, so it brings the registration along.
    Pledged,
}

words!(How { Meeting = "meeting", Sheet = "sheet", Door = "door", Qr = "qr", Import = "import" });
words!(Why { Absent = "absent", Refused = "refused", Away = "away" });
words!(Mark { Registered = "registered", Pledged = "pledged" });

/// A mark that was given.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Given {
    /// The day on which people registered or signed.
    pub on: NaiveDate,
    /// When it was written down.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: String,
    /// How it was taken.
    pub how: How,
}

/// A household in a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participation {
    /// The household.
    pub household: HouseholdId,
    /// Its group in that year.
    pub group: UnitId,
    /// The year.
    pub cycle: CycleId,
    /// Part of the whole; a household that left is not.
    pub counted: bool,
    /// Đăng ký.
    pub registered: Option<Given>,
    /// Ký cam kết.
    pub pledged: Option<Given>,
    /// Why not yet.
    pub why: Option<Why>,
    /// Counts changes.
    pub revision: i32,
}

/// The counts of a group in a year, or of several added up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Households that are part of the year.
    pub households: i64,
    /// Registered.
    pub registered: i64,
    /// Signed.
    pub pledged: i64,
    /// Not signed: nobody at home.
    pub absent: i64,
    /// Not signed: does not want to.
    pub refused: i64,
    /// Not signed: works far away.
    pub away: i64,
}

impl Given {
    /// A mark of that day, written by a person at this moment.
    #[must_use]
    pub fn new(on: NaiveDate, how: How, (by, at): (&str, DateTime<Utc>)) -> Self {
        Self { on, at, by: by.to_owned(), how }
    }
}

impl Participation {
    /// The same with a mark given; `None` when it was given already, so that a tap sent twice counts once.
    #[must_use]
    pub fn given(&self, mark: Mark, given: &Given) -> Option<Self> {
        let mut after = self.clone();
        match mark {
            Mark::Registered if self.registered.is_none() => after.registered = Some(given.clone()),
            Mark::Pledged if self.pledged.is_none() => {
                after.pledged = Some(given.clone());
                after.registered.get_or_insert_with(|| given.clone());
                after.why = None;
            }
            _ => return None,
        }
        Some(after)
    }

    /// The same with a mark taken back; `None` when there was none. A registration that came along with the pledge goes with it. A
    /// pledge does not stand without registration, so the pledge is taken back first.
    #[must_use]
    pub fn taken_back(&self, mark: Mark) -> Option<Self> {
        let mut after = self.clone();
        match mark {
            Mark::Registered => {
                self.registered.as_ref().filter(|_| self.pledged.is_none())?;
                after.registered = None;
            }
            Mark::Pledged => {
                self.pledged.as_ref()?;
                after.pledged = None;
                if self.registered == self.pledged {
                    after.registered = None;
                }
            }
        }
        Some(after)
    }

    /// The same with a reason why it has not signed, or without one; `None` when nothing changes or it has signed.
    #[must_use]
    pub fn explained(&self, why: Option<Why>) -> Option<Self> {
        (self.pledged.is_none() && self.why != why).then(|| Self { why, ..self.clone() })
    }
}

impl std::iter::Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, one| Self {
            households: sum.households + one.households,
            registered: sum.registered + one.registered,
            pledged: sum.pledged + one.pledged,
            absent: sum.absent + one.absent,
            refused: sum.refused + one.refused,
            away: sum.away + one.away,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row() -> Participation {
        let id = uuid::Uuid::from_u128;
        Participation {
            household: id(1).into(),
            group: id(2).into(),
            cycle: id(3).into(),
            counted: true,
            registered: None,
            pledged: None,
            why: Some(Why::Absent),
            revision: 1,
        }
    }

    fn given(minute: i64) -> Given {
        let at = DateTime::UNIX_EPOCH + chrono::Duration::minutes(minute);
        Given { on: at.date_naive(), at, by: "Trần Văn Lựu".to_owned(), how: How::Door }
    }

    #[test]
    fn a_pledge_brings_the_registration_along_and_takes_it_back() {
        let signed = row().given(Mark::Pledged, &given(1)).unwrap();
        assert_eq!((signed.registered.is_some(), signed.why), (true, None));
        assert_eq!(signed.given(Mark::Pledged, &given(2)), None, "a tap sent twice counts once");
        let back = signed.taken_back(Mark::Pledged).unwrap();
        assert_eq!((back.registered, back.pledged), (None, None));
    }

    #[test]
    fn a_registration_of_its_own_stays_when_the_pledge_goes() {
        let registered = row().given(Mark::Registered, &given(1)).unwrap();
        let signed = registered.given(Mark::Pledged, &given(2)).unwrap();
        assert_eq!(signed.taken_back(Mark::Registered), None, "a pledge does not stand without registration");
        let back = signed.taken_back(Mark::Pledged).unwrap();
        assert_eq!(back.registered, Some(given(1)));
        assert_eq!(back.taken_back(Mark::Pledged), None);
    }

    #[test]
    fn who_has_signed_needs_no_reason() {
        let signed = row().given(Mark::Pledged, &given(1)).unwrap();
        assert_eq!(signed.explained(Some(Why::Away)), None);
        assert_eq!(row().explained(Some(Why::Absent)), None);
        assert_eq!(row().explained(None).unwrap().why, None);
    }
}
