//! The start page of a group's leader: tasks, soonest first.

use askama::Template;
use askama_web::WebTemplate;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};

use super::row_tag;
use crate::app::App;
use crate::dossier;
use crate::home::model::{Row, Year};
use crate::home::{store, urls};
use crate::platform::clock::civil;
use crate::ruleset::DossierKind;
use crate::web::error::AppError;
use crate::web::filters::{self, Leaf, TimeLeft, deadlines};
use crate::web::page;
use crate::web::session::Visit;
use crate::web::shell::Shell;
use crate::words::dossier::{self as words, Tag};

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
}

/// The page.
pub(super) async fn page(app: &App, mut visit: Visit) -> Result<Response, AppError> {
    let year = match visit.actor.cycle {
        Some(cycle) => Some(store::year(&mut visit.db, cycle).await?),
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
    };
    Ok(page.into_response())
}

/// The tasks of a keeper, soonest first. A request is no task before the registration's season is over.
fn tasks(year: &Year, now: DateTime<Utc>) -> Vec<Task> {
    let season = year.season(civil(now));
    year.with_keeper()
        .into_iter()
        .filter(|(row, _)| {
            row.kind == DossierKind::Registration
                || season == DossierKind::Request
                || row.claimed + row.parts_filled > 0
        })
        .map(|(row, closes_at)| task(year, row, closes_at, now))
        .collect()
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
        href: dossier::urls::show(row.id),
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
