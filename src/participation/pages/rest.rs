//! Who is still open, to print and to fill in by pen on the next round.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Query, State};

use super::{Progress, Stretch, choices, due, stretches};
use crate::access::rules;
use crate::app::App;
use crate::participation::form::Asked;
use crate::participation::model::Mark;
use crate::participation::model::street::{Door, Only, Street, View, WHOLE};
use crate::participation::{store, urls};
use crate::privacy::model::What;
use crate::web::error::AppError;
use crate::web::filters::{TimeLeft, dates, numbers};
use crate::web::page::shell;
use crate::web::session::Visit;
use crate::web::shell::Shell;
use crate::words::participation as words;

/// A line of the list.
struct Line {
    door: Door,
    why: &'static str,
}

#[derive(Template, WebTemplate)]
#[template(path = "participation/rest.html")]
struct RestPage {
    shell: Shell,
    street: Street,
    view: View,
    due: Option<(TimeLeft, String)>,
    progress: Progress,
    printed: String,
    stretches: Vec<Stretch<Line>>,
    groups: Vec<(String, String, bool)>,
}

/// The page. It is printed, so the look is written as one.
pub(super) async fn page(
    State(app): State<App>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Result<impl axum::response::IntoResponse, AppError> {
    let Visit { actor, mut db, now } = visit;
    rules::can_see_register(&actor)?;
    let asked = asked.view();
    let view = View { group: asked.group, mark: asked.mark, only: Only::Open, ..View::default() };
    let ask = store::Ask { view: &view, limit: WHOLE, what: What::Print };
    let street = store::street(&mut db, &actor, ask, now).await?;
    let title = format!("Còn {} hộ {}", numbers::number(street.doors.len()), words::open(view.mark).to_lowercase());
    Ok(RestPage {
        shell: shell(&app, &actor, title, urls::STREET)
            .crumb(words::title(view.mark), urls::street(&View { only: Only::All, ..view.clone() }))
            .here("Danh sách còn lại")
            .wide(),
        due: due(&street, now),
        progress: Progress::new(&street.tally, view.mark),
        printed: dates::day(now),
        stretches: stretches(&street, |door| Line {
            why: door.why.map(words::why).unwrap_or_default(),
            door: door.clone(),
        }),
        groups: choices(&street.groups, &street.code),
        street,
        view,
    })
}
