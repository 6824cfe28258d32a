//! The kinds of incidents that are counted: one more, another name, one less.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::edit::{Drawn, Opened, Saved, Sheet, open, save, sheet};
use crate::app::App;
use crate::platform::id::RulesetDraftId;
use crate::ruleset::model::{Edit, Piece};
use crate::ruleset::{IncidentType, form, urls};
use crate::web::error::AppError;
use crate::web::form::Filled;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;

#[derive(Template, WebTemplate)]
#[template(path = "ruleset/incident.html")]
struct IncidentPage {
    shell: Shell,
    sheet: Sheet,
    form: Filled,
    /// Where it is taken out; none for one that is not there yet.
    removal: Option<(String, String)>,
}

fn back(id: RulesetDraftId) -> String {
    format!("{}#vu-viec", urls::draft(id))
}

fn page(app: &App, opened: &Opened, stands: Option<&IncidentType>, drawn: Drawn) -> Response {
    let (id, conflict, bad) = (opened.id(), drawn.versus.is_some(), drawn.form.is_bad());
    let (heading, action) = match stands {
        None => ("Thêm loại vụ việc", urls::of(urls::ADD_INCIDENT, id)),
        Some(kind) => ("Sửa loại vụ việc", urls::incident(id, &kind.code)),
    };
    let (shell, sheet) = sheet(app, opened, (heading, action.clone(), back(id)), &drawn);
    let removal = stands.and_then(|kind| {
        let mark = Piece::IncidentType(kind.code.clone()).mark(&opened.draft.body)?;
        Some((format!("{action}/bo"), mark))
    });
    Drawn::answer(conflict, bad, IncidentPage { shell, sheet, form: drawn.form, removal })
}

fn find<'a>(opened: &'a Opened, code: &str) -> Result<&'a IncidentType, AppError> {
    opened.draft.body.incident_types.iter().find(|kind| kind.code == code).ok_or(AppError::NotFound)
}

fn of(kind: &IncidentType) -> Filled {
    Filled::default().with("ten", &kind.title)
}

pub(super) async fn add_form(
    State(app): State<App>,
    mut visit: Visit,
    Path(id): Path<RulesetDraftId>,
) -> Result<Response, AppError> {
    let opened = open(&app, &mut visit, id).await?.writable()?;
    let drawn = Drawn::fresh(Filled::default(), &opened, &Piece::NewIncidentType)?;
    Ok(page(&app, &opened, None, drawn))
}

pub(super) async fn add(
    State(app): State<App>,
    Path(id): Path<RulesetDraftId>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let opened = open(&app, &mut posted.visit, id).await?.writable()?;
    let parse = |typed| form::new_incident(typed, &opened.draft.body);
    match save(posted, (&opened, &Piece::NewIncidentType), parse).await? {
        Saved::Done(_) => Ok(Redirect::to(&back(id)).into_response()),
        Saved::Drawn(drawn) => Ok(page(&app, &opened, None, drawn)),
    }
}

pub(super) async fn form(
    State(app): State<App>,
    mut visit: Visit,
    Path((id, code)): Path<(RulesetDraftId, String)>,
) -> Result<Response, AppError> {
    let opened = open(&app, &mut visit, id).await?.writable()?;
    let kind = find(&opened, &code)?;
    let drawn = Drawn::fresh(of(kind), &opened, &Piece::IncidentType(code))?;
    Ok(page(&app, &opened, Some(kind), drawn))
}

pub(super) async fn rename(
    State(app): State<App>,
    Path((id, code)): Path<(RulesetDraftId, String)>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let opened = open(&app, &mut posted.visit, id).await?.writable()?;
    let kind = find(&opened, &code)?;
    let piece = Piece::IncidentType(code.clone());
    match save(posted, (&opened, &piece), |typed| form::incident(typed, &opened.draft.body, &code)).await? {
        Saved::Done(_) => Ok(Redirect::to(&back(id)).into_response()),
        Saved::Drawn(drawn) => Ok(page(&app, &opened, Some(kind), drawn)),
    }
}

/// Takes it out, unless criteria count it: those are then named.
pub(super) async fn remove(
    State(app): State<App>,
    Path((id, code)): Path<(RulesetDraftId, String)>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let opened = open(&app, &mut posted.visit, id).await?.writable()?;
    // Pressed twice: the first one did it.
    let Ok(kind) = find(&opened, &code) else { return Ok(Redirect::to(&back(id)).into_response()) };
    let piece = Piece::IncidentType(code.clone());
    let edit = Edit::RemoveIncidentType(code);
    match save(posted, (&opened, &piece), |typed| typed.finish(Some(edit))).await? {
        Saved::Done(_) => Ok(Redirect::to(&back(id)).into_response()),
        Saved::Drawn(Drawn { form, versus }) => {
            let form = form.with("ten", &kind.title);
            Ok(page(&app, &opened, Some(kind), Drawn { form, versus }))
        }
    }
}
