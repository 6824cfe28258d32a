#![allow(clippy::unwrap_used, reason = "in a test the place that fails is the message")]

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::NaiveDate;
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::ruleset::engine::{Birth, Case, Document, Facts, Households, How, Incident, Judged, Life, Standing, Unit};
use crate::ruleset::{Ruleset, shipped};

/// Read once: the property asks for them a hundred times.
static SHIPPED: LazyLock<Vec<Ruleset>> = LazyLock::new(|| shipped().unwrap());

fn on(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn window() -> Window {
    Window { from: on("2023-11-16"), to: on("2024-11-15") }
}

fn plan() -> Ruleset {
    SHIPPED.iter().find(|it| it.code == "kh390-2024").unwrap().clone()
}

/// Nothing is there yet.
fn empty() -> Facts {
    Facts {
        life: Life { from: on("2010-01-01"), to: None, born: None },
        documents: vec![],
        households: Households { resident: 0, registered: 0, pledged: 0 },
        figures: BTreeMap::new(),
        incidents: vec![],
        periods: vec![],
        units: vec![],
    }
}

fn incident(kind: &str, day: &str, n: i64) -> Incident {
    Incident { on: Some(on(day)), year: None, kind: kind.to_owned(), gravity: Gravity::Ordinary, n, confirmed: true }
}

fn units(recognised: usize, open: usize, refused: usize) -> Vec<Unit> {
    let standings = [(recognised, Standing::Recognised), (open, Standing::Open), (refused, Standing::Refused)];
    let all = standings.into_iter().flat_map(|(n, standing)| std::iter::repeat_n(standing, n));
    all.enumerate()
        .map(|(at, standing)| Unit {
            name: format!("Tổ dân phố {}", at + 1),
            kind: SubjectKind::Group,
            counted: true,
            registered: standing != Standing::Refused,
            standing,
        })
        .collect()
}

/// Why, what would flip it, and the rows behind it.
struct Said {
    why: String,
    flip: Option<String>,
    rows: Vec<String>,
    threshold: String,
    provisional: Option<String>,
}

fn said_on(today: &str, subject: SubjectKind, code: &str, facts: &Facts, judged: Option<Finding>) -> Said {
    let (ruleset, judged) = (plan(), judged.map(|it| (code.to_owned(), it)).into_iter().collect::<Judged>());
    let case =
        Case { ruleset: &ruleset, subject, year: 2024, window: window(), today: on(today), facts, judged: &judged };
    let outcome = case.outcome(code).unwrap();
    Said {
        why: why(&ruleset, subject, &outcome),
        flip: flip(&ruleset, subject, &outcome),
        rows: rows(&case, &outcome),
        threshold: threshold(&ruleset, subject, &outcome),
        provisional: provisional(&outcome),
    }
}

fn said(subject: SubjectKind, code: &str, facts: &Facts) -> Said {
    said_on("2024-11-17", subject, code, facts, None)
}

#[track_caller]
fn assert_said(said: &Said, why: &str, flip: Option<&str>) {
    assert_eq!((said.why.as_str(), said.flip.as_deref()), (why, flip));
}

#[test]
fn a_paper_is_told_by_its_day() {
    let with = |day: Option<&str>| Facts {
        documents: vec![Document { part: "nghi-quyet".to_owned(), issued_on: day.map(on) }],
        ..empty()
    };
    let of = |facts: &Facts| said(SubjectKind::Group, "1.1", facts);
    let met = of(&with(Some("2024-03-15")));
    assert_said(&met, "Nghị quyết của chi bộ ghi ngày 15/3/2024, trong quý I.", None);
    assert_eq!(met.rows, ["Nghị quyết của chi bộ: 15/3/2024"]);
    assert_eq!(met.threshold, "Nghị quyết của chi bộ có ngày trong quý I (1/1 đến hết 31/3/2024).");
    assert_eq!(met.provisional, None);
    let mend = Some("Có nghị quyết của chi bộ ghi ngày trong quý I thì đạt.");
    let late = "Nghị quyết của chi bộ ghi ngày 1/4/2024, ngoài quý I (1/1 đến hết 31/3/2024).";
    assert_said(&of(&with(Some("2024-04-01"))), late, mend);
    assert_said(&of(&with(None)), "Nghị quyết của chi bộ chưa có ngày, cần ngày trong quý I.", mend);
    let mut founded = with(Some("2024-07-05"));
    founded.life.from = on("2024-07-01");
    let why = "Nghị quyết của chi bộ ghi ngày 5/7/2024, ngoài quý I (1/1 đến hết 31/3/2024); tổ dân phố lập ngày 1/7/2024, sau quý I.";
    assert_said(&of(&founded), why, None);
}

#[test]
fn a_share_is_told_with_its_threshold() {
    let of = |registered, resident| {
        let households = Households { resident, registered, pledged: 0 };
        said(SubjectKind::Group, "1.3", &Facts { households, ..empty() })
    };
    let short = of(312, 350);
    assert_said(&short, "312/350 hộ đã đăng ký (89,1%), cần 100%, còn 38.", Some("Thêm 38 hộ đăng ký thì đạt."));
    assert_eq!(short.rows, ["Số hộ đăng ký: 312", "Số hộ đang cư trú: 350"]);
    assert_eq!(short.threshold, "Cần 100% của 350 hộ đang cư trú, tức 350.");
    assert_said(&of(350, 350), "350/350 hộ đã đăng ký (100%).", Some("Thêm 1 hộ mới đến chưa đăng ký là chưa đạt."));
    assert_said(&of(0, 0), "Chưa có hộ nào để tính, cần 100%.", Some("Có hộ đang cư trú thì tính được."));
    let wrong = "352/350 hộ đã đăng ký, vượt 2: số liệu không khớp, cần xem lại.";
    assert_said(&of(352, 350), wrong, Some("Sửa số liệu cho khớp thì tính được."));
}

#[test]
fn recognised_units_are_expected_or_official() {
    let of = |units| said(SubjectKind::Ward, "4.2", &Facts { units, ..empty() });
    let short = of(units(16, 0, 8));
    let flip = "Thêm 1 đơn vị được công nhận thì đạt.";
    assert_said(&short, "16/24 đơn vị được công nhận (66,7%), cần 70% tức 17 đơn vị.", Some(flip));
    assert_eq!((short.rows.len(), short.provisional), (2 + 8, None));
    assert_eq!(short.rows[2], "Tổ dân phố 17: không được đề nghị hoặc không được công nhận");
    let open = of(units(16, 8, 0));
    let why = "Dự kiến 16/24 đơn vị được công nhận (66,7%), cần 70% tức 17 đơn vị, 8 đơn vị chưa có kết luận.";
    assert_said(&open, why, Some(flip));
    assert_eq!(open.provisional.as_deref(), Some("Dự kiến: còn đơn vị chưa có quyết định công nhận."));
    let met = "17/24 đơn vị được công nhận (70,8%), đủ 70% tức 17 đơn vị.";
    assert_said(&of(units(17, 0, 7)), met, Some("Bớt 1 đơn vị được công nhận là chưa đạt."));
    let all = "24/24 đơn vị được công nhận (100%), đủ 70% tức 17 đơn vị.";
    assert_said(&of(units(24, 0, 0)), all, Some("Bớt 8 đơn vị được công nhận là chưa đạt."));
    let registered = said(SubjectKind::Ward, "4.1", &Facts { units: units(23, 0, 1), ..empty() });
    let why = "23/24 đơn vị đã đăng ký (95,8%), cần 100%, còn 1.";
    assert_said(&registered, why, Some("Thêm 1 đơn vị đăng ký thì đạt."));
    assert_eq!(registered.rows[2], "Tổ dân phố 24: chưa đăng ký");
}

#[test]
fn figures_are_told_with_what_they_need() {
    let of = |metric, subject, code, value: Option<i64>| {
        let figures = value.map(|value| (metric, value)).into_iter().collect();
        said(subject, code, &Facts { figures, ..empty() })
    };
    let initiatives = |value| of(Metric::EffectiveInitiatives, SubjectKind::Ward, "1.4", value);
    let (none, mend) = ("Chưa có mô hình có hiệu quả, cần ít nhất 1.", "Thêm 1 mô hình có hiệu quả thì đạt.");
    assert_said(&initiatives(Some(0)), none, Some(mend));
    let lost = "Bớt 2 mô hình có hiệu quả là chưa đạt.";
    assert_said(&initiatives(Some(2)), "Có 2 mô hình có hiệu quả, cần ít nhất 1.", Some(lost));
    let unknown = "Chưa ghi số mô hình có hiệu quả, cần ít nhất 1.";
    assert_said(&initiatives(None), unknown, Some("Ghi số mô hình có hiệu quả thì tính được."));
    assert_eq!(initiatives(None).rows, ["Số mô hình có hiệu quả: chưa ghi"]);
    let force = |value| of(Metric::CoreForceDisciplined, SubjectKind::Group, "5", value);
    let why = "Không có người của lực lượng nòng cốt bị kỷ luật; phần còn lại chờ người thẩm định kết luận.";
    assert_said(&force(Some(0)), why, Some("Thêm 1 người của lực lượng nòng cốt bị kỷ luật là chưa đạt."));
    let why = "Có 1 người của lực lượng nòng cốt bị kỷ luật, cần 0; phần còn lại chờ người thẩm định kết luận.";
    assert_said(&force(Some(1)), why, Some("Chỉ đổi khi số liệu được sửa lại."));
}

#[test]
fn incidents_are_told_with_day_and_type() {
    let of = |incidents| said(SubjectKind::Group, "3.e", &Facts { incidents, ..empty() });
    let none = "Không có vụ nào trong kỳ, 16/11/2023 đến 15/11/2024.";
    assert_said(&of(vec![]), none, Some("Thêm 1 vụ đã xác nhận là chưa đạt."));
    let running = said_on("2024-11-14", SubjectKind::Group, "3.e", &empty(), None);
    assert_eq!(running.why, "Không có vụ nào trong kỳ, tính đến 14/11/2024.");
    assert_eq!(running.provisional.as_deref(), Some("Dự kiến: kỳ đánh giá chưa hết."));
    let may = incident("mau-thuan-keo-dai", "2024-05-12", 1);
    let one = of(vec![may.clone()]);
    let why = "Có 1 vụ đã xác nhận trong kỳ: 12/5/2024, Tranh chấp, mâu thuẫn phức tạp, kéo dài trong nhân dân.";
    assert_said(&one, why, Some("Chỉ đổi khi số vụ được sửa lại."));
    assert_eq!(one.rows, ["12/5/2024, Tranh chấp, mâu thuẫn phức tạp, kéo dài trong nhân dân: 1 vụ"]);
    let waits = Incident { confirmed: false, ..may.clone() };
    let pending = of(vec![waits.clone()]);
    let why = "Có 1 vụ chờ xác nhận trong kỳ: 12/5/2024, Tranh chấp, mâu thuẫn phức tạp, kéo dài trong nhân dân.";
    assert_said(&pending, why, Some("Xác nhận vụ đang chờ là chưa đạt, hủy thì đạt."));
    assert!(pending.rows[0].ends_with(": 1 vụ, chờ xác nhận"), "{:?}", pending.rows);
    let several = of(vec![may, incident("mau-thuan-keo-dai", "2024-08-01", 2), waits]);
    assert!(several.why.starts_with("Có 3 vụ đã xác nhận trong kỳ, gần nhất 1/8/2024, Tranh chấp"), "{}", several.why);
    assert!(several.why.ends_with("; 1 vụ nữa chờ xác nhận."), "{}", several.why);
    let mut late = empty();
    late.life.from = on("2024-11-16");
    assert_eq!(said(SubjectKind::Group, "3.e", &late).why, "Tổ dân phố không có ngày nào trong kỳ.");
}

#[test]
fn trends_are_told_against_the_year_before() {
    let of = |incidents, periods: &[i32]| {
        said(SubjectKind::Group, "4", &Facts { incidents, periods: periods.to_vec(), ..empty() })
    };
    let crime = |now| vec![incident("toi-pham", "2024-05-12", now), incident("toi-pham", "2023-05-12", 5)];
    let high = "không có vụ ở mức độ cao.";
    let grave = "thêm 1 vụ ở mức độ cao là chưa đạt.";
    let flip = format!("Còn dư 2 vụ so với kỳ trước: tội phạm 3/5; thêm 1 vụ loại khác là chưa đạt; {grave}");
    let held = of(crime(3), &[2023]);
    assert_said(&held, &format!("Không loại nào tăng so với kỳ trước: tội phạm 3/5; {high}"), Some(&flip));
    assert_eq!(held.rows[0], "Tội phạm: kỳ này 3, kỳ trước 5");
    assert_eq!(held.rows[5], "12/5/2024, Tội phạm: 3 vụ");
    let mut waiting = crime(3);
    waiting.push(Incident { confirmed: false, ..incident("toi-pham", "2024-06-01", 1) });
    let why = "Không loại nào tăng so với kỳ trước: tội phạm 4/5, kể cả 1 vụ chờ xác nhận; không có vụ ở mức độ cao.";
    assert_eq!(of(waiting, &[2023]).why, why);
    let grown = of(crime(6), &[2023]);
    let why = format!("Tội phạm tăng: 6 vụ, kỳ trước 5; {high}");
    assert_said(&grown, &why, Some("Chỉ đổi khi số vụ được sửa lại."));
    let unknown = of(vec![incident("chay-no", "2024-05-12", 1)], &[]);
    let why = format!("Chưa có số liệu năm 2023 để so: kỳ này cháy, nổ 1 vụ; {high}");
    assert_said(&unknown, &why, Some("Nhập và chốt số liệu năm 2023 thì so được."));
    let partly = of(crime(6), &[]);
    let why = format!("Số liệu năm 2023 chưa chốt, chưa so được: kỳ này tội phạm 6 vụ; {high}");
    assert_said(&partly, &why, Some("Chốt số liệu năm 2023 thì so được."));
    let none = of(vec![], &[]);
    let why = format!("Không có vụ nào trong kỳ, 16/11/2023 đến 15/11/2024; {high}");
    assert_said(&none, &why, Some(&format!("Thêm 1 vụ thuộc bất kỳ loại nào là chưa đủ căn cứ; {grave}")));
    let mut founded = Facts { incidents: vec![incident("tai-nan", "2024-08-12", 1)], ..empty() };
    founded.life.from = on("2024-07-01");
    let founded = said(SubjectKind::Group, "4", &founded);
    let why = "Tổ dân phố lập ngày 1/7/2024, không có kỳ trước để so: kỳ này tai nạn 1 vụ; \
               không có vụ ở mức độ cao.";
    assert_said(&founded, why, None);
}

#[test]
fn a_roll_up_names_what_fails() {
    let facts = Facts { incidents: vec![incident("ly-khai", "2024-05-12", 1)], periods: vec![2023], ..empty() };
    let failed = said(SubjectKind::Ward, "2", &facts);
    let why =
        "Đạt 7/9 tiêu chí của tổ dân phố, xét trên phường; chưa đạt: Khoản 3 điểm đ; người thẩm định xét: Khoản 2.";
    assert_said(&failed, why, Some("Cần đạt thêm: Khoản 3 điểm đ."));
    assert_eq!(failed.rows[5], "Khoản 3 điểm đ: chưa đạt");
    assert_eq!(failed.rows[0], "Khoản 2: người thẩm định xét");
}

#[test]
fn a_person_is_told_as_one() {
    let of = |code, judged| said_on("2024-11-17", SubjectKind::Group, code, &empty(), judged).why;
    assert_eq!(of("2", None), "Chờ người thẩm định kết luận theo minh chứng.");
    assert_eq!(of("2", Some(Finding::Met)), "Người thẩm định kết luận đạt.");
    let none = "không có vụ nào trong kỳ, 16/11/2023 đến 15/11/2024.";
    assert_eq!(of("3.a", Some(Finding::NotMet)), format!("Người thẩm định kết luận chưa đạt, khác số liệu; {none}"));
    assert_eq!(of("3.a", Some(Finding::Met)), "Không có vụ nào trong kỳ, 16/11/2023 đến 15/11/2024.");
}

#[test]
fn the_sum_names_what_decides_it() {
    let (ruleset, subject) = (plan(), SubjectKind::Group);
    let codes = |all: &[&str]| all.iter().map(ToString::to_string).collect::<Vec<_>>();
    let sum = |finding, met, not_met: &[&str], insufficient: &[&str], overridden: &[&str]| {
        let (not_met, insufficient, overridden) = (codes(not_met), codes(insufficient), codes(overridden));
        overall(&ruleset, subject, &Overall { finding, not_met, insufficient, overridden, met, provisional: true })
    };
    assert_eq!(sum(Finding::Met, 13, &[], &[], &[]), "Cả 13 tiêu chí đạt; kết quả dự kiến.");
    assert_eq!(
        sum(Finding::NotMet, 10, &["1.3", "4"], &["5"], &["3.dd"]),
        "Đạt 10/13 tiêu chí; 2 chưa đạt: Khoản 1.3, Khoản 4; 1 chưa đủ căn cứ: Khoản 5; \
         người thẩm định kết luận khác số liệu: Khoản 3 điểm đ."
    );
    let many = sum(Finding::Insufficient, 9, &[], &["1.1", "1.2", "1.3", "2"], &[]);
    assert_eq!(many, "Đạt 9/13 tiêu chí; 4 chưa đủ căn cứ: Khoản 1.1, Khoản 1.2, Khoản 1.3 và 1 tiêu chí nữa.");
    assert_eq!(sum(Finding::Insufficient, 0, &[], &[], &[]), "Chưa có tiêu chí nào để xét.");
}

#[test]
fn a_what_if_is_told() {
    let (ruleset, subject) = (plan(), SubjectKind::Group);
    let flip = Flip { code: "1.3".to_owned(), before: Finding::NotMet, after: Finding::Met };
    assert_eq!(flipped(&ruleset, subject, &flip), "Khoản 1.3: từ chưa đạt thành đạt.");
    let said = |it| change(&ruleset, &it);
    assert_eq!(said(Change::Registered(12)), "Thêm 12 hộ đăng ký");
    assert_eq!(said(Change::Recognised(-1)), "Bớt 1 đơn vị được công nhận");
    let crime = |gravity| Change::Incidents { kind: "toi-pham".to_owned(), gravity, n: 1 };
    assert_eq!(said(crime(Gravity::Ordinary)), "Thêm 1 vụ (tội phạm)");
    assert_eq!(said(crime(Gravity::High)), "Thêm 1 vụ ở mức độ cao (tội phạm)");
    assert_eq!(said(Change::Figure(Metric::EffectiveInitiatives, 2)), "Số mô hình có hiệu quả là 2");
}

/// Facts that bring every criterion of every shipped ruleset into every state.
fn some_facts() -> impl Strategy<Value = Facts> {
    let day = || (0..760_i64).prop_map(|days| on("2022-11-10") + chrono::Duration::days(days));
    let kinds: Vec<String> = SHIPPED.iter().flat_map(|it| it.incident_types.clone()).map(|it| it.code).collect();
    let incident = (option::weighted(0.8, day()), select(kinds), prop::bool::ANY, 1..3_i64, prop::bool::ANY);
    let incident = incident.prop_map(|(on, kind, high, n, confirmed)| {
        let gravity = if high { Gravity::High } else { Gravity::Ordinary };
        Incident { on, year: on.is_none().then_some(2024), kind, gravity, n, confirmed }
    });
    let part = select(vec!["nghi-quyet", "ke-hoach", "dang-ky"]).prop_map(str::to_owned);
    let document = (part, option::of(day())).prop_map(|(part, issued_on)| Document { part, issued_on });
    let from = prop_oneof![2 => Just(on("2010-01-01")), 1 => day()];
    let how = option::of(select(vec![How::Split, How::Merge, How::Replace]));
    let units =
        (0..9_usize, 0..5_usize, 0..5_usize).prop_map(|(recognised, open, refused)| units(recognised, open, refused));
    (
        (from, how),
        vec(document, 0..4),
        (0..4_i64, 0..4_i64),
        btree_map(select(Metric::ALL), 0..3_i64, 0..9),
        vec(incident, 0..6),
        option::of(Just(2023)),
        units,
    )
        .prop_map(|((from, how), documents, (resident, registered), figures, incidents, periods, units)| Facts {
            life: Life { from, to: None, born: how.map(|how| Birth { how, on: from }) },
            documents,
            households: Households { resident, registered, pledged: 0 },
            figures,
            incidents,
            periods: periods.into_iter().collect(),
            units,
        })
}

/// A sentence for people: one, whole, and without the words of the machine.
fn assert_sentence(text: &str, ruleset: &Ruleset) -> Result<(), TestCaseError> {
    prop_assert!(text.ends_with('.') && !text.ends_with(".."), "{text}");
    prop_assert!(text.chars().next().is_some_and(|first| first.is_uppercase() || first.is_ascii_digit()), "{text}");
    for bad in ["_", "!", "  ", " ,", " ;", " .", ": ;", ": .", ";;", "vui lòng"] {
        prop_assert!(!text.contains(bad), "{bad:?} in {text}");
    }
    let parts = ruleset.subjects.iter().flat_map(|it| it.registration.iter().chain(&it.request)).map(|it| &it.code);
    for code in ruleset.incident_types.iter().map(|it| &it.code).chain(parts) {
        prop_assert!(!text.contains(code.as_str()), "{code} in {text}");
    }
    for code in ["3.a", "3.dd", "met", "group", "ward", "insufficient"] {
        prop_assert!(!text.split([' ', '.', ',', ';', ':']).any(|word| word == code), "{code} in {text}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_criterion_in_every_state_is_a_sentence(
        facts in some_facts(),
        judged in option::of(select(Finding::ALL)),
        today in select(vec!["2024-01-05", "2024-11-14", "2024-11-20"]),
    ) {
        for ruleset in SHIPPED.iter() {
            for rules in &ruleset.subjects {
                let subject = rules.subject;
                let judged: Judged = rules.criteria.iter().filter_map(|it| Some((it.code.clone(), judged?))).collect();
                let case = Case { ruleset, subject, year: 2024, window: window(), today: on(today), facts: &facts, judged: &judged };
                let outcomes = case.outcomes();
                assert_sentence(&overall(ruleset, subject, &Overall::of(&outcomes)), ruleset)?;
                for outcome in &outcomes {
                    assert_sentence(&why(ruleset, subject, outcome), ruleset)?;
                    assert_sentence(&threshold(ruleset, subject, outcome), ruleset)?;
                    let more = flip(ruleset, subject, outcome).into_iter().chain(provisional(outcome));
                    for text in more.chain(rows(&case, outcome).into_iter().map(|row| row + ".")) {
                        assert_sentence(&text, ruleset)?;
                    }
                    prop_assert_eq!(state(outcome) == PROVISIONAL, provisional(outcome).is_some());
                }
            }
        }
    }
}
