//! How wide a text is in print, and where it breaks best.

use crate::world::{self, Face};

/// Millimetres in a point.
const MM: f64 = 0.352_778;

/// What has more words than this is no title, and breaks where it will.
const MOST: usize = 150;

/// The width of a text in millimetres, without kerning.
pub fn width(text: &str, face: Face, size: f64) -> f64 {
    text.chars().map(|it| world::advance(it, face)).sum::<f64>() * size * MM
}

/// The text in as few lines as the room allows, all about as long as each other: a last line of one word looks forgotten. No line ends
/// within quotation marks if another way is as short, since what stands in them is a name.
pub fn balanced(text: &str, face: Face, size: f64, room: f64) -> Vec<String> {
    let words: Vec<&str> = text.split(' ').filter(|it| !it.is_empty()).collect();
    if words.len() > MOST {
        return vec![words.join(" ")];
    }
    let line =
        Line { widths: words.iter().map(|it| width(it, face, size)).collect(), gap: width(" ", face, size), room };
    // For so many lines, and so many words in them: what it costs, and with which word the last line begins.
    let mut rows: Vec<Vec<Option<(f64, usize)>>> = vec![vec![None; words.len() + 1]];
    rows[0][0] = Some((0.0, 0));
    while let Some(before) = rows.last().filter(|it| it[words.len()].is_none()) {
        let ways = |to: usize| {
            let quoted = if to < words.len() && is_open(&words[..to]) { room * room } else { 0.0 };
            let from = (0..to).filter_map(|from| Some((before[from]?.0 + line.cost(from, to)? + quoted, from)));
            from.min_by(|a, b| a.0.total_cmp(&b.0))
        };
        let next = (0..=words.len()).map(ways).collect();
        rows.push(next);
    }
    let mut lines = vec![];
    let mut to = words.len();
    for row in rows.iter().skip(1).rev() {
        let from = row[to].map_or(0, |it| it.1);
        lines.insert(0, words[from..to].join(" "));
        to = from;
    }
    lines
}

/// A quotation begins in these words and does not end.
fn is_open(words: &[&str]) -> bool {
    let count = |sign| words.iter().map(|it| it.matches(sign).count()).sum::<usize>();
    count('“') > count('”')
}

struct Line {
    widths: Vec<f64>,
    gap: f64,
    room: f64,
}

impl Line {
    /// The empty room squared; none when these words do not fit on a line. A single word always does: it may break.
    fn cost(&self, from: usize, to: usize) -> Option<f64> {
        let wide = self.widths[from..to].iter().sum::<f64>() + self.gap * (to - from - 1) as f64;
        if wide > self.room && to - from > 1 { None } else { Some((self.room - wide).max(0.0).powi(2)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_too_long_breaks_in_its_middle() {
        let broken = |text| balanced(text, Face::Regular, 13.0, 64.0);
        assert_eq!(broken("ỦY BAN NHÂN DÂN PHƯỜNG PHƯỚC LONG"), ["ỦY BAN NHÂN DÂN", "PHƯỜNG PHƯỚC LONG"]);
        assert_eq!(broken("ỦY BAN NHÂN DÂN THÀNH PHỐ NHA TRANG"), ["ỦY BAN NHÂN DÂN", "THÀNH PHỐ NHA TRANG"]);
        assert_eq!(broken("PHƯỜNG PHƯỚC LONG"), ["PHƯỜNG PHƯỚC LONG"]);
        assert_eq!(broken(""), Vec::<String>::new());
    }

    #[test]
    fn a_quoted_name_stays_in_one_line() {
        let subject = "Về việc công nhận đạt tiêu chuẩn “An toàn về an ninh, trật tự” năm 2024";
        let broken = balanced(subject, Face::Bold, 14.0, 120.0);
        assert_eq!(broken, ["Về việc công nhận đạt tiêu chuẩn", "“An toàn về an ninh, trật tự” năm 2024"]);
    }

    #[test]
    fn widths_are_those_of_the_font() {
        // Half an em for a digit, as in Times New Roman.
        assert!((width("2024", Face::Regular, 10.0) - 20.0 * MM).abs() < 0.01);
        assert!(width("Đạt", Face::Bold, 12.0) > width("Đạt", Face::Regular, 12.0));
        assert!((width("\u{200b}", Face::Regular, 12.0)).abs() < 0.01);
    }
}
