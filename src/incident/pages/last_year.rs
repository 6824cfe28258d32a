//! The year before: what is known of it, its totals by type, and saying that it is complete.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::{Door, Opened, doors, inner, open};
use crate::access::{Actor, Refused, rules};
use crate::app::App;
use crate::incident::actions::Total;
use crate::incident::form::{self, seen};
use crate::incident::model::Group;
use crate::incident::store::{self, Batch, Held, Overview};
use crate::incident::{actions, urls};
use crate::platform::id::CountBatchId;
use crate::ruleset::{IncidentType, Window};
use crate::web::error::AppError;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::page::again;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::web::{filters, icons};
use crate::words::incident as words;

#[derive(Template, WebTemplate)]
#[template(path = "incident/last_year.html")]
struct LastYearPage {
    shell: Shell,
    doors: Vec<Door>,
    form: Filled,
    year: i32,
    window: Window,
    closed: Option<(DateTime<Utc>, String)>,
    /// Titles of types, and how many.
    kinds: Vec<(String, i64)>,
    /// The titles that a list may name.
    titles: Vec<String>,
    groups: i64,
    batches: Vec<Batch>,
}

impl LastYearPage {
    fn sum(&self) -> i64 {
        self.kinds.iter().map(|(_, n)| n).sum()
    }

    fn is_entered(&self) -> bool {
        self.closed.is_some() || !self.kinds.is_empty()
    }
}

/// The page with a form that brings a list in.
pub(super) fn draw(app: &App, actor: &Actor, opened: &Opened, (known, form): (Overview, Filled)) -> Response {
    let title = format!("Số vụ việc năm {}", opened.year.year - 1);
    let titled = |(code, n): (String, i64)| (words::kind(opened.kinds(), &code).to_owned(), n);
    let page = LastYearPage {
        shell: inner(app, actor, &title).failing(form.is_bad()),
        doors: doors(actor, urls::LAST_YEAR),
        year: opened.year.year - 1,
        window: opened.year.of_groups.year_before(),
        closed: known.closed,
        kinds: known.kinds.into_iter().map(titled).collect(),
        titles: opened.kinds().iter().map(|kind| kind.title.clone()).collect(),
        groups: known.groups,
        batches: known.batches,
        form,
    };
    again(page.form.is_bad(), page)
}

/// The form as it first stands.
pub(super) async fn page(State(app): State<App>, visit: Visit) -> Result<Response, AppError> {
    let Visit { actor, mut db, now } = visit;
    rules::can_keep_last_year(&actor)?;
    let opened = open(&app, &mut db, &actor).await?;
    let ward = actor.ward().ok_or(AppError::NotFound)?;
    let known = store::overview(&mut db, ward, &opened.year).await?;
    let form = Filled::default().with("ma", CountBatchId::new(now).to_string());
    Ok(draw(&app, &actor, &opened, (known, form)))
}

/// `?to=07`: whose totals; without it those of the ward's incidents of no group.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Whose {
    #[serde(default)]
    to: String,
}

/// A type in the table of totals.
struct Field {
    name: String,
    title: String,
}

#[derive(Template, WebTemplate)]
#[template(path = "incident/totals.html")]
struct TotalsPage {
    shell: Shell,
    form: Filled,
    year: i32,
    /// Its code, or the word for none.
    to: String,
    whose: String,
    groups: Vec<(String, String)>,
    fields: Vec<Field>,
    /// What is typed, and what somebody else saved meanwhile.
    versus: Option<(String, String)>,
}

/// The group asked for; `None` for what lies in none.
fn asked<'o>(opened: &'o Opened, to: &str) -> Result<Option<&'o Group>, AppError> {
    if to.is_empty() || to == form::NO_GROUP {
        return Ok(None);
    }
    let found = opened.year.groups_before().find(|group| group.code == to);
    found.map(Some).ok_or(AppError::NotFound)
}

fn totals_page(app: &App, actor: &Actor, opened: &Opened, (group, form): (Option<&Group>, Filled)) -> TotalsPage {
    let year = opened.year.year - 1;
    let title = format!("Tổng số vụ việc năm {year}");
    let mut groups = vec![(form::NO_GROUP.to_owned(), "Cả phường, không chia theo tổ".to_owned())];
    groups.extend(opened.year.groups_before().map(|group| (group.code.clone(), group.name.clone())));
    TotalsPage {
        shell: inner(app, actor, &title).failing(form.is_bad()),
        year,
        to: group.map_or(form::NO_GROUP, |group| group.code.as_str()).to_owned(),
        whose: group.map_or("Cả phường, không chia theo tổ", |group| group.name.as_str()).to_owned(),
        groups,
        fields: opened
            .kinds()
            .iter()
            .map(|kind| Field { name: form::total_field(&kind.code), title: kind.title.clone() })
            .collect(),
        form,
        versus: None,
    }
}

/// Opens the year and reads the totals of a group.
async fn totals_of(app: &App, visit: &mut Visit, to: &str) -> Result<(Opened, Option<Group>, Vec<Held>), AppError> {
    rules::can_keep_last_year(&visit.actor)?;
    let opened = open(app, &mut visit.db, &visit.actor).await?;
    let group = asked(&opened, to)?.cloned();
    let ward = visit.actor.ward().ok_or(AppError::NotFound)?;
    let place = (opened.year.year - 1, group.as_ref().map(|group| group.id));
    let held = store::held(&mut visit.db, ward, place).await?;
    Ok((opened, group, held))
}

/// The form.
pub(super) async fn totals_form(
    State(app): State<App>,
    Query(whose): Query<Whose>,
    mut visit: Visit,
) -> Result<Response, AppError> {
    let (opened, group, held) = totals_of(&app, &mut visit, &whose.to).await?;
    let form = form::of_totals(opened.kinds(), &held);
    Ok(totals_page(&app, &visit.actor, &opened, (group.as_ref(), form)).into_response())
}

/// Totals as lines of text, for a comparison.
fn plain(kinds: &[IncidentType], of: impl Fn(&str) -> Option<i32>, codes: &[&str]) -> String {
    let line = |code: &&str| {
        let n = of(code).map_or("chưa ghi".to_owned(), |n| n.to_string());
        format!("{}: {n}", words::kind(kinds, code))
    };
    codes.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Writes what changed.
pub(super) async fn save_totals(State(app): State<App>, mut posted: Posted) -> Result<Response, AppError> {
    let to = posted.form.value("to").to_owned();
    let (opened, group, held) = totals_of(&app, &mut posted.visit, &to).await?;
    let totals = match posted.parse(|form| form::totals(form, opened.kinds())) {
        Ok(totals) => totals,
        Err(form) => {
            let page = totals_page(&app, &posted.visit.actor, &opened, (group.as_ref(), form));
            return Ok(again(page.form.is_bad(), page));
        }
    };
    let Posted { visit: Visit { actor, db, now }, form, .. } = posted;
    let place = (opened.year.year - 1, group.as_ref().map(|group| group.id));
    let (by, mine) = (actor.clone(), totals.clone());
    match unstoppable(async move { actions::save_totals(db, &by, place, &mine, now).await }).await? {
        Ok(()) => Ok(Redirect::to(urls::LAST_YEAR).into_response()),
        Err(Refused::Stale) => Ok(side_by_side(&app, &actor, (&opened, group.as_ref(), &held), (&totals, form))),
        Err(refused) => Err(refused.into()),
    }
}

/// Both versions; sending again puts the typed one in the place of the other.
fn side_by_side(
    app: &App,
    actor: &Actor,
    (opened, group, held): (&Opened, Option<&Group>, &[Held]),
    (totals, mut form): (&[Total], Filled),
) -> Response {
    let codes: Vec<&str> = totals.iter().map(|total| total.kind.as_str()).collect();
    let stands = |code: &str| held.iter().find(|held| held.kind == code);
    let mine = |code: &str| totals.iter().find(|total| total.kind == code).and_then(|total| total.n);
    let theirs = |code: &str| stands(code).map(|held| held.n);
    for code in &codes {
        let drawn = form::carried(stands(code).map_or(0, |held| held.revision), theirs(code));
        form = form.replaced(&form::seen(&form::total_field(code)), drawn);
    }
    let versus = (plain(opened.kinds(), mine, &codes), plain(opened.kinds(), theirs, &codes));
    let page = totals_page(app, actor, opened, (group, form));
    (StatusCode::CONFLICT, TotalsPage { versus: Some(versus), ..page }).into_response()
}

#[derive(Template, WebTemplate)]
#[template(path = "incident/close.html")]
struct ClosePage {
    shell: Shell,
    year: i32,
    sum: i64,
    /// Types without a single case.
    nothing: Vec<String>,
    groups: i64,
    of: usize,
    closed: bool,
}

/// What it means to call the year complete.
pub(super) async fn close_form(State(app): State<App>, visit: Visit) -> Result<Response, AppError> {
    let Visit { actor, mut db, .. } = visit;
    rules::can_keep_last_year(&actor)?;
    let opened = open(&app, &mut db, &actor).await?;
    let ward = actor.ward().ok_or(AppError::NotFound)?;
    let known = store::overview(&mut db, ward, &opened.year).await?;
    let year = opened.year.year - 1;
    let has = |kind: &&IncidentType| !known.kinds.iter().any(|(code, _)| *code == kind.code);
    let page = ClosePage {
        shell: inner(&app, &actor, &format!("Số liệu năm {year} đã đủ")),
        year,
        sum: known.kinds.iter().map(|(_, n)| n).sum(),
        nothing: opened.kinds().iter().filter(has).map(|kind| kind.title.clone()).collect(),
        groups: known.groups,
        of: opened.year.groups_before().count(),
        closed: known.closed.is_some(),
    };
    Ok(page.into_response())
}

/// Calls it complete.
pub(super) async fn close(State(app): State<App>, mut posted: Posted) -> Result<Response, AppError> {
    rules::can_keep_last_year(&posted.visit.actor)?;
    let opened = open(&app, &mut posted.visit.db, &posted.visit.actor).await?;
    let Visit { actor, db, now } = posted.visit;
    let year = opened.year.year - 1;
    unstoppable(async move { actions::close(db, &actor, year, now).await }).await??;
    Ok(Redirect::to(urls::LAST_YEAR).into_response())
}
