//! The words of a criterion, its place in the list, and its end.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::edit::{Drawn, Opened, Saved, Sheet, open, save, sheet, subject};
use crate::app::App;
use crate::platform::id::RulesetDraftId;
use crate::ruleset::form::{self, Spot};
use crate::ruleset::model::{Edit, Piece};
use crate::ruleset::{Criterion, SubjectKind, urls};
use crate::web::error::AppError;
use crate::web::form::Filled;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::words::ruleset as words;
use crate::words::ruleset::edit::CONFIDENCES;

/// `?tinh=1`: the province adds it.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    tinh: String,
}

/// What stands around the words of a criterion that is there already.
struct Around {
    decided: Vec<String>,
    conditions: String,
    removal: String,
    mark: String,
}

#[derive(Template, WebTemplate)]
#[template(path = "ruleset/criterion.html")]
struct CriterionPage {
    shell: Shell,
    sheet: Sheet,
    form: Filled,
    confidences: &'static [(&'static str, &'static str)],
    /// Title and version of the ruleset copied from.
    base: String,
    around: Option<Around>,
}

fn page(app: &App, opened: &Opened, (kind, stands): (SubjectKind, Option<&Criterion>), drawn: Drawn) -> Response {
    let (id, conflict, bad) = (opened.id(), drawn.versus.is_some(), drawn.form.is_bad());
    let (heading, action) = match stands {
        None => (format!("Thêm tiêu chí của {}", kind.name_vi()), urls::add_criterion(id, kind)),
        Some(it) => (format!("{} của {}", it.label, kind.name_vi()), urls::criterion(id, kind, &it.code)),
    };
    let around = stands.and_then(|it| {
        Some(Around {
            decided: words::decided(&opened.draft.body, kind, &it.kind),
            conditions: urls::conditions(id, kind, &it.code),
            removal: format!("{action}/bo"),
            mark: Piece::Criterion(kind, it.code.clone()).mark(&opened.draft.body)?,
        })
    });
    let (shell, sheet) = sheet(app, opened, (&heading, action.clone(), urls::criteria(id, kind)), &drawn);
    let base = format!("{}, phiên bản {}", opened.base.title, opened.base.version);
    let page = CriterionPage { shell, sheet, form: drawn.form, confidences: &CONFIDENCES, base, around };
    Drawn::answer(conflict, bad, page)
}

fn find<'a>(opened: &'a Opened, kind: SubjectKind, code: &str) -> Result<&'a Criterion, AppError> {
    opened.draft.body.subject(kind).and_then(|rules| rules.criterion(code)).ok_or(AppError::NotFound)
}

fn spot(opened: &Opened, kind: SubjectKind) -> Spot<'_> {
    Spot { draft: &opened.draft.body, base: &opened.base, kind }
}

pub(super) async fn add_form(
    State(app): State<App>,
    mut visit: Visit,
    Path((id, kind)): Path<(RulesetDraftId, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    let (opened, kind) = (open(&app, &mut visit, id).await?.writable()?, subject(&kind)?);
    opened.draft.body.subject(kind).ok_or(AppError::NotFound)?;
    let form = if asked.tinh == "1" { form::of_province() } else { Filled::default() };
    let drawn = Drawn::fresh(form, &opened, &Piece::NewCriterion(kind))?;
    Ok(page(&app, &opened, (kind, None), drawn))
}

/// Adds it, then asks how it is decided.
pub(super) async fn add(
    State(app): State<App>,
    Path((id, kind)): Path<(RulesetDraftId, String)>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let (opened, kind) = (open(&app, &mut posted.visit, id).await?.writable()?, subject(&kind)?);
    opened.draft.body.subject(kind).ok_or(AppError::NotFound)?;
    let parse = |typed| form::new_criterion(typed, spot(&opened, kind));
    match save(posted, (&opened, &Piece::NewCriterion(kind)), parse).await? {
        Saved::Done(edit) => Ok(Redirect::to(&urls::conditions(id, kind, form::added(&edit))).into_response()),
        Saved::Drawn(drawn) => Ok(page(&app, &opened, (kind, None), drawn)),
    }
}

pub(super) async fn form(
    State(app): State<App>,
    mut visit: Visit,
    Path((id, kind, code)): Path<(RulesetDraftId, String, String)>,
) -> Result<Response, AppError> {
    let (opened, kind) = (open(&app, &mut visit, id).await?.writable()?, subject(&kind)?);
    let stands = find(&opened, kind, &code)?;
    let drawn = Drawn::fresh(form::of_criterion(stands), &opened, &Piece::Criterion(kind, code))?;
    Ok(page(&app, &opened, (kind, Some(stands)), drawn))
}

fn to_criteria(id: RulesetDraftId, kind: SubjectKind) -> Response {
    Redirect::to(&urls::criteria(id, kind)).into_response()
}

pub(super) async fn change(
    State(app): State<App>,
    Path((id, kind, code)): Path<(RulesetDraftId, String, String)>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let (opened, kind) = (open(&app, &mut posted.visit, id).await?.writable()?, subject(&kind)?);
    // Sent twice with another code: the first one did it.
    let typed = posted.form.value("ma").trim().to_owned();
    let stands = find(&opened, kind, &code).or_else(|_| find(&opened, kind, &typed))?;
    let piece = Piece::Criterion(kind, code.clone());
    match save(posted, (&opened, &piece), |typed| form::criterion(typed, spot(&opened, kind), &code)).await? {
        Saved::Done(_) => Ok(to_criteria(id, kind)),
        Saved::Drawn(drawn) => Ok(page(&app, &opened, (kind, Some(stands)), drawn)),
    }
}

/// To another place of the list.
pub(super) async fn place(
    State(app): State<App>,
    Path((id, kind, code)): Path<(RulesetDraftId, String, String)>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let (opened, kind) = (open(&app, &mut posted.visit, id).await?.writable()?, subject(&kind)?);
    find(&opened, kind, &code)?;
    let Ok(to) = posted.form.value("cho").parse::<usize>() else { return Ok(to_criteria(id, kind)) };
    let piece = Piece::Criterion(kind, code.clone());
    let edit = Edit::PlaceCriterion(kind, code, to);
    match save(posted, (&opened, &piece), |typed| typed.finish(Some(edit))).await? {
        Saved::Done(_) => Ok(to_criteria(id, kind)),
        Saved::Drawn(_) => Err(AppError::Stale),
    }
}

/// Takes it out, unless another criterion rests on it: those are then named.
pub(super) async fn remove(
    State(app): State<App>,
    Path((id, kind, code)): Path<(RulesetDraftId, String, String)>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let (opened, kind) = (open(&app, &mut posted.visit, id).await?.writable()?, subject(&kind)?);
    // Pressed twice: the first one did it.
    let Ok(stands) = find(&opened, kind, &code) else { return Ok(to_criteria(id, kind)) };
    let piece = Piece::Criterion(kind, code.clone());
    let edit = Edit::RemoveCriterion(kind, code);
    match save(posted, (&opened, &piece), |typed| typed.finish(Some(edit))).await? {
        Saved::Done(_) => Ok(to_criteria(id, kind)),
        Saved::Drawn(drawn) => {
            let words = form::of_criterion(stands);
            let form = drawn.form.errors().iter().fold(words, |mut form, error| {
                form.fail(&error.field, error.sentence.clone());
                form
            });
            let form = form.with("_phien_ban", opened.mark(&piece)?);
            Ok(page(&app, &opened, (kind, Some(stands)), Drawn { form, versus: drawn.versus }))
        }
    }
}
