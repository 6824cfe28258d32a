//! Every kind of paper, with the wording in force.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;

use crate::access::rules;
use crate::app::App;
use crate::paper::model::{Keeper, Kind};
use crate::web::error::AppError;
use crate::web::filters;
use crate::web::page::shell;
use crate::web::session::Visit;
use crate::web::shell::Shell;
use crate::wording::model::InForce;
use crate::wording::{store, urls};
use crate::words::wording as words;

/// The papers of one keeper.
struct Group {
    title: &'static str,
    rows: Vec<(Kind, InForce)>,
    /// The seat may publish them.
    is_own: bool,
}

#[derive(Template, WebTemplate)]
#[template(path = "wording/list.html")]
pub(super) struct ListPage {
    shell: Shell,
    groups: Vec<Group>,
    /// How many published wordings work no longer.
    broken: usize,
}

pub(super) async fn list(State(app): State<App>, visit: Visit) -> Result<ListPage, AppError> {
    let Visit { actor, mut db, .. } = visit;
    rules::can_edit_wordings(&actor)?;
    let all = store::all_in_force(&mut db).await?;
    let broken = all.iter().filter(|(_, it)| !it.faults.is_empty()).count();
    let group = |keeper: Keeper| {
        let rows: Vec<(Kind, InForce)> = all.iter().filter(|(kind, _)| kind.keeper() == keeper).cloned().collect();
        let is_own = rows.iter().all(|(kind, _)| rules::can_publish_wording(&actor, *kind).is_ok());
        Group { title: words::keeper(keeper), rows, is_own }
    };
    Ok(ListPage {
        shell: shell(&app, &actor, "Mẫu văn bản", urls::LIST),
        groups: [Keeper::Group, Keeper::Ward, Keeper::City].map(group).into_iter().collect(),
        broken,
    })
}
