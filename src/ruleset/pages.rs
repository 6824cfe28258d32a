//! Rulesets to read: whom they judge, by what, until when, on which article, and where plan and circular disagree.

use std::sync::Arc;

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};
use axum::response::Redirect;
use axum::{Router, routing::get};

use super::store::{self, Listed};
use super::{Confidence, Ruleset, SubjectRules};
use crate::app::App;
use crate::web::error::AppError;
use crate::web::filters;
use crate::web::page::shell;
use crate::web::session::Visit;
use crate::web::shell::Shell;
use crate::words::ruleset as words;

/// The rules of the year that is looked at.
pub const CURRENT: &str = "/quy-dinh";
/// Every published ruleset.
pub const LIST: &str = "/bo-quy-dinh";
/// One version.
pub const SHOW: &str = "/bo-quy-dinh/{code}/{version}";

/// Link to one version.
#[must_use]
pub fn show_url(code: &str, version: i32) -> String {
    format!("/bo-quy-dinh/{code}/{version}")
}

/// The pages of rulesets.
pub fn routes() -> Router<App> {
    Router::new().route(CURRENT, get(current)).route(LIST, get(list)).route(SHOW, get(show))
}

/// To the version the year is pinned to. A city looks at a year over many wards: it gets the newest version of that code.
async fn current(visit: Visit) -> Result<Redirect, AppError> {
    let Visit { actor, mut db, .. } = visit;
    let version = match (actor.cycle, actor.ruleset) {
        (Some(cycle), _) => store::pinned(&mut db, cycle).await?,
        (None, Some(code)) => {
            let newest = store::list(&mut db).await?.into_iter().find(|listed| listed.code == code);
            newest.map(|listed| (listed.code, listed.version))
        }
        (None, None) => None,
    };
    let to = version.map_or_else(|| LIST.to_owned(), |(code, version)| show_url(&code, version));
    Ok(Redirect::to(&to))
}

#[derive(Template, WebTemplate)]
#[template(path = "ruleset/list.html")]
struct ListPage {
    shell: Shell,
    rulesets: Vec<Listed>,
    current: Option<String>,
}

async fn list(State(app): State<App>, visit: Visit) -> Result<ListPage, AppError> {
    let Visit { actor, mut db, .. } = visit;
    Ok(ListPage {
        shell: shell(&app, &actor, "Bộ quy định", CURRENT),
        rulesets: store::list(&mut db).await?,
        current: actor.ruleset,
    })
}

#[derive(Template, WebTemplate)]
#[template(path = "ruleset/show.html")]
struct ShowPage {
    shell: Shell,
    ruleset: Arc<Ruleset>,
}

impl ShowPage {
    /// How sure we are, said only where we are not.
    fn caution(confidence: Confidence) -> Option<&'static str> {
        match confidence {
            Confidence::H => None,
            Confidence::M => Some("Suy ra từ văn bản."),
            Confidence::L => Some("Chưa đọc trong văn bản gốc."),
        }
    }

    fn decided(&self, rules: &SubjectRules, kind: &super::CriterionKind) -> Vec<String> {
        words::decided(&self.ruleset, rules.subject, kind)
    }
}

async fn show(
    State(app): State<App>,
    visit: Visit,
    Path((code, version)): Path<(String, i32)>,
) -> Result<ShowPage, AppError> {
    let Visit { actor, mut db, .. } = visit;
    let id = store::find(&mut db, &code, version).await?.ok_or(AppError::NotFound)?;
    let ruleset = app.rulesets.get(&mut db, id).await?;
    let shell = shell(&app, &actor, ruleset.title.clone(), CURRENT).crumb("Bộ quy định", LIST).here(&ruleset.title);
    Ok(ShowPage { shell, ruleset })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(code: &str) -> String {
        let ruleset = crate::ruleset::shipped().unwrap().into_iter().find(|it| it.code == code).unwrap();
        ShowPage { shell: Shell::public(ruleset.title.clone()), ruleset: Arc::new(ruleset) }.render().unwrap()
    }

    #[test]
    fn differences_articles_and_doubts_are_on_the_page() {
        let page = drawn("kh390-2024");
        for words in [
            "Kế hoạch và Thông tư khác nhau ở đâu",
            "Ai công nhận tổ dân phố",
            "Điều 4 khoản 1.3",
            "Điều 5 khoản 1.3",
            "trước 31/3",
            "16/11 năm trước đến hết 15/11",
            words::NEEDS_CHECK,
            "Suy ra từ văn bản.",
            "124/2021/TT-BCA",
        ] {
            assert!(page.contains(words), "{words}");
        }
        assert!(!page.contains("124/2012"));
    }

    #[test]
    fn every_shipped_ruleset_can_be_read() {
        for ruleset in crate::ruleset::shipped().unwrap() {
            let page = drawn(&ruleset.code);
            for rules in &ruleset.subjects {
                assert!(page.contains(&format!("id=\"{}\"", rules.subject.as_str())));
            }
        }
    }
}
