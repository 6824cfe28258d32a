use std::time::Instant;

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::platform::sheet::{Cell, Limits, Row, Sheet, Workbook, read};

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn known() -> Known {
    let group =
        |n: u32| KnownGroup { code: format!("{n:02}"), ordinal: Some(n), names: vec![format!("Tổ dân phố {n}")] };
    Known {
        groups: (1..=24).map(group).collect(),
        meant_for: Some("07".to_owned()),
        today: day(2026, 3, 25),
        period: Some((day(2026, 1, 1), day(2026, 12, 31))),
    }
}

fn sheet(rows: &[&[&str]]) -> Workbook {
    let row = |(number, cells): (u32, &&[&str])| Row {
        number,
        cells: cells
            .iter()
            .map(|text| if text.is_empty() { Cell::Empty } else { Cell::Text((*text).to_owned()) })
            .collect(),
    };
    Workbook { sheets: vec![Sheet { name: "DS".to_owned(), rows: (1..).zip(rows).map(row).collect() }] }
}

const HEADINGS: [&str; 11] =
    ["Mã hộ", "Chủ hộ", "Số nhà", "Hẻm", "Đường", "Số khẩu", "SĐT", "Tổ", "Đăng ký", "Ký cam kết", "Ghi chú"];
const GOOD: [&str; 11] = ["07-1", "Lê An", "1", "", "Lê Lợi", "4", "0905123456", "7", "x", "3/3/2026", ""];

/// One household whose cell under a heading is changed.
fn with(heading: &str, text: &str) -> Draft {
    let mut cells = GOOD;
    cells[HEADINGS.iter().position(|it| *it == heading).unwrap()] = text;
    recognise(&sheet(&[&HEADINGS, &cells]), None, &known()).rows.remove(0)
}

fn codes(draft: &Draft) -> Vec<ProblemCode> {
    draft.problems.iter().map(|problem| problem.code.clone()).collect()
}

#[test]
fn a_good_row_has_no_problem() {
    let draft = with("Ghi chú", "nhà ở cuối hẻm");
    assert_eq!(draft.problems, []);
    assert_eq!(draft.severity(), None);
    assert_eq!((draft.registered, draft.pledged), (Some(Mark { on: None }), Some(Mark { on: Some(day(2026, 3, 3)) })));
    assert_eq!((draft.group.as_deref(), draft.code.as_deref()), (Some("07"), Some("07-1")));
}

#[test]
fn every_limit_is_told_at_its_cell() {
    let long = |letters: usize| "ơ".repeat(letters);
    let cases: [(&str, String, ProblemCode); 20] = [
        ("Chủ hộ", String::new(), ProblemCode::HeadMissing),
        ("Chủ hộ", long(121), ProblemCode::TooLong { limit: 120 }),
        ("Chủ hộ", "Lê An, Lê Bình".to_owned(), ProblemCode::HeadSeveral),
        ("Chủ hộ", "001080000001".to_owned(), ProblemCode::HeadDigits),
        ("Mã hộ", "07 hộ".to_owned(), ProblemCode::CodeUnreadable),
        ("Mã hộ", "1234567890123".to_owned(), ProblemCode::CodeUnreadable),
        ("Số nhà", long(31), ProblemCode::TooLong { limit: 30 }),
        ("Hẻm", long(61), ProblemCode::TooLong { limit: 60 }),
        ("Đường", long(81), ProblemCode::TooLong { limit: 80 }),
        ("Ghi chú", long(301), ProblemCode::TooLong { limit: 300 }),
        ("Số khẩu", String::new(), ProblemCode::MembersMissing),
        ("Số khẩu", "vài".to_owned(), ProblemCode::MembersNotANumber),
        ("Số khẩu", "51".to_owned(), ProblemCode::MembersOutside),
        ("SĐT", "12345".to_owned(), ProblemCode::PhoneUnreadable),
        ("Tổ", "99".to_owned(), ProblemCode::GroupUnknown),
        ("Tổ", "8".to_owned(), ProblemCode::GroupOther { found: "08".to_owned(), meant: "07".to_owned() }),
        ("Đăng ký", "tuần sau".to_owned(), ProblemCode::DateUnreadable),
        ("Ký cam kết", "26/3/2026".to_owned(), ProblemCode::DateFuture),
        ("Ký cam kết", "3/3/2025".to_owned(), ProblemCode::DateOutside),
        ("Ký cam kết", "3/3/1926".to_owned(), ProblemCode::DateOutside),
    ];
    for (heading, text, code) in cases {
        let draft = with(heading, &text);
        assert_eq!(codes(&draft), std::slice::from_ref(&code), "{heading}: {text}");
        let problem = &draft.problems[0];
        assert_eq!(problem.severity, code.severity());
        let at = HEADINGS.iter().position(|it| *it == heading).unwrap();
        // A missing name is told at its place; a number that is not there has none.
        let has_place = !text.is_empty() || code == ProblemCode::HeadMissing;
        let column = has_place.then(|| crate::platform::sheet::letters(at));
        assert_eq!(problem.column, column, "{heading}: {text}");
    }
}

#[test]
fn suggestions_are_given_where_there_is_one() {
    let suggestion = |heading, text| with(heading, text).problems[0].suggestion.clone();
    assert_eq!(suggestion("Chủ hộ", "Lê An, Lê Bình").as_deref(), Some("Lê An"));
    assert_eq!(suggestion("Chủ hộ", "1. Lê An").as_deref(), Some("Lê An"));
    assert_eq!(suggestion("Mã hộ", "07.12").as_deref(), Some("07-12"));
    assert_eq!(suggestion("Tổ", "8").as_deref(), Some("07"));
    assert_eq!(suggestion("Số khẩu", "vài"), None);
}

#[test]
fn exactly_the_limit_is_no_problem() {
    for (heading, letters) in [("Chủ hộ", 120), ("Số nhà", 30), ("Hẻm", 60), ("Đường", 80), ("Ghi chú", 300)]
    {
        assert_eq!(codes(&with(heading, &"ơ".repeat(letters))), [], "{heading}");
    }
    assert_eq!(codes(&with("Số khẩu", "50")), []);
    assert_eq!(codes(&with("Mã hộ", "123456789012")), []);
}

#[test]
fn names_that_look_like_totals_are_households() {
    let rows: [&[&str]; 6] = [
        &["Họ tên chủ hộ", "Số nhà", "Số khẩu"],
        &["Tống Văn An", "1", "4"],
        &["Tô Thị Bình", "2", "3"],
        &["TỔNG CỘNG", "", "7"],
        &["Tổ Trưởng Cường", "3", "2"],
        &["Phạm Ngày", "4", "1"],
    ];
    let recognised = recognise(&sheet(&rows), None, &known());
    let heads: Vec<&str> = recognised.rows.iter().map(|draft| draft.head.as_str()).collect();
    assert_eq!(heads, ["Tống Văn An", "Tô Thị Bình", "Tổ Trưởng Cường", "Phạm Ngày"]);
}

#[test]
fn family_and_given_name_in_two_columns() {
    let rows: [&[&str]; 2] =
        [&["TT", "Họ và tên đệm", "Tên", "Địa chỉ", "Nhân khẩu"], &["1", "Nguyễn Văn", "An", "1 Lê Lợi", "4"]];
    let recognised = recognise(&sheet(&rows), None, &known());
    assert_eq!(recognised.rows[0].head, "Nguyễn Văn An");
    assert_eq!(recognised.notices, []);
}

#[test]
fn a_draft_survives_being_stored() {
    let draft = with("Số khẩu", "vài");
    let stored: Draft = serde_json::from_str(&serde_json::to_string(&draft).unwrap()).unwrap();
    assert_eq!(stored, draft);
    let mended = edited(&stored, &[(Field::Members, "5".to_owned())], &known());
    assert_eq!((mended.members, mended.problems), (Some(5), vec![]));
    assert_eq!(mended.cells.iter().find(|cell| cell.field == Field::Members).unwrap().column.as_deref(), Some("F"));
}

fn household(code: &str, head: &str, number: &str, phone: &str) -> KnownHousehold {
    let filled = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    KnownHousehold {
        code: filled(code),
        group: "07".to_owned(),
        head: head.to_owned(),
        number: number.to_owned(),
        alley: String::new(),
        street: "Lê Lợi".to_owned(),
        phone: filled(phone),
    }
}

#[test]
fn the_same_household_spelled_differently() {
    let households = [
        household("07-1", "Trần Thị Hồng", "9", ""),
        household("", "LE AN", "1", ""),
        household("", "Nguyễn Thị Lan", "5", ""),
        household("", "Phạm Văn Tư", "1", ""),
        household("", "Hồ Dũng", "12", "0905123456"),
        household("", "Lê An", "77", ""),
    ];
    let register = Register::new(&households);
    let found = |draft: &Draft| -> Vec<(usize, Why)> {
        register.likely_same(draft).into_iter().map(|one| (one.household, one.why)).collect()
    };
    // Code, then head at the same address, then head in the same group, then a phone that another name has.
    let expected = [(0, Why::Code), (1, Why::HeadAndAddress), (5, Why::Head), (4, Why::Phone)];
    assert_eq!(found(&with("Ghi chú", "")), expected);
    let mut draft = with("Chủ hộ", "Nguyễn Thi Lam");
    (draft.code, draft.phone, draft.number) = (None, None, "5".to_owned());
    assert_eq!(found(&draft), [(2, Why::NearHead)]);
    draft.head = "Võ Thị Sương".to_owned();
    assert_eq!(found(&draft), []);
}

/// A list of `count` households as a CSV file.
fn long_list(count: usize) -> Vec<u8> {
    let families = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi"];
    let middles = ["Văn", "Thị", "Đức", "Ngọc", "Minh", "Xuân", "Quốc"];
    let given = ["An", "Bình", "Cường", "Dũng", "Đào", "Hạnh", "Hồng", "Lan", "Mỹ", "Phương", "Sơn"];
    let streets = ["Lê Lợi", "Trần Phú", "Nguyễn Huệ", "Võ Thị Sáu", "Lý Tự Trọng"];
    let mut text = "STT,Mã hộ,Họ và tên chủ hộ,Địa chỉ,Số nhân khẩu,Điện thoại,Ngày ký cam kết,Ghi chú\n".to_owned();
    for at in 0..count {
        let head = format!("{} {} {} {}", families[at % 8], middles[at % 7], given[at % 11], given[at / 88 % 11]);
        let address = format!("\"{}, hẻm {}, {}\"", at % 300 + 1, at / 300 + 1, streets[at % 5]);
        text.push_str(&format!("{at},H-{at},{head},{address},{},9{at:08},3/3/2026,\n", at % 9 + 1));
    }
    text.into_bytes()
}

#[test]
fn ten_thousand_households() {
    let file = long_list(10_000);
    let begun = Instant::now();
    let book = read(&file, "DS.csv", &Limits::default()).unwrap();
    let read_in = begun.elapsed();
    let recognised = recognise(&book, None, &known());
    let recognised_in = begun.elapsed() - read_in;
    assert_eq!(recognised.rows.len(), 10_000);
    assert!(recognised.rows.iter().all(|draft| draft.problems.is_empty()), "{:?}", recognised.rows[0]);
    let household = |draft: &Draft| KnownHousehold {
        code: None,
        group: "07".to_owned(),
        head: draft.head.to_uppercase(),
        number: draft.number.clone(),
        alley: draft.alley.clone(),
        street: draft.street.clone(),
        phone: None,
    };
    let households: Vec<KnownHousehold> = recognised.rows.iter().map(household).collect();
    let begun = Instant::now();
    let register = Register::new(&households);
    let same = |(at, draft): (usize, &Draft)| register.likely_same(draft)[0].household == at;
    let matched = recognised.rows.iter().enumerate().filter(|row| same(*row)).count();
    let matched_in = begun.elapsed();
    assert_eq!(matched, 10_000);
    println!("10,000 rows: read {read_in:?}, recognised {recognised_in:?}, compared with 10,000 known {matched_in:?}");
    // A debug build is some twenty times slower; comparing each with each would take minutes.
    assert!(recognised_in.as_secs() < 30 && matched_in.as_secs() < 30);
}

fn any_cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        Just(Cell::Empty),
        "[a-zà-ỹ0-9 /().,;+-]{0,12}".prop_map(Cell::Text),
        "(Chủ hộ|Họ tên|Tên|Số nhà|Đường|Địa chỉ|Tổ 7|Tổng cộng|STT|Nhân khẩu|Ngày ký)".prop_map(Cell::Text),
        any::<f64>().prop_map(Cell::Number),
        (-40_000..90_000_i32).prop_map(|days| Cell::Day(NaiveDate::from_num_days_from_ce_opt(730_000 + days).unwrap())),
        Just(Cell::Fault("#REF!".to_owned())),
    ]
}

proptest! {
    #[test]
    fn any_grid_is_read_without_a_panic(grid in prop::collection::vec(prop::collection::vec(any_cell(), 0..7), 0..12)) {
        let rows = (1..).zip(grid).map(|(number, cells)| Row { number, cells }).collect();
        let book = Workbook { sheets: vec![Sheet { name: "DS".to_owned(), rows }] };
        let recognised = recognise(&book, None, &known());
        for draft in &recognised.rows {
            prop_assert!(draft.row >= 1);
            prop_assert!(!draft.head.is_empty() || draft.severity() == Some(Severity::Stops));
        }
        prop_assert_eq!(recognise(&book, None, &known()), recognised);
    }
}
