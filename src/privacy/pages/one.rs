//! One request: its clocks, the answer, the end, and everything kept about whoever asks.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};

use super::frame;
use super::requests::{Running, running};
use crate::access::{Actor, Refused, rules};
use crate::app::App;
use crate::household::store::Story;
use crate::platform::db::Scoped;
use crate::platform::id::SubjectRequestId;
use crate::privacy::model::{Look, Outcome, Request, What, Wish};
use crate::privacy::store::{self, Kept};
use crate::privacy::{actions, form, urls};
use crate::web::error::AppError;
use crate::web::filters;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::page::again;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::words::privacy as words;

#[derive(Template, WebTemplate)]
#[template(path = "privacy/one.html")]
struct OnePage {
    shell: Shell,
    request: Request,
    answer: Option<Running>,
    done: Option<Running>,
    /// The two forms of the page: only one of them is drawn again when something is wrong.
    form: Filled,
    revision: i32,
    endings: Vec<(&'static str, &'static str)>,
    can_answer: bool,
}

impl OnePage {
    fn sees(&self) -> bool {
        self.request.wish == Wish::See
    }

    fn corrects(&self) -> bool {
        self.request.wish == Wish::Correct
    }

    /// A household that lives here stays in the register whatever it asks.
    fn cannot_delete(&self) -> bool {
        self.request.wish == Wish::Delete && self.request.is_resident
    }
}

/// The endings that a request can have: a household that lives here is not deleted.
fn endings(request: &Request) -> Vec<(&'static str, &'static str)> {
    Outcome::ALL
        .iter()
        .filter(|outcome| !(request.wish == Wish::Delete && request.is_resident && **outcome == Outcome::Done))
        .map(|outcome| (outcome.as_str(), words::outcome_choice(*outcome, request.wish)))
        .collect()
}

fn draw(app: &App, actor: &Actor, request: Request, (form, now): (Filled, DateTime<Utc>)) -> Response {
    let title = format!("{}, hộ {}", words::wish(request.wish), request.code);
    let open = request.closed.is_none();
    let page = OnePage {
        shell: frame(app, actor, &title)
            .crumb("Yêu cầu của người dân", urls::REQUESTS)
            .here(title.clone())
            .failing(form.is_bad()),
        answer: (open && request.answered.is_none()).then(|| running(request.answer_by, now)),
        done: open.then(|| running(request.due_on, now)),
        revision: form.value("_phien_ban").parse().unwrap_or(request.revision),
        endings: endings(&request),
        can_answer: open && rules::can_answer_subjects(actor).is_ok(),
        request,
        form,
    };
    again(page.form.is_bad(), page)
}

/// Loads a request and writes down that somebody looked at it.
async fn looked_at(
    db: &mut Scoped,
    actor: &Actor,
    id: SubjectRequestId,
    (what, now): (What, DateTime<Utc>),
) -> Result<Request, AppError> {
    rules::can_read_requests(actor)?;
    let request = store::load(db, id).await?;
    let look = Look { what, group: None, household: Some(request.household), rows: 1 };
    store::log(db, actor, look, now).await?;
    Ok(request)
}

/// The page.
pub(super) async fn page(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<SubjectRequestId>,
) -> Result<Response, AppError> {
    let Visit { actor, mut db, now } = visit;
    let request = looked_at(&mut db, &actor, id, (What::Request, now)).await?;
    let form = Filled::default();
    let form = match &request.answered {
        Some((_, text)) => form.with("tra-loi", text),
        None => form,
    };
    Ok(draw(&app, &actor, request, (form, now)))
}

/// Answers.
pub(super) async fn answer(
    State(app): State<App>,
    Path(id): Path<SubjectRequestId>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let revision = posted.version()?;
    rules::can_answer_subjects(&posted.visit.actor)?;
    let request = store::load(&mut posted.visit.db, id).await?;
    let text = match posted.parse(form::answer) {
        Ok(text) => text,
        Err(form) => return Ok(draw(&app, &posted.visit.actor, request, (form, posted.visit.now))),
    };
    let Visit { actor, db, now } = posted.visit;
    unstoppable(async move { actions::answer(db, &actor, (id, revision), &text, now).await }).await??;
    Ok(Redirect::to(&urls::request(id)).into_response())
}

/// Closes.
pub(super) async fn close(
    State(app): State<App>,
    Path(id): Path<SubjectRequestId>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let revision = posted.version()?;
    rules::can_answer_subjects(&posted.visit.actor)?;
    let request = store::load(&mut posted.visit.db, id).await?;
    let (outcome, reason) = match posted.parse(form::close) {
        Ok(end) => end,
        Err(form) => return Ok(draw(&app, &posted.visit.actor, request, (form, posted.visit.now))),
    };
    let Posted { visit: Visit { actor, db, now }, form, .. } = posted;
    let by = actor.clone();
    let end = async move { actions::close(db, &by, (id, revision), (outcome, reason.as_deref()), now).await };
    match unstoppable(end).await? {
        Ok(()) => Ok(Redirect::to(&urls::request(id)).into_response()),
        Err(Refused::Invalid(faults)) => Ok(draw(&app, &actor, request, (form.with_faults(faults), now))),
        Err(refused) => Err(refused.into()),
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "privacy/kept.html")]
struct KeptPage {
    shell: Shell,
    request: Request,
    story: Story,
    kept: Kept,
    now: DateTime<Utc>,
}

/// Everything kept about the household, to read or to print.
pub(super) async fn kept(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<SubjectRequestId>,
) -> Result<Response, AppError> {
    let Visit { actor, mut db, now } = visit;
    rules::can_answer_subjects(&actor)?;
    let request = store::load(&mut db, id).await?;
    let story = crate::household::store::story(&mut db, request.household).await?;
    let kept = store::kept(&mut db, (&actor, request.household), now).await?;
    let title = format!("Dữ liệu đang lưu về hộ {}", request.code);
    let shell = frame(&app, &actor, &title)
        .crumb("Yêu cầu của người dân", urls::REQUESTS)
        .crumb(format!("Hộ {}", request.code), urls::request(id))
        .here("Dữ liệu đang lưu");
    Ok(KeptPage { shell, request, story, kept, now }.into_response())
}
