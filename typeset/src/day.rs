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
}
