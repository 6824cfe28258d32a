//! The dossiers that this seat keeps.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;

use crate::app::App;
use crate::dossier::store::{self, Kept};
use crate::dossier::urls;
use crate::web::error::AppError;
use crate::web::session::Visit;
use crate::web::shell::Shell;
use crate::web::{filters, page};
use crate::words::dossier::{self as words, Tag};

#[derive(Template, WebTemplate)]
#[template(path = "dossier/mine.html")]
pub(super) struct MinePage {
    shell: Shell,
    year: Option<i32>,
    dossiers: Vec<(Kept, Tag, &'static str, String)>,
}

/// For a group seat its groups' dossiers, for a ward seat the ward's own.
pub(super) async fn mine(State(app): State<App>, mut visit: Visit) -> Result<MinePage, AppError> {
    let cycle = visit.actor.cycle.ok_or(AppError::NotFound)?;
    let kept = store::kept(&mut visit.db, cycle).await?;
    let row = |kept: Kept| {
        let tag = words::status(kept.status);
        let (kind, href) = (words::kind(kept.kind), urls::show(kept.id));
        (kept, tag, kind, href)
    };
    Ok(MinePage {
        shell: page::shell(&app, &visit.actor, "Hồ sơ", urls::MINE),
        year: visit.actor.year,
        dossiers: kept.into_iter().map(row).collect(),
    })
}
