//! The start page of a ward's seats: the queue, and 24 groups on a grid.

use askama::Template;
use askama_web::WebTemplate;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};

use super::{Asked, row_tag};
use crate::access::{Actor, Role};
use crate::app::App;
use crate::home::model::{Line, Row, Why, Year, queue};
use crate::home::{store, urls};
use crate::platform::clock::civil;
use crate::ruleset::{DeadlineCode, DossierKind, Level, SubjectKind};
use crate::web::error::AppError;
use crate::web::filters::{self, Leaf, TimeLeft, deadlines};
use crate::web::page;
use crate::web::session::Visit;
use crate::web::shell::Shell;
use crate::words::dossier::{self as words, Tag};
use crate::{dossier, words as sentences};

/// A line of the ward's queue, ready to be drawn.
struct QueueLine {
    who: String,
    /// Each group, with the way to it.
    groups: Vec<(String, String)>,
    why: String,
    left: Option<TimeLeft>,
    /// A link, or the dossiers of a batch.
    href: Option<(String, String)>,
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
    /// Recommended after the package had gone.
    to_forward: i64,
    cells: Vec<Cell>,
    criteria: i64,
    submitted: i64,
    appraised: i64,
    judged: i64,
    /// Households that signed, of all of them.
    pledged: i64,
    households: i64,
    may_receive: bool,
    may_import: bool,
    may_count: bool,
    may_meet: bool,
    /// Where certificates are, once a unit is recognised.
    certificates: Option<String>,
}

/// The page.
pub(super) async fn page(app: &App, mut visit: Visit, asked: &Asked) -> Result<Response, AppError> {
    let Some(cycle) = visit.actor.cycle else {
        return Ok(no_year(app, &visit.actor).into_response());
    };
    let year = store::year(&mut visit.db, &visit.actor, cycle, visit.now).await?;
    let ruleset = app.rulesets.get(&mut visit.db, year.ruleset).await?;
    let rules_of_groups = ruleset.subject(SubjectKind::Group);
    let criteria = rules_of_groups.map_or(0, |rules| rules.criteria.len() as i64);
    let goes_up = rules_of_groups.is_some_and(|rules| rules.recognised_by == Level::City);
    let kind = match asked.xem.as_deref() {
        Some("dang-ky") => DossierKind::Registration,
        Some("de-nghi") => DossierKind::Request,
        _ => year.season(civil(visit.now)),
    };
    Ok(ward_page(app, &visit, &year, kind, (criteria, goes_up)).into_response())
}

fn ward_page(app: &App, visit: &Visit, year: &Year, kind: DossierKind, (criteria, goes_up): (i64, bool)) -> WardPage {
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
        to_forward: if goes_up
            && crate::access::rules::can_send_package(&visit.actor).is_ok()
            && year.own(DossierKind::Request).is_some_and(|row| !row.status.is_with_keeper())
        {
            counts(|row| row.status == Status::Recommended)
        } else {
            0
        },
        cells: year.groups(kind).map(|row| cell(year, row, criteria, visit.now)).collect(),
        criteria,
        submitted: counts(|row| !row.status.is_with_keeper()),
        appraised: counts(|row| row.status == Status::Appraised || row.status.is_concluded()),
        pledged: year.tally.pledged,
        households: year.tally.households,
        judged: year.groups(kind).map(|row| row.judged).sum(),
        may_receive: visit.actor.role() == Role::WardOfficer,
        may_import: crate::access::rules::can_import(&visit.actor, None).is_ok(),
        may_count: crate::access::rules::can_see_incidents(&visit.actor).is_ok(),
        may_meet: crate::access::rules::can_see_meetings(&visit.actor).is_ok(),
        certificates: certificates(&visit.actor, year),
    }
}

fn certificates(actor: &Actor, year: &Year) -> Option<String> {
    let may = crate::access::rules::can_see_certificates(actor).is_ok();
    let some = may && year.rows.iter().any(|row| row.status == dossier::model::Status::Recognised);
    some.then(|| Some(crate::certificate::urls::list(actor.ward()?, year.year))).flatten()
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
    let label = |place: usize, row: &Row| {
        if place == 0 && line.rows.len() == 1 { row.short.clone() } else { row.ordinal.to_string() }
    };
    let groups = line.rows.iter().enumerate().map(|(place, row)| (label(place, row), dossier::urls::show(row.id)));
    let open_judgements: i64 = line.rows.iter().map(|row| criteria - row.judged).sum();
    let is_batch = line.why == Why::ToReceive && line.rows.len() > 1 && actor.role() == Role::WardOfficer;
    // The button of a line of several opens the first of them, and says so.
    let action = match line.rows.len() {
        1 => sentences::home::action(line.why).to_owned(),
        _ => format!("{}: {}", sentences::home::action(line.why), first.short),
    };
    QueueLine {
        groups: groups.collect(),
        who,
        why: sentences::home::why(line.why, open_judgements, line.rows.len() as i64 * criteria),
        left,
        href: (!is_batch).then(|| (dossier::urls::show(first.id), action)),
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
