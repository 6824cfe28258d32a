//! One count: what it says, who confirmed it, what it said before.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};

use super::{frame, open};
use crate::access::rules;
use crate::app::App;
use crate::incident::model::{Belongs, Count, When};
use crate::incident::store::{self, Version};
use crate::incident::urls;
use crate::platform::id::IncidentId;
use crate::web::error::AppError;
use crate::web::filters;
use crate::web::session::Visit;
use crate::web::shell::Shell;
use crate::words::dossier::Tag;
use crate::words::incident as words;

/// A count as it stood, in words.
struct Past {
    said: String,
    version: Version,
}

#[derive(Template, WebTemplate)]
#[template(path = "incident/show.html")]
pub(super) struct ShowPage {
    shell: Shell,
    title: String,
    count: Count,
    group: String,
    tag: Tag,
    /// The year in which it counts, when that is another one.
    elsewhere: Option<i32>,
    past: Vec<Past>,
    may_correct: bool,
    may_confirm: bool,
}

/// `/vu-viec/{id}`.
pub(super) async fn show(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<IncidentId>,
) -> Result<ShowPage, AppError> {
    let Visit { actor, mut db, .. } = visit;
    let opened = open(&app, &mut db, &actor).await?;
    let story = store::story(&mut db, id).await?;
    let (count, kinds) = (story.count, opened.kinds());
    let title = words::kind(kinds, &count.facts.kind).to_owned();
    let belongs = match count.facts.when {
        When::Day(day) => opened.year.belongs(day, count.facts.group.is_some()),
        When::Year(year) if year == opened.year.year => Belongs::Here,
        When::Year(year) => Belongs::To(year),
    };
    let past = |version: Version| {
        let when = When::of(version.happened_on, version.of_year).map(words::when).unwrap_or_default();
        let (kind, group) = (words::kind(kinds, &version.kind), words::group(version.group.as_deref()));
        let said =
            format!("{} vụ {kind}, {}, {when}, {group}", version.n, words::gravity(version.gravity).to_lowercase());
        Past { said, version }
    };
    Ok(ShowPage {
        shell: frame(&app, &actor, &title).crumb("Số vụ việc", urls::LIST).here(&title),
        tag: words::state(count.confirmed.is_some(), count.void.is_some()),
        group: words::group(story.group.as_deref()).to_owned(),
        elsewhere: match belongs {
            Belongs::To(year) => Some(year),
            Belongs::Here | Belongs::TooOld => None,
        },
        past: story.versions.into_iter().map(past).collect(),
        may_correct: rules::can_correct_incident(&actor, &count).is_ok(),
        may_confirm: count.void.is_none() && count.confirmed.is_none() && rules::can_confirm_incidents(&actor).is_ok(),
        title,
        count,
    })
}
