//! The conclusion: recommended or not, over all verdicts.

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
use crate::dossier::model::{self, Finding};
use crate::platform::id::DossierId;
use crate::ruleset::Criterion;
use crate::web::error::AppError;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::words::dossier::{self as tags, Tag};
use crate::words::{appraisal as words, denial};

/// A criterion that needs a word: not met, or changed by the unit after its verdict.
pub(crate) struct Spoken {
    /// Label and title.
    pub(crate) title: String,
    /// What was found.
    pub(crate) tag: Tag,
    /// Why.
    pub(crate) note: Option<String>,
    /// The self-assessment changed since.
    pub(crate) changed: bool,
}

/// The verdicts on a dossier, summed up.
pub(crate) struct Verdicts {
    /// How many are met.
    pub(crate) met: usize,
    /// How many there are to judge.
    pub(crate) total: usize,
    /// Those that need a word.
    pub(crate) speaking: Vec<Spoken>,
}

impl Verdicts {
    /// "12/13 tiêu chí".
    pub(crate) fn share(&self) -> String {
        format!("{}/{} tiêu chí", self.met, self.total)
    }

    /// "đạt, còn 1".
    pub(crate) fn rest(&self) -> String {
        match self.total - self.met {
            0 => "đạt".to_owned(),
            left => format!("đạt, còn {left}"),
        }
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "appraisal/conclude.html")]
pub(super) struct ConcludePage {
    pub(super) shell: Shell,
    pub(super) form: Filled,
    pub(super) around: Around,
    pub(super) verdicts: Verdicts,
    pub(super) state: String,
    /// The rule that keeps from recommending: heading and sentence.
    pub(super) refusal: Option<(&'static str, &'static str)>,
    pub(super) choices: Vec<(&'static str, &'static str)>,
}

/// The form.
pub(super) async fn ask(
    State(app): State<App>,
    Path(id): Path<DossierId>,
    mut visit: Visit,
) -> Result<ConcludePage, AppError> {
    let opened = open(&mut visit.db, &app.rulesets, id).await?;
    show(&app, &visit, &opened, Drawn::first(&opened))
}

/// Recommends, or does not.
pub(super) async fn save(
    State(app): State<App>,
    Path(id): Path<DossierId>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let opened = open(&mut posted.visit.db, &app.rulesets, id).await?;
    let draw = |visit: &Visit, drawn| show(&app, visit, &opened, drawn);
    let (concluded, order) =
        match step::read(&mut posted, (&opened, &["recommended", "not_recommended"]), form::conclude, draw).await? {
            Read::Good(said, order) => (said, order),
            Read::Again(page) => return Ok(page),
        };
    let Visit { actor, db, now } = posted.visit;
    unstoppable(async move { actions::conclude(db, &app.rulesets, &actor, order, concluded, now).await }).await??;
    Ok(Redirect::to(&dossier::urls::show(id)).into_response())
}

/// The verdicts of a dossier against its criteria.
pub(crate) fn sum_up(opened: &Opened, criteria: &[Criterion]) -> Verdicts {
    let (whole, due) = (&opened.whole, opened.due());
    let line = |it: &Criterion| {
        let verdict = whole.verdict(&it.code);
        let changed = verdict.is_some() && due.contains(&it.code);
        let quiet = verdict.is_some_and(|found| found.finding == Finding::Met) && !changed;
        (!quiet).then(|| Spoken {
            title: format!("{}: {}", it.label, it.title),
            tag: verdict.map_or(tags::NOT_JUDGED, |found| tags::finding(found.finding)),
            note: verdict.and_then(|found| found.note.clone()),
            changed,
        })
    };
    let met = |it: &&Criterion| whole.verdict(&it.code).is_some_and(|found| found.finding == Finding::Met);
    Verdicts {
        met: criteria.iter().filter(met).count(),
        total: criteria.len(),
        speaking: criteria.iter().filter_map(line).collect(),
    }
}

/// The page around a form, for those who conclude.
fn show(app: &App, visit: &Visit, opened: &Opened, drawn: Drawn) -> Result<ConcludePage, AppError> {
    let (dossier, facts) = (&opened.whole.dossier, opened.facts(visit.now)?);
    rules::can_decline(&visit.actor, dossier, &facts)?;
    let refusal = rules::can_recommend(&visit.actor, dossier, &facts).err();
    let refusal = refusal.map(|denied| (denial::heading(denied.code), denial::sentence(denied.code)));
    draw(super::frame(app, &visit.actor, opened, "Kết luận"), opened, drawn, refusal)
}

/// The page itself, from what is known.
pub(super) fn draw(
    shell: Shell,
    opened: &Opened,
    drawn: Drawn,
    refusal: Option<(&'static str, &'static str)>,
) -> Result<ConcludePage, AppError> {
    let kind = opened.rules()?;
    let state = model::state_sha256(&opened.state()?);
    let mut choices = vec![(form::RECOMMEND, "Đề nghị công nhận"), (form::DECLINE, "Không đề nghị")];
    if refusal.is_some() {
        choices.remove(0);
    }
    Ok(ConcludePage {
        shell: shell.failing(drawn.form.is_bad()),
        around: Around::new(opened, urls::conclude, drawn.overtaken),
        verdicts: sum_up(opened, &kind.criteria),
        state: words::short_state(&state),
        refusal,
        choices,
        form: drawn.form,
    })
}
