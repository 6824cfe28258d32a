//! One row: what the file says, what the register says, and what becomes of it.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::frame;
use crate::access::{Actor, Refused, rules};
use crate::app::App;
use crate::import::form::{self, FIELDS, name_of};
use crate::import::model::{Batch, Decision, Line, Severity, State as Stage};
use crate::import::{actions, store, urls};
use crate::platform::id::BatchId;
use crate::privacy::{self, model::Look, model::What};
use crate::web::error::AppError;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::icons;
use crate::web::page::again;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::words::import as words;

#[derive(Template, WebTemplate)]
#[template(path = "import/row.html")]
struct RowPage {
    shell: Shell,
    form: Filled,
    batch: Batch,
    line: Line,
    decisions: Vec<(&'static str, &'static str)>,
    /// What the row's warnings say; what stops it stands at its field.
    warnings: Vec<String>,
}

impl RowPage {
    /// A household as text, for the comparison.
    fn plain(facts: impl std::borrow::Borrow<crate::household::model::Facts>) -> String {
        let facts = facts.borrow();
        let members = facts.members.map_or_else(|| "chưa có số nhân khẩu".to_owned(), |n| format!("{n} người"));
        [facts.head.clone(), facts.address.to_string(), members, facts.phone.clone().unwrap_or_default()].join("\n")
    }
}

fn at_row(line: &Line) -> String {
    format!("dòng {}", line.draft.row)
}

/// The form of a row as it stands, with a sentence at each field that stops it.
fn drawn(line: &Line) -> Filled {
    let mut form =
        Filled::default().with("_phien_ban", line.revision.to_string()).with("lam-gi", line.decision.as_str());
    for field in FIELDS {
        form = form.with(name_of(field), line.draft.text(field));
    }
    if line.stops() {
        for problem in line.draft.problems.iter().filter(|it| it.severity == Severity::Stops) {
            form.fail(name_of(problem.field), words::problem(problem));
        }
    }
    form
}

fn row_page(app: &App, actor: &Actor, batch: Batch, line: Line, form: Filled) -> RowPage {
    let offered = |decision: &Decision| *decision != Decision::Update || line.same.is_some();
    RowPage {
        shell: frame(app, actor, &batch, &format!("Dòng {}", line.draft.row)).failing(form.is_bad()),
        decisions: Decision::ALL.iter().copied().filter(offered).map(|it| (it.as_str(), words::decision(it))).collect(),
        warnings: line.draft.problems.iter().filter(|it| it.severity == Severity::Warns).map(words::problem).collect(),
        form,
        batch,
        line,
    }
}

/// The form of a row.
pub(super) async fn edit(
    State(app): State<App>,
    visit: Visit,
    Path((id, seq)): Path<(BatchId, i32)>,
) -> Result<Response, AppError> {
    let Visit { actor, mut db, now } = visit;
    let batch = store::load(&mut db, id).await?;
    rules::can_import(&actor, batch.place.group)?;
    if batch.state != Stage::Ready {
        return Err(AppError::NotFound);
    }
    let line = store::line(&mut db, &batch, seq).await?;
    let look = Look { what: What::Import, group: batch.place.group, household: None, rows: 1 };
    privacy::store::log(&mut db, &actor, look, now).await?;
    let form = drawn(&line);
    Ok(row_page(&app, &actor, batch, line, form).into_response())
}

/// Saves a row. What was typed is kept even when it is still wrong; then the row comes back with its sentences.
pub(super) async fn save(
    State(app): State<App>,
    Path((id, seq)): Path<(BatchId, i32)>,
    posted: Posted,
) -> Result<Response, AppError> {
    let revision = posted.version()?;
    let Posted { visit: Visit { actor, mut db, now }, form, redraw } = posted;
    let batch = store::load(&mut db, id).await?;
    rules::can_import(&actor, batch.place.group)?;
    let line = store::line(&mut db, &batch, seq).await?;
    let back = format!("{}?xem={}#dong-{seq}", urls::show(id), if form.value("xem") == "sua" { "sua" } else { "het" });
    let read = if redraw { Err(form.clone()) } else { form::mended(form.clone(), seq, &line.draft, revision) };
    let mended = match read {
        Ok(mended) => mended,
        Err(wrong) => return Ok(again(wrong.is_bad(), row_page(&app, &actor, batch, line, wrong))),
    };
    let by = actor.clone();
    match unstoppable(async move { actions::mend(db, &by, id, &mended, now).await }).await? {
        Ok(line) if line.stops() => {
            let form = drawn(&line);
            Ok(again(true, row_page(&app, &actor, batch, line, form)))
        }
        Ok(_) => Ok(Redirect::to(&back).into_response()),
        Err(Refused::Invalid(faults)) => Ok(again(true, row_page(&app, &actor, batch, line, form.with_faults(faults)))),
        Err(refused) => Err(refused.into()),
    }
}
