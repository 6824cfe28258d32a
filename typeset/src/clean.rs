//! What people typed, made fit for paper.

use unicode_normalization::UnicodeNormalization;

use crate::bind::bound;
use crate::world;

/// One line of text: composed letters, no control characters (a tab or a line break becomes a space), and a white box for a
/// letter that the fonts do not have: an archivable PDF may not hold a letter without a shape.
pub fn line(text: &str) -> String {
    let plain: String = text.nfc().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| !unseen(*c)).collect();
    let words: Vec<&str> = plain.split(' ').filter(|it| !it.is_empty()).collect();
    let shown = words.join(" ").chars().map(|c| if world::fonts_have(c) { c } else { '□' }).collect::<String>();
    shown.split(' ').map(breakable).collect::<Vec<_>>().join(" ")
}

/// No Vietnamese word is longer than seven letters; what is much longer may break anywhere rather than run over what stands beside it.
fn breakable(word: &str) -> String {
    within(word, 14)
}

/// A word longer than its room may break after every few letters.
fn within(word: &str, room: usize) -> String {
    let letters: Vec<char> = word.chars().filter(|it| *it != '\u{200b}').collect();
    let pieces = letters.chunks(if letters.len() > room { room.clamp(2, 7) } else { room.max(2) });
    pieces.map(String::from_iter).collect::<Vec<_>>().join("\u{200b}")
}

/// A line for a narrow place, where words of more than `room` letters may break.
pub fn cell(text: &str, room: usize) -> String {
    line(text).split(' ').map(|it| within(it, room.min(14))).collect::<Vec<_>>().join(" ")
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
    }

    #[test]
    fn paragraphs_are_split_at_line_breaks() {
        assert_eq!(paragraphs(&["a\nb".to_owned(), "\u{1}".to_owned(), " c ".to_owned()]), ["a", "b", "c"]);
    }
}
