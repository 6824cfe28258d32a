//! The year 2024 as a list of moments: who does what, when. Of it only what lies before the demo's day is played, through the
//! same actions as the pages use, so that whatever stands in the demo could have been done by people.
//!
//! Phước Long follows plan 390/KH-BCĐ from the registrations of March to the city's decision in December. The two other wards
//! live the same year with fewer groups, and stop on the way: one under review by the city, one just sent and late.

mod registration;
mod request;
mod result;
pub mod text;

pub(in crate::demo) use registration::handed_in_on;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};

use super::places::Ward;
use crate::access::Role;
use crate::dossier::model::Finding;
use crate::platform::clock::{civil, moment_of};
use crate::ruleset::DossierKind;

/// The year of the story.
pub const YEAR: i32 = 2024;
/// The ruleset that its wards live by.
pub const RULESET: &str = "kh390-2024";

/// The parts of a registration, as the ruleset names them.
pub const REGISTRATION_PARTS: [&str; 3] = ["nghi-quyet", "ke-hoach", "dang-ky"];
/// The parts of a request.
pub const REQUEST_PARTS: [&str; 4] = ["bao-cao", "bien-ban", "tai-lieu", "to-trinh"];
/// The criteria of a group.
pub const GROUP_CRITERIA: [&str; 13] =
    ["1.1", "1.2", "1.3", "2", "3.a", "3.b", "3.c", "3.d", "3.dd", "3.e", "3.g", "4", "5"];
/// The criteria of a ward.
pub const WARD_CRITERIA: [&str; 8] = ["1.1", "1.2", "1.3", "1.4", "2", "3", "4.1", "4.2"];

/// A group by its number, or the ward itself.
pub type Subject = Option<u8>;

/// Who acts; the ward is that of the scene.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Who {
    /// The leader of this group.
    Leader(u8),
    /// The area officer who looks after this group.
    AreaOfficer(u8),
    /// The ward's standing office.
    WardOfficer,
    /// The ward's chair.
    WardChair,
    /// The city's standing office.
    CityOfficer,
    /// The city's chair.
    CityChair,
}

impl Who {
    /// The seat: its role, its ward, and the group by which it is found.
    #[must_use]
    pub const fn seat(self, ward: Ward) -> (Role, Option<Ward>, Option<u8>) {
        match self {
            Self::Leader(group) => (Role::GroupLeader, Some(ward), Some(group)),
            Self::AreaOfficer(group) => (Role::AreaOfficer, Some(ward), Some(group)),
            Self::WardOfficer => (Role::WardOfficer, Some(ward), None),
            Self::WardChair => (Role::WardChair, Some(ward), None),
            Self::CityOfficer => (Role::CityOfficer, None, None),
            Self::CityChair => (Role::CityChair, None, None),
        }
    }
}

/// What is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// Opens the year for the ward.
    OpenYear,
    /// Fills a part in, or mends it after a return.
    FillPart {
        /// Of which dossier.
        kind: DossierKind,
        /// The part.
        part: &'static str,
        /// It was sent back before.
        again: bool,
    },
    /// Says how the unit stands on a criterion.
    Assess {
        /// The criterion.
        criterion: &'static str,
        /// It was sent back before.
        again: bool,
    },
    /// Hands in; late with a reason. A ward's request takes the recommended groups along.
    Submit {
        /// Which dossier.
        kind: DossierKind,
        /// Why late.
        late: Option<&'static str>,
    },
    /// Receives these, all at once.
    Receive {
        /// Which dossiers.
        kind: DossierKind,
        /// Whose.
        subjects: Vec<Subject>,
    },
    /// Sends one thing back.
    SendBack {
        /// Of which dossier.
        kind: DossierKind,
        /// What.
        what: Thing,
        /// Why.
        reason: &'static str,
        /// Until when.
        answer_by: NaiveDate,
    },
    /// Judges a criterion.
    Judge {
        /// The criterion.
        criterion: &'static str,
        /// What is found.
        finding: Finding,
        /// Why.
        note: Option<&'static str>,
    },
    /// Declares the appraisal complete.
    Appraise,
    /// Recommends, or says why not.
    Conclude {
        /// Why not.
        refusal: Option<&'static str>,
    },
    /// Recognises these by one decision.
    Recognise {
        /// Whom.
        subjects: Vec<Subject>,
        /// Number and symbol of the decision.
        number: &'static str,
    },
    /// Issues the certificate of every recognised unit of the ward.
    Certify {
        /// The number of the first.
        first: i32,
        /// What stands after each number.
        symbol: &'static str,
    },
}

/// A thing that can be sent back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thing {
    /// A part, by code.
    Part(&'static str),
    /// A criterion, by code.
    Criterion(&'static str),
}

/// A moment of the story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scene {
    /// When.
    pub at: DateTime<Utc>,
    /// In which ward.
    pub ward: Ward,
    /// About whom.
    pub subject: Subject,
    /// By whom.
    pub who: Who,
    /// What.
    pub deed: Deed,
}

/// The whole year, in order of time.
#[must_use]
pub fn story() -> Vec<Scene> {
    let mut script = Script::default();
    for (ward, minute) in Ward::ALL.into_iter().zip([0, 25, 50]) {
        script.add(at(1, 15, 8, 30 + minute), ward, None, Who::WardOfficer, Deed::OpenYear);
    }
    registration::write(&mut script);
    request::write(&mut script);
    result::write(&mut script);
    // Stable: what happens at one moment stays in the order in which it was told.
    script.scenes.sort_by_key(|scene| scene.at);
    script.scenes
}

/// The story while it is being told.
#[derive(Debug, Default)]
struct Script {
    scenes: Vec<Scene>,
}

impl Script {
    fn add(&mut self, at: DateTime<Utc>, ward: Ward, subject: Subject, who: Who, deed: Deed) {
        self.scenes.push(Scene { at, ward, subject, who, deed });
    }

    /// The keeper fills these parts in, some minutes for each.
    fn fill(&mut self, from: DateTime<Utc>, ward: Ward, subject: Subject, kind: DossierKind, parts: &[&'static str]) {
        for (part, pause) in parts.iter().zip(0..) {
            let deed = Deed::FillPart { kind, part, again: false };
            self.add(from + minutes(9 * pause), ward, subject, keeper(subject), deed);
        }
    }

    /// The keepers go through these criteria. In Phước Long the area officer supplies the counts of incidents.
    fn assess(&mut self, from: DateTime<Utc>, ward: Ward, subject: Subject, criteria: &[&'static str]) {
        for (criterion, pause) in criteria.iter().zip(0..) {
            let of_police = criterion.starts_with("3.") || *criterion == "4";
            let who = match subject {
                Some(group) if ward == Ward::PhuocLong && of_police => Who::AreaOfficer(group),
                _ => keeper(subject),
            };
            self.add(from + minutes(2 * pause), ward, subject, who, Deed::Assess { criterion, again: false });
        }
    }

    /// The desk above judges these criteria, one a minute.
    fn judge(&mut self, from: DateTime<Utc>, ward: Ward, subject: Subject, criteria: &[&'static str]) {
        let who = if subject.is_some() { Who::WardOfficer } else { Who::CityOfficer };
        for (criterion, pause) in criteria.iter().zip(0..) {
            let (finding, note) = text::verdict(ward, subject, criterion);
            self.add(from + minutes(pause), ward, subject, who, Deed::Judge { criterion, finding, note });
        }
    }

    /// Judges every criterion and declares it done, in a quarter of an hour.
    fn appraise(&mut self, from: DateTime<Utc>, ward: Ward, subject: Subject) {
        let (who, criteria) = match subject {
            Some(_) => (Who::WardOfficer, GROUP_CRITERIA.as_slice()),
            None => (Who::CityOfficer, WARD_CRITERIA.as_slice()),
        };
        self.judge(from, ward, subject, criteria);
        self.add(from + minutes(14), ward, subject, who, Deed::Appraise);
    }
}

/// Who fills a dossier in.
const fn keeper(subject: Subject) -> Who {
    match subject {
        Some(group) => Who::Leader(group),
        None => Who::WardOfficer,
    }
}

fn minutes(count: i64) -> TimeDelta {
    TimeDelta::minutes(count)
}

/// A day of the story's year.
fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(YEAR, month, day).unwrap_or_default()
}

/// A moment of the story's year; minutes may go over the hour.
fn at(month: u32, day_of_month: u32, hour: u32, minute: u32) -> DateTime<Utc> {
    moment_of(day(month, day_of_month).and_time(NaiveTime::MIN)) + TimeDelta::minutes(i64::from(hour * 60 + minute))
}

/// Eight in the evening of the day before.
fn evening_before(moment: DateTime<Utc>) -> DateTime<Utc> {
    moment_of((civil(moment) - Days::new(1)).and_time(NaiveTime::MIN)) + TimeDelta::hours(20)
}

/// Ten past eight on the ward's next day of work; in the crunch of 16/11 Saturday is one.
fn next_morning(moment: DateTime<Utc>) -> DateTime<Utc> {
    let mut next = civil(moment) + Days::new(1);
    while matches!(next.weekday(), Weekday::Sat | Weekday::Sun) && next != day(11, 16) {
        next = next + Days::new(1);
    }
    moment_of(next.and_time(NaiveTime::MIN)) + TimeDelta::minutes(8 * 60 + 10)
}

#[cfg(test)]
mod tests;
