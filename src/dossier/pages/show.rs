//! A dossier's page: where it stands, what is next, its parts, its criteria, its story.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};
use chrono::{DateTime, Utc};

use super::acts::{Action, actions_of};
use crate::access::{Actor, Role, rules};
use crate::app::App;
use crate::appraisal;
use crate::dossier::actions::{self, Opened};
use crate::dossier::model::{DecisionRow, Facts, LastReturn, PartState, Status};
use crate::dossier::urls;
use crate::journal::told::{Told, told};
use crate::platform::clock::civil;
use crate::platform::id::DossierId;
use crate::ruleset::{DossierKind, SubjectRules};
use crate::web::error::AppError;
use crate::web::filters::{self, TimeLeft, deadlines};
use crate::web::page;
use crate::web::session::Visit;
use crate::web::shell::Shell;
use crate::words::dossier::{self as words, Tag};
use crate::words::evidence;

/// A part in the list.
pub struct PartLine {
    pub title: String,
    pub href: String,
    pub tag: Tag,
    pub note: String,
    pub reason: Option<String>,
    /// What the city asks of it.
    pub asked: Option<String>,
    /// Sends this part back, for the desk.
    pub send_back: Option<String>,
}

/// A criterion in the list, claim and verdict side by side.
pub struct CriterionLine {
    pub label: String,
    pub title: String,
    pub needs_check: bool,
    pub claim: Tag,
    pub claim_note: Option<String>,
    pub figures: Option<String>,
    /// Files and facts.
    pub evidence: usize,
    /// How complete they are, in short, while the unit works on them.
    pub papers: Option<String>,
    pub verdict: Tag,
    pub verdict_note: Option<String>,
    pub changed_since: bool,
    pub is_override: bool,
    pub reason: Option<String>,
    /// What the city asks of it.
    pub asked: Option<String>,
    pub href: Option<String>,
}

#[derive(Template, WebTemplate)]
#[template(path = "dossier/show.html")]
pub(super) struct ShowPage {
    shell: Shell,
    heading: String,
    tag: Tag,
    due: Option<(TimeLeft, String)>,
    lead: Option<String>,
    receipt: Option<String>,
    late_reason: Option<String>,
    back: Option<LastReturn>,
    /// What the city handed back to the ward's desk.
    handed_back: Option<LastReturn>,
    actions: Vec<Action>,
    version: i32,
    is_of_ward: bool,
    parts: Vec<PartLine>,
    parts_done: usize,
    criteria: Vec<CriterionLine>,
    /// Where the unit adds evidence, while it may.
    add_evidence: Option<String>,
    claimed: usize,
    judged: usize,
    shows_verdicts: bool,
    decisions: Vec<DecisionRow>,
    /// Something material changed after the decision that the dossier rests on.
    is_overtaken: bool,
    timeline: Vec<Told>,
    note: Option<String>,
}

/// The dossier's page.
pub(super) async fn show(
    State(app): State<App>,
    mut visit: Visit,
    Path(id): Path<DossierId>,
) -> Result<ShowPage, AppError> {
    let opened = actions::open(&mut visit.db, &app.rulesets, id).await?;
    show_page(&app, &visit.actor, &opened, visit.now)
}

fn show_page(app: &App, actor: &Actor, opened: &Opened, now: DateTime<Utc>) -> Result<ShowPage, AppError> {
    let (facts, rules_of_kind, whole) = (opened.facts(now)?, opened.rules()?, &opened.whole);
    let returns =
        [rules::can_return, rules::can_hand_back].iter().any(|can| can(actor, &whole.dossier, &facts).is_ok());
    let parts = part_lines(opened, rules_of_kind, returns);
    let is_settled =
        |rule: &&crate::ruleset::PartRule| matches!(whole.part_state(rule), PartState::Done | PartState::Optional);
    Ok(ShowPage {
        shell: frame(app, actor, opened, "").here(words::kind_short(whole.dossier.kind)),
        heading: heading(actor, opened),
        tag: words::dossier_status(&whole.dossier),
        due: due(opened, now),
        lead: lead(actor, opened, &facts),
        receipt: whole.dossier.receipt.clone(),
        late_reason: whole.dossier.late_reason.clone(),
        back: whole.open_return().cloned(),
        handed_back: whole.open_hand_back().filter(|_| whole.open_return().is_none()).cloned(),
        actions: actions_of(actor, opened, rules_of_kind, &facts),
        version: whole.dossier.version,
        parts_done: rules_of_kind.parts(whole.dossier.kind).iter().filter(is_settled).count(),
        is_of_ward: whole.dossier.is_of_ward(),
        parts,
        claimed: whole.assessments.len(),
        judged: whole.verdicts.len(),
        add_evidence: rules::can_assess(actor, &whole.dossier, &facts)
            .is_ok()
            .then(|| urls::evidence(whole.dossier.id)),
        criteria: criterion_lines(actor, opened, rules_of_kind, &facts),
        shows_verdicts: !whole.verdicts.is_empty() || rules::can_judge(actor, &whole.dossier, &facts).is_ok(),
        decisions: whole.decisions.clone(),
        is_overtaken: facts.is_overtaken,
        timeline: told(whole.timeline.clone(), |code| {
            let part = rules_of_kind.parts(whole.dossier.kind).iter().find(|it| it.code == code);
            let clause = || Some(rules_of_kind.criterion(code)?.label.trim_start_matches("Khoản ").to_owned());
            part.map(|it| it.short_title.clone()).or_else(clause)
        }),
        note: difference(opened),
    })
}

/// The frame of every page about one dossier; `what` names the page within it, for the title.
pub(super) fn frame(app: &App, actor: &Actor, opened: &Opened, what: &str) -> Shell {
    let (kind, unit) = (words::kind(opened.whole.dossier.kind), &opened.whole.subject_short);
    let title =
        if what.is_empty() { format!("{kind}: {unit}") } else { format!("{what}, {}: {unit}", kind.to_lowercase()) };
    let is_own = actor.ward().is_some() && (opened.whole.dossier.is_of_ward() || actor.role() == Role::GroupLeader);
    let mut shell = page::shell(app, actor, title, if is_own { urls::MINE } else { crate::home::urls::HOME });
    shell.year = Some(opened.whole.year);
    // The first place of the seat's own row is its start page.
    let home = shell.nav.first().map_or_else(|| "Trang đầu".to_owned(), |place| place.label.clone());
    shell.crumb(home, crate::home::urls::HOME)
}

fn heading(actor: &Actor, opened: &Opened) -> String {
    let kind = words::kind(opened.whole.dossier.kind);
    match actor.seat {
        crate::access::Seat::GroupLeader { .. } => format!("{kind} năm {}", opened.whole.year),
        _ => format!("{}: {} năm {}", opened.whole.subject_name, kind.to_lowercase(), opened.whole.year),
    }
}

/// Time left, while the dossier is with its keepers: to answer a return, or to hand in.
fn due(opened: &Opened, now: DateTime<Utc>) -> Option<(TimeLeft, String)> {
    let whole = &opened.whole;
    let (closes_at, words) = match whole.dossier.status {
        Status::Returned => {
            let day = whole.dossier.answer_by?;
            (
                crate::platform::clock::first_moment(day.succ_opt()?),
                format!("trả lời hết {}", filters::dates::day_short(day, civil(now))),
            )
        }
        Status::Draft => {
            let deadline = whole.deadline()?;
            (
                deadline.closes_at().to_utc(),
                format!("hết {}", filters::dates::day_short(deadline.last_day(), civil(now))),
            )
        }
        _ => return None,
    };
    Some((deadlines::time_left(closes_at, now), words))
}

/// One sentence on what happens next, by state and by who looks.
fn lead(actor: &Actor, opened: &Opened, facts: &Facts) -> Option<String> {
    let dossier = &opened.whole.dossier;
    let desk = if dossier.is_of_ward() { "Thành phố" } else { "Công an phường" };
    Some(match dossier.status {
        Status::Draft if rules::can_edit(actor, dossier, facts).is_ok() => return None,
        Status::Draft => "Đơn vị đang soạn, chưa nộp.".to_owned(),
        Status::Submitted => format!("{desk} đang xem. Rút lại được cho tới khi tiếp nhận."),
        Status::Received if dossier.kind == DossierKind::Registration => {
            "Đăng ký đã xong, không phải làm gì thêm.".to_owned()
        }
        Status::Received => format!("{desk} đang thẩm định từng tiêu chí."),
        Status::Returned => "Chỉ mục được trả lại mở cho sửa. Mục khác giữ nguyên.".to_owned(),
        Status::Appraised => "Đã thẩm định đủ tiêu chí, chờ kết luận.".to_owned(),
        Status::Recommended => "Đã đề nghị công nhận, chờ quyết định.".to_owned(),
        Status::NotRecommended => "Kết luận: không đề nghị công nhận. Lý do ghi ở dưới.".to_owned(),
        Status::Forwarded => "Đã gửi thành phố trong gói hồ sơ của phường.".to_owned(),
        Status::Recognised => "Đạt tiêu chuẩn, đã được công nhận.".to_owned(),
        Status::NotRecognised => "Chưa đạt tiêu chuẩn. Lý do ghi ở dưới.".to_owned(),
        Status::Revoked => "Quyết định công nhận đã bị thu hồi.".to_owned(),
    })
}

/// Where plan and circular differ about this dossier, the page says so.
fn difference(opened: &Opened) -> Option<String> {
    let about = match opened.whole.dossier.kind {
        DossierKind::Registration => "đăng ký",
        DossierKind::Request => "công nhận",
    };
    let found = opened
        .ruleset
        .differences
        .iter()
        .find(|difference| difference.point.to_lowercase().contains(about) && !opened.whole.dossier.is_of_ward())?;
    Some(format!("Kế hoạch: {} Thông tư: {} {}", stop(&found.plan), stop(&found.circular), stop(&found.effect)))
}

fn stop(sentence: &str) -> String {
    let trimmed = sentence.trim_end_matches('.');
    format!("{trimmed}.")
}

fn part_lines(opened: &Opened, rules_of_kind: &SubjectRules, returns: bool) -> Vec<PartLine> {
    let whole = &opened.whole;
    let line = |(place, rule): (usize, &crate::ruleset::PartRule)| {
        let row = whole.part(&rule.code);
        PartLine {
            title: format!("{}. {}", place + 1, rule.title),
            href: urls::part(whole.dossier.id, &rule.code),
            tag: words::part_state(whole.part_state(rule)),
            note: row.map(|row| part_note(row, rule)).unwrap_or_default(),
            reason: whole.part_reason(&rule.code).map(str::to_owned),
            // What the ward asks of the group stands in its place once the ward has sent it back.
            asked: whole.part_asked(&rule.code).filter(|_| whole.open_return().is_none()).map(str::to_owned),
            send_back: returns.then(|| appraisal::urls::send_back_part(whole.dossier.id, &rule.code)),
        }
    };
    rules_of_kind.parts(whole.dossier.kind).iter().enumerate().map(line).collect()
}

fn part_note(row: &crate::dossier::model::PartRow, rule: &crate::ruleset::PartRule) -> String {
    let mut said = vec![];
    if let Some(number) = &row.number {
        said.push(format!("Số {number}"));
    }
    if let Some(day) = row.issued_on {
        said.push(format!("ngày {}", filters::dates::day(day)));
    }
    if let Some(signer) = &row.signer {
        said.push(format!("{signer} ký"));
    }
    match row.files.len() {
        0 if row.content.is_some() => said.push("soạn trong chương trình".to_owned()),
        0 => {}
        count => said.push(format!("{count} tệp")),
    }
    if !row.is_untouched() && rule.required {
        let lacks: Vec<&str> = row.lacks(rule).into_iter().map(words::lack).collect();
        if !lacks.is_empty() {
            said.push(format!("còn thiếu {}", lacks.join(", ")));
        }
    }
    said.join(", ")
}

fn criterion_lines(actor: &Actor, opened: &Opened, rules_of_kind: &SubjectRules, facts: &Facts) -> Vec<CriterionLine> {
    let whole = &opened.whole;
    if whole.dossier.kind != DossierKind::Request {
        return vec![];
    }
    let assesses = rules::can_assess(actor, &whole.dossier, facts).is_ok();
    let judges = rules::can_judge(actor, &whole.dossier, facts).is_ok();
    let outcomes = opened.found();
    let found = |code: &str| outcomes.iter().find(|it| it.code == code);
    let line = |criterion: &crate::ruleset::Criterion| {
        let (claim, verdict) = (whole.assessment(&criterion.code), whole.verdict(&criterion.code));
        CriterionLine {
            label: criterion.label.clone(),
            title: criterion.title.clone(),
            needs_check: criterion.confidence.needs_check(),
            claim: claim.map_or(words::NOT_JUDGED, |row| words::finding(row.finding)),
            claim_note: claim.and_then(|row| row.note.clone()),
            figures: claim.and_then(|row| row.numerator.zip(row.denominator)).map(|(part, total)| {
                filters::numbers::share(part, total, crate::words::appraisal::unit(&criterion.kind))
            }),
            evidence: whole.evidence_for(&criterion.code).len() + whole.facts_for(&criterion.code).len(),
            papers: assesses.then(|| evidence::short(&whole.meter(criterion, found(&criterion.code)))),
            verdict: verdict.map_or(words::NOT_JUDGED, |row| words::finding(row.finding)),
            verdict_note: verdict.and_then(|row| row.note.clone()),
            changed_since: outcomes.iter().any(|it| it.code == criterion.code && !whole.sheet().changes(it).is_empty()),
            is_override: verdict.is_some_and(crate::dossier::model::VerdictRow::is_override),
            reason: whole.criterion_reason(&criterion.code).map(str::to_owned),
            asked: whole.criterion_asked(&criterion.code).filter(|_| whole.open_return().is_none()).map(str::to_owned),
            href: if judges {
                Some(appraisal::urls::judge(whole.dossier.id, &criterion.code))
            } else {
                assesses.then(|| urls::assess(whole.dossier.id, &criterion.code))
            },
        }
    };
    rules_of_kind.criteria.iter().map(line).collect()
}
