//! The doors of a group, a list after a meeting, what is left, and the checklist at the beginning of a year.

mod meeting;
mod photo;
mod rest;
mod review;
mod scan;
mod sheets;
mod street;
mod tap;

use axum::Router;
use axum::routing::{get, post};

use serde::Serialize;

use super::model::street::{Choice, Door, Street};
use super::model::{Mark, Tally};
use super::urls;
use crate::app::App;
use crate::web::filters::{TimeLeft, dates, deadlines, numbers};
use crate::web::upload;
use crate::words::participation as words;

/// The pages of registrations and pledges.
pub fn routes() -> Router<App> {
    Router::new()
        .route(urls::STREET, get(street::page))
        .route(urls::TAP, post(tap::tap))
        .route(urls::MEETING, get(meeting::page).post(meeting::send))
        .route(urls::REST, get(rest::page))
        .route(urls::REVIEW, get(review::page).post(review::finish))
        .route(urls::SHEETS, get(sheets::page))
        .route(urls::SHEETS_PDF, get(sheets::pdf))
        .route(urls::REST_PDF, get(sheets::rest_pdf))
        .route(urls::PHOTO, get(photo::page).post(photo::send).layer(upload::body_limit()))
        .route(urls::PHOTO_RECORD, post(photo::record))
        .route(urls::SCAN, get(scan::page))
        .route(urls::SCAN_CAPITAL, get(scan::page))
}

/// How far a group has come with a mark, as pages write it and as the script is told.
#[derive(Debug, Serialize)]
struct Progress {
    done: i64,
    of: i64,
    /// "312/350 hộ".
    big: String,
    /// "(89,1%), còn 38".
    rest: String,
    /// "Vắng 5, từ chối 2".
    reasons: String,
}

impl Progress {
    fn new(tally: &Tally, mark: Mark) -> Self {
        let (done, of) = (tally.done(mark), tally.households);
        let (big, rest) = (words::of(done, of), numbers::rest(done, of));
        Self { done, of, big, rest, reasons: words::reasons(tally) }
    }
}

/// A side of a street or an alley with some of its doors.
struct Stretch<D> {
    heading: String,
    open: i64,
    all: i64,
    doors: Vec<D>,
}

/// Doors under the headings of their stretches, in walking order.
fn stretches<D>(street: &Street, mut door: impl FnMut(&Door) -> D) -> Vec<Stretch<D>> {
    let mut found: Vec<(&str, Stretch<D>)> = vec![];
    for it in &street.doors {
        match found.last_mut().filter(|(key, _)| *key == it.stretch) {
            Some((_, stretch)) => stretch.doors.push(door(it)),
            None => {
                let counts = street.stretches.iter().find(|counted| counted.key == it.stretch);
                let (open, all) = counts.map_or((0, 0), |counted| (counted.open, counted.all));
                let heading = words::stretch(&it.address);
                found.push((&it.stretch, Stretch { heading, open, all, doors: vec![door(it)] }));
            }
        }
    }
    found.into_iter().map(|(_, stretch)| stretch).collect()
}

/// Time left until registrations are due, with the last day.
fn due(street: &Street, now: chrono::DateTime<chrono::Utc>) -> Option<(TimeLeft, String)> {
    let due = street.due.as_ref()?;
    Some((deadlines::time_left(due.closes_at().to_utc(), now), dates::day_short(due.last_day(), now)))
}

/// A group to choose, and whether it is the one at hand. A seat with one group has nothing to choose.
fn choices(groups: &[Choice], code: &str) -> Vec<(String, String, bool)> {
    let one = |group: &Choice| (group.code.clone(), group.short.clone(), group.code == code);
    if groups.len() < 2 { vec![] } else { groups.iter().map(one).collect() }
}
