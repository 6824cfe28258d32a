//! A new draft, copied from a published ruleset.

use std::sync::Arc;

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use sqlx::PgConnection;

use crate::access::{Actor, Refused, rules};
use crate::app::App;
use crate::platform::id::RulesetId;
use crate::ruleset::model::Head;
use crate::ruleset::{Ruleset, actions, form as forms, store, urls};
use crate::web::error::AppError;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::page::{again, shell};
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::words::ruleset::edit as words;

#[derive(Template, WebTemplate)]
#[template(path = "ruleset/copy.html")]
struct CopyPage {
    shell: Shell,
    form: Filled,
    origin: Arc<Ruleset>,
    /// For whom the new rules are.
    whom: String,
    action: String,
    back: String,
}

fn page(app: &App, actor: &Actor, origin: Arc<Ruleset>, form: Filled) -> Response {
    let version = origin.version.cast_signed();
    let back = urls::show(&origin.code, version);
    let page = CopyPage {
        shell: shell(app, actor, "Soạn bộ mới", urls::CURRENT)
            .crumb("Bộ quy định", urls::LIST)
            .crumb(&origin.title, &back)
            .here("Soạn bộ mới")
            .failing(form.is_bad()),
        whom: words::whom(actor),
        action: urls::copy(&origin.code, version),
        back,
        origin,
        form,
    };
    again(page.form.is_bad(), page)
}

/// The published ruleset of that name, for a steward.
async fn find(
    app: &App,
    (actor, conn): (&Actor, &mut PgConnection),
    (code, version): (&str, i32),
) -> Result<(RulesetId, Arc<Ruleset>), AppError> {
    rules::can_edit_rulesets(actor)?;
    let id = store::find(conn, code, version).await?.ok_or(AppError::NotFound)?;
    Ok((id, app.rulesets.get(conn, id).await?))
}

/// The form with the origin's head; its code when the own place publishes under it, since the next version then takes it.
pub(super) async fn form(
    State(app): State<App>,
    visit: Visit,
    Path((code, version)): Path<(String, i32)>,
) -> Result<Response, AppError> {
    let Visit { actor, mut db, .. } = visit;
    let (_, origin) = find(&app, (&actor, &mut db), (&code, version)).await?;
    let own = actions::next_version(&mut db, &actor, &code).await.is_ok();
    let form = forms::of_head(&Head::of(&origin)).with("ma", if own { code } else { String::new() });
    Ok(page(&app, &actor, origin, form))
}

pub(super) async fn create(
    State(app): State<App>,
    Path((code, version)): Path<(String, i32)>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let visit = &mut posted.visit;
    let (base, origin) = find(&app, (&visit.actor, &mut visit.db), (&code, version)).await?;
    let (code, head) = match posted.parse(forms::copied) {
        Ok(new) => new,
        Err(form) => return Ok(page(&app, &posted.visit.actor, origin, form)),
    };
    let Posted { visit: Visit { actor, db, now }, form, .. } = posted;
    let (rulesets, by) = (app.rulesets.clone(), actor.clone());
    let work = async move { actions::copy(db, &rulesets, &by, (base, &code, &head), now).await };
    match unstoppable(work).await? {
        Ok(id) => Ok(Redirect::to(&urls::draft(id)).into_response()),
        Err(Refused::Invalid(faults)) => Ok(page(&app, &actor, origin, form.with_faults(faults))),
        Err(refused) => Err(refused.into()),
    }
}
