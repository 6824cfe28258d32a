//! One paper: how it reads, what people wrote over the draft, what moved under it, and its way out.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use typeset::Paper as Printed;
use typeset::paper::{Align, Block};

use super::issue::{Offer, offer};
use super::{frame_of, place};
use crate::access::{Actor, rules};
use crate::app::App;
use crate::dossier;
use crate::paper::model::{Capacity, Difference, Facts, Issued, Moved, Signed, Text};
use crate::paper::print::{Printing, Stage, set};
use crate::paper::store::{self, Whole};
use crate::paper::{actions, form, urls};
use crate::platform::db::Scoped;
use crate::platform::id::PaperId;
use crate::web::error::AppError;
use crate::web::filters;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::page::again;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::words::paper as words;

#[derive(Template, WebTemplate)]
#[template(path = "paper/show.html")]
pub(super) struct ShowPage {
    shell: Shell,
    form: Filled,
    id: PaperId,
    name: &'static str,
    unit: String,
    printed: Printed,
    /// Rows about households are read when it is printed, never for this page.
    is_of_households: bool,
    issued: Option<Issued>,
    facts_at: chrono::DateTime<chrono::Utc>,
    updated: (chrono::DateTime<chrono::Utc>, String),
    differences: Vec<Difference>,
    /// What moved since the figures were read: asked for by `?doi-chieu=1`.
    moved: Option<Vec<Moved>>,
    may_write: bool,
    may_draft: bool,
    revision: i32,
    /// The form of issuing, for who may.
    offer: Option<Offer>,
    /// The dossier that it lies in or goes to.
    dossier: Option<String>,
    attached: bool,
    may_attach: bool,
    may_sign: bool,
    /// The signed files with their addresses.
    signed: Vec<(String, Signed)>,
    whose: Vec<(&'static str, String)>,
    kind: &'static str,
    back: String,
}

/// `?doi-chieu=1`: compares with the figures of this moment.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(rename = "doi-chieu")]
    compare: Option<String>,
}

/// The words on their form.
fn filled(text: &Text, revision: i32) -> Filled {
    Filled::default()
        .with("trich-yeu", text.subject.clone())
        .with("noi-dung", text.body.clone())
        .with("noi-nhan", text.recipients.clone())
        .with("_phien_ban", revision.to_string())
}

/// The paper as it reads now: as issued, or as it would be.
pub(super) fn reading(whole: &Whole, now: chrono::DateTime<chrono::Utc>) -> Printed {
    if let Some(printed) = &whole.printed {
        return printed.clone();
    }
    let paper = &whole.paper;
    let head = whole.settings.letterhead(paper.slot.kind, &whole.names);
    let stage = match &paper.issued {
        Some(issued) => Stage::Issued {
            number: issued.number.as_deref(),
            on: issued.on,
            signer: &issued.signer,
            capacity: Capacity::Own,
            title: "",
        },
        None => Stage::Draft,
    };
    let printing = Printing {
        kind: paper.slot.kind,
        text: &paper.written,
        facts: &paper.facts,
        facts_at: paper.facts_at,
        households: &[],
        head: &head,
        now,
    };
    set(&printing, stage)
}

/// The page around a form.
pub(super) async fn draw(
    app: &App,
    (actor, db): (&Actor, &mut Scoped),
    whole: Whole,
    (form, now): (Option<Filled>, chrono::DateTime<chrono::Utc>),
    moved: Option<Vec<Moved>>,
) -> Result<ShowPage, AppError> {
    let printed = reading(&whole, now);
    let offer = offer(db, actor, &whole, now).await?;
    let paper = &whole.paper;
    let slot = paper.slot;
    let may_sign = rules::can_sign_paper(actor, paper).is_ok();
    let standing = whole.standing.filter(|_| slot.kind.part().is_some());
    let attached = standing.is_some_and(|it| it.attached);
    let mut form = form.unwrap_or_else(|| filled(&paper.written, paper.revision));
    if form.value("noi-dung").is_empty() && form.value("ngay").is_empty() {
        form = filled(&paper.written, paper.revision);
    }
    let with_offer = offer.as_ref().filter(|_| form.value("ngay").is_empty()).map(|it| it.filled.clone());
    let form = with_offer.into_iter().flatten().fold(form, |form, (name, value)| form.with(name, value));
    let place = place(actor, &whole);
    Ok(ShowPage {
        shell: frame_of(app, actor, &whole).failing(form.is_bad()),
        id: paper.id,
        name: words::name(slot.kind),
        unit: crate::web::page::capital(paper.facts.unit.as_str()),
        is_of_households: slot.kind.names_households(),
        issued: paper.issued.clone(),
        facts_at: paper.facts_at,
        updated: paper.updated.clone(),
        differences: paper.written.differences(&paper.drafted),
        moved,
        may_write: rules::can_write_paper(actor, paper).is_ok(),
        may_draft: paper.issued.is_some() && rules::can_draft_paper(actor, slot.kind, slot.place.group).is_ok(),
        revision: paper.revision,
        offer,
        dossier: paper.dossier.filter(|_| standing.is_some()).map(dossier::urls::show),
        attached,
        may_attach: may_sign && !attached && standing.is_some_and(|it| it.open),
        may_sign,
        signed: whole.signed.iter().map(|it| (urls::signed_file(paper.id, &it.sha256), it.clone())).collect(),
        whose: [
            ("to", slot.place.group.map(|it| it.to_string())),
            ("phuong", place.ward.map(|(ward, _)| ward.to_string())),
            ("nam", place.ward.map(|(_, year)| year.to_string())),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect(),
        kind: slot.kind.as_str(),
        back: urls::list(place),
        printed,
        form,
    })
}

/// The paper.
pub(super) async fn page(
    State(app): State<App>,
    Path(id): Path<PaperId>,
    Query(asked): Query<Asked>,
    mut visit: Visit,
) -> Result<ShowPage, AppError> {
    rules::can_see_papers(&visit.actor)?;
    let whole = store::load(&mut visit.db, id).await?;
    let moved = match asked.compare {
        Some(_) if whole.paper.issued.is_none() => Some(compared(&app, &mut visit, &whole).await?),
        _ => None,
    };
    let Visit { actor, mut db, now } = visit;
    draw(&app, (&actor, &mut db), whole, (None, now), moved).await
}

/// What moved since the figures were read.
async fn compared(app: &App, visit: &mut Visit, whole: &Whole) -> Result<Vec<Moved>, AppError> {
    let slot = &whole.paper.slot;
    let (now, _): (Facts, _) = actions::gather(&mut visit.db, &app.rulesets, slot, visit.now).await?;
    Ok(whole.paper.facts.moved(&now))
}

/// Writes over it.
pub(super) async fn write(
    State(app): State<App>,
    Path(id): Path<PaperId>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let whole = store::load(&mut posted.visit.db, id).await?;
    rules::can_write_paper(&posted.visit.actor, &whole.paper)?;
    let revision = posted.version()?;
    let text = match posted.parse(form::text) {
        Ok(text) => text,
        Err(typed) => {
            let Visit { actor, mut db, now } = posted.visit;
            let page = draw(&app, (&actor, &mut db), whole, (Some(typed), now), None).await?;
            return Ok(again(true, page));
        }
    };
    let Visit { actor, db, now } = posted.visit;
    unstoppable(async move { actions::write(db, &actor, (id, revision), &text, now).await }).await??;
    Ok(Redirect::to(&urls::show(id)).into_response())
}

/// Drafts it anew under what people wrote.
pub(super) async fn redraft(
    State(app): State<App>,
    Path(id): Path<PaperId>,
    posted: Posted,
) -> Result<Redirect, AppError> {
    let revision = posted.version()?;
    let Visit { actor, db, now } = posted.visit;
    let work = async move { actions::redraft(db, &app.rulesets, &actor, (id, revision), now).await };
    unstoppable(work).await??;
    Ok(Redirect::to(&urls::show(id)))
}
