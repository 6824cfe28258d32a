//! Spans of civil days in Viet Nam.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::platform::clock::civil;

/// Days from the first to the last, both inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// First day.
    pub from: NaiveDate,
    /// Last day; it counts until midnight.
    pub to: NaiveDate,
}

impl Window {
    /// Whether a civil date of Viet Nam lies inside.
    #[must_use]
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.to
    }

    /// Whether it has no day at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.to < self.from
    }

    /// Whether a moment lies inside, by the day it has in Viet Nam: 15/11 23:59 is the last one of a window that ends on 15/11.
    #[must_use]
    pub fn contains_moment(&self, at: DateTime<Utc>) -> bool {
        self.contains(civil(at))
    }

    /// The window one year earlier: it ends on the day before this one begins.
    #[must_use]
    pub fn year_before(&self) -> Self {
        let earlier = |day: NaiveDate| day.checked_sub_months(chrono::Months::new(12)).unwrap_or(day);
        Self { from: earlier(self.from), to: self.from.pred_opt().unwrap_or(self.from) }
    }
}

/// Quý I of a year, 1/1 to 31/3, both inside (Thông tư 124/2021/TT-BCA, Điều 4 and 5 khoản 1).
/// A year that chrono cannot hold gives a window without real days.
#[must_use]
pub fn quarter_one(year: i32) -> Window {
    Window {
        from: NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(NaiveDate::MAX),
        to: NaiveDate::from_ymd_opt(year, 3, 31).unwrap_or(NaiveDate::MIN),
    }
}
