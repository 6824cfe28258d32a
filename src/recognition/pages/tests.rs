use askama::Template;
use scraper::{Html, Selector};

use super::{decide, package, public};
use crate::access::Seat;
use crate::appraisal::sample::{actor, day, judged, now, ward};
use crate::dossier::model::{DecisionRow, Status};
use crate::recognition::model::{Results, UnitResult, WardResults, YearSum};
use crate::recognition::store::{Package, PackageRow};
use crate::ruleset::DossierKind;
use crate::web::form::Filled;
use crate::web::shell::Shell;
use uuid::Uuid;

fn page(html: &str) -> Html {
    let page = Html::parse_document(html);
    assert!(page.errors.is_empty(), "{:?}", page.errors);
    page
}

fn count(page: &Html, selector: &str) -> usize {
    page.select(&Selector::parse(selector).expect("a selector")).count()
}

fn text(page: &Html) -> String {
    let joined: String = page.select(&Selector::parse("main").expect("a selector")).flat_map(|it| it.text()).collect();
    joined.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn shell() -> Shell {
    Shell::public("Thử").dense()
}

#[test]
fn a_decision_shows_whether_the_state_is_the_one_recommended() {
    let mut opened = judged(Status::Forwarded, &[]);
    let sha256 = crate::dossier::model::state_sha256(&opened.state().expect("rules"));
    let row = |state_sha256: String| DecisionRow {
        id: uuid::Uuid::from_u128(60).into(),
        state_format: crate::dossier::model::STATE_FORMAT,
        void: None,
        certificate: None,
        kind: "recommendation".to_owned(),
        outcome: true,
        reason: None,
        number: None,
        decided_on: None,
        signer: None,
        state_sha256,
        made_at: now(),
        made_by: "Phạm Quốc Bảo".to_owned(),
    };
    let chair = actor(Seat::CityChair);
    let mut drawn = |sha256: String| {
        opened.whole.decisions = vec![row(sha256)];
        let form = Filled::default().with("_phien_ban", "5");
        page(&decide::draw(shell(), &chair, &opened, form.into(), None).expect("rules").render().expect("renders"))
    };
    let same = text(&drawn(sha256.clone()));
    assert!(same.contains("đúng bản đang xét") && same.contains("Chủ tịch UBND thành phố"), "{same}");
    let other = drawn("ab".repeat(32));
    assert!(text(&other).contains("khác bản đang xét"));
    assert_eq!(count(&other, "input[type=radio]"), 2);
    assert_eq!(count(&other, "input[type=radio][checked]"), 0);
}

fn row(n: u128, group: bool, kind: DossierKind, status: Status) -> PackageRow {
    PackageRow {
        id: Uuid::from_u128(n).into(),
        group_id: group.then(|| Uuid::from_u128(n + 100).into()),
        kind,
        status,
        version: 5,
        name: if group { format!("Tổ dân phố {n}") } else { "phường Phước Long".to_owned() },
        met: 13,
        judged: 13,
        parts_filled: 3,
        parts: 4,
        sent_at: now(),
    }
}

fn sample(own: Status) -> Package {
    let mut rows = vec![row(50, false, DossierKind::Request, own)];
    rows.extend((1..=3).map(|n| row(n, true, DossierKind::Request, Status::Forwarded)));
    rows.push(row(4, true, DossierKind::Request, Status::Recognised));
    Package {
        ward_name: "phường Phước Long".to_owned(), year: 2024, window_from: day("2023-11-16"), groups: 5, rows
    }
}

fn drawn(package: &Package, form: Filled, decides: bool) -> Html {
    page(&package::draw(shell(), (ward(), package), form, decides).render().expect("renders"))
}

#[test]
fn a_package_counts_and_ticks_what_waits() {
    let ticked = format!("{}:5", Uuid::from_u128(2));
    let package = drawn(&sample(Status::Received), Filled::default().with("ho-so", ticked), true);
    let read = text(&package);
    assert!(read.contains("4/5 tổ") && read.contains("(80,0%), còn 1"), "{read}");
    assert_eq!(count(&package, "input[name=ho-so]"), 3, "the recognised one is decided");
    assert_eq!(count(&package, "input[name=ho-so][checked]"), 1, "ticks are those of the form");
    assert_eq!(count(&package, "#ho-so"), 1);
    assert_eq!(count(&package, "form[action$='/2024/cong-nhan']"), 1);
}

#[test]
fn groups_wait_until_the_wards_own_request_is_received() {
    let early = drawn(&sample(Status::Submitted), Filled::default(), true);
    assert_eq!(count(&early, "input[name=ho-so]"), 0);
    assert!(text(&early).contains("Gói hồ sơ của phường chưa được tiếp nhận"));
    let reader = drawn(&sample(Status::Received), Filled::default(), false);
    assert_eq!(count(&reader, "input[name=ho-so]"), 0);
    assert!(!text(&reader).contains("chưa được tiếp nhận"));
}

fn unit(name: &str, revoked: bool) -> UnitResult {
    UnitResult {
        name: name.to_owned(),
        of_ward: name.starts_with("phường"),
        number: "6120/QĐ-UBND".to_owned(),
        decided_on: day("2024-12-18"),
        revoked_number: revoked.then(|| "8/QĐ-UBND".to_owned()),
        revoked_on: revoked.then(|| day("2025-02-03")),
    }
}

fn results(wards: usize) -> Results {
    let ward = WardResults {
        name: "phường Phước Long".to_owned(),
        city: "thành phố Nha Trang".to_owned(),
        groups: 3,
        groups_recognised: 1,
        ward_recognised: true,
        units: vec![unit("phường Phước Long", false), unit("Tổ dân phố 7", false), unit("Tổ dân phố 9", true)],
    };
    let sum = |year| YearSum { year, wards: 2, wards_recognised: 1, groups: 30, groups_recognised: 10 };
    Results { year: Some(2024), years: vec![sum(2024), sum(2023)], wards: vec![ward; wards] }
}

fn public_page(results: Results) -> Html {
    page(&public::draw(Shell::public("Công khai").wide(), results).render().expect("renders"))
}

#[test]
fn the_public_reads_who_was_recognised_and_sums() {
    let drawn = public_page(results(1));
    let read = text(&drawn);
    assert!(read.contains("1/3 tổ (33,3%)") && read.contains("Tổ dân phố 7") && read.contains("18/12/2024"), "{read}");
    assert!(read.contains("10/30 tổ") && read.contains("1/2 phường, xã") && read.contains("(50,0%)"), "{read}");
    // The decision that holds is the later one.
    assert!(read.contains("8/QĐ-UBND3/2/2025"), "{read}");
    assert_eq!((count(&drawn, ".tag.is-gold"), count(&drawn, ".tag.is-bad")), (2, 1));
    assert_eq!(count(&drawn, ".tabs a"), 2);
    assert_eq!(count(&drawn, ".tabs a[aria-current=page]"), 1);
    assert_eq!(count(&drawn, "a[href='/cong-khai.json?nam=2024'], a[href='/cong-khai.csv?nam=2024']"), 2);
}

#[test]
fn many_wards_are_folded() {
    assert_eq!(count(&public_page(results(4)), "details"), 0);
    let drawn = public_page(results(5));
    assert_eq!(count(&drawn, "details"), 5);
    assert!(text(&drawn).contains("Phường Phước Long, thành phố Nha Trang: 1/3 tổ"));
}

#[test]
fn without_results_the_public_page_says_so() {
    let drawn = public_page(Results::default());
    assert!(text(&drawn).contains("Chưa có kết quả nào"));
    assert_eq!(count(&drawn, "table, .tabs"), 0);
}
