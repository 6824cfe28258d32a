//! Ugly files, as people send them, and what is found in each. `tests/import_files/make.py` made them; names are invented.
#![allow(clippy::unwrap_used, reason = "in a test the place that fails is the message")]

use std::fs;
use std::path::Path;

use binhyen::import::model::{
    Draft, Field, Known, KnownGroup, LeftOut, Mapping, Meaning, Notice, ProblemCode, Recognised, SheetMapping, edited,
    mark_twins, recognise,
};
use binhyen::platform::legacy::Legacy;
use binhyen::platform::sheet::{self, Cell, Foreign, Limits, Unreadable, Workbook};
use chrono::NaiveDate;

fn file(name: &str) -> Result<Workbook, Unreadable> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import_files").join(name);
    sheet::read(&fs::read(path).unwrap(), name, &Limits::default())
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn ward() -> Known {
    let group =
        |n: u32| KnownGroup { code: format!("{n:02}"), ordinal: Some(n), names: vec![format!("Tổ dân phố {n}")] };
    Known { groups: (1..=24).map(group).collect(), meant_for: None, today: day(2026, 3, 25), period: None }
}

fn for_group_7() -> Known {
    Known { meant_for: Some("07".to_owned()), ..ward() }
}

fn found(name: &str, known: &Known) -> Recognised {
    recognise(&file(name).unwrap(), None, known)
}

fn heads(recognised: &Recognised) -> Vec<&str> {
    recognised.rows.iter().map(|draft| draft.head.as_str()).collect()
}

/// Every problem with its cell: "G14".
fn problems(recognised: &Recognised) -> Vec<(String, &ProblemCode)> {
    let at = |draft: &Draft, column: &Option<String>| format!("{}{}", column.as_deref().unwrap_or("?"), draft.row);
    let of_row = |draft| -> Vec<(String, &ProblemCode)> {
        let draft: &Draft = draft;
        draft.problems.iter().map(|problem| (at(draft, &problem.column), &problem.code)).collect()
    };
    recognised.rows.iter().flat_map(of_row).collect()
}

const SIX: [&str; 6] =
    ["Nguyễn Văn Lựu", "Trần Thị Hồng", "Đặng Quốc Dương", "Phạm Thị Mỹ Hạnh", "Vũ Đức Thắng", "Lê Sơn"];

/// The six households that several files hold in several encodings.
fn assert_six(recognised: &Recognised) {
    assert_eq!(heads(recognised), SIX);
    let streets: Vec<&str> = recognised.rows.iter().map(|draft| draft.street.as_str()).collect();
    assert_eq!(streets, ["Lê Lợi", "Lê Lợi", "Lê Lợi", "Trần Phú", "Trần Phú", "Trần Phú"]);
    let numbers: Vec<&str> = recognised.rows.iter().map(|draft| draft.number.as_str()).collect();
    assert_eq!(numbers, ["15", "17/2", "19A", "2", "4", "6"]);
    let members: Vec<Option<u16>> = recognised.rows.iter().map(|draft| draft.members).collect();
    assert_eq!(members, [Some(4), Some(3), Some(5), Some(2), Some(6), Some(1)]);
    let phones: Vec<Option<&str>> = recognised.rows.iter().map(|draft| draft.phone.as_deref()).collect();
    let expected = [Some("0905123456"), Some("0914000111"), Some("0903000222"), None, Some("0987000333"), None];
    assert_eq!(phones, expected);
    let codes: Vec<Option<&str>> = recognised.rows.iter().map(|draft| draft.code.as_deref()).collect();
    let expected = ["07-001", "07-002", "07-003", "07-004", "07-005", "07-006"];
    assert_eq!(codes, expected.map(Some));
    assert!(recognised.rows.iter().all(|draft| draft.group.as_deref() == Some("07")));
}

/// The six, and which encoding was told at their cells.
fn assert_six_from(name: &str, legacy: Option<Legacy>) {
    let recognised = found(name, &for_group_7());
    assert_six(&recognised);
    assert_eq!(recognised.sheets[0].header_row, Some(1), "{name}");
    let problems = problems(&recognised);
    assert!(problems.contains(&("G6".to_owned(), &ProblemCode::PhoneSecond)), "{name}");
    let told = problems.iter().filter(|(_, code)| matches!(code, ProblemCode::LegacyMended { .. })).count();
    match legacy {
        None => assert_eq!((told, problems.len()), (0, 1), "{name}"),
        Some(from) => {
            // Six heads, six streets, one note.
            assert_eq!((told, problems.len()), (13, 14), "{name}");
            assert!(problems.contains(&("C7".to_owned(), &ProblemCode::LegacyMended { from })), "{name}");
            assert!(recognised.notices.contains(&Notice::LegacyMended { from, count: 13 }), "{name}");
        }
    }
    if name.ends_with(".xls") {
        return;
    }
    let notes: Vec<&str> = recognised.rows.iter().map(|draft| draft.note.as_str()).collect();
    assert_eq!(notes[..2], ["", "đi làm xa"], "{name}");
}

#[test]
fn text_files_in_every_encoding() {
    assert_six_from("utf16_tab.txt", None);
    assert_six_from("windows1258.csv", None);
    assert_six_from("tcvn3.csv", Some(Legacy::Tcvn3));
    assert_six_from("vni.csv", Some(Legacy::Vni));
}

#[test]
fn workbooks_in_legacy_fonts() {
    assert_six_from("tcvn3.xlsx", Some(Legacy::Tcvn3));
    assert_six_from("vni.xlsx", Some(Legacy::Vni));
}

#[test]
fn three_encodings_in_one_sheet() {
    let recognised = found("mixed.xlsx", &ward());
    let more = ["NGUYỄN VĂN LỰU", "Nguyễn Thị Đào", "ĐẶNG QUỐC DƯƠNG"];
    assert_eq!(heads(&recognised), [&SIX[..], &more].concat());
    let at = |cell: &str| problems(&recognised).into_iter().find(|(at, _)| at == cell).map(|(_, code)| code.clone());
    assert_eq!(at("C2"), Some(ProblemCode::LegacyMended { from: Legacy::Tcvn3 }));
    assert_eq!(at("C4"), Some(ProblemCode::LegacyMended { from: Legacy::Vni }));
    assert_eq!(at("C6"), None);
}

fn assert_titled(name: &str) {
    let recognised = found(name, &ward());
    let sheet = &recognised.sheets[0];
    let meanings: Vec<Option<Meaning>> = sheet.columns.iter().map(|column| column.meaning).collect();
    use Meaning::{Alley, Code, Head, Members, Note, Number, Order, Phone, Pledged, Street};
    assert_eq!(meanings, [Order, Code, Head, Number, Alley, Street, Members, Phone, Pledged, Note].map(Some));
    assert_eq!(sheet.columns[2].samples, ["Nguyễn Văn Lựu", "Trần Thị Hồng", "Đặng Quốc Dương"]);
    let rows: Vec<(u32, &str)> = recognised.rows.iter().map(|draft| (draft.row, draft.head.as_str())).collect();
    let expected = [
        (8, "Nguyễn Văn Lựu"),
        (9, "Trần Thị Hồng"),
        (12, "Đặng Quốc Dương"),
        (14, "Tống Thị Mỹ Hạnh"),
        (16, "Nguyen Van Luu"),
    ];
    assert_eq!(rows, expected, "{name}");
    assert!(recognised.rows.iter().all(|draft| draft.group.as_deref() == Some("07")));
    let pledged: Vec<_> = recognised.rows[..3].iter().map(|draft| draft.pledged.unwrap().on.unwrap()).collect();
    assert_eq!(pledged, [day(2026, 3, 2), day(2026, 3, 3), day(2026, 3, 4)]);
    assert_eq!((recognised.rows[0].members, recognised.rows[0].phone.as_deref()), (Some(4), Some("0905123456")));
    assert_eq!((recognised.rows[1].number.as_str(), recognised.rows[1].alley.as_str()), ("17/3", "Hẻm 12"));
    let sheet = || "Danh sách".to_owned();
    let expected = [
        ("D9", ProblemCode::NumberWasDate),
        ("G14", ProblemCode::MembersNotANumber),
        ("H14", ProblemCode::PhoneUnreadable),
        ("I14", ProblemCode::DateUnreadable),
        ("I16", ProblemCode::DateFuture),
        ("C16", ProblemCode::HouseholdTwice { sheet: sheet(), row: 8 }),
        ("B16", ProblemCode::CodeTwice { sheet: sheet(), row: 14 }),
    ];
    let found: Vec<(String, ProblemCode)> =
        problems(&recognised).into_iter().map(|(at, code)| (at, code.clone())).collect();
    assert_eq!(found, expected.map(|(at, code)| (at.to_owned(), code)), "{name}");
    let notices = [Notice::LinesLeftOut { sheet: sheet(), count: 5 }, Notice::PhonesRestored { count: 2 }];
    assert_eq!(recognised.notices, notices, "{name}");
}

#[test]
fn titles_two_lines_of_headings_totals_and_signatures() {
    assert_titled("titled.xlsx");
    assert_titled("titled.ods");
}

#[test]
fn old_excel_with_dates_and_a_total() {
    let recognised = found("list.xls", &ward());
    assert_six(&recognised);
    assert_eq!(recognised.sheets[0].header_row, Some(3));
    let pledged: Vec<_> = recognised.rows.iter().map(|draft| draft.pledged.unwrap().on).collect();
    assert_eq!(pledged, (1..=6).map(|d| Some(day(2026, 3, d))).collect::<Vec<_>>());
    assert!(recognised.notices.contains(&Notice::LinesLeftOut { sheet: "Tổ 7".to_owned(), count: 1 }));
}

#[test]
fn one_sheet_per_group() {
    let recognised = found("per_group.xlsx", &ward());
    assert_eq!(heads(&recognised), ["Lê An", "Lê Bình", "Võ Cường"]);
    let groups: Vec<_> = recognised.rows.iter().map(|draft| draft.group.as_deref()).collect();
    assert_eq!(groups, [Some("01"), Some("01"), Some("02")]);
    let second = &recognised.rows[1];
    assert_eq!((second.number.as_str(), second.alley.as_str(), second.street.as_str()), ("3", "hẻm 5", "Lê Lợi"));
    assert_eq!((recognised.rows[2].number.as_str(), recognised.rows[2].street.as_str()), ("K7/2", "Trần Phú"));
    let left = |sheet: &str, why| Notice::SheetLeftOut { sheet: sheet.to_owned(), why };
    assert_eq!(recognised.notices, [left("Tổng hợp", LeftOut::NoHeader), left("Sheet4", LeftOut::Empty)]);
    // The same file for group 1 alone: the row of group 2 is told.
    let one = found("per_group.xlsx", &Known { meant_for: Some("01".to_owned()), ..ward() });
    let other = ProblemCode::GroupOther { found: "02".to_owned(), meant: "01".to_owned() };
    assert_eq!(problems(&one), [("?2".to_owned(), &other)]);
}

#[test]
fn groups_as_lines_between_the_rows() {
    let recognised = found("sections.xlsx", &ward());
    let rows: Vec<_> = recognised.rows.iter().map(|draft| (draft.row, draft.group.as_deref())).collect();
    assert_eq!(rows, [(3, Some("01")), (6, Some("02")), (8, None)]);
    assert_eq!(problems(&recognised), [("?8".to_owned(), &ProblemCode::GroupUnknown)]);
    assert_eq!(recognised.rows[2].text(Field::Group), "TỔ 99");
}

#[test]
fn two_groups_in_a_sheet_of_one() {
    let recognised = found("two_groups.xlsx", &ward());
    let groups: Vec<_> = recognised.rows.iter().map(|draft| draft.group.as_deref()).collect();
    assert_eq!(groups, [Some("07"), Some("08"), Some("07")]);
    let second = ProblemCode::GroupSecond { heading: "07".to_owned() };
    assert_eq!(problems(&recognised), [("E4".to_owned(), &second)]);
    let groups = vec!["07".to_owned(), "08".to_owned()];
    assert_eq!(recognised.notices, [Notice::SeveralGroups { sheet: "Danh sách".to_owned(), groups }]);
}

#[test]
fn merged_cells_and_names_over_two_columns_also_with_macros() {
    for name in ["merged.xlsx", "macros.xlsm"] {
        let recognised = found(name, &ward());
        assert_eq!(heads(&recognised), ["Nguyễn Văn Lựu", "Trần Thị Hồng", "Đặng Dương"], "{name}");
        assert!(recognised.rows.iter().all(|draft| draft.street == "Lê Lợi"), "{name}");
        assert_eq!(problems(&recognised), [], "{name}");
    }
}

#[test]
fn formulas_give_what_they_gave() {
    let recognised = found("formulas.xlsx", &ward());
    let first = &recognised.rows[0];
    assert_eq!((first.number.as_str(), first.members, first.note.as_str()), ("15", Some(4), "đi làm"));
    assert_eq!(problems(&recognised), [("D3".to_owned(), &ProblemCode::CellFault)]);
}

#[test]
fn what_looks_like_a_formula_is_text() {
    let book = file("utf8_bom.csv").unwrap();
    assert_eq!(book.sheets[0].rows[1].cells[0], Cell::Text("=HYPERLINK()".to_owned()));
    let recognised = recognise(&book, None, &for_group_7());
    assert_eq!(heads(&recognised), ["=HYPERLINK()", "+Lê An", "Lê Bình"]);
    assert_eq!(recognised.rows[0].note, "@SUM(1+1)");
    // A blank line counts, a line break inside a cell does not: the number is the one that Excel shows.
    assert_eq!(recognised.rows.iter().map(|draft| draft.row).collect::<Vec<_>>(), [2, 3, 5]);
}

#[test]
fn forbidden_columns_are_not_read_and_persons_are_not_households() {
    let recognised = found("persons.xlsx", &ward());
    assert_eq!(heads(&recognised), ["Nguyễn Văn Lựu", "Trần Thị Hồng"]);
    let all = format!("{recognised:?}");
    for secret in ["001080000001", "1/1/1980", "Kinh"] {
        assert!(!all.contains(secret), "{secret}");
    }
    assert!(recognised.rows.iter().all(|draft| draft.head != "Lê Thị Mai"));
    let sheet = || "Tổ 7".to_owned();
    let forbidden = |column: &str, heading: &str| Notice::ForbiddenColumn {
        sheet: sheet(),
        column: column.to_owned(),
        heading: heading.to_owned(),
    };
    let expected = [
        forbidden("D", "Số CCCD"),
        forbidden("E", "Ngày sinh"),
        forbidden("F", "Dân tộc"),
        Notice::UnknownColumn { sheet: sheet(), column: "J".to_owned(), heading: "Xếp loại".to_owned() },
        Notice::PersonsLeftOut { sheet: sheet(), count: 1 },
    ];
    assert_eq!(recognised.notices, expected);
    // A person cannot ask for them either.
    let columns = [(1, Meaning::Head), (3, Meaning::Code), (8, Meaning::Members)].into();
    let correction = SheetMapping { name: sheet(), taken: true, header_row: Some(1), columns, group: None };
    let again = recognise(&file("persons.xlsx").unwrap(), Some(&Mapping { sheets: vec![correction] }), &ward());
    assert!(again.rows.iter().all(|draft| draft.code.is_none()));
    assert!(!format!("{again:?}").contains("001080000001"));
}

#[test]
fn a_header_that_nobody_knows_is_mapped_by_a_person() {
    let book = file("unknown_header.xlsx").unwrap();
    let before = recognise(&book, None, &ward());
    assert!(before.rows.is_empty() && !before.sheets[0].taken);
    assert_eq!(before.sheets[0].columns[1].samples, ["Cột 2", "15 Lê Lợi", "17 Lê Lợi"]);
    let columns = [(0, Meaning::Head), (1, Meaning::Address), (2, Meaning::Members)].into();
    let correction = SheetMapping { name: "Tổ 7".to_owned(), taken: true, header_row: Some(1), columns, group: None };
    let mapping = Mapping { sheets: vec![correction] };
    let stored: Mapping = serde_json::from_str(&serde_json::to_string(&mapping).unwrap()).unwrap();
    assert_eq!(stored, mapping);
    let after = recognise(&book, Some(&stored), &ward());
    assert_eq!(heads(&after), ["Nguyễn Văn Lựu", "Trần Thị Hồng"]);
    assert_eq!((after.rows[0].number.as_str(), after.rows[0].street.as_str()), ("15", "Lê Lợi"));
    assert_eq!(problems(&after), []);
}

#[test]
fn a_row_put_right_in_place() {
    let mut recognised = found("titled.xlsx", &ward());
    let changes = [(Field::Members, " 2 "), (Field::Phone, "0905 999 888"), (Field::Pledged, "20/3/2026")]
        .map(|(field, text)| (field, text.to_owned()));
    recognised.rows[3] = edited(&recognised.rows[3], &changes, &ward());
    recognised.rows[4] = edited(&recognised.rows[4], &[(Field::Code, "07-005".to_owned())], &ward());
    mark_twins(&mut recognised.rows);
    let row = &recognised.rows[3];
    assert_eq!((row.members, row.phone.as_deref()), (Some(2), Some("0905999888")));
    assert_eq!(row.pledged.unwrap().on, Some(day(2026, 3, 20)));
    let twin = ProblemCode::HouseholdTwice { sheet: "Danh sách".to_owned(), row: 8 };
    let expected = [("D9", &ProblemCode::NumberWasDate), ("I16", &ProblemCode::DateFuture), ("C16", &twin)];
    assert_eq!(problems(&recognised), expected.map(|(at, code)| (at.to_owned(), code)));
}

#[test]
fn files_that_cannot_be_read_say_why() {
    let expected = [
        ("cut.xlsx", Unreadable::Cut),
        ("locked.xlsx", Unreadable::Encrypted),
        ("locked.xls", Unreadable::Encrypted),
        ("picture.xlsx", Unreadable::NotASpreadsheet(Foreign::Picture)),
        ("web_page.xls", Unreadable::NotASpreadsheet(Foreign::WebPage)),
    ];
    for (name, why) in expected {
        assert_eq!(file(name).unwrap_err(), why, "{name}");
    }
}
