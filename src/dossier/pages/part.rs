//! One part: its number, day, signer, text and files in one form, so that a press saves all of it or nothing.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::file::brought;
use super::show::frame;
use crate::access::{Actor, Refused, rules};
use crate::app::App;
use crate::dossier::actions::{self, Opened};
use crate::dossier::model::{PartRow, Status, Whole};
use crate::dossier::{form, urls};
use crate::paper::model::Kind;
use crate::platform::id::{DossierId, UnitId};
use crate::ruleset::PartRule;
use crate::upload::{self, Sent};
use crate::web::error::AppError;
use crate::web::filters;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::page::again;
use crate::web::posted_files::PostedFiles;
use crate::web::session::Visit;
use crate::web::shell::Shell;
use crate::words::dossier::{self as words, Tag};

#[derive(Template, WebTemplate)]
#[template(path = "dossier/part.html")]
struct PartPage {
    shell: Shell,
    form: Filled,
    rule: PartRule,
    row: PartRow,
    tag: Tag,
    reason: Option<String>,
    editable: bool,
    action: String,
    remove: String,
    back: String,
    /// Files that came before the form, which is drawn again.
    sent: Vec<Sent>,
    /// The kind of paper that the program drafts for this part.
    paper: Option<&'static str>,
    /// Whose paper, for seats that look after several groups.
    group: Option<UnitId>,
    /// Somebody else saved meanwhile: what stands now, beside what was typed.
    theirs: Option<PartRow>,
}

fn part_page(
    app: &App,
    actor: &Actor,
    opened: &Opened,
    code: &str,
    form: Filled,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<PartPage, AppError> {
    let whole = &opened.whole;
    let rule = opened.rules()?.part(whole.dossier.kind, code).ok_or(AppError::NotFound)?;
    let row = whole.part(code).ok_or(AppError::NotFound)?;
    let editable = row.open && rules::can_edit(actor, &whole.dossier, &opened.facts(now)?).is_ok();
    let id = whole.dossier.id;
    Ok(PartPage {
        shell: frame(app, actor, opened, &rule.short_title)
            .crumb(words::kind_short(whole.dossier.kind), urls::show(id))
            .here(rule.short_title.clone())
            .failing(form.is_bad()),
        form,
        rule: rule.clone(),
        row: row.clone(),
        tag: words::part_state(whole.part_state(rule)),
        reason: whole.part_reason(code).map(str::to_owned),
        editable,
        action: urls::part(id, code),
        remove: urls::remove_file(id),
        back: urls::show(id),
        sent: vec![],
        paper: paper(actor, whole, code).filter(|_| editable),
        group: whole.dossier.place.group,
        theirs: None,
    })
}

/// The paper that this seat may have drafted for the part.
fn paper(actor: &Actor, whole: &Whole, code: &str) -> Option<&'static str> {
    let kind = Kind::for_part(whole.dossier.kind, code, whole.dossier.is_of_ward())?;
    rules::can_draft_paper(actor, kind, whole.dossier.place.group).ok().map(|()| kind.as_str())
}

/// The form, or the facts alone when the part is closed for this seat.
pub(super) async fn edit(
    State(app): State<App>,
    mut visit: Visit,
    Path((id, code)): Path<(DossierId, String)>,
) -> Result<Response, AppError> {
    let opened = actions::open(&mut visit.db, &app.rulesets, id).await?;
    let filled = form::part_filled(&opened.whole, &code);
    Ok(part_page(&app, &visit.actor, &opened, &code, filled, visit.now)?.into_response())
}

/// Saves it.
pub(super) async fn save(
    State(app): State<App>,
    Path((id, code)): Path<(DossierId, String)>,
    posted: PostedFiles,
) -> Result<Response, AppError> {
    let PostedFiles { visit: Visit { actor, mut db, now }, form: mut typed, files, redraw } = posted;
    let opened =
        actions::may_add_file(&mut db, &app.rulesets, &actor, id, &actions::Target::Part(code.clone()), now).await?;
    let rule = opened.rules()?.part(opened.whole.dossier.kind, &code).ok_or(AppError::NotFound)?;
    if redraw {
        let page = part_page(&app, &actor, &opened, &code, typed, now)?;
        return Ok(again(false, page));
    }
    let kept = brought(&app, &mut db, &mut typed, files, &urls::part(id, &code)).await?;
    let (input, revision) = match form::part(typed.clone(), rule, &opened.whole, now) {
        Ok(read) => read,
        Err(wrong) => {
            let sent = upload::sent(&mut db, &wrong, &urls::part(id, &code)).await?;
            let page = part_page(&app, &actor, &opened, &code, wrong, now)?;
            return Ok(again(true, PartPage { sent, ..page }));
        }
    };
    let work = {
        let (rulesets, actor, code) = (app.rulesets.clone(), actor.clone(), code.clone());
        async move { actions::save_part(db, &rulesets, &actor, id, &code, revision, &input, &kept, now).await }
    };
    match unstoppable(work).await? {
        // The last thing of a return leads on to handing in.
        Ok(()) if opened.whole.dossier.status == Status::Returned => Ok(Redirect::to(&urls::next(id)).into_response()),
        Ok(()) => Ok(Redirect::to(&urls::show(id)).into_response()),
        Err(Refused::Stale) => side_by_side(&app, &actor, &opened, &code, typed, now),
        Err(refused) => Err(refused.into()),
    }
}

/// Two people wrote the same part: both texts stay, the later one decides.
fn side_by_side(
    app: &App,
    actor: &Actor,
    opened: &Opened,
    code: &str,
    typed: Filled,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<Response, AppError> {
    let current = opened.whole.part(code).cloned();
    let revision = current.as_ref().map_or(0, |row| row.revision);
    let mut page = part_page(app, actor, opened, code, typed.replaced("_phien_ban", revision.to_string()), now)?;
    page.theirs = current;
    Ok((axum::http::StatusCode::CONFLICT, page).into_response())
}

impl PartPage {
    fn who_saved(&self) -> String {
        let row = self.theirs.as_ref().unwrap_or(&self.row);
        row.updated_by.clone().unwrap_or_else(|| "người khác".to_owned())
    }
}

/// The text of a stored part, for the comparison.
fn plain(row: &PartRow) -> String {
    let day = row.issued_on.map(filters::dates::day).unwrap_or_default();
    let lines = [
        row.number.clone().unwrap_or_default(),
        day,
        row.signer.clone().unwrap_or_default(),
        row.content.clone().unwrap_or_default(),
    ];
    lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The text of the typed form, for the comparison.
fn typed_plain(form: &Filled) -> String {
    ["so", "ngay", "nguoi-ky", "noi-dung"]
        .iter()
        .map(|name| form.value(name))
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}
