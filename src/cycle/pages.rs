//! The years of a ward: the list with the form of a new one, one year with its deadlines, and what moves them.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use axum::{
    Router,
    routing::{get, post},
};
use chrono::{DateTime, Datelike, Utc};
use serde::Deserialize;

use super::model::{Calendar, Deadline};
use super::store::{self, Cycle};
use super::{actions, form, urls};
use crate::access::{Actor, Refused, rules};
use crate::app::App;
use crate::journal;
use crate::journal::told::{Told, told};
use crate::platform::clock::civil;
use crate::platform::db::Scoped;
use crate::ruleset::{self, Ruleset};
use crate::web::error::AppError;
use crate::web::filters::{self, Leaf, Tone, deadlines};
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::icons;
use crate::web::page::{again, shell};
use crate::web::session::{Posted, Visit, hash, session_key};
use crate::web::shell::Shell;
use crate::words::cycle as words;

/// The pages of years.
pub fn routes() -> Router<App> {
    Router::new()
        .route(urls::LIST, get(list).post(open))
        .route(urls::CHOOSE, post(choose))
        .route(urls::SHOW, get(show))
        .route(urls::DEADLINE, get(deadline_form).post(move_deadline))
        .route(urls::LOCK, post(lock))
}

/// A deadline as both the preview and the year show it.
#[derive(Debug)]
struct Line {
    deadline: Deadline,
    /// "trước 31/3/2024".
    stated: String,
    leaf: Leaf,
    /// None once it has passed, since a calendar does not know what was done.
    left: Option<Left>,
    /// What its rule says, when a person moved it.
    was: Option<String>,
}

/// Time left, in words and tone.
#[derive(Debug)]
struct Left {
    text: String,
    tone: &'static str,
}

/// The lines of a year, soonest first.
fn lines(calendar: &Calendar, now: DateTime<Utc>) -> Vec<Line> {
    let line = |deadline: &Deadline| {
        let left = deadlines::time_left(deadline.closes_at().to_utc(), now);
        let tone = if left.tone == Tone::Soon { "soon" } else { "info" };
        let before = deadline.overridden.as_ref();
        Line {
            stated: words::stated(deadline.stated, deadline.exclusive),
            leaf: deadlines::leaf(deadline.last_day()),
            left: (left.tone != Tone::Late).then_some(Left { text: left.text, tone }),
            was: before.map(|before| words::stated(before.previous_stated, before.previous_exclusive)),
            deadline: deadline.clone(),
        }
    };
    let mut lines: Vec<Line> = calendar.deadlines.iter().map(line).collect();
    lines.sort_by_key(|line| line.deadline.last_day());
    lines
}

/// What the list is drawn from.
struct Known {
    years: Vec<store::Listed>,
    /// The years of the wards, for a seat of the city.
    of_wards: Vec<WardsYear>,
    rulesets: Vec<ruleset::store::Listed>,
}

/// A year that wards of the city have opened, with the rules they run it by.
struct WardsYear {
    year: i32,
    rulesets: Vec<store::InWards>,
}

/// Rows that come year by year, put together by year.
fn by_year(rows: Vec<store::InWards>) -> Vec<WardsYear> {
    let mut years: Vec<WardsYear> = vec![];
    for row in rows {
        match years.last_mut().filter(|last| last.year == row.year) {
            Some(last) => last.rulesets.push(row),
            None => years.push(WardsYear { year: row.year, rulesets: vec![row] }),
        }
    }
    years
}

/// Years, and for those who keep them also the rules to choose from, the newest version of each code.
async fn known(db: &mut Scoped, actor: &Actor) -> Result<Known, AppError> {
    let (years, of_wards) = match actor.ward() {
        Some(ward) => (store::list(db, ward).await?, vec![]),
        None => (vec![], by_year(store::in_city(db, actor.city).await?)),
    };
    let mut rulesets = vec![];
    if rules::can_keep_cycle(actor).is_ok() {
        rulesets = ruleset::store::list(db).await?;
        rulesets.dedup_by(|later, earlier| later.code == earlier.code);
    }
    Ok(Known { years, of_wards, rulesets })
}

/// The calendar that a year would have.
struct Preview {
    year: i32,
    calendar: Calendar,
    lines: Vec<Line>,
    ruleset: String,
    ruleset_url: String,
    /// Why these rules may be the wrong ones for this year.
    caution: Option<String>,
}

/// The preview, or a sentence at a field.
fn preview(ruleset: &Ruleset, year: i32, now: DateTime<Utc>) -> Result<Preview, (&'static str, String)> {
    let calendar = Calendar::plan(ruleset, year).map_err(|error| ("nam", error.to_string()))?;
    calendar.check_span(ruleset).map_err(|error| ("bo", error.to_string()))?;
    let today = civil(now);
    let untimely = today < ruleset.valid_from || ruleset.valid_to.is_some_and(|last| last < today);
    let begins = calendar.begins_outside(ruleset).then(|| words::begins_outside(calendar.window().from));
    Ok(Preview {
        year,
        lines: lines(&calendar, now),
        calendar,
        ruleset: ruleset.title.clone(),
        ruleset_url: ruleset::pages::show_url(&ruleset.code, ruleset.version.cast_signed()),
        caution: begins.or_else(|| untimely.then(|| words::UNTIMELY.to_owned())),
    })
}

#[derive(Template, WebTemplate)]
#[template(path = "cycle/list.html")]
struct ListPage {
    shell: Shell,
    years: Vec<store::Listed>,
    /// A city's seat: years are opened by each ward.
    of_city: bool,
    of_wards: Vec<WardsYear>,
    looked_at: Option<i32>,
    can_open: bool,
    choices: Vec<(String, String)>,
    form: Filled,
    preview: Option<Preview>,
}

fn list_page(app: &App, actor: &Actor, known: Known, (form, preview): (Filled, Option<Preview>)) -> Response {
    let page = ListPage {
        shell: shell(app, actor, "Năm đánh giá", urls::LIST).failing(form.is_bad()),
        years: known.years,
        of_city: actor.ward().is_none(),
        of_wards: known.of_wards,
        looked_at: actor.year,
        can_open: rules::can_keep_cycle(actor).is_ok(),
        choices: known.rulesets.into_iter().map(|listed| (listed.code, listed.title)).collect(),
        form,
        preview,
    };
    again(page.form.is_bad(), page)
}

/// `?nam=2025&bo=kh390-2024`: shows the calendar before the year is opened.
#[derive(Debug, Default, Deserialize)]
struct Asked {
    nam: Option<String>,
    bo: Option<String>,
}

/// The form with what stands to reason: the year after the newest, by the same rules.
fn suggested(known: &Known, now: DateTime<Utc>) -> Filled {
    let newest = known.years.first();
    let year = newest.map_or(civil(now).year(), |newest| newest.year + 1);
    let code = newest.map(|newest| newest.ruleset_code.clone());
    let code = code.or_else(|| known.rulesets.first().map(|listed| listed.code.clone()));
    Filled::default().with("nam", year.to_string()).with("bo", code.unwrap_or_default())
}

async fn list(State(app): State<App>, visit: Visit, Query(asked): Query<Asked>) -> Result<Response, AppError> {
    let Visit { actor, mut db, now } = visit;
    let known = known(&mut db, &actor).await?;
    let (Some(year), Ok(())) = (asked.nam, rules::can_keep_cycle(&actor)) else {
        let form = suggested(&known, now);
        return Ok(list_page(&app, &actor, known, (form, None)));
    };
    let mut typed = Filled::default().with("nam", year).with("bo", asked.bo.unwrap_or_default());
    let wanted = match form::opening(typed.clone(), &known.years, &known.rulesets) {
        Ok(wanted) => wanted,
        Err(form) => return Ok(list_page(&app, &actor, known, (form, None))),
    };
    let ruleset = app.rulesets.get(&mut db, wanted.ruleset).await?;
    let drawn = preview(&ruleset, wanted.year, now).map_err(|(field, sentence)| typed.fail(field, sentence)).ok();
    Ok(list_page(&app, &actor, known, (typed, drawn)))
}

async fn open(State(app): State<App>, mut posted: Posted) -> Result<Response, AppError> {
    rules::can_keep_cycle(&posted.visit.actor)?;
    let known = known(&mut posted.visit.db, &posted.visit.actor).await?;
    let wanted = match posted.parse(|form| form::opening(form, &known.years, &known.rulesets)) {
        Ok(wanted) => wanted,
        Err(form) => return Ok(list_page(&app, &posted.visit.actor, known, (form, None))),
    };
    let Posted { visit: Visit { actor, db, now }, form, .. } = posted;
    let (rulesets, by) = (app.rulesets.clone(), actor.clone());
    let order = (wanted.year, wanted.ruleset);
    match unstoppable(async move { actions::open_year(db, &rulesets, &by, order, now).await }).await? {
        Ok(()) => Ok(Redirect::to(&urls::show(wanted.year)).into_response()),
        Err(Refused::Invalid(faults)) => Ok(list_page(&app, &actor, known, (form.with_faults(faults), None))),
        Err(refused) => Err(refused.into()),
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "cycle/show.html")]
struct ShowPage {
    shell: Shell,
    cycle: Cycle,
    lines: Vec<Line>,
    ruleset_url: String,
    can_keep: bool,
    is_looked_at: bool,
    /// Empty for a leader, whose seat reads its own group's events only.
    timeline: Vec<Told>,
}

async fn show(State(app): State<App>, visit: Visit, Path(year): Path<i32>) -> Result<ShowPage, AppError> {
    let Visit { actor, mut db, now } = visit;
    let cycle = store::load(&mut db, actor.ward().ok_or(AppError::NotFound)?, year).await?;
    let events = journal::store::of_cycle(&mut db, cycle.ward, cycle.id).await?;
    let title_of = |code: &str| cycle.calendar.deadline(code.parse().ok()?).map(|deadline| deadline.title.clone());
    let timeline = told(events, title_of);
    let title = format!("Năm {year}");
    Ok(ShowPage {
        shell: shell(&app, &actor, &title, urls::LIST).crumb("Năm đánh giá", urls::LIST).here(&title),
        lines: lines(&cycle.calendar, now),
        ruleset_url: ruleset::pages::show_url(&cycle.ruleset_code, cycle.ruleset_version),
        can_keep: rules::can_keep_cycle(&actor).is_ok(),
        is_looked_at: actor.cycle == Some(cycle.id),
        timeline,
        cycle,
    })
}

#[derive(Template, WebTemplate)]
#[template(path = "cycle/deadline.html")]
struct DeadlinePage {
    shell: Shell,
    year: i32,
    revision: i32,
    line: Line,
    form: Filled,
    ways: [(&'static str, &'static str); 2],
}

/// The year and one of its deadlines, for those who keep it.
async fn find_deadline(visit: &mut Visit, year: i32, code: &str) -> Result<(Cycle, Deadline), AppError> {
    rules::can_keep_cycle(&visit.actor)?;
    let ward = visit.actor.ward().ok_or(AppError::NotFound)?;
    let cycle = store::load(&mut visit.db, ward, year).await?;
    let code = code.parse().map_err(|_| AppError::NotFound)?;
    let deadline = cycle.calendar.deadline(code).ok_or(AppError::NotFound)?.clone();
    Ok((cycle, deadline))
}

fn deadline_page(app: &App, visit: &Visit, (cycle, deadline): (Cycle, &Deadline), form: Filled) -> Response {
    let year = cycle.calendar.year;
    let title = format!("Đổi hạn: {}", deadline.title);
    let only = Calendar { deadlines: vec![deadline.clone()], ..cycle.calendar };
    let Some(line) = lines(&only, visit.now).pop() else { return AppError::NotFound.into_response() };
    let page = DeadlinePage {
        shell: shell(app, &visit.actor, title, urls::LIST)
            .crumb("Năm đánh giá", urls::LIST)
            .crumb(format!("Năm {year}"), urls::show(year))
            .here("Đổi hạn")
            .failing(form.is_bad()),
        year,
        revision: form.value("_phien_ban").parse().unwrap_or(cycle.revision),
        line,
        ways: [(form::BEFORE, "Trước ngày này: chính ngày đó đã muộn"), (form::UNTIL, "Hết ngày này: ngày đó vẫn kịp")],
        form,
    };
    again(page.form.is_bad(), page)
}

async fn deadline_form(
    State(app): State<App>,
    mut visit: Visit,
    Path((year, code)): Path<(i32, String)>,
) -> Result<Response, AppError> {
    let (cycle, deadline) = find_deadline(&mut visit, year, &code).await?;
    Ok(deadline_page(&app, &visit, (cycle, &deadline), form::of_deadline(&deadline)))
}

async fn move_deadline(
    State(app): State<App>,
    Path((year, code)): Path<(i32, String)>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let revision = posted.version()?;
    let (cycle, deadline) = find_deadline(&mut posted.visit, year, &code).await?;
    if cycle.revision != revision && !posted.redraw {
        return Err(AppError::Stale);
    }
    let to = match posted.parse(|form| form::moved(form, &deadline)) {
        Ok(to) => to,
        Err(form) => return Ok(deadline_page(&app, &posted.visit, (cycle, &deadline), form)),
    };
    let Visit { actor, db, now } = posted.visit;
    unstoppable(async move { actions::move_deadline(db, &actor, (year, revision), &to, now).await }).await??;
    Ok(Redirect::to(&urls::show(year)).into_response())
}

/// Locks late dossiers out with "khoa", takes them again with anything else.
async fn lock(Path(year): Path<i32>, posted: Posted) -> Result<Redirect, AppError> {
    let revision = posted.version()?;
    if !posted.redraw {
        let locks = posted.form.value("tre") == "khoa";
        let Visit { actor, db, now } = posted.visit;
        unstoppable(async move { actions::lock_late(db, &actor, (year, revision), locks, now).await }).await??;
    }
    Ok(Redirect::to(&urls::show(year)))
}

/// Looks at another year from now on, in this session.
async fn choose(headers: HeaderMap, posted: Posted) -> Result<Redirect, AppError> {
    let Posted { visit: Visit { mut db, .. }, mut form, redraw } = posted;
    let year = form.whole("nam", 0..=9_999, words::YEAR_MISSING).and_then(|year| i32::try_from(year).ok());
    let (Some(year), Some(key)) = (year, session_key(&headers)) else { return Ok(Redirect::to(urls::LIST)) };
    if !redraw {
        crate::account::actions::choose_year(&mut db, &hash(&key), year).await?;
    }
    Ok(Redirect::to(crate::home::urls::HOME))
}
