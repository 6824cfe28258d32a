//! The pages that edit one piece: the head, a window, a paper, a deadline.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::edit::{Drawn, Opened, Saved, Sheet, open, save, sheet, subject};
use crate::app::App;
use crate::platform::id::RulesetDraftId;
use crate::ruleset::model::{Head, Piece};
use crate::ruleset::{DeadlineCode, DeadlineRule, DossierKind, PartRule, SubjectKind, form, urls};
use crate::web::error::AppError;
use crate::web::form::Filled;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::words::ruleset::edit::{CONFIDENCES, WAYS, YEARS};

type Choices = &'static [(&'static str, &'static str)];

fn done(to: &str) -> Response {
    Redirect::to(to).into_response()
}

#[derive(Template, WebTemplate)]
#[template(path = "ruleset/head.html")]
struct HeadPage {
    shell: Shell,
    sheet: Sheet,
    form: Filled,
}

fn head_page(app: &App, opened: &Opened, drawn: Drawn) -> Response {
    let (id, conflict, bad) = (opened.id(), drawn.versus.is_some(), drawn.form.is_bad());
    let about = ("Sửa phần đầu", urls::of(urls::HEAD, id), urls::draft(id));
    let (shell, sheet) = sheet(app, opened, about, &drawn);
    Drawn::answer(conflict, bad, HeadPage { shell, sheet, form: drawn.form })
}

pub(super) async fn head_form(
    State(app): State<App>,
    mut visit: Visit,
    Path(id): Path<RulesetDraftId>,
) -> Result<Response, AppError> {
    let opened = open(&app, &mut visit, id).await?.writable()?;
    let drawn = Drawn::fresh(form::of_head(&Head::of(&opened.draft.body)), &opened, &Piece::Head)?;
    Ok(head_page(&app, &opened, drawn))
}

pub(super) async fn head(
    State(app): State<App>,
    Path(id): Path<RulesetDraftId>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let opened = open(&app, &mut posted.visit, id).await?.writable()?;
    match save(posted, (&opened, &Piece::Head), |typed| form::head(typed, &opened.draft.body)).await? {
        Saved::Done(_) => Ok(done(&urls::draft(id))),
        Saved::Drawn(drawn) => Ok(head_page(&app, &opened, drawn)),
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "ruleset/window.html")]
struct WindowPage {
    shell: Shell,
    sheet: Sheet,
    form: Filled,
    years: Choices,
    confidences: Choices,
}

fn window_page(app: &App, opened: &Opened, kind: SubjectKind, drawn: Drawn) -> Response {
    let (id, conflict, bad) = (opened.id(), drawn.versus.is_some(), drawn.form.is_bad());
    let heading = format!("Kỳ đánh giá của {}", kind.name_vi());
    let about = (heading.as_str(), urls::window(id, kind), urls::criteria(id, kind));
    let (shell, sheet) = sheet(app, opened, about, &drawn);
    let page = WindowPage { shell, sheet, form: drawn.form, years: &YEARS, confidences: &CONFIDENCES };
    Drawn::answer(conflict, bad, page)
}

pub(super) async fn window_form(
    State(app): State<App>,
    mut visit: Visit,
    Path((id, kind)): Path<(RulesetDraftId, String)>,
) -> Result<Response, AppError> {
    let (opened, kind) = (open(&app, &mut visit, id).await?.writable()?, subject(&kind)?);
    let rules = opened.draft.body.subject(kind).ok_or(AppError::NotFound)?;
    let drawn = Drawn::fresh(form::of_window(&rules.window), &opened, &Piece::Window(kind))?;
    Ok(window_page(&app, &opened, kind, drawn))
}

pub(super) async fn window(
    State(app): State<App>,
    Path((id, kind)): Path<(RulesetDraftId, String)>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let (opened, kind) = (open(&app, &mut posted.visit, id).await?.writable()?, subject(&kind)?);
    let piece = Piece::Window(kind);
    opened.mark(&piece)?;
    match save(posted, (&opened, &piece), |typed| form::window(typed, (&opened.draft.body, kind))).await? {
        Saved::Done(_) => Ok(done(&urls::criteria(id, kind))),
        Saved::Drawn(drawn) => Ok(window_page(&app, &opened, kind, drawn)),
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "ruleset/part.html")]
struct PartPage {
    shell: Shell,
    sheet: Sheet,
    form: Filled,
    upload_only: bool,
    confidences: Choices,
}

/// A paper of either dossier.
fn find_part<'a>(opened: &'a Opened, kind: SubjectKind, code: &str) -> Result<&'a PartRule, AppError> {
    let rules = opened.draft.body.subject(kind).ok_or(AppError::NotFound)?;
    DossierKind::ALL.iter().find_map(|dossier| rules.part(*dossier, code)).ok_or(AppError::NotFound)
}

fn part_page(app: &App, opened: &Opened, (kind, part): (SubjectKind, &PartRule), drawn: Drawn) -> Response {
    let (id, conflict, bad) = (opened.id(), drawn.versus.is_some(), drawn.form.is_bad());
    let heading = format!("{}, hồ sơ của {}", part.title, kind.name_vi());
    let about = (heading.as_str(), urls::part(id, kind, &part.code), urls::criteria(id, kind));
    let (shell, sheet) = sheet(app, opened, about, &drawn);
    let upload_only = part.upload_only;
    Drawn::answer(conflict, bad, PartPage { shell, sheet, form: drawn.form, upload_only, confidences: &CONFIDENCES })
}

pub(super) async fn part_form(
    State(app): State<App>,
    mut visit: Visit,
    Path((id, kind, code)): Path<(RulesetDraftId, String, String)>,
) -> Result<Response, AppError> {
    let (opened, kind) = (open(&app, &mut visit, id).await?.writable()?, subject(&kind)?);
    let part = find_part(&opened, kind, &code)?;
    let drawn = Drawn::fresh(form::of_part(part), &opened, &Piece::Part(kind, code))?;
    Ok(part_page(&app, &opened, (kind, part), drawn))
}

pub(super) async fn part(
    State(app): State<App>,
    Path((id, kind, code)): Path<(RulesetDraftId, String, String)>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let (opened, kind) = (open(&app, &mut posted.visit, id).await?.writable()?, subject(&kind)?);
    let part = find_part(&opened, kind, &code)?;
    let piece = Piece::Part(kind, code);
    match save(posted, (&opened, &piece), |typed| form::part(typed, (&opened.draft.body, kind), part)).await? {
        Saved::Done(_) => Ok(done(&urls::criteria(id, kind))),
        Saved::Drawn(drawn) => Ok(part_page(&app, &opened, (kind, part), drawn)),
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "ruleset/deadline.html")]
struct DeadlinePage {
    shell: Shell,
    sheet: Sheet,
    form: Filled,
    ways: Choices,
    confidences: Choices,
}

fn find_deadline<'a>(opened: &'a Opened, code: &str) -> Result<&'a DeadlineRule, AppError> {
    let code: DeadlineCode = code.parse().map_err(|_| AppError::NotFound)?;
    opened.draft.body.deadline(code).ok_or(AppError::NotFound)
}

fn deadline_page(app: &App, opened: &Opened, rule: &DeadlineRule, drawn: Drawn) -> Response {
    let (id, conflict, bad) = (opened.id(), drawn.versus.is_some(), drawn.form.is_bad());
    let heading = format!("Hạn: {}", rule.title);
    let about = (heading.as_str(), urls::deadline(id, rule.code), format!("{}#han", urls::draft(id)));
    let (shell, sheet) = sheet(app, opened, about, &drawn);
    let page = DeadlinePage { shell, sheet, form: drawn.form, ways: &WAYS, confidences: &CONFIDENCES };
    Drawn::answer(conflict, bad, page)
}

pub(super) async fn deadline_form(
    State(app): State<App>,
    mut visit: Visit,
    Path((id, code)): Path<(RulesetDraftId, String)>,
) -> Result<Response, AppError> {
    let opened = open(&app, &mut visit, id).await?.writable()?;
    let rule = find_deadline(&opened, &code)?;
    let drawn = Drawn::fresh(form::of_deadline(rule), &opened, &Piece::Deadline(rule.code))?;
    Ok(deadline_page(&app, &opened, rule, drawn))
}

pub(super) async fn deadline(
    State(app): State<App>,
    Path((id, code)): Path<(RulesetDraftId, String)>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let opened = open(&app, &mut posted.visit, id).await?.writable()?;
    let rule = find_deadline(&opened, &code)?;
    let piece = Piece::Deadline(rule.code);
    match save(posted, (&opened, &piece), |typed| form::deadline(typed, &opened.draft.body, rule)).await? {
        Saved::Done(_) => Ok(done(&format!("{}#han", urls::draft(id)))),
        Saved::Drawn(drawn) => Ok(deadline_page(&app, &opened, rule, drawn)),
    }
}
