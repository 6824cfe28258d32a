//! Some who looked at the register, and two households that ask about their own data: so that these pages have something to show.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::access::Refused;
use crate::demo::places::Ward;
use crate::demo::stage::Stage;
use crate::demo::story::{Who, YEAR};
use crate::platform::clock::first_moment;
use crate::privacy::model::{AskedBy, Look, NewRequest, What, Wish};
use crate::privacy::{actions, store};

const WARD: Ward = Ward::PhuocLong;

/// Day of November, hour, minute; who; in which way; of which group; how many households.
type Glance = ([u32; 3], Who, What, Option<u8>, usize);

const GLANCES: [Glance; 9] = [
    ([12, 8, 40], Who::WardOfficer, What::List, Some(7), 50),
    ([12, 19, 30], Who::Leader(12), What::List, Some(12), 50),
    ([13, 9, 5], Who::WardOfficer, What::Export, None, 9_564),
    ([13, 19, 10], Who::Leader(18), What::Print, Some(18), 92),
    ([13, 19, 45], Who::Leader(18), What::List, Some(18), 50),
    ([14, 8, 20], Who::AreaOfficer(7), What::Search, Some(7), 4),
    ([14, 9, 15], Who::WardOfficer, What::List, Some(21), 50),
    ([14, 10, 0], Who::WardChair, What::List, Some(21), 50),
    ([14, 14, 5], Who::Leader(7), What::List, Some(7), 50),
];

/// Day of November, hour; the code; what is asked, by whom, in which words.
type Question = ([u32; 2], &'static str, Wish, AskedBy, Option<&'static str>);

const QUESTIONS: [Question; 2] = [
    ([8, 15], "12-0031", Wish::Correct, AskedBy::Head, Some("Số điện thoại đã đổi.")),
    ([13, 10], "07-0012", Wish::See, AskedBy::Member, None),
];

fn november(day: u32, hour: u32, minute: u32) -> DateTime<Utc> {
    let day = NaiveDate::from_ymd_opt(YEAR, 11, day).unwrap_or_default();
    first_moment(day) + TimeDelta::minutes(i64::from(hour * 60 + minute))
}

/// As far as these days have come.
pub(super) async fn look_and_ask(stage: &Stage<'_>, as_of: DateTime<Utc>) -> Result<(), Refused> {
    for ([day, hour, minute], who, what, group, rows) in GLANCES {
        let at = november(day, hour, minute);
        if at <= as_of {
            let (mut db, actor) = stage.enter(who, WARD, at).await?;
            let group = group.and_then(|group| stage.places.group(WARD, group));
            store::log(&mut db, &actor, Look { what, group, household: None, rows }, at).await?;
        }
    }
    for ([day, hour], code, wish, asked_by, detail) in QUESTIONS {
        let at = november(day, hour, 0);
        if at <= as_of {
            let (db, actor) = stage.enter(Who::WardOfficer, WARD, at).await?;
            let received_on = crate::platform::clock::civil(at);
            let (code, detail) = (code.to_owned(), detail.map(str::to_owned));
            actions::write_down(db, &actor, &NewRequest { code, wish, asked_by, detail, received_on }, at).await?;
        }
    }
    Ok(())
}
