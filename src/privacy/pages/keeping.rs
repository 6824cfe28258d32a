//! How long the ward keeps what ended.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

use super::{Door, doors, frame};
use crate::access::{Actor, Refused, rules};
use crate::app::App;
use crate::platform::db::Scoped;
use crate::privacy::store::{self, Keeping};
use crate::privacy::{actions, form, urls};
use crate::web::error::AppError;
use crate::web::filters;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::page::again;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;

#[derive(Template, WebTemplate)]
#[template(path = "privacy/keeping.html")]
struct KeepingPage {
    shell: Shell,
    doors: Vec<Door>,
    keeping: Keeping,
    form: Filled,
    can_set: bool,
}

async fn draw(
    app: &App,
    (actor, db, now): (&Actor, &mut Scoped, chrono::DateTime<chrono::Utc>),
    form: Option<Filled>,
) -> Result<Response, AppError> {
    rules::can_read_access_log(actor)?;
    let keeping = store::keeping(db, actor.ward().ok_or(Refused::NotFound)?, now).await?;
    let form = form.unwrap_or_else(|| Filled::default().with("so-nam", keeping.years.to_string()));
    let page = KeepingPage {
        shell: frame(app, actor, "Thời hạn lưu dữ liệu hộ").failing(form.is_bad()),
        doors: doors(actor, urls::RETENTION),
        can_set: rules::can_set_retention(actor).is_ok(),
        keeping,
        form,
    };
    Ok(again(page.form.is_bad(), page))
}

/// The page.
pub(super) async fn page(State(app): State<App>, visit: Visit) -> Result<Response, AppError> {
    let Visit { actor, mut db, now } = visit;
    draw(&app, (&actor, &mut db, now), None).await
}

/// Sets the years.
pub(super) async fn set(State(app): State<App>, posted: Posted) -> Result<Response, AppError> {
    rules::can_set_retention(&posted.visit.actor)?;
    let parsed = posted.parse(form::years);
    let Visit { actor, mut db, now } = posted.visit;
    match parsed {
        Ok(years) => {
            unstoppable(async move { actions::set_years(db, &actor, years, now).await }).await??;
            Ok(Redirect::to(urls::RETENTION).into_response())
        }
        Err(form) => draw(&app, (&actor, &mut db, now), Some(form)).await,
    }
}
