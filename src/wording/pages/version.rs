//! One version: what it says, how it differs from the one in force, and the way back to it.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::{Look, kind as kind_of};
use crate::access::{Actor, Refused, rules};
use crate::app::App;
use crate::paper::model::{Difference, Fault, Kind, Wording};
use crate::platform::db::Scoped;
use crate::web::error::AppError;
use crate::web::filters;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::page::shell;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::wording::model::{InForce, Stored, Version, Which, faults, sample};
use crate::wording::{actions, store, urls};
use crate::words::wording as words;

#[derive(Template, WebTemplate)]
#[template(path = "wording/version.html")]
struct VersionPage {
    shell: Shell,
    kind: Kind,
    which: Which,
    /// Who published it when; none for the one of the program.
    published: Option<Version>,
    in_force: InForce,
    can_publish: bool,
    /// Why it works no longer.
    faults: Vec<Fault>,
    differences: Vec<Difference>,
    look: Option<Look>,
    form: Filled,
}

impl VersionPage {
    fn is_in_force(&self) -> bool {
        self.in_force.which() == self.which
    }
}

async fn page(
    app: &App,
    (actor, db): (&Actor, &mut Scoped),
    (kind, which): (Kind, Which),
    form: Filled,
) -> Result<Response, AppError> {
    let in_force = store::in_force(db, kind).await?;
    let (published, wording) = match which {
        Which::BuiltIn => (None, Wording::built_in(kind)),
        _ => {
            let Stored { version, wording } = store::find(db, kind, which).await?.ok_or(AppError::NotFound)?;
            (Some(version), wording)
        }
    };
    let title = words::which(which);
    let page = VersionPage {
        shell: shell(app, actor, format!("{title}: {}", words::title(kind)), urls::LIST)
            .crumb("Mẫu văn bản", urls::LIST)
            .crumb(words::title(kind), urls::one(kind))
            .here(&title)
            .failing(form.is_bad()),
        can_publish: rules::can_publish_wording(actor, kind).is_ok(),
        faults: faults(&wording),
        differences: wording.text.differences(&in_force.wording.text),
        look: wording.draft(&sample::full(kind)).ok().map(|said| Look::of(&said)),
        published,
        kind,
        which,
        in_force,
        form,
    };
    let status = if page.form.is_bad() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, page).into_response())
}

fn asked((kind, version): &(String, String)) -> Result<(Kind, Which), AppError> {
    Ok((kind_of(kind)?, version.parse().map_err(|()| AppError::NotFound)?))
}

pub(super) async fn show(
    State(app): State<App>,
    mut visit: Visit,
    Path(at): Path<(String, String)>,
) -> Result<Response, AppError> {
    rules::can_edit_wordings(&visit.actor)?;
    page(&app, (&visit.actor, &mut visit.db), asked(&at)?, Filled::default()).await
}

pub(super) async fn take_again(
    State(app): State<App>,
    Path(at): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, AppError> {
    let (kind, which) = asked(&at)?;
    rules::can_publish_wording(&posted.visit.actor, kind)?;
    let seen: Which = posted.form.value("_phien_ban").parse().map_err(|()| AppError::Stale)?;
    let Posted { visit: Visit { actor, mut db, now }, form, .. } = posted;
    let (done, actor, mut db) = unstoppable(async move {
        let done = actions::take_again(&mut db, &actor, (kind, seen), which, now).await;
        (done, actor, db)
    })
    .await?;
    match done {
        Ok(version) => Ok(Redirect::to(&urls::version(kind, Which::Own(version))).into_response()),
        // There is no field here: what is wrong is said about the whole.
        Err(Refused::Invalid(found)) => {
            let found = found.into_iter().map(|(_, sentence)| ("", sentence)).collect();
            page(&app, (&actor, &mut db), (kind, which), form.with_faults(found)).await
        }
        Err(refused) => Err(refused.into()),
    }
}
