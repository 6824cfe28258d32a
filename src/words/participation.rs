//! Sentences about registrations and pledges.

use chrono::{DateTime, NaiveDate, Utc};

use crate::household::model::{Address, Side};
use crate::participation::model::{How, Mark, Tally, Why};
use crate::platform::clock::civil;
use crate::web::filters::{dates, numbers};

/// Nothing was ticked.
pub const NOBODY_TICKED: &str = "Chọn ít nhất một hộ đã ký.";
/// How the marks were taken is not said.
pub const HOW_MISSING: &str = "Chọn ký tại cuộc họp hay trên phiếu giấy.";
/// The day is not said.
pub const DAY_MISSING: &str = "Ghi ngày ký, ví dụ 20/3/2024.";

/// A day that has not come.
#[must_use]
pub fn not_yet(day: NaiveDate) -> String {
    format!("Ngày {} chưa tới. Ghi ngày đã diễn ra.", dates::day(day))
}

/// A day of another year.
#[must_use]
pub fn before_the_year(day: NaiveDate, first: NaiveDate) -> String {
    format!("Ngày {} thuộc năm trước. Năm này ghi từ {}.", dates::day(day), dates::day(first))
}

/// What an event about marks says; any other word shows as it is.
#[must_use]
pub fn event(verb: &str) -> Option<&'static str> {
    Some(match verb {
        "registered" => "Ghi hộ đăng ký tham gia",
        "pledged" => "Ghi hộ ký cam kết",
        "registration_taken_back" => "Bỏ ghi đăng ký",
        "pledge_taken_back" => "Bỏ ghi ký cam kết",
        "not_signed" => "Ghi lý do chưa ký",
        "reason_taken_back" => "Bỏ lý do chưa ký",
        "marks_recorded" => "Ghi nhiều hộ một lần",
        "register_reviewed" => "Rà soát xong sổ hộ đầu năm",
        _ => return None,
    })
}

/// "Ký cam kết".
#[must_use]
pub const fn title(mark: Mark) -> &'static str {
    match mark {
        Mark::Registered => "Đăng ký tham gia",
        Mark::Pledged => "Ký cam kết",
    }
}

/// What the button of an open door says, and what its list is called: "Đã ký".
#[must_use]
pub const fn done(mark: Mark) -> &'static str {
    match mark {
        Mark::Registered => "Đã đăng ký",
        Mark::Pledged => "Đã ký",
    }
}

/// "Chưa ký".
#[must_use]
pub const fn open(mark: Mark) -> &'static str {
    match mark {
        Mark::Registered => "Chưa đăng ký",
        Mark::Pledged => "Chưa ký",
    }
}

/// Inside a sentence: "ký".
#[must_use]
pub const fn verb(mark: Mark) -> &'static str {
    match mark {
        Mark::Registered => "đăng ký",
        Mark::Pledged => "ký",
    }
}

/// What the button says when a door is open.
#[must_use]
pub const fn why(why: Why) -> &'static str {
    match why {
        Why::Absent => "Vắng",
        Why::Refused => "Từ chối",
        Why::Away => "Đi làm xa",
    }
}

/// How a mark was taken.
#[must_use]
pub const fn how(how: How) -> &'static str {
    match how {
        How::Meeting => "Tại cuộc họp tổ",
        How::Sheet => "Trên phiếu giấy",
        How::Door => "Tại nhà",
        How::Qr => "Quét mã QR",
        How::Import => "Lấy từ bảng tính",
    }
}

/// When a door was marked, as short as its button: "8:31" for what was taken and written today, else the day of signing: "25/3".
#[must_use]
pub fn time(on: NaiveDate, at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    if on == civil(now) && on == civil(at) {
        return dates::clock_time(at);
    }
    let whole = dates::day(on);
    let (short, year) = whole.rsplit_once('/').unwrap_or((&whole, ""));
    if dates::day(now).ends_with(year) { short.to_owned() } else { whole }
}

/// "312/350 hộ"; what stands beside it is `numbers::rest`.
#[must_use]
pub fn of(done: i64, households: i64) -> String {
    format!("{}/{} hộ", numbers::number(done), numbers::number(households))
}

/// "Vắng 5, từ chối 2, đi làm xa 8"; nothing when no reason was given.
#[must_use]
pub fn reasons(tally: &Tally) -> String {
    let counts = [(tally.absent, Why::Absent), (tally.refused, Why::Refused), (tally.away, Why::Away)];
    let said: Vec<String> = counts
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, reason)| format!("{} {}", why(reason).to_lowercase(), numbers::number(n)))
        .collect();
    crate::web::page::capital(&said.join(", "))
}

/// The heading of a stretch: "Đường Trường Sơn, số chẵn", "Hẻm 24 Dã Tượng".
#[must_use]
pub fn stretch(address: &Address) -> String {
    if !address.alley.is_empty() {
        return format!("Hẻm {} {}", address.alley, address.street).trim_end().to_owned();
    }
    if address.street.is_empty() {
        return "Chưa ghi đường".to_owned();
    }
    let street = street(&address.street);
    match address.side() {
        Side::Whole => street,
        Side::Odd => format!("{street}, số lẻ"),
        Side::Even => format!("{street}, số chẵn"),
    }
}

/// A street is called "đường" unless its name says what it is.
fn street(name: &str) -> String {
    let folded = crate::platform::fold::fold(name);
    let kinds = ["duong ", "pho ", "quoc lo", "tinh lo", "thon ", "xom ", "khu ", "ap ", "ql", "chung cu", "dai lo "];
    if kinds.iter().any(|kind| folded.starts_with(kind)) {
        crate::web::page::capital(name)
    } else {
        format!("Đường {name}")
    }
}

/// How a household came, for the checklist.
#[must_use]
pub fn came(how: &str) -> &'static str {
    match how {
        "split" => "tách từ hộ khác",
        "from_group" => "từ tổ khác chuyển về",
        _ => "ở từ",
    }
}

/// How a household left, for the checklist.
#[must_use]
pub fn left(how: &str) -> &'static str {
    match how {
        "dissolved" => "không còn là một hộ",
        "merged" => "nhập vào hộ khác",
        "to_group" => "chuyển sang tổ khác",
        _ => "chuyển đi",
    }
}

/// "Ghi 38 hộ ký ngày 20/3/2024?".
#[must_use]
pub fn confirm(count: usize, mark: Mark, on: NaiveDate) -> String {
    format!("Ghi {} hộ {} ngày {}?", numbers::number(count), verb(mark), dates::day(on))
}

/// What ticking a list came to.
#[must_use]
pub fn ticked(count: u64, mark: Mark) -> String {
    match count {
        0 => format!("Các hộ này đã {} từ trước. Không ghi thêm.", verb(mark)),
        _ => format!("Đã ghi {} hộ {}.", numbers::number(count), verb(mark)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(house: &str, alley: &str, street: &str) -> Address {
        Address { house: house.to_owned(), alley: alley.to_owned(), street: street.to_owned() }
    }

    #[test]
    fn a_stretch_is_called_as_people_call_it() {
        assert_eq!(stretch(&address("8", "", "Trường Sơn")), "Đường Trường Sơn, số chẵn");
        assert_eq!(stretch(&address("14/3", "", "Trường Sơn")), "Đường Trường Sơn, số chẵn");
        assert_eq!(stretch(&address("3", "24", "Dã Tượng")), "Hẻm 24 Dã Tượng");
        assert_eq!(stretch(&address("", "", "đường 23/10")), "Đường 23/10");
        assert_eq!(stretch(&address("7", "", "Quốc lộ 1C")), "Quốc lộ 1C, số lẻ");
        assert_eq!(stretch(&Address::default()), "Chưa ghi đường");
    }

    #[test]
    fn a_mark_tells_its_time_today_and_its_day_later() {
        let at = |text: &str| DateTime::parse_from_rfc3339(&format!("{text}+07:00")).unwrap().to_utc();
        let on = |text: &str| text.parse::<NaiveDate>().unwrap();
        let now = at("2024-03-25T09:00:00");
        assert_eq!(time(on("2024-03-25"), at("2024-03-25T08:31:00"), now), "8:31");
        assert_eq!(time(on("2024-03-20"), at("2024-03-25T08:31:00"), now), "20/3");
        assert_eq!(time(on("2024-03-24"), at("2024-03-24T08:31:00"), now), "24/3");
        assert_eq!(time(on("2023-12-24"), at("2023-12-24T08:31:00"), now), "24/12/2023");
    }

    #[test]
    fn only_reasons_that_were_given_are_counted() {
        let tally = Tally { absent: 5, away: 1_234, ..Tally::default() };
        assert_eq!(reasons(&tally), "Vắng 5, đi làm xa 1.234");
        assert_eq!(reasons(&Tally::default()), "");
    }
}
