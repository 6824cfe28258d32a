//! One criterion, side by side: what the law says, what the unit says of itself, what the desk finds.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;

use super::cell::{Choice, Computed, Evidence, choices, computed, evidence};
use crate::access::{Actor, rules};
use crate::app::App;
use crate::appraisal::store::VerdictInput;
use crate::appraisal::{actions, form, urls};
use crate::cycle::model::Window;
use crate::dossier;
use crate::dossier::actions::{Opened, open};
use crate::dossier::model::{AssessmentRow, VerdictRow, Whole};
use crate::platform::clock::civil;
use crate::platform::id::DossierId;
use crate::ruleset::engine::Case;
use crate::ruleset::{Criterion, SubjectRules};
use crate::web::error::AppError;
use crate::web::filters::{self, numbers};
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::page;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::words::dossier::{self as tags, Tag};
use crate::words::{appraisal as words, matrix};

/// Another criterion of the same dossier.
pub(super) struct Step {
    href: String,
    label: String,
}

#[derive(Template, WebTemplate)]
#[template(path = "appraisal/judge.html")]
pub(super) struct JudgePage {
    pub(super) shell: Shell,
    pub(super) form: Filled,
    pub(super) action: String,
    pub(super) back: String,
    pub(super) send_back: Option<String>,
    pub(super) unit: String,
    pub(super) criterion: Criterion,
    pub(super) place: usize,
    pub(super) total: usize,
    pub(super) before: Option<Step>,
    pub(super) next: Option<Step>,
    pub(super) claim: Option<AssessmentRow>,
    pub(super) claim_tag: Tag,
    pub(super) figures: Option<String>,
    pub(super) evidence: Vec<Evidence>,
    pub(super) window: Window,
    pub(super) verdict: Option<VerdictRow>,
    pub(super) verdict_tag: Tag,
    /// What changed since the verdict, as a sentence.
    pub(super) changed: Option<String>,
    /// What the city asks of it.
    pub(super) asked: Option<String>,
    pub(super) computed: Option<Computed>,
    /// The place of the table that this page was opened from.
    pub(super) table: Option<String>,
    pub(super) overtaken: bool,
    pub(super) choices: Vec<Choice>,
}

/// The criterion with its form.
pub(super) async fn ask(
    State(app): State<App>,
    Path((id, code)): Path<(DossierId, String)>,
    mut visit: Visit,
) -> Result<JudgePage, AppError> {
    let opened = open(&mut visit.db, &app.rulesets, id).await?;
    let drawn = drawn(&opened, &code);
    show(&app, &visit, &opened, &code, drawn)
}

/// Writes the verdict and goes on to the next criterion that has none.
pub(super) async fn save(
    State(app): State<App>,
    Path((id, code)): Path<(DossierId, String)>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let opened = open(&mut posted.visit.db, &app.rulesets, id).await?;
    let found = opened.found().into_iter().find(|it| it.code == code);
    let mut input = match posted.parse(|typed| form::verdict(typed, found.as_ref())) {
        Ok(input) => input,
        Err(typed) => return Ok(page::again(typed.is_bad(), show(&app, &posted.visit, &opened, &code, typed)?)),
    };
    let version = posted.version()?;
    if is_overtaken(&opened.whole, &code, (version, &input), &posted.visit.actor) {
        let typed = afresh(&opened.whole, &code, &posted.form);
        let page = JudgePage { overtaken: true, ..show(&app, &posted.visit, &opened, &code, typed)? };
        return Ok((StatusCode::CONFLICT, page).into_response());
    }
    // Nobody has looked at what is not written yet.
    input.looked_at_revision =
        input.looked_at_revision.clamp(0, opened.whole.assessment(&code).map_or(0, |row| row.revision));
    let next = match back_to_table(&posted.form) {
        Some(table) => next_in_table(table),
        None => after(&opened, &code)?,
    };
    let Visit { actor, db, now } = posted.visit;
    unstoppable(async move { actions::judge(db, &app.rulesets, &actor, id, &code, version, &input, now).await })
        .await??;
    Ok(Redirect::to(&next).into_response())
}

/// The place of the table that a form came from; no other address is followed.
fn back_to_table(form: &Filled) -> Option<&str> {
    Some(form.value("bang")).filter(|it| it.starts_with(&format!("{}?", urls::MATRIX)))
}

/// The table, at the next due cell after that place.
fn next_in_table(place: &str) -> String {
    let (address, anchor) = place.split_once('#').unwrap_or((place, "o"));
    format!("{address}&tiep=1#{anchor}")
}

/// The revisions that a form is drawn from: of the verdict, and of the self-assessment beside it.
fn revisions(whole: &Whole, code: &str) -> (i32, i32) {
    (whole.verdict(code).map_or(0, |row| row.revision), whole.assessment(code).map_or(0, |row| row.revision))
}

/// An empty form for a new verdict. A known verdict is filled in, but picked only while the unit has changed nothing since:
/// the layout suggests no finding.
pub(super) fn drawn(opened: &Opened, code: &str) -> Filled {
    let whole = &opened.whole;
    let (verdict, claim) = revisions(whole, code);
    let form = Filled::default().with("_phien_ban", verdict.to_string()).with("da-xem", claim.to_string());
    let Some(known) = whole.verdict(code) else { return form };
    let form = form.with("ghi-chu", known.note.clone().unwrap_or_default());
    if opened.due().iter().any(|due| due == code) { form } else { form.with("ket-luan", known.finding.as_str()) }
}

/// What was typed, on a form of the criterion as it is now.
fn afresh(whole: &Whole, code: &str, typed: &Filled) -> Filled {
    let (verdict, claim) = revisions(whole, code);
    let kept = typed.carried().into_iter().filter(|(name, _)| !matches!(*name, "_phien_ban" | "da-xem"));
    Filled::from_pairs(kept.map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
        .with("_phien_ban", verdict.to_string())
        .with("da-xem", claim.to_string())
}

/// Whether somebody else judged this criterion since the form was drawn; one's own form sent twice does not count.
pub(super) fn is_overtaken(whole: &Whole, code: &str, (version, input): (i32, &VerdictInput), actor: &Actor) -> bool {
    let is_mine = |row: &VerdictRow| {
        row.revision == version + 1
            && row.made_by == actor.person.name
            && row.finding == input.finding
            && row.note == input.note
    };
    revisions(whole, code).0 != version && !whole.verdict(code).is_some_and(is_mine)
}

/// Where to go after a verdict: the next criterion without one, from here to the end and then from the start; else the dossier.
pub(super) fn after(opened: &Opened, code: &str) -> Result<String, AppError> {
    let (id, due, criteria) = (opened.whole.dossier.id, opened.due(), &opened.rules()?.criteria);
    let here = criteria.iter().position(|it| it.code == code).map_or(0, |place| place + 1);
    let (done, ahead) = criteria.split_at(here);
    let open = ahead.iter().chain(done).find(|it| it.code != code && due.contains(&it.code));
    Ok(open.map_or_else(|| dossier::urls::show(id), |next| urls::judge(id, &next.code)))
}

fn step(opened: &Opened, criterion: Option<&Criterion>) -> Option<Step> {
    criterion.map(|it| Step { href: urls::judge(opened.whole.dossier.id, &it.code), label: it.label.clone() })
}

fn find<'a>(kind: &'a SubjectRules, code: &str) -> Result<(usize, &'a Criterion), AppError> {
    kind.criteria.iter().enumerate().find(|(_, it)| it.code == code).ok_or(AppError::NotFound)
}

/// The page around a form, for those who may judge.
fn show(app: &App, visit: &Visit, opened: &Opened, code: &str, form: Filled) -> Result<JudgePage, AppError> {
    let whole = &opened.whole;
    let facts = opened.facts(visit.now)?;
    rules::can_judge(&visit.actor, &whole.dossier, &facts)?;
    let may_return = rules::can_return(&visit.actor, &whole.dossier, &facts).is_ok();
    let title = format!("Thẩm định {}", find(opened.rules()?, code)?.1.label.to_lowercase());
    let shell = super::frame(app, &visit.actor, opened, &title);
    draw(shell, opened, (code, civil(visit.now)), form, may_return)
}

/// What the program says of the criterion.
struct Found {
    computed: Option<Computed>,
    changed: Option<String>,
    choices: Vec<Choice>,
}

fn found(opened: &Opened, code: &str, today: NaiveDate) -> Found {
    let (whole, sheet) = (&opened.whole, opened.whole.sheet());
    let asked = opened.with_case(&sheet.judged(), today, |case| {
        let settled = Case { today: whole.window.to, ..*case }.outcome(code)?;
        let changes = sheet.changes(&settled);
        Some(Found {
            computed: Some(computed(case, &case.outcome(code)?)),
            changed: (!changes.is_empty()).then(|| matrix::changes(&changes)),
            choices: choices(Some(&settled)),
        })
    });
    asked.flatten().unwrap_or_else(|| Found { computed: None, changed: None, choices: choices(None) })
}

/// The page itself, from what is known.
pub(super) fn draw(
    shell: Shell,
    opened: &Opened,
    (code, today): (&str, NaiveDate),
    form: Filled,
    may_return: bool,
) -> Result<JudgePage, AppError> {
    let (whole, kind) = (&opened.whole, opened.rules()?);
    let (place, criterion) = find(kind, code)?;
    let (claim, verdict) = (whole.assessment(code).cloned(), whole.verdict(code).cloned());
    let Found { computed, changed, choices } = found(opened, code, today);
    let figures = claim.as_ref().and_then(|row| row.numerator.zip(row.denominator));
    let id = whole.dossier.id;
    Ok(JudgePage {
        shell: shell.failing(form.is_bad()),
        action: urls::judge(id, code),
        back: dossier::urls::show(id),
        send_back: may_return.then(|| urls::send_back_one(id, code)),
        unit: page::capital(&whole.subject_name),
        place: place + 1,
        total: kind.criteria.len(),
        before: step(opened, place.checked_sub(1).and_then(|at| kind.criteria.get(at))),
        next: step(opened, kind.criteria.get(place + 1)),
        claim_tag: claim.as_ref().map_or(tags::NOT_JUDGED, |row| tags::finding(row.finding)),
        verdict_tag: verdict.as_ref().map_or(tags::NOT_JUDGED, |row| tags::finding(row.finding)),
        figures: figures.map(|(part, all)| numbers::share(part, all, words::unit(&criterion.kind))),
        evidence: evidence(&whole.sheet().files(code), &whole.sheet().facts(code), whole.window),
        window: whole.window,
        changed,
        asked: whole.criterion_asked(code).map(str::to_owned),
        computed,
        table: back_to_table(&form).map(str::to_owned),
        overtaken: false,
        choices,
        criterion: criterion.clone(),
        form,
        claim,
        verdict,
    })
}
