//! A dossier's page: where it stands, what is next, its parts, its criteria, its story.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};
use chrono::{DateTime, Utc};

use crate::access::{Actor, Denial, Role, rules};
use crate::app::App;
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
use crate::words::appraisal as sentences;
use crate::words::dossier::{self as words, Tag};
use crate::words::evidence;
use crate::{appraisal, bundle, recognition};

/// A part in the list.
pub struct PartLine {
    pub title: String,
    pub href: String,
    pub tag: Tag,
    pub note: String,
    pub reason: Option<String>,
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
    pub href: Option<String>,
}

/// Something this seat can do now.
pub struct Action {
    pub label: String,
    pub href: String,
    pub icon: &'static str,
    /// btn--main, btn--danger, or nothing.
    pub class: &'static str,
    /// A form with one button, instead of a link.
    pub post: bool,
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
    let returns = rules::can_return(actor, &whole.dossier, &facts).is_ok();
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
            href: if judges {
                Some(appraisal::urls::judge(whole.dossier.id, &criterion.code))
            } else {
                assesses.then(|| urls::assess(whole.dossier.id, &criterion.code))
            },
        }
    };
    rules_of_kind.criteria.iter().map(line).collect()
}

fn link(label: impl Into<String>, href: String, icon: &'static str, class: &'static str) -> Action {
    Action { label: label.into(), href, icon, class, post: false }
}

fn button(label: impl Into<String>, href: String, icon: &'static str, class: &'static str) -> Action {
    Action { post: true, ..link(label, href, icon, class) }
}

/// What this seat can do with the dossier now; the first is the main thing.
fn actions_of(actor: &Actor, opened: &Opened, rules_of_kind: &SubjectRules, facts: &Facts) -> Vec<Action> {
    let dossier = &opened.whole.dossier;
    let mut offered = vec![];
    if rules::can_submit(actor, dossier, facts).is_ok() {
        offered.push(link("Kiểm tra và nộp", urls::submit(dossier.id), "send", "btn--main"));
    } else if rules::can_edit(actor, dossier, facts).is_ok() {
        offered.extend(next_gap(opened, rules_of_kind));
    }
    offered.extend(desk_actions(actor, opened, facts));
    if rules::can_withdraw(actor, dossier, facts).is_ok() {
        offered.push(button("Rút hồ sơ về", urls::withdraw(dossier.id), "undo-2", "btn--danger"));
    }
    let is_package = dossier.kind == DossierKind::Request && dossier.place.group.is_none();
    if is_package && rules::can_make_bundle(actor, bundle::model::Kind::Package, None).is_ok() {
        let href = bundle::urls::make(bundle::model::Kind::Package, dossier.place.ward, opened.whole.year);
        offered.push(button("Tải gói hồ sơ", href, "download", ""));
    }
    offered
}

/// What the desk above and those who decide can do.
fn desk_actions(actor: &Actor, opened: &Opened, facts: &Facts) -> Vec<Action> {
    let (dossier, id) = (&opened.whole.dossier, opened.whole.dossier.id);
    let can = |rule: fn(&Actor, &crate::dossier::model::Dossier, &Facts) -> Result<(), Denial>| {
        rule(actor, dossier, facts).is_ok()
    };
    let mut offered = vec![];
    if can(rules::can_receive) {
        offered.push(button("Tiếp nhận", appraisal::urls::receive(id), "inbox", "btn--main"));
    }
    if can(rules::can_recommend) || can(rules::can_decline) {
        offered.push(link("Kết luận", appraisal::urls::conclude(id), "file-up", "btn--main"));
    }
    if can(rules::can_recognise) || can(rules::can_refuse) {
        offered.push(link("Ghi quyết định", recognition::urls::recognise(id), "award", "btn--main"));
    }
    if can(rules::can_appraise) {
        offered.push(button("Thẩm định xong", appraisal::urls::appraise(id), "clipboard-check", "btn--main"));
    }
    if let Some(next) = opened.due().first().filter(|_| can(rules::can_judge)) {
        let label = format!("Thẩm định tiếp, còn {}", facts.verdicts_missing);
        let class = if offered.is_empty() { "btn--main" } else { "" };
        offered.push(link(label, appraisal::urls::judge(id, next), "clipboard-check", class));
    }
    if can(rules::can_return) {
        offered.push(link("Trả lại", appraisal::urls::send_back(id), "undo-2", "btn--danger"));
    }
    if can(rules::can_hand_back) {
        offered.push(link(sentences::HAND_BACK, appraisal::urls::reopen(id), "undo-2", "btn--danger"));
    } else if can(rules::can_reopen) {
        offered.push(link(sentences::REOPEN, appraisal::urls::reopen(id), "undo-2", "btn--danger"));
    }
    if can(rules::can_revoke) {
        offered.push(link("Thu hồi công nhận", recognition::urls::revoke(id), "undo-2", "btn--danger"));
    }
    offered
}

/// The first thing that is missing, as the one button of a dossier that cannot be handed in yet.
fn next_gap(opened: &Opened, rules_of_kind: &SubjectRules) -> Option<Action> {
    let whole = &opened.whole;
    let id = whole.dossier.id;
    let unfinished = |rule: &&crate::ruleset::PartRule| match whole.part_state(rule) {
        PartState::Empty | PartState::Begun => rule.required,
        PartState::Returned => true,
        PartState::Done | PartState::Optional => false,
    };
    if let Some(rule) = rules_of_kind.parts(whole.dossier.kind).iter().find(unfinished) {
        return Some(link(
            format!("Làm tiếp: {}", rule.short_title),
            urls::part(id, &rule.code),
            "pencil-line",
            "btn--main",
        ));
    }
    let due = rules_of_kind.criteria.iter().find(|criterion| whole.assessment_is_due(&criterion.code));
    due.filter(|_| whole.dossier.kind == DossierKind::Request)
        .map(|criterion| link("Tự đánh giá tiếp", urls::assess(id, &criterion.code), "pencil-line", "btn--main"))
}
