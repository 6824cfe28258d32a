//! What the desk above types: a verdict, a return, a conclusion, a list of dossiers.

use chrono::{Days, NaiveDate};

use super::store::VerdictInput;
use crate::dossier::actions::Order;
use crate::dossier::model::{Finding, ReturnItem};
use crate::ruleset::Gravity;
use crate::ruleset::engine::{Change, Outcome};
use crate::web::form::Filled;
use crate::words::appraisal as words;

/// The longest note or reason of a verdict or conclusion, in characters.
const NOTE_MAX: usize = 4000;

/// The longest reason of one returned thing, in characters; the shortest is 5 (the database holds both).
const REASON_MAX: usize = 1000;

/// How far ahead an answer may be asked for, and what the form proposes. Habits of the house, not of the law.
const ANSWER_DAYS: (u64, u64) = (60, 3);

/// Field of the boxes on a return: `phan:<code>` or `tieu-chi:<code>`.
pub(super) const THINGS: &str = "muc";

/// Field of the day to answer by.
pub(super) const ANSWER_BY: &str = "tra-loi";

/// The field with the reason for one thing of a return.
pub(super) fn reason_field(thing: &str) -> String {
    format!("ly-do.{thing}")
}

/// The day that a new return proposes.
pub(super) fn proposed_day(today: NaiveDate) -> NaiveDate {
    today + Days::new(ANSWER_DAYS.1)
}

/// A verdict; whatever is not met, or otherwise than the program found, says why.
pub(super) fn verdict(mut form: Filled, found: Option<&Outcome>) -> Result<VerdictInput, Filled> {
    let finding: Option<Finding> = form.one_of("ket-luan", words::CHOOSE_FINDING);
    let note = match finding {
        Some(Finding::Met) | None => form.long_text_optional("ghi-chu", NOTE_MAX),
        Some(other) => form.long_text("ghi-chu", NOTE_MAX, words::note_missing(other)),
    };
    let otherwise =
        finding.zip(found).is_some_and(|(finding, found)| found.benchmark(finding).is_some_and(|it| it != finding));
    if otherwise && note.is_none() {
        form.fail("ghi-chu", words::OVERRIDE_NEEDS_REASON);
    }
    // A form without the number looked at nothing: the verdict then counts as older than any self-assessment.
    let looked_at_revision = form.value("da-xem").parse().unwrap_or(0);
    form.finish(finding.map(|finding| VerdictInput { finding, note, looked_at_revision }))
}

/// What is sent back, and until when.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Return {
    /// The things, each with its reason.
    pub items: Vec<ReturnItem>,
    /// The last day to answer.
    pub answer_by: NaiveDate,
}

fn item(thing: &str, reason: String) -> Option<ReturnItem> {
    let (kind, code) = thing.split_once(':')?;
    let code = Some(code.to_owned());
    match kind {
        "phan" => Some(ReturnItem { part: code, criterion: None, reason }),
        "tieu-chi" => Some(ReturnItem { part: None, criterion: code, reason }),
        _ => None,
    }
}

/// Something that may be sent back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Thing {
    /// `phan:<code>` or `tieu-chi:<code>`.
    pub value: String,
    /// What a sentence calls it: "Tờ trình", "Khoản 1.3".
    pub name: String,
}

/// The reason of one thing, when it is ticked and its reason holds.
fn returned(form: &mut Filled, Thing { value, name }: &Thing) -> Option<ReturnItem> {
    let field = reason_field(value);
    if !form.has(THINGS, value) {
        if !form.value(&field).trim().is_empty() {
            form.fail(&field, words::return_not_chosen(name));
        }
        return None;
    }
    let reason = form.text(&field, REASON_MAX, &words::return_no_reason(name))?;
    if reason.chars().count() < 5 {
        form.fail(&field, words::return_short_reason(name));
    }
    item(value, reason)
}

/// A return of some of the `things` that the dossier has, to be answered after `today`.
pub(super) fn send_back(mut form: Filled, things: &[Thing], today: NaiveDate) -> Result<Return, Filled> {
    let items: Vec<ReturnItem> = things.iter().filter_map(|thing| returned(&mut form, thing)).collect();
    if items.is_empty() && !form.is_bad() {
        form.fail(THINGS, words::RETURN_NOTHING);
    }
    let answer_by = form.day(ANSWER_BY, words::ANSWER_BY_MISSING);
    match answer_by {
        Some(day) if day <= today => form.fail(ANSWER_BY, words::ANSWER_BY_PAST),
        Some(day) if day > today + Days::new(ANSWER_DAYS.0) => form.fail(ANSWER_BY, words::ANSWER_BY_FAR),
        _ => {}
    }
    form.finish(answer_by.map(|answer_by| Return { items, answer_by }))
}

/// The value of "đề nghị công nhận".
pub(super) const RECOMMEND: &str = "de-nghi";
/// The value of "không đề nghị".
pub(super) const DECLINE: &str = "khong-de-nghi";

/// Recommended or not, and why; a refusal says why.
pub(super) fn conclude(mut form: Filled) -> Result<(bool, Option<String>), Filled> {
    let outcome = match form.value("ket-luan") {
        RECOMMEND => Some(true),
        DECLINE => Some(false),
        _ => None,
    };
    if outcome.is_none() {
        form.fail("ket-luan", words::CHOOSE_CONCLUSION);
    }
    let reason = if outcome == Some(false) {
        form.long_text("ly-do", NOTE_MAX, words::DECLINE_NO_REASON)
    } else {
        form.long_text_optional("ly-do", NOTE_MAX)
    };
    form.finish(outcome.map(|outcome| (outcome, reason)))
}

/// What is asked in "nếu thì"; the form comes back with it, to be drawn again.
pub(super) fn what_if(mut form: Filled) -> Result<(Filled, Vec<Change>), Filled> {
    let mut number = |name: &str, from: i64| match form.value(name).trim() {
        "" => None,
        _ => form.whole(name, from..=100_000, words::WHAT_IF_NUMBER).filter(|more| *more != 0),
    };
    let mut changes = vec![];
    changes.extend(number("dang-ky", -100_000).map(Change::Registered));
    changes.extend(number("ky", -100_000).map(Change::Pledged));
    changes.extend(number("den", -100_000).map(Change::Arrived));
    changes.extend(number("cong-nhan", 1).map(Change::Recognised));
    let (n, kind) = (number("vu", 1), form.value("loai").to_owned());
    match (kind.is_empty(), n) {
        (false, n) => {
            let gravity = form.value("muc").parse().unwrap_or(Gravity::Ordinary);
            changes.push(Change::Incidents { kind, gravity, n: n.unwrap_or(1) });
        }
        (true, Some(_)) => form.fail("loai", words::WHAT_IF_KIND),
        (true, None) => {}
    }
    let drawn = form.clone();
    form.finish(Some((drawn, changes)))
}

/// The dossiers to approve together.
pub(super) fn approve(mut form: Filled) -> Result<Vec<Order>, Filled> {
    let orders = orders(&form).unwrap_or_default();
    if orders.is_empty() {
        form.fail("ho-so", crate::words::matrix::NOTHING_TICKED);
    }
    form.finish(Some(orders))
}

/// Why a conclusion is taken back.
pub(super) fn reopen(mut form: Filled) -> Result<String, Filled> {
    let reason = form.long_text("ly-do", REASON_MAX, words::REOPEN_NO_REASON);
    if reason.as_deref().is_some_and(|reason| reason.chars().count() < 5) {
        form.fail("ly-do", words::REOPEN_NO_REASON);
    }
    form.finish(reason)
}

/// The dossiers ticked in a list, each "id:version"; none when a value is not of that shape, which no page of ours sends.
pub(crate) fn orders(form: &Filled) -> Option<Vec<Order>> {
    let mut orders: Vec<Order> = Vec::new();
    for value in form.values_of("ho-so") {
        let (id, version) = value.split_once(':')?;
        let order = Order { id: id.parse().ok()?, version: version.parse().ok()? };
        if !orders.contains(&order) {
            orders.push(order);
        }
    }
    Some(orders)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn filled(pairs: &[(&str, &str)]) -> Filled {
        Filled::from_pairs(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn a_verdict_that_is_not_met_says_why() {
        assert_eq!(verdict(filled(&[]), None).expect_err("nothing").error("ket-luan"), Some(words::CHOOSE_FINDING));
        assert_eq!(
            verdict(filled(&[("ket-luan", "great")]), None).expect_err("no such").error("ket-luan"),
            Some(words::CHOOSE_FINDING)
        );
        for finding in [Finding::NotMet, Finding::Insufficient] {
            let bare =
                verdict(filled(&[("ket-luan", finding.as_str()), ("ghi-chu", "  ")]), None).expect_err("no reason");
            assert_eq!(bare.error("ghi-chu"), Some(words::note_missing(finding)));
        }
        let met = verdict(filled(&[("ket-luan", "met"), ("da-xem", "4")]), None).expect("met needs no note");
        assert_eq!(met, VerdictInput { finding: Finding::Met, note: None, looked_at_revision: 4 });
        let unseen = verdict(filled(&[("ket-luan", "not_met"), ("ghi-chu", "Thiếu hộ 0733."), ("da-xem", "x")]), None)
            .expect("holds");
        assert_eq!((unseen.looked_at_revision, unseen.note.as_deref()), (0, Some("Thiếu hộ 0733.")));
    }

    const TODAY: &str = "2024-11-11";

    fn things() -> Vec<Thing> {
        let thing = |(value, name): (&str, &str)| Thing { value: value.to_owned(), name: name.to_owned() };
        [("phan:to-trinh", "Tờ trình"), ("tieu-chi:1.3", "Khoản 1.3")].map(thing).to_vec()
    }

    fn back(pairs: &[(&str, &str)]) -> Result<Return, Filled> {
        send_back(filled(pairs), &things(), day(TODAY))
    }

    #[test]
    fn a_return_names_things_with_reasons() {
        let form =
            [("muc", "tieu-chi:1.3"), ("ly-do.tieu-chi:1.3", "Bổ sung phiếu của hộ 0733."), ("tra-loi", "14/11/2024")];
        let found = back(&form).expect("holds");
        let item = ReturnItem {
            part: None,
            criterion: Some("1.3".to_owned()),
            reason: "Bổ sung phiếu của hộ 0733.".to_owned(),
        };
        assert_eq!(found, Return { items: vec![item], answer_by: day("2024-11-14") });
    }

    #[test]
    fn a_return_says_at_each_field_what_is_missing() {
        let nothing = back(&[("tra-loi", "14/11/2024")]).expect_err("nothing chosen");
        assert_eq!(nothing.error("muc"), Some(words::RETURN_NOTHING));
        let unreasoned = back(&[("muc", "phan:to-trinh"), ("tra-loi", "14/11/2024")]).expect_err("no reason");
        assert_eq!(unreasoned.error("ly-do.phan:to-trinh"), Some(&*words::return_no_reason("Tờ trình")));
        assert_eq!(unreasoned.error("muc"), None);
        let short = back(&[("muc", "phan:to-trinh"), ("ly-do.phan:to-trinh", "sửa"), ("tra-loi", "14/11/2024")])
            .expect_err("short");
        assert_eq!(short.error("ly-do.phan:to-trinh"), Some(&*words::return_short_reason("Tờ trình")));
        let unticked =
            back(&[("ly-do.tieu-chi:1.3", "Thiếu hộ 0733."), ("tra-loi", "14/11/2024")]).expect_err("not ticked");
        assert_eq!(unticked.error("ly-do.tieu-chi:1.3"), Some(&*words::return_not_chosen("Khoản 1.3")));
        let unknown = back(&[("muc", "phan:khac"), ("tra-loi", "14/11/2024")]).expect_err("no such part");
        assert_eq!(unknown.error("muc"), Some(words::RETURN_NOTHING));
    }

    #[test]
    fn an_answer_is_due_after_today_and_within_sixty_days() {
        let due = |typed: &str| {
            let form = [("muc", "phan:to-trinh"), ("ly-do.phan:to-trinh", "Bổ sung số."), ("tra-loi", typed)];
            back(&form).map_err(|form| form.error("tra-loi").map(str::to_owned).expect("a sentence at the day"))
        };
        assert_eq!(due("").expect_err("empty"), words::ANSWER_BY_MISSING);
        assert_eq!(due("11/11/2024").expect_err("today"), words::ANSWER_BY_PAST);
        assert!(due("12/11/2024").is_ok());
        assert!(due("10/1/2025").is_ok());
        assert_eq!(due("11/1/2025").expect_err("61 days"), words::ANSWER_BY_FAR);
        assert_eq!(proposed_day(day(TODAY)), day("2024-11-14"));
    }

    #[test]
    fn declining_says_why_and_recommending_need_not() {
        assert_eq!(conclude(filled(&[])).expect_err("nothing").error("ket-luan"), Some(words::CHOOSE_CONCLUSION));
        assert_eq!(
            conclude(filled(&[("ket-luan", DECLINE)])).expect_err("bare").error("ly-do"),
            Some(words::DECLINE_NO_REASON)
        );
        assert_eq!(conclude(filled(&[("ket-luan", RECOMMEND)])).expect("holds"), (true, None));
        let declined = conclude(filled(&[("ket-luan", DECLINE), ("ly-do", "Chưa đạt khoản 4.")])).expect("holds");
        assert_eq!(declined, (false, Some("Chưa đạt khoản 4.".to_owned())));
    }

    #[test]
    fn a_list_of_dossiers_is_read_or_refused_as_a_whole() {
        let id = "018f3e6a-0000-7000-8000-000000000001";
        let pair = format!("{id}:3");
        let found = orders(&filled(&[("ho-so", &pair), ("ho-so", &pair)])).expect("well formed");
        assert_eq!(found, vec![Order { id: id.parse().expect("an id"), version: 3 }]);
        assert_eq!(orders(&filled(&[])), Some(vec![]));
        assert_eq!(orders(&filled(&[("ho-so", &pair), ("ho-so", "x:1")])), None);
        assert_eq!(orders(&filled(&[("ho-so", id)])), None);
    }
}
