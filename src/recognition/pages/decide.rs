//! The decision on one unit: recognised or not, by which paper, over which exact state.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use crate::access::{Actor, rules};
use crate::app::App;
use crate::appraisal::step::{self, Around, Drawn, Read};
use crate::appraisal::{Verdicts, frame, sum_up};
use crate::dossier;
use crate::dossier::actions::{Opened, open};
use crate::dossier::model::{self, DecisionRow};
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
use crate::words::{appraisal as words, denial};

/// What the level below said.
pub(super) struct Proposal {
    row: DecisionRow,
    state: String,
    /// The state judged then is the state at hand.
    same: bool,
}

#[derive(Template, WebTemplate)]
#[template(path = "recognition/decide.html")]
pub(super) struct DecidePage {
    pub(super) shell: Shell,
    pub(super) form: Filled,
    pub(super) around: Around,
    /// The signing line: "KT. Chủ tịch UBND thành phố", and whose seat it is.
    pub(super) seat: String,
    pub(super) on_behalf_of: Option<String>,
    pub(super) proposal: Option<Proposal>,
    pub(super) verdicts: Verdicts,
    pub(super) state: String,
    pub(super) refusal: Option<(&'static str, &'static str)>,
    pub(super) choices: Vec<(&'static str, &'static str)>,
}

/// The form.
pub(super) async fn ask(
    State(app): State<App>,
    Path(id): Path<DossierId>,
    mut visit: Visit,
) -> Result<DecidePage, AppError> {
    let opened = open(&mut visit.db, &app.rulesets, id).await?;
    let drawn = Drawn::first(&opened).with("nguoi-ky", visit.actor.person.name.clone());
    show(&app, &visit, &opened, drawn)
}

/// Records the decision.
pub(super) async fn save(
    State(app): State<App>,
    Path(id): Path<DossierId>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let opened = open(&mut posted.visit.db, &app.rulesets, id).await?;
    let days = Days { from: opened.whole.window.from, today: civil(posted.visit.now) };
    let draw = |visit: &Visit, drawn| show(&app, visit, &opened, drawn);
    let (paper, order) = match step::read(
        &mut posted,
        (&opened, &["recognised", "not_recognised"]),
        |typed| form::decide(typed, days),
        draw,
    )
    .await?
    {
        Read::Good(said, order) => (said, order),
        Read::Again(page) => return Ok(page),
    };
    let Visit { actor, db, now } = posted.visit;
    unstoppable(async move { actions::recognise(db, &app.rulesets, &actor, &[order], &paper, now).await }).await??;
    Ok(Redirect::to(&dossier::urls::show(id)).into_response())
}

/// The page around a form, for those who decide.
fn show(app: &App, visit: &Visit, opened: &Opened, drawn: Drawn) -> Result<DecidePage, AppError> {
    let (dossier, facts) = (&opened.whole.dossier, opened.facts(visit.now)?);
    rules::can_refuse(&visit.actor, dossier, &facts)?;
    let refusal = rules::can_recognise(&visit.actor, dossier, &facts).err();
    let refusal = refusal.map(|denied| (denial::heading(denied.code), denial::sentence(denied.code)));
    draw(frame(app, &visit.actor, opened, "Quyết định"), &visit.actor, opened, drawn, refusal)
}

/// The page itself, from what is known.
pub(super) fn draw(
    shell: Shell,
    actor: &Actor,
    opened: &Opened,
    drawn: Drawn,
    refusal: Option<(&'static str, &'static str)>,
) -> Result<DecidePage, AppError> {
    let (whole, kind) = (&opened.whole, opened.rules()?);
    let state = model::state_sha256(&opened.state()?);
    let proposal = whole.decisions.iter().find(|row| row.kind == "recommendation").map(|row| Proposal {
        state: words::short_state(&row.state_sha256),
        same: row.state_sha256 == state,
        row: row.clone(),
    });
    let mut choices = vec![(form::RECOGNISE, "Công nhận"), (form::REFUSE, "Không công nhận")];
    if refusal.is_some() {
        choices.remove(0);
    }
    Ok(DecidePage {
        shell: shell.failing(drawn.form.is_bad()),
        around: Around::new(opened, urls::recognise, drawn.overtaken),
        seat: actor.seat_words(),
        on_behalf_of: actor.delegation.as_ref().map(|lent| lent.on_behalf_of.clone()),
        proposal,
        verdicts: sum_up(opened, &kind.criteria),
        state: words::short_state(&state),
        refusal,
        choices,
        form: drawn.form,
    })
}
