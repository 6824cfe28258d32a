//! VNI-Windows: a plain letter followed by a letter that the font draws as its mark. Ơ, ư, đ, ỵ and the toned i have signs of
//! their own.

/// What follows a plain letter, and the combining marks it stands for.
const MARKS: [(char, &str); 17] = [
    ('ø', "\u{300}"),
    ('û', "\u{309}"),
    ('õ', "\u{303}"),
    ('ù', "\u{301}"),
    ('ï', "\u{323}"),
    ('â', "\u{302}"),
    ('à', "\u{302}\u{300}"),
    ('å', "\u{302}\u{309}"),
    ('ã', "\u{302}\u{303}"),
    ('á', "\u{302}\u{301}"),
    ('ä', "\u{302}\u{323}"),
    ('ê', "\u{306}"),
    ('è', "\u{306}\u{300}"),
    ('ú', "\u{306}\u{309}"),
    ('ü', "\u{306}\u{303}"),
    ('é', "\u{306}\u{301}"),
    ('ë', "\u{306}\u{323}"),
];

/// Signs that are letters by themselves.
const SIGNS: [(char, char); 9] =
    [('ñ', 'đ'), ('ô', 'ơ'), ('ö', 'ư'), ('î', 'ỵ'), ('ì', 'ì'), ('æ', 'ỉ'), ('ó', 'ĩ'), ('í', 'í'), ('ò', 'ị')];

use unicode_normalization::UnicodeNormalization;

/// Reads the text as VNI.
pub(super) fn decode(text: &str) -> String {
    let mut marked = String::with_capacity(text.len() + 8);
    let mut base = None;
    for c in text.chars() {
        match base.and_then(|base| marks(base, c)) {
            Some(marks) => {
                marked.push_str(marks);
                base = None;
            }
            None => {
                let letter = sign(c);
                marked.push(letter);
                base = Some(letter);
            }
        }
    }
    marked.nfc().collect()
}

fn marks(base: char, c: char) -> Option<&'static str> {
    let (base, c) = (small(base), small(c));
    let (_, marks) = MARKS.iter().find(|(mark, _)| *mark == c)?;
    let carries = match base {
        'a' => true,
        'e' | 'o' => !marks.starts_with('\u{306}'),
        'u' | 'y' | 'ơ' | 'ư' => !marks.starts_with(['\u{302}', '\u{306}']),
        _ => false,
    };
    carries.then_some(*marks)
}

fn sign(c: char) -> char {
    let plain = small(c);
    match SIGNS.iter().find(|(sign, _)| *sign == plain) {
        Some((_, letter)) if plain != c => letter.to_uppercase().next().unwrap_or(*letter),
        Some((_, letter)) => *letter,
        None => c,
    }
}

fn small(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

#[cfg(test)]
pub(super) fn encode(text: &str) -> String {
    let mut encoded = String::new();
    for c in text.nfc() {
        let large = c.is_uppercase();
        let as_typed = |typed: char| if large { typed.to_uppercase().next().unwrap() } else { typed };
        let letter = small(c);
        if let Some((sign, _)) = SIGNS.iter().find(|(_, it)| *it == letter) {
            encoded.push(as_typed(*sign));
            continue;
        }
        let bases = ['a', 'e', 'o', 'u', 'y', 'ơ', 'ư'];
        let spelled = |base: char, marks: &str| format!("{base}{marks}").nfc().eq([letter]);
        let found = bases.iter().find_map(|base| {
            let mark = MARKS.iter().find(|(mark, marks)| self::marks(*base, *mark).is_some() && spelled(*base, marks));
            mark.map(|(mark, _)| (*base, *mark))
        });
        match found {
            Some((base, mark)) => {
                let base = SIGNS.iter().find(|(_, it)| *it == base).map_or(base, |(sign, _)| *sign);
                encoded.extend([as_typed(base), as_typed(mark)]);
            }
            None => encoded.push(c),
        }
    }
    encoded
}
