//! The start pages.

use askama::Template;
use askama_web::WebTemplate;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::model::{Line, Row, WardRow, Why, Year, queue};
use super::{store, urls};
use crate::access::{Actor, Role};
use crate::app::App;
use crate::platform::clock::civil;
use crate::ruleset::{DeadlineCode, DossierKind, SubjectKind};
use crate::web::error::AppError;
use crate::web::filters::{self, Leaf, TimeLeft, deadlines};
use crate::web::page;
use crate::web::session::Visit;
use crate::web::shell::Shell;
use crate::words::dossier::{self as words, Tag};
use crate::{dossier, words as sentences};

/// The route of the start page.
pub fn routes() -> Router<App> {
    Router::new().route(urls::HOME, get(home))
}

/// What the start page can be asked.
#[derive(Debug, Default, Deserialize)]
struct Asked {
    /// "dang-ky" or "de-nghi".
    xem: Option<String>,
}

/// The start page of the seat at hand.
async fn home(State(app): State<App>, visit: Visit, Query(asked): Query<Asked>) -> Result<Response, AppError> {
    match visit.actor.role() {
        Role::GroupLeader => leader(&app, visit).await,
        Role::AreaOfficer | Role::WardOfficer | Role::CommitteeMember | Role::WardChair => {
            ward(&app, visit, &asked).await
        }
        Role::CityOfficer | Role::CityChair => city(&app, visit).await,
        Role::StewardWard | Role::StewardCity => Ok(steward(&app, &visit).into_response()),
    }
}

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

async fn leader(app: &App, mut visit: Visit) -> Result<Response, AppError> {
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

fn row_tag(row: &Row) -> Tag {
    if row.status == dossier::model::Status::Submitted && row.attempt > 1 {
        Tag { word: "Đã nộp lại", icon: "refresh-cw", tone: "info" }
    } else {
        words::status(row.status)
    }
}

/// A line of the ward's queue, ready to be drawn.
struct QueueLine {
    who: String,
    /// Each group, with the way to it.
    groups: Vec<(String, String)>,
    why: String,
    left: Option<TimeLeft>,
    /// A link, or the dossiers of a batch.
    href: Option<(String, &'static str)>,
    batch: Vec<String>,
}

/// A group in the grid.
struct Cell {
    number: i32,
    name: String,
    href: String,
    tag: Tag,
    class: &'static str,
    done: i64,
    of: i64,
}

#[derive(Template, WebTemplate)]
#[template(path = "home/ward.html")]
struct WardPage {
    shell: Shell,
    now: String,
    kind: DossierKind,
    dates: Vec<(String, Leaf, TimeLeft)>,
    queue: Vec<QueueLine>,
    own: Option<(String, Tag, String)>,
    cells: Vec<Cell>,
    criteria: i64,
    submitted: i64,
    appraised: i64,
    judged: i64,
    may_receive: bool,
}

async fn ward(app: &App, mut visit: Visit, asked: &Asked) -> Result<Response, AppError> {
    let Some(cycle) = visit.actor.cycle else {
        return Ok(no_year(app, &visit.actor).into_response());
    };
    let year = store::year(&mut visit.db, cycle).await?;
    let ruleset = app.rulesets.get(&mut visit.db, year.ruleset).await?;
    let criteria = ruleset.subject(SubjectKind::Group).map_or(0, |rules| rules.criteria.len() as i64);
    let kind = match asked.xem.as_deref() {
        Some("dang-ky") => DossierKind::Registration,
        Some("de-nghi") => DossierKind::Request,
        _ => year.season(civil(visit.now)),
    };
    Ok(ward_page(app, &visit, &year, kind, criteria).into_response())
}

fn ward_page(app: &App, visit: &Visit, year: &Year, kind: DossierKind, criteria: i64) -> WardPage {
    use dossier::model::Status;
    let counts = |test: fn(&Row) -> bool| year.groups(kind).filter(|row| test(row)).count() as i64;
    WardPage {
        shell: page::shell(app, &visit.actor, "Việc hôm nay", urls::HOME),
        now: format!("{}, {}", filters::dates::clock_time(visit.now), filters::dates::day_long(visit.now)),
        kind,
        dates: dates(year, kind, visit.now),
        queue: queue(year, kind, criteria, visit.now)
            .iter()
            .map(|line| queue_line(&visit.actor, year, line, criteria, visit.now))
            .collect(),
        own: year.own(kind).map(|row| (words::kind(kind).to_owned(), row_tag(row), dossier::urls::show(row.id))),
        cells: year.groups(kind).map(|row| cell(year, row, criteria, visit.now)).collect(),
        criteria,
        submitted: counts(|row| !row.status.is_with_keeper()),
        appraised: counts(|row| row.status == Status::Appraised || row.status.is_concluded()),
        judged: year.groups(kind).map(|row| row.judged).sum(),
        may_receive: visit.actor.role() == Role::WardOfficer,
    }
}

/// The two dates that press, with their leaves.
fn dates(year: &Year, kind: DossierKind, now: DateTime<Utc>) -> Vec<(String, Leaf, TimeLeft)> {
    let codes = match kind {
        DossierKind::Registration => [DeadlineCode::GroupRegistration, DeadlineCode::WardRegistration],
        DossierKind::Request => [DeadlineCode::GroupRequest, DeadlineCode::WardRequest],
    };
    let one = |code: DeadlineCode| {
        let deadline = year.deadline(code)?;
        let leaf = deadlines::leaf(deadline.last_day());
        Some((deadline.title.clone(), leaf, deadlines::time_left(deadline.closes_at().to_utc(), now)))
    };
    codes.into_iter().filter_map(one).collect()
}

fn queue_line(actor: &Actor, year: &Year, line: &Line<'_>, criteria: i64, now: DateTime<Utc>) -> QueueLine {
    let first = line.rows[0];
    let numbers: Vec<String> = line.rows.iter().map(|row| row.ordinal.to_string()).collect();
    let who = if line.rows.len() == 1 {
        first.short.clone()
    } else {
        format!("{} tổ: {}", line.rows.len(), numbers.join(", "))
    };
    // What lies at the ward's own desk has the ward's own day.
    let desk = || year.deadline(DeadlineCode::WardRequest).filter(|_| first.kind == DossierKind::Request);
    let closes_at = line.rows.iter().filter_map(|row| row.closes_at(year)).min();
    let closes_at = closes_at.or_else(|| Some(desk()?.closes_at().to_utc()));
    let left = closes_at.map(|closes_at| deadlines::time_left(closes_at, now));
    let label = |place: usize, row: &Row| if place == 0 && line.rows.len() == 1 { row.short.clone() } else { row.ordinal.to_string() };
    let groups = line.rows.iter().enumerate().map(|(place, row)| (label(place, row), dossier::urls::show(row.id)));
    let open_judgements: i64 = line.rows.iter().map(|row| criteria - row.judged).sum();
    let is_batch = line.why == Why::ToReceive && line.rows.len() > 1 && actor.role() == Role::WardOfficer;
    QueueLine {
        groups: groups.collect(),
        who,
        why: sentences::home::why(line.why, open_judgements, line.rows.len() as i64 * criteria),
        left,
        href: (!is_batch).then(|| (dossier::urls::show(first.id), sentences::home::action(line.why))),
        batch: if is_batch {
            line.rows.iter().map(|row| format!("{}:{}", row.id, row.version)).collect()
        } else {
            vec![]
        },
    }
}

fn cell(year: &Year, row: &Row, criteria: i64, now: DateTime<Utc>) -> Cell {
    let is_past = row.closes_at(year).is_some_and(|closes_at| now >= closes_at);
    let tag = if is_past { Tag { word: "Quá hạn", icon: "clock-alert", tone: "late" } } else { row_tag(row) };
    let of = if row.kind == DossierKind::Request { criteria } else { 3 };
    Cell {
        number: row.ordinal,
        name: row.name.clone(),
        href: dossier::urls::show(row.id),
        tag,
        class: tag.tone,
        done: if row.kind == DossierKind::Request { row.judged } else { row.parts_filled.min(3) },
        of,
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "home/city.html")]
struct CityPage {
    shell: Shell,
    now: String,
    year: i32,
    wards: Vec<CityWard>,
    sent: i64,
    registered: i64,
    groups: i64,
    recommended: i64,
    recognised: i64,
    due: Option<(Leaf, TimeLeft)>,
}

struct CityWard {
    row: WardRow,
    tag: Tag,
    registration: Option<(Tag, String)>,
    package: Option<String>,
}

async fn city(app: &App, mut visit: Visit) -> Result<Response, AppError> {
    let today = civil(visit.now);
    let year = visit.actor.year.unwrap_or_else(|| chrono::Datelike::year(&today));
    let rows = store::wards(&mut visit.db, visit.actor.city, year).await?;
    let sum = |of: fn(&WardRow) -> i64| rows.iter().map(of).sum();
    let due = rows.iter().find_map(|row| {
        let (stated, exclusive) = row.due_stated.zip(row.due_exclusive)?;
        let last_day = if exclusive { stated.pred_opt()? } else { stated };
        let closes_at = crate::platform::clock::first_moment(last_day.succ_opt()?);
        Some((deadlines::leaf(last_day), deadlines::time_left(closes_at, visit.now)))
    });
    let page = CityPage {
        shell: page::shell(app, &visit.actor, "Phường, xã", urls::HOME),
        now: format!("{}, {}", filters::dates::clock_time(visit.now), filters::dates::day_long(visit.now)),
        year,
        sent: rows.iter().filter(|row| row.request.is_some()).count() as i64,
        registered: sum(|row| row.registered),
        groups: sum(|row| row.groups),
        recommended: sum(|row| row.recommended),
        recognised: sum(|row| row.recognised),
        due,
        wards: rows.into_iter().map(|row| city_ward(row, year)).collect(),
    };
    Ok(page.into_response())
}

fn city_ward(row: WardRow, year: i32) -> CityWard {
    let tag_of = |status: &Option<String>| status.as_deref().and_then(|word| word.parse().ok()).map(words::status);
    let none =
        Tag {
            word: if row.year.is_some() { "Chưa nộp" } else { "Chưa mở năm" }, icon: "circle-dashed", tone: "none"
        };
    CityWard {
        tag: tag_of(&row.request_status).unwrap_or(none),
        registration: row
            .registration
            .and_then(|id| Some((tag_of(&row.registration_status)?, dossier::urls::show(id.into())))),
        package: (row.request.is_some() || row.registration.is_some())
            .then(|| crate::recognition::urls::package(row.id, year)),
        row,
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "home/steward.html")]
struct StewardPage {
    shell: Shell,
    place: String,
}

fn steward(app: &App, visit: &Visit) -> StewardPage {
    let place = visit.actor.ward_name.clone().unwrap_or_else(|| visit.actor.city_name.clone());
    StewardPage { shell: page::shell(app, &visit.actor, "Quản trị", urls::HOME), place }
}

#[derive(Template, WebTemplate)]
#[template(path = "home/no_year.html")]
struct NoYearPage {
    shell: Shell,
    may_open: bool,
}

fn no_year(app: &App, actor: &Actor) -> NoYearPage {
    NoYearPage {
        shell: page::shell(app, actor, "Việc hôm nay", urls::HOME),
        may_open: crate::access::rules::can_keep_cycle(actor).is_ok(),
    }
}
