//! Initial passwords: read out once, over a counter or a telephone, and changed at the first sign-in.

use rand::{CryptoRng, RngExt};
use secrecy::SecretString;

/// Short words without marks, so that they are typed the same on every keyboard. 128 of them: seven bits each.
const WORDS: [&str; 128] = [
    "an", "anh", "bac", "ban", "bang", "banh", "bao", "bay", "ben", "bien", "binh", "bong", "buom", "but", "cam",
    "canh", "cau", "cay", "chanh", "chao", "che", "chim", "chin", "chuoi", "chuong", "co", "con", "cua", "cuc", "dao",
    "dat", "dau", "dem", "den", "diem", "doi", "dong", "dua", "duong", "em", "ga", "gao", "gia", "gio", "giong", "gom",
    "ha", "hai", "hang", "hanh", "hat", "hau", "hen", "hoa", "hong", "hue", "huong", "keo", "khe", "khoai", "kim",
    "la", "lan", "lang", "le", "lien", "long", "lua", "luoi", "mai", "man", "mang", "mat", "may", "me", "mia", "mo",
    "moi", "mot", "mua", "mui", "muoi", "nam", "nang", "nao", "nau", "nen", "ngo", "ngoc", "nha", "nho", "non", "nuoc",
    "oi", "ong", "phao", "pho", "phuong", "quat", "que", "quen", "rau", "rom", "rong", "rung", "sao", "sen", "song",
    "suoi", "tam", "tao", "tau", "tay", "tem", "thom", "thong", "thuyen", "tim", "tom", "tra", "trang", "tre", "trong",
    "trua", "tuoi", "vai", "vang", "vuon",
];

/// Four words and four digits, such as "suoi-mai-tre-lua-4711": 41 bits, enough behind a throttle that rests up to an hour.
pub fn draw(rng: &mut impl CryptoRng) -> SecretString {
    let mut text = String::with_capacity(36);
    for _ in 0..4 {
        text.push_str(WORDS[rng.random_range(0..WORDS.len())]);
        text.push('-');
    }
    // 1000 to 9999: always four digits, and no leading 0 to be lost when read out.
    text.push_str(&rng.random_range(1000..10_000u32).to_string());
    // "an-an-co-em-4711" has the least letters that can come: 16.
    SecretString::from(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand::rngs::StdRng;
    use secrecy::ExposeSecret;
    use std::collections::HashSet;

    #[test]
    fn words_are_plain_and_distinct() {
        assert_eq!(WORDS.iter().collect::<HashSet<_>>().len(), 128);
        assert!(WORDS.iter().all(|word| word.len() <= 6 && word.bytes().all(|b| b.is_ascii_lowercase())));
    }

    #[test]
    fn an_initial_password_is_long_enough_and_comes_from_the_generator_alone() {
        let mut rng = StdRng::seed_from_u64(1);
        let drawn: Vec<String> = (0..200).map(|_| draw(&mut rng).expose_secret().to_owned()).collect();
        assert!(drawn.iter().all(|text| text.len() >= 12 && text.split('-').count() == 5));
        assert_eq!(drawn.iter().collect::<HashSet<_>>().len(), 200);
        assert_eq!(draw(&mut StdRng::seed_from_u64(1)).expose_secret(), drawn[0].as_str());
    }
}
