//! Where the way goes on: one address for every "Làm tiếp", so that home, a saved part and a saved criterion cannot disagree.

use axum::extract::{Path, State};
use axum::response::Redirect;
use chrono::{DateTime, Utc};

use crate::access::{Actor, rules};
use crate::app::App;
use crate::dossier::actions::{self, Opened};
use crate::dossier::model::{PartState, Status};
use crate::dossier::urls;
use crate::platform::id::DossierId;
use crate::ruleset::DossierKind;
use crate::web::error::AppError;
use crate::web::session::Visit;

/// Leads to what is to be done next.
pub(super) async fn next(
    State(app): State<App>,
    mut visit: Visit,
    Path(id): Path<DossierId>,
) -> Result<Redirect, AppError> {
    let opened = actions::open(&mut visit.db, &app.rulesets, id).await?;
    Ok(Redirect::to(&way(&visit.actor, &opened, visit.now)?))
}

/// A complete dossier is looked over and handed in; a single returned thing is mended; a request goes on with its next criterion;
/// otherwise the dossier itself shows what there is.
fn way(actor: &Actor, opened: &Opened, now: DateTime<Utc>) -> anyhow::Result<String> {
    let (whole, facts) = (&opened.whole, opened.facts(now)?);
    let id = whole.dossier.id;
    if rules::can_submit(actor, &whole.dossier, &facts).is_ok() {
        return Ok(urls::submit(id));
    }
    if rules::can_edit(actor, &whole.dossier, &facts).is_err() {
        return Ok(urls::show(id));
    }
    let of_kind = opened.rules()?;
    let due =
        of_kind.criteria.iter().filter(|it| whole.assessment_is_due(&it.code) && whole.criterion_is_open(&it.code));
    let due = due.map(|it| urls::assess(id, &it.code));
    if whole.dossier.status == Status::Returned {
        let parts = of_kind.parts(whole.dossier.kind).iter().filter(|it| whole.part_state(it) == PartState::Returned);
        let open: Vec<String> = parts.map(|it| urls::part(id, &it.code)).chain(due).collect();
        return Ok(match &open[..] {
            [one] => one.clone(),
            _ => urls::show(id),
        });
    }
    let next = due.take(1).last().filter(|_| whole.dossier.kind == DossierKind::Request);
    Ok(next.unwrap_or_else(|| urls::show(id)))
}
