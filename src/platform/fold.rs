//! Folding for search: "nguyen van luu" finds "Nguyễn Văn Lựu".

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The text as search compares it: small letters, no marks, đ as d, single spaces. Folded text folds to itself, and composed
/// (NFC) and decomposed (NFD, as Apple's file names are) spellings fold alike. Both the stored column and the typed words go
/// through here, so they always agree.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let letters = word.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).map(plain_d);
        // Lower case of some letters brings a mark of its own, and a word of marks alone leaves nothing.
        let plain: String = letters.filter(|c| !is_combining_mark(*c)).collect();
        if !folded.is_empty() && !plain.is_empty() {
            folded.push(' ');
        }
        folded.push_str(&plain);
    }
    folded
}

/// The stroke of đ is not a combining mark. Some keyboards and old conversions give the look-alikes ð (Icelandic) and ɖ.
fn plain_d(letter: char) -> char {
    match letter {
        'đ' | 'ð' | 'ɖ' => 'd',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marks_and_strokes_go() {
        assert_eq!(fold("Nguyễn Văn Lựu, 15 Dã Tượng"), "nguyen van luu, 15 da tuong");
        assert_eq!(fold("ĐẶNG Thu Hồng"), "dang thu hong");
        assert_eq!(fold("Ðỗ Ɖức"), "do duc");
    }

    #[test]
    fn every_vietnamese_vowel_folds_to_its_plain_letter() {
        let families = [
            ("a", "aàảãáạăằẳẵắặâầẩẫấậ"),
            ("e", "eèẻẽéẹêềểễếệ"),
            ("i", "iìỉĩíị"),
            ("o", "oòỏõóọôồổỗốộơờởỡớợ"),
            ("u", "uùủũúụưừửữứự"),
            ("y", "yỳỷỹýỵ"),
        ];
        for (plain, letters) in families {
            for letter in letters.chars() {
                assert_eq!(fold(&letter.to_string()), plain);
                assert_eq!(fold(&letter.to_uppercase().to_string()), plain);
            }
        }
    }

    #[test]
    fn both_ways_of_placing_the_mark_fold_alike() {
        assert_eq!(fold("Khánh HÒA"), fold("khánh hoà"));
    }

    #[test]
    fn spaces_of_any_kind_become_one() {
        assert_eq!(fold("  Tổ\u{a0}dân  phố\t7\n"), "to dan pho 7");
        assert_eq!(fold(" \n"), "");
    }

    proptest! {
        #[test]
        fn composed_and_decomposed_fold_alike(text in "[a-zA-Zà-ỹÀ-ỸĐđ0-9 /-]{0,40}") {
            let composed: String = text.nfc().collect();
            let decomposed: String = text.nfd().collect();
            prop_assert_eq!(fold(&composed), fold(&decomposed));
        }

        #[test]
        fn folding_twice_changes_nothing(text in any::<String>()) {
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
        }
    }
}
