//! Taking a conclusion back, or handing a group's request back to its ward: one reason, and the dossier is open again.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::{anew, is_overtaken};
use crate::access::rules;
use crate::app::App;
use crate::appraisal::{actions, form, urls};
use crate::dossier;
use crate::dossier::actions::{Opened, Order, open};
use crate::dossier::model::DecisionRow;
use crate::platform::id::DossierId;
use crate::web::error::AppError;
use crate::web::filters;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::page;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::words::appraisal as words;

#[derive(Template, WebTemplate)]
#[template(path = "appraisal/reopen.html")]
pub(super) struct ReopenPage {
    shell: Shell,
    form: Filled,
    action: String,
    back: String,
    unit: String,
    /// Back to the ward, instead of open at one's own desk.
    hands_back: bool,
    /// The decision that will hold no more.
    decision: Option<DecisionRow>,
    overtaken: bool,
}

/// The form.
pub(super) async fn ask(
    State(app): State<App>,
    Path(id): Path<DossierId>,
    mut visit: Visit,
) -> Result<ReopenPage, AppError> {
    let opened = open(&mut visit.db, &app.rulesets, id).await?;
    let drawn = Filled::default().with("_phien_ban", opened.whole.dossier.version.to_string());
    show(&app, &visit, &opened, drawn)
}

/// Opens it again.
pub(super) async fn save(
    State(app): State<App>,
    Path(id): Path<DossierId>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let opened = open(&mut posted.visit.db, &app.rulesets, id).await?;
    let reason = match posted.parse(form::reopen) {
        Ok(reason) => reason,
        Err(typed) => return Ok(page::again(typed.is_bad(), show(&app, &posted.visit, &opened, typed)?)),
    };
    let order = Order { id, version: posted.version()? };
    if is_overtaken(&mut posted.visit, &opened, order.version, &actions::REOPENED).await? {
        let typed = anew(&posted.form, opened.whole.dossier.version);
        let page = show(&app, &posted.visit, &opened, typed).map_err(|_| AppError::Stale)?;
        return Ok((StatusCode::CONFLICT, ReopenPage { overtaken: true, ..page }).into_response());
    }
    let Visit { actor, db, now } = posted.visit;
    unstoppable(async move { actions::reopen(db, &app.rulesets, &actor, order, &reason, now).await }).await??;
    Ok(Redirect::to(&dossier::urls::show(id)).into_response())
}

/// The page around a form, for those who may.
fn show(app: &App, visit: &Visit, opened: &Opened, form: Filled) -> Result<ReopenPage, AppError> {
    let (dossier, facts) = (&opened.whole.dossier, opened.facts(visit.now)?);
    let hands_back = rules::can_hand_back(&visit.actor, dossier, &facts).is_ok();
    if !hands_back {
        rules::can_reopen(&visit.actor, dossier, &facts)?;
    }
    let title = if hands_back { words::HAND_BACK } else { words::REOPEN };
    Ok(ReopenPage {
        shell: super::frame(app, &visit.actor, opened, title).failing(form.is_bad()),
        action: urls::reopen(dossier.id),
        back: dossier::urls::show(dossier.id),
        unit: page::capital(&opened.whole.subject_name),
        hands_back,
        decision: opened.whole.decision().cloned(),
        overtaken: false,
        form,
    })
}
