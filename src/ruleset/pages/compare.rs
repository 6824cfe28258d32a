//! Two rulesets side by side.

use std::sync::Arc;

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, Query, State};
use serde::Deserialize;

use super::edit::{frame, open};
use crate::app::App;
use crate::platform::id::RulesetDraftId;
use crate::ruleset::model::Comparison;
use crate::ruleset::{Ruleset, store, urls};
use crate::web::error::AppError;
use crate::web::page::shell;
use crate::web::session::Visit;
use crate::web::shell::Shell;
use crate::words::ruleset::compare::{self, Section};

/// `?voi=kh390-2024.1`: the ruleset to compare with.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    voi: String,
}

/// The choice of the other ruleset.
struct Choice {
    action: String,
    others: Vec<(String, String)>,
    chosen: String,
}

#[derive(Template, WebTemplate)]
#[template(path = "ruleset/compare.html")]
pub(super) struct ComparePage {
    shell: Shell,
    /// None for a draft: it is compared with its origin.
    choice: Option<Choice>,
    /// Title and version of the old one and of the new one.
    names: Option<(String, String)>,
    summary: String,
    sections: Vec<Section>,
    back: String,
}

fn name(ruleset: &Ruleset) -> String {
    format!("{}, phiên bản {}", ruleset.title, ruleset.version)
}

/// A draft beside the ruleset it was copied from.
pub(super) async fn draft(
    State(app): State<App>,
    mut visit: Visit,
    Path(id): Path<RulesetDraftId>,
) -> Result<ComparePage, AppError> {
    let opened = open(&app, &mut visit, id).await?;
    let compared = Comparison::of(&opened.base, &opened.draft.body);
    Ok(ComparePage {
        shell: frame(&app, &opened, "So sánh với bộ gốc"),
        choice: None,
        names: Some((name(&opened.base), format!("{} (đang soạn)", opened.draft.body.title))),
        summary: compare::counts(compared.counts()),
        sections: compare::sections(&compared),
        back: urls::draft(id),
    })
}

/// Two published rulesets; whoever reads rulesets may set them side by side. The one in the address is the new one.
pub(super) async fn published(
    State(app): State<App>,
    visit: Visit,
    Path((code, version)): Path<(String, i32)>,
    Query(asked): Query<Asked>,
) -> Result<ComparePage, AppError> {
    let Visit { actor, mut db, .. } = visit;
    let all = store::list(&mut db).await?;
    let key = |listed: &store::Listed| format!("{}.{}", listed.code, listed.version);
    let own = format!("{code}.{version}");
    let find = |wanted: &str| all.iter().find(|listed| key(listed) == wanted);
    let new: Arc<Ruleset> = app.rulesets.get(&mut db, find(&own).ok_or(AppError::NotFound)?.id).await?;
    // What cannot be read is as if it were not there: an old link shows the choice, not an error.
    let old = match find(&asked.voi).filter(|listed| key(listed) != own) {
        Some(listed) => Some(app.rulesets.get(&mut db, listed.id).await?),
        None => None,
    };
    let compared = old.as_deref().map(|old| Comparison::of(old, &new));
    let (back, title) = (urls::show(&code, version), "So sánh hai bộ");
    let others = all.iter().filter(|listed| key(listed) != own);
    let others = others.map(|listed| (key(listed), format!("{}, phiên bản {}", listed.title, listed.version)));
    Ok(ComparePage {
        shell: shell(&app, &actor, title, urls::CURRENT)
            .crumb("Bộ quy định", urls::LIST)
            .crumb(&new.title, &back)
            .here(title),
        choice: Some(Choice { action: urls::compare(&code, version), others: others.collect(), chosen: asked.voi }),
        names: old.as_deref().map(|old| (name(old), name(&new))),
        summary: compared.as_ref().map_or_else(String::new, |compared| compare::counts(compared.counts())),
        sections: compared.as_ref().map_or_else(Vec::new, compare::sections),
        back,
    })
}
