//! What is typed about a year: its number and rules, or another day for a deadline.

use super::actions::Move;
use super::model::{CalendarError, Deadline, YEARS};
use super::store;
use crate::platform::id::RulesetId;
use crate::ruleset::store::Listed;
use crate::web::form::Filled;
use crate::words::cycle as words;

/// A year to be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    /// The year.
    pub year: i32,
    /// The version of the rules it will be pinned to.
    pub ruleset: RulesetId,
}

/// Reads which year to open by which rules. `years` are open already; of each code in `rulesets` the newest comes first.
///
/// # Errors
/// The form with its sentences.
pub fn opening(mut form: Filled, years: &[store::Listed], rulesets: &[Listed]) -> Result<Opening, Filled> {
    // A year is no quantity: the model's own sentence writes it without a dot.
    let year = form.whole("nam", 0..=9_999, words::YEAR_MISSING);
    if let Some(year) = year.and_then(|year| i32::try_from(year).ok()).filter(|year| !YEARS.contains(year)) {
        form.fail("nam", CalendarError::Year(year).to_string());
    }
    if let Some(taken) = year.filter(|year| years.iter().any(|open| i64::from(open.year) == *year)) {
        form.fail("nam", words::year_exists(taken));
    }
    let code = form.text("bo", 40, words::RULESET_MISSING);
    let ruleset = code.and_then(|code| rulesets.iter().find(|listed| listed.code == code)).map(|listed| listed.id);
    if ruleset.is_none() {
        form.fail("bo", words::RULESET_MISSING);
    }
    let year = year.and_then(|year| i32::try_from(year).ok());
    form.finish(year.zip(ruleset).map(|(year, ruleset)| Opening { year, ruleset }))
}

/// The deadline as it stands, to be changed.
#[must_use]
pub fn of_deadline(deadline: &Deadline) -> Filled {
    let day = crate::web::filters::dates::day(deadline.stated);
    Filled::default().with("ngay", day).with("cach", if deadline.exclusive { BEFORE } else { UNTIL })
}

/// That day itself is late.
pub const BEFORE: &str = "truoc";
/// That day is still in time.
pub const UNTIL: &str = "het";

/// Reads another day for a deadline, with the reason.
///
/// # Errors
/// The form with its sentences: an unreadable day, a day of another year, no reason, or nothing changed.
pub fn moved(mut form: Filled, deadline: &Deadline) -> Result<Move, Filled> {
    let stated = form.day("ngay", words::DAY_MISSING);
    let exclusive = match form.value("cach") {
        BEFORE => Some(true),
        UNTIL => Some(false),
        _ => None,
    };
    if exclusive.is_none() {
        form.fail("cach", words::EXCLUSIVE_MISSING);
    }
    let reason = form.long_text("ly-do", 500, words::REASON_MISSING);
    if let (Some(stated), Some(exclusive)) = (stated, exclusive) {
        if (stated, exclusive) == (deadline.stated, deadline.exclusive) {
            form.fail("ngay", words::SAME_DEADLINE);
        }
        // The model knows which days a deadline may have; the reason is asked for above.
        let checked = deadline.overridden(stated, exclusive, reason.as_deref().unwrap_or("?"), "");
        if let Err(error @ CalendarError::OutsideYear { .. }) = checked {
            form.fail("ngay", error.to_string());
        }
    }
    let code = deadline.code;
    let all = stated.zip(exclusive).zip(reason);
    form.finish(all.map(|((stated, exclusive), reason)| Move { code, stated, exclusive, reason }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ruleset::DeadlineCode;
    use chrono::{DateTime, Utc};

    fn registration() -> Deadline {
        Deadline {
            code: DeadlineCode::GroupRegistration,
            title: "Hồ sơ đăng ký".to_owned(),
            who: "Tổ nộp phường".to_owned(),
            stated: "2024-03-31".parse().unwrap(),
            exclusive: true,
            citation: String::new(),
            internal: false,
            overridden: None,
        }
    }

    fn typed(day: &str, way: &str, reason: &str) -> Filled {
        Filled::default().with("ngay", day).with("cach", way).with("ly-do", reason)
    }

    fn faults(form: Filled) -> Vec<(String, String)> {
        let wrong = moved(form, &registration()).expect_err("wrong");
        wrong.errors().iter().map(|error| (error.field.clone(), error.sentence.clone())).collect()
    }

    #[test]
    fn a_deadline_moves_within_its_year_with_a_reason() {
        let to = moved(typed("5/4/2024", UNTIL, "Thành phố lùi hạn."), &registration()).expect("right");
        assert_eq!((to.stated.to_string().as_str(), to.exclusive), ("2024-04-05", false));
        // The same day may count after all.
        assert!(moved(typed("31/3/2024", UNTIL, "Theo Điều 4."), &registration()).is_ok());
    }

    #[test]
    fn what_is_wrong_is_said_at_its_field() {
        let outside = faults(typed("5/4/2025", UNTIL, "Lùi hạn."));
        assert_eq!(
            outside,
            [("ngay".to_owned(), "Ngày 5/4/2025 nằm ngoài năm 2024. Chọn một ngày trong năm 2024.".to_owned())]
        );
        let names = |form| faults(form).into_iter().map(|(field, _)| field).collect::<Vec<_>>();
        assert_eq!(names(typed("5/4/2024", UNTIL, "  ")), ["ly-do"]);
        assert_eq!(names(typed("31/2/2024", "", "Lùi hạn.")), ["ngay", "cach"]);
        assert_eq!(names(typed("5/4/2025", UNTIL, "")), ["ly-do", "ngay"]);
        assert_eq!(names(of_deadline(&registration()).with("ly-do", "Không đổi.")), ["ngay"]);
    }

    #[test]
    fn a_year_opens_once_by_known_rules() {
        let now = DateTime::<Utc>::UNIX_EPOCH;
        let listed = |version| Listed {
            id: RulesetId::new(now),
            code: "kh390-2024".to_owned(),
            version,
            title: "Kế hoạch 390".to_owned(),
            published_at: now,
            place: None,
        };
        let rulesets = [listed(2), listed(1)];
        let open = [store::Listed {
            year: 2024,
            ruleset_code: "kh390-2024".to_owned(),
            opened_at: now,
            opened_by: "Đặng Thu Hồng".to_owned(),
        }];
        let form = |year: &str, code: &str| Filled::default().with("nam", year).with("bo", code);
        let right = opening(form("2025", "kh390-2024"), &open, &rulesets).expect("right");
        assert_eq!(right, Opening { year: 2025, ruleset: rulesets[0].id });
        for (year, code, field) in [("2024", "kh390-2024", "nam"), ("1999", "kh390-2024", "nam"), ("2025", "x", "bo")] {
            let wrong = opening(form(year, code), &open, &rulesets).expect_err(field);
            assert_eq!(wrong.errors()[0].field, field);
        }
    }
}
