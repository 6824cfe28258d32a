//! What a seat can do with a dossier now, as the buttons of its page.

use crate::access::{Actor, Denial, rules};
use crate::dossier::actions::Opened;
use crate::dossier::model::{Facts, PartState};
use crate::dossier::urls;
use crate::ruleset::{DossierKind, SubjectRules};
use crate::words::appraisal as sentences;
use crate::{appraisal, bundle, recognition};

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

fn link(label: impl Into<String>, href: String, icon: &'static str, class: &'static str) -> Action {
    Action { label: label.into(), href, icon, class, post: false }
}

fn button(label: impl Into<String>, href: String, icon: &'static str, class: &'static str) -> Action {
    Action { post: true, ..link(label, href, icon, class) }
}

/// What this seat can do with the dossier now; the first is the main thing.
pub(super) fn actions_of(actor: &Actor, opened: &Opened, rules_of_kind: &SubjectRules, facts: &Facts) -> Vec<Action> {
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
    let is_package = dossier.kind == DossierKind::Request && dossier.is_of_ward();
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
    if can(rules::can_return) && opened.whole.open_hand_back().is_some() {
        offered.push(link(sentences::PASS_ON, appraisal::urls::pass_on(id), "undo-2", ""));
    }
    if can(rules::can_return) {
        offered.push(link("Trả lại", appraisal::urls::send_back(id), "undo-2", "btn--danger"));
    }
    if can(rules::can_hand_back) {
        offered.push(link(sentences::HAND_BACK, appraisal::urls::send_back(id), "undo-2", "btn--danger"));
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
