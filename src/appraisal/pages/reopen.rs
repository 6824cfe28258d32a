//! Taking a conclusion back: one reason, and the dossier is open again.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::step::{self, Around, Drawn, Read};
use crate::access::rules;
use crate::app::App;
use crate::appraisal::{actions, form, urls};
use crate::dossier;
use crate::dossier::actions::{Opened, open};
use crate::dossier::model::DecisionRow;
use crate::platform::id::DossierId;
use crate::web::error::AppError;
use crate::web::filters;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::words::appraisal as words;

#[derive(Template, WebTemplate)]
#[template(path = "appraisal/reopen.html")]
pub(super) struct ReopenPage {
    shell: Shell,
    form: Filled,
    around: Around,
    /// The decision that will hold no more.
    decision: Option<DecisionRow>,
}

/// The form.
pub(super) async fn ask(
    State(app): State<App>,
    Path(id): Path<DossierId>,
    mut visit: Visit,
) -> Result<ReopenPage, AppError> {
    let opened = open(&mut visit.db, &app.rulesets, id).await?;
    show(&app, &visit, &opened, Drawn::first(&opened))
}

/// Opens it again.
pub(super) async fn save(
    State(app): State<App>,
    Path(id): Path<DossierId>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let opened = open(&mut posted.visit.db, &app.rulesets, id).await?;
    let draw = |visit: &Visit, drawn| show(&app, visit, &opened, drawn);
    let (reason, order) = match step::read(&mut posted, (&opened, &["reopened"]), form::reopen, draw).await? {
        Read::Good(said, order) => (said, order),
        Read::Again(page) => return Ok(page),
    };
    let Visit { actor, db, now } = posted.visit;
    unstoppable(async move { actions::reopen(db, &app.rulesets, &actor, order, &reason, now).await }).await??;
    Ok(Redirect::to(&dossier::urls::show(id)).into_response())
}

/// The page around a form, for those who may.
fn show(app: &App, visit: &Visit, opened: &Opened, drawn: Drawn) -> Result<ReopenPage, AppError> {
    let (dossier, facts) = (&opened.whole.dossier, opened.facts(visit.now)?);
    rules::can_reopen(&visit.actor, dossier, &facts)?;
    Ok(ReopenPage {
        shell: super::frame(app, &visit.actor, opened, words::REOPEN).failing(drawn.form.is_bad()),
        around: Around::new(opened, urls::reopen, drawn.overtaken),
        decision: opened.whole.decision().cloned(),
        form: drawn.form,
    })
}
