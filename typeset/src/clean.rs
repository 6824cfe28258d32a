//! What people typed, made fit for paper.

use unicode_normalization::UnicodeNormalization;

use crate::bind::bound;
use crate::lines::width;
use crate::world::{self, Face};

/// Where a long word may break.
const BREAK: char = '\u{200b}';

/// One line of text: composed letters, no control characters (a tab or a line break becomes a space), and a white box for a
/// letter that the fonts do not have: an archivable PDF may not hold a letter without a shape.
pub fn line(text: &str) -> String {
    let plain: String = text.nfc().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| !unseen(*c)).collect();
    let words: Vec<&str> = plain.split(' ').filter(|it| !it.is_empty()).collect();
    let shown = words.join(" ").chars().map(|c| if world::fonts_have(c) { c } else { '□' }).collect::<String>();
    shown.split(' ').map(breakable).collect::<Vec<_>>().join(" ")
}

/// No Vietnamese word is longer than seven letters, and few numbers of papers than twenty-four; what is longer may break anywhere
/// rather than run over what stands beside it.
fn breakable(word: &str) -> String {
    let most = if word.contains(|c: char| c.is_ascii_digit()) { 24 } else { 14 };
    if word.chars().count() > most { pieces(word, 7) } else { word.to_owned() }
}

/// The word may break after every few letters.
fn pieces(word: &str, letters: usize) -> String {
    let all: Vec<char> = word.chars().filter(|it| *it != BREAK).collect();
    all.chunks(letters.max(1)).map(String::from_iter).collect::<Vec<_>>().join("\u{200b}")
}

/// A line for a narrow place, so many millimetres wide, where a word that is wider may break.
pub fn cell(text: &str, face: Face, size: f64, room: f64) -> String {
    let fitting = |word: &str| {
        let wide = width(word, face, size);
        // What is broken must fit whatever its letters are: none of ours is wider than its size.
        if wide > room { pieces(word, ((room / (size * 0.353 * 0.9)) as usize).clamp(1, 7)) } else { word.to_owned() }
    };
    line(text).split(' ').map(fitting).collect::<Vec<_>>().join(" ")
}

/// A line in which what belongs together does not part at the end of a line of print: see [`bound`].
pub fn sentence(text: &str) -> String {
    bound(&line(text))
}

/// Several lines, each for itself; empty ones go.
pub fn paragraphs(texts: &[String]) -> Vec<String> {
    texts.iter().flat_map(|it| it.lines()).map(line).filter(|it| !it.is_empty()).collect()
}

/// Control characters, and marks that only steer direction or joining: they have no shape, and can make a line read backwards.
fn unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_stays_and_control_characters_go() {
        assert_eq!(line("  Lê \u{7}#[x] $a$ <b> \\ @c *d* _e_ `f`\r\n\tg "), "Lê #[x] $a$ <b> \\ @c *d* _e_ `f` g");
        assert_eq!(line("An\u{202e}h\u{200b}"), "Anh");
    }

    #[test]
    fn letters_are_composed_and_unknown_ones_shown_as_a_box() {
        assert_eq!(line("Nguye\u{302}\u{303}n"), "Nguyễn");
        assert_eq!(line("李 An 🙂"), "□ An □");
    }

    #[test]
    fn only_words_that_nobody_has_may_break() {
        assert_eq!(line("Nghiêng 12/3/4A-45/6B"), "Nghiêng 12/3/4A-45/6B");
        assert_eq!(line("NguyễnNguyễnNguyễn"), "NguyễnN\u{200b}guyễnNg\u{200b}uyễn");
        assert_eq!(line("số 124/2021/TT-BCA"), "số 124/2021/TT-BCA");
    }

    #[test]
    fn a_word_wider_than_its_cell_may_break() {
        let broken = |room| cell("Nghiêng 2024", Face::Regular, 12.0, room).replace(BREAK, "|");
        assert_eq!(broken(20.0), "Nghiêng 2024");
        assert_eq!(broken(12.0), "Ngh|iên|g 2024");
        assert_eq!(broken(1.0), "N|g|h|i|ê|n|g 2|0|2|4");
    }

    #[test]
    fn paragraphs_are_split_at_line_breaks() {
        assert_eq!(paragraphs(&["a\nb".to_owned(), "\u{1}".to_owned(), " c ".to_owned()]), ["a", "b", "c"]);
    }
}
