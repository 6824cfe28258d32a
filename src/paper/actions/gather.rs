//! Reads what a paper rests on: figures and names of this moment, from the rows themselves.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;

use crate::access::Refused;
use crate::appraisal;
use crate::dossier::actions::{Opened, open};
use crate::dossier::model::Status;
use crate::meeting;
use crate::paper::model::{
    Criterion, Decision, Facts, Group, GroupCounts, Households, Incident, Keeper, Kind, Returned, ReturnedItem, Slot,
};
use crate::paper::store::{self, Ground, GroupRow};
use crate::participation::model::Tally;
use crate::platform::clock::civil;
use crate::platform::id::DossierId;
use crate::ruleset::cache::Rulesets;
use crate::ruleset::engine::{Facts as Standing, Outcome, combined};
use crate::ruleset::{DeadlineCode, DossierKind, Finding, Ruleset, SubjectKind, Window};
use crate::web::filters::{dates, numbers};
use crate::words::dossier as dossier_words;
use crate::words::engine as engine_words;

use super::minutes::meeting_facts;

/// Reads it all, with the dossier that the paper belongs to.
///
/// # Errors
/// [`Refused::NotFound`] out of sight, or what the database says.
pub async fn gather(
    conn: &mut PgConnection,
    rulesets: &Rulesets,
    slot: &Slot,
    now: DateTime<Utc>,
) -> Result<(Facts, Option<DossierId>), Refused> {
    let ground = store::ground(conn, slot).await?;
    let ruleset = rulesets.get(conn, ground.ruleset).await?;
    let today = civil(now);
    let mut facts = general(&ground, &ruleset, slot, today);
    let dossier = match slot.kind.part() {
        Some((DossierKind::Registration, _)) => ground.registration,
        _ => ground.request,
    };
    if let Some(request) = ground.request.filter(|_| speaks_of_results(slot.kind)) {
        let opened = open(conn, rulesets, request).await?;
        of_request(&mut facts, &opened, today);
    }
    if speaks_of_groups(slot.kind) {
        let matrix = appraisal::store::matrix(conn, slot.cycle).await?;
        of_groups(&mut facts, &ruleset, &matrix, today);
    }
    if let Some(id) = ground.meeting {
        let gathered = meeting::actions::gather(conn, rulesets, id).await?;
        facts.meeting = Some(meeting_facts(&gathered));
    }
    Ok((facts, dossier))
}

/// Speaks of criteria, incidents, decisions; a registration does not.
const fn speaks_of_results(kind: Kind) -> bool {
    !matches!(
        kind,
        Kind::GroupRegistration
            | Kind::GroupPlan
            | Kind::GroupHouseholds
            | Kind::WardPlan
            | Kind::WardRegistration
            | Kind::WardSummary
    )
}

/// Speaks of what single groups come to.
const fn speaks_of_groups(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::WardReport
            | Kind::WardMinutes
            | Kind::WardLetter
            | Kind::WardList
            | Kind::WardDecision
            | Kind::CityReport
            | Kind::CityDecision
    )
}

fn general(ground: &Ground, ruleset: &Arc<Ruleset>, slot: &Slot, today: NaiveDate) -> Facts {
    let is_group = slot.place.group.is_some();
    let window = if is_group { ground.group_window } else { ground.ward_window };
    let unit = ground.group_name.clone().unwrap_or_else(|| ground.ward_name.clone());
    let groups: Vec<Group> = ground.groups.iter().map(group).collect();
    Facts {
        year: ground.year.to_string(),
        unit,
        ward: ground.ward_name.clone(),
        city: ground.city_name.clone(),
        from: dates::day(window.from),
        to: dates::day(window.to),
        grounds: grounds(ruleset, today),
        deadline: deadline(ground, slot),
        households: households(&ground.tally),
        group_counts: counts(&ground.groups),
        groups,
        ..Facts::default()
    }
}

/// The instruments that the ruleset rests on, as papers cite them; what nobody has checked against its source is left out.
fn grounds(ruleset: &Ruleset, today: NaiveDate) -> Vec<String> {
    let holds = |it: &&crate::ruleset::Instrument| {
        !it.confidence.needs_check() && it.in_force.or(it.dated).is_none_or(|from| from <= today)
    };
    let cited = |it: &crate::ruleset::Instrument| {
        let title = it.title.split(';').next().unwrap_or_default();
        let (what, rest) = title.split_once(" của ").unwrap_or((title, ""));
        let dated = it.dated.map_or_else(String::new, |on| format!(" ngày {}", dates::day(on)));
        let rest = if rest.is_empty() { String::new() } else { format!(" của {rest}") };
        format!("{what} số {}{dated}{rest}", it.number)
    };
    ruleset.instruments.iter().filter(holds).map(cited).collect()
}

fn deadline(ground: &Ground, slot: &Slot) -> String {
    let code = match (slot.kind.part().map(|(of, _)| of), slot.place.group.is_some()) {
        (Some(DossierKind::Registration), true) => DeadlineCode::GroupRegistration,
        (Some(DossierKind::Registration), false) => DeadlineCode::WardRegistration,
        (_, true) => DeadlineCode::GroupRequest,
        (_, false) => DeadlineCode::WardRequest,
    };
    let found = ground.deadlines.iter().find(|it| it.code == code);
    found.map_or_else(String::new, |it| crate::words::cycle::stated(it.stated, it.exclusive))
}

fn households(tally: &Tally) -> Households {
    Households {
        all: tally.households,
        registered: tally.registered,
        pledged: tally.pledged,
        registered_share: numbers::percent(tally.registered, tally.households),
        pledged_share: numbers::percent(tally.pledged, tally.households),
    }
}

/// Proposed, or further on the same way.
const fn is_proposed(status: Status) -> bool {
    matches!(status, Status::Recommended | Status::Forwarded | Status::Recognised)
}

fn group(row: &GroupRow) -> Group {
    Group {
        name: row.name.clone(),
        households: households(&row.tally.unwrap_or_default()),
        registered_on: row.registered_at.map_or_else(String::new, |at| dates::day(at)),
        concluded: concluded(row.status).to_owned(),
        is_proposed: is_proposed(row.status),
        votes: row.votes.map_or_else(String::new, |(agree, against, other)| format!("{agree}/{against}/{other}")),
        reason: row.reason.clone().unwrap_or_default(),
        ..Group::default()
    }
}

const fn concluded(status: Status) -> &'static str {
    match status {
        Status::Recommended | Status::Forwarded => "đề nghị công nhận",
        Status::NotRecommended => "không đề nghị",
        Status::Recognised => "công nhận",
        Status::NotRecognised => "không công nhận",
        Status::Revoked => "thu hồi công nhận",
        Status::Draft | Status::Submitted | Status::Received | Status::Returned | Status::Appraised => "",
    }
}

fn counts(groups: &[GroupRow]) -> GroupCounts {
    let of = |is: fn(Status) -> bool| groups.iter().filter(|row| is(row.status)).count();
    let (all, recommended) = (groups.len(), of(is_proposed));
    let recognised = of(|status| status == Status::Recognised);
    GroupCounts {
        all,
        registered: groups.iter().filter(|row| row.registered_at.is_some()).count(),
        recommended,
        declined: of(|status| matches!(status, Status::NotRecommended | Status::NotRecognised)),
        recognised,
        recommended_share: numbers::percent(recommended, all),
        recognised_share: numbers::percent(recognised, all),
    }
}

fn of_request(facts: &mut Facts, opened: &Opened, today: NaiveDate) {
    let (whole, subject) = (&opened.whole, opened.whole.subject_kind());
    let outcomes = opened.outcomes(today);
    let found = |outcome: &Outcome| -> Option<Criterion> {
        let rule = opened.ruleset.subject(subject)?.criterion(&outcome.code)?;
        let verdict = whole.verdict(&outcome.code);
        let claim = whole.assessment(&outcome.code);
        let word = |finding: Finding| engine_words::verdict(finding).to_owned();
        Some(Criterion {
            code: outcome.code.clone(),
            label: rule.label.clone(),
            citation: rule.plan.clone().unwrap_or_else(|| rule.circular.clone()),
            title: rule.title.clone(),
            claim: claim.map_or_else(String::new, |it| word(it.finding)),
            verdict: verdict.map_or_else(String::new, |it| word(it.finding)),
            why: engine_words::why(&opened.ruleset, subject, outcome),
            note: claim.and_then(|it| it.note.clone()).unwrap_or_default(),
        })
    };
    facts.criteria = outcomes.iter().filter_map(found).collect();
    // Before the desk spoke, what the unit says of itself counts.
    let said = |outcome: &Outcome| match whole.assessment(&outcome.code) {
        Some(claim) if outcome.judged.is_none() => claim.finding,
        _ => outcome.finding(),
    };
    facts.met = outcomes.iter().filter(|it| said(it) == Finding::Met).count();
    facts.overall = engine_words::verdict(combined(outcomes.iter().map(said))).to_owned();
    if let Some(standing) = &whole.standing {
        facts.incidents = incidents(&opened.ruleset, standing, (whole.window, whole.year));
    }
    facts.returned = whole.open_return().map(|back| Returned {
        on: dates::day(back.made_at),
        answer_by: dates::day(back.answer_by),
        items: back.items.iter().map(|item| returned_item(opened, item)).collect(),
    });
    facts.decision = whole.decision().map(|it| Decision {
        number: it.number.clone().unwrap_or_default(),
        on: it.decided_on.map_or_else(String::new, |on| dates::day(on)),
        outcome: it.outcome,
        reason: it.reason.clone().unwrap_or_default(),
        state_sha256: it.state_sha256.clone(),
    });
}

fn returned_item(opened: &Opened, item: &crate::dossier::model::ReturnItem) -> ReturnedItem {
    let rules = opened.ruleset.subject(opened.whole.subject_kind());
    let part = item.part.as_deref().and_then(|code| {
        let rule = rules?.part(opened.whole.dossier.kind, code)?;
        Some(rule.title.clone())
    });
    let criterion = item.criterion.as_deref().and_then(|code| {
        let rule = rules?.criterion(code)?;
        Some(format!("{}: {}", rule.label, rule.title))
    });
    let whole = || dossier_words::kind(opened.whole.dossier.kind).to_owned();
    ReturnedItem { title: part.or(criterion).unwrap_or_else(whole), reason: item.reason.clone() }
}

/// Confirmed counts by type; types without any are left out.
fn incidents(ruleset: &Ruleset, standing: &Standing, (window, year): (Window, i32)) -> Vec<Incident> {
    let earlier = |day: NaiveDate| day.checked_sub_months(chrono::Months::new(12)).unwrap_or(day);
    let before = Window { from: earlier(window.from), to: earlier(window.to) };
    let sum = |kind: &str, window: Window, year: i32| -> i64 {
        let of = standing.incidents.iter().filter(|it| it.kind == kind && it.confirmed && it.belongs(window, year));
        of.map(|it| it.n).sum()
    };
    let knows_before = standing.periods.contains(&(year - 1));
    ruleset
        .incident_types
        .iter()
        .map(|kind| {
            let before = sum(&kind.code, before, year - 1);
            let now = sum(&kind.code, window, year);
            Incident { title: kind.title.clone(), now, before: (knows_before || before > 0).then_some(before) }
        })
        .filter(|it| it.now > 0 || it.before.is_some_and(|before| before > 0))
        .collect()
}

/// What the table finds of each group; groups that the seat does not see keep their counts alone.
fn of_groups(facts: &mut Facts, ruleset: &Ruleset, matrix: &appraisal::model::Matrix, today: NaiveDate) {
    let Some(rules) = ruleset.subject(SubjectKind::Group) else { return };
    facts.group_criteria = rules.criteria.iter().map(|it| it.label.trim_start_matches("khoản ").to_owned()).collect();
    for line in appraisal::model::lines(matrix, ruleset, today) {
        let Some(group) = facts.groups.iter_mut().find(|group| group.name == line.row.name) else { continue };
        let findings: Vec<Finding> = line.cells.iter().map(|cell| cell.outcome.finding()).collect();
        let mark = |finding: &Finding| match finding {
            Finding::Met => "Đ",
            Finding::NotMet => "K",
            Finding::Insufficient => "",
        };
        group.cells = findings.iter().map(|it| mark(it).to_owned()).collect();
        group.met = findings.iter().filter(|it| **it == Finding::Met).count();
        group.overall = engine_words::verdict(combined(findings)).to_owned();
    }
}

/// The unit whose paper it is, for the list of who signs.
#[must_use]
pub const fn signing_unit(slot: &Slot) -> crate::platform::id::UnitId {
    match (slot.kind.keeper(), slot.place.group) {
        (Keeper::Group, Some(group)) => group,
        (Keeper::City, _) => slot.place.city,
        _ => slot.place.ward,
    }
}
