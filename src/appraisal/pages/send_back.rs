//! Sending back: only what is ticked, each with its reason, and a day to answer by.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::step::{self, Around, Drawn, Read};
use crate::access::rules;
use crate::app::App;
use crate::appraisal::{actions, form, urls};
use crate::dossier;
use crate::dossier::actions::{Opened, open};
use crate::platform::clock::civil;
use crate::platform::id::DossierId;
use crate::ruleset::{Criterion, DossierKind, PartRule};
use crate::web::error::AppError;
use crate::web::filters::{self, dates};
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::words::appraisal::RETURN_REASONS;
use crate::words::dossier::{self as tags, Tag};

/// What may be ticked.
pub(super) struct Thing {
    value: String,
    reason_field: String,
    title: String,
    tag: Tag,
    /// What the desk noted at the verdict.
    note: Option<String>,
    /// The first box of the page: the error summary leads to it.
    first: bool,
}

#[derive(Template, WebTemplate)]
#[template(path = "appraisal/send_back.html")]
pub(super) struct ReturnPage {
    pub(super) shell: Shell,
    pub(super) form: Filled,
    pub(super) around: Around,
    pub(super) parts: Vec<Thing>,
    pub(super) criteria: Vec<Thing>,
    /// Something typed or ticked among the criteria: they are shown unfolded.
    pub(super) unfolded: bool,
    pub(super) reasons: &'static [&'static str],
}

/// What the page was opened for.
#[derive(Debug, Deserialize)]
pub(super) struct About {
    #[serde(rename = "phan")]
    part: Option<String>,
    #[serde(rename = "tieu-chi")]
    criterion: Option<String>,
}

/// The form.
pub(super) async fn ask(
    State(app): State<App>,
    Path(id): Path<DossierId>,
    Query(about): Query<About>,
    mut visit: Visit,
) -> Result<ReturnPage, AppError> {
    let opened = open(&mut visit.db, &app.rulesets, id).await?;
    let day = dates::day(form::proposed_day(civil(visit.now)));
    let mut drawn = Drawn::first(&opened).with(form::ANSWER_BY, day);
    if let Some(code) = about.criterion {
        drawn = drawn.with(form::THINGS, format!("tieu-chi:{code}"));
    }
    if let Some(code) = about.part {
        drawn = drawn.with(form::THINGS, format!("phan:{code}"));
    }
    show(&app, &visit, &opened, drawn)
}

/// Sends back.
pub(super) async fn save(
    State(app): State<App>,
    Path(id): Path<DossierId>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let opened = open(&mut posted.visit.db, &app.rulesets, id).await?;
    let (things, today) = (things(&opened)?, civil(posted.visit.now));
    let draw = |visit: &Visit, drawn| show(&app, visit, &opened, drawn);
    let (found, order) =
        match step::read(&mut posted, (&opened, &["returned"]), |typed| form::send_back(typed, &things, today), draw)
            .await?
        {
            Read::Good(said, order) => (said, order),
            Read::Again(page) => return Ok(page),
        };
    let Visit { actor, db, now } = posted.visit;
    let back = (found.items, found.answer_by);
    unstoppable(async move { actions::send_back(db, &app.rulesets, &actor, order, (&back.0, back.1), now).await })
        .await??;
    Ok(Redirect::to(&dossier::urls::show(id)).into_response())
}

fn part_value(part: &PartRule) -> String {
    format!("phan:{}", part.code)
}

fn criterion_value(criterion: &Criterion) -> String {
    format!("tieu-chi:{}", criterion.code)
}

/// The criteria of a request; a registration has none.
fn criteria(opened: &Opened) -> Result<&[Criterion], AppError> {
    Ok(if opened.whole.dossier.kind == DossierKind::Request { &opened.rules()?.criteria } else { &[] })
}

/// All that may be ticked, in the order of the page.
fn things(opened: &Opened) -> Result<Vec<form::Thing>, AppError> {
    let part = |it: &PartRule| form::Thing { value: part_value(it), name: it.short_title.clone() };
    let criterion = |it: &Criterion| form::Thing { value: criterion_value(it), name: it.label.clone() };
    let parts = opened.rules()?.parts(opened.whole.dossier.kind).iter().map(part);
    Ok(parts.chain(criteria(opened)?.iter().map(criterion)).collect())
}

/// The page around a form, for those who may send back.
fn show(app: &App, visit: &Visit, opened: &Opened, drawn: Drawn) -> Result<ReturnPage, AppError> {
    rules::can_return(&visit.actor, &opened.whole.dossier, &opened.facts(visit.now)?)?;
    draw(super::frame(app, &visit.actor, opened, "Trả lại"), opened, drawn)
}

/// The page itself, from what is known.
pub(super) fn draw(shell: Shell, opened: &Opened, drawn: Drawn) -> Result<ReturnPage, AppError> {
    let (whole, form) = (&opened.whole, &drawn.form);
    let part = |(place, rule): (usize, &PartRule)| Thing {
        reason_field: form::reason_field(&part_value(rule)),
        value: part_value(rule),
        title: rule.title.clone(),
        tag: tags::part_state(whole.part_state(rule)),
        note: None,
        first: place == 0,
    };
    let criterion = |it: &Criterion| {
        let verdict = whole.verdict(&it.code);
        Thing {
            reason_field: form::reason_field(&criterion_value(it)),
            value: criterion_value(it),
            title: format!("{}: {}", it.label, it.title),
            tag: verdict.map_or(tags::NOT_JUDGED, |row| tags::finding(row.finding)),
            note: verdict.and_then(|row| row.note.clone()),
            first: false,
        }
    };
    let parts = opened.rules()?.parts(whole.dossier.kind).iter().enumerate().map(part).collect();
    let criteria: Vec<Thing> = criteria(opened)?.iter().map(criterion).collect();
    let unfolded =
        criteria.iter().any(|it| form.has(form::THINGS, &it.value) || !form.value(&it.reason_field).is_empty());
    Ok(ReturnPage {
        shell: shell.failing(drawn.form.is_bad()),
        around: Around::new(opened, urls::send_back, drawn.overtaken),
        parts,
        criteria,
        unfolded,
        reasons: &RETURN_REASONS,
        form: drawn.form,
    })
}
