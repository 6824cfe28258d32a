//! "Nếu thêm 12 hộ ký, nếu thêm 1 vụ": which criterion would come out otherwise. Read only: the question stands in the address.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, Query, State};

use crate::app::App;
use crate::appraisal::{form, urls};
use crate::dossier;
use crate::dossier::actions::{Opened, open};
use crate::platform::clock::civil;
use crate::platform::id::DossierId;
use crate::ruleset::Gravity;
use crate::ruleset::engine::{Case, Change, Overall};
use crate::web::error::AppError;
use crate::web::form::Filled;
use crate::web::page;
use crate::web::session::Visit;
use crate::web::shell::Shell;
use crate::words::dossier::{self as tags, Tag};
use crate::words::{engine, ruleset};

/// What comes of the question.
struct Answer {
    /// The question, in words.
    asked: Vec<String>,
    /// One line for each criterion that comes out otherwise.
    flips: Vec<String>,
    before: (Tag, String),
    after: (Tag, String),
}

#[derive(Template, WebTemplate)]
#[template(path = "appraisal/what_if.html")]
pub(super) struct WhatIfPage {
    shell: Shell,
    form: Filled,
    action: String,
    back: String,
    unit: String,
    is_of_ward: bool,
    types: Vec<(String, String)>,
    gravities: Vec<(&'static str, &'static str)>,
    answer: Option<Answer>,
}

/// The question, and its answer once something is asked.
pub(super) async fn ask(
    State(app): State<App>,
    Path(id): Path<DossierId>,
    Query(pairs): Query<Vec<(String, String)>>,
    mut visit: Visit,
) -> Result<axum::response::Response, AppError> {
    let opened = open(&mut visit.db, &app.rulesets, id).await?;
    if opened.whole.standing.is_none() {
        return Err(AppError::NotFound);
    }
    let asked = !pairs.is_empty();
    let (form, changes) = match form::what_if(Filled::from_pairs(pairs)) {
        Ok((form, changes)) => (form, changes),
        Err(typed) => (typed, vec![]),
    };
    let is_bad = form.is_bad();
    let shell = super::frame(&app, &visit.actor, &opened, "Nếu thì").failing(is_bad);
    let answer = if asked && !is_bad { answer(&opened, &changes, &visit) } else { None };
    Ok(page::again(is_bad, draw(shell, &opened, form, answer)))
}

fn answer(opened: &Opened, changes: &[Change], visit: &Visit) -> Option<Answer> {
    let judged = opened.whole.sheet().judged();
    opened.with_case(&judged, civil(visit.now), |case| {
        let flips = case.what_if(changes);
        let then = case.supposing(changes);
        let said = |case: &Case<'_>| {
            let overall = Overall::of(&case.outcomes());
            (tags::finding(overall.finding), engine::overall(case.ruleset, case.subject, &overall))
        };
        Answer {
            asked: changes.iter().map(|change| engine::change(case.ruleset, change)).collect(),
            flips: flips.iter().map(|flip| engine::flipped(case.ruleset, case.subject, flip)).collect(),
            before: said(case),
            after: said(&Case { facts: &then, ..*case }),
        }
    })
}

fn draw(shell: Shell, opened: &Opened, form: Filled, answer: Option<Answer>) -> WhatIfPage {
    let whole = &opened.whole;
    let gravity = |it: &Gravity| (it.as_str(), ruleset::gravity(*it));
    WhatIfPage {
        shell,
        action: urls::what_if(whole.dossier.id),
        back: dossier::urls::show(whole.dossier.id),
        unit: page::capital(&whole.subject_name),
        is_of_ward: whole.dossier.is_of_ward(),
        types: opened.ruleset.incident_types.iter().map(|it| (it.code.clone(), it.title.clone())).collect(),
        gravities: Gravity::ALL.iter().map(gravity).collect(),
        answer,
        form,
    }
}
