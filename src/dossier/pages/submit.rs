//! Check your answers, hand in, receipt, take back.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};

use super::show::frame;
use crate::access::{Actor, Refused, rules};
use crate::app::App;
use crate::dossier::actions::{self, Opened, Order};
use crate::dossier::model::{Finding, PartRow};
use crate::dossier::{form, urls};
use crate::platform::id::DossierId;
use crate::recognition;
use crate::ruleset::{DossierKind, PartRule};
use crate::web::error::AppError;
use crate::web::filters;
use crate::web::flights::unstoppable;
use crate::web::form::Filled;
use crate::web::page::again;
use crate::web::session::{Posted, Visit};
use crate::web::shell::Shell;
use crate::words::dossier as words;

#[derive(Template, WebTemplate)]
#[template(path = "dossier/submit.html")]
struct SubmitPage {
    shell: Shell,
    form: Filled,
    subject: String,
    person: String,
    to: &'static str,
    honorific: &'static str,
    parts: Vec<(PartRule, PartRow, String)>,
    findings: Vec<(&'static str, usize)>,
    is_late: bool,
    version: i32,
    is_package: bool,
    action: String,
    back: String,
}

fn submit_page(
    app: &App,
    actor: &Actor,
    opened: &Opened,
    form: Filled,
    now: DateTime<Utc>,
) -> Result<SubmitPage, AppError> {
    let whole = &opened.whole;
    let facts = opened.facts(now)?;
    let id = whole.dossier.id;
    let of = |finding: Finding| {
        (words::finding(finding).word, whole.assessments.iter().filter(|row| row.finding == finding).count())
    };
    let is_request = whole.dossier.kind == DossierKind::Request;
    let with_row = |rule: &PartRule| Some((rule.clone(), whole.part(&rule.code)?.clone(), urls::part(id, &rule.code)));
    Ok(SubmitPage {
        shell: frame(app, actor, opened, "Kiểm tra trước khi nộp")
            .crumb(words::kind_short(whole.dossier.kind), urls::show(id))
            .here("Kiểm tra")
            .failing(form.is_bad()),
        form,
        subject: format!(
            "{}, {}",
            whole.subject_name,
            if whole.dossier.is_of_ward() { &whole.city_name } else { &whole.ward_name }
        ),
        person: format!("{}, {}", actor.person.name, actor.seat_words()),
        to: recipient(whole.dossier.is_of_ward()),
        honorific: actor.person.honorific.capital(),
        parts: opened.rules()?.parts(whole.dossier.kind).iter().filter_map(with_row).collect(),
        findings: if is_request { Finding::ALL.iter().copied().map(of).collect() } else { vec![] },
        is_late: facts.is_late && whole.dossier.attempt == 0,
        version: whole.dossier.version,
        is_package: is_request && whole.dossier.is_of_ward(),
        action: urls::submit(id),
        back: urls::show(id),
    })
}

const fn recipient(of_ward: bool) -> &'static str {
    if of_ward {
        "Thường trực Ban chỉ đạo thành phố, qua Công an thành phố"
    } else {
        "Thường trực Ban chỉ đạo phường, qua Công an phường"
    }
}

/// The last look before a legal act.
pub(super) async fn check(
    State(app): State<App>,
    mut visit: Visit,
    Path(id): Path<DossierId>,
) -> Result<Response, AppError> {
    let opened = actions::open(&mut visit.db, &app.rulesets, id).await?;
    rules::can_submit(&visit.actor, &opened.whole.dossier, &opened.facts(visit.now)?)?;
    Ok(submit_page(&app, &visit.actor, &opened, Filled::default(), visit.now)?.into_response())
}

/// Hands it in. The ward's own request takes the recommended groups along.
pub(super) async fn submit(
    State(app): State<App>,
    Path(id): Path<DossierId>,
    mut posted: Posted,
) -> Result<Response, AppError> {
    let order = Order { id, version: posted.version()? };
    let opened = actions::open(&mut posted.visit.db, &app.rulesets, id).await?;
    let is_late = opened.facts(posted.visit.now)?.is_late && opened.whole.dossier.attempt == 0;
    let late_reason = match posted.parse(|form| form::submission(form, is_late)) {
        Ok(reason) => reason,
        Err(wrong) => {
            let page = submit_page(&app, &posted.visit.actor, &opened, wrong.clone(), posted.visit.now)?;
            return Ok(again(wrong.is_bad(), page));
        }
    };
    let Visit { actor, db, now } = posted.visit;
    let is_package = opened.whole.dossier.is_of_ward() && opened.whole.dossier.kind == DossierKind::Request;
    let work = {
        let (rulesets, actor) = (app.rulesets.clone(), actor.clone());
        async move {
            if is_package {
                recognition::actions::send_package(db, &rulesets, &actor, order, late_reason, now).await
            } else {
                actions::submit(db, &rulesets, &actor, order, late_reason, now).await
            }
        }
    };
    match unstoppable(work).await? {
        Ok(()) => Ok(Redirect::to(&urls::receipt(id)).into_response()),
        Err(Refused::Invalid(faults)) => {
            Ok(again(true, submit_page(&app, &actor, &opened, posted.form.with_faults(faults), now)?))
        }
        Err(refused) => Err(refused.into()),
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "dossier/receipt.html")]
pub(super) struct ReceiptPage {
    shell: Shell,
    title: String,
    receipt: String,
    when: String,
    more: String,
    zalo: String,
    desk: &'static str,
    is_registration: bool,
    back: String,
}

/// The receipt: number, moment, what happens next.
pub(super) async fn receipt(
    State(app): State<App>,
    mut visit: Visit,
    Path(id): Path<DossierId>,
) -> Result<ReceiptPage, AppError> {
    let opened = actions::open(&mut visit.db, &app.rulesets, id).await?;
    let whole = &opened.whole;
    let (Some(receipt), Some(at)) = (whole.dossier.receipt.clone(), whole.dossier.submitted_at) else {
        return Err(AppError::NotFound);
    };
    let closes_at =
        whole.deadline().map(|deadline| deadline.closes_at().to_utc()).filter(|_| whole.dossier.attempt == 1);
    let more = closes_at.and_then(|closes| {
        filters::deadlines::early_by(closes, at).or_else(|| filters::deadlines::late_by(closes, at))
    });
    let kind = words::kind(whole.dossier.kind).to_lowercase();
    let when = filters::dates::moment(at);
    Ok(ReceiptPage {
        shell: frame(&app, &visit.actor, &opened, "Biên nhận")
            .crumb(words::kind_short(whole.dossier.kind), urls::show(id))
            .here("Đã nộp"),
        title: format!("Đã nộp {kind}"),
        zalo: format!("{} đã nộp {kind} năm {}.\nBiên nhận {receipt}, lúc {when}.", whole.subject_name, whole.year),
        receipt,
        when,
        more: more.map(|words| format!("{words}.")).unwrap_or_default(),
        desk: if whole.dossier.is_of_ward() { "Thành phố" } else { "Công an phường" },
        is_registration: whole.dossier.kind == DossierKind::Registration,
        back: urls::show(id),
    })
}

/// Takes it back.
pub(super) async fn withdraw(
    State(app): State<App>,
    Path(id): Path<DossierId>,
    posted: Posted,
) -> Result<Response, AppError> {
    let order = Order { id, version: posted.version()? };
    let visit = posted.visit;
    unstoppable(async move { actions::withdraw(visit.db, &app.rulesets, &visit.actor, order, visit.now).await })
        .await??;
    Ok(Redirect::to(&urls::show(id)).into_response())
}
