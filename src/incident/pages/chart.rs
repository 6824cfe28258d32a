//! Twelve months of this year against the last as lines: where their points lie. The table beside it says the same.

use chrono::Datelike;

use crate::incident::model::compare::Month;
use crate::web::filters::dates;

/// The drawing, in its own units.
const WIDTH: i64 = 400;
const TOP: i64 = 14;
const BOTTOM: i64 = 150;
const LEFT: i64 = 30;
/// So many months between two words under the axis.
const STEP: usize = 3;

/// A month as the table says it.
pub(super) struct Row {
    /// "16/11 đến 15/12".
    pub(super) days: String,
    pub(super) now: Option<i64>,
    pub(super) before: Option<i64>,
}

/// The lines of a drawing.
pub(super) struct Chart {
    /// The highest number.
    pub(super) most: i64,
    /// Points of this year, each with its place.
    pub(super) dots: Vec<(i64, i64)>,
    pub(super) now: String,
    /// Points of the year before; empty where it cannot be said month by month.
    pub(super) before: String,
    /// Words under the axis.
    pub(super) ticks: Vec<(i64, String)>,
    pub(super) rows: Vec<Row>,
}

fn place(at: usize, months: usize) -> i64 {
    let room = WIDTH - LEFT - 15;
    let steps = months.saturating_sub(1).max(1);
    LEFT + room * i64::try_from(at).unwrap_or_default() / i64::try_from(steps).unwrap_or(1)
}

fn height(n: i64, most: i64) -> i64 {
    BOTTOM - (BOTTOM - TOP) * n / most
}

fn line(points: &[(i64, i64)]) -> String {
    points.iter().map(|(x, y)| format!("{x},{y}")).collect::<Vec<_>>().join(" ")
}

/// Draws the months; nothing when nothing happened in any of them.
pub(super) fn chart(months: &[Month]) -> Option<Chart> {
    let most = months.iter().flat_map(|month| [month.now, month.before]).flatten().max().filter(|most| *most > 0)?;
    let points = |of: fn(&Month) -> Option<i64>| {
        let point = |(at, month): (usize, &Month)| Some((place(at, months.len()), height(of(month)?, most)));
        months.iter().enumerate().filter_map(point).collect::<Vec<_>>()
    };
    let short = |day: chrono::NaiveDate| format!("{}/{}", day.day(), day.month());
    let dots = points(|month| month.now);
    Some(Chart {
        most,
        now: line(&dots),
        before: line(&points(|month| month.before)),
        dots,
        ticks: months
            .iter()
            .enumerate()
            .filter(|(at, _)| at % STEP == 0)
            .map(|(at, month)| (place(at, months.len()), short(month.days.from)))
            .collect(),
        rows: months
            .iter()
            .map(|month| Row {
                days: format!("{} đến {}", short(month.days.from), dates::day(month.days.to)),
                now: month.now,
                before: month.before,
            })
            .collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ruleset::Window;

    fn months(numbers: &[(Option<i64>, Option<i64>)]) -> Vec<Month> {
        let day: chrono::NaiveDate = "2023-11-16".parse().unwrap();
        let month = |(now, before): &(Option<i64>, Option<i64>)| Month {
            days: Window { from: day, to: day },
            now: *now,
            before: *before,
        };
        numbers.iter().map(month).collect()
    }

    #[test]
    fn the_highest_touches_the_top_and_nought_the_bottom() {
        let chart = chart(&months(&[(Some(4), Some(0)), (Some(0), Some(2)), (None, Some(1))])).unwrap();
        assert_eq!(chart.dots, [(LEFT, TOP), (place(1, 3), BOTTOM)]);
        assert_eq!(chart.before.split(' ').count(), 3);
        assert_eq!(chart.most, 4);
    }

    #[test]
    fn nothing_is_not_drawn() {
        assert!(chart(&months(&[(Some(0), Some(0)), (None, None)])).is_none());
        assert!(chart(&[]).is_none());
    }
}
