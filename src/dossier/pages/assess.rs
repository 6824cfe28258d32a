//! Self-assessment: one criterion on a screen, one press for the finding, then the next one.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};

use super::evidence::{Around, Evidence};
use super::file::brought;
use super::show::frame;
use crate::access::{Actor, Denial, DenialCode, Refused, rules};
use crate::app::App;
use crate::dossier::actions::{self, Opened, Target};
use crate::dossier::model::{AssessmentRow, Finding, Status};
use crate::dossier::{form, urls};
use crate::platform::clock::civil;
use crate::platform::db::Scoped;
use crate::platform::id::DossierId;
use crate::ruleset::engine::{Outcome, Value};
use crate::ruleset::{Criterion, SubjectRules};
use crate::web::error::AppError;
use crate::web::filters;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::page::again;
use crate::web::posted_files::PostedFiles;
use crate::web::session::Visit;
use crate::web::shell::Shell;
use crate::words::dossier::{self as words, Tag};

/// A finding as a button.
struct Choice {
    value: &'static str,
    tag: Tag,
    /// What stands there now, or was just pressed.
    picked: bool,
}

#[derive(Template, WebTemplate)]
#[template(path = "dossier/assess.html")]
pub(super) struct AssessPage {
    shell: Shell,
    form: Filled,
    criterion: Criterion,
    has_figures: bool,
    /// What the figures count: "hộ".
    unit: &'static str,
    position: usize,
    total: usize,
    /// What the program finds by itself.
    computed: Option<(Tag, String)>,
    evidence: Evidence,
    reason: Option<String>,
    choices: Vec<Choice>,
    action: String,
    back: String,
    previous: Option<String>,
    theirs: Option<AssessmentRow>,
}

/// The page of one criterion. `around` is what lies around it: files offered, files sent before the form.
pub(super) fn assess_page(
    app: &App,
    actor: &Actor,
    (opened, around): (&Opened, Around),
    code: &str,
    form: Filled,
    now: DateTime<Utc>,
) -> Result<AssessPage, AppError> {
    let whole = &opened.whole;
    let criteria = &opened.rules()?.criteria;
    let place = criteria.iter().position(|criterion| criterion.code == code).ok_or(AppError::NotFound)?;
    let (id, criterion) = (whole.dossier.id, &criteria[place]);
    let outcome = opened.outcomes(civil(now)).into_iter().find(|it| it.code == code);
    let picked = form.value("ket-luan").parse::<Finding>().ok();
    Ok(AssessPage {
        shell: frame(app, actor, opened, &format!("Tự đánh giá {}", criterion.label.to_lowercase()))
            .crumb(words::kind_short(whole.dossier.kind), urls::show(id))
            .here(format!("Tự đánh giá {}/{}", place + 1, criteria.len()))
            .failing(form.is_bad()),
        form,
        has_figures: form::has_figures(criterion),
        unit: crate::words::appraisal::unit(&criterion.kind),
        position: place + 1,
        total: criteria.len(),
        computed: outcome.as_ref().and_then(|it| computed(opened, it)),
        evidence: Evidence::of(opened, criterion, outcome.as_ref(), around),
        reason: whole.criterion_reason(code).map(str::to_owned),
        choices: Finding::ALL
            .iter()
            .map(|it| Choice { value: it.as_str(), tag: words::finding(*it), picked: picked == Some(*it) })
            .collect(),
        action: urls::assess(id, code),
        back: urls::show(id),
        previous: place.checked_sub(1).map(|before| urls::assess(id, &criteria[before].code)),
        theirs: None,
        criterion: criterion.clone(),
    })
}

/// What the program finds by itself, and why.
fn computed(opened: &Opened, outcome: &Outcome) -> Option<(Tag, String)> {
    let why = crate::words::engine::why(&opened.ruleset, opened.whole.subject_kind(), outcome);
    Some((words::finding(outcome.computed?), why))
}

/// The figures that the program knows by itself: nobody is asked twice.
fn counted(outcome: &Outcome) -> Option<(i64, i64)> {
    outcome.conditions.iter().find_map(|condition| match condition.value {
        Value::Share { part, whole, .. } => part.zip(whole).filter(|(_, whole)| *whole > 0),
        _ => None,
    })
}

/// What the form holds before anybody types: what was saved, and the figures that the program counts for a criterion nobody assessed.
pub(super) fn filled(opened: &Opened, code: &str, now: DateTime<Utc>) -> Filled {
    let form = form::assessment_filled(&opened.whole, code);
    let outcome = opened.outcomes(civil(now)).into_iter().find(|it| it.code == code);
    match outcome.as_ref().and_then(counted).filter(|_| opened.whole.assessment(code).is_none()) {
        Some((met, of)) => form.with("so-dat", met.to_string()).with("tong-so", of.to_string()),
        None => form,
    }
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
    let form = filled(&opened, &code, visit.now);
    let around = Around::read(&mut visit.db, &opened, &code, &form).await?;
    Ok(assess_page(&app, &visit.actor, (&opened, around), &code, form, visit.now)?.into_response())
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
    let criterion = opened.rules()?.criterion(&code).ok_or(AppError::NotFound)?;
    let kept = match redraw {
        true => actions::Brought::default(),
        false => brought(&app, &mut db, &mut typed, files, &urls::assess(id, &code)).await?,
    };
    let read = if redraw { Err(typed.clone()) } else { form::assessment(typed.clone(), criterion, now) };
    let (input, revision) = match read {
        Ok(read) => read,
        Err(wrong) => return drawn_again(&app, (&actor, &mut db, now), &opened, &code, wrong).await,
    };
    let work = {
        let (rulesets, actor, code) = (app.rulesets.clone(), actor.clone(), code.clone());
        async move { actions::assess(db, &rulesets, &actor, id, &code, revision, &input, &kept, now).await }
    };
    match unstoppable(work).await? {
        Ok(()) => Ok(Redirect::to(&after(&opened, opened.rules()?, &code)).into_response()),
        Err(Refused::Stale) => side_by_side(&app, &actor, &opened, &code, typed, now),
        Err(refused) => Err(refused.into()),
    }
}

/// The page again with what was typed: wrong, or only carried over a new session.
pub(super) async fn drawn_again(
    app: &App,
    (actor, db, now): (&Actor, &mut Scoped, DateTime<Utc>),
    opened: &Opened,
    code: &str,
    form: Filled,
) -> Result<Response, AppError> {
    let around = Around::read(db, opened, code, &form).await?;
    let is_wrong = form.is_bad() && !form.has("_ve_lai", "1");
    Ok(again(is_wrong, assess_page(app, actor, (opened, around), code, form, now)?))
}

/// The next criterion that is due; after the last one of a return the way to hand in, of a draft the dossier.
fn after(opened: &Opened, rules_of_kind: &SubjectRules, code: &str) -> String {
    let whole = &opened.whole;
    let after = rules_of_kind.criteria.iter().skip_while(|criterion| criterion.code != code).skip(1);
    let due = after.chain(&rules_of_kind.criteria).find(|criterion| {
        criterion.code != code && whole.criterion_is_open(&criterion.code) && whole.assessment_is_due(&criterion.code)
    });
    let id = whole.dossier.id;
    match due {
        Some(criterion) => urls::assess(id, &criterion.code),
        None if whole.dossier.status == Status::Returned => urls::next(id),
        None => urls::show(id),
    }
}

fn side_by_side(
    app: &App,
    actor: &Actor,
    opened: &Opened,
    code: &str,
    typed: Filled,
    now: DateTime<Utc>,
) -> Result<Response, AppError> {
    let theirs = opened.whole.assessment(code).cloned();
    let revision = theirs.as_ref().map_or(0, |row| row.revision);
    let form = typed.replaced("_phien_ban", revision.to_string());
    let mut page = assess_page(app, actor, (opened, Around::default()), code, form, now)?;
    page.theirs = theirs;
    Ok((axum::http::StatusCode::CONFLICT, page).into_response())
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

impl AssessPage {
    /// A note that is there, or has to be, is not folded away.
    fn note_is_open(&self) -> bool {
        !self.form.value("ghi-chu").is_empty() || self.form.error("ghi-chu").is_some()
    }
}
