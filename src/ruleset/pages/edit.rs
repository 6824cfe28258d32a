//! What all pages share that edit one place of a draft: open it, save it, draw the form again.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::access::{Actor, Refused, rules};
use crate::app::App;
use crate::platform::id::RulesetDraftId;
use crate::ruleset::model::{Draft, Edit, Piece};
use crate::ruleset::store::draft as drafts;
use crate::ruleset::{Ruleset, SubjectKind, actions, urls};
use crate::web::error::AppError;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::page::shell;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::words::ruleset::facts;

/// The field that carries what stood at the place when the form was drawn.
const MARK: &str = "_phien_ban";

/// A draft that somebody looks at, with the ruleset it was copied from.
#[derive(Clone)]
pub(super) struct Opened {
    pub(super) actor: Actor,
    pub(super) draft: Draft,
    pub(super) base: Arc<Ruleset>,
}

impl Opened {
    pub(super) const fn id(&self) -> RulesetDraftId {
        self.draft.id
    }

    /// Only what was not published can be written.
    pub(super) fn writable(self) -> Result<Self, AppError> {
        rules::may_write_ruleset(&self.actor, self.draft.clone())?;
        Ok(self)
    }

    /// The mark of a place; 404 when nothing stands there.
    pub(super) fn mark(&self, piece: &Piece) -> Result<String, AppError> {
        piece.mark(&self.draft.body).ok_or(AppError::NotFound)
    }
}

/// Opens a draft for a steward.
pub(super) async fn open(app: &App, visit: &mut Visit, id: RulesetDraftId) -> Result<Opened, AppError> {
    rules::can_edit_rulesets(&visit.actor)?;
    let draft = drafts::load(&mut visit.db, id).await?;
    let base = app.rulesets.get(&mut visit.db, draft.based_on).await?;
    Ok(Opened { actor: visit.actor.clone(), draft, base })
}

/// A kind of unit in an address.
pub(super) fn subject(word: &str) -> Result<SubjectKind, AppError> {
    word.parse().map_err(|_| AppError::NotFound)
}

/// The frame of a page about a draft, with the way to it.
pub(super) fn frame(app: &App, opened: &Opened, title: &str) -> Shell {
    shell(app, &opened.actor, title, urls::CURRENT)
        .crumb("Bộ quy định", urls::LIST)
        .crumb(&opened.draft.body.title, urls::draft(opened.id()))
        .here(title)
}

/// A form that is drawn: as it stands, again with its sentences, or beside what somebody else wrote meanwhile.
pub(super) struct Drawn {
    pub(super) form: Filled,
    /// What is typed, and what stands there now.
    pub(super) versus: Option<(String, String)>,
}

impl Drawn {
    /// A form that nobody has typed into yet.
    pub(super) fn fresh(form: Filled, opened: &Opened, piece: &Piece) -> Result<Self, AppError> {
        Ok(Self { form: form.with(MARK, opened.mark(piece)?), versus: None })
    }

    /// The page with the status that goes with it.
    pub(super) fn answer(conflict: bool, bad: bool, page: impl IntoResponse) -> Response {
        let status = match (conflict, bad) {
            (true, _) => StatusCode::CONFLICT,
            (false, true) => StatusCode::UNPROCESSABLE_ENTITY,
            (false, false) => StatusCode::OK,
        };
        (status, page).into_response()
    }
}

/// What became of a posted form.
pub(super) enum Saved {
    Done(Edit),
    Drawn(Drawn),
}

/// What a page that edits has around its fields.
pub(super) struct Sheet {
    pub(super) heading: String,
    pub(super) action: String,
    pub(super) back: String,
    pub(super) versus: Option<(String, String)>,
}

/// The frame and the sheet of a form.
pub(super) fn sheet(
    app: &App,
    opened: &Opened,
    (heading, action, back): (&str, String, String),
    drawn: &Drawn,
) -> (Shell, Sheet) {
    let shell = frame(app, opened, heading).failing(drawn.form.is_bad());
    (shell, Sheet { heading: heading.to_owned(), action, back, versus: drawn.versus.clone() })
}

/// Reads a posted form and does the edit.
pub(super) async fn save(
    posted: Posted,
    (opened, piece): (&Opened, &Piece),
    parse: impl FnOnce(Filled) -> Result<Edit, Filled>,
) -> Result<Saved, AppError> {
    let edit = match posted.parse(parse) {
        Ok(edit) => edit,
        Err(form) => return Ok(Saved::Drawn(Drawn { form, versus: None })),
    };
    let Posted { visit: Visit { actor, db, now }, form, .. } = posted;
    let (id, mark, work) = (opened.id(), form.value(MARK).to_owned(), edit.clone());
    match unstoppable(async move { actions::edit(db, &actor, (id, &mark), &work, now).await }).await? {
        Ok(()) => Ok(Saved::Done(edit)),
        Err(Refused::Invalid(faults)) => Ok(Saved::Drawn(Drawn { form: form.with_faults(faults), versus: None })),
        Err(Refused::Stale) => Ok(Saved::Drawn(side_by_side((opened, piece), &edit, form)?)),
        Err(refused) => Err(refused.into()),
    }
}

/// Both versions; sending again puts the typed one in the place of the other. A place that is gone is stale for good.
fn side_by_side((opened, piece): (&Opened, &Piece), edit: &Edit, typed: Filled) -> Result<Drawn, AppError> {
    let theirs = &opened.draft.body;
    let (Ok(mine), Some(mark)) = (edit.apply(theirs), piece.mark(theirs)) else { return Err(AppError::Stale) };
    let versus = Some((facts::at(&mine, &edit.written()), facts::at(theirs, piece)));
    Ok(Drawn { form: typed.replaced(MARK, mark), versus })
}
