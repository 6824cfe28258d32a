//! What time it is, and which day that is in Việt Nam.
//!
//! Time is a parameter everywhere else: an action, a rule or a page takes `now`. A [`Clock`] is where `now` comes from. It is
//! real time; or real time shifted, so that a demo can be started "as of" the day before a deadline and go on from there; or
//! a hand that only a test moves.
//!
//! Moments are `DateTime<Utc>` with microseconds, which is what PostgreSQL keeps: a moment that was stored and read again is
//! equal to the one in memory. Days are civil days in Asia/Ho_Chi_Minh, which has been +07:00 without summer time since 1975.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, DurationRound, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

/// +07:00; checked while compiling, so that nobody has to handle its absence.
const VIET_NAM: FixedOffset = match FixedOffset::east_opt(7 * 60 * 60) {
    Some(offset) => offset,
    None => panic!("+07:00 is a valid offset"),
};

/// When a demo's day begins: the hour at which the ward's office opens.
const OFFICE_OPENS: NaiveTime = match NaiveTime::from_hms_opt(8, 0, 0) {
    Some(time) => time,
    None => panic!("8:00 is a valid time"),
};

/// The offset of Asia/Ho_Chi_Minh, +07:00.
#[must_use]
pub const fn vn_offset() -> FixedOffset {
    VIET_NAM
}

/// The day it is in Việt Nam at this moment.
#[must_use]
pub fn civil(at: DateTime<Utc>) -> NaiveDate {
    civil_time(at).date()
}

/// The day and the time that a clock on a wall in Việt Nam shows at this moment.
#[must_use]
pub fn civil_time(at: DateTime<Utc>) -> NaiveDateTime {
    at.with_timezone(&VIET_NAM).naive_local()
}

/// The moment at which a clock on a wall in Việt Nam shows this day and time; the way back from [`civil_time`].
#[must_use]
pub fn moment_of(civil: NaiveDateTime) -> DateTime<Utc> {
    civil.checked_sub_offset(VIET_NAM).unwrap_or(NaiveDateTime::MIN).and_utc()
}

/// The first moment of a day in Việt Nam. "Trước ngày D" closes at `first_moment(D)`, "hết ngày D" at that of the day after.
#[must_use]
pub fn first_moment(day: NaiveDate) -> DateTime<Utc> {
    moment_of(day.and_time(NaiveTime::MIN))
}

/// Where a shifted clock starts: a day (at 8:00) or a moment. Read from `2024-03-25` or `2024-03-25T16:30`, both in +07:00.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Start(DateTime<Utc>);

impl From<NaiveDate> for Start {
    fn from(day: NaiveDate) -> Self {
        Self(moment_of(day.and_time(OFFICE_OPENS)))
    }
}

impl From<DateTime<Utc>> for Start {
    fn from(at: DateTime<Utc>) -> Self {
        Self(at)
    }
}

impl From<Start> for DateTime<Utc> {
    fn from(Start(at): Start) -> Self {
        at
    }
}

/// What was given for a [`Start`] is neither a day nor a day with a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Ghi ngày như 2024-03-25, hoặc ngày giờ như 2024-03-25T16:30.")]
pub struct NotAStart;

impl FromStr for Start {
    type Err = NotAStart;

    fn from_str(text: &str) -> Result<Self, NotAStart> {
        if let Ok(day) = text.parse::<NaiveDate>() {
            return Ok(day.into());
        }
        ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
            .iter()
            .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
            .map(|civil| Self(moment_of(civil)))
            .ok_or(NotAStart)
    }
}

/// Where `now` comes from. Clones show the same time.
#[derive(Clone)]
pub struct Clock(Source);

#[derive(Clone)]
enum Source {
    System,
    Shifted(TimeDelta),
    /// Microseconds since 1970, moved by a test.
    Hand(Arc<AtomicI64>),
}

impl Clock {
    /// The time of the machine.
    #[must_use]
    pub fn real() -> Self {
        Self(Source::System)
    }

    /// A clock that shows `start` now and goes on at the usual speed: a day starts at 8:00 in Việt Nam.
    #[must_use]
    pub fn starting_at(start: impl Into<Start>) -> Self {
        let Start(start) = start.into();
        Self(Source::Shifted(start - system_now()))
    }

    /// A clock that stands still until [`set`](Self::set) or [`advance`](Self::advance) moves it, for all of its clones.
    #[must_use]
    pub fn by_hand(at: DateTime<Utc>) -> Self {
        Self(Source::Hand(Arc::new(AtomicI64::new(at.timestamp_micros()))))
    }

    /// This moment, in whole microseconds.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        match &self.0 {
            Source::System => whole_micros(system_now()),
            Source::Shifted(by) => {
                let shifted = system_now().checked_add_signed(*by);
                whole_micros(shifted.unwrap_or(DateTime::<Utc>::MAX_UTC))
            }
            Source::Hand(micros) => DateTime::from_timestamp_micros(micros.load(Ordering::SeqCst)).unwrap_or_default(),
        }
    }

    /// Today in Việt Nam.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        civil(self.now())
    }

    /// Today on a shifted clock, for the banner which says that this is not the real date. `None` for real time, and for a
    /// clock by hand, whose pages should read like the real ones.
    #[must_use]
    pub fn as_of(&self) -> Option<NaiveDate> {
        matches!(self.0, Source::Shifted(_)).then(|| self.today())
    }

    /// Moves a clock by hand to a moment, forwards or backwards.
    ///
    /// # Panics
    /// When this clock was not made with [`by_hand`](Self::by_hand): only a test moves time, and only its own.
    pub fn set(&self, at: DateTime<Utc>) {
        self.hand().store(at.timestamp_micros(), Ordering::SeqCst);
    }

    /// Moves a clock by hand; a negative span moves it back.
    ///
    /// # Panics
    /// When this clock was not made with [`by_hand`](Self::by_hand).
    pub fn advance(&self, by: TimeDelta) {
        let micros = by.num_microseconds().unwrap_or_default();
        self.hand().fetch_add(micros, Ordering::SeqCst);
    }

    fn hand(&self) -> &AtomicI64 {
        match &self.0 {
            Source::Hand(micros) => micros,
            Source::System | Source::Shifted(_) => {
                panic!("only a clock made with Clock::by_hand can be moved")
            }
        }
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.0 {
            Source::System => "real",
            Source::Shifted(_) => "shifted",
            Source::Hand(_) => "by hand",
        };
        write!(f, "Clock({kind}, {})", self.now())
    }
}

#[allow(clippy::disallowed_methods, reason = "the one place that asks the machine; everything else is given `now`")]
fn system_now() -> DateTime<Utc> {
    Utc::now()
}

fn whole_micros(at: DateTime<Utc>) -> DateTime<Utc> {
    at.duration_trunc(TimeDelta::microseconds(1)).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Timelike;

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_begins_at_midnight_in_viet_nam() {
        assert_eq!(civil(utc("2024-11-15T16:59:59.999999Z")), day("2024-11-15"));
        assert_eq!(civil(utc("2024-11-15T17:00:00Z")), day("2024-11-16"));
        assert_eq!(first_moment(day("2024-11-16")), utc("2024-11-15T17:00:00Z"));
        assert_eq!(civil_time(utc("2024-03-26T02:14:00Z")).to_string(), "2024-03-26 09:14:00");
    }

    #[test]
    fn moments_and_civil_times_lead_back_to_each_other() {
        let at = utc("2024-12-31T18:30:15.000250Z");
        assert_eq!(moment_of(civil_time(at)), at);
    }

    #[test]
    fn a_demo_starts_when_the_office_opens_and_time_goes_on() {
        let clock = Clock::starting_at(day("2024-03-25"));
        let first = clock.now();
        let start = utc("2024-03-25T01:00:00Z");
        assert!(first >= start && first - start < TimeDelta::minutes(1));
        std::thread::sleep(std::time::Duration::from_millis(2));
        assert!(clock.now() > first);
        assert_eq!(clock.as_of(), Some(day("2024-03-25")));
    }

    #[test]
    fn the_banner_follows_a_shifted_clock_past_midnight() {
        let almost = utc("2024-03-25T16:59:59.999Z");
        let clock = Clock::starting_at(almost);
        std::thread::sleep(std::time::Duration::from_millis(3));
        assert_eq!(clock.as_of(), Some(day("2024-03-26")));
    }

    #[test]
    fn only_a_shifted_clock_has_a_banner() {
        assert_eq!(Clock::real().as_of(), None);
        assert_eq!(Clock::by_hand(DateTime::UNIX_EPOCH).as_of(), None);
    }

    #[test]
    fn clones_of_a_clock_by_hand_move_together() {
        let clock = Clock::by_hand(utc("2024-11-14T02:00:00Z"));
        let other = clock.clone();
        other.advance(TimeDelta::hours(15));
        assert_eq!(clock.now(), utc("2024-11-14T17:00:00Z"));
        assert_eq!(clock.today(), day("2024-11-15"));
        clock.set(utc("2024-03-25T01:00:00Z"));
        other.advance(TimeDelta::minutes(-1));
        assert_eq!(clock.now(), utc("2024-03-25T00:59:00Z"));
    }

    #[test]
    #[should_panic(expected = "only a clock made with Clock::by_hand")]
    fn real_time_cannot_be_moved() {
        Clock::real().set(DateTime::UNIX_EPOCH);
    }

    #[test]
    fn real_time_has_no_more_than_microseconds() {
        assert_eq!(Clock::real().now().nanosecond() % 1000, 0);
    }

    #[test]
    fn a_start_is_a_day_or_a_moment_in_viet_nam() {
        assert_eq!("2024-03-25".parse(), Ok(Start::from(day("2024-03-25"))));
        assert_eq!("2024-11-15T23:59".parse(), Ok(Start(utc("2024-11-15T16:59:00Z"))));
        assert_eq!("25/3/2024".parse::<Start>(), Err(NotAStart));
        assert_eq!("2024-02-30".parse::<Start>(), Err(NotAStart));
    }
}
