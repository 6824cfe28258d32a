#![allow(clippy::unwrap_used)]

use super::*;

const PLAN: &str = include_str!("../files/kh390-2024.toml");

/// The plan's file with one piece replaced, and the line on which that piece stood.
fn broken(old: &str, new: &str) -> (String, usize) {
    let at = PLAN.find(old).unwrap_or_else(|| panic!("no {old:?}"));
    let line = 1 + PLAN[..at].matches('\n').count();
    (PLAN.replacen(old, new, 1), line)
}

fn problems(text: &str) -> Vec<Problem> {
    parse("thu.toml", text).unwrap_err().problems
}

/// Breaks the plan's file in one place and expects one problem, on that line.
fn expect(old: &str, new: &str, rule: &str, sentence: &str) {
    expect_below(old, new, 0, rule, sentence);
}

/// The same, where the problem stands `below` lines under the beginning of what was replaced.
fn expect_below(old: &str, new: &str, below: usize, rule: &str, sentence: &str) {
    let (text, line) = broken(old, new);
    let expected = Problem {
        file: "thu.toml".to_owned(),
        line: line + below,
        rule: rule.to_owned(),
        sentence: sentence.to_owned(),
    };
    assert_eq!(problems(&text), [expected]);
}

#[test]
fn the_three_shipped_rulesets_load_with_the_plan_first() {
    let shipped = shipped().unwrap_or_else(|error| panic!("{error}"));
    let codes: Vec<_> = shipped.iter().map(|it| it.code.as_str()).collect();
    assert_eq!(codes, ["kh390-2024", "tt124-2021", "tt124-2021-2025"]);
}

#[test]
fn syntax() {
    let (text, line) = broken("upper_level = \"city\"", "upper_level = \"city");
    let found = problems(&text);
    assert_eq!(found[0].line, line);
    assert!(found[0].sentence.starts_with("Sai cú pháp TOML"), "{found:?}");
}

#[test]
fn every_syntax_error_is_shown() {
    let text = PLAN.replacen("version = 1", "version = ", 1).replacen("day = 31\n", "day = 3x1\n", 1);
    let found = problems(&text);
    let line_of = |needle: &str| {
        let at = text.find(needle).unwrap_or_else(|| panic!("no {needle}"));
        1 + text[..at].matches('\n').count()
    };
    let lines: Vec<_> = found.iter().map(|it| it.line).collect();
    assert_eq!(lines, [line_of("version = "), line_of("day = 3x1")]);
}

#[test]
fn the_same_field_twice() {
    let (text, line) = broken("version = 1\n", "version = 1\nversion = 2\n");
    let found = problems(&text);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].line, line + 1);
    assert!(found[0].sentence.contains("đã ghi ở trên"), "{found:?}");
}

#[test]
fn an_unknown_field() {
    let (text, line) = broken("code = \"1.3\"\n", "code = \"1.3\"\nweight = 3\n");
    let found = problems(&text);
    assert_eq!((found.len(), found[0].line), (1, line + 1));
    assert_eq!(found[0].rule, "group 1.3");
    assert!(found[0].sentence.starts_with("Không có mục “weight”."), "{found:?}");
}

#[test]
fn an_unknown_period() {
    expect(
        "kind = { type = \"document_dated\", part = \"dang-ky\", period = \"quarter_one\" }",
        "kind = { type = \"document_dated\", part = \"dang-ky\", period = \"quarter_two\" }",
        "group 1.2",
        "Không biết từ “quarter_two”. Các từ dùng được: quarter_one, window.",
    );
}

#[test]
fn an_unknown_metric_and_an_unknown_kind() {
    let text = PLAN.replacen("households_registered", "households_counted", 1).replacen(
        "type = \"judgement\"",
        "type = \"guess\"",
        1,
    );
    let found = problems(&text);
    let told: Vec<_> = found.iter().map(|it| (it.rule.as_str(), it.sentence.split('.').next().unwrap())).collect();
    assert_eq!(told, [("group 1.3", "Không biết từ “households_counted”"), ("group 2", "Không biết từ “guess”"),]);
}

#[test]
fn a_threshold_beside_a_judgement() {
    let (text, line) = broken("type = \"judgement\"", "type = \"judgement\", at_least = 3");
    let found = problems(&text);
    assert_eq!((found.len(), found[0].line), (1, line));
    assert!(found[0].sentence.starts_with("Không có mục “at_least”"), "{found:?}");
}

#[test]
fn a_missing_citation_as_a_field_and_as_an_empty_text() {
    let citation = "circular = \"Điều 4 khoản 1.3\"\n";
    // A field that is not there is told at the head of its table.
    let (text, _) = broken(citation, "");
    let head = text[..text.find("code = \"1.3\"").unwrap()].matches('\n').count();
    let found = problems(&text);
    assert_eq!((found.len(), found[0].line), (1, head));
    assert_eq!(found[0].sentence, "Thiếu mục “circular”.");
    expect(
        citation,
        "circular = \" \"\n",
        "group 1.3",
        "Chưa có căn cứ ở mục “circular”. Ghi điều, khoản của văn bản.",
    );
}

#[test]
fn a_date_that_no_calendar_has() {
    expect(
        "valid_from = \"2024-03-25\"",
        "valid_from = \"2024-02-31\"",
        "",
        "Ngày “2024-02-31” không có trong lịch. Viết năm-tháng-ngày, ví dụ 2024-03-25.",
    );
}

#[test]
fn a_deadline_on_a_day_that_does_not_exist() {
    expect_below("day = 16\nmonth = 11", "day = 31\nmonth = 11", 0, "group_request", "Ngày 31/11 không có trong lịch.");
    expect_below("day = 16\nmonth = 11", "day = 16\nmonth = 13", 1, "group_request", "Ngày 16/13 không có trong lịch.");
}

#[test]
fn a_window_that_begins_on_29_february() {
    expect(
        "from = { day = 16, month = 11, year = \"previous\" }",
        "from = { day = 29, month = 2, year = \"previous\" }",
        "group window",
        "Ngày 29/2 không phải năm nào cũng có. Ghi 28/2 hoặc 1/3.",
    );
}

#[test]
fn an_empty_window() {
    expect_below(
        "from = { day = 16, month = 11, year = \"previous\" }",
        "from = { day = 16, month = 11, year = \"cycle\" }",
        1,
        "group window",
        "Kỳ không có ngày nào: 16/11 năm nay đứng sau 15/11 năm nay.",
    );
}

#[test]
fn duplicate_codes() {
    expect("code = \"1.2\"\nlabel", "code = \"1.1\"\nlabel", "group 1.1", "Mã “1.1” đã dùng ở trên. Chọn mã khác.");
    let (text, line) = broken("code = \"bao-cao\"", "code = \"dang-ky\"");
    let found = problems(&text);
    assert_eq!((found.len(), found[0].line), (1, line));
    assert_eq!(found[0].rule, "group dang-ky");
}

#[test]
fn a_deadline_twice_leaves_another_one_out() {
    let (text, line) = broken("code = \"ward_request\"", "code = \"ward_appraisal\"");
    let told: Vec<_> = problems(&text).into_iter().map(|it| (it.line == line, it.sentence)).collect();
    assert!(told.contains(&(true, "Mã “ward_appraisal” đã dùng ở trên. Chọn mã khác.".to_owned())));
    assert!(told.contains(&(false, "Chưa có hạn “ward_request”.".to_owned())));
}

#[test]
fn a_code_that_does_not_fit_into_an_address() {
    for bad in ["3.đ", "3/a", "3 a", "", ".", "..", "3.A"] {
        let (text, line) = broken("code = \"3.dd\"", &format!("code = \"{bad}\""));
        // The ward's roll-up misses the code too; only the criterion's own line matters here.
        let found = problems(&text);
        assert_eq!(found[0].line, line, "{bad}");
        assert!(found[0].sentence.starts_with(&format!("Mã “{bad}” không đưa vào địa chỉ được.")));
    }
}

#[test]
fn a_part_that_the_dossier_does_not_have() {
    expect(
        "part = \"nghi-quyet\"",
        "part = \"nghi-quyt\"",
        "group 1.1",
        "Thành phần “nghi-quyt” không có trong hồ sơ của tổ dân phố.",
    );
}

#[test]
fn a_ratio_above_one_hundred_and_below_nought() {
    expect("at_least_percent = 100", "at_least_percent = 120", "group 1.3", "Ngưỡng 120% vượt 100%. Ghi từ 0 đến 100.");
    let (text, line) = broken("at_least_percent = 100", "at_least_percent = -5");
    let found = problems(&text);
    assert_eq!((found.len(), found[0].line), (1, line));
    assert!(found[0].sentence.contains("-5"), "{found:?}");
}

#[test]
fn an_incident_type_that_nobody_declared() {
    expect(
        "types = [\"ly-khai\"]",
        "types = [\"ly-khia\"]",
        "group 3.dd",
        "Loại vụ việc “ly-khia” chưa khai ở mục incident_types.",
    );
}

#[test]
fn a_list_that_would_hold_by_itself() {
    expect(
        "types = [\"ly-khai\"]",
        "types = []",
        "group 3.dd",
        "Danh sách này trống thì tiêu chí luôn đạt. Ghi ít nhất một mục.",
    );
}

#[test]
fn a_roll_up_of_a_criterion_that_is_not_there() {
    expect("\"3.g\", \"4\"] }", "\"3.g\", \"6\"] }", "ward 2", "Không có tiêu chí “6” của tổ dân phố.");
}

#[test]
fn a_roll_up_that_comes_back_to_itself() {
    let judgement = "kind = { type = \"judgement\" }";
    expect(
        judgement,
        "kind = { type = \"roll_up\", subject = \"group\", of = [\"2\"] }",
        "group 2",
        "Tiêu chí dựa vào chính nó: “2” rồi về “2”. Bỏ một mắt trong vòng.",
    );
    // Around two corners, through another subject and inside a combination; told once.
    expect(
        judgement,
        "kind = { type = \"all\", of = [{ type = \"judgement\" }, \
         { type = \"roll_up\", subject = \"ward\", of = [\"2\"] }] }",
        "group 2",
        "Tiêu chí dựa vào chính nó: “2”, “2” rồi về “2”. Bỏ một mắt trong vòng.",
    );
}

#[test]
fn a_title_too_long_for_the_matrix() {
    let title = "a".repeat(71);
    expect(
        "title = \"Không có hoạt động ly khai\"",
        &format!("title = \"{title}\""),
        "group 3.dd",
        "Tên tiêu chí dài 71 chữ cái. Rút còn 70.",
    );
}

#[test]
fn problems_of_one_sieve_are_shown_together_in_the_order_of_lines() {
    let text = PLAN
        .replacen("types = [\"ly-khai\"]", "types = [\"x\"]", 1)
        .replacen("at_least_percent = 100", "at_least_percent = 101", 1)
        .replacen("day = 16\nmonth = 11", "day = 31\nmonth = 11", 1)
        .replacen("part = \"nghi-quyet\"", "part = \"y\"", 1);
    let error = parse("thu.toml", &text).unwrap_err();
    let rules: Vec<_> = error.problems.iter().map(|it| it.rule.as_str()).collect();
    assert_eq!(rules, ["group 1.1", "group 1.3", "group 3.dd", "group_request"]);
    assert!(error.problems.is_sorted_by_key(|it| it.line));
    let told = error.to_string();
    assert!(told.starts_with("Bộ quy định có 4 chỗ cần sửa:\nthu.toml:"));
    assert!(told.contains(": [group 1.3] Ngưỡng 101% vượt 100%."));
}

#[test]
fn an_empty_file_and_a_file_of_noise_are_refused_politely() {
    let empty = problems("");
    assert_eq!((empty.len(), empty[0].line), (1, 1));
    assert!(empty[0].sentence.starts_with("Thiếu mục"));
    assert!(!problems("\u{0}\u{1} \n ]]] = \n = 3").is_empty());
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    /// Cutting the file anywhere never panics, and what is refused names a line of the file.
    #[test]
    fn a_cut_file_is_told_or_read(cut in 0..PLAN.len()) {
        let end = (cut..=PLAN.len()).find(|at| PLAN.is_char_boundary(*at)).unwrap();
        let text = &PLAN[..end];
        if let Err(error) = parse("thu.toml", text) {
            let last = 1 + text.matches('\n').count();
            proptest::prop_assert!(!error.problems.is_empty());
            for problem in &error.problems {
                proptest::prop_assert!((1..=last).contains(&problem.line));
            }
        }
    }
}
