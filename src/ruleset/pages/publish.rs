//! Publishing a draft: what is checked, what changes for whom, and under what name.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use sqlx::PgConnection;

use super::draft::{Problem, problems};
use super::edit::{Drawn, Opened, frame, open};
use crate::access::Refused;
use crate::app::App;
use crate::platform::id::RulesetDraftId;
use crate::ruleset::actions::{self, Naming};
use crate::ruleset::model::{Comparison, Piece};
use crate::ruleset::{form as forms, urls};
use crate::web::error::AppError;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::words::ruleset::compare::{self, Section};
use crate::words::ruleset::edit as words;

#[derive(Template, WebTemplate)]
#[template(path = "ruleset/publish.html")]
struct PublishPage {
    shell: Shell,
    form: Filled,
    opened: Opened,
    problems: Vec<Problem>,
    summary: String,
    sections: Vec<Section>,
    whom: String,
    /// The code that the version on the page belongs to, and that version.
    shown: (String, u32),
}

/// The page, with the version that the draft's code gets now; a code that is taken is said at its field.
async fn page(app: &App, opened: Opened, (conn, mut form): (&mut PgConnection, Filled)) -> Result<Response, AppError> {
    let code = opened.draft.body.code.clone();
    let version = match actions::next_version(conn, &opened.actor, &code).await {
        Ok(version) => version,
        Err(Refused::Invalid(faults)) => {
            // Somebody else took it since the draft began. What was just typed may be another one.
            if form.value("ma") == code {
                form = form.with_faults(faults);
            }
            opened.draft.body.version
        }
        Err(refused) => return Err(refused.into()),
    };
    let compared = Comparison::of(&opened.base, &opened.draft.body);
    let page = PublishPage {
        shell: frame(app, &opened, "Công bố").failing(form.is_bad()),
        problems: problems(opened.id(), &opened.draft.body),
        summary: compare::counts(compared.counts()),
        sections: compare::sections(&compared),
        whom: words::whom(&opened.actor),
        shown: (code, version),
        form,
        opened,
    };
    let bad = page.form.is_bad();
    Ok(Drawn::answer(false, bad, page))
}

pub(super) async fn form(
    State(app): State<App>,
    mut visit: Visit,
    Path(id): Path<RulesetDraftId>,
) -> Result<Response, AppError> {
    let opened = open(&app, &mut visit, id).await?.writable()?;
    let mark = opened.mark(&Piece::Whole)?;
    let form = Filled::default().with("ma", &opened.draft.body.code).with("_phien_ban", mark);
    page(&app, opened, (&mut visit.db, form)).await
}

/// What the page showed and what was typed on it.
fn naming(mut form: Filled) -> Result<Naming, Filled> {
    let code = forms::code(&mut form);
    let shown = (form.value("_ma").to_owned(), form.value("_so").parse().unwrap_or_default());
    let mark = form.value("_phien_ban").to_owned();
    form.finish(code.map(|code| Naming { code, shown, mark }))
}

pub(super) async fn publish(
    State(app): State<App>,
    Path(id): Path<RulesetDraftId>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let opened = open(&app, &mut posted.visit, id).await?;
    let naming = match posted.parse(naming) {
        Ok(naming) => naming,
        Err(form) => return page(&app, opened.writable()?, (&mut posted.visit.db, form)).await,
    };
    let Posted { visit: Visit { actor, mut db, now }, form, .. } = posted;
    // A code is looked up once more for the page that says it is taken, so the connection comes back with the refusal.
    let work = async move {
        let done = actions::publish(&mut db, &actor, (id, &naming), now).await;
        (done, db)
    };
    match unstoppable(work).await? {
        (Ok((code, version)), _) => Ok(Redirect::to(&urls::show(&code, version)).into_response()),
        (Err(Refused::Invalid(faults)), mut db) => {
            page(&app, opened.writable()?, (&mut db, form.with_faults(faults))).await
        }
        (Err(refused), _) => Err(refused.into()),
    }
}
