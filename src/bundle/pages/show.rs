//! One bundle: how far it is, or its file, or why there is none.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Redirect, Response};

use super::frame;
use crate::access::rules;
use crate::app::App;
use crate::bundle::model::{Bundle, State as Stage};
use crate::bundle::{actions, store, urls};
use crate::platform::id::BundleId;
use crate::platform::jobs::{self, Progress};
use crate::web::error::AppError;
use crate::web::filters::{self, numbers};
use crate::web::flights::unstoppable;
use crate::web::icons;
use crate::web::page::capital;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::words::bundle as words;

#[derive(Template, WebTemplate)]
#[template(path = "bundle/show.html")]
struct ShowPage {
    shell: Shell,
    bundle: Bundle,
    title: String,
    progress: Option<Progress>,
    /// Why it was not made.
    fault: Option<String>,
    list: String,
}

impl ShowPage {
    fn steps(&self, progress: &Progress) -> String {
        format!("{}/{}", numbers::number(progress.done), numbers::number(progress.total))
    }
}

/// The page. While it waits it looks again by itself, without script.
pub(super) async fn page(
    State(app): State<App>,
    Path(id): Path<BundleId>,
    mut visit: Visit,
) -> Result<Response, AppError> {
    rules::can_see_bundles(&visit.actor)?;
    let bundle = store::load(&mut visit.db, id, visit.now).await?;
    let mut progress = None;
    let mut fault = bundle.fault.clone();
    if bundle.state == Stage::Waiting {
        progress = jobs::store::progress(&mut visit.db, id.uuid()).await?;
        // A worker that died three times left no sentence.
        if progress.as_ref().is_some_and(|it| it.state == "failed") {
            fault = Some(words::trouble(words::Trouble::Broken).to_owned());
        }
    }
    let waits = bundle.state == Stage::Waiting && fault.is_none();
    let list = urls::list(bundle.order.place.ward, bundle.year);
    let title = words::title(&bundle);
    let mut shell = frame(&app, &visit.actor, &title);
    shell.year = Some(bundle.year);
    if visit.actor.role().is_city() {
        let package = crate::recognition::urls::package(bundle.order.place.ward, bundle.year);
        shell = shell.crumb("Phường, xã", crate::home::urls::HOME).crumb(capital(&bundle.ward_name), package);
    }
    let shell = shell.crumb("Tải ra tệp", list.clone()).here(title.clone());
    let mut response = ShowPage { shell, bundle, title, progress, fault, list }.into_response();
    if waits {
        response.headers_mut().insert(HeaderName::from_static("refresh"), HeaderValue::from_static("1"));
    }
    Ok(response)
}

/// Has one tried again.
pub(super) async fn again(
    State(app): State<App>,
    Path(id): Path<BundleId>,
    posted: Posted,
) -> Result<Redirect, AppError> {
    rules::can_see_bundles(&posted.visit.actor)?;
    if !posted.redraw {
        let Visit { actor, db, now } = posted.visit;
        unstoppable(async move { actions::again(db, &app.bell, &actor, id, now).await }).await??;
    }
    Ok(Redirect::to(&urls::show(id)))
}
