//! The day on a paper.

use serde::{Deserialize, Serialize};

/// A civil date. The caller knows what day it is in Việt Nam; this package has no clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// 2024
    pub year: i32,
    /// 1 to 12
    pub month: u8,
    /// 1 to 31
    pub day: u8,
}

impl Day {
    /// As Nghị định 30/2020/NĐ-CP writes it: days under 10 and months 1 and 2 with a leading zero, so that nobody adds a digit.
    pub(crate) fn words(self) -> String {
        let month = if self.month < 3 { format!("0{}", self.month) } else { self.month.to_string() };
        format!("ngày {:02} tháng {month} năm {}", self.day, self.year)
    }
}

/// Where and when, with gaps to fill in by hand while the day is open. The place is clean already.
pub(crate) fn placed(place: &str, day: Option<Day>, year: i32) -> String {
    let gap = "\u{a0}".repeat(6);
    let when = day.map_or_else(|| format!("ngày{gap}tháng{gap}năm {year}"), Day::words);
    let when = when.replace(' ', "\u{a0}");
    if place.is_empty() { when } else { format!("{place}, {when}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_lead_where_the_decree_wants_them() {
        let words = |month, day| Day { year: 2024, month, day }.words();
        assert_eq!(words(3, 5), "ngày 05 tháng 3 năm 2024");
        assert_eq!(words(2, 29), "ngày 29 tháng 02 năm 2024");
        assert_eq!(words(12, 10), "ngày 10 tháng 12 năm 2024");
    }

    #[test]
    fn an_open_day_leaves_room_for_a_pen() {
        assert_eq!(
            placed("Phước Long", None, 2024).replace('\u{a0}', "_"),
            "Phước Long, ngày______tháng______năm_2024"
        );
        let day = Day { year: 2024, month: 3, day: 5 };
        assert_eq!(placed("", Some(day), 2024).replace('\u{a0}', "_"), "ngày_05_tháng_3_năm_2024");
    }
}
