//! Entering counts, one after the other: day and group stay.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::{Opened, frame, open};
use crate::access::{Actor, Denial, DenialCode, Role, rules};
use crate::app::App;
use crate::incident::{actions, form, store, urls};
use crate::platform::clock::civil;
use crate::platform::id::IncidentId;
use crate::ruleset::Gravity;
use crate::web::error::AppError;
use crate::web::filters::dates;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::page::again;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::words::incident as words;

/// `?ngay=12/3/2024&to=07&da=…`: what stays after a count, and the count itself.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Kept {
    #[serde(default)]
    ngay: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    da: String,
}

#[derive(Template, WebTemplate)]
#[template(path = "incident/enter.html")]
struct EnterPage {
    shell: Shell,
    form: Filled,
    kinds: Vec<(String, String)>,
    gravities: Vec<(&'static str, &'static str)>,
    groups: Vec<(String, String)>,
    /// What was entered just now, and its page.
    done: Option<(String, String)>,
    /// The box of a day of another year.
    other_year: Option<(String, String)>,
    may_confirm: bool,
}

/// How grave, as choices.
pub(super) fn gravities() -> Vec<(&'static str, &'static str)> {
    Gravity::ALL.iter().map(|it| (it.as_str(), words::gravity(*it))).collect()
}

/// Whoever may write for nobody has nothing to do here.
fn may_enter(opened: &Opened) -> Result<(), AppError> {
    if opened.own.is_empty() && !opened.of_no_group {
        return Err(Denial::by(DenialCode::NotThisSeat, Role::WardOfficer).into());
    }
    Ok(())
}

fn draw(
    app: &App,
    actor: &Actor,
    opened: &Opened,
    (form, done): (Filled, Option<(String, String)>),
    now: DateTime<Utc>,
) -> Response {
    let title = "Ghi số vụ việc";
    let page = EnterPage {
        shell: frame(app, actor, title).crumb("Số vụ việc", urls::LIST).here(title).failing(form.is_bad()),
        kinds: opened.kind_choices(),
        gravities: gravities(),
        groups: opened.choices(),
        done,
        other_year: if form.is_bad() { form::other_year(&form, &opened.against(civil(now))) } else { None },
        may_confirm: rules::can_confirm_incidents(actor).is_ok(),
        form,
    };
    again(page.form.is_bad(), page)
}

/// The form.
pub(super) async fn form_page(
    State(app): State<App>,
    Query(kept): Query<Kept>,
    visit: Visit,
) -> Result<Response, AppError> {
    let Visit { actor, mut db, now } = visit;
    let opened = open(&app, &mut db, &actor).await?;
    may_enter(&opened)?;
    let done = match kept.da.parse::<IncidentId>() {
        Ok(id) => {
            let story = store::story(&mut db, id).await?;
            let facts = &story.count.facts;
            let said = words::said(facts, words::kind(opened.kinds(), &facts.kind), story.group.as_deref());
            Some((said, urls::show(id)))
        }
        Err(_) => None,
    };
    let only = opened.own.first().filter(|_| opened.own.len() == 1 && !opened.of_no_group);
    let group = if kept.to.is_empty() { only.map_or("", |group| group.code.as_str()) } else { &kept.to };
    let day = if kept.ngay.is_empty() { dates::day(civil(now)) } else { kept.ngay.clone() };
    let form = Filled::default()
        .with("ma", IncidentId::new(now).to_string())
        .with("so-vu", "1")
        .with("muc-do", Gravity::Ordinary.as_str())
        .with("ngay", day)
        .with("to", group)
        .with("xac-nhan", "co");
    Ok(draw(&app, &actor, &opened, (form, done), now))
}

/// Enters it, and leads to the next one.
pub(super) async fn enter(State(app): State<App>, mut posted: Posted) -> Result<Response, AppError> {
    let opened = open(&app, &mut posted.visit.db, &posted.visit.actor).await?;
    may_enter(&opened)?;
    let now = posted.visit.now;
    let (id, new) = match posted.parse(|form| form::entered(form, &opened.against(civil(now)))) {
        Ok(read) => read,
        Err(form) => return Ok(draw(&app, &posted.visit.actor, &opened, (form, None), now)),
    };
    let Posted { visit: Visit { actor, db, .. }, form, .. } = posted;
    let confirms = form.has("xac-nhan", "co");
    let day = new.facts.when.day().map(dates::day).unwrap_or_default();
    let to = form.value("to").to_owned();
    let work = async move { actions::enter(db, &actor, (id, &new), confirms, now).await };
    unstoppable(work).await??;
    // The first field of the form is where the next count begins.
    Ok(Redirect::to(&format!("{}?ngay={day}&to={to}&da={id}#loai", urls::ADD)).into_response())
}
