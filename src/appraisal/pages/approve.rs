//! Approving together: dossiers in which every criterion is judged or computed as met, and nothing changed since. Exceptions first.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

use crate::access::rules;
use crate::app::App;
use crate::appraisal::model::{Exception, Line, State as Cell, lines};
use crate::appraisal::{actions, form, store, urls};
use crate::dossier;
use crate::platform::clock::civil;
use crate::ruleset::{SubjectKind, SubjectRules};
use crate::web::error::AppError;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::page;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::words::dossier::Tag;
use crate::words::matrix as words;

/// A dossier that stands apart.
struct Apart {
    name: String,
    href: String,
    tag: Tag,
    why: String,
    /// The value of its box: complete, but not every criterion is met.
    order: Option<String>,
    /// The first box of the page: the error summary leads to it.
    first: bool,
}

/// A dossier that may be approved with the others.
struct Clean {
    name: String,
    href: String,
    order: String,
    /// Cells that become "đạt" by this press.
    ready: usize,
}

#[derive(Template, WebTemplate)]
#[template(path = "appraisal/approve.html")]
struct ApprovePage {
    shell: Shell,
    form: Filled,
    apart: Vec<Apart>,
    clean: Vec<Clean>,
    done: usize,
    /// No dossier can be approved, so there is no box to tick.
    nothing: bool,
}

/// The list.
pub(super) async fn ask(State(app): State<App>, mut visit: Visit) -> Result<Response, AppError> {
    rules::can_judge_groups(&visit.actor)?;
    show(&app, &mut visit, Filled::default()).await
}

/// Approves what is ticked: all of it or nothing.
pub(super) async fn save(State(app): State<App>, mut posted: Posted) -> Result<Response, AppError> {
    rules::can_judge_groups(&posted.visit.actor)?;
    let orders = match posted.parse(form::approve) {
        Ok(orders) => orders,
        Err(typed) => return show(&app, &mut posted.visit, typed).await,
    };
    let Visit { actor, db, now } = posted.visit;
    unstoppable(async move { actions::approve(db, &app.rulesets, &actor, &orders, now).await }).await??;
    Ok(Redirect::to(urls::MATRIX).into_response())
}

async fn show(app: &App, visit: &mut Visit, form: Filled) -> Result<Response, AppError> {
    let cycle = visit.actor.cycle.ok_or(AppError::NotFound)?;
    let matrix = store::matrix(&mut visit.db, cycle).await?;
    let ruleset = app.rulesets.get(&mut visit.db, matrix.ruleset).await?;
    let rules_of_kind = ruleset.subject(SubjectKind::Group).ok_or(AppError::NotFound)?;
    let lines = lines(&matrix, &ruleset, civil(visit.now));
    let shell = page::shell(app, &visit.actor, "Duyệt nhiều hồ sơ", urls::MATRIX);
    let is_bad = form.is_bad();
    let clean: Vec<Clean> = lines.iter().filter(|line| line.is_clean()).map(clean).collect();
    let mut apart: Vec<Apart> = lines.iter().filter_map(|line| apart(line, rules_of_kind)).collect();
    if let Some(first) = apart.iter_mut().find(|it| it.order.is_some() && clean.is_empty()) {
        first.first = true;
    }
    let page = ApprovePage {
        shell: shell.crumb("Bảng thẩm định", urls::MATRIX).here("Duyệt").failing(is_bad),
        form,
        nothing: clean.is_empty() && apart.iter().all(|it| it.order.is_none()),
        apart,
        clean,
        done: lines.iter().filter(|line| matches!(line.exceptions()[..], [Exception::Done(_)])).count(),
    };
    Ok(page::again(is_bad, page))
}

fn order(line: &Line<'_>) -> String {
    format!("{}:{}", line.row.dossier, line.row.version)
}

fn apart(line: &Line<'_>, rules_of_kind: &SubjectRules) -> Option<Apart> {
    let exceptions = line.exceptions();
    let worst = exceptions.first().filter(|it| !matches!(it, Exception::Done(_)))?;
    let why: Vec<String> = exceptions.iter().map(|it| words::exception(it, rules_of_kind)).collect();
    Some(Apart {
        name: line.row.name.clone(),
        href: dossier::urls::show(line.row.dossier),
        tag: words::tone(worst),
        why: why.join("; "),
        order: line.is_complete().then(|| order(line)),
        first: false,
    })
}

fn clean(line: &Line<'_>) -> Clean {
    Clean {
        name: line.row.name.clone(),
        href: dossier::urls::show(line.row.dossier),
        order: order(line),
        ready: line.cells.iter().filter(|cell| cell.state == Cell::Ready).count(),
    }
}
