//! What is typed of a decision: its paper, and the units it is about.

use chrono::NaiveDate;

use super::actions::Paper;
use crate::appraisal;
use crate::dossier::actions::Order;
use crate::web::filters::dates;
use crate::web::form::Filled;
use crate::words::appraisal as words;

/// The longest reason, in characters.
const REASON_MAX: usize = 4000;

/// The value of "công nhận".
pub(super) const RECOGNISE: &str = "cong-nhan";
/// The value of "không công nhận".
pub(super) const REFUSE: &str = "khong";

/// The days on which a decision can have been signed: not before the evaluation began, not after today.
#[derive(Debug, Clone, Copy)]
pub(super) struct Days {
    /// First day of the evaluation window.
    pub from: NaiveDate,
    /// Today.
    pub today: NaiveDate,
}

/// Number, day and signer, read together so that all their sentences show at once.
fn paper(form: &mut Filled, days: Days) -> Option<(String, NaiveDate, String)> {
    let number = form.text("so", 60, words::NUMBER_MISSING);
    let day = form.day("ngay", words::DAY_MISSING);
    match day {
        Some(day) if day > days.today => {
            form.fail("ngay", format!("Ngày {} chưa tới. Ghi ngày đã ký trên giấy.", dates::day(day)));
        }
        Some(day) if day < days.from => {
            form.fail("ngay", format!("Ngày này trước thời gian xét. Ghi từ {} trở đi.", dates::day(days.from)));
        }
        _ => {}
    }
    let signer = form.text("nguoi-ky", 120, words::SIGNER_MISSING);
    Some((number?, day?, signer?))
}

/// A decision on one unit; a refusal says why.
pub(super) fn decide(mut form: Filled, days: Days) -> Result<Paper, Filled> {
    let outcome = match form.value("ket-qua") {
        RECOGNISE => Some(true),
        REFUSE => Some(false),
        _ => None,
    };
    if outcome.is_none() {
        form.fail("ket-qua", words::CHOOSE_OUTCOME);
    }
    let reason = if outcome == Some(false) {
        form.long_text("ly-do", REASON_MAX, words::REFUSE_NO_REASON)
    } else {
        form.long_text_optional("ly-do", REASON_MAX)
    };
    let paper = paper(&mut form, days);
    form.finish(outcome.zip(paper).map(|(outcome, (number, decided_on, signer))| Paper {
        outcome,
        reason,
        number,
        decided_on,
        signer,
    }))
}

/// A later decision that takes a recognition back; it always says why.
pub(super) fn revoke(mut form: Filled, days: Days) -> Result<Paper, Filled> {
    let reason = form.long_text("ly-do", 1000, words::REVOKE_NO_REASON);
    if reason.as_deref().is_some_and(|reason| reason.chars().count() < 5) {
        form.fail("ly-do", words::REVOKE_NO_REASON);
    }
    let paper = paper(&mut form, days);
    form.finish(reason.zip(paper).map(|(reason, (number, decided_on, signer))| Paper {
        outcome: false,
        reason: Some(reason),
        number,
        decided_on,
        signer,
    }))
}

/// One decision that recognises all the groups ticked.
pub(super) fn batch(mut form: Filled, days: Days) -> Result<(Vec<Order>, Paper), Filled> {
    let orders = appraisal::orders(&form).unwrap_or_default();
    if orders.is_empty() {
        form.fail("ho-so", words::BATCH_NOTHING);
    }
    let paper = paper(&mut form, days);
    let recognised = |(number, decided_on, signer)| Paper { outcome: true, reason: None, number, decided_on, signer };
    form.finish(paper.map(|paper| (orders, recognised(paper))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days() -> Days {
        Days { from: "2023-11-16".parse().expect("day"), today: "2024-12-20".parse().expect("day") }
    }

    fn filled(pairs: &[(&str, &str)]) -> Filled {
        Filled::from_pairs(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    const PAPER: [(&str, &str); 3] = [("so", "6120/QĐ-UBND"), ("ngay", "18/12/2024"), ("nguoi-ky", "Võ Minh Khang")];

    fn with(pairs: &[(&str, &str)]) -> Filled {
        filled(&[&PAPER[..], pairs].concat())
    }

    #[test]
    fn a_recognition_is_a_paper() {
        let paper = decide(with(&[("ket-qua", RECOGNISE)]), days()).expect("holds");
        assert_eq!(
            (paper.outcome, paper.number.as_str(), paper.signer.as_str()),
            (true, "6120/QĐ-UBND", "Võ Minh Khang")
        );
        assert_eq!(paper.decided_on, "2024-12-18".parse().expect("day"));
        let empty = decide(filled(&[]), days()).expect_err("nothing");
        let fields: Vec<&str> = empty.errors().iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["ket-qua", "so", "ngay", "nguoi-ky"]);
    }

    #[test]
    fn a_refusal_says_why() {
        let bare = decide(with(&[("ket-qua", REFUSE)]), days()).expect_err("no reason");
        assert_eq!(bare.error("ly-do"), Some(words::REFUSE_NO_REASON));
        let paper = decide(with(&[("ket-qua", REFUSE), ("ly-do", "Chưa đạt khoản 4.")]), days()).expect("holds");
        assert_eq!((paper.outcome, paper.reason.as_deref()), (false, Some("Chưa đạt khoản 4.")));
    }

    #[test]
    fn a_decision_is_signed_between_the_window_and_today() {
        let signed = |typed: &str| {
            let form = filled(&[("ket-qua", RECOGNISE), ("so", "1/QĐ"), ("ngay", typed), ("nguoi-ky", "A B")]);
            decide(form, days()).map(|paper| paper.decided_on).map_err(|form| form.error("ngay").map(str::to_owned))
        };
        assert!(signed("20/12/2024").is_ok());
        assert!(signed("16/11/2023").is_ok());
        assert_eq!(signed("21/12/2024"), Err(Some("Ngày 21/12/2024 chưa tới. Ghi ngày đã ký trên giấy.".to_owned())));
        assert_eq!(
            signed("15/11/2023"),
            Err(Some("Ngày này trước thời gian xét. Ghi từ 16/11/2023 trở đi.".to_owned()))
        );
    }

    #[test]
    fn a_batch_needs_a_group() {
        let none = batch(with(&[]), days()).expect_err("nobody ticked");
        assert_eq!(none.error("ho-so"), Some(words::BATCH_NOTHING));
        let pair = "018f3e6a-0000-7000-8000-000000000001:5";
        let (orders, paper) = batch(with(&[("ho-so", pair)]), days()).expect("holds");
        assert_eq!((orders.len(), orders[0].version, paper.outcome), (1, 5, true));
    }
}
