//! What is said of evidence: how complete it is, what comes next, in which days it lies.

use crate::dossier::model::{Bringer, Day, Meter, Next};
use crate::web::filters::dates;

/// How many missing papers are named; the others are counted.
const NAMED: usize = 2;

/// The meter in a line: "2/3, thiếu: biên bản họp quý III".
#[must_use]
pub fn meter(meter: &Meter) -> String {
    let missing: Vec<String> = meter.missing().map(|(_, words)| lower(words)).collect();
    let count = format!("{}/{} giấy tờ", meter.held(), meter.wanted());
    match missing.len() {
        0 if meter.wanted() == 0 => "Không cần giấy tờ kèm theo".to_owned(),
        0 => format!("{count}, đủ"),
        1..=NAMED => format!("{count}, thiếu: {}", missing.join("; ")),
        more => format!("{count}, thiếu: {}; và {} giấy nữa", missing[..NAMED].join("; "), more - NAMED),
    }
}

/// The same for narrow places.
#[must_use]
pub fn short(meter: &Meter) -> String {
    format!("{}/{} giấy tờ", meter.held(), meter.wanted())
}

/// What to do next, as a sentence; nothing when nothing is missing.
#[must_use]
pub fn next(meter: &Meter) -> Option<String> {
    Some(match meter.next() {
        Next::Add(words, Bringer::Unit) => format!("Thêm ảnh hoặc tệp: {}.", lower(words)),
        Next::Add(_, Bringer::Police) => "Công an phường ghi và xác nhận số này, đơn vị không phải nộp.".to_owned(),
        Next::Add(_, Bringer::Dossier) => "Ghi ngày ký ở phần tương ứng của hồ sơ, hoặc thêm ảnh chụp giấy.".to_owned(),
        Next::Add(_, Bringer::Register) => "Ghi cho đủ trong sổ, hoặc thêm danh sách đã ký.".to_owned(),
        Next::Date(count) => format!("{count} tệp chưa có ngày. Ghi ngày việc diễn ra ở ngay tệp đó."),
        Next::Name(count) => format!("{count} minh chứng chưa rõ là giấy nào. Chọn tên giấy ở ngay dòng đó."),
        Next::Done => return None,
    })
}

/// In which days it lies, and whether that counts.
#[must_use]
pub fn day(day: Day) -> String {
    match day {
        Day::Unknown => "chưa ghi ngày".to_owned(),
        Day::Inside(day) => format!("ngày {}, trong thời gian xét", dates::day(day)),
        Day::Outside(day) => format!("ngày {}, ngoài thời gian xét", dates::day(day)),
    }
}

/// What an event about evidence says.
#[must_use]
pub fn event(verb: &str) -> Option<&'static str> {
    Some(match verb {
        "evidence_added" => "Thêm minh chứng",
        "fact_said" => "Ghi một việc làm minh chứng",
        "evidence_noted" => "Ghi ngày hoặc tên giấy của minh chứng",
        "evidence_shared" => "Dùng minh chứng cho mục khác",
        "evidence_renewed" => "Thay bản mới của một tệp",
        "evidence_reused" => "Dùng lại tệp đã có",
        _ => return None,
    })
}

/// No file came.
pub const NO_FILE: &str = "Chọn ảnh hoặc tệp rồi gửi.";
/// Nothing said.
pub const NO_FACT: &str = "Ghi việc đã làm, ví dụ: họp tổ phổ biến kế hoạch, 45 người dự.";
/// Too short to say anything.
pub const SHORT_FACT: &str = "Ghi rõ hơn việc đã làm, ví dụ: họp tổ phổ biến kế hoạch, 45 người dự.";
/// A fact without a day.
pub const NO_DAY: &str = "Ghi ngày việc diễn ra, ví dụ 12/3/2024.";
/// No place picked to use it for.
pub const NO_PLACE: &str = "Chọn tiêu chí hoặc phần hồ sơ sẽ dùng minh chứng này.";

/// A day that did not come yet.
#[must_use]
pub fn future(day: chrono::NaiveDate) -> String {
    format!("Ngày {} chưa tới. Ghi ngày việc đã diễn ra.", dates::day(day))
}

/// The first letter small, inside a sentence.
fn lower(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().collect::<String>() + letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::model::Piece;

    fn of(held: &[usize], others: usize, undated: usize, first: Bringer) -> Meter {
        let words = ["Ảnh buổi họp", "Biên bản họp quý III", "Danh sách ký", "Sổ tuần tra"];
        let piece = |(at, held): (usize, &usize)| Piece { words: words[at].to_owned(), held: *held, by_program: false };
        Meter { pieces: held.iter().enumerate().map(piece).collect(), others, undated, first }
    }

    #[test]
    fn the_meter_says_what_is_missing_and_what_comes_next() {
        let two = of(&[2, 0, 1], 0, 0, Bringer::Unit);
        assert_eq!(meter(&two), "2/3 giấy tờ, thiếu: biên bản họp quý III");
        assert_eq!(next(&two).as_deref(), Some("Thêm ảnh hoặc tệp: biên bản họp quý III."));
        assert_eq!(
            meter(&of(&[0, 0, 0, 0], 0, 0, Bringer::Unit)),
            "0/4 giấy tờ, thiếu: ảnh buổi họp; biên bản họp quý III; và 2 giấy nữa"
        );
        let full = of(&[1, 1], 0, 1, Bringer::Unit);
        assert_eq!(meter(&full), "2/2 giấy tờ, đủ");
        assert_eq!(next(&full).as_deref(), Some("1 tệp chưa có ngày. Ghi ngày việc diễn ra ở ngay tệp đó."));
        assert_eq!(next(&of(&[1, 1], 0, 0, Bringer::Unit)), None);
        assert_eq!(meter(&of(&[], 3, 0, Bringer::Unit)), "Không cần giấy tờ kèm theo");
    }

    #[test]
    fn what_others_bring_is_not_asked_of_the_unit() {
        let said = |first| next(&of(&[0, 1], 0, 0, first)).unwrap();
        assert!(said(Bringer::Police).contains("đơn vị không phải nộp"));
        assert!(said(Bringer::Register).contains("trong sổ"));
        assert!(said(Bringer::Dossier).contains("ngày ký"));
        // Only the first paper is theirs.
        assert!(next(&of(&[1, 0], 0, 0, Bringer::Police)).unwrap().starts_with("Thêm ảnh hoặc tệp"));
    }
}
