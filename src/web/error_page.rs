//! The page of a refusal or a failure: what happened, by which rule, who can do it, and the way back.

use crate::web::shell::Shell;
use askama::Template;
use askama_web::WebTemplate;

/// Drawn by `templates/error.html`; the caller sets the status.
#[derive(Clone, Debug, Template, WebTemplate)]
#[template(path = "error.html")]
pub struct ErrorPage {
    /// The frame; its title is said again as the heading.
    pub shell: Shell,
    /// Two to four words in a tag above the heading, such as "Trang không mở được".
    pub kind: String,
    /// The icon of the tag: `lock`, `search`, `clock-alert`, `triangle-alert`.
    pub icon: &'static str,
    /// What happened to the person's work: one or two sentences.
    pub lead: String,
    /// Which rule, with its article.
    pub why: Option<String>,
    /// Who can do it and how to reach them.
    pub who: Option<String>,
    /// What this person can do instead.
    pub instead: Option<String>,
    /// The one filled button: words and address.
    pub back: (String, String),
    /// The number of the request, read out to the ward; also in the log.
    pub request: Option<String>,
}

impl ErrorPage {
    /// A page with only a heading, a sentence and the way home.
    #[must_use]
    pub fn new(shell: Shell, kind: &str, icon: &'static str, lead: impl Into<String>) -> Self {
        let home = if shell.signed_in { "Về Việc cần làm" } else { "Về trang đầu" };
        Self {
            shell,
            kind: kind.to_owned(),
            icon,
            lead: lead.into(),
            why: None,
            who: None,
            instead: None,
            back: (home.to_owned(), crate::web::shell::links::HOME.to_owned()),
            request: None,
        }
    }
}
