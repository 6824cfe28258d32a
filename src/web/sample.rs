//! Renders the frame and every part with sample data, and checks what must hold on every page.

use super::error_page::ErrorPage;
use super::form::Filled;
use super::shell;
use super::shell::Shell;
use askama::Template;
use scraper::{Html, Selector};
use std::collections::HashSet;

#[derive(Template)]
#[template(path = "parts/sample.html")]
struct Sample {
    shell: Shell,
    form: Filled,
    groups: Vec<(String, String)>,
    topics: [(&'static str, &'static str); 2],
    rows: Vec<(&'static str, &'static str, &'static str)>,
}

fn leader() -> Shell {
    Shell::signed_in("Bảng mẫu", "Trần Văn Lựu", "Tổ trưởng Tổ dân phố 7", "seat-7")
        .of_year(2024, Some("/nam".to_owned()))
        .with_seats()
        .with_ruleset("kh390-2024")
        .with_flash(Some("Đã lưu lúc 8:42".to_owned()))
        .on_demo_day(Some("12/11/2024".to_owned()))
        .place_link("Cần làm", "/", "house")
        .place_link("Ký cam kết", "/cam-ket", "square-pen")
        .place_link("Hồ sơ", "/ho-so", "file-text")
        .place_link("Xem thêm", "/them", "ellipsis")
        .at("/ho-so")
        .crumb("Việc cần làm", "/")
        .here("Bảng mẫu")
}

fn officer() -> Shell {
    let mut shell = leader().of_place("Bình Yên", "Phường Phước Long").dense();
    shell.person = Some("Đặng Thu Hồng".to_owned());
    shell.seat = Some("Thường trực Ban chỉ đạo phường".to_owned());
    shell
}

fn form() -> Filled {
    let mut form = Filled::default()
        .with("so", "05-NQ/CB \"<b>\"")
        .with("ngay", "31/2/2024")
        .with("ly-do", "Hộ 0733 chuyển đến ngày 20/3.\nĐề nghị bổ sung.")
        .with("to", "7")
        .with("chu-de", "chay")
        .with("muc", "lua-dao")
        .with("mat-khau", "khong-ai-biet");
    form.day("ngay", "Ghi ngày ký.");
    form.whole("nguoi", 1..=500, "Ghi số người dự, ví dụ 45.");
    form.one_of::<bool>("dung", "Xem lại hồ sơ rồi đánh dấu vào ô.");
    form
}

fn sample(shell: Shell, form: Filled) -> String {
    let page = Sample {
        shell: shell.failing(form.is_bad()),
        form,
        groups: (1..=24).map(|n| (n.to_string(), format!("Tổ dân phố {n}"))).collect(),
        topics: [("chay", "Phòng cháy, chữa cháy"), ("lua-dao", "Phòng lừa đảo qua mạng")],
        rows: vec![("Tổ 1", "1.117/1.171", "95,4%"), ("Tổ 7", "312/350", "89,1%"), ("Tổ 16", "98/444", "22,1%")],
    };
    page.render().expect("sample")
}

fn refusal() -> String {
    let shell =
        Shell::signed_in("Bạn không có quyền thẩm định hồ sơ", "Trần Văn Lựu", "Tổ trưởng Tổ dân phố 7", "seat-7");
    let lead = "Không có gì bị mất và không có gì bị thay đổi.";
    let mut page = ErrorPage::new(shell, "Trang không mở được", "lock", lead);
    page.why = Some("Tổ trưởng tự đánh giá; việc thẩm định thuộc phường (Kế hoạch 390/KH-BCĐ).".to_owned());
    page.who = Some("Thường trực Ban chỉ đạo phường: chị Đặng Thu Hồng, 0900 000 101".to_owned());
    page.instead = Some("Xem kết quả thẩm định của tổ mình.".to_owned());
    page.request = Some("K7Q-24M".to_owned());
    page.render().expect("refusal")
}

fn all_pages() -> Vec<(&'static str, String)> {
    vec![
        ("leader", sample(leader(), form())),
        ("officer", sample(officer(), Filled::default())),
        ("public", sample(Shell::public("Bảng mẫu").wide(), Filled::default())),
        ("refusal", refusal()),
    ]
}

fn select<'a>(page: &'a Html, what: &str) -> Vec<scraper::ElementRef<'a>> {
    page.select(&Selector::parse(what).expect(what)).collect()
}

#[test]
fn nothing_on_a_page_is_inline() {
    for (name, text) in all_pages() {
        let page = Html::parse_document(&text);
        for element in select(&page, "*") {
            let tag = element.value().name();
            assert!(tag != "style", "{name}: a style element");
            assert!(
                tag != "script" || element.attr("src").is_some_and(|src| src.starts_with("/tinh/")),
                "{name}: script"
            );
            for (attribute, value) in element.value().attrs() {
                assert!(attribute != "style" && !attribute.starts_with("on"), "{name}: {tag} {attribute}");
                assert!(!value.starts_with("javascript:"), "{name}: {tag} {value}");
            }
        }
    }
}

#[test]
fn every_id_stands_once_and_every_reference_is_there() {
    for (name, text) in all_pages() {
        let page = Html::parse_document(&text);
        let mut ids = HashSet::new();
        for element in select(&page, "[id]") {
            let id = element.attr("id").unwrap_or_default();
            assert!(ids.insert(id), "{name}: id {id} twice");
        }
        for attribute in ["for", "aria-describedby", "aria-labelledby", "data-copy"] {
            for element in select(&page, &format!("[{attribute}]")) {
                for id in element.attr(attribute).unwrap_or_default().split(' ') {
                    assert!(ids.contains(id), "{name}: {attribute} names {id:?}");
                }
            }
        }
        for link in select(&page, ".errsum a") {
            let target = link.attr("href").unwrap_or_default().trim_start_matches('#');
            assert!(ids.contains(target), "{name}: the summary leads to {target:?}");
        }
    }
}

#[test]
fn a_wrong_field_says_so_twice_and_keeps_the_typing() {
    let page = Html::parse_document(&sample(leader(), form()));
    let summary: Vec<String> = select(&page, ".errsum li").iter().map(|line| line.text().collect()).collect();
    assert_eq!(summary.len(), 3);
    for (field, sentence) in ["ngay", "nguoi", "dung"].into_iter().zip(&summary) {
        let at_field: String = select(&page, &format!("#{field}-e")).iter().flat_map(|p| p.text()).collect();
        assert!(at_field.contains(sentence.as_str()), "{field}: {at_field}");
        let control = select(&page, &format!("#{field}"))[0];
        assert_eq!(control.attr("aria-invalid"), Some("true"), "{field}");
        assert!(control.attr("aria-describedby").is_some_and(|ids| ids.contains(&format!("{field}-e"))));
    }
    assert_eq!(select(&page, "#ngay")[0].attr("value"), Some("31/2/2024"));
    assert_eq!(select(&page, "#so")[0].attr("value"), Some("05-NQ/CB \"<b>\""));
    let text: String = select(&page, "textarea")[0].text().collect();
    assert!(text.trim_start_matches('\n').starts_with("Hộ 0733"));
    assert_eq!(select(&page, "option[selected]")[0].attr("value"), Some("7"));
    assert_eq!(select(&page, "input[checked]").len(), 2);
    assert!(page.html().contains("<title>Lỗi: Bảng mẫu"));
}

#[test]
fn a_password_is_never_written_into_a_page() {
    assert!(!sample(leader(), form()).contains("khong-ai-biet"));
}

#[test]
fn leaders_have_the_dock_and_officers_the_row_of_places() {
    let leader = Html::parse_document(&sample(leader(), Filled::default()));
    assert_eq!(select(&leader, ".dock a").len(), 4);
    assert_eq!(select(&leader, ".dock [aria-current]")[0].text().collect::<String>(), "Hồ sơ");
    assert!(select(&leader, ".nav, .errsum, body.dense").is_empty());
    let officer = Html::parse_document(&sample(officer(), Filled::default()));
    assert_eq!(select(&officer, ".nav a").len(), 4);
    assert!(select(&officer, ".dock").is_empty());
    assert_eq!(select(&officer, "body.dense").len(), 1);
    for page in [leader, officer] {
        let out = select(&page, &format!("form[action='{}']", shell::links::SIGN_OUT));
        assert_eq!(out[0].attr("method"), Some("post"));
        assert_eq!(select(&page, "input[name=_vai]")[0].attr("value"), Some("seat-7"));
    }
}

#[test]
fn a_refusal_says_the_rule_the_person_and_the_way_back() {
    let page = refusal();
    for words in
        ["Vì sao", "Kế hoạch 390", "Ai làm được", "Đặng Thu Hồng", "Bạn làm được", "Về Việc cần làm", "K7Q-24M"]
    {
        assert!(page.contains(words), "{words}");
    }
}
