//! What people ask about their own data: the list, and writing one down.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::Deserialize;

use super::{Door, doors, frame};
use crate::access::{Actor, Refused, rules};
use crate::app::App;
use crate::platform::clock::{civil, first_moment};
use crate::privacy::model::{AskedBy, Wish};
use crate::privacy::store::{self, Row};
use crate::privacy::{actions, form, urls};
use crate::web::error::AppError;
use crate::web::filters::deadlines::{self, Tone};
use crate::web::filters::{self, dates};
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::page::again;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::words::dossier::Tag;
use crate::words::privacy as words;

/// A clock that runs: the day, what is left, and its tone.
pub(super) struct Running {
    pub(super) last: NaiveDate,
    pub(super) left: String,
    pub(super) tone: &'static str,
}

/// A clock until the end of a day.
pub(super) fn running(last: NaiveDate, now: DateTime<Utc>) -> Running {
    let left = deadlines::time_left(first_moment(last + Days::new(1)), now);
    let tone = match left.tone {
        Tone::Late => "late",
        Tone::Soon => "soon",
        _ => "info",
    };
    Running { last, left: left.text, tone }
}

/// A line of the list.
struct Line {
    href: String,
    row: Row,
    /// Until when it must be answered; none once it was.
    answer: Option<Running>,
    /// Until when it must be done; none once it was.
    done: Option<Running>,
    outcome: Option<Tag>,
}

fn line(row: Row, now: DateTime<Utc>) -> Line {
    let outcome = row.outcome.as_deref().and_then(|word| word.parse().ok()).map(words::outcome);
    let open = outcome.is_none();
    Line {
        href: urls::request(row.id),
        answer: (open && row.answered_at.is_none()).then(|| running(row.answer_by, now)),
        done: open.then(|| running(row.due_on, now)),
        outcome,
        row,
    }
}

/// `?xem=da-xong`.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Ask {
    #[serde(default)]
    xem: String,
}

#[derive(Template, WebTemplate)]
#[template(path = "privacy/requests.html")]
pub(super) struct ListPage {
    shell: Shell,
    doors: Vec<Door>,
    lines: Vec<Line>,
    closed: bool,
    can_add: bool,
}

/// The list.
pub(super) async fn list(State(app): State<App>, Query(ask): Query<Ask>, visit: Visit) -> Result<ListPage, AppError> {
    let Visit { actor, mut db, now } = visit;
    rules::can_read_requests(&actor)?;
    let closed = ask.xem == "da-xong";
    let rows = store::list(&mut db, actor.ward().ok_or(Refused::NotFound)?, closed).await?;
    Ok(ListPage {
        shell: frame(&app, &actor, "Yêu cầu về dữ liệu cá nhân"),
        doors: doors(&actor, urls::REQUESTS),
        lines: rows.into_iter().map(|row| line(row, now)).collect(),
        closed,
        can_add: rules::can_answer_subjects(&actor).is_ok(),
    })
}

#[derive(Template, WebTemplate)]
#[template(path = "privacy/add.html")]
struct AddPage {
    shell: Shell,
    form: Filled,
    wishes: Vec<(&'static str, &'static str)>,
    askers: Vec<(&'static str, &'static str)>,
}

fn add_page(app: &App, actor: &Actor, form: Filled) -> Response {
    let title = "Ghi một yêu cầu";
    let page = AddPage {
        shell: frame(app, actor, title)
            .crumb("Yêu cầu của người dân", urls::REQUESTS)
            .here(title)
            .failing(form.is_bad()),
        wishes: Wish::ALL.iter().map(|wish| (wish.as_str(), words::wish(*wish))).collect(),
        askers: AskedBy::ALL.iter().map(|by| (by.as_str(), words::asked_by(*by))).collect(),
        form,
    };
    again(page.form.is_bad(), page)
}

/// `?ma=07-0123`, from the page of a household.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Known {
    #[serde(default)]
    ma: String,
}

/// The form.
pub(super) async fn add_form(
    State(app): State<App>,
    Query(known): Query<Known>,
    visit: Visit,
) -> Result<Response, AppError> {
    rules::can_answer_subjects(&visit.actor)?;
    let form = Filled::default().with("ma", known.ma).with("ngay-nhan", dates::day(civil(visit.now)));
    Ok(add_page(&app, &visit.actor, form))
}

/// Writes it down.
pub(super) async fn add(State(app): State<App>, posted: Posted) -> Result<Response, AppError> {
    rules::can_answer_subjects(&posted.visit.actor)?;
    let new = match posted.parse(form::new_request) {
        Ok(new) => new,
        Err(form) => return Ok(add_page(&app, &posted.visit.actor, form)),
    };
    let Posted { visit: Visit { actor, db, now }, form, .. } = posted;
    let by = actor.clone();
    match unstoppable(async move { actions::write_down(db, &by, &new, now).await }).await? {
        Ok(id) => Ok(Redirect::to(&urls::request(id)).into_response()),
        Err(Refused::Invalid(faults)) => Ok(add_page(&app, &actor, form.with_faults(faults))),
        Err(refused) => Err(refused.into()),
    }
}
