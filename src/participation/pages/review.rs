//! The checklist at the beginning of a year.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::choices;
use crate::access::{Role, rules};
use crate::app::App;
use crate::participation::form::Asked;
use crate::participation::model::review::Checklist;
use crate::participation::{actions, store, urls};
use crate::platform::id::UnitId;
use crate::privacy;
use crate::privacy::model::{Look, What};
use crate::web::error::AppError;
use crate::web::filters;
use crate::web::flights::unstoppable;
use crate::web::page::shell;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::words::participation as words;

#[derive(Template, WebTemplate)]
#[template(path = "participation/review.html")]
struct ReviewPage {
    shell: Shell,
    heading: String,
    list: Checklist,
    groups: Vec<(String, String, bool)>,
    /// Who went through it, and when.
    reviewed: Option<String>,
    may_finish: bool,
}

/// The page.
pub(super) async fn page(
    State(app): State<App>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    let Visit { actor, mut db, now } = visit;
    rules::can_see_register(&actor)?;
    let list = store::checklist(&mut db, &actor, asked.view().group.as_deref(), now).await?;
    let rows = list.came.len() + list.left.len() + list.heads.len();
    let look = Look { what: What::List, group: Some(list.group), household: None, rows };
    privacy::store::log(&mut db, &actor, look, now).await?;
    let title = format!("Rà soát sổ hộ đầu năm {}", list.year);
    let heading = if actor.role() == Role::GroupLeader { title.clone() } else { format!("{title}, {}", list.short) };
    let page = ReviewPage {
        shell: shell(&app, &actor, title, urls::STREET)
            .crumb("Ký cam kết", urls::of_group(urls::STREET, &list.code))
            .here("Rà soát đầu năm"),
        heading,
        groups: choices(&list.groups, &list.code),
        may_finish: list.is_newest && rules::may_record(&actor, list.group).is_ok(),
        reviewed: list.reviewed.as_ref().map(|(at, by)| format!("{by}, {}.", filters::dates::moment(*at))),
        list,
    };
    Ok(page.into_response())
}

/// "Đã rà soát xong".
pub(super) async fn finish(Query(asked): Query<Asked>, posted: Posted) -> Result<Response, AppError> {
    let back = match asked.view().group {
        Some(code) => urls::of_group(urls::REVIEW, &code),
        None => urls::REVIEW.to_owned(),
    };
    if posted.redraw {
        return Ok(Redirect::to(&back).into_response());
    }
    let group: UnitId = posted.form.value("nhom").parse().map_err(|_| AppError::Stale)?;
    let year: i32 = posted.form.value("nam").parse().map_err(|_| AppError::Stale)?;
    let Posted { visit: Visit { actor, db, now }, .. } = posted;
    unstoppable(async move { actions::finish_review(db, &actor, (group, year), now).await }).await??;
    Ok(Redirect::to(&back).into_response())
}
