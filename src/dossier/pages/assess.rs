//! Self-assessment: one criterion on a screen, evidence in the same form, then the next one.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use sqlx::PgConnection;

use super::show::frame;
use crate::access::{Actor, Denial, DenialCode, Refused, rules};
use crate::app::App;
use crate::dossier::actions::{self, Opened, Target};
use crate::dossier::model::{AssessmentRow, FileRow, Finding};
use crate::dossier::{form, urls};
use crate::participation;
use crate::platform::id::DossierId;
use crate::ruleset::{Criterion, CriterionKind, Metric, SubjectRules};
use crate::web::error::AppError;
use crate::web::filters;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::page::again;
use crate::web::posted_files::{PostedFiles, keep};
use crate::web::session::Visit;
use crate::web::shell::Shell;
use crate::words::dossier as words;

#[derive(Template, WebTemplate)]
#[template(path = "dossier/assess.html")]
struct AssessPage {
    shell: Shell,
    form: Filled,
    criterion: Criterion,
    has_figures: bool,
    /// What the figures count: "hộ".
    unit: &'static str,
    position: usize,
    total: usize,
    evidence: Vec<FileRow>,
    reason: Option<String>,
    choices: Vec<(&'static str, &'static str)>,
    action: String,
    remove: String,
    back: String,
    previous: Option<String>,
    window: crate::cycle::model::Window,
    theirs: Option<AssessmentRow>,
}

fn assess_page(app: &App, actor: &Actor, opened: &Opened, code: &str, form: Filled) -> Result<AssessPage, AppError> {
    let whole = &opened.whole;
    let criteria = &opened.rules()?.criteria;
    let place = criteria.iter().position(|criterion| criterion.code == code).ok_or(AppError::NotFound)?;
    let id = whole.dossier.id;
    Ok(AssessPage {
        shell: frame(app, actor, opened, &format!("Tự đánh giá {}", criteria[place].label.to_lowercase()))
            .crumb(words::kind_short(whole.dossier.kind), urls::show(id))
            .here(format!("Tự đánh giá {}/{}", place + 1, criteria.len()))
            .failing(form.is_bad()),
        form,
        criterion: criteria[place].clone(),
        has_figures: form::has_figures(&criteria[place]),
        unit: crate::words::appraisal::unit(&criteria[place].kind),
        position: place + 1,
        total: criteria.len(),
        evidence: whole.evidence_for(code).into_iter().cloned().collect(),
        reason: whole.criterion_reason(code).map(str::to_owned),
        choices: Finding::ALL.iter().map(|finding| (finding.as_str(), words::finding(*finding).word)).collect(),
        action: urls::assess(id, code),
        remove: urls::remove_file(id),
        back: urls::show(id),
        previous: place.checked_sub(1).map(|before| urls::assess(id, &criteria[before].code)),
        window: whole.window,
        theirs: None,
    })
}

/// The figures that the register knows by itself for a criterion nobody assessed yet: nobody is asked twice.
async fn counted(conn: &mut PgConnection, opened: &Opened, code: &str) -> Result<Option<(i64, i64)>, AppError> {
    let dossier = &opened.whole.dossier;
    let kind = opened.rules()?.criterion(code).map(|criterion| &criterion.kind);
    let (Some(CriterionKind::Ratio { numerator, denominator: Metric::HouseholdsResident, .. }), Some(group), None) =
        (kind, dossier.place.group, opened.whole.assessment(code))
    else {
        return Ok(None);
    };
    let tally = participation::store::tally(conn, dossier.place.ward, dossier.cycle, group).await?;
    let met = match numerator {
        Metric::HouseholdsRegistered => tally.registered,
        Metric::HouseholdsPledged => tally.pledged,
        _ => return Ok(None),
    };
    Ok((tally.households > 0).then_some((met, tally.households)))
}

/// The form of one criterion.
pub(super) async fn edit(
    State(app): State<App>,
    mut visit: Visit,
    Path((id, code)): Path<(DossierId, String)>,
) -> Result<Response, AppError> {
    let opened = actions::open(&mut visit.db, &app.rulesets, id).await?;
    rules::can_assess(&visit.actor, &opened.whole.dossier, &opened.facts(visit.now)?)?;
    if !opened.whole.criterion_is_open(&code) {
        return Err(Denial::always(DenialCode::PartClosed).into());
    }
    let mut filled = form::assessment_filled(&opened.whole, &code);
    if let Some((met, of)) = counted(&mut visit.db, &opened, &code).await? {
        filled = filled.with("so-dat", met.to_string()).with("tong-so", of.to_string());
    }
    Ok(assess_page(&app, &visit.actor, &opened, &code, filled)?.into_response())
}

/// Saves it and goes on to the next criterion that is still due.
pub(super) async fn save(
    State(app): State<App>,
    Path((id, code)): Path<(DossierId, String)>,
    posted: PostedFiles,
) -> Result<Response, AppError> {
    let PostedFiles { visit: Visit { actor, mut db, now }, form: mut typed, files, redraw } = posted;
    let opened =
        actions::may_add_file(&mut db, &app.rulesets, &actor, id, &Target::Criterion(code.clone()), now).await?;
    let rules_of_kind = opened.rules()?;
    let criterion = rules_of_kind.criterion(&code).ok_or(AppError::NotFound)?;
    if redraw {
        return Ok(again(false, assess_page(&app, &actor, &opened, &code, typed)?));
    }
    let kept = keep(&app, files, &mut typed).await?;
    let (input, revision) = match form::assessment(typed.clone(), criterion, now) {
        Ok(read) => read,
        Err(wrong) => {
            return Ok(again(true, assess_page(&app, &actor, &opened, &code, wrong)?));
        }
    };
    let work = {
        let (rulesets, actor, code) = (app.rulesets.clone(), actor.clone(), code.clone());
        async move { actions::assess(db, &rulesets, &actor, id, &code, revision, &input, &kept, now).await }
    };
    match unstoppable(work).await? {
        Ok(()) => Ok(Redirect::to(&next(&opened, rules_of_kind, &code)).into_response()),
        Err(Refused::Stale) => side_by_side(&app, &actor, &opened, &code, typed),
        Err(refused) => Err(refused.into()),
    }
}

fn next(opened: &Opened, rules_of_kind: &SubjectRules, code: &str) -> String {
    let whole = &opened.whole;
    let after = rules_of_kind.criteria.iter().skip_while(|criterion| criterion.code != code).skip(1);
    let due = after.chain(&rules_of_kind.criteria).find(|criterion| {
        criterion.code != code && whole.criterion_is_open(&criterion.code) && whole.assessment_is_due(&criterion.code)
    });
    due.map_or_else(|| urls::show(whole.dossier.id), |criterion| urls::assess(whole.dossier.id, &criterion.code))
}

fn side_by_side(app: &App, actor: &Actor, opened: &Opened, code: &str, typed: Filled) -> Result<Response, AppError> {
    let theirs = opened.whole.assessment(code).cloned();
    let revision = theirs.as_ref().map_or(0, |row| row.revision);
    let mut page = assess_page(app, actor, opened, code, typed.replaced("_phien_ban", revision.to_string()))?;
    page.theirs = theirs;
    Ok((axum::http::StatusCode::CONFLICT, page).into_response())
}

/// Whether evidence lies inside the window, in words; a file without a day says so.
fn inside(file: &FileRow, window: crate::cycle::model::Window) -> String {
    match file.evidence_on {
        Some(day) if window.contains(day) => {
            format!("ngày {}, trong thời gian xét", filters::dates::day(day))
        }
        Some(day) => format!("ngày {}, ngoài thời gian xét", filters::dates::day(day)),
        None => "chưa ghi ngày".to_owned(),
    }
}

/// A stored self-assessment as text, for the comparison.
fn plain(row: &AssessmentRow) -> String {
    format!("{}\n{}", words::finding(row.finding).word, row.note.clone().unwrap_or_default())
}

/// The typed form as text, for the comparison.
fn typed_plain(form: &Filled) -> String {
    let finding = form.value("ket-luan").parse().map_or("", |finding| words::finding(finding).word);
    format!("{finding}\n{}", form.value("ghi-chu"))
}
