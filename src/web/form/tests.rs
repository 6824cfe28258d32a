use super::*;
use proptest::prelude::*;

fn typed(name: &str, value: &str) -> Filled {
    Filled::default().with(name, value)
}

fn day_of(value: &str) -> Result<NaiveDate, String> {
    let mut filled = typed("ngay", value);
    let day = filled.day("ngay", "Ghi ngày.");
    day.ok_or_else(|| filled.error("ngay").unwrap_or_default().to_owned())
}

fn whole_of(value: &str) -> Result<i64, String> {
    let mut filled = typed("so", value);
    let whole = filled.whole("so", 0..=2_000, "Ghi số.");
    whole.ok_or_else(|| filled.error("so").unwrap_or_default().to_owned())
}

#[test]
fn a_day_is_read_as_people_write_it() {
    let fifth = NaiveDate::from_ymd_opt(2024, 3, 5).expect("day");
    for value in [
        "5/3/2024",
        "05/03/2024",
        " 5-3-2024 ",
        "5.3.2024",
        "5 / 3 / 2024",
        "2024-03-05",
        "2024/3/5",
        "ngày 5 tháng 3 năm 2024",
        "Ngày 05 tháng 03 năm 2024",
        "5 tháng 3, 2024",
        "5 3 2024",
        // Decomposed accents, as some keyboards send them.
        "nga\u{300}y 5 tha\u{301}ng 3 na\u{306}m 2024",
    ] {
        assert_eq!(day_of(value), Ok(fifth), "{value}");
    }
}

#[test]
fn a_wrong_day_gets_the_sentence_that_helps() {
    let said = |value: &str| day_of(value).expect_err(value);
    assert_eq!(said("31/2/2024"), "Ngày 31/2/2024 không có trong lịch. Ghi lại, ví dụ 5/3/2024.");
    assert!(said("3/25/2024").contains("ngày trước, tháng sau"));
    assert!(said("5/3/24").contains("bốn chữ số"));
    assert!(said("5/3/0204").contains("Năm 204 xa quá"));
    assert!(said("hôm qua").contains("“hôm qua”"));
    assert_eq!(said("  "), "Ghi ngày.");
    for value in ["2024", "5/3", "5/3/2024/1", "5//3//2024", "x5/3/2024", "5/3/2024x", "99999/1/2024", "2024-03-2024"] {
        assert!(said(value).contains("Chưa đọc được"), "{value}");
    }
}

#[test]
fn a_whole_number_may_be_grouped() {
    for (value, number) in [("45", 45), ("1.234", 1234), ("1 234", 1234), ("1\u{a0}234", 1234), ("+7", 7), ("007", 7)] {
        assert_eq!(whole_of(value), Ok(number), "{value}");
    }
    let said = |value: &str| whole_of(value).expect_err(value);
    assert_eq!(said("2.001"), "Số 2.001 ngoài khoảng cho phép. Ghi từ 0 đến 2.000.");
    assert!(said("-1").contains("ngoài khoảng"));
    assert!(said("99999999999999999999999").contains("ngoài khoảng"));
    assert!(said("1.5").contains("phần lẻ"));
    assert!(said("12,5").contains("phần lẻ"));
    assert!(said("45 người").contains("Chỉ ghi chữ số"));
    assert!(said("1.23.456").contains("Chưa đọc được"));
    assert_eq!(said(""), "Ghi số.");
}

#[test]
fn text_is_composed_and_nothing_hides_in_it() {
    let mut filled =
        typed("ten", " Tổ\u{202e} dân \t phố\u{200b}\u{0} 7\r\n").with("ly-do", "một\r\n\r\nhai  \u{7}\rba ");
    assert_eq!(filled.text("ten", 20, "Ghi tên."), Some("Tổ dân phố 7".to_owned()));
    assert_eq!(filled.long_text("ly-do", 20, "Ghi lý do."), Some("một\n\nhai\nba".to_owned()));
    let mut split = typed("ten", "Pho\u{302}\u{301}");
    assert_eq!(split.text("ten", 3, "Ghi tên."), Some("Phố".to_owned()));
}

#[test]
fn length_counts_letters_not_bytes() {
    let mut filled = typed("ten", "Phước").with("ghi-chu", "Phước Long").with("trong", " \n ");
    assert!(filled.text("ten", 5, "").is_some());
    assert_eq!(filled.text_optional("ghi-chu", 5), None);
    assert_eq!(filled.error("ghi-chu"), Some("Đang có 10 ký tự, tối đa 5. Rút bớt 5 ký tự."));
    assert_eq!(filled.text_optional("trong", 5), None);
    assert_eq!(filled.error("trong"), None);
}

#[test]
fn all_wrong_fields_are_said_at_once_and_the_typing_stays() {
    let mut filled = typed("ngay", "31/2/2024").with("nguoi", "rất đông");
    let read = filled.day("ngay", "").zip(filled.whole("nguoi", 0..=9, ""));
    let again = filled.finish(read).expect_err("two faults");
    let fields: Vec<_> = again.errors().iter().map(|error| error.field.as_str()).collect();
    assert_eq!(fields, ["ngay", "nguoi"]);
    assert_eq!(again.value("nguoi"), "rất đông");
}

#[test]
fn an_optional_field_that_is_wrong_still_stops_the_form() {
    let mut filled = typed("ten", "Tổ 7").with("ngay", "31/2/2024");
    let name = filled.text("ten", 9, "");
    let _day = filled.day_optional("ngay");
    assert!(filled.finish(name).is_err());
}

#[test]
fn a_value_lost_without_a_sentence_is_still_said() {
    let again = Filled::default().finish(None::<u8>).expect_err("nothing");
    assert_eq!(again.errors()[0].field, "");
}

#[test]
fn choices_and_boxes() {
    let mut filled = typed("muc", "1.3").with("muc", "anh").with("vai", "7");
    assert_eq!(filled.values_of("muc"), ["1.3", "anh"]);
    assert!(filled.has("muc", "anh") && !filled.has("muc", "2"));
    assert_eq!(filled.one_of::<u8>("vai", "Chọn một vai."), Some(7));
    assert_eq!(filled.one_of::<u8>("muc", "Chọn một mục."), None);
    assert_eq!(filled.error("muc"), Some("Chọn một mục."));
}

#[test]
fn a_password_is_neither_printed_nor_carried() {
    let filled = typed("mat-khau", "bí mật lắm").with("mat-khau-moi", "còn bí mật hơn").with("ten", "Lựu");
    let printed = format!("{filled:?}");
    assert!(!printed.contains("bí mật") && printed.contains("Lựu"));
    assert_eq!(filled.carried(), [("ten", "Lựu")]);
}

#[test]
fn what_an_action_found_wrong_stands_at_its_fields() {
    let form = typed("ma", "7").with_faults(vec![("ma", "Mã 7 đã có.".to_owned()), ("ma", "Chọn mã khác.".to_owned())]);
    assert!(form.is_bad());
    assert_eq!((form.error("ma"), form.value("ma")), (Some("Mã 7 đã có."), "7"));
    assert!(!typed("ma", "7").with_faults(vec![]).is_bad());
}

proptest! {
    #[test]
    fn every_day_reads_back(days in 0i64..73_000, form in 0usize..4) {
        let start = NaiveDate::from_ymd_opt(1900, 1, 1).expect("day");
        let day = start + chrono::Duration::days(days);
        let written = day.format(["%-d/%-m/%Y", "%d-%m-%Y", "%Y-%m-%d", "ngày %d tháng %m năm %Y"][form]).to_string();
        prop_assert_eq!(day_of(&written), Ok(day));
    }

    #[test]
    fn whatever_is_typed_is_read_without_panic_and_cleaned_once(value in any::<String>()) {
        let _ = day_of(&value);
        let _ = whole_of(&value);
        let once = read::line(&value);
        prop_assert_eq!(read::line(&once), once.clone());
        let kept = read::lines(&value);
        prop_assert_eq!(read::lines(&kept), kept.clone());
    }
}
