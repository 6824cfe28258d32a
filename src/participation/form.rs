//! What is asked of a list, and what taps and ticks send.

use chrono::NaiveDate;
use serde::Deserialize;

use super::actions::{Tap, Ticked};
use super::model::street::{Only, View};
use super::model::{How, Mark, Wish};
use crate::platform::id::{HouseholdId, UnitId};
use crate::web::form::Filled;
use crate::words::participation as words;

/// The longest search; nobody types more about a neighbour.
const WORDS_MAX: usize = 80;

/// The query of a page of this noun.
#[derive(Debug, Default, Clone, Deserialize)]
pub struct Asked {
    /// The code of a group.
    pub to: Option<String>,
    /// "dang-ky": registrations instead of pledges.
    pub viec: Option<String>,
    /// "chua-ky", "da-ky".
    pub xem: Option<String>,
    /// Words looked for.
    pub tim: Option<String>,
    /// The page begins at this door.
    #[serde(rename = "tu-ho")]
    pub from: Option<String>,
    /// The door just tapped.
    #[serde(rename = "vua-ghi")]
    pub kept: Option<String>,
    /// The day that taps are written for.
    pub ngay: Option<String>,
    /// How many were just ticked after a meeting.
    #[serde(rename = "da-ghi")]
    pub ticked: Option<u64>,
}

fn filled(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// "dang-ky", or pledges.
#[must_use]
pub fn mark(word: &str) -> Mark {
    if word == "dang-ky" { Mark::Registered } else { Mark::Pledged }
}

impl Asked {
    /// The view that is asked for. The day is read by [`day`], because it may be wrong.
    #[must_use]
    pub fn view(self) -> View {
        let only = match self.xem.as_deref() {
            Some("chua-ky" | "chua-dang-ky") => Only::Open,
            Some("da-ky" | "da-dang-ky") => Only::Done,
            _ => Only::All,
        };
        View {
            group: filled(self.to),
            mark: mark(self.viec.as_deref().unwrap_or_default()),
            only,
            words: filled(self.tim).unwrap_or_default().chars().take(WORDS_MAX).collect(),
            from: filled(self.from),
            kept: filled(self.kept),
            day: None,
        }
    }
}

/// The day of a query, as a form that draws it again where it is wrong; `check` knows the year.
#[must_use]
pub fn day(typed: &str, check: impl FnOnce(NaiveDate) -> Result<NaiveDate, String>) -> (Filled, Option<NaiveDate>) {
    let mut form = Filled::default().with("ngay", typed);
    let day = match form.day_optional("ngay").map(check) {
        Some(Ok(day)) => Some(day),
        Some(Err(sentence)) => {
            form.fail("ngay", sentence);
            None
        }
        None => None,
    };
    (form, day)
}

/// Reads a tap. A form that lacks something was not drawn by us; it is stale.
#[must_use]
pub fn tap(form: &Filled, household: HouseholdId) -> Option<Tap> {
    let number = |name: &str| form.value(name).parse::<i32>().ok();
    let mut typed = form.clone();
    let on = typed.day_optional("ngay");
    (!typed.is_bad()).then_some(())?;
    Some(Tap {
        household,
        year: number("nam")?,
        revision: number("_phien_ban")?,
        wish: form.value("ghi").parse::<Wish>().ok()?,
        on,
        how: form.value("cach").parse().unwrap_or(How::Door),
    })
}

/// The list of a meeting, as it was ticked.
///
/// # Errors
/// The form with its sentences.
pub fn ticked(mut form: Filled, group: UnitId, mark: Mark, check: DayCheck<'_>) -> Result<Ticked, Filled> {
    let households: Vec<HouseholdId> = form.values_of("ho").iter().filter_map(|id| id.parse().ok()).collect();
    if households.is_empty() {
        form.fail("ho", words::NOBODY_TICKED);
    }
    let on = form.day("ngay", words::DAY_MISSING);
    let on = on.and_then(|on| check(on).map_err(|sentence| form.fail("ngay", sentence)).ok());
    let how = form.one_of::<How>("cach", words::HOW_MISSING);
    let year = form.value("nam").parse::<i32>().ok();
    let all = on.zip(how).zip(year);
    form.finish(all.map(|((on, how), year)| Ticked { group, year, mark, households, on: Some(on), how }))
}

/// Says what is wrong with a day.
pub type DayCheck<'a> = &'a dyn Fn(NaiveDate) -> Result<NaiveDate, String>;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::participation::model::Why;

    fn id() -> HouseholdId {
        uuid::Uuid::from_u128(7).into()
    }

    fn sent() -> Filled {
        Filled::default().with("nam", "2024").with("_phien_ban", "3").with("ghi", "vang")
    }

    #[test]
    fn a_tap_is_whole_or_none() {
        let read = tap(&sent(), id()).unwrap();
        assert_eq!((read.year, read.revision, read.how), (2024, 3, How::Door));
        assert_eq!(read.wish, Wish::Explain(Some(Why::Absent)));
        assert_eq!(tap(&sent().replaced("ghi", "xoa"), id()), None);
        assert_eq!(tap(&sent().with("ngay", "31/2/2024"), id()), None);
        assert_eq!(tap(&Filled::default(), id()), None);
    }

    #[test]
    fn a_list_needs_somebody_a_day_and_a_way() {
        let fine: DayCheck<'_> = &Ok;
        let bad = ticked(Filled::default().with("nam", "2024"), uuid::Uuid::nil().into(), Mark::Pledged, fine);
        let fields: Vec<String> = bad.unwrap_err().errors().iter().map(|error| error.field.clone()).collect();
        assert_eq!(fields, ["ho", "ngay", "cach"]);
        let form = Filled::default().with("nam", "2024").with("ho", id().uuid().to_string()).with("ngay", "20/3/2024");
        let list = ticked(form.with("cach", "meeting"), uuid::Uuid::nil().into(), Mark::Pledged, fine).unwrap();
        assert_eq!((list.households, list.how), (vec![id()], How::Meeting));
    }

    #[test]
    fn a_wrong_day_of_a_query_is_said_at_its_field() {
        let (form, day) = day("30/2/2024", Ok);
        assert!(form.is_bad() && day.is_none());
        let (form, day) = super::day("20/3/2024", |_| Err("Ngày chưa tới.".to_owned()));
        assert_eq!((form.error("ngay"), day), (Some("Ngày chưa tới."), None));
    }
}
