//! What comes out is read back: the words, the pages, the fonts.
#![allow(clippy::unwrap_used, reason = "in a test the place that fails is the message")]

mod read;

use read::{fonts, pages, texts, words};
use typeset::{
    Day, Household, PledgeSheets, Remaining, RemainingList, Style, TypesetError, pledge_sheets, remaining_list,
};

fn household(number: usize, head: &str) -> Household {
    Household {
        code: format!("07-{number:04}"),
        head: head.to_owned(),
        address: format!("{number}A hẻm 3 Dã Tượng"),
        members: Some(4),
        qr: format!("HTTPS://BINHYEN.EXAMPLE/Q/PL/2024/07-{number:04}"),
    }
}

fn sheets(style: Style, heads: &[&str]) -> PledgeSheets {
    PledgeSheets {
        ward: "phường Bắc Nha Trang".to_owned(),
        group: "Tổ dân phố 7".to_owned(),
        year: 2024,
        place: "Bắc Nha Trang".to_owned(),
        printed: Day { year: 2024, month: 3, day: 5 },
        text: vec!["Hộ gia đình chúng tôi cam kết giữ gìn trật tự.".to_owned()],
        reasons: vec!["vắng".to_owned(), "đi làm xa".to_owned(), "từ chối".to_owned()],
        style,
        households: heads.iter().enumerate().map(|(at, head)| household(at + 1, head)).collect(),
    }
}

fn remaining(heads: &[&str]) -> RemainingList {
    let row = |(at, head): (usize, &&str)| Remaining {
        code: format!("07-{at:04}"),
        head: (*head).to_owned(),
        address: "12A Dã Tượng".to_owned(),
        members: None,
        reason: "đi làm xa".to_owned(),
    };
    RemainingList {
        ward: "phường Bắc Nha Trang".to_owned(),
        group: "Tổ dân phố 7".to_owned(),
        year: 2024,
        place: "Bắc Nha Trang".to_owned(),
        printed: Day { year: 2024, month: 3, day: 5 },
        state: "312/350 hộ (89,1%), còn 38".to_owned(),
        households: heads.iter().enumerate().map(row).collect(),
    }
}

#[test]
fn the_list_says_what_it_was_told() {
    let words = words(&pledge_sheets(&sheets(Style::List, &["Nguyễn Văn Lựu", "Trần Thị Hồng Nhung"])).unwrap());
    for expected in [
        "PHƯỜNG BẮC NHA TRANG",
        "TỔ DÂN PHỐ 7",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Bắc Nha Trang, ngày 05 tháng 3 năm 2024",
        "DANH SÁCH HỘ KÝ CAM KẾT",
        "“An toàn về an ninh, trật tự” năm 2024",
        "Hộ gia đình chúng tôi cam kết giữ gìn trật tự.",
        "1. Nguyễn Văn Lựu",
        "1A hẻm 3 Dã Tượng (4 người)",
        "2. Trần Thị Hồng Nhung",
        "Chữ ký",
        "đi làm xa",
        "Tổng số: 2 hộ.",
    ] {
        assert!(words.contains(expected), "{expected} is not in: {words}");
    }
}

#[test]
fn a_pledge_names_its_household() {
    let words = words(&pledge_sheets(&sheets(Style::Each, &["Nguyễn Văn Lựu"])).unwrap());
    for expected in
        ["BẢN CAM KẾT", "Hộ ông (bà): Nguyễn Văn Lựu", "Địa chỉ: 1A hẻm 3 Dã Tượng; số nhân khẩu: 4", "07-0001"]
    {
        assert!(words.contains(expected), "{expected} is not in: {words}");
    }
}

#[test]
fn the_remaining_ones_are_listed_with_their_reason() {
    let words = words(&remaining_list(&remaining(&["Nguyễn Văn Lựu"])).unwrap());
    for expected in ["DANH SÁCH HỘ CHƯA KÝ CAM KẾT", "312/350 hộ (89,1%), còn 38", "Nguyễn Văn Lựu", "đi làm xa"]
    {
        assert!(words.contains(expected), "{expected} is not in: {words}");
    }
}

#[test]
fn names_that_read_like_markup_are_only_names() {
    let name = r##"#panic("x") $a_1$ <b> \ @ref *d* _e_ `f` = - + / // /* ~ [x] {y} "z" 'w'"##;
    for pdf in [
        pledge_sheets(&sheets(Style::List, &[name])),
        pledge_sheets(&sheets(Style::Each, &[name])),
        remaining_list(&remaining(&[name])),
    ] {
        // Lines may break between any two signs.
        let words = words(&pdf.unwrap());
        assert!(words.replace(' ', "").contains(&name.replace(' ', "")), "{words}");
    }
}

#[test]
fn strange_letters_become_a_box_and_control_characters_go() {
    let words = words(&pledge_sheets(&sheets(Style::List, &["Lê\u{0} \u{7}Lựu 🙂"])).unwrap());
    assert!(words.contains("1. Lê Lựu □"), "{words}");
}

#[test]
fn nobody_to_sign_is_said() {
    for style in [Style::List, Style::Each] {
        let pdf = pledge_sheets(&sheets(style, &[])).unwrap();
        assert!(words(&pdf).contains("Danh sách chưa có hộ nào."));
        assert_eq!(pages(&pdf), 1);
    }
    let pdf = remaining_list(&remaining(&[])).unwrap();
    assert!(words(&pdf).contains("Không còn hộ nào chưa ký."));
    assert_eq!(pages(&pdf), 1);
}

#[test]
fn pages_hold_twenty_or_two() {
    // One page of totals at most.
    let many = pages(&pledge_sheets(&sheets(Style::List, &["Nguyễn Văn Lựu"; 58])).unwrap());
    let more = pages(&pledge_sheets(&sheets(Style::List, &["Nguyễn Văn Lựu"; 98])).unwrap());
    assert_eq!(more - many, 2);
    assert_eq!(pages(&pledge_sheets(&sheets(Style::Each, &["Lê Lựu", "Võ Lựu", "Hồ Lựu"])).unwrap()), 2);
}

#[test]
fn a_long_pledge_takes_a_page_for_each_household() {
    let mut long = sheets(Style::Each, &["Lê Lựu", "Võ Lựu", "Hồ Lựu"]);
    long.text =
        vec!["Hộ gia đình chúng tôi cam kết giữ gìn an ninh, trật tự ở nơi cư trú. ".repeat(4); 8];
    assert_eq!(pages(&pledge_sheets(&long).unwrap()), 3);
    // Longer than a page still comes out whole.
    long.text =
        vec!["Hộ gia đình chúng tôi cam kết giữ gìn an ninh, trật tự ở nơi cư trú. ".repeat(4); 40];
    long.style = Style::List;
    let pdf = pledge_sheets(&long).unwrap();
    assert!(words(&pdf).contains("3. Hồ Lựu") && pages(&pdf) > 2);
}

#[test]
fn names_of_two_hundred_letters_wrap() {
    let spaced = "Nguyễn Thị Hồng ".repeat(13).trim().to_owned();
    let unbroken = "Nguyễn".repeat(33);
    for style in [Style::List, Style::Each] {
        let words = words(&pledge_sheets(&sheets(style, &[&spaced, &unbroken, "Lê Lựu"])).unwrap());
        assert!(words.contains(&spaced), "{words}");
        // A word without a gap is broken by lines, so its gaps are the lines'.
        assert!(words.replace(' ', "").contains(&unbroken), "{words}");
    }
}

#[test]
fn a_text_too_long_for_a_symbol_is_refused() {
    let mut data = sheets(Style::List, &["Lê Lựu"]);
    data.households[0].qr = "A".repeat(5000);
    assert!(matches!(pledge_sheets(&data), Err(TypesetError::Qr(_))));
}

#[test]
fn fonts_are_embedded_and_the_file_calls_itself_archivable() {
    let pdf = pledge_sheets(&sheets(Style::List, &["Nguyễn Văn Lựu"])).unwrap();
    let embedded = ["Tinos", "Tinos-Bold", "Tinos-Italic"].map(|it| (it.to_owned(), true));
    assert_eq!(fonts(&pdf), embedded.into());
    let texts = texts(&pdf);
    assert!(texts.contains("pdfaid:part>2<") && texts.contains("pdfaid:conformance>A<"), "{texts}");
}
