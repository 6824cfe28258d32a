//! A later decision that takes a recognition back.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use crate::access::rules;
use crate::app::App;
use crate::appraisal::{anew, frame, is_overtaken};
use crate::dossier;
use crate::dossier::actions::{Opened, Order, open};
use crate::dossier::model::DecisionRow;
use crate::platform::clock::civil;
use crate::platform::id::DossierId;
use crate::recognition::form::{self, Days};
use crate::recognition::{actions, urls};
use crate::web::error::AppError;
use crate::web::filters;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::page;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;

#[derive(Template, WebTemplate)]
#[template(path = "recognition/revoke.html")]
pub(super) struct RevokePage {
    shell: Shell,
    form: Filled,
    action: String,
    back: String,
    unit: String,
    /// The recognition that will hold no more.
    decision: Option<DecisionRow>,
    overtaken: bool,
}

/// The form.
pub(super) async fn ask(
    State(app): State<App>,
    Path(id): Path<DossierId>,
    mut visit: Visit,
) -> Result<RevokePage, AppError> {
    let opened = open(&mut visit.db, &app.rulesets, id).await?;
    let drawn = Filled::default().with("_phien_ban", opened.whole.dossier.version.to_string());
    let drawn = drawn.with("nguoi-ky", visit.actor.person.name.clone());
    show(&app, &visit, &opened, drawn)
}

/// Records the later decision.
pub(super) async fn save(
    State(app): State<App>,
    Path(id): Path<DossierId>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let opened = open(&mut posted.visit.db, &app.rulesets, id).await?;
    let first = opened.whole.decision().and_then(|decision| decision.decided_on);
    let days = Days { from: first.unwrap_or(opened.whole.window.from), today: civil(posted.visit.now) };
    let paper = match posted.parse(|typed| form::revoke(typed, days)) {
        Ok(paper) => paper,
        Err(typed) => return Ok(page::again(typed.is_bad(), show(&app, &posted.visit, &opened, typed)?)),
    };
    let order = Order { id, version: posted.version()? };
    if is_overtaken(&mut posted.visit, &opened, order.version, &["revoked"]).await? {
        let typed = anew(&posted.form, opened.whole.dossier.version);
        let page = show(&app, &posted.visit, &opened, typed).map_err(|_| AppError::Stale)?;
        return Ok((StatusCode::CONFLICT, RevokePage { overtaken: true, ..page }).into_response());
    }
    let Visit { actor, db, now } = posted.visit;
    unstoppable(async move { actions::revoke(db, &app.rulesets, &actor, order, &paper, now).await }).await??;
    Ok(Redirect::to(&dossier::urls::show(id)).into_response())
}

/// The page around a form, for those who decide.
fn show(app: &App, visit: &Visit, opened: &Opened, form: Filled) -> Result<RevokePage, AppError> {
    let dossier = &opened.whole.dossier;
    rules::can_revoke(&visit.actor, dossier, &opened.facts(visit.now)?)?;
    Ok(RevokePage {
        shell: frame(app, &visit.actor, opened, "Thu hồi").failing(form.is_bad()),
        action: urls::revoke(dossier.id),
        back: dossier::urls::show(dossier.id),
        unit: page::capital(&opened.whole.subject_name),
        decision: opened.whole.decision().cloned(),
        overtaken: false,
        form,
    })
}
