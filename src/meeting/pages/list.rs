//! The meetings of the year.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use chrono::{DateTime, Utc};

use crate::access::{Actor, Seat, rules};
use crate::app::App;
use crate::meeting::{model, store, urls};
use crate::web::error::AppError;
use crate::web::filters;
use crate::web::page;
use crate::web::session::Visit;
use crate::web::shell::Shell;
use crate::words::dossier::Tag;
use crate::words::meeting as words;

/// A line of the list.
struct Row {
    href: String,
    title: String,
    group: Option<String>,
    at: DateTime<Utc>,
    tag: Tag,
    items: i64,
    concluded: i64,
}

#[derive(Template, WebTemplate)]
#[template(path = "meeting/list.html")]
pub(super) struct ListPage {
    shell: Shell,
    year: Option<i32>,
    rows: Vec<Row>,
    /// Where a meeting is called: words and address; several for somebody who looks after several groups.
    plans: Vec<(String, String)>,
}

/// The page.
pub(super) async fn page(State(app): State<App>, mut visit: Visit) -> Result<ListPage, AppError> {
    rules::can_see_meetings(&visit.actor)?;
    let lines = match visit.actor.ward().zip(visit.actor.cycle) {
        Some((ward, cycle)) => store::list(&mut visit.db, ward, cycle).await?,
        None => vec![],
    };
    Ok(ListPage {
        shell: page::shell(&app, &visit.actor, "Họp", urls::LIST),
        year: visit.actor.year,
        rows: lines.into_iter().map(row).collect(),
        plans: if visit.actor.cycle.is_some() { plans(&visit.actor) } else { vec![] },
    })
}

fn row(line: store::Line) -> Row {
    let state = match (line.opened_at, line.closed_at) {
        (_, Some(_)) => model::State::Closed,
        (Some(_), None) => model::State::Open,
        (None, None) => model::State::Planned,
    };
    let href = if state == model::State::Closed { urls::result(line.id) } else { urls::show(line.id) };
    Row {
        href,
        title: line.title,
        group: line.group,
        at: line.planned_at,
        tag: words::state(state),
        items: line.items,
        concluded: line.concluded,
    }
}

/// Where this seat may call a meeting.
fn plans(actor: &Actor) -> Vec<(String, String)> {
    match &actor.seat {
        Seat::GroupLeader { group, .. } => vec![("Lập cuộc họp của tổ".to_owned(), urls::plan(Some(*group)))],
        // Which group, the page itself asks.
        Seat::AreaOfficer { .. } => vec![("Lập cuộc họp của một tổ".to_owned(), urls::plan(None))],
        _ if rules::can_plan_meeting(actor, None).is_ok() => {
            vec![("Lập cuộc họp Ban chỉ đạo".to_owned(), urls::plan(None))]
        }
        _ => vec![],
    }
}
