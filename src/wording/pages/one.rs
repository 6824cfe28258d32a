//! One kind of paper: its three texts, what they say in a sample, the names they may use, and older versions.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::guide::{Section, sections, tables};
use super::{Look, kind as kind_of};
use crate::access::{Actor, Refused, rules};
use crate::app::App;
use crate::paper::model::{Difference, Kind, Text, Wording};
use crate::platform::db::Scoped;
use crate::web::error::AppError;
use crate::web::filters;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::page::shell;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::wording::form as forms;
use crate::wording::model::{InForce, Proposal, Version, Which, faults, sample};
use crate::wording::{actions, store, urls};
use crate::words::wording as words;

/// The newest version that the form was drawn after.
const SEEN: &str = "_phien_ban";

#[derive(Template, WebTemplate)]
#[template(path = "wording/one.html")]
struct OnePage {
    shell: Shell,
    kind: Kind,
    form: Filled,
    in_force: InForce,
    can_publish: bool,
    versions: Vec<Version>,
    guide: Vec<Section>,
    tables: Vec<(String, &'static str)>,
    /// What the typed texts say in the sample; none while something is wrong with them.
    look: Option<Look>,
    /// Somebody published meanwhile: where what is typed differs from that.
    versus: Option<Vec<Difference>>,
}

/// What is drawn: the form, and whether somebody published meanwhile.
struct Drawn {
    form: Filled,
    conflict: bool,
}

/// The page around a form.
async fn page(
    app: &App,
    (actor, db): (&Actor, &mut Scoped),
    kind: Kind,
    drawn: impl FnOnce(&InForce) -> Drawn,
) -> Result<Response, AppError> {
    let in_force = store::in_force(db, kind).await?;
    let Drawn { form, conflict } = drawn(&in_force);
    let typed = forms::text(form.clone()).ok();
    let page = OnePage {
        shell: shell(app, actor, words::title(kind), urls::LIST)
            .crumb("Mẫu văn bản", urls::LIST)
            .here(words::title(kind))
            .failing(form.is_bad()),
        can_publish: rules::can_publish_wording(actor, kind).is_ok(),
        versions: store::versions(db, kind).await?,
        guide: sections(kind),
        tables: tables(),
        look: typed.as_ref().and_then(|text| look(kind, text)),
        versus: typed.filter(|_| conflict).map(|text| text.differences(&in_force.wording.text)),
        kind,
        in_force,
        form,
    };
    let status = match (conflict, page.form.is_bad()) {
        (true, _) => StatusCode::CONFLICT,
        (false, true) => StatusCode::UNPROCESSABLE_ENTITY,
        (false, false) => StatusCode::OK,
    };
    Ok((status, page).into_response())
}

/// What texts say in the sample year.
fn look(kind: Kind, text: &Text) -> Option<Look> {
    let wording = Wording { kind, version: 0, text: text.clone() };
    wording.draft(&sample::full(kind)).ok().map(|said| Look::of(&said))
}

pub(super) async fn form(
    State(app): State<App>,
    mut visit: Visit,
    Path(word): Path<String>,
) -> Result<Response, AppError> {
    rules::can_edit_wordings(&visit.actor)?;
    let fresh = |in_force: &InForce| Drawn {
        form: forms::of(&in_force.wording.text).with(SEEN, in_force.seen().to_string()),
        conflict: false,
    };
    page(&app, (&visit.actor, &mut visit.db), kind_of(&word)?, fresh).await
}

/// What is wrong with typed texts, at their fields.
fn tried(kind: Kind, form: Filled) -> Filled {
    match forms::text(form.clone()) {
        Ok(text) => {
            let found = faults(&Wording { kind, version: 0, text });
            form.with_faults(found.iter().map(|fault| (words::field(fault.place), words::fault(fault))).collect())
        }
        Err(form) => form,
    }
}

/// What is to be published; the form for a look, and for whatever is wrong: a missing note does not hide what the texts lack.
fn judged(kind: Kind, posted: &Posted) -> Result<Proposal, Filled> {
    if posted.redraw {
        return Err(posted.form.clone());
    }
    let form = tried(kind, posted.form.clone());
    if form.has("lam", "xem") { Err(form) } else { forms::proposal(form) }
}

pub(super) async fn publish(
    State(app): State<App>,
    Path(word): Path<String>,
    posted: Posted,
) -> Result<Response, AppError> {
    let kind = kind_of(&word)?;
    rules::can_publish_wording(&posted.visit.actor, kind)?;
    let seen: Which = posted.form.value(SEEN).parse().map_err(|()| AppError::Stale)?;
    let judged = judged(kind, &posted);
    let Posted { visit: Visit { actor, mut db, now }, form, .. } = posted;
    let proposal = match judged {
        Ok(proposal) => proposal,
        Err(form) => return page(&app, (&actor, &mut db), kind, |_| Drawn { form, conflict: false }).await,
    };
    let (done, actor, mut db) = unstoppable(async move {
        let done = actions::publish(&mut db, &actor, (kind, seen), &proposal, now).await;
        (done, actor, db)
    })
    .await?;
    match done {
        Ok(version) => Ok(Redirect::to(&urls::version(kind, Which::Own(version))).into_response()),
        Err(Refused::Invalid(found)) => {
            let form = form.with_faults(found);
            page(&app, (&actor, &mut db), kind, |_| Drawn { form, conflict: false }).await
        }
        Err(Refused::Stale) => {
            let newer =
                |in_force: &InForce| Drawn { form: form.replaced(SEEN, in_force.seen().to_string()), conflict: true };
            page(&app, (&actor, &mut db), kind, newer).await
        }
        Err(refused) => Err(refused.into()),
    }
}
