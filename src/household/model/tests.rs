use super::*;
use proptest::prelude::*;

fn at(house: &str, alley: &str, street: &str) -> Address {
    Address { house: house.to_owned(), alley: alley.to_owned(), street: street.to_owned() }
}

fn facts(head: &str, address: Address, phone: &str) -> Facts {
    let phone = (!phone.is_empty()).then(|| phone.to_owned());
    Facts { head: head.to_owned(), address, members: Some(4), phone, note: None }
}

/// As the statement does: every word by one of its needles.
fn finds(query: &str, search: &str) -> bool {
    let (one, other) = Query::read(query).columns();
    one.iter().zip(&other).all(|(one, other)| search.contains(one.as_str()) || search.contains(other.as_str()))
}

#[test]
fn an_address_reads_as_people_say_it() {
    assert_eq!(at("14/2", "24", "Dã Tượng").to_string(), "14/2 hẻm 24 Dã Tượng");
    assert_eq!(at("8", "", "Trường Sơn").to_string(), "8 Trường Sơn");
    assert_eq!(at("", "", "").to_string(), "");
}

#[test]
fn words_of_an_address_are_not_written_twice() {
    let address = Address::written("15", "Hẻm 24", "đường Dã Tượng");
    assert_eq!(address.to_string(), "15 hẻm 24 Dã Tượng");
    assert_eq!(Address::written("3", "", "Ngô Gia Tự").street, "Ngô Gia Tự");
}

#[test]
fn a_telephone_may_stand_in_the_note_and_an_identity_number_may_not() {
    assert!(!holds_identity_number("con: 0905123456, nhà 12"));
    assert!(holds_identity_number("CMND 225123456"));
}

#[test]
fn a_street_is_walked_one_side_after_the_other() {
    let doors = [
        at("9", "", "Trường Sơn"),
        at("10", "", "Trường Sơn"),
        at("8", "", "Trường Sơn"),
        at("14/2", "", "Trường Sơn"),
        at("14", "", "Trường Sơn"),
        at("11A", "", "Trường Sơn"),
        at("3", "24", "Trường Sơn"),
        at("1", "", "Dã Tượng"),
    ];
    let mut sorted = doors.to_vec();
    sorted.sort_by_key(Address::walk);
    let told: Vec<String> = sorted.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "1 Dã Tượng",
            "9 Trường Sơn",
            "11A Trường Sơn",
            "8 Trường Sơn",
            "10 Trường Sơn",
            "14 Trường Sơn",
            "14/2 Trường Sơn",
            "3 hẻm 24 Trường Sơn"
        ]
    );
    assert!(doors[1].is_same_stretch(&doors[2]));
    assert!(!doors[0].is_same_stretch(&doors[1]));
}

#[test]
fn a_household_is_found_however_it_is_asked_for() {
    let search = facts("Nguyễn Văn Lựu", at("14/2", "24", "Dã Tượng"), "0905123456").keys("07-0123").search;
    for query in [
        "nguyen luu",
        "LỰU NGUYỄN",
        "ngu van",
        "14/2",
        "14",
        "3456",
        "0905",
        "07-0123",
        "0123",
        "hem 24 da tuong",
        "",
        "luu, 14",
    ] {
        assert!(finds(query, &search), "{query} in {search}");
    }
    for query in ["luu tran", "4/2", "2345", "905", "15"] {
        assert!(!finds(query, &search), "{query} in {search}");
    }
}

#[test]
fn a_group_in_the_words_narrows_the_search() {
    let query = Query::read("nguyễn văn tổ 7");
    assert_eq!((query.group, query.needles.len()), (Some(7), 2));
    assert_eq!(Query::read("tổ dân phố 12").group, Some(12));
    assert_eq!(Query::read("TDP 07").group, Some(7));
    assert_eq!(Query::read("tổ").group, None);
    assert_eq!(Query::read("Tô Văn To").group, None);
    assert!(Query::read(" , ").is_empty());
}

#[test]
fn the_given_name_comes_first_in_its_order() {
    let keys = facts("Trần Văn Lựu", Address::default(), "").keys("07-0001");
    assert_eq!(keys.by_given, "Lựu Trần Văn");
    assert_eq!(facts("Lựu", Address::default(), "").keys("07-0001").by_given, "Lựu");
}

proptest! {
    #[test]
    fn numbers_sort_by_their_size(one in 0u32..99_999, other in 0u32..99_999) {
        let key = |n: u32| padded(&n.to_string());
        prop_assert_eq!(key(one).cmp(&key(other)), one.cmp(&other));
    }

    #[test]
    fn every_word_of_a_household_finds_it(head in "[A-Za-zÀ-ỹ]{1,8}( [A-Za-zÀ-ỹ]{1,8}){0,3}", house in "[0-9]{1,3}(/[0-9]{1,2})?") {
        let search = facts(&head, at(&house, "", "Dã Tượng"), "").keys("07-0123").search;
        for word in head.split(' ').chain([house.as_str()]) {
            // "tổ 7" is a group, and a mark alone folds to nothing.
            if Query::read(word).group.is_none() {
                prop_assert!(finds(word, &search), "{} in {}", word, search);
            }
        }
    }
}
