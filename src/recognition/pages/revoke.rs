//! A later decision that takes a recognition back.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use crate::access::rules;
use crate::app::App;
use crate::appraisal::frame;
use crate::appraisal::step::{self, Around, Drawn, Read};
use crate::dossier;
use crate::dossier::actions::{Opened, open};
use crate::dossier::model::DecisionRow;
use crate::platform::clock::civil;
use crate::platform::id::DossierId;
use crate::recognition::form::{self, Days};
use crate::recognition::{actions, urls};
use crate::web::error::AppError;
use crate::web::filters;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;

#[derive(Template, WebTemplate)]
#[template(path = "recognition/revoke.html")]
pub(super) struct RevokePage {
    shell: Shell,
    form: Filled,
    around: Around,
    /// The recognition that will hold no more.
    decision: Option<DecisionRow>,
}

/// The form.
pub(super) async fn ask(
    State(app): State<App>,
    Path(id): Path<DossierId>,
    mut visit: Visit,
) -> Result<RevokePage, AppError> {
    let opened = open(&mut visit.db, &app.rulesets, id).await?;
    let drawn = Drawn::first(&opened).with("nguoi-ky", visit.actor.person.name.clone());
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
    let draw = |visit: &Visit, drawn| show(&app, visit, &opened, drawn);
    let (paper, order) =
        match step::read(&mut posted, (&opened, &["revoked"]), |typed| form::revoke(typed, days), draw).await? {
            Read::Good(said, order) => (said, order),
            Read::Again(page) => return Ok(page),
        };
    let Visit { actor, db, now } = posted.visit;
    unstoppable(async move { actions::revoke(db, &app.rulesets, &actor, order, &paper, now).await }).await??;
    Ok(Redirect::to(&dossier::urls::show(id)).into_response())
}

/// The page around a form, for those who decide.
fn show(app: &App, visit: &Visit, opened: &Opened, drawn: Drawn) -> Result<RevokePage, AppError> {
    let dossier = &opened.whole.dossier;
    rules::can_revoke(&visit.actor, dossier, &opened.facts(visit.now)?)?;
    Ok(RevokePage {
        shell: frame(app, &visit.actor, opened, "Thu hồi").failing(drawn.form.is_bad()),
        around: Around::new(opened, urls::revoke, drawn.overtaken),
        decision: opened.whole.decision().cloned(),
        form: drawn.form,
    })
}
