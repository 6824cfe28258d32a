use super::*;
use crate::platform::sheet::{self, Limits};
use uuid::Uuid;

fn on(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn groups() -> Vec<Group> {
    let group = |number: i32| Group {
        id: Uuid::from_u128(number.unsigned_abs().into()).into(),
        code: format!("{number:02}"),
        ordinal: number,
        name: format!("Tổ dân phố {number}"),
        short: format!("Tổ {number}"),
        // Group 24 was split off in the middle of the year.
        from: if number == 24 { on("2023-07-01") } else { on("2010-01-01") },
        to: None,
    };
    vec![group(7), group(8), group(24)]
}

fn kinds() -> Vec<IncidentType> {
    let kind = |code: &str, title: &str| IncidentType { code: code.to_owned(), title: title.to_owned() };
    vec![
        kind("toi-pham", "Tội phạm"),
        kind("te-nan-xa-hoi", "Tệ nạn xã hội"),
        kind("tai-nan", "Tai nạn"),
        kind("chay-no", "Cháy, nổ"),
        kind("vi-pham-khac", "Vi phạm pháp luật khác"),
    ]
}

fn read_with(text: &str, written: &HashSet<Key>) -> List {
    let (groups, kinds) = (groups(), kinds());
    let window = Window { from: on("2022-11-16"), to: on("2023-11-15") };
    let known = Known { year: 2023, of_groups: window, of_ward: window, groups: &groups, kinds: &kinds, written };
    let workbook = sheet::read(text.as_bytes(), "dan.txt", &Limits::default()).unwrap();
    read(&workbook.sheets[0], &known)
}

fn read_text(text: &str) -> List {
    read_with(text, &HashSet::new())
}

/// Group, type, how many, when, of each count.
fn said(list: &List) -> Vec<(u128, String, i32, When)> {
    let number = |facts: &Facts| facts.group.map_or(0, |id| id.uuid().as_u128());
    list.counts().iter().map(|it| (number(it), it.kind.clone(), it.n, it.when)).collect()
}

/// Cell and fault of everything that is wrong.
fn faults(list: &List) -> Vec<(String, Fault)> {
    let cells = list.lines.iter().flat_map(|line| &line.cells);
    cells.filter_map(|cell| Some((cell.at.clone(), cell.fault.clone()?))).collect()
}

#[test]
fn columns_are_found_under_titles_in_any_order() {
    let list = read_text(
        "CÔNG AN PHƯỜNG\n\nSTT\tNội dung\tSố vụ\tTổ dân phố\tMức độ\tNgày xảy ra\n\
         1\ttội phạm\t2\tTổ 7\tNghiêm trọng\t5/3/2023\n2\tCHAY NO\t1 vụ\t08\t\t\n\tTổng cộng\t3\n",
    );
    assert_eq!(
        said(&list),
        [(7, "toi-pham".to_owned(), 2, When::Day(on("2023-03-05"))), (8, "chay-no".to_owned(), 1, When::Year(2023))]
    );
    assert_eq!(list.counts()[0].gravity, Gravity::High);
    assert_eq!((list.lines[0].number, list.lines[0].cells[0].at.as_str()), (4, "D4"));
    assert!(list.bad().next().is_none());
}

#[test]
fn without_headings_the_columns_stand_as_the_page_says() {
    let list = read_text("7\tTai nạn\t3\t2023-03-05\nphường\ttệ nạn\t4\n");
    assert_eq!(
        said(&list),
        [
            (7, "tai-nan".to_owned(), 3, When::Day(on("2023-03-05"))),
            (0, "te-nan-xa-hoi".to_owned(), 4, When::Year(2023))
        ]
    );
}

#[test]
fn types_may_stand_across() {
    let list =
        read_text("Tổ\tTội phạm\tTai nạn\tCháy, nổ\tTổng\nTDP 7\t2\t\t1\t3\nTổ 8\t0\t-\t5\t5\nCộng\t2\t0\t6\t8\n");
    assert_eq!(
        said(&list),
        [
            (7, "toi-pham".to_owned(), 2, When::Year(2023)),
            (7, "chay-no".to_owned(), 1, When::Year(2023)),
            (8, "chay-no".to_owned(), 5, When::Year(2023)),
        ]
    );
    assert_eq!(list.noughts, 3);
}

#[test]
fn every_wrong_cell_is_told_at_its_place() {
    let list = read_text(
        "tổ\tloại\tsố vụ\tngày\tmức độ\n99\tTội phạm\t1\n\tTội phạm\t1\n7\tđua xe\t1\n7\tphạm\t1\n7\tn\t1\n\
         7\tTai nạn\t\n7\tTai nạn\t1,5\n7\tTai nạn\t10000\n7\tTai nạn\t1\t31/2/2023\n7\tTai nạn\t1\t16/11/2023\n\
         24\tTai nạn\t1\t30/6/2023\n7\tTai nạn\t1\t5/3/2023\tvừa\n7\t\tx\t5/3\n",
    );
    let expected = [
        ("A2", Fault::GroupUnknown),
        ("A3", Fault::GroupMissing),
        ("B4", Fault::KindUnknown),
        ("B5", Fault::KindOneOf("Tội phạm".to_owned(), "Vi phạm pháp luật khác".to_owned())),
        ("B6", Fault::KindUnknown),
        ("C7", Fault::NumberMissing),
        ("C8", Fault::NumberUnreadable),
        ("C9", Fault::NumberUnreadable),
        ("D10", Fault::DayUnreadable),
        ("D11", Fault::DayOutside(on("2023-11-16"))),
        ("A12", Fault::GroupElsewhen),
        ("E13", Fault::GravityUnknown),
        ("D14", Fault::DayUnreadable),
        ("B14", Fault::KindMissing),
        ("C14", Fault::NumberUnreadable),
    ];
    assert_eq!(faults(&list), expected.map(|(at, fault)| (at.to_owned(), fault)));
    assert!(list.counts().is_empty(), "a row with something wrong gives no count");
}

#[test]
fn a_total_stands_once_and_what_is_written_is_not_written_again() {
    let group = groups()[0].id;
    let written = HashSet::from([(Some(group), "tai-nan".to_owned(), Gravity::Ordinary, When::Day(on("2023-03-05")))]);
    let list = read_with(
        "tổ\tloại\tsố vụ\tngày\n7\tTội phạm\t1\n8\tTội phạm\t1\n7\tTội phạm\t2\n7\tTai nạn\t1\t5/3/2023\n7\tTai nạn\t1\t6/3/2023\n7\tTai nạn\t1\t6/3/2023\n",
        &written,
    );
    assert_eq!(faults(&list), [("C4".to_owned(), Fault::Twice(2)), ("C5".to_owned(), Fault::Written)]);
    // Two cases of one day may stand in two rows.
    assert_eq!(list.counts().len(), 4);
}

#[test]
fn a_file_as_text_keeps_its_numbers_of_rows() {
    let csv = "Số liệu\n\n\nTổ,Loại,Số vụ,Ngày\n7,\"Cháy, nổ\",2,5/3/2023\n";
    let workbook = sheet::read(csv.as_bytes(), "a.csv", &Limits::default()).unwrap();
    let text = as_text(&workbook);
    assert_eq!(text, "Số liệu\n\n\nTổ\tLoại\tSố vụ\tNgày\n7\tCháy, nổ\t2\t5/3/2023");
    let list = read_text(&text);
    assert_eq!((list.lines.len(), list.lines[0].number), (1, 5));
}

#[test]
fn letters_of_old_fonts_are_read() {
    let cell = Cell::Text("Téi ph¹m".to_owned());
    assert_eq!(cell_text(&cell), "Tội phạm");
}

proptest::proptest! {
    #[test]
    fn whatever_is_pasted_is_read_or_told(text in "[0-9a-zạảôộịâ,;\t\n/ -]{1,200}") {
        let Ok(workbook) = sheet::read(text.as_bytes(), "dan.txt", &Limits::default()) else { return Ok(()) };
        let (groups, kinds, written) = (groups(), kinds(), HashSet::new());
        let window = Window { from: on("2022-11-16"), to: on("2023-11-15") };
        let known = Known { year: 2023, of_groups: window, of_ward: window, groups: &groups, kinds: &kinds, written: &written };
        for line in read(&workbook.sheets[0], &known).lines {
            proptest::prop_assert!(line.counts.is_empty() || !line.is_bad());
            proptest::prop_assert!(line.counts.iter().all(|facts| (1..=9999).contains(&facts.n)));
        }
    }
}
