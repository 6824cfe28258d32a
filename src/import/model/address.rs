//! Takes an address in one piece apart into house number, alley and street.

use crate::platform::fold::fold;

/// The parts; empty where there is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) number: String,
    pub(super) alley: String,
    pub(super) street: String,
}

/// "Số 15, hẻm 42 đường Lê Lợi, phường …": the ward itself is known and left out. A house number with strokes ("45/2") stays
/// one number, as people say it. What does not come apart is kept whole as the street.
pub(super) fn split(address: &str) -> Parts {
    let mut parts = Parts::default();
    let pieces = address.split([',', '\n', ';']).map(str::trim).filter(|piece| !piece.is_empty() && !is_beyond(piece));
    for piece in pieces {
        take(piece, &mut parts);
    }
    parts
}

/// Ward, city and group say nothing about where in the group a house stands.
fn is_beyond(piece: &str) -> bool {
    const BEYOND: [&str; 14] = [
        "phuong ",
        "p.",
        "p ",
        "quan ",
        "q.",
        "tp",
        "thanh pho ",
        "tinh ",
        "to ",
        "tdp",
        "khu pho ",
        "viet nam",
        "huyen ",
        "xa ",
    ];
    let folded = fold(piece);
    BEYOND.iter().any(|start| folded.starts_with(start))
}

fn take(piece: &str, parts: &mut Parts) {
    let mut words: Vec<&str> = piece.split_whitespace().collect();
    while let Some(first) = words.first().copied() {
        let folded = fold(first);
        let word = folded.trim_end_matches(['.', ':']);
        let next_has_digit = words.get(1).is_some_and(|next| has_digit(next));
        match word {
            "so" if words.get(1).is_some_and(|next| fold(next) == "nha") => {
                words.drain(..2);
            }
            "nha" | "sn" if words.len() > 1 => {
                words.remove(0);
            }
            "so" if next_has_digit => {
                words.remove(0);
            }
            "hem" | "ngo" | "kiet" | "ngach" if words.len() > 1 => {
                let length = if next_has_digit { 2 } else { words.len() };
                let alley = words.drain(..length).collect::<Vec<_>>().join(" ");
                append(&mut parts.alley, &alley);
            }
            "duong" | "pho" | "d" if words.len() > 1 && !next_has_digit => {
                words.remove(0);
                append(&mut parts.street, &words.join(" "));
                return;
            }
            _ if is_number(first) && parts.number.is_empty() && parts.street.is_empty() => {
                words.remove(0);
                parts.number = first.trim_end_matches(['.', ':']).to_owned();
                take_suffix(&mut words, parts);
            }
            _ => {
                append(&mut parts.street, &words.join(" "));
                return;
            }
        }
    }
}

/// "12 bis", "12 A".
fn take_suffix(words: &mut Vec<&str>, parts: &mut Parts) {
    let suffix = words.first().is_some_and(|next| fold(next) == "bis" || next.len() == 1 && next.is_ascii());
    if suffix && words.first().is_some_and(|next| next.chars().all(|c| c.is_ascii_alphabetic())) {
        append(&mut parts.number, words.remove(0));
    }
}

fn append(part: &mut String, more: &str) {
    if !part.is_empty() {
        part.push(' ');
    }
    part.push_str(more.trim_matches(['-', ' ', '.']));
}

fn has_digit(word: &str) -> bool {
    word.contains(|c: char| c.is_ascii_digit())
}

/// "15", "15A", "45/2", "K12/5", "12-14": at most two letters before the digits.
fn is_number(word: &str) -> bool {
    let digit = word.find(|c: char| c.is_ascii_digit());
    digit.is_some_and(|at| at <= 2 && word[..at].chars().all(|c| c.is_ascii_alphabetic()))
        && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '.' | ':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_come_apart() {
        let addresses = [
            ("15 Lê Lợi", "15", "", "Lê Lợi"),
            ("Số 15, hẻm 42, đường Lê Lợi, phường Dương Đông", "15", "hẻm 42", "Lê Lợi"),
            ("Số nhà 7 Ngõ 12 phố Hàng Bè", "7", "Ngõ 12", "Hàng Bè"),
            ("K12/5 Trần Phú", "K12/5", "", "Trần Phú"),
            ("45/2A Nguyễn Huệ - P. 3", "45/2A", "", "Nguyễn Huệ - P. 3"),
            ("12 bis Võ Thị Sáu", "12 bis", "", "Võ Thị Sáu"),
            ("Hẻm 15", "", "Hẻm 15", ""),
            ("Hẻm Chùa Bà", "", "Hẻm Chùa Bà", ""),
            ("Chung cư An Bình", "", "", "Chung cư An Bình"),
            ("8 đường 30/4", "8", "", "đường 30/4"),
            ("Tổ 7", "", "", ""),
            ("21", "21", "", ""),
            ("", "", "", ""),
        ];
        for (address, number, alley, street) in addresses {
            let parts = Parts { number: number.to_owned(), alley: alley.to_owned(), street: street.to_owned() };
            assert_eq!(split(address), parts, "{address}");
        }
    }
}
