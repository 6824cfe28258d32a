//! Rulesets to read: whom they judge, by what, until when, on which article, and where plan and circular disagree.

use std::sync::Arc;

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};
use axum::response::Redirect;

use crate::access::rules;
use crate::app::App;
use crate::ruleset::store::draft::ListedDraft;
use crate::ruleset::store::{self, Listed};
use crate::ruleset::{Confidence, CriterionKind, Ruleset, SubjectRules, urls};
use crate::web::error::AppError;
use crate::web::filters;
use crate::web::page::shell;
use crate::web::session::Visit;
use crate::web::shell::Shell;
use crate::words::ruleset as words;

/// To the version the year is pinned to. A city looks at a year over many wards: it gets the newest version of that code.
pub(super) async fn current(visit: Visit) -> Result<Redirect, AppError> {
    let Visit { actor, mut db, .. } = visit;
    let version = match (actor.cycle, actor.ruleset) {
        (Some(cycle), _) => store::pinned(&mut db, cycle).await?,
        (None, Some(code)) => {
            let newest = store::list(&mut db).await?.into_iter().find(|listed| listed.code == code);
            newest.map(|listed| (listed.code, listed.version))
        }
        (None, None) => None,
    };
    let to = version.map_or_else(|| urls::LIST.to_owned(), |(code, version)| urls::show(&code, version));
    Ok(Redirect::to(&to))
}

#[derive(Template, WebTemplate)]
#[template(path = "ruleset/list.html")]
pub(super) struct ListPage {
    shell: Shell,
    rulesets: Vec<Listed>,
    current: Option<String>,
    /// Stewards copy rulesets.
    can_edit: bool,
    drafts: Vec<ListedDraft>,
}

pub(super) async fn list(State(app): State<App>, visit: Visit) -> Result<ListPage, AppError> {
    let Visit { actor, mut db, .. } = visit;
    let (rulesets, drafts) = store::shelf(&mut db).await?;
    Ok(ListPage {
        shell: shell(&app, &actor, "Bộ quy định", urls::CURRENT),
        rulesets,
        drafts,
        can_edit: rules::can_edit_rulesets(&actor).is_ok(),
        current: actor.ruleset,
    })
}

#[derive(Template, WebTemplate)]
#[template(path = "ruleset/show.html")]
pub(super) struct ShowPage {
    shell: Shell,
    ruleset: Arc<Ruleset>,
    /// Not published yet.
    is_draft: bool,
    can_edit: bool,
}

impl ShowPage {
    /// A draft as its readers would see it.
    pub(super) fn of_draft(shell: Shell, ruleset: Arc<Ruleset>) -> Self {
        Self { shell, ruleset, is_draft: true, can_edit: false }
    }

    fn version(&self) -> i32 {
        self.ruleset.version.cast_signed()
    }

    /// How sure we are, said only where we are not.
    fn caution(confidence: Confidence) -> Option<&'static str> {
        match confidence {
            Confidence::H => None,
            Confidence::M => Some("Suy ra từ văn bản."),
            Confidence::L => Some("Chưa đọc trong văn bản gốc."),
        }
    }

    fn decided(&self, rules: &SubjectRules, kind: &CriterionKind) -> Vec<String> {
        words::decided(&self.ruleset, rules.subject, kind)
    }
}

pub(super) async fn show(
    State(app): State<App>,
    visit: Visit,
    Path((code, version)): Path<(String, i32)>,
) -> Result<ShowPage, AppError> {
    let Visit { actor, mut db, .. } = visit;
    let id = store::find(&mut db, &code, version).await?.ok_or(AppError::NotFound)?;
    let ruleset = app.rulesets.get(&mut db, id).await?;
    let shell = shell(&app, &actor, ruleset.title.clone(), urls::CURRENT);
    let shell = shell.crumb("Bộ quy định", urls::LIST).here(&ruleset.title);
    let can_edit = rules::can_edit_rulesets(&actor).is_ok();
    Ok(ShowPage { shell, ruleset, is_draft: false, can_edit })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(code: &str) -> String {
        let ruleset = crate::ruleset::shipped().unwrap().into_iter().find(|it| it.code == code).unwrap();
        let shell = Shell::public(ruleset.title.clone());
        ShowPage { shell, ruleset: Arc::new(ruleset), is_draft: false, can_edit: false }.render().unwrap()
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
