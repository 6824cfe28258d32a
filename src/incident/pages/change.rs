//! Confirming counts, correcting one, striking one out.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};

use super::asked::Query;
use super::enter::gravities;
use super::{Opened, frame, list, open};
use crate::access::{Actor, Refused, rules};
use crate::app::App;
use crate::incident::model::{Count, View};
use crate::incident::store::{self, Seen};
use crate::incident::{actions, form, urls};
use crate::platform::clock::civil;
use crate::platform::id::IncidentId;
use crate::web::error::AppError;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::page::again;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::words::incident as words;

/// Confirms what was ticked.
pub(super) async fn confirm(State(app): State<App>, posted: Posted) -> Result<Response, AppError> {
    rules::can_confirm_incidents(&posted.visit.actor)?;
    let seen = match posted.parse(form::ticked) {
        Ok(seen) => seen,
        Err(form) => return list::draw(&app, posted.visit, Query::pending(), form).await,
    };
    let Posted { visit: Visit { actor, db, now }, form, .. } = posted;
    let to = match seen.as_slice() {
        [one] if form.has("tu", "trang") => urls::show(one.id),
        _ => Query::default().link(View::Pending, ""),
    };
    unstoppable(async move { actions::confirm(db, &actor, &seen, now).await }).await??;
    Ok(Redirect::to(&to).into_response())
}

#[derive(Template, WebTemplate)]
#[template(path = "incident/correct.html")]
struct CorrectPage {
    shell: Shell,
    form: Filled,
    count: Count,
    kinds: Vec<(String, String)>,
    gravities: Vec<(&'static str, &'static str)>,
    groups: Vec<(String, String)>,
    other_year: Option<(String, String)>,
    /// What is typed, and what somebody else saved meanwhile.
    versus: Option<(String, String)>,
}

impl CorrectPage {
    /// Of a total kept without a day only the number changes.
    fn has_day(&self) -> bool {
        self.count.facts.when.day().is_some()
    }
}

fn correct_page(
    app: &App,
    actor: &Actor,
    opened: &Opened,
    (count, form): (Count, Filled),
    now: DateTime<Utc>,
) -> CorrectPage {
    let title = "Sửa số vụ việc";
    let kind = words::kind(opened.kinds(), &count.facts.kind).to_owned();
    CorrectPage {
        shell: frame(app, actor, title)
            .crumb("Số vụ việc", urls::LIST)
            .crumb(kind, urls::show(count.id))
            .here(title)
            .failing(form.is_bad()),
        kinds: opened.kind_choices(),
        gravities: gravities(),
        groups: opened.choices(),
        other_year: form::other_year(&form, &opened.against(civil(now))),
        versus: None,
        count,
        form,
    }
}

/// The form.
pub(super) async fn correct_form(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<IncidentId>,
) -> Result<Response, AppError> {
    let Visit { actor, mut db, now } = visit;
    let opened = open(&app, &mut db, &actor).await?;
    let count = store::story(&mut db, id).await?.count;
    rules::can_correct_incident(&actor, &count)?;
    let form = form::of_facts(&count.facts, &opened.year).with("_phien_ban", count.revision.to_string());
    Ok(correct_page(&app, &actor, &opened, (count, form), now).into_response())
}

/// Corrects it.
pub(super) async fn correct(
    State(app): State<App>,
    Path(id): Path<IncidentId>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let revision = posted.version()?;
    let opened = open(&app, &mut posted.visit.db, &posted.visit.actor).await?;
    let count = store::story(&mut posted.visit.db, id).await?.count;
    rules::can_correct_incident(&posted.visit.actor, &count)?;
    let now = posted.visit.now;
    let against = opened.against(civil(now));
    let (to, reason) = match posted.parse(|form| form::corrected(form, (&count.facts, &against))) {
        Ok(read) => read,
        Err(form) => {
            let page = correct_page(&app, &posted.visit.actor, &opened, (count, form), now);
            return Ok(again(page.form.is_bad(), page));
        }
    };
    let Posted { visit: Visit { actor, db, .. }, form, .. } = posted;
    let mine = words::plain(&to.facts, opened.kinds(), &opened.year);
    let by = actor.clone();
    let seen = Seen { id, revision };
    let work = async move { actions::correct(db, &by, seen, (&to, &reason), now).await };
    match unstoppable(work).await? {
        Ok(()) => Ok(Redirect::to(&urls::show(id)).into_response()),
        // Both versions; sending again puts the typed one in the place of the other.
        Err(Refused::Stale) => {
            let theirs = words::plain(&count.facts, opened.kinds(), &opened.year);
            let form = form.replaced("_phien_ban", count.revision.to_string());
            let page = correct_page(&app, &actor, &opened, (count, form), now);
            Ok((StatusCode::CONFLICT, CorrectPage { versus: Some((mine, theirs)), ..page }).into_response())
        }
        Err(refused) => Err(refused.into()),
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "incident/strike.html")]
struct StrikePage {
    shell: Shell,
    form: Filled,
    id: IncidentId,
    said: String,
    revision: i32,
}

fn strike_page(app: &App, actor: &Actor, (said, count): (String, &Count), form: Filled) -> StrikePage {
    StrikePage {
        shell: frame(app, actor, "Bỏ số vụ việc")
            .crumb("Số vụ việc", urls::LIST)
            .crumb("Số đã ghi", urls::show(count.id))
            .here("Bỏ")
            .failing(form.is_bad()),
        id: count.id,
        said,
        revision: form.value("_phien_ban").parse().unwrap_or(count.revision),
        form,
    }
}

/// The count, what it says, and the title of its type, for whoever may strike it out.
async fn to_strike(app: &App, visit: &mut Visit, id: IncidentId) -> Result<(Count, String, String), AppError> {
    let opened = open(app, &mut visit.db, &visit.actor).await?;
    let story = store::story(&mut visit.db, id).await?;
    let title = words::kind(opened.kinds(), &story.count.facts.kind).to_owned();
    let said = words::said(&story.count.facts, &title, story.group.as_deref());
    Ok((story.count, said, title))
}

/// The form.
pub(super) async fn strike_form(
    State(app): State<App>,
    mut visit: Visit,
    Path(id): Path<IncidentId>,
) -> Result<Response, AppError> {
    let (count, said, _) = to_strike(&app, &mut visit, id).await?;
    rules::can_correct_incident(&visit.actor, &count)?;
    Ok(strike_page(&app, &visit.actor, (said, &count), Filled::default()).into_response())
}

/// Strikes it out.
pub(super) async fn strike(
    State(app): State<App>,
    Path(id): Path<IncidentId>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let revision = posted.version()?;
    let (count, said, title) = to_strike(&app, &mut posted.visit, id).await?;
    let reason = match posted.parse(form::struck) {
        Ok(reason) => reason,
        Err(form) => {
            rules::can_correct_incident(&posted.visit.actor, &count)?;
            let page = strike_page(&app, &posted.visit.actor, (said, &count), form);
            return Ok(again(page.form.is_bad(), page));
        }
    };
    let Visit { actor, db, now } = posted.visit;
    let seen = Seen { id, revision };
    unstoppable(async move { actions::strike(db, &actor, seen, (&title, &reason), now).await }).await??;
    Ok(Redirect::to(&urls::show(id)).into_response())
}
