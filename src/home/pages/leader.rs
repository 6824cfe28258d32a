//! The start page of a group's leader: tasks, soonest first.

use askama::Template;
use askama_web::WebTemplate;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};

use super::row_tag;
use crate::access::rules;
use crate::app::App;
use crate::home::model::{NextDoor, Row, Year};
use crate::home::{store, urls};
use crate::participation::model::Tally;
use crate::participation::model::street::View;
use crate::platform::clock::civil;
use crate::ruleset::{DeadlineCode, DossierKind};
use crate::web::error::AppError;
use crate::web::filters::{self, Leaf, TimeLeft, deadlines};
use crate::web::page;
use crate::web::session::Visit;
use crate::web::shell::Shell;
use crate::words::dossier::{self as words, Tag};
use crate::{dossier, participation};

/// One thing to do.
struct Task {
    title: String,
    leaf: Leaf,
    left: TimeLeft,
    until: String,
    href: String,
    action: String,
    text: String,
}

#[derive(Template, WebTemplate)]
#[template(path = "home/leader.html")]
struct LeaderPage {
    shell: Shell,
    greeting: String,
    today: String,
    year: Option<i32>,
    tasks: Vec<Task>,
    done: Vec<(Row, Tag, String, String)>,
    pledges: Option<Pledges>,
    /// A photograph for any criterion, while the request is with its leader.
    photo: Option<String>,
}

/// How far the pledges have come, and the next door.
struct Pledges {
    tally: Tally,
    big: String,
    rest: String,
    year: i32,
    is_newest: bool,
    next_door: Option<NextDoor>,
    /// The next door in the register.
    href: String,
    /// Where its form is sent: the answer is the list, from that door on.
    tap: String,
}

fn pledges(year: Year) -> Pledges {
    let Tally { pledged, households, .. } = year.tally;
    Pledges {
        big: crate::words::participation::of(pledged, households),
        rest: filters::numbers::rest(pledged, households),
        tally: year.tally,
        year: year.year,
        is_newest: year.is_newest,
        href: year.next_door.as_ref().map(|door| participation::urls::household(door.id)).unwrap_or_default(),
        tap: year
            .next_door
            .as_ref()
            .map(|door| participation::urls::tap(door.id, &View::beginning_at(&door.code)))
            .unwrap_or_default(),
        next_door: year.next_door,
    }
}

/// The page.
pub(super) async fn page(app: &App, mut visit: Visit) -> Result<Response, AppError> {
    let year = match visit.actor.cycle {
        Some(cycle) => Some(store::year(&mut visit.db, &visit.actor, cycle, visit.now).await?),
        None => None,
    };
    let person = &visit.actor.person;
    let page = LeaderPage {
        shell: page::shell(app, &visit.actor, "Việc cần làm", urls::HOME),
        greeting: format!("Chào {} {}", person.honorific, person.name),
        today: format!("Hôm nay: {}", filters::dates::day_long(visit.now)),
        year: year.as_ref().map(|year| year.year),
        tasks: year.as_ref().map(|year| tasks(year, visit.now)).unwrap_or_default(),
        done: year.as_ref().map(done).unwrap_or_default(),
        photo: year.as_ref().and_then(photo),
        pledges: year.filter(|_| rules::can_see_register(&visit.actor).is_ok()).map(pledges),
    };
    Ok(page.into_response())
}

/// Where evidence is added: all year long, until the request is handed in.
fn photo(year: &Year) -> Option<String> {
    let is_open = |row: &&Row| row.kind == DossierKind::Request && row.status.is_with_keeper();
    year.rows.iter().find(is_open).map(|row| dossier::urls::evidence(row.id))
}

/// The tasks of a keeper, soonest first. A request is no task before the registration's season is over.
fn tasks(year: &Year, now: DateTime<Utc>) -> Vec<Task> {
    let season = year.season(civil(now));
    let is_due = |row: &Row| {
        row.kind == DossierKind::Registration || season == DossierKind::Request || row.claimed + row.parts_filled > 0
    };
    let dossiers = year.with_keeper().into_iter().filter(|(row, _)| is_due(row));
    let mut tasks: Vec<(DateTime<Utc>, Task)> = review(year, now).into_iter().collect();
    tasks.extend(dossiers.map(|(row, closes_at)| (closes_at, task(year, row, closes_at, now))));
    // Of two things for the same day the register comes before the paper that counts it: the sort keeps their order.
    tasks.sort_by_key(|(closes_at, _)| *closes_at);
    tasks.into_iter().map(|(_, task)| task).collect()
}

/// Going through the register at the beginning of the year, until it is done.
fn review(year: &Year, now: DateTime<Utc>) -> Option<(DateTime<Utc>, Task)> {
    let is_open = year.is_newest && !year.is_reviewed && year.tally.households > 0;
    if !is_open || year.season(civil(now)) != DossierKind::Registration {
        return None;
    }
    let deadline = year.deadline(DeadlineCode::GroupRegistration)?;
    let closes_at = deadline.closes_at().to_utc();
    let task = Task {
        title: "Rà soát sổ hộ đầu năm".to_owned(),
        leaf: deadlines::leaf(deadline.last_day()),
        left: deadlines::time_left(closes_at, now),
        until: format!("hết {}", filters::dates::day_short(deadline.last_day(), civil(now))),
        href: participation::urls::REVIEW.to_owned(),
        action: "Rà soát".to_owned(),
        text: format!("{} hộ: ai mới đến, ai đã đi, ai đổi chủ hộ.", filters::numbers::number(year.tally.households)),
    };
    Some((closes_at, task))
}

fn task(year: &Year, row: &Row, closes_at: DateTime<Utc>, now: DateTime<Utc>) -> Task {
    let last_day = deadlines::last_day(closes_at);
    let kind = words::kind(row.kind).to_lowercase();
    let is_return = row.returned > 0;
    let begun = row.parts_filled > 0 || row.claimed > 0;
    Task {
        title: if is_return {
            format!("Sửa {} mục phường trả lại", row.returned)
        } else {
            format!("Nộp {kind}")
        },
        leaf: deadlines::leaf(last_day),
        left: deadlines::time_left(closes_at, now),
        until: format!("hết {}", filters::dates::day_short(last_day, civil(now))),
        // To what is missing, or to the last look when nothing is.
        href: dossier::urls::next(row.id),
        action: if is_return {
            "Xem lý do và sửa"
        } else if begun {
            "Làm tiếp"
        } else {
            "Bắt đầu"
        }
        .to_owned(),
        text: match (is_return, row.kind) {
            (true, _) => format!("{}. Các mục khác giữ nguyên.", words::kind(row.kind)),
            (false, DossierKind::Registration) => match row.parts_filled {
                0 => format!("Năm {}: chưa có phần nào.", year.year),
                parts => format!("Năm {}: đã có {parts} phần.", year.year),
            },
            (false, DossierKind::Request) => match (row.parts_filled, row.claimed) {
                (0, 0) => "Chưa có phần nào, chưa tự đánh giá tiêu chí nào.".to_owned(),
                (0, claimed) => format!("Chưa có phần nào, đã tự đánh giá {claimed} tiêu chí."),
                (parts, 0) => format!("Đã có {parts} phần, chưa tự đánh giá tiêu chí nào."),
                (parts, claimed) => format!("Đã có {parts} phần, đã tự đánh giá {claimed} tiêu chí."),
            },
        },
    }
}

fn done(year: &Year) -> Vec<(Row, Tag, String, String)> {
    year.rows
        .iter()
        .filter(|row| !row.status.is_with_keeper())
        .map(|row| {
            let said = match (&row.receipt, row.submitted_at) {
                (Some(receipt), Some(at)) => {
                    format!("Biên nhận {receipt}, nộp {}.", filters::dates::moment(at))
                }
                _ => String::new(),
            };
            (row.clone(), row_tag(row), said, dossier::urls::show(row.id))
        })
        .collect()
}
