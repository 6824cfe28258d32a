//! Sending back, a desk to those who keep a dossier or the city to a ward: only what is ticked, each with its reason, and a day to answer
//! by.

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
use crate::dossier::model::{ReturnItem, Whole};
use crate::platform::clock::civil;
use crate::platform::id::DossierId;
use crate::ruleset::{Criterion, DossierKind, PartRule};
use crate::web::error::AppError;
use crate::web::filters::{self, dates};
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::words::appraisal::{HAND_BACK, RETURN_REASONS};
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
    /// From the city to the ward's desk.
    pub(super) hands_back: bool,
}

/// What the page was opened for.
#[derive(Debug, Deserialize)]
pub(super) struct About {
    #[serde(rename = "phan")]
    part: Option<String>,
    #[serde(rename = "tieu-chi")]
    criterion: Option<String>,
    /// All that the city asks.
    #[serde(rename = "thanh-pho")]
    asked: Option<String>,
}

impl About {
    /// The boxes to tick, each perhaps with the reason that the city gave for it.
    fn ticks(&self, whole: &Whole) -> Vec<(String, Option<String>)> {
        let of_city = whole.open_hand_back().map_or(&[][..], |back| &back.items);
        let mut ticks: Vec<_> = vec![];
        ticks.extend(self.part.as_ref().map(|code| (part_value(code), whole.part_asked(code))));
        ticks.extend(self.criterion.as_ref().map(|code| (criterion_value(code), whole.criterion_asked(code))));
        if self.asked.is_some() {
            ticks.extend(of_city.iter().filter_map(|item| Some((value(item)?, Some(item.reason.as_str())))));
        }
        ticks.into_iter().map(|(value, reason)| (value, reason.map(str::to_owned))).collect()
    }
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
    for (value, reason) in about.ticks(&opened.whole) {
        drawn = drawn.with(&form::reason_field(&value), reason.unwrap_or_default()).with(form::THINGS, value);
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
    let (found, order) = match step::read(
        &mut posted,
        (&opened, &actions::SENT_BACK),
        |typed| form::send_back(typed, &things, today),
        draw,
    )
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

fn part_value(code: &str) -> String {
    format!("phan:{code}")
}

fn criterion_value(code: &str) -> String {
    format!("tieu-chi:{code}")
}

fn value(item: &ReturnItem) -> Option<String> {
    item.part.as_deref().map(part_value).or_else(|| item.criterion.as_deref().map(criterion_value))
}

/// The criteria of a request; a registration has none.
fn criteria(opened: &Opened) -> Result<&[Criterion], AppError> {
    Ok(if opened.whole.dossier.kind == DossierKind::Request { &opened.rules()?.criteria } else { &[] })
}

/// All that may be ticked, in the order of the page.
fn things(opened: &Opened) -> Result<Vec<form::Thing>, AppError> {
    let part = |it: &PartRule| form::Thing { value: part_value(&it.code), name: it.short_title.clone() };
    let criterion = |it: &Criterion| form::Thing { value: criterion_value(&it.code), name: it.label.clone() };
    let parts = opened.rules()?.parts(opened.whole.dossier.kind).iter().map(part);
    Ok(parts.chain(criteria(opened)?.iter().map(criterion)).collect())
}

/// The page around a form, for those who may send back.
fn show(app: &App, visit: &Visit, opened: &Opened, drawn: Drawn) -> Result<ReturnPage, AppError> {
    let (dossier, facts) = (&opened.whole.dossier, opened.facts(visit.now)?);
    let hands_back = rules::can_hand_back(&visit.actor, dossier, &facts).is_ok();
    if !hands_back {
        rules::can_return(&visit.actor, dossier, &facts)?;
    }
    let title = if hands_back { HAND_BACK } else { "Trả lại" };
    let page = draw(super::frame(app, &visit.actor, opened, title), opened, drawn)?;
    Ok(ReturnPage { hands_back, ..page })
}

/// The page itself, from what is known.
pub(super) fn draw(shell: Shell, opened: &Opened, drawn: Drawn) -> Result<ReturnPage, AppError> {
    let (whole, form) = (&opened.whole, &drawn.form);
    let part = |(place, rule): (usize, &PartRule)| Thing {
        reason_field: form::reason_field(&part_value(&rule.code)),
        value: part_value(&rule.code),
        title: rule.title.clone(),
        tag: tags::part_state(whole.part_state(rule)),
        note: None,
        first: place == 0,
    };
    let criterion = |it: &Criterion| {
        let verdict = whole.verdict(&it.code);
        Thing {
            reason_field: form::reason_field(&criterion_value(&it.code)),
            value: criterion_value(&it.code),
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
        hands_back: false,
        form: drawn.form,
    })
}
