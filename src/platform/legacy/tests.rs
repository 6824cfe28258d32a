use proptest::prelude::*;
use proptest::sample::select;

use super::*;

fn both_ways(text: &str) -> [(Legacy, String); 2] {
    [(Legacy::Tcvn3, tcvn3::encode(text)), (Legacy::Vni, vni::encode(text))]
}

#[test]
fn names_come_back_from_both_encodings() {
    let names = [
        ("NguyÔn V¨n Lùu", "Nguyễn Văn Lựu", Legacy::Tcvn3),
        ("TrÇn ThÞ Hång", "Trần Thị Hồng", Legacy::Tcvn3),
        ("§Æng Quèc D\u{ad}¬ng", "Đặng Quốc Dương", Legacy::Tcvn3),
        ("Bïi Xu©n Ph\u{ad}¬ng", "Bùi Xuân Phương", Legacy::Tcvn3),
        ("Lª", "Lê", Legacy::Tcvn3),
        ("Nguyeãn Vaên Löïu", "Nguyễn Văn Lựu", Legacy::Vni),
        ("Traàn Thò Hoàng", "Trần Thị Hồng", Legacy::Vni),
        ("Ñaëng Quoác Döông", "Đặng Quốc Dương", Legacy::Vni),
        ("NGUYEÃN THÒ ÑAØO", "NGUYỄN THỊ ĐÀO", Legacy::Vni),
    ];
    for (typed, meant, from) in names {
        assert_eq!(mend(typed), Mended { text: meant.to_owned(), from: Some(from) });
    }
}

#[test]
fn capitals_of_tcvn3_are_told_where_the_plain_letters_tell_them() {
    assert_eq!(mend("NGUYÔN V¡N LùU").text, "NGUYỄN VĂN LỰU");
    assert_eq!(mend("§µo").text, "Đào");
    // One plain capital may begin a name, so its marks stay small.
    assert_eq!(mend("Lª Hå").text, "Lê Hồ");
    // A capital font over small letters cannot be seen in the letters.
    assert_eq!(mend("nguyÔn v¨n").text, "nguyễn văn");
}

#[test]
fn unicode_and_foreign_words_are_left_alone() {
    let untouched = [
        "Nguyễn Văn Lựu",
        "Vò",
        "Hoà",
        "Toàn",
        "Tôn",
        "Cô Bé · 12",
        "Noël",
        "café",
        "Müller",
        "«Hoa»",
        "© 2024",
        "5 m²",
        "15½",
        "µ",
        "Hotel Sài Gòn®",
        "§ 3",
        "12 Lý Tự Trọng",
        "K'Brể",
        "Đắk Lắk",
        "São Paulo",
        "Zürich",
        "-",
        "",
    ];
    for text in untouched {
        assert_eq!(mend(text), Mended { text: text.to_owned(), from: None }, "{text}");
    }
}

#[test]
fn decomposed_text_is_composed() {
    let decomposed: String = "Nguyễn Thị Đào".nfd().collect();
    assert_eq!(mend(&decomposed), Mended { text: "Nguyễn Thị Đào".to_owned(), from: None });
}

#[test]
fn a_column_decides_what_a_word_alone_cannot() {
    let column = ["NguyÔn V¨n An", "TrÇn ThÞ B×nh", "Vò", "Lª Hoµ", "An", ""];
    let texts: Vec<String> = mend_column(&column).into_iter().map(|one| one.text).collect();
    assert_eq!(texts, ["Nguyễn Văn An", "Trần Thị Bình", "Vũ", "Lê Hoà", "An", ""]);
    let vni = mend_column(&["Nguyeãn Vaên An", "Phaïm Thò Bình", "Sôn"]);
    assert_eq!(vni[2], Mended { text: "Sơn".to_owned(), from: Some(Legacy::Vni) });
}

#[test]
fn a_column_that_cannot_tell_follows_its_table() {
    let names = vec!["Hä vµ tªn", "NguyÔn V¨n An", "TrÇn ThÞ B×nh", "Ph¹m V¨n C\u{ad}", "§Æng V¨n D©n", "Bïi ThÞ Hµ"];
    let notes = vec!["Ghi chó", "", "", "", "", ""];
    let own = vec!["Ghi chó", "Phường", "", "", "", ""];
    let table = mend_table(&[names, notes, own]);
    assert_eq!(table[0][0].text, "Họ và tên");
    assert_eq!(table[1][0].text, "Ghi chú");
    assert_eq!(table[2][0].text, "Ghi chó");
}

#[test]
fn a_mixed_column_is_mended_cell_by_cell_only() {
    let column = ["NguyÔn V¨n An", "TrÇn ThÞ B×nh", "Phạm Vò", "Vò", "Ñaëng Quoác Döông"];
    let texts: Vec<String> = mend_column(&column).into_iter().map(|one| one.text).collect();
    assert_eq!(texts, ["Nguyễn Văn An", "Trần Thị Bình", "Phạm Vò", "Vò", "Đặng Quốc Dương"]);
}

/// A syllable that the rules of spelling allow, with any tone it may bear.
fn a_syllable() -> impl Strategy<Value = String> {
    let rimes: Vec<&str> = syllable::RIMES.split_whitespace().collect();
    let tones = vec!["", "\u{300}", "\u{301}", "\u{303}", "\u{309}", "\u{323}"];
    (select(syllable::ONSETS.to_vec()), select(rimes), select(tones)).prop_map(|(onset, rime, tone)| {
        let tone = if syllable::stops(rime) && !["\u{301}", "\u{323}"].contains(&tone) { "\u{301}" } else { tone };
        let first = rime.chars().next().unwrap();
        let rest: String = rime.chars().skip(1).collect();
        format!("{onset}{first}{tone}{rest}").nfc().collect()
    })
}

/// A name as people write it. The first letter is large where TCVN3 has it so.
fn a_name() -> impl Strategy<Value = String> {
    prop::collection::vec(a_syllable(), 1..5).prop_map(|words| {
        let titled = |word: &String| {
            let mut letters = word.chars();
            let first = letters.next().unwrap();
            let large = if first.is_ascii() || "ăâêôơưđ".contains(first) {
                first.to_uppercase().next().unwrap()
            } else {
                first
            };
            format!("{large}{}", letters.as_str())
        };
        words.iter().map(titled).collect::<Vec<_>>().join(" ")
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn vietnamese_is_never_damaged(name in a_name(), number in "[0-9]{0,3}[/., -]{0,2}") {
        let text = format!("{number}{name}");
        prop_assert_eq!(mend(&text), Mended { text: text.clone(), from: None });
        let decomposed: String = text.nfd().collect();
        prop_assert_eq!(mend(&decomposed), Mended { text, from: None });
    }

    #[test]
    fn what_is_recognised_is_read_rightly(name in a_name()) {
        for (legacy, typed) in both_ways(&name) {
            let mended = mend(&typed);
            if mended.from.is_some() {
                prop_assert_eq!(mended, Mended { text: name.clone(), from: Some(legacy) });
            }
        }
    }

    #[test]
    fn full_names_are_recognised(family in select(vec!["Nguyễn", "Trần", "Phạm", "Đặng", "Hoàng", "Dương"]), name in a_name()) {
        let name = format!("{family} {name}");
        for (legacy, typed) in both_ways(&name) {
            prop_assert_eq!(mend(&typed), Mended { text: name.clone(), from: Some(legacy) }, "{}", typed);
        }
    }

    #[test]
    fn mending_twice_changes_nothing(text in any::<String>()) {
        let once = mend(&text).text;
        prop_assert_eq!(mend(&once).text, once);
    }
}
