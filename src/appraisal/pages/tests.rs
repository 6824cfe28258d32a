use askama::Template;
use scraper::{Html, Selector};

use super::step::anew;
use super::{conclude, judge, send_back};
use crate::access::{Seat, rules};
use crate::appraisal::sample::{actor, claim, judged, now, opened, verdict, ward};
use crate::appraisal::store::VerdictInput;
use crate::dossier::model::{Finding, Status};
use crate::web::form::Filled;
use crate::web::shell::Shell;
use crate::words::denial;

fn page(html: &str) -> Html {
    let page = Html::parse_document(html);
    assert!(page.errors.is_empty(), "{:?}", page.errors);
    page
}

fn count(page: &Html, selector: &str) -> usize {
    page.select(&Selector::parse(selector).expect("a selector")).count()
}

fn text(page: &Html, selector: &str) -> String {
    let joined: String =
        page.select(&Selector::parse(selector).expect("a selector")).flat_map(|it| it.text()).collect();
    joined.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn shell() -> Shell {
    Shell::public("Thử").dense()
}

fn judge_page(opened: &crate::dossier::actions::Opened, code: &str) -> Html {
    let form = judge::drawn(opened, code);
    page(
        &judge::draw(
            shell(),
            opened,
            (code, chrono::NaiveDate::from_ymd_opt(2024, 11, 14).expect("a day")),
            form,
            true,
        )
        .expect("a known criterion")
        .render()
        .expect("renders"),
    )
}

#[test]
fn a_criterion_stands_beside_the_claim_and_suggests_nothing() {
    let opened = opened(Status::Received);
    let page = judge_page(&opened, "1.3");
    assert_eq!(count(&page, ".keys button"), 3);
    assert_eq!(count(&page, ".keys button[aria-pressed]"), 0, "no finding is suggested");
    let read = text(&page, "main");
    assert!(read.contains("349/350 hộ (99,7%), còn 1"), "{read}");
    assert!(read.contains("ngày 14/9/2024, trong thời gian xét"), "{read}");
    assert!(read.contains("ngày 1/1/2022, ngoài thời gian xét"), "{read}");
    assert!(read.contains("<chuyển đến 20/3>"), "what was typed is text, not markup");
    assert_eq!(count(&page, "input[name=_phien_ban][value='0']"), 1);
    assert_eq!(count(&page, "input[name=da-xem][value='3']"), 1);
    assert_eq!(count(&page, "a[rel=prev], a[rel=next]"), 2);
    assert_eq!(count(&page, "[style], style, script:not([src])"), 0);
}

#[test]
fn only_what_we_are_not_sure_of_carries_the_badge() {
    let opened = opened(Status::Received);
    for criterion in &opened.rules().expect("rules").criteria {
        let read = text(&judge_page(&opened, &criterion.code), "main");
        assert_eq!(
            read.contains("cần đối chiếu văn bản gốc"),
            criterion.confidence.needs_check(),
            "{}",
            criterion.code
        );
    }
}

#[test]
fn a_verdict_older_than_the_claim_is_not_picked_again() {
    let mut opened = opened(Status::Received);
    opened.whole.verdicts = vec![verdict("1.3", Finding::NotMet, 3)];
    let known = judge_page(&opened, "1.3");
    assert_eq!(count(&known, "button[value=not_met][aria-pressed]"), 1);
    assert!(!text(&known, "main").contains("đổi sau khi thẩm định"));
    opened.whole.assessments = vec![claim("1.3", 4)];
    let changed = judge_page(&opened, "1.3");
    assert_eq!(count(&changed, ".keys button[aria-pressed]"), 0);
    assert!(text(&changed, "main").contains("đổi sau khi thẩm định"));
    assert_eq!(text(&changed, "textarea"), "Thiếu hộ 0733.");
}

#[test]
fn somebody_elses_verdict_is_told_from_ones_own_form_sent_twice() {
    let mut opened = opened(Status::Received);
    opened.whole.verdicts = vec![verdict("1.3", Finding::NotMet, 3)];
    let me = actor(Seat::WardOfficer { ward: ward() });
    let input =
        VerdictInput { finding: Finding::NotMet, note: Some("Thiếu hộ 0733.".to_owned()), looked_at_revision: 3 };
    let overtaken = |version, input: &VerdictInput| judge::is_overtaken(&opened.whole, "1.3", (version, input), &me);
    assert!(!overtaken(2, &input), "drawn from the verdict at hand");
    assert!(!overtaken(1, &input), "the same words of the same hand: sent twice");
    assert!(overtaken(0, &input));
    assert!(overtaken(1, &VerdictInput { finding: Finding::Met, ..input.clone() }));
}

#[test]
fn after_a_verdict_comes_the_next_criterion_without_one() {
    let mut opened = opened(Status::Received);
    let id = opened.whole.dossier.id;
    let codes: Vec<String> = opened.rules().expect("rules").criteria.iter().map(|it| it.code.clone()).collect();
    let next = |opened: &crate::dossier::actions::Opened, code: &str| judge::after(opened, code).expect("rules");
    assert_eq!(next(&opened, &codes[0]), format!("/ho-so/{id}/tham-dinh/{}", codes[1]));
    let last = codes.last().expect("criteria");
    assert_eq!(
        next(&opened, last),
        format!("/ho-so/{id}/tham-dinh/{}", codes[0]),
        "from the end back to the first gap"
    );
    opened.whole.verdicts =
        codes.iter().filter(|code| *code != last).map(|code| verdict(code, Finding::Met, 3)).collect();
    assert_eq!(next(&opened, last), format!("/ho-so/{id}"));
}

#[test]
fn a_return_offers_each_part_and_criterion_with_its_reason() {
    let opened = opened(Status::Received);
    let kind = opened.rules().expect("rules");
    let form = Filled::default().with("_phien_ban", "5").with("tra-loi", "14/11/2024");
    let drawn = page(&send_back::draw(shell(), &opened, form.into()).expect("rules").render().expect("renders"));
    let things = kind.request.len() + kind.criteria.len();
    assert_eq!(count(&drawn, "input[name=muc]"), things);
    assert_eq!(count(&drawn, "input[name^='ly-do.']"), things);
    assert_eq!(count(&drawn, "details[open]"), 0);
    assert!(text(&drawn, "main").contains("Quy ước nội bộ, không phải hạn luật định."));
    let ids: Vec<&str> =
        drawn.select(&Selector::parse("[id]").expect("selector")).filter_map(|it| it.value().id()).collect();
    let mut once = ids.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), ids.len(), "an id names one thing");
}

#[test]
fn a_wrong_return_keeps_every_word_and_leads_to_each_field() {
    let opened = opened(Status::Received);
    let mut form = Filled::default()
        .with("muc", "tieu-chi:1.3")
        .with("ly-do.phan:to-trinh", "Bổ sung số.")
        .with("tra-loi", "hôm nay");
    form.fail("ly-do.tieu-chi:1.3", "Ghi điều đơn vị cần làm.");
    form.fail("ly-do.phan:to-trinh", "Chưa được chọn.");
    let drawn = page(&send_back::draw(shell(), &opened, form.into()).expect("rules").render().expect("renders"));
    assert_eq!(count(&drawn, "details[open]"), 1, "what is ticked is in sight");
    assert_eq!(count(&drawn, "input[value='Bổ sung số.']"), 1);
    assert_eq!(count(&drawn, "input[value='hôm nay']"), 1);
    assert_eq!(count(&drawn, ".errsum a"), 2);
    for link in drawn.select(&Selector::parse(".errsum a").expect("selector")) {
        let target = link.value().attr("href").expect("a link").trim_start_matches('#');
        assert_eq!(count(&drawn, &format!("[id='{target}'][aria-invalid]")), 1, "{target}");
    }
}

#[test]
fn recommending_is_offered_only_when_all_is_met() {
    let chair = actor(Seat::WardChair { ward: ward() });
    let draw = |opened: &crate::dossier::actions::Opened| {
        let facts = opened.facts(now()).expect("rules");
        let refusal = rules::can_recommend(&chair, &opened.whole.dossier, &facts).err();
        let refusal = refusal.map(|denied| (denial::heading(denied.code), denial::sentence(denied.code)));
        page(
            &conclude::draw(shell(), opened, Filled::default().into(), refusal)
                .expect("rules")
                .render()
                .expect("renders"),
        )
    };
    let all = draw(&judged(Status::Appraised, &[]));
    assert_eq!(count(&all, "input[type=radio]"), 2);
    assert_eq!(count(&all, ".parts .part"), 0, "agreement is quiet");
    let one = draw(&judged(Status::Appraised, &["1.3"]));
    assert_eq!(count(&one, "input[type=radio]"), 1);
    let read = text(&one, "main");
    assert!(read.contains("Còn tiêu chí chưa đạt") && read.contains("Thiếu hộ 0733."), "{read}");
    assert!(read.contains("đạt, còn 1"), "{read}");
}

#[test]
fn a_form_drawn_anew_takes_the_new_version_and_keeps_the_words() {
    let typed = Filled::default().with("_phien_ban", "4").with("ly-do", "Chưa đạt khoản 4.");
    let fresh = anew(&typed, 6);
    assert_eq!((fresh.value("_phien_ban"), fresh.value("ly-do")), ("6", "Chưa đạt khoản 4."));
}
